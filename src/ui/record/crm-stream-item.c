/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-stream-item.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-query.h"
#include "crm-timeline.h"

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

static CrmStreamItem *
item_new (const CrmCatalogue *catalogue, CrmStreamKind kind, CrmRecord *record)
{
  CrmStreamItem *item = g_new0 (CrmStreamItem, 1);
  const char *author = get_text (record, "created_by");

  item->kind = kind;
  item->id = crm_record_get_id (record);
  item->time = get_integer (record, "created_at");
  item->icon = crm_record_get_record_type (record)->icon;
  switch (kind)
    {
    case CRM_STREAM_TASK:
      item->text = join_text (record, "title");
      item->done = is_done (catalogue, record);
      item->due = g_strdup (get_text (record, "due"));
      item->detail = g_strdup (get_text (record, "assignee"));
      if (item->done && get_integer (record, "updated_at") != 0)
        item->time = get_integer (record, "updated_at");
      break;

    case CRM_STREAM_ACTIVITY:
      item->icon = get_activity_icon (catalogue, record);
      item->text = join_text (record, "subject");
      item->detail = get_activity_detail (record);
      if (get_integer (record, "when") != 0)
        item->time = get_integer (record, "when");
      break;

    case CRM_STREAM_NOTE:
    case CRM_STREAM_CHANGE:
    default:
      item->text = join_text (record, "title");
      item->detail = g_strdup (author);
    }

  return item;
}

static gboolean
read_records (GPtrArray *items,
              CrmStore *store,
              CrmStreamKind kind,
              const char *type_name,
              const char *sort,
              gint64 record_id,
              guint limit,
              gboolean *more,
              GCancellable *cancellable,
              GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, type_name);
  const CrmField *about = type != NULL ? crm_record_type_find_field (type, "about") : NULL;
  const CrmField *sort_field = type != NULL ? crm_record_type_find_field (type, sort) : NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (about == NULL || sort_field == NULL)
    return TRUE;

  query = crm_query_new (type);
  filter = crm_filter_new_related (about, record_id);
  crm_query_set_filter (query, filter);
  crm_query_add_sort (query, sort_field, TRUE);
  crm_query_set_limit (query, limit + 1);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return FALSE;

  *more = *more || ids->len > limit;
  records = crm_store_get_records (store, type, (const gint64 *) ids->data, MIN (ids->len, limit),
                                   NULL, -1, cancellable, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (items, item_new (catalogue, kind, g_ptr_array_index (records, i)));

  return TRUE;
}

static gboolean
read_changes (GPtrArray *items,
              CrmStore *store,
              gint64 record_id,
              guint limit,
              gboolean *more,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) entries = crm_timeline_get_page (store, record_id, CRM_TIMELINE_CHANGES,
                                                         NULL, limit + 1, NULL, cancellable, error);

  if (entries == NULL)
    return FALSE;

  *more = *more || entries->len > limit;
  for (guint i = 0; i < MIN (entries->len, limit); i++)
    {
      const CrmTimelineEntry *entry = g_ptr_array_index (entries, i);
      CrmStreamItem *item = g_new0 (CrmStreamItem, 1);

      item->kind = CRM_STREAM_CHANGE;
      item->icon = "document-edit-symbolic";
      item->time = entry->time;
      item->text = g_strdup (entry->text);
      item->detail = g_strdup (entry->actor_label);
      g_ptr_array_add (items, item);
    }

  return TRUE;
}

static gboolean
is_open_task (const CrmStreamItem *item)
{
  return item->kind == CRM_STREAM_TASK && !item->done;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const CrmStreamItem *left = *(CrmStreamItem *const *) a;
  const CrmStreamItem *right = *(CrmStreamItem *const *) b;

  if (is_open_task (left) != is_open_task (right))
    return is_open_task (left) ? -1 : 1;
  if (is_open_task (left))
    {
      /* Those without a date come last */
      if (left->due == NULL || right->due == NULL)
        return (left->due == NULL) - (right->due == NULL);
      return g_strcmp0 (left->due, right->due);
    }

  return left->time == right->time ? 0 : left->time > right->time ? -1 : 1;
}

void
crm_stream_item_free (CrmStreamItem *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->detail);
  g_free (self->due);
  g_free (self);
}

GPtrArray *
crm_stream_item_read (CrmStore *store,
                      gint64 record_id,
                      guint limit,
                      gboolean *more,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record_id != 0, NULL);
  g_return_val_if_fail (more != NULL, NULL);

  *more = FALSE;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stream_item_free);
  if (!read_records (items, store, CRM_STREAM_NOTE, "notes", "created_at", record_id, limit, more,
                     cancellable, error) ||
      !read_records (items, store, CRM_STREAM_TASK, "tasks", "created_at", record_id, limit, more,
                     cancellable, error) ||
      !read_records (items, store, CRM_STREAM_ACTIVITY, "activities", "when", record_id, limit,
                     more, cancellable, error) ||
      !read_changes (items, store, record_id, limit, more, cancellable, error))
    return NULL;

  g_ptr_array_sort (items, compare_items);

  return g_steal_pointer (&items);
}
