/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-stages-view.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-number.h"
#include "crm-stage-groups.h"

struct _CrmStagesView
{
  AdwBin parent_instance;

  GtkBox *groups;

  CrmSession *session;
  const CrmRecordType *type;
  char *search;
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

G_DEFINE_FINAL_TYPE (CrmStagesView, crm_stages_view, ADW_TYPE_BIN)

/* Moving */

typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  gint64 option_id;
} Move;

static gboolean
write_move (CrmTransaction *transaction, gpointer data, GError **error)
{
  Move *move = data;
  const CrmField *fields[] = { crm_stage_groups_find_field (move->type) };
  g_autoptr (CrmValue) value = crm_value_new_item (NULL, NULL, NULL, move->option_id, 0);
  CrmValue *const values[] = { value };

  return crm_transaction_update (transaction, move->type, move->id, fields, values, 1, NULL, NULL,
                                 error);
}

typedef struct
{
  CrmStagesView *view;
  char *label;
} MoveCall;

static void
moved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree MoveCall *call = user_data;
  g_autoptr (CrmStagesView) self = call->view;
  g_autofree char *label = call->label;
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!crm_session_write_finish (CRM_SESSION (object), result, &written, &error))
    {
      crm_session_report_error (CRM_SESSION (object), error);
      return;
    }

  message = g_strdup_printf (_ ("Moved to %s"), label);
  crm_session_show_undo_toast (CRM_SESSION (object), message, written.act_id);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmStagesView *self = CRM_STAGES_VIEW (widget);
  const CrmOption *option;
  MoveCall *call;
  Move *move = g_new0 (Move, 1);

  move->type = self->type;
  g_variant_get (parameter, "(xx)", &move->id, &move->option_id);
  option = crm_catalogue_get_option (
      crm_store_get_catalogue (crm_session_get_store (self->session)), move->option_id);
  call = g_new0 (MoveCall, 1);
  call->view = g_object_ref (self);
  call->label = g_strdup (option != NULL ? option->label : "");
  crm_session_write_async (self->session, CRM_ACT_EDIT, write_move, move, g_free, NULL, moved_cb,
                           call);
}

static GMenuModel *
make_move_menu (CrmStagesView *self, const CrmRecord *record)
{
  const CrmField *stage = crm_stage_groups_find_field (self->type);
  CrmValue *now = crm_record_get_value (record, stage);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) stages = g_menu_new ();

  for (guint i = 0; i < stage->n_options; i++)
    {
      const CrmOption *option = stage->options[i];
      g_autoptr (GMenuItem) item = NULL;

      if (now != NULL && crm_value_get_integer (now) == option->id)
        continue;
      item = g_menu_item_new (option->label, NULL);
      g_menu_item_set_action_and_target (item, "stages.move", "(xx)", crm_record_get_id (record),
                                         option->id);
      g_menu_append_item (stages, item);
    }
  g_menu_append_section (menu, _ ("Move To"), G_MENU_MODEL (stages));

  return G_MENU_MODEL (menu);
}

/* Rows */

static void
row_activated_cb (AdwActionRow *row, CrmStagesView *self)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-record-id");

  crm_session_open_record (self->session, *id, FALSE);
}

static char *
describe (CrmStagesView *self, const CrmRecord *record)
{
  static const char *const names[] = { "company", "contact", "close_date" };
  CrmStore *store = crm_session_get_store (self->session);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const CrmField *field = crm_record_type_find_field (self->type, names[i]);
      g_autofree char *part = NULL;

      if (field == NULL)
        continue;
      part = crm_cell_get_text (store, field, crm_record_get_value (record, field));
      if (*part == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }

  return g_strdup (text->str);
}

