/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-bulk-window.h"

#include <glib/gi18n.h>

#include "crm-bulk-acts.h"
#include "crm-bulk-form.h"
#include "crm-bulk-preview-group.h"
#include "crm-bulk-words.h"
#include "crm-number.h"

struct _CrmBulkWindow
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *which_group;
  AdwComboRow *which_row;
  GtkButton *accept_button;
  CrmBulkForm *form;
  CrmBulkPreviewGroup *preview;

  CrmSession *session;
  const CrmRecordType *type;
  GArray *selected;
  GArray *listed;
};

G_DEFINE_FINAL_TYPE (CrmBulkWindow, crm_bulk_window, ADW_TYPE_WINDOW)

static gboolean
has_choice (CrmBulkWindow *self)
{
  return self->selected->len > 0 && self->selected->len < self->listed->len;
}

static GArray *
get_ids (CrmBulkWindow *self)
{
  if (has_choice (self))
    return adw_combo_row_get_selected (self->which_row) == 0 ? self->selected : self->listed;

  return self->selected->len > 0 ? self->selected : self->listed;
}

static void
update_title (CrmBulkWindow *self)
{
  g_autofree char *title = crm_bulk_words_get_edit (self->type, get_ids (self)->len);

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
update_accept (CrmBulkWindow *self)
{
  gint64 n;
  gboolean possible = crm_bulk_preview_group_get_possible (self->preview, &n);
  g_autofree char *label = n > 0 ? crm_bulk_words_get_change (self->type, n)
                                 : g_strdup (_ ("Change"));

  gtk_button_set_label (self->accept_button, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.accept", possible);
}

static void
look (CrmBulkWindow *self)
{
  g_autoptr (GError) error = NULL;
  CrmBulkChange *change;

  change = crm_bulk_form_make_change (self->form, &error);
  crm_bulk_preview_group_show (self->preview, change, get_ids (self), error);
}

/* Callbacks */

static void
which_changed_cb (CrmBulkWindow *self)
{
  update_title (self);
  look (self);
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBulkWindow *self = CRM_BULK_WINDOW (widget);
  CrmBulkChange *change;

  crm_bulk_form_commit (self->form);
  change = crm_bulk_form_make_change (self->form, NULL);
  if (change == NULL)
    return;

  crm_bulk_acts_change_one (self->session, self->type, get_ids (self), change);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* GObject */

static void
crm_bulk_window_dispose (GObject *object)
{
  CrmBulkWindow *self = CRM_BULK_WINDOW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BULK_WINDOW);

  G_OBJECT_CLASS (crm_bulk_window_parent_class)->dispose (object);
}

static void
crm_bulk_window_finalize (GObject *object)
{
  CrmBulkWindow *self = CRM_BULK_WINDOW (object);

  g_clear_pointer (&self->selected, g_array_unref);
  g_clear_pointer (&self->listed, g_array_unref);

  G_OBJECT_CLASS (crm_bulk_window_parent_class)->finalize (object);
}

static void
crm_bulk_window_class_init (CrmBulkWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_bulk_window_dispose;
  object_class->finalize = crm_bulk_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/bulk/crm-bulk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBulkWindow, page);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkWindow, which_group);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkWindow, which_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkWindow, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, which_changed_cb);

  gtk_widget_class_install_action (widget_class, "bulk.accept", NULL, accept_action);
}

static void
crm_bulk_window_init (CrmBulkWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

static void
fill_which (CrmBulkWindow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *n_selected = crm_number_format (self->selected->len, 0, 0);
  g_autofree char *n_listed = crm_number_format (self->listed->len, 0, 0);
  g_autofree char *selected = NULL;
  g_autofree char *listed = NULL;

  /* Translators: how many are selected */
  selected = g_strdup_printf (_ ("The Selected (%s)"), n_selected);
  /* Translators: how many the list shows */
  listed = g_strdup_printf (_ ("All in This List (%s)"), n_listed);
  gtk_string_list_append (labels, selected);
  gtk_string_list_append (labels, listed);
  adw_combo_row_set_model (self->which_row, G_LIST_MODEL (labels));
  gtk_widget_set_visible (GTK_WIDGET (self->which_group), has_choice (self));
}

GtkWidget *
crm_bulk_window_new (CrmSession *session,
                     const CrmRecordType *type,
                     GArray *selected,
                     GArray *listed,
                     gboolean replace)
{
  CrmBulkWindow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (selected != NULL, NULL);
  g_return_val_if_fail (listed != NULL && selected->len + listed->len > 0, NULL);

  self = g_object_new (CRM_TYPE_BULK_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->type = type;
  self->selected = g_array_ref (selected);
  self->listed = g_array_ref (listed);
  self->form = CRM_BULK_FORM (crm_bulk_form_new (session, type));
  self->preview = CRM_BULK_PREVIEW_GROUP (crm_bulk_preview_group_new (session, type));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->form));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->preview));
  fill_which (self);

  g_signal_connect_object (self->form, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "changed", G_CALLBACK (update_accept), self,
                           G_CONNECT_SWAPPED);
  /* It is about what is there now */
  g_signal_connect_object (crm_session_get_store (session), "changed", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  update_title (self);
  update_accept (self);
  if (replace)
    crm_bulk_form_start_replacing (self->form);

  return GTK_WIDGET (self);
}

void
crm_bulk_window_present_for (GtkWidget *widget,
                             CrmSession *session,
                             const CrmRecordType *type,
                             GArray *selected,
                             GArray *listed,
                             gboolean replace)
{
  GtkRoot *root;
  GtkWidget *window;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  window = crm_bulk_window_new (session, type, selected, listed, replace);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}
