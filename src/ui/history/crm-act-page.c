/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-act-page.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-history-row.h"
#include "crm-history.h"
#include "crm-number.h"
#include "crm-paged-list.h"

#define VALUE_LINES 4

struct _CrmActPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkStack *stack; /* loading, missing, act */
  GtkLabel *label;
  GtkLabel *detail;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkLabel *state;
  GtkStack *changes_stack; /* changes, none */
  GtkScrolledWindow *scroller;
  GtkListView *list;

  CrmSession *session;
  gint64 id;
  CrmAct *act; /* (nullable): what is shown */
  CrmPagedList *changes;
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmActPage, crm_act_page, ADW_TYPE_BIN)

/* The act */

static char *
get_detail (CrmActPage *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  g_autofree char *who = crm_history_row_describe (self->act);
  g_autofree char *when = crm_moment_format (self->act->time, crm_store_get_locale (store)->zone);
  g_autofree char *number = NULL;
  g_autofree char *records = NULL;

  if (self->act->records < 2)
    return g_strdup_printf ("%s · %s", who, when);

  number = crm_number_format (self->act->records, 0, 0);
  /* Translators: how many people, companies and so on were touched */
  records = g_strdup_printf (ngettext ("%s entry", "%s entries", (gulong) self->act->records),
                             number);

  return g_strdup_printf ("%s · %s · %s", who, when, records);
}

static const char *
get_state_words (const CrmAct *act)
{
  if (act->kind == CRM_ACT_UNDO || act->kind == CRM_ACT_REDO)
    return "";
  if (act->kind == CRM_ACT_DESTROY)
    return _ ("What was deleted permanently can’t be brought back.");

  return act->undone_by != 0 ? _ ("This was undone.") : "";
}

static void
show_act (CrmActPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *detail = get_detail (self);
  gboolean can_undo = crm_act_can_be_undone (self->act);
  gboolean can_redo = self->act->undone_by != 0 && self->act->kind != CRM_ACT_UNDO &&
                      self->act->kind != CRM_ACT_REDO;

  gtk_label_set_text (self->label, self->act->label);
  gtk_label_set_text (self->detail, detail);
  gtk_label_set_text (self->state, get_state_words (self->act));
  gtk_widget_set_visible (GTK_WIDGET (self->state), *get_state_words (self->act) != '\0');
  gtk_widget_set_visible (self->undo_button, can_undo);
  gtk_widget_set_visible (self->redo_button, can_redo);
  gtk_widget_action_set_enabled (widget, "act.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "act.redo", can_redo);
  gtk_stack_set_visible_child_name (self->stack, "act");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void load (CrmActPage *self);

static gpointer
read_act_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_history_get_act (store, *(gint64 *) data, cancellable, error);
}

static void
act_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmActPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAct) act = crm_store_run_finish (CRM_STORE (object), result, &error);

  self->loading = FALSE;
  if (self->session == NULL)
    return;
  if (self->load_again)
    {
      load (self);
      return;
    }

  if (act != NULL)
    {
      g_clear_pointer (&self->act, crm_act_free);
      self->act = g_steal_pointer (&act);
      show_act (self);
    }
  else if (g_error_matches (error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    {
      gtk_stack_set_visible_child_name (self->stack, "missing");
    }
  else
    {
      crm_session_report_error (self->session, error);
    }
}

static void
load (CrmActPage *self)
{
  self->load_again = self->loading;
  if (self->loading || self->id == 0)
    return;

  self->loading = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), read_act_in_worker,
                       g_memdup2 (&self->id, sizeof self->id), g_free,
                       (GDestroyNotify) crm_act_free, self->cancellable, act_read_cb,
                       g_object_ref (self));
}

static void
store_changed_cb (CrmActPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/* Its changes */

static GPtrArray *
read_changes (CrmStore *store,
              gpointer query,
              const char *after,
              guint limit,
              char **next,
              GCancellable *cancellable,
              GError **error)
{
  return crm_history_get_changes (store, *(gint64 *) query, after, limit, next, cancellable, error);
}

static void
load_what_is_needed (CrmActPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                 page;

  if (below < page * 1.5)
    crm_paged_list_load_more (self->changes);
}

static void
changes_changed_cb (CrmActPage *self)
{
  gboolean none = g_list_model_get_n_items (G_LIST_MODEL (self->changes)) == 0;

  crm_session_report_error (self->session, crm_paged_list_get_error (self->changes));
  gtk_stack_set_visible_child_name (self->changes_stack,
                                    none && crm_paged_list_get_complete (self->changes)
                                        ? "none"
                                        : "changes");
  load_what_is_needed (self);
}

static void
scrolled_cb (CrmActPage *self)
{
  if (self->changes != NULL)
    load_what_is_needed (self);
}

/* Rows: what was changed how, and below it whose that is */

static GtkWidget *
append_label (GtkWidget *box, int lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), lines > 1);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
setup_cb (CrmActPage *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *subtitle;

  append_label (box, VALUE_LINES);
  subtitle = append_label (box, 1);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_list_item_set_child (item, box);
}

