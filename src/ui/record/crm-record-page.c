/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-page-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-query.h"
#include "crm-record-draft.h"
#include "crm-text.h"
#include "crm-trash.h"
#include "crm-words.h"

#define FACTS_WIDTH 360
#define NARROW_WIDTH 720 /* below it the facts take all of it */

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  PROP_RECORD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmRecordPage,
                               crm_record_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_FILE_TARGET,
                                                      _crm_record_page_file_target_init))

/* Reading */

typedef struct
{
  gint64 id;
  gint64 n_members;
  gint64 deleted_at;
  CrmRecord *record;
} Reading;

typedef struct
{
  CrmRecordPage *page;
  guint generation;
} LoadCall;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->record, crm_record_unref);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static gint64
find_deletion (CrmStore *store, CrmRecord *record, GCancellable *cancellable)
{
  gint64 id = crm_record_get_id (record);
  g_autoptr (GPtrArray) entries = crm_trash_load (store, &id, 1, cancellable, NULL);

  if (entries == NULL || entries->len == 0)
    return 0;

  return ((const CrmTrashEntry *) g_ptr_array_index (entries, 0))->deleted_at;
}

static gboolean
count_members (CrmStore *store, gint64 *n_members, GCancellable *cancellable, GError **error)
{
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (store), "members");
  g_autoptr (CrmQuery) query = NULL;

  if (type == NULL)
    return TRUE;
  query = crm_query_new (type);

  return crm_query_count (query, store, n_members, cancellable, error);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  if (!count_members (store, &reading->n_members, cancellable, error))
    return NULL;
  if (reading->id == 0)
    return g_atomic_rc_box_acquire (reading);

  reading->record = crm_store_get_record (store, reading->id, TRUE, cancellable, error);
  if (reading->record == NULL)
    return NULL;
  if (crm_record_get_state (reading->record) == CRM_STATE_TRASHED)
    reading->deleted_at = find_deletion (store, reading->record, cancellable);

  return g_atomic_rc_box_acquire (reading);
}

/* Showing */

