/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-window.h"

#include <glib/gi18n.h>

#include "crm-filter-count.h"
#include "crm-filter-group.h"
#include "crm-filter-names.h"

struct _CrmFilterWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *apply_button;
  AdwBin *tree;
  GtkEntry *text_entry;
  GtkLabel *message;

  CrmViewState *state;
  CrmFilterNode *root;
  CrmFilterCount *count;
  GCancellable *cancellable;
  GError *error; /* of what is typed */
  gboolean showing; /* the text is changed by us */
};

G_DEFINE_FINAL_TYPE (CrmFilterWindow, crm_filter_window, ADW_TYPE_WINDOW)

static CrmStore *
get_store (CrmFilterWindow *self)
{
  return crm_session_get_store (crm_view_state_get_session (self->state));
}

/* What is wrong with the text, or how many it finds */
static void
update_message (CrmFilterWindow *self)
{
  g_autofree char *words = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "filter.apply", self->error == NULL);
  if (self->error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->text_entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "dim-label");
      gtk_label_set_label (self->message, self->error->message);
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->text_entry), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "dim-label");
  g_object_get (self->count, "words", &words, NULL);
  gtk_label_set_label (self->message, words);
}

/* Whether @text (nullable) can be asked for; %FALSE with the error set */
static gboolean
check (CrmFilterWindow *self, const char *text)
{
  g_autoptr (CrmFilter) filter = NULL;
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);

  g_clear_error (&self->error);
  if (text != NULL)
    filter = crm_filter_parse (get_store (self), type, text, &self->error);
  if (self->error == NULL)
    crm_filter_count_ask (self->count, text);
  update_message (self);

  return self->error == NULL;
}

/* The tree says something else: the text follows */
static void
tree_changed_cb (CrmFilterWindow *self)
{
  g_autofree char *text = crm_filter_node_to_text (self->root);

  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text_entry), text != NULL ? text : "");
  self->showing = FALSE;
  check (self, text);
}

static void
show_tree (CrmFilterWindow *self)
{
  GtkWidget *group = crm_filter_group_new (crm_view_state_get_session (self->state), self->root);

  g_signal_connect_object (group, "changed", G_CALLBACK (tree_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->tree, group);
}

static void
named_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmFilterWindow) self = user_data;

  if (self->root != NULL && crm_filter_names_load_finish (CRM_STORE (object), result, self->root))
    show_tree (self);
}

static void
find_names (CrmFilterWindow *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  crm_filter_node_list_unnamed (self->root, ids);
  if (ids->len > 0)
    crm_filter_names_load_async (crm_view_state_get_session (self->state), self->root,
                                 self->cancellable, named_cb, g_object_ref (self));
}

/* Whether there is a tree for @text (nullable), which is shown then */
static gboolean
set_text (CrmFilterWindow *self, const char *text)
{
  CrmFilterNode *root = crm_filter_node_parse (get_store (self),
                                               crm_view_state_get_record_type (self->state), text,
                                               NULL);
  CrmFilterNode *old = self->root;

  if (root == NULL)
    return FALSE;

  self->root = root;
  show_tree (self);
  if (old != NULL)
    crm_filter_node_free (old);
  find_names (self);

  return TRUE;
}

/* The text says something else: the tree follows where it can be read */
static void
text_changed_cb (CrmFilterWindow *self)
{
  g_autofree char *text = NULL;

  if (self->showing)
    return;

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_entry))));
  if (check (self, *text != '\0' ? text : NULL))
    set_text (self, text);
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmFilterWindow *self = CRM_FILTER_WINDOW (widget);
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_entry))));

  if (self->error != NULL)
    return;

  crm_view_state_set_filter (self->state, *text != '\0' ? text : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* GObject */

static void
crm_filter_window_dispose (GObject *object)
{
  CrmFilterWindow *self = CRM_FILTER_WINDOW (object);

  self->showing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_FILTER_WINDOW);
  g_clear_pointer (&self->root, crm_filter_node_free);
  g_clear_object (&self->count);
  g_clear_object (&self->state);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (crm_filter_window_parent_class)->dispose (object);
}

static void
crm_filter_window_class_init (CrmFilterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/filter/crm-filter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmFilterWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterWindow, apply_button);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterWindow, tree);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterWindow, text_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterWindow, message);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_install_action (widget_class, "filter.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "filter.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "filter.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
crm_filter_window_init (CrmFilterWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->apply_button);
}

/* Public API */

GtkWidget *
crm_filter_window_new (CrmViewState *state)
{
  const CrmRecordType *type;
  g_autofree char *title = NULL;
  const char *text;
  CrmFilterWindow *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_FILTER_WINDOW, NULL);
  self->state = g_object_ref (state);
  self->count = crm_filter_count_new (state);
  g_signal_connect_object (self->count, "notify::words", G_CALLBACK (update_message), self,
                           G_CONNECT_SWAPPED);

  type = crm_view_state_get_record_type (state);
  /* Translators: %s is the plural name of a type, “People” */
  title = g_strdup_printf (_ ("Filter %s"), type->label_many);
  adw_window_title_set_title (self->window_title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);

  text = crm_view_query_get_filter (crm_view_state_get_query (state));
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text_entry), text != NULL ? text : "");
  self->showing = FALSE;
  /* What cannot be read is mended as text */
  if (!set_text (self, text))
    set_text (self, NULL);
  check (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_entry));
  gtk_editable_set_position (GTK_EDITABLE (self->text_entry), -1);

  return GTK_WIDGET (self);
}

void
crm_filter_window_present_for (GtkWidget *widget, CrmViewState *state)
{
  GtkWidget *self;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  self = crm_filter_window_new (state);
  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
}
