/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-trash-page-private.h"

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  PROP_BOTTOM_BAR,
  PROP_SHOW_MERGED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmTrashPage, crm_trash_page, ADW_TYPE_BIN)

static guint
get_n_items (CrmTrashPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gboolean
is_narrowed_down (CrmTrashPage *self)
{
  return self->query.text != NULL || self->query.type_id != 0;
}

/* What is shown */

static void
update_footer (CrmTrashPage *self)
{
  guint n = get_n_items (self);
  guint n_selected = crm_selection_get_n_selected (self->selection);
  g_autofree char *shown = g_strdup_printf ("%'u", n);
  g_autofree char *text = NULL;

  if (is_narrowed_down (self) && self->total > 0 && !self->query.hidden)
    {
      g_autofree char *total = g_strdup_printf ("%'" PRId64, self->total);

      /* Translators: how many are shown, and how many there are */
      text = g_strdup_printf (_ ("%s of %s"), shown, total);
    }
  else
    {
      text = g_steal_pointer (&shown);
    }
  if (n_selected > 0)
    {
      g_autofree char *selected = g_strdup_printf ("%'u", n_selected);
      g_autofree char *part = g_strdup_printf (_ ("%s selected"), selected);
      g_autofree char *all = g_steal_pointer (&text);

      text = g_strdup_printf ("%s · %s", all, part);
    }
  gtk_label_set_label (self->footer,
                       crm_trash_list_get_loading (self->list) ? _ ("Searching…") : text);
  gtk_widget_set_visible (GTK_WIDGET (self->footer), n > 0);
}

static const char *
choose_page (CrmTrashPage *self)
{
  const GError *error = crm_trash_list_get_error (self->list);

  if (get_n_items (self) > 0)
    return crm_width_bin_get_narrow (self->width_bin) ? "compact" : "table";
  if (crm_trash_list_get_loading (self->list))
    return "loading";
  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      return "error";
    }

  return is_narrowed_down (self) ? "no-matches" : "empty";
}

static void
update (CrmTrashPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  update_footer (self);
  _crm_trash_page_update_actions (self);
}

static void
move_model (CrmTrashPage *self, gboolean narrow)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  /* Only what is seen has the model, see crm-list-page.c */
  gtk_column_view_set_model (self->table, narrow ? NULL : model);
  gtk_list_view_set_model (self->compact, narrow ? model : NULL);
}

static void
update_keeping (CrmTrashPage *self)
{
  guint days = crm_trash_days_get_days (self->days);
  g_autofree char *text = NULL;

  if (days == 0)
    text = g_strdup (_ ("Kept for ever"));
  else
    text = g_strdup_printf (ngettext ("Deleted permanently after %u day",
                                      "Deleted permanently after %u days", days),
                            days);
  gtk_label_set_label (self->keeping_label, text);
}

/* Types and how many there are of each */

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_trash_count (store, FALSE, cancellable, error);
}

/* The chosen type stays, even where nothing of it is left */
static void
fill_chooser (CrmTrashPage *self, GArray *counts)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->types, 0);
  g_array_append_val (self->types, (gint64){ 0 });
  gtk_string_list_append (labels, _ ("All Types"));
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      gint64 n = 0;

      for (guint j = 0; j < counts->len; j++)
        if (g_array_index (counts, CrmTrashCount, j).type->id == type->id)
          n = g_array_index (counts, CrmTrashCount, j).n_deleted;
      if (n == 0 && !self->query.hidden && self->query.type_id != type->id)
        continue;

      if (self->query.type_id == type->id)
        selected = self->types->len;
      g_array_append_val (self->types, type->id);
      gtk_string_list_append (labels, type->label_many);
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->type_chooser, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->type_chooser, selected);
  self->filling = FALSE;
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTrashPage) self = user_data;
  g_autoptr (GArray) counts = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->session == NULL || counts == NULL)
    return;

  self->total = 0;
  for (guint i = 0; i < counts->len; i++)
    self->total += g_array_index (counts, CrmTrashCount, i).n_deleted;
  fill_chooser (self, counts);
  update (self);
}

static void
count (CrmTrashPage *self)
{
  crm_store_run_async (crm_session_get_store (self->session), count_in_worker, NULL, NULL,
                       (GDestroyNotify) g_array_unref, self->cancellable, counted_cb,
                       g_object_ref (self));
}

/* Callbacks */

static void
loaded_cb (CrmTrashPage *self)
{
  count (self);
  update (self);
}

static void
selected_cb (CrmTrashPage *self)
{
  gtk_revealer_set_reveal_child (self->action_revealer,
                                 crm_selection_get_n_selected (self->selection) > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTTOM_BAR]);
  update_footer (self);
  _crm_trash_page_update_actions (self);
}