void
_crm_record_page_update_title (CrmRecordPage *self)
{
  g_autofree char *title = NULL;

  if (self->record == NULL)
    title = g_strdup ("");
  else if (crm_record_get_id (self->record) == 0)
    title = crm_words_get_new (crm_record_get_record_type (self->record));
  else
    title = g_strdup (crm_record_get_label (self->record));

  if (crm_text_equal (title, self->title))
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title, -1);
  adw_window_title_set_title (self->window_title, self->title);
  adw_window_title_set_subtitle (self->window_title,
                                 self->record != NULL && crm_record_get_id (self->record) != 0
                                     ? crm_record_get_record_type (self->record)->label
                                     : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
show_trash_strip (CrmRecordPage *self, gint64 deleted_at)
{
  GTimeZone *zone = crm_store_get_locale (crm_session_get_store (self->session))->zone;
  gboolean trashed = self->record != NULL &&
                     crm_record_get_state (self->record) == CRM_STATE_TRASHED;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  char iso[11];

  gtk_revealer_set_reveal_child (self->trash_revealer, trashed);
  if (!trashed)
    return;
  if (deleted_at == 0)
    {
      gtk_label_set_text (self->trash_label, _ ("In the trash"));
      return;
    }

  crm_moment_get_date (deleted_at, zone, iso);
  date = crm_date_format (iso);
  /* Translators: %s is a date */
  text = g_strdup_printf (_ ("In the trash since %s"), date);
  gtk_label_set_text (self->trash_label, text);
}

/* Not Back, which comes first, nor a field, where a key pressed by mistake would change something */
static void
take_focus (CrmRecordPage *self)
{
  self->wants_focus = FALSE;
  gtk_widget_grab_focus (self->scroller);
}

void
_crm_record_page_show (CrmRecordPage *self, CrmRecord *record)
{
  CrmRecord *old = self->record;

  self->record = crm_record_ref (record);
  g_clear_pointer (&old, crm_record_unref);

  crm_record_header_set_record (self->header, self->session, record, self->alone);
  crm_record_facts_set_record (self->facts, record, self->alone);
  _crm_record_page_update_layout (self);
  gtk_stack_set_visible_child_name (self->stack, "record");
  _crm_record_page_update_title (self);
  crm_record_files_set_record (self->files, record);
  crm_twins_box_set_record (self->twins, record);
  _crm_record_page_update_actions (self);
  _crm_record_page_update_file_actions (self);
  if (self->wants_focus)
    take_focus (self);
}

static void
set_id (CrmRecordPage *self, gint64 id)
{
  if (self->id == id)
    return;

  self->id = id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

static void
show_stored (CrmRecordPage *self, const Reading *reading)
{
  gboolean was_draft = self->record != NULL && crm_record_get_id (self->record) == 0;
  gboolean same = self->record != NULL && (was_draft || crm_record_get_id (self->record) ==
                                                            crm_record_get_id (reading->record));

  /* A merged record shows the one it was merged into */
  set_id (self, crm_record_get_id (reading->record));
  self->draft_type = NULL;
  _crm_record_page_show (self, reading->record);
  show_trash_strip (self, reading->deleted_at);
  crm_related_lists_set_record (self->related, reading->record);
  crm_record_stream_set_record (self->stream, reading->record);
  if (!same)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
show_missing (CrmRecordPage *self)
{
  self->wants_focus = FALSE;
  g_clear_pointer (&self->record, crm_record_unref);
  crm_record_files_set_record (self->files, NULL);
  crm_twins_box_set_record (self->twins, NULL);
  crm_related_lists_set_record (self->related, NULL);
  crm_record_stream_set_record (self->stream, NULL);
  show_trash_strip (self, 0);
  gtk_stack_set_visible_child_name (self->stack, "missing");
  _crm_record_page_update_title (self);
  _crm_record_page_update_actions (self);
  _crm_record_page_update_file_actions (self);
}

static void
show_draft (CrmRecordPage *self, CrmRecord *related)
{
  g_autoptr (CrmRecord) draft = crm_record_draft_new (crm_session_get_store (self->session),
                                                      self->draft_type, self->draft_field, related);

  if (self->draft_value != NULL)
    {
      CrmRecord *with_value = crm_record_draft_with (draft, self->draft_field, self->draft_value);

      crm_record_unref (draft);
      draft = with_value;
    }
  self->wants_focus = FALSE;
  _crm_record_page_show (self, draft);
  show_trash_strip (self, 0);
  crm_related_lists_set_record (self->related, NULL);
  crm_record_stream_set_record (self->stream, NULL);
  crm_record_facts_focus_first (self->facts);
}

/* Loading */

static void
load_call_free (LoadCall *call)
{
  g_object_unref (call->page);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LoadCall, load_call_free)

static void
take_reading (CrmRecordPage *self, const Reading *reading, const GError *error)
{
  if (reading != NULL)
    self->alone = reading->n_members <= 1;

  /* What a draft was started from may be gone; it is a draft all the same */
  if (self->id == 0 && self->draft_type != NULL)
    {
      if (self->record == NULL)
        show_draft (self, reading != NULL ? reading->record : NULL);
    }
  else if (reading != NULL && reading->record != NULL)
    {
      show_stored (self, reading);
    }
  else if (g_error_matches (error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    {
      show_missing (self);
    }
  else
    {
      crm_session_report_error (self->session, error);
    }
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LoadCall) call = user_data;
  CrmRecordPage *self = call->page;
  g_autoptr (GError) error = NULL;
  Reading *reading = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session != NULL && call->generation == self->generation)
    {
      self->loading = FALSE;
      if (self->load_again)
        _crm_record_page_load (self);
      else
        take_reading (self, reading, error);
    }
  g_clear_pointer (&reading, reading_unref);
}

void
_crm_record_page_load (CrmRecordPage *self)
{
  Reading *reading;
  LoadCall *call;

  self->load_again = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  reading = g_atomic_rc_box_new0 (Reading);
  reading->id = self->id != 0 ? self->id : self->draft_related_id;
  call = g_new0 (LoadCall, 1);
  call->page = g_object_ref (self);
  call->generation = self->generation;
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, reading,
                       reading_unref, reading_unref, self->cancellable, read_cb, call);
}

static gboolean
concerns (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

static gboolean
concerns_type (const CrmNews *news, const CrmCatalogue *catalogue, const char *name)
{
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, name);

  return type != NULL && concerns (news->types, type->id);
}

static void
store_changed_cb (CrmRecordPage *self, const CrmNews *news)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));

  if (self->id == 0)
    return;
  /* Names of what it points to are part of it, so any other type may matter as well */
  if (news->everything || news->catalogue || concerns (news->updated, self->id) ||
      concerns (news->created, self->id) || concerns (news->removed, self->id) ||
      concerns_type (news, catalogue, "members") || concerns_type (news, catalogue, "companies") ||
      concerns_type (news, catalogue, "people"))
    {
      _crm_record_page_load (self);
      return;
    }
  crm_related_lists_take_news (self->related, news);
  crm_record_stream_take_news (self->stream, news);
}

