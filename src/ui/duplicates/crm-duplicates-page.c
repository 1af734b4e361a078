/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-duplicates-page.h"

#include <glib/gi18n.h>

#include "crm-duplicate-item.h"
#include "crm-duplicate-row.h"
#include "crm-duplicates-work.h"
#include "crm-error.h"
#include "crm-job-row.h"
#include "crm-merge-window.h"
#include "crm-rules-window.h"
#include "crm-sweep-window.h"
#include "crm-view.h"

/* Nobody decides on more than this one by one */
#define MAX_ROWS 1000

struct _CrmDuplicatesPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *count_label;
  GtkDropDown *view_chooser;

  CrmSession *session;
  const CrmRecordType *type;
  GListStore *items; /* of CrmDuplicateItem */
  GPtrArray *groups; /* (element-type CrmDuplicateGroup): all that were found; (nullable) */
  guint n_hidden; /* groups that have no row */
  GCancellable *cancellable; /* of the search that is under way; (nullable) */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmDuplicatesPage, crm_duplicates_page, ADW_TYPE_BIN)

static char *
get_title (CrmDuplicatesPage *self)
{
  /* Translators: the plural noun of a type: "Duplicates – People" */
  return self->type != NULL ? g_strdup_printf (_ ("Duplicates – %s"), self->type->label_many)
                            : g_strdup (_ ("Duplicates"));
}

/* Showing */

static void
show_count (CrmDuplicatesPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint all = n + self->n_hidden;
  g_autofree char *text = NULL;

  if (self->n_hidden > 0)
    /* Translators: how many are shown, and how many there are */
    text = g_strdup_printf (_ ("The best %u of %u groups"), n, all);
  else
    text = g_strdup_printf (ngettext ("%u group", "%u groups", n), n);
  gtk_label_set_label (self->count_label, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "groups" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "duplicates.sweep", n > 0);
}

static void
fill (CrmDuplicatesPage *self, CrmDuplicatesFound *found)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  /* The rows own their groups; the list of all keeps its own for merging the sure ones */
  for (guint i = 0; i < found->labels->len; i++)
    {
      const CrmDuplicateGroup *group = g_ptr_array_index (found->groups, i);
      CrmDuplicateGroup *copy = g_new0 (CrmDuplicateGroup, 1);

      copy->score = group->score;
      copy->ids = g_array_ref (group->ids);
      copy->reasons = g_ptr_array_ref (group->reasons);
      g_ptr_array_add (items, crm_duplicate_item_new (copy, g_ptr_array_index (found->labels, i)));
    }

  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = g_ptr_array_ref (found->groups);
  self->n_hidden = found->groups->len - found->labels->len;
  show_count (self);
}

/* A group that lost one of its records is not what was found */
static void
drop_record (CrmDuplicatesPage *self, gint64 id)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      g_autoptr (CrmDuplicateItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i - 1);

      if (crm_duplicate_item_has_id (item, id))
        g_list_store_remove (self->items, i - 1);
    }
}

static void
store_changed_cb (CrmDuplicatesPage *self, const CrmNews *news)
{
  if (self->groups == NULL || news->removed->len == 0)
    return;

  for (guint i = 0; i < news->removed->len; i++)
    drop_record (self, g_array_index (news->removed, gint64, i));
  show_count (self);
}

/* Looking */

typedef struct
{
  const CrmRecordType *type;
  const CrmView *view; /* (nullable) */
  GtkWidget *row; /* the job's; outlives the call */
} Request;

/* %NULL: among all */
static const CrmView *
get_view (CrmDuplicatesPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->view_chooser);

  return selected > 0 && selected <= self->type->n_views ? self->type->views[selected - 1] : NULL;
}

static void
show_views (CrmDuplicatesPage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  /* Translators: the plural noun of a type */
  g_autofree char *all = g_strdup_printf (_ ("All %s"), self->type->label_many);

  gtk_string_list_append (labels, all);
  for (guint i = 0; i < self->type->n_views; i++)
    gtk_string_list_append (labels, self->type->views[i]->label);
  gtk_drop_down_set_model (self->view_chooser, G_LIST_MODEL (labels));
  gtk_widget_set_visible (GTK_WIDGET (self->view_chooser), self->type->n_views > 0);
}

static gpointer
find_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return crm_duplicates_found_read (store, request->type, request->view, MAX_ROWS,
                                    crm_job_row_progress, request->row, cancellable, error);
}

typedef struct
{
  CrmDuplicatesPage *page;
  CrmSession *session;
  GtkWidget *row;
  GCancellable *cancellable;
} Call;

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmDuplicatesPage) self = call->page;
  g_autoptr (CrmSession) session = call->session;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDuplicatesFound) found = crm_store_run_finish (CRM_STORE (object), result, &error);

  crm_session_end_job (session, call->row);
  /* The page is gone, or looks again already */
  if (self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (found != NULL)
    {
      fill (self, found);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "stopped");
  crm_session_report_error (session, error);
}

static void
find (CrmDuplicatesPage *self)
{
  Request *request = g_new0 (Request, 1);
  Call *call = g_new0 (Call, 1);
  g_autofree char *title = NULL;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  /* Translators: the plural noun of a type */
  title = g_strdup_printf (_ ("Looking for Duplicates – %s"), self->type->label_many);
  call->page = g_object_ref (self);
  call->session = g_object_ref (self->session);
  call->row = crm_session_begin_job (self->session, title, self->cancellable);
  call->cancellable = g_object_ref (self->cancellable);
  request->type = self->type;
  request->view = get_view (self);
  request->row = call->row;
  gtk_stack_set_visible_child_name (self->stack, "searching");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "duplicates.sweep", FALSE);
  crm_store_run_async (crm_session_get_store (self->session), find_in_worker, request, g_free,
                       (GDestroyNotify) crm_duplicates_found_free, self->cancellable, found_cb,
                       call);
}

