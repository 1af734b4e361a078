/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-field-item.h"

#include <string.h>

#include "crm-text.h"

#define MAX_HOPS 2 /* that are searched; farther ones are gone to step by step */
#define MAX_FOUND 60

struct _CrmFilterFieldItem
{
  GObject parent_instance;

  char *path;
  char *label;
  const CrmRecordType *target;
};

G_DEFINE_FINAL_TYPE (CrmFilterFieldItem, crm_filter_field_item, G_TYPE_OBJECT)

static void
crm_filter_field_item_finalize (GObject *object)
{
  CrmFilterFieldItem *self = CRM_FILTER_FIELD_ITEM (object);

  g_free (self->path);
  g_free (self->label);

  G_OBJECT_CLASS (crm_filter_field_item_parent_class)->finalize (object);
}

static void
crm_filter_field_item_class_init (CrmFilterFieldItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_filter_field_item_finalize;
}

static void
crm_filter_field_item_init (CrmFilterFieldItem *self)
{
}

/* Public API */

const char *
crm_filter_field_item_get_path (CrmFilterFieldItem *self)
{
  g_return_val_if_fail (CRM_IS_FILTER_FIELD_ITEM (self), NULL);

  return self->path;
}

const char *
crm_filter_field_item_get_label (CrmFilterFieldItem *self)
{
  g_return_val_if_fail (CRM_IS_FILTER_FIELD_ITEM (self), NULL);

  return self->label;
}

const CrmRecordType *
crm_filter_field_item_get_target (CrmFilterFieldItem *self)
{
  g_return_val_if_fail (CRM_IS_FILTER_FIELD_ITEM (self), NULL);

  return self->target;
}

GPtrArray *
crm_filter_field_items_list (CrmStore *store,
                             const CrmRecordType *type,
                             const char *path,
                             const char *label)
{
  g_autoptr (GPtrArray) steps = crm_filter_list_steps (store, type, path);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < steps->len; i++)
    {
      const CrmFilterStep *step = g_ptr_array_index (steps, i);
      CrmFilterFieldItem *item = g_object_new (CRM_TYPE_FILTER_FIELD_ITEM, NULL);

      item->path = g_strdup (step->path);
      item->label = label != NULL ? g_strdup_printf ("%s › %s", label, step->label)
                                  : g_strdup (step->label);
      item->target = step->target;
      g_ptr_array_add (items, item);
    }

  return items;
}

static gboolean
has_words (const char *label, const char *const *words)
{
  g_autofree char *folded = crm_text_fold (label);

  for (; *words != NULL; words++)
    if (strstr (folded, *words) == NULL)
      return FALSE;

  return TRUE;
}

/* Who made a record, and when, leads everywhere and is asked for of the records themselves alone */
static gboolean
is_noted_by_program (const CrmRecordType *type, CrmFilterFieldItem *item, const char *prefix)
{
  const char *name = prefix != NULL ? item->path + strlen (prefix) + 1 : item->path;
  const CrmField *field = crm_record_type_find_field (type, name);

  return field != NULL && (field->flags & CRM_FIELD_SYSTEM) != 0;
}

GPtrArray *
crm_filter_field_items_find (CrmStore *store,
                             const CrmRecordType *type,
                             const char *path,
                             const char *label,
                             const char *words)
{
  g_autofree char *folded = crm_text_fold (words);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GPtrArray) level = crm_filter_field_items_list (store, type, path, label);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint n_hops = 0; n_hops <= MAX_HOPS; n_hops++)
    {
      g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < level->len && found->len < MAX_FOUND; i++)
        {
          CrmFilterFieldItem *item = g_ptr_array_index (level, i);
          g_autoptr (GPtrArray) behind = NULL;

          if (has_words (item->label, (const char *const *) parts))
            g_ptr_array_add (found, g_object_ref (item));
          if (item->target == NULL || n_hops == MAX_HOPS ||
              (n_hops == 0 && is_noted_by_program (type, item, path)))
            continue;

          behind = crm_filter_field_items_list (store, item->target, item->path, item->label);
          for (guint j = 0; j < behind->len; j++)
            {
              CrmFilterFieldItem *one = g_ptr_array_index (behind, j);

              if (!is_noted_by_program (item->target, one, item->path))
                g_ptr_array_add (next, g_object_ref (one));
            }
        }

      g_ptr_array_unref (level);
      level = g_steal_pointer (&next);
    }

  return found;
}