static void
search_changed_cb (CrmTrashPage *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->search_entry));

  g_strstrip (text);
  if (g_strcmp0 (text, self->query.text != NULL ? self->query.text : "") == 0)
    return;

  g_free (self->query.text);
  self->query.text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  _crm_trash_page_run_query (self);
}

/* Enter in the search goes to the rows */
static void
search_activated_cb (CrmTrashPage *self)
{
  if (get_n_items (self) > 0)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
type_chosen_cb (CrmTrashPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->type_chooser);

  if (self->filling || self->session == NULL || selected >= self->types->len)
    return;

  self->query.type_id = g_array_index (self->types, gint64, selected);
  _crm_trash_page_run_query (self);
}

static void
narrow_changed_cb (CrmTrashPage *self)
{
  move_model (self, crm_width_bin_get_narrow (self->width_bin));
  update (self);
}

static void
row_activated_cb (CrmTrashPage *self, guint position)
{
  g_autoptr (CrmTrashRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  const CrmTrashEntry *entry = crm_trash_row_get_entry (row);

  /* It has no page: as far as anybody can tell it never was */
  if (entry != NULL && entry->reason == CRM_TRASH_UNDONE)
    crm_session_show_toast (self->session,
                            _ ("This was undone. Redo it, or undo that in the history."));
  else
    crm_session_open_record (self->session, crm_trash_row_get_id (row), FALSE);
}

/* GtkWidget */

static gboolean
crm_trash_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (CRM_TRASH_PAGE (widget)->stack), GTK_DIR_TAB_FORWARD);
}

/* Preferences may have changed it meanwhile */
static void
crm_trash_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_trash_page_parent_class)->map (widget);

  crm_trash_days_refresh (CRM_TRASH_PAGE (widget)->days);
}

/* GObject */

static void
crm_trash_page_dispose (GObject *object)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    crm_trash_list_set_query (self->list, NULL);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TRASH_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (crm_trash_page_parent_class)->dispose (object);
}

static void
crm_trash_page_finalize (GObject *object)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (object);

  g_free (self->query.text);
  g_array_unref (self->types);

  G_OBJECT_CLASS (crm_trash_page_parent_class)->finalize (object);
}

static void
crm_trash_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Trash"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    case PROP_BOTTOM_BAR:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->action_revealer));
      break;

    case PROP_SHOW_MERGED:
      g_value_set_boolean (value, self->query.hidden);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_trash_page_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (object);

  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (self->back_button, g_value_get_boolean (value));
      break;

    case PROP_SHOW_MERGED:
      if (self->query.hidden == g_value_get_boolean (value))
        break;
      self->query.hidden = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      _crm_trash_page_run_query (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_trash_page_class_init (CrmTrashPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_trash_page_dispose;
  object_class->finalize = crm_trash_page_finalize;
  object_class->get_property = crm_trash_page_get_property;
  object_class->set_property = crm_trash_page_set_property;
  widget_class->grab_focus = crm_trash_page_grab_focus;
  widget_class->map = crm_trash_page_map;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BOTTOM_BAR] = g_param_spec_boolean ("bottom-bar", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                          G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_MERGED] = g_param_spec_boolean ("show-merged", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                           G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_TRASH_DAYS);
  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/trash/crm-trash-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, type_chooser);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, keeping_label);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, days);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, table);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, compact);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, action_revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, separate_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, footer);
  gtk_widget_class_bind_template_callback (widget_class, update_keeping);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  _crm_trash_page_class_install_actions (widget_class);
}

static void
crm_trash_page_init (CrmTrashPage *self)
{
  self->total = -1;
  self->cancellable = g_cancellable_new ();
  self->types = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
}

/* For the other files of the class */

void
_crm_trash_page_run_query (CrmTrashPage *self)
{
  crm_trash_list_set_query (self->list, &self->query);
}

void
_crm_trash_page_set_search (CrmTrashPage *self, const char *text)
{
  gtk_editable_set_text (self->search_entry, text != NULL ? text : "");
  search_changed_cb (self);
  gtk_search_bar_set_search_mode (self->search_bar, text != NULL);
}

/* Public API */

GtkWidget *
crm_trash_page_new (CrmSession *session)
{
  CrmTrashPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_TRASH_PAGE, NULL);
  self->session = g_object_ref (session);
  self->list = crm_trash_list_new (crm_session_get_store (session));
  self->selection = crm_selection_new (CRM_ID_LIST (self->list));
  crm_trash_days_set_session (self->days, session);

  _crm_trash_page_make_columns (self);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update_footer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  move_model (self, FALSE);
  _crm_trash_page_run_query (self);
  update (self);

  return GTK_WIDGET (self);
}
