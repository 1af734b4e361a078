/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-palette-item.h"

#include "crm-text.h"

struct _CrmPaletteItem
{
  GObject parent_instance;

  gint64 record_id;
  char *action;
  char *target;
  char *title;
  char *subtitle;
  char *icon;
  char *folded;
};

G_DEFINE_FINAL_TYPE (CrmPaletteItem, crm_palette_item, G_TYPE_OBJECT)

static void
crm_palette_item_finalize (GObject *object)
{
  CrmPaletteItem *self = CRM_PALETTE_ITEM (object);

  g_free (self->action);
  g_free (self->target);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->icon);
  g_free (self->folded);

  G_OBJECT_CLASS (crm_palette_item_parent_class)->finalize (object);
}

static void
crm_palette_item_class_init (CrmPaletteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_palette_item_finalize;
}

static void
crm_palette_item_init (CrmPaletteItem *self)
{
}

static CrmPaletteItem *
make (const char *title, const char *subtitle, const char *icon)
{
  CrmPaletteItem *self = g_object_new (CRM_TYPE_PALETTE_ITEM, NULL);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->icon = g_strdup (icon);
  self->folded = crm_text_fold (title);

  return self;
}

CrmPaletteItem *
crm_palette_item_new_record (gint64 id, const char *title, const char *subtitle, const char *icon)
{
  CrmPaletteItem *self;

  g_return_val_if_fail (id != 0, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = make (title, subtitle, icon);
  self->record_id = id;

  return self;
}

CrmPaletteItem *
crm_palette_item_new_action (const char *action,
                             const char *target,
                             const char *title,
                             const char *icon)
{
  CrmPaletteItem *self;

  g_return_val_if_fail (action != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = make (title, NULL, icon);
  self->action = g_strdup (action);
  self->target = g_strdup (target);

  return self;
}

const char *
crm_palette_item_get_title (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), NULL);

  return self->title;
}

const char *
crm_palette_item_get_subtitle (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), NULL);

  return self->subtitle;
}

const char *
crm_palette_item_get_icon (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), NULL);

  return self->icon;
}

gint64
crm_palette_item_get_record (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), 0);

  return self->record_id;
}

const char *
crm_palette_item_get_action (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), NULL);

  return self->action;
}

const char *
crm_palette_item_get_target (CrmPaletteItem *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), NULL);

  return self->target;
}

static gboolean
has_word (const char *text, const char *word)
{
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if (at == text || !g_ascii_isalnum (at[-1]))
      return TRUE;

  return FALSE;
}

gboolean
crm_palette_item_matches (CrmPaletteItem *self, char **words)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ITEM (self), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !has_word (self->folded, words[i]))
      return FALSE;

  return TRUE;
}
