/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-related-lists.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-query.h"
#include "crm-record-words.h"
#include "crm-words.h"

#define FEW_ROWS 5
#define MANY_ROWS 200
#define FACTS_OF_ROW 2

struct _CrmRelatedLists
{
  AdwBin parent_instance;

  GtkWidget *box;

  CrmSession *session;
  CrmRecord *record;
  GHashTable *unfolded; /* ids of relations that are shown in full */
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

G_DEFINE_FINAL_TYPE (CrmRelatedLists, crm_related_lists, ADW_TYPE_BIN)

/* Reading */

typedef struct
{
  const CrmField *field;
  const CrmRecordType *type;
  gboolean unfolded;
  guint n_all;
  GPtrArray *records;
} RelatedList;

typedef struct
{
  gint64 id;
  GPtrArray *lists; /* RelatedList; filled in by the worker */
} Reading;

static void
related_list_free (RelatedList *list)
{
  g_clear_pointer (&list->records, g_ptr_array_unref);
  g_free (list);
}

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_ptr_array_unref (reading->lists);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static gboolean
read_list (RelatedList *list, CrmStore *store, gint64 id, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new (list->type);
  g_autoptr (CrmFilter) filter = crm_filter_new_related (list->field, id);
  g_autoptr (GArray) ids = NULL;

  crm_query_set_filter (query, filter);
  crm_query_add_sort (query, list->type->label_field, FALSE);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return FALSE;

  list->n_all = ids->len;
  list->records = crm_store_get_records (store, list->type, (const gint64 *) ids->data,
                                         MIN (ids->len, list->unfolded ? MANY_ROWS : FEW_ROWS),
                                         NULL, -1, cancellable, error);

  return list->records != NULL;
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  for (guint i = 0; i < reading->lists->len; i++)
    if (!read_list (g_ptr_array_index (reading->lists, i), store, reading->id, cancellable, error))
      return NULL;

  return g_atomic_rc_box_acquire (reading);
}

/* Rows */

static void
row_activated_cb (CrmRelatedLists *self, GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  crm_session_open_record (self->session, *id, FALSE);
}

static void
middle_clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  CrmRelatedLists *self = user_data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  crm_session_open_record (self->session, *id, TRUE);
}

static gboolean
open_in_window_cb (GtkWidget *row, GVariant *parameter, gpointer user_data)
{
  CrmRelatedLists *self = user_data;
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  crm_session_open_record (self->session, *id, TRUE);

  return TRUE;
}

static void
add_ways_to_open (CrmRelatedLists *self, GtkWidget *row)
{
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (middle_clicked_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return"),
                        gtk_callback_action_new (open_in_window_cb, self, NULL)));
  gtk_widget_add_controller (row, shortcuts);
}

static GtkWidget *
create_row (CrmRelatedLists *self, RelatedList *list, CrmRecord *record)
{
  GtkWidget *row = adw_action_row_new ();
  const char *label = crm_record_get_label (record);
  g_autofree char *summary = crm_record_words_get_summary (crm_session_get_store (self->session),
                                                           record, list->field, FACTS_OF_ROW);
  gint64 id = crm_record_get_id (record);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  crm_field_editor_set_accessible_name (row, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary, -1);
  g_object_set_data_full (G_OBJECT (row), "crm-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  add_ways_to_open (self, row);

  return row;
}

static void load (CrmRelatedLists *self);

static void
show_all_cb (CrmRelatedLists *self, GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  g_hash_table_add (self->unfolded, g_memdup2 (id, sizeof *id));
  load (self);
}

static GtkWidget *
create_show_all_row (CrmRelatedLists *self, RelatedList *list)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = g_strdup_printf (ngettext ("Show All %u", "Show All %u", list->n_all),
                                            list->n_all);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  crm_field_editor_set_accessible_name (row, label);
  g_object_set_data_full (G_OBJECT (row), "crm-id",
                          g_memdup2 (&list->field->id, sizeof list->field->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (show_all_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* Groups */

static void
add_clicked_cb (CrmRelatedLists *self, GtkWidget *button)
{
  gint64 *id = g_object_get_data (G_OBJECT (button), "crm-id");
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmField *field = crm_catalogue_get_field (catalogue, *id);

  if (field != NULL)
    crm_session_open_draft (self->session, crm_catalogue_get_type (catalogue, field->type_id),
                            field, crm_record_get_id (self->record));
}

static GtkWidget *
create_add_button (CrmRelatedLists *self, RelatedList *list)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *words = crm_words_get_new (list->type);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), list->field->reverse_label, words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "crm-id",
                          g_memdup2 (&list->field->id, sizeof list->field->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_group (CrmRelatedLists *self, RelatedList *list)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *label = list->field->reverse_label != NULL ? list->field->reverse_label
                                                         : list->type->label_many;
  g_autofree char *title = list->n_all > 0 ? g_strdup_printf ("%s (%u)", label, list->n_all)
                                           : g_strdup (label);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (crm_record_get_state (self->record) == CRM_STATE_LIVE)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                             create_add_button (self, list));
  for (guint i = 0; i < list->records->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               create_row (self, list, g_ptr_array_index (list->records, i)));
  if (list->n_all > list->records->len && !list->unfolded)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_show_all_row (self, list));

  return group;
}

static void
show_lists (CrmRelatedLists *self, GPtrArray *lists)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    gtk_box_append (GTK_BOX (self->box), create_group (self, g_ptr_array_index (lists, i)));
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->box) != NULL);
}

