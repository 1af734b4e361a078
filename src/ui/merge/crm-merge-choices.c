/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-choices.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _CrmMergeChoices
{
  GObject parent_instance;

  CrmSession *session;
  CrmMergePlan *plan;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmMergeChoices, crm_merge_choices, G_TYPE_OBJECT)

static CrmMergeField *
get_line (CrmMergeChoices *self, guint index)
{
  return &g_array_index (self->plan->fields, CrmMergeField, index);
}

static void
replace_result (CrmMergeField *line, CrmValue *value)
{
  CrmValue *old = line->result;

  line->result = value != NULL ? crm_value_ref (value) : NULL;
  g_clear_pointer (&old, crm_value_unref);
}

/* (nullable): how often each type points, (element-type gint64 type id -> gint64). A record that points in two ways
 * is one record, so the larger number of the two counts. */
static void
add_links (CrmMergeChoices *self, guint record, GHashTable *counts)
{
  GArray *links = g_ptr_array_index (self->plan->links, record);
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  for (guint i = 0; i < links->len; i++)
    {
      const CrmMergeLinks *line = &g_array_index (links, CrmMergeLinks, i);
      gint64 *n = g_hash_table_lookup (own, &line->field->type_id);

      if (n == NULL)
        g_hash_table_insert (own, (gpointer) &line->field->type_id,
                             g_memdup2 (&line->n, sizeof line->n));
      else
        *n = MAX (*n, line->n);
    }

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gint64 *n = g_hash_table_lookup (counts, key);

      if (n == NULL)
        g_hash_table_insert (counts, g_memdup2 (key, sizeof (gint64)),
                             g_memdup2 (value, sizeof (gint64)));
      else
        *n += *(gint64 *) value;
    }
}

static char *
describe_counts (CrmMergeChoices *self, GHashTable *counts)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      const gint64 *n = g_hash_table_lookup (counts, &type->id);

      if (n == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append_printf (text, "%" PRId64 " %s", *n, *n == 1 ? type->label : type->label_many);
    }

  return g_string_free (text, FALSE);
}

static GHashTable *
counts_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
crm_merge_choices_finalize (GObject *object)
{
  CrmMergeChoices *self = CRM_MERGE_CHOICES (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->plan, crm_merge_plan_free);

  G_OBJECT_CLASS (crm_merge_choices_parent_class)->finalize (object);
}

static void
crm_merge_choices_class_init (CrmMergeChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_merge_choices_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
crm_merge_choices_init (CrmMergeChoices *self)
{
}

CrmMergeChoices *
crm_merge_choices_new (CrmSession *session, CrmMergePlan *plan)
{
  CrmMergeChoices *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = g_object_new (CRM_TYPE_MERGE_CHOICES, NULL);
  self->session = g_object_ref (session);
  self->plan = plan;

  return self;
}

CrmSession *
crm_merge_choices_get_session (CrmMergeChoices *self)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);

  return self->session;
}

const CrmMergePlan *
crm_merge_choices_get_plan (CrmMergeChoices *self)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);

  return self->plan;
}

guint
crm_merge_choices_get_n_fields (CrmMergeChoices *self)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), 0);

  return self->plan->fields->len;
}

const CrmMergeField *
crm_merge_choices_get_field (CrmMergeChoices *self, guint index)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);
  g_return_val_if_fail (index < self->plan->fields->len, NULL);

  return get_line (self, index);
}

CrmValue *
crm_merge_choices_get_value (CrmMergeChoices *self, guint index, guint record)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);
  g_return_val_if_fail (index < self->plan->fields->len, NULL);
  g_return_val_if_fail (record < self->plan->records->len, NULL);

  return crm_record_get_value (g_ptr_array_index (self->plan->records, record),
                               get_line (self, index)->field);
}

guint
crm_merge_choices_count_differences (CrmMergeChoices *self)
{
  guint n = 0;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), 0);

  for (guint i = 0; i < self->plan->fields->len; i++)
    n += get_line (self, i)->differs ? 1 : 0;

  return n;
}

void
crm_merge_choices_set_result (CrmMergeChoices *self, guint index, CrmValue *value)
{
  g_return_if_fail (CRM_IS_MERGE_CHOICES (self));
  g_return_if_fail (index < self->plan->fields->len);

  if (crm_value_equal (get_line (self, index)->result, value))
    return;

  replace_result (get_line (self, index), value);
  g_signal_emit (self, signals[CHANGED], 0, index);
}