/* Layout */

/* Facts and activity stand side by side; where there is no room for both, one of them at a time */
void
_crm_record_page_update_layout (CrmRecordPage *self)
{
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);
  gboolean stored = self->record != NULL && crm_record_get_id (self->record) != 0;
  gboolean tabs = narrow && stored;
  gboolean overview = gtk_toggle_button_get_active (self->overview_tab);

  gtk_widget_set_visible (self->tabs, tabs);
  gtk_widget_set_visible (GTK_WIDGET (self->left), !tabs || overview);
  gtk_widget_set_visible (GTK_WIDGET (self->stream), stored && (!tabs || !overview));
  crm_record_header_set_narrow (self->header, narrow);
  _crm_record_page_update_neighbours (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  adw_clamp_set_maximum_size (self->left, narrow ? NARROW_WIDTH : FACTS_WIDTH);
  adw_clamp_set_tightening_threshold (self->left, narrow ? NARROW_WIDTH : FACTS_WIDTH);
  gtk_widget_set_size_request (GTK_WIDGET (self->left), narrow ? -1 : FACTS_WIDTH, -1);
}

static void
layout_cb (CrmRecordPage *self)
{
  _crm_record_page_update_layout (self);
}

static void
save_cb (CrmRecordPage *self, const CrmField *field, CrmValue *value)
{
  _crm_record_page_save (self, field, value);
}

/* GtkWidget */

static gboolean
crm_record_page_grab_focus (GtkWidget *widget)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  if (self->record != NULL && crm_record_get_id (self->record) == self->id)
    {
      take_focus (self);
      return TRUE;
    }
  self->wants_focus = TRUE;

  return FALSE;
}

/* GObject */

static void
start_anew (CrmRecordPage *self)
{
  self->generation++;
  self->loading = FALSE;
  self->load_again = FALSE;
  self->creating = FALSE;
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  _crm_record_page_clear_clash (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
crm_record_page_dispose (GObject *object)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  start_anew (self);
  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_pointer (&self->record, crm_record_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECORD_PAGE);

  G_OBJECT_CLASS (crm_record_page_parent_class)->dispose (object);
}

static void
crm_record_page_finalize (GObject *object)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  g_free (self->title);
  g_clear_pointer (&self->draft_value, crm_value_unref);

  G_OBJECT_CLASS (crm_record_page_parent_class)->finalize (object);
}

