/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-page-private.h"

#include <glib/gi18n.h>

#include "crm-history-row.h"

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmHistoryPage, crm_history_page, ADW_TYPE_BIN)

/* Reading */

static GPtrArray *
read_page (CrmStore *store,
           gpointer query,
           const char *after,
           guint limit,
           char **next,
           GCancellable *cancellable,
           GError **error)
{
  CrmHistoryQuery *own = query;
  gint64 before = after != NULL ? g_ascii_strtoll (after, NULL, 10) : 0;
  gint64 next_before = 0;
  GPtrArray *acts = crm_history_get_page (store, &own->filter, before, limit, &next_before,
                                          cancellable, error);

  if (acts != NULL && next_before != 0)
    *next = g_strdup_printf ("%" G_GINT64_FORMAT, next_before);

  return acts;
}

static void
run_query (CrmHistoryPage *self)
{
  self->query = crm_history_filters_make_query (self->filters, self->search);
  crm_paged_list_set_query (self->acts, self->query, crm_history_query_clear);
  _crm_history_page_update (self);
}

/* What is seen */

static gboolean
is_filtered (CrmHistoryPage *self)
{
  return self->search != NULL || crm_history_filters_get_active (self->filters);
}

static const char *
choose_page (CrmHistoryPage *self)
{
  const GError *error = crm_paged_list_get_error (self->acts);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0)
    return "list";
  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      return "error";
    }
  if (!crm_paged_list_get_complete (self->acts))
    return "loading";

  return is_filtered (self) ? "no-matches" : "empty";
}

void
_crm_history_page_update (CrmHistoryPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  /* Only a text is looked for act by act */
  gtk_widget_set_visible (self->searching,
                          self->search != NULL && crm_paged_list_get_loading (self->acts));
  _crm_history_page_update_actions (self);
}

/* A screenful and a half ahead of what is seen */
static void
load_what_is_needed (CrmHistoryPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                 page;
  gboolean seen = g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0;

  if (!seen || below < page * 1.5)
    crm_paged_list_load_more (self->acts);
}

static void
acts_changed_cb (CrmHistoryPage *self)
{
  crm_session_report_error (self->session, crm_paged_list_get_error (self->acts));
  load_what_is_needed (self);
  _crm_history_page_update (self);
  if (self->wants_focus && g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->refresh_again && !self->refreshing)
    _crm_history_page_refresh (self);
}

static void
scrolled_cb (CrmHistoryPage *self)
{
  load_what_is_needed (self);
  _crm_history_page_update (self);
}

static void
store_changed_cb (CrmHistoryPage *self, const CrmNews *news)
{
  if (news->catalogue)
    crm_history_filters_refresh (self->filters);
  _crm_history_page_refresh (self);
}

/* Rows */

static void
setup_cb (CrmHistoryPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, crm_history_row_new ());
}

static void
bind_cb (CrmHistoryPage *self, GtkListItem *item)
{
  crm_history_row_set_act (CRM_HISTORY_ROW (gtk_list_item_get_child (item)),
                           crm_session_get_store (self->session),
                           crm_paged_item_get_data (gtk_list_item_get_item (item)));
}

static void
unbind_cb (CrmHistoryPage *self, GtkListItem *item)
{
  crm_history_row_set_act (CRM_HISTORY_ROW (gtk_list_item_get_child (item)),
                           crm_session_get_store (self->session), NULL);
}

/* Template callbacks */

static void
row_activated_cb (CrmHistoryPage *self, guint position)
{
  const CrmAct *act = crm_paged_list_get_data (self->acts, position);

  crm_session_open_act (self->session, act->id);
}

static void
filters_changed_cb (CrmHistoryPage *self)
{
  run_query (self);
}

static void
search_changed_cb (CrmHistoryPage *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->search_entry));

  g_strstrip (text);
  if (g_strcmp0 (text, self->search != NULL ? self->search : "") == 0)
    return;

  g_free (self->search);
  self->search = *text != '\0' ? g_steal_pointer (&text) : NULL;
  run_query (self);
}

/* GtkWidget */

static gboolean
crm_history_page_grab_focus (GtkWidget *widget)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);

  self->wants_focus = !crm_paged_list_get_complete (self->acts) &&
                      g_list_model_get_n_items (G_LIST_MODEL (self->acts)) == 0;
  if (self->wants_focus)
    return FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);

  return gtk_widget_child_focus (GTK_WIDGET (self->filters), GTK_DIR_TAB_FORWARD);
}

/* GObject */

static void
crm_history_page_dispose (GObject *object)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->acts != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->acts, self);
      crm_paged_list_stop (self->acts);
    }
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_HISTORY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->acts);

  G_OBJECT_CLASS (crm_history_page_parent_class)->dispose (object);
}

static void
crm_history_page_finalize (GObject *object)
{
  g_free (CRM_HISTORY_PAGE (object)->search);

  G_OBJECT_CLASS (crm_history_page_parent_class)->finalize (object);
}

static void
crm_history_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("History"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (CRM_HISTORY_PAGE (object)->back_button));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_history_page_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_HISTORY_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_history_page_class_init (CrmHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_history_page_dispose;
  object_class->finalize = crm_history_page_finalize;
  object_class->get_property = crm_history_page_get_property;
  object_class->set_property = crm_history_page_set_property;
  widget_class->grab_focus = crm_history_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_HISTORY_FILTERS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/history/crm-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, searching);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryPage, context_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);

  _crm_history_page_class_install_actions (widget_class);
}

static void
crm_history_page_init (CrmHistoryPage *self)
{
  GtkAdjustment *adjustment;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->scroller));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  _crm_history_page_add_context_menu (self);
}

static void
make_list (CrmHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);

  self->acts = crm_paged_list_new (crm_session_get_store (self->session), read_page,
                                   (GDestroyNotify) crm_act_free);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->acts)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->acts, "changed", G_CALLBACK (acts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (_crm_history_page_update_actions), self, G_CONNECT_SWAPPED);
}

/* For the other files of the class */

const CrmAct *
_crm_history_page_get_selected (CrmHistoryPage *self)
{
  CrmPagedItem *item = self->selection != NULL
                           ? gtk_single_selection_get_selected_item (self->selection)
                           : NULL;

  return item != NULL ? crm_paged_item_get_data (item) : NULL;
}

/* Public API */

GtkWidget *
crm_history_page_new (CrmSession *session)
{
  CrmHistoryPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_HISTORY_PAGE, NULL);
  self->session = g_object_ref (session);
  make_list (self);
  crm_history_filters_set_session (self->filters, session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  run_query (self);

  return GTK_WIDGET (self);
}

void
crm_history_page_start_search (CrmHistoryPage *self)
{
  g_return_if_fail (CRM_IS_HISTORY_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