static GtkWidget *
make_row (CrmStagesView *self, const CrmRecord *record)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *amount = gtk_label_new (NULL);
  GtkWidget *move = gtk_menu_button_new ();
  CrmValue *value = crm_record_get_value_by_name (record, "amount");
  gint64 id = crm_record_get_id (record);
  g_autoptr (GMenuModel) menu = make_move_menu (self, record);
  g_autofree char *subtitle = describe (self, record);
  g_autofree char *text = NULL;
  g_autofree char *move_label = g_strdup_printf (_ ("Move %s To"), crm_record_get_label (record));

  g_object_set_data_full (G_OBJECT (row), "crm-record-id", g_memdup2 (&id, sizeof id), g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), crm_record_get_label (record));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);

  if (value != NULL)
    {
      text = crm_money_format (crm_value_get_integer (value), crm_value_get_currency (value));
      gtk_label_set_label (GTK_LABEL (amount), text);
      gtk_widget_add_css_class (amount, "numeric");
      gtk_widget_add_css_class (amount, "heading");
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (move), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (move), menu);
  gtk_widget_set_tooltip_text (move, _ ("Move To"));
  gtk_widget_set_valign (move, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (move, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (move), GTK_ACCESSIBLE_PROPERTY_LABEL, move_label,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), move);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, 0);

  return row;
}

static GtkWidget *
make_group (CrmStagesView *self, const CrmStageGroup *stage)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *count = crm_number_format (stage->count, 0, 0);
  g_autofree char *title = g_markup_escape_text (stage->option->label, -1);
  g_autofree char *summary = NULL;
  g_autofree char *escaped = NULL;

  summary = *stage->sum != '\0' ? g_strdup_printf ("%s · %s", count, stage->sum)
                                : g_steal_pointer (&count);
  escaped = g_markup_escape_text (summary, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);

  for (guint i = 0; i < stage->records->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_row (self, g_ptr_array_index (stage->records, i)));
  if (stage->count > stage->records->len)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more in the table",
                                                         "%u more in the table",
                                                         stage->count - stage->records->len),
                                               stage->count - stage->records->len);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      gtk_widget_add_css_class (row, "dim-label");
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}

/* Reading */

static void load (CrmStagesView *self);

typedef struct
{
  const CrmRecordType *type;
  char *search;
} Job;

static void
job_free (Job *job)
{
  g_free (job->search);
  g_free (job);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return crm_stage_groups_read (store, job->type, job->search, cancellable, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmStagesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stages = crm_store_run_finish (CRM_STORE (object), result, &error);
  GtkWidget *child;

  self->loading = FALSE;
  if (self->session == NULL)
    return;
  if (stages == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  for (guint i = 0; i < stages->len; i++)
    gtk_box_append (self->groups, make_group (self, g_ptr_array_index (stages, i)));

  if (self->load_again)
    load (self);
}

static void
load (CrmStagesView *self)
{
  Job *job;

  self->load_again = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  job = g_new0 (Job, 1);
  job->type = self->type;
  job->search = g_strdup (self->search);
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, job,
                       (GDestroyNotify) job_free, (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable, read_cb, g_object_ref (self));
}

static void
store_changed_cb (CrmStagesView *self, const CrmNews *news)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/* What changed while it was out of sight */
static void
crm_stages_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_stages_view_parent_class)->map (widget);
  load (CRM_STAGES_VIEW (widget));
}

static void
crm_stages_view_dispose (GObject *object)
{
  CrmStagesView *self = CRM_STAGES_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_stages_view_parent_class)->dispose (object);
}

static void
crm_stages_view_finalize (GObject *object)
{
  g_free (CRM_STAGES_VIEW (object)->search);

  G_OBJECT_CLASS (crm_stages_view_parent_class)->finalize (object);
}

static void
crm_stages_view_class_init (CrmStagesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_stages_view_dispose;
  object_class->finalize = crm_stages_view_finalize;
  widget_class->map = crm_stages_view_map;

  gtk_widget_class_install_action (widget_class, "stages.move", "(xx)", move_action);
}

static void
crm_stages_view_init (CrmStagesView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->cancellable = g_cancellable_new ();
  self->groups = GTK_BOX (box);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
crm_stages_view_new (CrmSession *session, const CrmRecordType *type)
{
  CrmStagesView *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_STAGES_VIEW, NULL);
  self->session = g_object_ref (session);
  self->type = type;
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
crm_stages_view_can_show (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return crm_stage_groups_find_field (type) != NULL;
}

void
crm_stages_view_set_search (CrmStagesView *self, const char *text)
{
  g_return_if_fail (CRM_IS_STAGES_VIEW (self));

  g_free (self->search);
  self->search = g_strdup (text);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}