static void
crm_record_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    case PROP_RECORD:
      g_value_set_int64 (value, self->id);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_page_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_RECORD_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_page_class_init (CrmRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_record_page_dispose;
  object_class->finalize = crm_record_page_finalize;
  object_class->get_property = crm_record_page_get_property;
  object_class->set_property = crm_record_page_set_property;
  widget_class->grab_focus = crm_record_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, TRUE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD] = g_param_spec_int64 ("record", NULL, NULL, 0, G_MAXINT64, 0,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  g_type_ensure (CRM_TYPE_RECORD_HEADER);
  g_type_ensure (CRM_TYPE_RECORD_FACTS);
  g_type_ensure (CRM_TYPE_RECORD_FILES);
  g_type_ensure (CRM_TYPE_RELATED_LISTS);
  g_type_ensure (CRM_TYPE_RECORD_STREAM);
  g_type_ensure (CRM_TYPE_TWINS_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-record-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, neighbours_section);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, neighbours);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, position_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, trash_revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, trash_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, twins);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, header);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, overview_tab);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, activity_tab);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, columns);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, left);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, facts);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, files);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, related);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, stream);
  gtk_widget_class_bind_template_callback (widget_class, layout_cb);

  _crm_record_page_class_install_actions (widget_class);
  _crm_record_page_class_install_file_actions (widget_class);
}

static void
crm_record_page_init (CrmRecordPage *self)
{
  self->alone = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Not bound: a bin's own child that is would be let go twice */
  self->width_bin = CRM_WIDTH_BIN (adw_bin_get_child (ADW_BIN (self)));
  _crm_record_page_update_layout (self);
  g_signal_connect_object (self->facts, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  _crm_record_page_update_actions (self);
  _crm_record_page_update_file_actions (self);
}

/* Public API */

GtkWidget *
crm_record_page_new (CrmSession *session)
{
  CrmRecordPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_RECORD_PAGE, NULL);
  self->session = g_object_ref (session);
  crm_record_facts_set_session (self->facts, session);
  crm_record_files_set_session (self->files, session);
  crm_twins_box_set_session (self->twins, session);
  crm_related_lists_set_session (self->related, session);
  crm_record_stream_set_session (self->stream, session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
crm_record_page_set_record (CrmRecordPage *self, gint64 id)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (id != 0);

  if (self->id == id && self->record != NULL)
    return;

  start_anew (self);
  self->cancellable = g_cancellable_new ();
  set_id (self, id);
  self->draft_type = NULL;
  self->draft_related_id = 0;
  _crm_record_page_load (self);
}

gint64
crm_record_page_get_record (CrmRecordPage *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_PAGE (self), 0);

  return self->id;
}

void
crm_record_page_set_draft (CrmRecordPage *self,
                           const CrmRecordType *type,
                           const CrmField *field,
                           gint64 related_id,
                           CrmValue *value)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (type != NULL);

  start_anew (self);
  self->cancellable = g_cancellable_new ();
  set_id (self, 0);
  self->draft_type = type;
  self->draft_field = field;
  self->draft_related_id = related_id;
  g_clear_pointer (&self->draft_value, crm_value_unref);
  self->draft_value = value != NULL ? crm_value_ref (value) : NULL;
  g_clear_pointer (&self->record, crm_record_unref);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  _crm_record_page_load (self);
}

static void
list_changed_cb (CrmRecordPage *self)
{
  _crm_record_page_update_actions (self);
}

void
crm_record_page_set_list (CrmRecordPage *self, CrmRecordList *list)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (list == NULL || CRM_IS_RECORD_LIST (list));

  if (self->list == list)
    return;
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, list_changed_cb, self);
  g_set_object (&self->list, list);
  if (list != NULL)
    g_signal_connect_object (list, "items-changed", G_CALLBACK (list_changed_cb), self,
                             G_CONNECT_SWAPPED);
  _crm_record_page_update_actions (self);
}

void
crm_record_page_commit (CrmRecordPage *self)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));

  if (self->record == NULL)
    return;
  crm_record_facts_commit (self->facts);
  crm_composer_commit (crm_record_stream_get_composer (self->stream));
}
