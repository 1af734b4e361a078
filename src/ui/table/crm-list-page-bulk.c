/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with all selected records at once. */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-action-bar.h"
#include "crm-bulk-acts.h"
#include "crm-bulk-window.h"
#include "crm-lost-reason.h"
#include "crm-number.h"
#include "crm-popover.h"
#include "crm-quick-form.h"
#include "crm-words.h"

/* With one member there is nobody else to own anything */
static gboolean
has_team (CrmListPage *self)
{
  return self->members != NULL && self->members->len > 1;
}

static void
show_choice (CrmListPage *self, CrmPickPopover *popover, const char *action)
{
  crm_pick_popover_show_at (popover, crm_action_bar_get_anchor (self->action_bar, action),
                            GTK_POS_TOP);
}

/* "Stage · 12 deals": how many the choice is for; (transfer full) */
static char *
make_choice_title (CrmListPage *self, const CrmField *field)
{
  g_autofree char *count = crm_words_get_count (self->type,
                                                crm_selection_get_n_selected (self->selection));

  return g_strdup_printf ("%s · %s", field->label, count);
}

/* Editing */

static void
edit (CrmListPage *self, gboolean replace)
{
  g_autoptr (GArray) selected = crm_selection_get_ids (self->selection);
  g_autoptr (GArray) listed = crm_record_list_get_ids (self->list);

  crm_bulk_window_present_for (GTK_WIDGET (self), self->session, self->type, selected, listed,
                               replace);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (CRM_LIST_PAGE (widget), FALSE);
}

static void
replace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (CRM_LIST_PAGE (widget), TRUE);
}

/* Those that are selected when the choice is made. Takes @changes. */
static void
change_selected (CrmListPage *self, GPtrArray *changes)
{
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0 && changes->len > 0)
    crm_bulk_acts_change (self->session, self->type, ids, changes);
  else
    g_ptr_array_unref (changes);
}

static GPtrArray *
changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_bulk_change_free);
}

/* Tags */

typedef struct
{
  GArray *add; /* of CrmItem */
  GArray *remove;
} Ticked;

static void
collect_tick (gint64 id, const char *label, gboolean ticked, gpointer data)
{
  Ticked *changed = data;

  crm_item_array_add (ticked ? changed->add : changed->remove, label, NULL, NULL, id, 0);
}

static void
tags_applied_cb (CrmListPage *self, CrmPickPopover *popover)
{
  const CrmField *field = crm_bulk_acts_find_tags (self->type);
  Ticked ticked = { crm_item_array_new (), crm_item_array_new () };
  g_autoptr (CrmValue) add = NULL;
  g_autoptr (CrmValue) removed = NULL;
  GPtrArray *changes = changes_new ();

  crm_pick_popover_foreach_changed (popover, collect_tick, &ticked);
  add = crm_value_new_items_take (ticked.add);
  removed = crm_value_new_items_take (ticked.remove);
  if (add != NULL)
    g_ptr_array_add (changes, crm_bulk_change_new_add (field, add));
  if (removed != NULL)
    g_ptr_array_add (changes, crm_bulk_change_new_remove (field, removed));
  change_selected (self, changes);
}

typedef struct
{
  CrmPickPopover *popover; /* owned */
  const CrmField *field;
  GArray *ids;
} Counting;

static void
counting_free (Counting *counting)
{
  g_object_unref (counting->popover);
  g_array_unref (counting->ids);
  g_free (counting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counting, counting_free)

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Counting *counting = data;

  return crm_bulk_count_options (store, counting->field,
                                 (const gint64 *) (gpointer) counting->ids->data,
                                 counting->ids->len, cancellable, error);
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Counting) counting = user_data;
  g_autoptr (GArray) counts = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autofree char *all = crm_number_format (counting->ids->len, 0, 0);

  for (guint i = 0; counts != NULL && i < counting->field->n_options; i++)
    {
      gint64 n = g_array_index (counts, gint64, i);
      g_autofree char *some = crm_number_format (n, 0, 0);
      /* Translators: how many of how many have a tag */
      g_autofree char *detail = g_strdup_printf (_ ("%s of %s"), some, all);

      crm_pick_popover_set_tick (counting->popover, counting->field->options[i]->id,
                                 n == 0                    ? CRM_TICK_NONE
                                 : n >= counting->ids->len ? CRM_TICK_ALL
                                                           : CRM_TICK_SOME,
                                 n > 0 && n < counting->ids->len ? detail : NULL);
    }
}

