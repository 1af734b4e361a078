/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-page.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-trash-item.h"

struct _CrmTrashPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkStack *stack;
  GtkColumnView *table;
  GtkRevealer *action_revealer;

  CrmSession *session;
  GListStore *items;
  GtkMultiSelection *selection;
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

G_DEFINE_FINAL_TYPE (CrmTrashPage, crm_trash_page, ADW_TYPE_BIN)

/* Loading */

static void load (CrmTrashPage *self);

static gpointer
list_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_trash_list (store, NULL, -1, cancellable, error);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTrashPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autoptr (GPtrArray) items = NULL;

  self->loading = FALSE;
  if (self->session == NULL)
    return;
  if (entries == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (items, crm_trash_item_new (g_ptr_array_index (entries, i)));
  /* In two steps, see crm-record-list.h */
  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");

  if (self->load_again)
    load (self);
}

static void
load (CrmTrashPage *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), list_in_worker, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                       g_object_ref (self));
}

static void
store_changed_cb (CrmTrashPage *self, const CrmNews *news)
{
  if (news->everything || news->catalogue || news->created->len > 0 || news->removed->len > 0)
    load (self);
}

/* Selection */

static GArray *
get_selected_ids (CrmTrashPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (
      GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (CrmTrashItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

      g_array_append_val (ids, crm_trash_item_get_entry (item)->id);
    }

  return ids;
}

static void
update_actions (CrmTrashPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (
      GTK_SELECTION_MODEL (self->selection));
  gboolean any = !gtk_bitset_is_empty (selected);

  gtk_revealer_set_reveal_child (self->action_revealer, any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.restore", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.destroy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.empty",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0);
}

static void
row_activated_cb (CrmTrashPage *self, guint position)
{
  g_autoptr (CrmTrashItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  crm_session_open_record (self->session, crm_trash_item_get_entry (item)->id, FALSE);
}

/* Acts */

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = get_selected_ids (self);

  if (ids->len > 0)
    crm_session_restore (self->session, (const gint64 *) ids->data, ids->len, NULL, NULL);
}

static gpointer
destroy_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_trash_destroy (store, (const gint64 *) ids->data, ids->len, CRM_SOURCE_WINDOW,
                          cancellable, &result, error))
    return NULL;

  return g_strdup_printf (ngettext ("%u deleted permanently", "%u deleted permanently",
                                    (guint) result.records),
                          (guint) result.records);
}

static void
destroyed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTrashPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;
  if (message != NULL)
    crm_session_show_toast (self->session, message);
  else
    crm_session_report_error (self->session, error);
  load (self);
}

typedef struct
{
  CrmTrashPage *page;
  GArray *ids;
} DestroyCall;

static void
destroy_confirmed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree DestroyCall *call = user_data;
  g_autoptr (CrmTrashPage) self = call->page;
  g_autoptr (GArray) ids = call->ids;

  if (!crm_confirm_finish (result) || self->session == NULL)
    return;

  crm_store_run_async (crm_session_get_store (self->session), destroy_in_worker,
                       g_steal_pointer (&ids), (GDestroyNotify) g_array_unref, g_free, NULL,
                       destroyed_cb, g_object_ref (self));
}

static void
ask_before_destroying (CrmTrashPage *self, GArray *ids)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint n = ids->len > 0 ? ids->len : g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Delete %u Permanently?", "Delete %u Permanently?", n), n);
  DestroyCall *call = g_new0 (DestroyCall, 1);

  call->page = g_object_ref (self);
  call->ids = g_array_ref (ids);
  crm_confirm_async (GTK_WINDOW (root), heading,
                     _ ("This can’t be undone. Backups that you made earlier still hold it."),
                     _ ("Delete Permanently"), TRUE, destroy_confirmed_cb, call);
}

static void
destroy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = get_selected_ids (self);

  if (ids->len > 0)
    ask_before_destroying (self, ids);
}

static void
empty_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    ask_before_destroying (self, all);
}

/* Columns */

typedef char *(*TextFunc) (CrmTrashPage *self, const CrmTrashEntry *entry);

static char *
get_name (CrmTrashPage *self, const CrmTrashEntry *entry)
{
  return g_strdup (entry->label);
}

static char *
get_type_label (CrmTrashPage *self, const CrmTrashEntry *entry)
{
  return g_strdup (entry->type->label);
}

static char *
get_deleted (CrmTrashPage *self, const CrmTrashEntry *entry)
{
  CrmStore *store = crm_session_get_store (self->session);

  return crm_moment_format_relative (entry->deleted_at, crm_store_get_now (store),
                                     crm_store_get_locale (store)->zone);
}

static char *
get_deleted_by (CrmTrashPage *self, const CrmTrashEntry *entry)
{
  return g_strdup (entry->deleted_by_label != NULL ? entry->deleted_by_label : "");
}

typedef struct
{
  CrmTrashPage *page;
  TextFunc func;
} TextColumn;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, TextColumn *column)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_widget_set_valign (inscription, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, inscription);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, TextColumn *column)
{
  GtkWidget *inscription = gtk_list_item_get_child (item);
  const CrmTrashEntry *entry = crm_trash_item_get_entry (gtk_list_item_get_item (item));
  g_autofree char *text = column->func (column->page, entry);

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static void
free_column (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
append_column (CrmTrashPage *self, const char *title, TextFunc func, int width, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  TextColumn *data = g_new0 (TextColumn, 1);

  data->page = self;
  data->func = func;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, free_column, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->table, column);
}

/* GObject */

static void
crm_trash_page_dispose (GObject *object)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TRASH_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (crm_trash_page_parent_class)->dispose (object);
}

static void
crm_trash_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Trash"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (CRM_TRASH_PAGE (object)->back_button));
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
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_TRASH_PAGE (object)->back_button, g_value_get_boolean (value));
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
  object_class->get_property = crm_trash_page_get_property;
  object_class->set_property = crm_trash_page_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/trash/crm-trash-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, table);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashPage, action_revealer);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "trash.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "trash.destroy", NULL, destroy_action);
  gtk_widget_class_install_action (widget_class, "trash.empty", NULL, empty_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "trash.destroy", NULL);
}

static void
crm_trash_page_init (CrmTrashPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->items = g_list_store_new (CRM_TYPE_TRASH_ITEM);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  append_column (self, _ ("Name"), get_name, 220, TRUE);
  append_column (self, _ ("Type"), get_type_label, 120, FALSE);
  append_column (self, _ ("Deleted"), get_deleted, 140, FALSE);
  append_column (self, _ ("By"), get_deleted_by, 140, FALSE);

  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_actions (self);
}

GtkWidget *
crm_trash_page_new (CrmSession *session)
{
  CrmTrashPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_TRASH_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);

  return GTK_WIDGET (self);
}
