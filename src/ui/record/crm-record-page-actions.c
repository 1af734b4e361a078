/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-page-private.h"

#include <glib/gi18n.h>

#include "crm-merge-chooser.h"
#include "crm-merge-window.h"
#include "crm-trash-acts.h"

static gint64
get_stored_id (CrmRecordPage *self)
{
  return self->record != NULL ? crm_record_get_id (self->record) : 0;
}

static void
go (CrmRecordPage *self, int step)
{
  g_autoptr (GArray) ids = NULL;
  guint number;

  if (self->list == NULL || self->id == 0)
    return;
  ids = crm_record_list_get_ids (self->list);
  number = crm_record_list_get_number (self->list, self->id);
  if (number == 0 || (step < 0 && number == 1) || number + step > ids->len)
    return;

  crm_record_page_commit (self);
  crm_record_page_set_record (self, g_array_index (ids, gint64, number - 1 + step));
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go (CRM_RECORD_PAGE (widget), -1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go (CRM_RECORD_PAGE (widget), 1);
}

static void
open_window_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  if (self->id != 0)
    crm_session_open_record (self->session, self->id, TRUE);
}

static void
trashed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordPage) self = user_data;

  if (crm_session_act_finish (CRM_SESSION (object), result) && self->session != NULL)
    crm_session_go_back (self->session);
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  if (self->id != 0)
    crm_session_trash (self->session, &self->id, 1, trashed_cb, g_object_ref (self));
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->id == 0)
    return;

  g_array_append_val (ids, self->id);
  crm_trash_acts_restore (self->session, GTK_WINDOW (gtk_widget_get_root (widget)), ids);
}

static void
open_uri (CrmRecordPage *self, CrmKind kind)
{
  g_autofree char *uri = self->record != NULL ? crm_record_header_get_uri (self->record, kind)
                                              : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_uri (CRM_RECORD_PAGE (widget), CRM_KIND_PHONES);
}

static void
email_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_uri (CRM_RECORD_PAGE (widget), CRM_KIND_EMAILS);
}

static void
website_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_uri (CRM_RECORD_PAGE (widget), CRM_KIND_DOMAINS);
}

/* A draft whose relation, given by the id of its field, points here */
static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmField *field = crm_catalogue_get_field (catalogue, g_variant_get_int64 (parameter));

  if (field != NULL && self->id != 0)
    crm_session_open_draft (self->session, crm_catalogue_get_type (catalogue, field->type_id),
                            field, self->id);
}

static CrmComposer *
show_composer (CrmRecordPage *self)
{
  gtk_toggle_button_set_active (self->activity_tab, TRUE);

  return crm_record_stream_get_composer (self->stream);
}

static void
add_note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_composer_add_note (show_composer (CRM_RECORD_PAGE (widget)));
}

static void
add_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_composer_add_task (show_composer (CRM_RECORD_PAGE (widget)));
}

static void
log_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_composer_log_call (show_composer (CRM_RECORD_PAGE (widget)));
}

/* Ways out of a taken value */

static void
open_other_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_session_open_record (CRM_RECORD_PAGE (widget)->session, g_variant_get_int64 (parameter),
                           FALSE);
}

static void
move_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _crm_record_page_move_here (CRM_RECORD_PAGE (widget));
}

static void
merge_other_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  const gint64 ids[] = { self->id, self->clash_id };

  if (self->id != 0 && self->clash_id != 0)
    crm_merge_window_present_for (widget, self->session, crm_record_get_record_type (self->record),
                                  ids, G_N_ELEMENTS (ids));
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  if (self->record != NULL)
    crm_merge_chooser_present_for (widget, self->session, crm_record_get_record_type (self->record),
                                   self->id);
}

void
_crm_record_page_class_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter_type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "record.previous", NULL, previous_action },
    { "record.next", NULL, next_action },
    { "record.open-window", NULL, open_window_action },
    { "record.trash", NULL, trash_action },
    { "record.restore", NULL, restore_action },
    { "record.call", NULL, call_action },
    { "record.email", NULL, email_action },
    { "record.website", NULL, website_action },
    { "record.add", "x", add_action },
    { "record.add-note", NULL, add_note_action },
    { "record.add-task", NULL, add_task_action },
    { "record.log-call", NULL, log_call_action },
    { "record.open-other", "x", open_other_action },
    { "record.move-here", NULL, move_here_action },
    { "record.merge-other", NULL, merge_other_action },
    { "record.merge", NULL, merge_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK,
                                       "record.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "record.next", NULL);
}

void
_crm_record_page_update_neighbours (CrmRecordPage *self)
{
  guint n = self->list != NULL ? crm_record_list_get_n_records (self->list) : 0;
  guint number = n > 0 && self->id != 0 ? crm_record_list_get_number (self->list, self->id) : 0;
  gboolean found = number > 0;
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.previous", found && number > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.next", found && number < n);
  gtk_widget_set_visible (self->neighbours, found && !narrow);
  g_menu_remove_all (self->neighbours_section);
  if (found && narrow)
    {
      g_menu_append (self->neighbours_section, _ ("_Previous"), "record.previous");
      g_menu_append (self->neighbours_section, _ ("_Next"), "record.next");
    }
  if (found)
    {
      /* Translators: which one of how many: “3 of 120” */
      g_autofree char *text = g_strdup_printf (_ ("%'u of %'u"), number, n);

      gtk_label_set_text (self->position_label, text);
    }
}

void
_crm_record_page_update_actions (CrmRecordPage *self)
{
  static const char *const of_live[] = { "record.trash",    "record.add",      "record.add-note",
                                         "record.add-task", "record.log-call", "record.merge-other",
                                         "record.merge" };
  gboolean live = get_stored_id (self) != 0 &&
                  crm_record_get_state (self->record) == CRM_STATE_LIVE;

  for (guint i = 0; i < G_N_ELEMENTS (of_live); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_live[i], live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.open-window", self->id != 0);
  gtk_widget_set_visible (self->menu_button, get_stored_id (self) != 0);
  _crm_record_page_update_neighbours (self);
}