gboolean
crm_merge_choices_has_item (CrmMergeChoices *self, guint index, const CrmItem *item)
{
  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), FALSE);
  g_return_val_if_fail (index < self->plan->fields->len, FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  return crm_value_has_item (get_line (self, index)->result, item);
}

void
crm_merge_choices_set_item (CrmMergeChoices *self,
                            guint index,
                            const CrmItem *item,
                            gboolean wanted)
{
  const CrmValue *result;
  g_autoptr (CrmValue) value = NULL;
  GArray *items;

  g_return_if_fail (CRM_IS_MERGE_CHOICES (self));
  g_return_if_fail (index < self->plan->fields->len);
  g_return_if_fail (item != NULL);

  items = crm_item_array_new ();
  result = get_line (self, index)->result;
  for (guint i = 0; result != NULL && i < crm_value_get_n_items (result); i++)
    {
      const CrmItem *other = crm_value_get_item (result, i);

      if (!crm_item_is_same (item, other))
        crm_item_array_add (items, other->text, other->label, other->key, other->id,
                            other->type_id);
      else if (wanted)
        {
          /* It is there already */
          g_array_unref (items);
          return;
        }
    }
  if (wanted)
    crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);

  value = crm_value_new_items_take (items);
  crm_merge_choices_set_result (self, index, value);
}

void
crm_merge_choices_take_all (CrmMergeChoices *self, guint record)
{
  g_return_if_fail (CRM_IS_MERGE_CHOICES (self));
  g_return_if_fail (record < self->plan->records->len);

  for (guint i = 0; i < self->plan->fields->len; i++)
    replace_result (get_line (self, i), crm_merge_choices_get_value (self, i, record));
  g_signal_emit (self, signals[CHANGED], 0, G_MAXUINT);
}

void
crm_merge_choices_set_kept (CrmMergeChoices *self, guint record)
{
  g_return_if_fail (CRM_IS_MERGE_CHOICES (self));
  g_return_if_fail (record < self->plan->records->len);

  if (record == self->plan->kept)
    return;

  crm_merge_plan_set_kept (self->plan, record);
  g_signal_emit (self, signals[CHANGED], 0, G_MAXUINT);
}

GArray *
crm_merge_choices_get_takes (CrmMergeChoices *self)
{
  GArray *takes = crm_merge_takes_new ();

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), takes);

  for (guint i = 0; i < self->plan->fields->len; i++)
    {
      const CrmMergeField *line = get_line (self, i);
      CrmMergeTake take = { .field = line->field };

      if (!line->differs &&
          crm_value_equal (line->result, crm_merge_choices_get_value (self, i, 0)))
        continue;
      take.value = line->result != NULL ? crm_value_ref (line->result) : NULL;
      g_array_append_val (takes, take);
    }

  return takes;
}

char *
crm_merge_choices_describe_value (CrmMergeChoices *self, guint index, CrmValue *value)
{
  const CrmLocale *locale;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);
  g_return_val_if_fail (index < self->plan->fields->len, NULL);

  /* Translators: in the place of a value: there is none */
  if (value == NULL)
    return g_strdup (_ ("–"));

  locale = crm_store_get_locale (crm_session_get_store (self->session));
  /* Paragraphs are read one after the other, in the few lines that there are */
  return g_strdelimit (crm_value_to_display (get_line (self, index)->field, value, locale), "\n",
                       ' ');
}

char *
crm_merge_choices_describe_item (CrmMergeChoices *self, guint index, const CrmItem *item)
{
  g_autoptr (CrmValue) value = NULL;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  value = crm_value_new_item (item->text, item->label, item->key, item->id, item->type_id);
  return crm_merge_choices_describe_value (self, index, value);
}

char *
crm_merge_choices_describe_links (CrmMergeChoices *self, guint record)
{
  g_autoptr (GHashTable) counts = counts_new ();

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);
  g_return_val_if_fail (record < self->plan->records->len, NULL);

  add_links (self, record, counts);
  return describe_counts (self, counts);
}

char *
crm_merge_choices_describe_moves (CrmMergeChoices *self)
{
  g_autoptr (GHashTable) counts = counts_new ();

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (self), NULL);

  for (guint i = 0; i < self->plan->records->len; i++)
    if (i != self->plan->kept)
      add_links (self, i, counts);

  return describe_counts (self, counts);
}