static void
tag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const CrmField *field = crm_bulk_acts_find_tags (self->type);
  g_autofree char *title = NULL;
  CrmPickPopover *popover;
  Counting *counting;

  if (field == NULL)
    return;

  title = make_choice_title (self, field);
  popover = CRM_PICK_POPOVER (crm_pick_popover_new_with_ticks (title, TRUE));
  for (guint i = 0; i < field->n_options; i++)
    crm_pick_popover_add (popover, field->options[i]->id, field->options[i]->label,
                          field->options[i]->color);
  g_signal_connect_object (popover, "applied", G_CALLBACK (tags_applied_cb), self,
                           G_CONNECT_SWAPPED);
  show_choice (self, popover, name);

  counting = g_new0 (Counting, 1);
  counting->popover = g_object_ref (popover);
  counting->field = field;
  counting->ids = crm_selection_get_ids (self->selection);
  crm_store_run_async (crm_session_get_store (self->session), count_in_worker, counting, NULL,
                       (GDestroyNotify) g_array_unref, self->cancellable, counted_cb, counting);
}

/* Assigning */

static gpointer
list_members_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const CrmRecordType *members = data;
  g_autoptr (CrmQuery) query = crm_query_new (members);
  g_autoptr (GArray) ids = NULL;

  crm_query_add_sort (query, members->label_field, FALSE);
  ids = crm_query_run (query, store, cancellable, error);

  return ids != NULL ? crm_store_get_records (store, members, (const gint64 *) (gpointer) ids->data,
                                              ids->len, NULL, 0, cancellable, error)
                     : NULL;
}

static const CrmRecordType *
find_members (CrmListPage *self)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (crm_session_get_store (self->session)),
                                  "members");
}

static void
members_listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmListPage) self = user_data;
  GPtrArray *members = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (members == NULL)
    return;

  g_clear_pointer (&self->members, g_ptr_array_unref);
  self->members = members;
  if (self->session != NULL)
    _crm_list_page_update_actions (self);
}

void
_crm_list_page_list_members (CrmListPage *self)
{
  const CrmRecordType *type = find_members (self);

  if (type != NULL && crm_bulk_acts_find_assignee (self->type) != NULL)
    crm_store_run_async (crm_session_get_store (self->session), list_members_in_worker,
                         (gpointer) type, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable, members_listed_cb, g_object_ref (self));
}

void
_crm_list_page_follow_members (CrmListPage *self, const CrmNews *news)
{
  const CrmRecordType *type = find_members (self);

  for (guint i = 0; type != NULL && i < news->types->len; i++)
    if (g_array_index (news->types, gint64, i) == type->id)
      {
        _crm_list_page_list_members (self);
        return;
      }
}

static void
member_picked_cb (CrmListPage *self, gint64 id)
{
  const CrmField *field = crm_bulk_acts_find_assignee (self->type);
  g_autoptr (CrmValue) value = id != 0 ? crm_value_new_item (NULL, NULL, NULL, id, field->target)
                                       : NULL;
  GPtrArray *changes = changes_new ();

  g_ptr_array_add (changes, crm_bulk_change_new_set (field, value));
  change_selected (self, changes);
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const CrmField *field = crm_bulk_acts_find_assignee (self->type);
  gint64 me = crm_store_get_me (crm_session_get_store (self->session));
  g_autofree char *title = NULL;
  CrmPickPopover *popover;

  if (field == NULL || self->members == NULL)
    return;

  title = make_choice_title (self, field);
  popover = CRM_PICK_POPOVER (crm_pick_popover_new (title));
  for (guint i = 0; i < self->members->len; i++)
    {
      CrmRecord *member = g_ptr_array_index (self->members, i);
      gint64 id = crm_record_get_id (member);
      const char *label = crm_record_get_label (member);
      /* Translators: the name of a team member, who is the one that reads this */
      g_autofree char *mine = id == me ? g_strdup_printf (_ ("%s (Me)"), label) : NULL;

      crm_pick_popover_add (popover, id, mine != NULL ? mine : label, NULL);
    }
  crm_pick_popover_add (popover, 0, _ ("Nobody"), NULL);
  g_signal_connect_object (popover, "picked", G_CALLBACK (member_picked_cb), self,
                           G_CONNECT_SWAPPED);
  show_choice (self, popover, name);
}

/* Stages */

static void
move_to (CrmListPage *self, gint64 option_id, const CrmField *reason, gint64 reason_id)
{
  const CrmField *field = crm_bulk_acts_find_stage (self->type);
  g_autoptr (CrmValue) value = crm_value_new_item (NULL, NULL, NULL, option_id, 0);
  GPtrArray *changes = changes_new ();

  g_ptr_array_add (changes, crm_bulk_change_new_set (field, value));
  if (reason_id != 0)
    {
      g_autoptr (CrmValue) why = crm_value_new_item (NULL, NULL, NULL, reason_id, 0);

      g_ptr_array_add (changes, crm_bulk_change_new_set (reason, why));
    }
  change_selected (self, changes);
}

typedef struct
{
  CrmListPage *page; /* borrowed: the popover is a child of it */
  const CrmOption *stage;
  const CrmField *reason;
} Loss;

static void
loss_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
reason_picked_cb (CrmPickPopover *popover, gint64 id, const char *label, gpointer user_data)
{
  Loss *loss = user_data;

  move_to (loss->page, loss->stage->id, loss->reason, id);
}

