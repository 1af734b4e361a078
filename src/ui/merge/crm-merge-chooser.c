/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-chooser.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-field-editor.h"
#include "crm-merge-window.h"
#include "crm-relation-chooser.h"

#define MAX_TWINS 8

struct _CrmMergeChooser
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *chosen_group;
  AdwPreferencesGroup *twins_group;

  CrmSession *session;
  const CrmRecordType *type;
  GPtrArray *twin_rows; /* of those that are proposed */
  GArray *ids; /* of gint64: the record and what is chosen */
  GtkWidget *chooser;
  GtkWidget *chooser_row; /* the last one */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmMergeChooser, crm_merge_chooser, ADW_TYPE_WINDOW)

static gint64
get_id (GtkWidget *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  return *id;
}

static GtkWidget *
make_row (gint64 id, const char *label, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  if (subtitle != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
    }
  g_object_set_data_full (G_OBJECT (row), "crm-id", g_memdup2 (&id, sizeof id), g_free);

  return row;
}

static GtkWidget *
add_button (GtkWidget *row, const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  crm_field_editor_set_accessible_name (button, name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return button;
}

/* Choosing */

static gboolean
find_chosen (CrmMergeChooser *self, gint64 id, guint *index)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

/* Those that are chosen are above */
static void
show_twins (CrmMergeChooser *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->twin_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->twin_rows, i);
      guint index;
      gboolean chosen = find_chosen (self, get_id (row), &index);

      gtk_widget_set_visible (row, !chosen);
      any = any || !chosen;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->twins_group), any);
}