/* In full, where the history's own line would cut it short */
static char *
describe_change (const CrmHistoryChange *change)
{
  if (change->field_label == NULL || (change->old_text == NULL && change->new_text == NULL))
    return g_strdup (change->text);
  if (change->old_text == NULL)
    return g_strdup_printf ("%s: %s", change->field_label, change->new_text);

  return g_strdup_printf ("%s: %s → %s", change->field_label, change->old_text,
                          change->new_text != NULL ? change->new_text : _ ("empty"));
}

static void
bind_cb (CrmActPage *self, GtkListItem *item)
{
  const CrmHistoryChange *change = crm_paged_item_get_data (gtk_list_item_get_item (item));
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *title = gtk_widget_get_first_child (box);
  g_autofree char *text = describe_change (change);

  gtk_label_set_text (GTK_LABEL (title), text);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), change->label);
  gtk_widget_set_visible (gtk_widget_get_next_sibling (title), change->record_id != 0);
  gtk_list_item_set_activatable (item, change->record_id != 0);
  crm_history_row_name_list_item (box, text, change->label);
}

static void
make_list (CrmActPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);

  self->changes = crm_paged_list_new (crm_session_get_store (self->session), read_changes,
                                      (GDestroyNotify) crm_history_change_free);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->changes)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->changes, "changed", G_CALLBACK (changes_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
row_activated_cb (CrmActPage *self, guint position)
{
  const CrmHistoryChange *change = crm_paged_list_get_data (self->changes, position);

  if (change->record_id != 0)
    crm_session_open_record (self->session, change->record_id, FALSE);
}

/* Actions */

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmActPage *self = CRM_ACT_PAGE (widget);

  crm_session_undo_act (self->session, self->id);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmActPage *self = CRM_ACT_PAGE (widget);

  crm_session_redo_act (self->session, self->id);
}

/* GtkWidget */

static gboolean
crm_act_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CRM_ACT_PAGE (widget)->list));
}

static void
crm_act_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_act_page_parent_class)->map (widget);

  /* What happened while it was out of sight */
  load (CRM_ACT_PAGE (widget));
}

/* GObject */

static void
crm_act_page_dispose (GObject *object)
{
  CrmActPage *self = CRM_ACT_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->changes != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->changes, self);
      crm_paged_list_stop (self->changes);
    }
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_ACT_PAGE);
  g_clear_object (&self->changes);

  G_OBJECT_CLASS (crm_act_page_parent_class)->dispose (object);
}

static void
crm_act_page_finalize (GObject *object)
{
  g_clear_pointer (&CRM_ACT_PAGE (object)->act, crm_act_free);

  G_OBJECT_CLASS (crm_act_page_parent_class)->finalize (object);
}

static void
crm_act_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmActPage *self = CRM_ACT_PAGE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->act != NULL ? self->act->label : _ ("Change"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_act_page_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_ACT_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_act_page_class_init (CrmActPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_act_page_dispose;
  object_class->finalize = crm_act_page_finalize;
  object_class->get_property = crm_act_page_get_property;
  object_class->set_property = crm_act_page_set_property;
  widget_class->grab_focus = crm_act_page_grab_focus;
  widget_class->map = crm_act_page_map;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, TRUE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/history/crm-act-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, label);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, detail);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, redo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, state);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, changes_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmActPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "act.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "act.redo", NULL, redo_action);
}

static void
crm_act_page_init (CrmActPage *self)
{
  GtkAdjustment *adjustment;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Public API */

GtkWidget *
crm_act_page_new (CrmSession *session)
{
  CrmActPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_ACT_PAGE, NULL);
  self->session = g_object_ref (session);
  make_list (self);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
crm_act_page_set_act (CrmActPage *self, gint64 act_id)
{
  gint64 *query;

  g_return_if_fail (CRM_IS_ACT_PAGE (self));
  g_return_if_fail (act_id != 0);

  if (self->id == act_id)
    return;

  self->id = act_id;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query = g_atomic_rc_box_new0 (gint64);
  *query = act_id;
  crm_paged_list_set_query (self->changes, query, NULL);
  load (self);
}
