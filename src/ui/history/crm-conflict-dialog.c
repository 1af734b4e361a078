/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-conflict-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-conflict-row.h"

struct _CrmConflictDialog
{
  AdwWindow parent_instance;

  GtkButton *accept_button;
  GtkLabel *heading;
  GtkWidget *all_box; /* the same for all, where there are several */
  GtkListView *list;
  GtkLabel *rest_label;

  CrmStore *store;
  CrmUndoPlan *plan; /* the caller's, who waits for the answer */
  GListStore *items;
  GTask *task;
};

G_DEFINE_FINAL_TYPE (CrmConflictDialog, crm_conflict_dialog, ADW_TYPE_WINDOW)

static void
answer (CrmConflictDialog *self, gboolean accepted)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  /* Rows let go of what belongs to the caller before the caller goes on */
  if (self->items != NULL)
    g_list_store_remove_all (self->items);
  self->plan = NULL;
  if (task != NULL)
    g_task_return_boolean (task, accepted);
}

/* The same for all */

static gboolean
has_rest (CrmConflictDialog *self)
{
  return self->plan->n_conflicts > self->plan->conflicts->len;
}

static void
choose_for_all (CrmConflictDialog *self, CrmConflictChoice choice)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CrmConflictItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      crm_conflict_item_set_choice (item, choice);
    }
  /* For what is not listed; anything else that turns up is asked about */
  if (has_rest (self))
    self->plan->rest = choice;
}

static void
keep_all_cb (CrmConflictDialog *self)
{
  choose_for_all (self, CRM_CONFLICTS_KEEP);
}

static void
restore_all_cb (CrmConflictDialog *self)
{
  choose_for_all (self, CRM_CONFLICTS_OLD);
}

static void
accept_cb (CrmConflictDialog *self)
{
  answer (self, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

/* Rows */

static void
setup_cb (CrmConflictDialog *self, GtkListItem *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, crm_conflict_row_new (self->store));
}

static void
bind_cb (CrmConflictDialog *self, GtkListItem *item)
{
  crm_conflict_row_set_item (CRM_CONFLICT_ROW (gtk_list_item_get_child (item)),
                             gtk_list_item_get_item (item));
}

static void
unbind_cb (CrmConflictDialog *self, GtkListItem *item)
{
  crm_conflict_row_set_item (CRM_CONFLICT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
make_list (CrmConflictDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) model = NULL;

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);

  self->items = g_list_store_new (CRM_TYPE_CONFLICT_ITEM);
  for (guint i = 0; i < self->plan->conflicts->len; i++)
    {
      g_autoptr (CrmConflictItem) item = crm_conflict_item_new (
          g_ptr_array_index (self->plan->conflicts, i));

      g_list_store_append (self->items, item);
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
}

/* GtkWindow */

static gboolean
crm_conflict_dialog_close_request (GtkWindow *window)
{
  answer (CRM_CONFLICT_DIALOG (window), FALSE);

  return GTK_WINDOW_CLASS (crm_conflict_dialog_parent_class)->close_request (window);
}

/* GObject */

static void
crm_conflict_dialog_dispose (GObject *object)
{
  CrmConflictDialog *self = CRM_CONFLICT_DIALOG (object);

  /* It may go with its parent */
  answer (self, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_CONFLICT_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_conflict_dialog_parent_class)->dispose (object);
}

static void
crm_conflict_dialog_class_init (CrmConflictDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_conflict_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = crm_conflict_dialog_close_request;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/history/crm-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmConflictDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictDialog, all_box);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictDialog, list);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictDialog, rest_label);
  gtk_widget_class_bind_template_callback (widget_class, keep_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
crm_conflict_dialog_init (CrmConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_words (CrmConflictDialog *self)
{
  gint64 rest = self->plan->n_conflicts - self->plan->conflicts->len;
  g_autofree char *heading = NULL;
  g_autofree char *more = NULL;

  gtk_button_set_label (self->accept_button, self->plan->redo ? _ ("_Redo") : _ ("_Undo"));
  if (self->plan->label != NULL)
    {
      /* Translators: %s is what was done: “Imported 60 people” */
      heading = g_strdup_printf (_ ("“%s” was followed by other changes"), self->plan->label);
      gtk_label_set_text (self->heading, heading);
    }

  gtk_widget_set_visible (self->all_box, self->plan->n_conflicts > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->rest_label), rest > 0);
  if (rest > 0)
    {
      more = g_strdup_printf (
          ngettext ("And %" PRId64 " more, for which the choice for all counts.",
                    "And %" PRId64 " more, for which the choice for all counts.", (gulong) rest),
          rest);
      gtk_label_set_text (self->rest_label, more);
    }
}

/* Public API */

GtkWidget *
crm_conflict_dialog_new (CrmStore *store, CrmUndoPlan *plan)
{
  CrmConflictDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (plan->conflicts->len > 0, NULL);

  self = g_object_new (CRM_TYPE_CONFLICT_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->plan = plan;
  plan->rest = has_rest (self) ? CRM_CONFLICTS_KEEP : CRM_CONFLICTS_STOP;
  set_words (self);
  make_list (self);

  return GTK_WIDGET (self);
}

void
crm_conflict_dialog_choose_async (CrmConflictDialog *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (CRM_IS_CONFLICT_DIALOG (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, crm_conflict_dialog_choose_async);
}

gboolean
crm_conflict_dialog_choose_finish (CrmConflictDialog *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