static void
update (CrmMergeChooser *self)
{
  g_autoptr (CrmValue) chosen = NULL;

  for (guint i = 0; i < self->ids->len; i++)
    {
      g_autoptr (CrmValue) item = crm_value_new_item (NULL, NULL, NULL,
                                                      g_array_index (self->ids, gint64, i),
                                                      self->type->id);
      CrmValue *united = crm_value_unite (chosen, item);

      g_clear_pointer (&chosen, crm_value_unref);
      chosen = united;
    }
  crm_relation_chooser_set_chosen (CRM_RELATION_CHOOSER (self->chooser), chosen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chooser.continue", self->ids->len > 1);
  show_twins (self);
}

static void
remove_cb (CrmMergeChooser *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  guint index;

  if (find_chosen (self, get_id (row), &index))
    g_array_remove_index (self->ids, index);
  adw_preferences_group_remove (self->chosen_group, row);
  update (self);
  gtk_widget_grab_focus (self->chooser);
}

static void
choose (CrmMergeChooser *self, gint64 id, const char *label)
{
  GtkWidget *row;
  GtkWidget *button;
  g_autofree char *name = NULL;
  guint index;

  if (find_chosen (self, id, &index))
    return;

  g_array_append_val (self->ids, id);
  row = make_row (id, label, NULL);
  name = g_strdup_printf (_ ("Leave out %s"), label);
  button = add_button (row, "list-remove-symbolic", name);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  /* A group only adds at its end */
  g_object_ref (self->chooser_row);
  adw_preferences_group_remove (self->chosen_group, self->chooser_row);
  adw_preferences_group_add (self->chosen_group, row);
  adw_preferences_group_add (self->chosen_group, self->chooser_row);
  g_object_unref (self->chooser_row);
  update (self);
}

static void
chosen_cb (CrmMergeChooser *self, gint64 id, gint64 type_id, const char *label)
{
  if (id != 0)
    choose (self, id, label);
}

static void
twin_cb (CrmMergeChooser *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  choose (self, get_id (row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
continue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmMergeChooser *self = CRM_MERGE_CHOOSER (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  crm_merge_window_present_for (parent != NULL ? GTK_WIDGET (parent) : widget, self->session,
                                self->type, (const gint64 *) (gpointer) self->ids->data,
                                self->ids->len);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Proposing */

typedef struct
{
  CrmRecord *record;
  GPtrArray *twins; /* (element-type CrmDuplicateTwin) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  crm_record_unref (found->record);
  g_clear_pointer (&found->twins, g_ptr_array_unref);
  g_free (found);
}

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *id = data;
  Found *found = g_new0 (Found, 1);

  found->record = crm_store_get_record (store, *id, FALSE, cancellable, error);
  if (found->record == NULL)
    {
      g_free (found);
      return NULL;
    }

  found->twins = crm_duplicates_check_record (store, found->record, MAX_TWINS, cancellable, error);
  if (found->twins == NULL)
    g_clear_pointer (&found, found_free);

  return found;
}

static void
show_title (CrmMergeChooser *self, CrmRecord *record)
{
  /* Translators: a record's name */
  g_autofree char *title = g_strdup_printf (_ ("Merge %s With"), crm_record_get_label (record));
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  /* A title does not wrap, and names are long */
  adw_preferences_group_set_description (self->chosen_group, escaped);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmMergeChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL || found == NULL)
    {
      if (self->session != NULL)
        crm_session_report_error (self->session, error);
      g_clear_pointer (&found, found_free);
      return;
    }

  show_title (self, found->record);
  for (guint i = 0; i < found->twins->len; i++)
    {
      const CrmDuplicateTwin *twin = g_ptr_array_index (found->twins, i);
      g_autofree char *name = g_strdup_printf (_ ("Add %s"), twin->label);
      g_autofree char *reasons = NULL;
      GtkWidget *row;
      GtkWidget *button;

      g_ptr_array_add (twin->reasons, NULL);
      reasons = g_strjoinv (_ (", "), (char **) twin->reasons->pdata);
      row = make_row (twin->id, twin->label, reasons);
      button = add_button (row, "list-add-symbolic", name);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (twin_cb), self);
      adw_preferences_group_add (self->twins_group, row);
      g_ptr_array_add (self->twin_rows, row);
    }
  show_twins (self);
  found_free (found);
}

static void
crm_merge_chooser_dispose (GObject *object)
{
  CrmMergeChooser *self = CRM_MERGE_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_MERGE_CHOOSER);

  G_OBJECT_CLASS (crm_merge_chooser_parent_class)->dispose (object);
}

static void
crm_merge_chooser_finalize (GObject *object)
{
  CrmMergeChooser *self = CRM_MERGE_CHOOSER (object);

  g_array_unref (self->ids);
  g_ptr_array_unref (self->twin_rows);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (crm_merge_chooser_parent_class)->finalize (object);
}

static void
crm_merge_chooser_class_init (CrmMergeChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_merge_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_merge_chooser_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/merge/crm-merge-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmMergeChooser, chosen_group);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeChooser, twins_group);
  gtk_widget_class_install_action (widget_class, "chooser.continue", NULL, continue_action);
}

static void
crm_merge_chooser_init (CrmMergeChooser *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->twin_rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_merge_chooser_new (CrmSession *session, const CrmRecordType *type, gint64 id)
{
  CrmMergeChooser *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_MERGE_CHOOSER, NULL);
  self->session = g_object_ref (session);
  self->type = type;
  g_array_append_val (self->ids, id);

  self->chooser_row = make_row (0, type->label, NULL);
  self->chooser = crm_relation_chooser_new_for_type (session, type, _ ("Choose…"),
                                                     "system-search-symbolic");
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->chooser_row), self->chooser);
  adw_preferences_group_add (self->chosen_group, self->chooser_row);
  update (self);
  crm_store_run_async (crm_session_get_store (session), look_in_worker, g_memdup2 (&id, sizeof id),
                       g_free, found_free, self->cancellable, looked_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}

void
crm_merge_chooser_present_for (GtkWidget *widget,
                               CrmSession *session,
                               const CrmRecordType *type,
                               gint64 id)
{
  GtkWidget *window = crm_merge_chooser_new (session, type, id);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}
