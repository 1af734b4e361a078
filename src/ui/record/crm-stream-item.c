/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-stream-item.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-query.h"

static gint64
get_integer (CrmRecord *record, const char *name)
{
  CrmValue *value = crm_record_get_value_by_name (record, name);

  return value != NULL ? crm_value_get_integer (value) : 0;
}

static const char *
get_text (CrmRecord *record, const char *name)
{
  CrmValue *value = crm_record_get_value_by_name (record, name);

  return value != NULL ? crm_value_get_text (value) : NULL;
}

/* A task is done when its status is the option that says so, however it is called */
static gboolean
is_done (const CrmCatalogue *catalogue, CrmRecord *task)
{
  const CrmOption *option = crm_catalogue_get_option (catalogue, get_integer (task, "status"));

  return option != NULL && g_str_equal (option->name, "done");
}

static const char *
get_activity_icon (const CrmCatalogue *catalogue, CrmRecord *activity)
{
  const CrmOption *kind = crm_catalogue_get_option (catalogue, get_integer (activity, "kind"));

  if (kind != NULL && g_str_equal (kind->name, "meeting"))
    return "crm-meeting-symbolic";
  if (kind != NULL && g_str_equal (kind->name, "message"))
    return "mail-unread-symbolic";

  return "crm-call-symbolic";
}

/* Title and text of a note are one here; what was said in a call stands below what it was about */
static char *
join_text (CrmRecord *record, const char *title_name)
{
  const char *title = get_text (record, title_name);
  const char *body = get_text (record, "body");

  /* A note from elsewhere may have its first words for a title */
  if (title != NULL && body != NULL && g_str_has_prefix (body, title))
    title = NULL;
  if (title != NULL && body != NULL)
    return g_strdup_printf ("%s\n%s", title, body);

  return g_strdup (title != NULL ? title : body != NULL ? body : crm_record_get_label (record));
}

/* "Call · Outgoing · 12 min" */
static char *
get_activity_detail (CrmRecord *record)
{
  static const char *const names[] = { "kind", "direction", "outcome" };
  GString *detail = g_string_new (NULL);
  gint64 minutes = get_integer (record, "minutes");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = get_text (record, names[i]);

      if (text != NULL)
        g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", text);
    }
  if (minutes > 0)
    {
      g_string_append (detail, detail->len > 0 ? " · " : "");
      g_string_append_printf (
          detail, ngettext ("%" PRId64 " minute", "%" PRId64 " minutes", (gulong) minutes),
          minutes);
    }

  return g_string_free (detail, FALSE);
}

/* Of what a person wrote, planned or did about the record */
static void
take_linked (CrmStreamItem *item, CrmStore *store, CrmTimelineKind kind, CrmRecord *linked)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);

  item->id = crm_record_get_id (linked);
  item->icon = crm_record_get_record_type (linked)->icon;
  switch (kind)
    {
    case CRM_TIMELINE_TASK:
      item->task = TRUE;
      item->text = join_text (linked, "title");
      item->done = is_done (catalogue, linked);
      item->due = g_strdup (get_text (linked, "due"));
      item->detail = g_strdup (get_text (linked, "assignee"));
      break;

    case CRM_TIMELINE_ACTIVITY:
      item->icon = get_activity_icon (catalogue, linked);
      item->text = join_text (linked, "subject");
      item->detail = get_activity_detail (linked);
      break;

    default:
      item->text = join_text (linked, "title");
      item->detail = g_strdup (get_text (linked, "created_by"));
    }
}

static const char *
get_change_icon (CrmTimelineKind kind)
{
  switch (kind)
    {
    case CRM_TIMELINE_CREATED:
      return "list-add-symbolic";
    case CRM_TIMELINE_IMPORTED:
      return "crm-import-symbolic";
    case CRM_TIMELINE_ATTACHED:
      return "mail-attachment-symbolic";
    case CRM_TIMELINE_MERGED:
    case CRM_TIMELINE_SEPARATED:
      return "crm-merge-symbolic";
    case CRM_TIMELINE_TRASHED:
      return "user-trash-symbolic";
    case CRM_TIMELINE_RESTORED:
      return "document-revert-symbolic";
    case CRM_TIMELINE_UNDONE:
      return "edit-undo-symbolic";
    case CRM_TIMELINE_REDONE:
      return "edit-redo-symbolic";
    default:
      return "document-edit-symbolic";
    }
}

/* "From Jana Nová, merged on 3 May 2026" */
static char *
get_origin (CrmStore *store, const CrmTimelineEntry *entry)
{
  g_autofree char *date = NULL;
  char day[11];

  if (entry->from_label == NULL)
    return NULL;
  if (entry->merged_at == 0)
    /* Translators: where a merge brought it from: a person, a company */
    return g_strdup_printf (_ ("From %s"), entry->from_label);

  crm_moment_get_date (entry->merged_at, crm_store_get_locale (store)->zone, day);
  date = crm_date_format (day);

  /* Translators: where a merge brought it from, and when */
  return g_strdup_printf (_ ("From %s, merged on %s"), entry->from_label, date);
}