/* Loading */

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRelatedLists) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = crm_store_run_finish (CRM_STORE (object), result, &error);

  self->loading = FALSE;
  if (self->session == NULL)
    {
      g_clear_pointer (&reading, reading_unref);
      return;
    }
  if (self->load_again)
    load (self);
  else if (reading == NULL)
    crm_session_report_error (self->session, error);
  else if (self->record != NULL && reading->id == crm_record_get_id (self->record))
    show_lists (self, reading->lists);
  g_clear_pointer (&reading, reading_unref);
}

/* What is about the record – activities, tasks, notes – is in the stream; team members own too much to
 * be listed */
static void
load (CrmRelatedLists *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  g_autoptr (GPtrArray) fields = NULL;
  Reading *reading;

  self->load_again = self->loading;
  if (self->record == NULL || crm_record_get_id (self->record) == 0)
    {
      show_lists (self, NULL);
      return;
    }
  if (self->loading)
    return;

  reading = g_atomic_rc_box_new0 (Reading);
  reading->id = crm_record_get_id (self->record);
  reading->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) related_list_free);
  fields = crm_catalogue_list_reverse (catalogue, crm_record_get_record_type (self->record));
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      RelatedList *list;

      if (field->target == 0 || field->kind == CRM_KIND_MEMBER)
        continue;
      list = g_new0 (RelatedList, 1);
      list->field = field;
      list->type = crm_catalogue_get_type (catalogue, field->type_id);
      list->unfolded = g_hash_table_contains (self->unfolded, &field->id);
      g_ptr_array_add (reading->lists, list);
    }

  self->loading = TRUE;
  crm_store_run_async (store, read_in_worker, reading, reading_unref, reading_unref,
                       self->cancellable, read_cb, g_object_ref (self));
}

/* GObject */

static void
crm_related_lists_dispose (GObject *object)
{
  CrmRelatedLists *self = CRM_RELATED_LISTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_related_lists_parent_class)->dispose (object);
}

static void
crm_related_lists_finalize (GObject *object)
{
  CrmRelatedLists *self = CRM_RELATED_LISTS (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->unfolded);

  G_OBJECT_CLASS (crm_related_lists_parent_class)->finalize (object);
}

static void
crm_related_lists_class_init (CrmRelatedListsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_related_lists_dispose;
  object_class->finalize = crm_related_lists_finalize;
}

static void
crm_related_lists_init (CrmRelatedLists *self)
{
  self->cancellable = g_cancellable_new ();
  self->unfolded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/* Public API */

void
crm_related_lists_set_session (CrmRelatedLists *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_RELATED_LISTS (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
crm_related_lists_set_record (CrmRelatedLists *self, CrmRecord *record)
{
  CrmRecord *old;

  g_return_if_fail (CRM_IS_RELATED_LISTS (self));

  old = self->record;
  self->record = record != NULL ? crm_record_ref (record) : NULL;
  if (old == NULL || record == NULL || crm_record_get_id (old) != crm_record_get_id (record))
    {
      g_hash_table_remove_all (self->unfolded);
      show_lists (self, NULL);
    }
  g_clear_pointer (&old, crm_record_unref);
  load (self);
}

void
crm_related_lists_take_news (CrmRelatedLists *self, const CrmNews *news)
{
  const CrmCatalogue *catalogue;
  g_autoptr (GPtrArray) fields = NULL;
  gboolean concerned;

  g_return_if_fail (CRM_IS_RELATED_LISTS (self));
  g_return_if_fail (news != NULL);

  if (self->record == NULL)
    return;

  concerned = news->everything || news->catalogue;
  catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  fields = crm_catalogue_list_reverse (catalogue, crm_record_get_record_type (self->record));
  for (guint i = 0; i < fields->len; i++)
    for (guint j = 0; j < news->types->len; j++)
      if (((const CrmField *) g_ptr_array_index (fields, i))->type_id ==
          g_array_index (news->types, gint64, j))
        concerned = TRUE;
  if (concerned)
    load (self);
}
