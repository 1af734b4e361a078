/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-chooser-item.h"

#include <string.h>

#include "crm-query.h"
#include "crm-search.h"
#include "crm-text.h"

#define MAX_ITEMS 30

struct _CrmChooserItem
{
  GObject parent_instance;

  gint64 id;
  const CrmRecordType *type;
  char *text;
};

G_DEFINE_FINAL_TYPE (CrmChooserItem, crm_chooser_item, G_TYPE_OBJECT)

static void
crm_chooser_item_finalize (GObject *object)
{
  CrmChooserItem *self = CRM_CHOOSER_ITEM (object);

  g_free (self->text);

  G_OBJECT_CLASS (crm_chooser_item_parent_class)->finalize (object);
}

static void
crm_chooser_item_class_init (CrmChooserItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_chooser_item_finalize;
}

static void
crm_chooser_item_init (CrmChooserItem *self)
{
}

static GPtrArray *
find_options (const CrmField *field, const char *text)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = crm_text_fold (text);

  for (guint i = 0; i < field->n_options; i++)
    {
      const CrmOption *option = field->options[i];
      g_autofree char *label = crm_text_fold (option->label);

      if (strstr (label, folded) != NULL)
        g_ptr_array_add (items, crm_chooser_item_new (option->id, NULL, option->label));
    }

  return items;
}

/* Before anything is typed: the first ones in order */
static GPtrArray *
find_first (CrmStore *store, const CrmRecordType *type, GCancellable *cancellable, GError **error)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) records = NULL;

  crm_query_add_sort (query, type->label_field, FALSE);
  crm_query_set_limit (query, MAX_ITEMS);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids != NULL)
    records = crm_store_get_records (store, type, (const gint64 *) ids->data, ids->len, NULL, 0,
                                     cancellable, error);
  if (records == NULL)
    {
      g_ptr_array_unref (items);
      return NULL;
    }

  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (items, crm_chooser_item_new (crm_record_get_id (record), type,
                                                    crm_record_get_label (record)));
    }

  return items;
}

CrmChooserItem *
crm_chooser_item_new (gint64 id, const CrmRecordType *type, const char *text)
{
  CrmChooserItem *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (CRM_TYPE_CHOOSER_ITEM, NULL);
  self->id = id;
  self->type = type;
  self->text = g_strdup (text);

  return self;
}

gint64
crm_chooser_item_get_id (CrmChooserItem *self)
{
  g_return_val_if_fail (CRM_IS_CHOOSER_ITEM (self), 0);

  return self->id;
}

const CrmRecordType *
crm_chooser_item_get_record_type (CrmChooserItem *self)
{
  g_return_val_if_fail (CRM_IS_CHOOSER_ITEM (self), NULL);

  return self->type;
}

const char *
crm_chooser_item_get_text (CrmChooserItem *self)
{
  g_return_val_if_fail (CRM_IS_CHOOSER_ITEM (self), NULL);

  return self->text;
}

GPtrArray *
crm_chooser_item_find (CrmStore *store,
                       const CrmField *field,
                       const char *text,
                       GCancellable *cancellable,
                       GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GPtrArray) hits = NULL;
  GPtrArray *items;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!crm_kind_is_relation (field->kind))
    return find_options (field, text);

  type = crm_catalogue_get_type (crm_store_get_catalogue (store), field->target);
  if (*text == '\0' && type != NULL)
    return find_first (store, type, cancellable, error);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  if (*text == '\0')
    return items;

  hits = crm_search (store, text, type, MAX_ITEMS, cancellable, error);
  if (hits == NULL)
    {
      g_ptr_array_unref (items);
      return NULL;
    }
  for (guint i = 0; i < hits->len; i++)
    {
      CrmSearchHit *hit = g_ptr_array_index (hits, i);

      g_ptr_array_add (items, crm_chooser_item_new (hit->id, hit->type, hit->label));
    }

  return items;
}