/* Takes @entry */
static CrmStreamItem *
item_new (CrmStore *store, CrmTimelineEntry *entry)
{
  CrmStreamItem *item = g_new0 (CrmStreamItem, 1);

  item->entry = entry;
  item->time = entry->time;
  item->undone = entry->undone;
  item->from = get_origin (store, entry);
  if (entry->linked != NULL)
    {
      take_linked (item, store, entry->kind, entry->linked);
    }
  else
    {
      item->icon = get_change_icon (entry->kind);
      item->text = g_strdup (entry->text);
      item->detail = g_strdup (entry->actor_label);
    }

  return item;
}

static gboolean
is_open_task (const CrmCatalogue *catalogue, const CrmTimelineEntry *entry)
{
  return entry->kind == CRM_TIMELINE_TASK && entry->linked != NULL &&
         crm_record_get_state (entry->linked) == CRM_STATE_LIVE &&
         !is_done (catalogue, entry->linked);
}

/* What is not done, whatever else it is; done ones would crowd them out of the first fifty. (nullable) */
static CrmFilter *
make_open_filter (CrmStore *store, const CrmRecordType *type)
{
  const CrmField *status = crm_record_type_find_field (type, "status");
  const CrmOption *done = status != NULL ? crm_field_find_option (status, "done", 0) : NULL;
  g_autoptr (GString) label = NULL;
  g_autofree char *text = NULL;

  if (done == NULL)
    return NULL;

  label = g_string_new (done->label);
  g_string_replace (label, "\\", "\\\\", 0);
  g_string_replace (label, "\"", "\\\"", 0);
  text = g_strdup_printf ("status empty or not status = \"%s\"", label->str);

  return crm_filter_parse (store, type, text, NULL);
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const CrmStreamItem *left = *(CrmStreamItem *const *) a;
  const CrmStreamItem *right = *(CrmStreamItem *const *) b;

  if (left->due == NULL || right->due == NULL)
    return (left->due == NULL) - (right->due == NULL);

  return g_strcmp0 (left->due, right->due);
}

void
crm_stream_item_free (CrmStreamItem *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entry, crm_timeline_entry_free);
  g_free (self->text);
  g_free (self->detail);
  g_free (self->from);
  g_free (self->due);
  g_free (self);
}

GPtrArray *
crm_stream_item_read_page (CrmStore *store,
                           gint64 record_id,
                           guint kinds,
                           const char *after,
                           guint limit,
                           char **next,
                           GCancellable *cancellable,
                           GError **error)
{
  const CrmCatalogue *catalogue;
  g_autoptr (GPtrArray) entries = NULL;
  GPtrArray *items;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record_id != 0, NULL);

  entries = crm_timeline_get_page (store, record_id, kinds, after, limit, next, cancellable, error);
  if (entries == NULL)
    return NULL;

  catalogue = crm_store_get_catalogue (store);
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stream_item_free);
  for (guint i = 0; i < entries->len; i++)
    {
      CrmTimelineEntry *entry = g_ptr_array_index (entries, i);

      if (is_open_task (catalogue, entry))
        continue;
      g_ptr_array_index (entries, i) = NULL;
      g_ptr_array_add (items, item_new (store, entry));
    }

  return items;
}

GPtrArray *
crm_stream_item_read_pinned (CrmStore *store,
                             gint64 record_id,
                             guint kinds,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  GPtrArray *items;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record_id != 0, NULL);

  entries = crm_timeline_get_pinned (store, record_id, cancellable, error);
  if (entries == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stream_item_free);
  for (guint i = 0; i < entries->len; i++)
    {
      CrmTimelineEntry *entry = g_ptr_array_index (entries, i);

      if (kinds != CRM_TIMELINE_EVERYTHING && (kinds & 1u << entry->kind) == 0)
        continue;
      g_ptr_array_index (entries, i) = NULL;
      g_ptr_array_add (items, item_new (store, entry));
    }

  return items;
}

GPtrArray *
crm_stream_item_read_open_tasks (CrmStore *store,
                                 gint64 record_id,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GError **error)
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  const CrmField *about, *due;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record_id != 0, NULL);

  catalogue = crm_store_get_catalogue (store);
  type = crm_catalogue_find_type (catalogue, "tasks");
  about = type != NULL ? crm_record_type_find_field (type, "about") : NULL;
  due = type != NULL ? crm_record_type_find_field (type, "due") : NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stream_item_free);
  if (about == NULL || due == NULL)
    return g_steal_pointer (&items);

  query = crm_query_new (type);
  filter = crm_filter_and (crm_filter_new_related (about, record_id),
                           make_open_filter (store, type));
  crm_query_set_filter (query, filter);
  crm_query_add_sort (query, due, FALSE);
  crm_query_set_limit (query, limit);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return NULL;
  records = crm_store_get_records (store, type, (const gint64 *) ids->data, ids->len, NULL, -1,
                                   cancellable, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      CrmStreamItem *item;

      if (is_done (catalogue, record))
        continue;
      item = g_new0 (CrmStreamItem, 1);
      item->time = get_integer (record, "created_at");
      take_linked (item, store, CRM_TIMELINE_TASK, record);
      g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_due);

  return g_steal_pointer (&items);
}