static void
view_chosen_cb (CrmDuplicatesPage *self)
{
  if (self->session != NULL)
    find (self);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  find (CRM_DUPLICATES_PAGE (widget));
}

/* Deciding */

/* (transfer full) (nullable) */
static CrmDuplicateItem *
find_item (CrmDuplicatesPage *self, gint64 id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (CrmDuplicateItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (crm_duplicate_item_has_id (item, id))
        return g_steal_pointer (&item);
    }

  return NULL;
}

static void
merge_item (CrmDuplicatesPage *self, CrmDuplicateItem *item)
{
  GArray *ids = crm_duplicate_item_get_ids (item);

  crm_merge_window_present_for (GTK_WIDGET (self), self->session, self->type,
                                (const gint64 *) (gpointer) ids->data, ids->len);
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (widget);
  g_autoptr (CrmDuplicateItem) item = find_item (self, g_variant_get_int64 (parameter));

  if (item != NULL)
    merge_item (self, item);
}

static void
row_activated_cb (CrmDuplicatesPage *self, guint position)
{
  g_autoptr (CrmDuplicateItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    merge_item (self, item);
}

typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  gint64 act_id;
} Parting;

static void
parting_free (gpointer data)
{
  Parting *parting = data;

  g_array_unref (parting->ids);
  g_free (parting);
}

static gpointer
keep_apart_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Parting *parting = data;
  g_auto (CrmWriteResult) written = { 0 };

  if (!crm_duplicates_set_distinct (store, parting->type,
                                    (const gint64 *) (gpointer) parting->ids->data,
                                    parting->ids->len, TRUE, CRM_SOURCE_WINDOW, cancellable,
                                    &written, error))
    return NULL;

  return g_memdup2 (&written.act_id, sizeof written.act_id);
}

static void
kept_apart_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSession) session = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *act_id = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (act_id == NULL)
    crm_session_report_error (session, error);
  else
    crm_session_show_undo_toast (session, _ ("Will not be proposed again"), *act_id);
}

static void
keep_apart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (widget);
  g_autoptr (CrmDuplicateItem) item = find_item (self, g_variant_get_int64 (parameter));
  Parting *parting;
  guint position;

  if (item == NULL || !g_list_store_find (self->items, item, &position))
    return;

  parting = g_new0 (Parting, 1);
  parting->type = self->type;
  parting->ids = g_array_ref (crm_duplicate_item_get_ids (item));
  g_list_store_remove (self->items, position);
  show_count (self);
  crm_store_run_async (crm_session_get_store (self->session), keep_apart_in_worker, parting,
                       parting_free, g_free, NULL, kept_apart_cb, g_object_ref (self->session));
}

static void
sweep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;

  if (self->groups == NULL)
    return;

  window = crm_sweep_window_new (self->session, self->type, self->groups);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
rules_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (widget);

  crm_rules_window_present_for (widget, self->session, self->type);
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, crm_duplicate_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  crm_duplicate_row_set_item (CRM_DUPLICATE_ROW (gtk_list_item_get_child (list_item)),
                              CRM_DUPLICATE_ITEM (gtk_list_item_get_item (list_item)));
}

static gboolean
crm_duplicates_page_grab_focus (GtkWidget *widget)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list)) ||
         GTK_WIDGET_CLASS (crm_duplicates_page_parent_class)->grab_focus (widget);
}

static void
crm_duplicates_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_take_string (value, get_title (self));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_duplicates_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (self->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_duplicates_page_dispose (GObject *object)
{
  CrmDuplicatesPage *self = CRM_DUPLICATES_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_DUPLICATES_PAGE);

  G_OBJECT_CLASS (crm_duplicates_page_parent_class)->dispose (object);
}

static void
crm_duplicates_page_class_init (CrmDuplicatesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = crm_duplicates_page_get_property;
  object_class->set_property = crm_duplicates_page_set_property;
  object_class->dispose = crm_duplicates_page_dispose;
  widget_class->grab_focus = crm_duplicates_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/duplicates/crm-duplicates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, list);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesPage, view_chooser);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_chosen_cb);
  gtk_widget_class_install_action (widget_class, "duplicates.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "duplicates.rules", NULL, rules_action);
  gtk_widget_class_install_action (widget_class, "duplicates.sweep", NULL, sweep_action);
  gtk_widget_class_install_action (widget_class, "duplicates.merge", "x", merge_action);
  gtk_widget_class_install_action (widget_class, "duplicates.keep-apart", "x", keep_apart_action);
}

static void
crm_duplicates_page_init (CrmDuplicatesPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);

  self->items = g_list_store_new (CRM_TYPE_DUPLICATE_ITEM);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

GtkWidget *
crm_duplicates_page_new (CrmSession *session, const CrmRecordType *type)
{
  CrmDuplicatesPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_DUPLICATES_PAGE, NULL);
  self->type = type;
  show_views (self);
  self->session = g_object_ref (session);
  adw_window_title_set_subtitle (self->window_title, type->label_many);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  find (self);

  return GTK_WIDGET (self);
}
