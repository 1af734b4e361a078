/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-duplicate-item.h"

#include <glib/gi18n.h>
#include <math.h>

/* More names than this make no row clearer */
#define MAX_NAMES 4

struct _CrmDuplicateItem
{
  GObject parent_instance;

  CrmDuplicateGroup *group;
  char *names;
  char *reasons;
};

G_DEFINE_FINAL_TYPE (CrmDuplicateItem, crm_duplicate_item, G_TYPE_OBJECT)

static char *
join_reasons (GPtrArray *reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reasons->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (reasons, i));

  return g_string_free (text, FALSE);
}

static void
crm_duplicate_item_finalize (GObject *object)
{
  CrmDuplicateItem *self = CRM_DUPLICATE_ITEM (object);

  g_clear_pointer (&self->group, crm_duplicate_group_free);
  g_free (self->names);
  g_free (self->reasons);

  G_OBJECT_CLASS (crm_duplicate_item_parent_class)->finalize (object);
}

static void
crm_duplicate_item_class_init (CrmDuplicateItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_duplicate_item_finalize;
}

static void
crm_duplicate_item_init (CrmDuplicateItem *self)
{
}

CrmDuplicateItem *
crm_duplicate_item_new (CrmDuplicateGroup *group, GPtrArray *labels)
{
  CrmDuplicateItem *self;

  g_return_val_if_fail (group != NULL, NULL);
  g_return_val_if_fail (labels != NULL, NULL);

  self = g_object_new (CRM_TYPE_DUPLICATE_ITEM, NULL);
  self->group = group;
  self->names = crm_duplicate_item_join_names (labels);
  self->reasons = join_reasons (group->reasons);

  return self;
}

GArray *
crm_duplicate_item_get_ids (CrmDuplicateItem *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), NULL);

  return self->group->ids;
}

char *
crm_duplicate_item_describe_score (CrmDuplicateItem *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), NULL);

  return crm_duplicate_describe_score (self->group->score);
}

gboolean
crm_duplicate_item_has_id (CrmDuplicateItem *self, gint64 id)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), FALSE);

  for (guint i = 0; i < self->group->ids->len; i++)
    if (g_array_index (self->group->ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

const char *
crm_duplicate_item_get_names (CrmDuplicateItem *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), NULL);

  return self->names;
}

const char *
crm_duplicate_item_get_reasons (CrmDuplicateItem *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), NULL);

  return self->reasons;
}

char *
crm_duplicate_describe_score (double score)
{
  /* A hundred would say that no doubt is left, and there always is some */
  double tenths = MIN (floor (score * 1000), 999);

  /* Above this, tenths tell what Merge Likely Duplicates takes */
  if (tenths < 990)
    tenths = floor (tenths / 10) * 10;
  /* Translators: how sure something is, in percent */
  return g_strdup_printf (_ ("%.3g %%"), tenths / 10);
}

char *
crm_duplicate_item_join_names (GPtrArray *labels)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_more;

  g_return_val_if_fail (labels != NULL, NULL);

  for (guint i = 0; i < MIN (labels->len, MAX_NAMES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                            (const char *) g_ptr_array_index (labels, i));
  if (labels->len <= MAX_NAMES)
    return g_strdup (text->str);

  n_more = labels->len - MAX_NAMES;
  /* Translators: names of records, and how many there are besides */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more), text->str, n_more);
}