static void
stage_picked_cb (CrmListPage *self, gint64 id)
{
  const CrmOption *stage = crm_catalogue_get_option (
      crm_store_get_catalogue (crm_session_get_store (self->session)), id);
  const CrmField *reason = stage != NULL ? crm_lost_reason_find_field (self->type, stage->outcome)
                                         : NULL;
  CrmPickPopover *popover;
  Loss *loss;

  if (stage == NULL)
    return;
  if (reason == NULL)
    {
      move_to (self, id, NULL, 0);
      return;
    }

  loss = g_new0 (Loss, 1);
  loss->page = self;
  loss->stage = stage;
  loss->reason = reason;
  popover = CRM_PICK_POPOVER (crm_lost_reason_popover_new (reason));
  g_signal_connect_data (popover, "picked", G_CALLBACK (reason_picked_cb), loss, loss_free, 0);
  show_choice (self, popover, "records.move-stage");
}

static void
move_stage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmField *field = crm_bulk_acts_find_stage (self->type);
  g_autofree char *title = NULL;
  CrmPickPopover *popover;
  gboolean many = FALSE;

  if (field == NULL)
    return;

  for (guint i = 1; i < field->n_options; i++)
    many = many || field->options[i]->parent != field->options[0]->parent;
  title = make_choice_title (self, field);
  popover = CRM_PICK_POPOVER (crm_pick_popover_new (title));
  for (guint i = 0; i < field->n_options; i++)
    {
      const CrmOption *stage = field->options[i];
      const CrmOption *pipeline = crm_catalogue_get_option (catalogue, stage->parent);
      /* Translators: a pipeline and one of its stages */
      g_autofree char *label = many && pipeline != NULL
                                   ? g_strdup_printf (_ ("%s – %s"), pipeline->label, stage->label)
                                   : g_strdup (stage->label);

      crm_pick_popover_add (popover, stage->id, label,
                            stage->color != NULL ? stage->color : "gray");
    }
  g_signal_connect_object (popover, "picked", G_CALLBACK (stage_picked_cb), self,
                           G_CONNECT_SWAPPED);
  show_choice (self, popover, name);
}

/* Tasks */

static void
task_drafted_cb (CrmListPage *self, CrmRecord *draft)
{
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_bulk_acts_add_tasks (self->session, self->type, ids, draft);
}

static void
add_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const presets[] = { "status", "to_do", "kind", "to_do", NULL };
  CrmListPage *self = CRM_LIST_PAGE (widget);
  guint n = crm_selection_get_n_selected (self->selection);
  const char *fields[] = { "title", "due", has_team (self) ? "assignee" : NULL, NULL };
  g_autofree char *number = crm_number_format (n, 0, 0);
  g_autofree char *accept = g_strdup_printf (ngettext ("Add %s Task", "Add %s Tasks", n), number);
  GtkWidget *form = crm_quick_form_new (self->session, "tasks", fields, presets, NULL, accept);

  crm_quick_form_set_hand_on (CRM_QUICK_FORM (form), TRUE);
  g_signal_connect_object (form, "drafted", G_CALLBACK (task_drafted_cb), self, G_CONNECT_SWAPPED);
  crm_popover_show_at (GTK_POPOVER (form), crm_action_bar_get_anchor (self->action_bar, name),
                       GTK_POS_TOP);
}

static void
unselect_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (CRM_LIST_PAGE (widget)->selection));
}

void
_crm_list_page_update_bulk_actions (CrmListPage *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  guint n_selected = crm_selection_get_n_selected (self->selection);
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  const struct
  {
    const char *action;
    gboolean fits;
  } actions[] = {
    { "records.tag", crm_bulk_acts_find_tags (self->type) != NULL },
    { "records.assign", crm_bulk_acts_find_assignee (self->type) != NULL && has_team (self) },
    { "records.move-stage", crm_bulk_acts_find_stage (self->type) != NULL },
    { "records.merge", n_selected > 1 },
    { "records.add-task", crm_bulk_acts_find_task_about (catalogue, self->type) != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      crm_action_bar_set_shown (self->action_bar, actions[i].action, actions[i].fits);
      /* One is merged too, with another that is looked for */
      if (!g_str_equal (actions[i].action, "records.merge"))
        gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].action,
                                       actions[i].fits && n_selected > 0);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.edit", n_listed > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.replace", n_listed > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.unselect-all", n_selected > 0);
}

void
_crm_list_page_class_install_bulk_actions (GtkWidgetClass *widget_class)
{
  const GdkModifierType control_shift = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_install_action (widget_class, "records.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "records.replace", NULL, replace_action);
  gtk_widget_class_install_action (widget_class, "records.tag", NULL, tag_action);
  gtk_widget_class_install_action (widget_class, "records.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "records.move-stage", NULL, move_stage_action);
  gtk_widget_class_install_action (widget_class, "records.add-task", NULL, add_task_action);
  gtk_widget_class_install_action (widget_class, "records.unselect-all", NULL, unselect_all_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, control_shift, "records.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "records.replace",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "records.tag",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, control_shift,
                                       "records.unselect-all", NULL);
}
