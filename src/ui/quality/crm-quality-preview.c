/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-preview.h"

#include <glib/gi18n.h>

#include "crm-job-row.h"
#include "crm-number.h"
#include "crm-paged-list.h"
#include "crm-quality-row.h"
#include "crm-quality-words.h"

struct _CrmQualityPreview
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkCheckButton *all_tick;
  GtkLabel *count_label;
  GtkButton *action_button;

  CrmSession *session;
  CrmQualityCheck *check; /* (nullable) */
  GArray *ids; /* all that were found; (nullable) */
  CrmPagedList *findings;
  GPtrArray *rows; /* CrmQualityRow: those that the list made; not owned */
  GHashTable *exceptions; /* ids whose tick is not like ticked */
  gboolean ticked; /* all but the exceptions */
  gboolean updating;
  GCancellable *cancellable; /* of the looking; (nullable) */
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmQualityPreview, crm_quality_preview, ADW_TYPE_BIN)

/* Ticks */

static gboolean
is_ticked (CrmQualityPreview *self, gint64 id)
{
  return g_hash_table_contains (self->exceptions, &id) != self->ticked;
}

static guint
count_ticked (CrmQualityPreview *self)
{
  guint n = g_hash_table_size (self->exceptions);

  return self->ids == NULL ? 0 : self->ticked ? self->ids->len - n : n;
}

/* (transfer full) (element-type gint64) */
static GArray *
collect_ticked (CrmQualityPreview *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->ids->len; i++)
    if (is_ticked (self, g_array_index (self->ids, gint64, i)))
      g_array_append_val (ids, g_array_index (self->ids, gint64, i));

  return ids;
}

static void
show_ticks (CrmQualityPreview *self)
{
  guint n = count_ticked (self);
  g_autofree char *label = crm_quality_words_get_action (self->check, n);
  g_autofree char *ticked = crm_number_format (n, 0, 0);
  g_autofree char *all = crm_number_format (self->ids->len, 0, 0);
  /* Translators: how many are ticked, of how many */
  g_autofree char *count = g_strdup_printf (_ ("%s of %s"), ticked, all);

  gtk_button_set_label (self->action_button, label);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quality.apply", n > 0);
  self->updating = TRUE;
  gtk_check_button_set_active (self->all_tick, n == self->ids->len);
  gtk_check_button_set_inconsistent (self->all_tick, n > 0 && n < self->ids->len);
  self->updating = FALSE;
}

static void
set_all (CrmQualityPreview *self, gboolean ticked)
{
  self->ticked = ticked;
  g_hash_table_remove_all (self->exceptions);
  for (guint i = 0; i < self->rows->len; i++)
    crm_quality_row_set_ticked (g_ptr_array_index (self->rows, i), ticked);
  show_ticks (self);
}

static void
all_toggled_cb (CrmQualityPreview *self)
{
  if (!self->updating && self->ids != NULL)
    set_all (self, gtk_check_button_get_active (self->all_tick));
}

static void
row_toggled_cb (CrmQualityPreview *self, CrmQualityRow *row)
{
  gint64 id = crm_quality_row_get_id (row);

  if (crm_quality_row_get_ticked (row) == self->ticked)
    g_hash_table_remove (self->exceptions, &id);
  else
    g_hash_table_add (self->exceptions, g_memdup2 (&id, sizeof id));
  show_ticks (self);
}

/* The list: ids are known, what they say is read page by page */

typedef struct
{
  CrmQualityCheck *check;
  GArray *ids;
} Query;

static void
query_clear (gpointer data)
{
  Query *query = data;

  crm_quality_check_unref (query->check);
  g_array_unref (query->ids);
}

static GPtrArray *
read_page (CrmStore *store,
           gpointer data,
           const char *after,
           guint limit,
           char **next,
           GCancellable *cancellable,
           GError **error)
{
  Query *query = data;
  guint first = after != NULL ? (guint) g_ascii_strtoull (after, NULL, 10) : 0;
  guint n = MIN (limit, query->ids->len - first);
  GPtrArray *findings;

  findings = crm_quality_load (store, query->check, &g_array_index (query->ids, gint64, first), n,
                               cancellable, error);
  *next = findings != NULL && first + n < query->ids->len ? g_strdup_printf ("%u", first + n)
                                                          : NULL;

  return findings;
}

/* A screenful and a half ahead of what is seen */
static void
load_what_is_needed (CrmQualityPreview *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                 page;

  if (self->findings != NULL && self->ids != NULL && below < page * 1.5)
    crm_paged_list_load_more (self->findings);
}

static void
findings_changed_cb (CrmQualityPreview *self)
{
  crm_session_report_error (self->session, crm_paged_list_get_error (self->findings));
  load_what_is_needed (self);
}

static void
setup_cb (CrmQualityPreview *self, GtkListItem *list_item)
{
  GtkWidget *row = crm_quality_row_new ();

  g_signal_connect_object (row, "toggled", G_CALLBACK (row_toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (CrmQualityPreview *self, GtkListItem *list_item)
{
  const CrmQualityFinding *finding = crm_paged_item_get_data (
      CRM_PAGED_ITEM (gtk_list_item_get_item (list_item)));

  crm_quality_row_set_finding (CRM_QUALITY_ROW (gtk_list_item_get_child (list_item)), finding,
                               is_ticked (self, finding->id));
}

static void
teardown_cb (CrmQualityPreview *self, GtkListItem *list_item)
{
  g_ptr_array_remove_fast (self->rows, gtk_list_item_get_child (list_item));
}

static void
row_activated_cb (CrmQualityPreview *self, guint position)
{
  const CrmQualityFinding *finding = crm_paged_list_get_data (self->findings, position);

  if (finding != NULL && self->check->topic != CRM_QUALITY_EMPTY_FIELDS)
    crm_session_open_record (self->session, finding->id, FALSE);
}

/* Looking */

static void
stop (CrmQualityPreview *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_ids (CrmQualityPreview *self, GArray *ids)
{
  Query *query;

  self->ids = ids;
  if (ids->len == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  query = g_atomic_rc_box_new0 (Query);
  query->check = crm_quality_check_ref (self->check);
  query->ids = g_array_ref (ids);
  crm_paged_list_set_query (self->findings, query, query_clear);
  show_ticks (self);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static gpointer
find_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_quality_find (store, data, cancellable, error);
}

typedef struct
{
  CrmQualityPreview *preview;
  GCancellable *cancellable;
} FindCall;

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree FindCall *call = user_data;
  g_autoptr (CrmQualityPreview) self = call->preview;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GError) error = NULL;
  GArray *ids = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->cancellable != cancellable)
    {
      g_clear_pointer (&ids, g_array_unref);
      return;
    }

  g_clear_object (&self->cancellable);
  if (ids != NULL)
    take_ids (self, ids);
  else
    crm_session_report_error (self->session, error);
}

static void
find (CrmQualityPreview *self)
{
  FindCall *call = g_new0 (FindCall, 1);

  stop (self);
  g_clear_pointer (&self->ids, g_array_unref);
  g_hash_table_remove_all (self->exceptions);
  gtk_stack_set_visible_child_name (self->stack, "looking");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quality.apply", FALSE);
  self->cancellable = g_cancellable_new ();
  call->preview = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  crm_store_run_async (crm_session_get_store (self->session), find_in_worker,
                       crm_quality_check_ref (self->check),
                       (GDestroyNotify) crm_quality_check_unref, (GDestroyNotify) g_array_unref,
                       self->cancellable, found_cb, call);
}

/* Doing it */

typedef struct
{
  CrmQualityCheck *check;
  GArray *ids;
  GtkWidget *row; /* the job's; outlives the call */
} Mending;

static void
mending_free (gpointer data)
{
  Mending *mending = data;

  crm_quality_check_unref (mending->check);
  g_array_unref (mending->ids);
  g_free (mending);
}

static gpointer
mend_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Mending *mending = data;
  CrmQualityMended mended = { 0 };

  if (!crm_quality_mend (store, mending->check, (const gint64 *) (gpointer) mending->ids->data,
                         mending->ids->len, CRM_SOURCE_WINDOW, crm_job_row_progress, mending->row,
                         &mended, cancellable, error))
    return NULL;

  return g_memdup2 (&mended, sizeof mended);
}

typedef struct
{
  CrmQualityPreview *preview;
  CrmSession *session;
  CrmQualityCheck *check;
  GtkWidget *row;
} MendCall;

/* The page may show something else by now */
static void
look_again (CrmQualityPreview *self, const CrmQualityCheck *check)
{
  if (self->session == NULL)
    return;

  if (self->check == check)
    find (self);
  g_signal_emit (self, signals[DONE], 0);
}

static void
mended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree MendCall *call = user_data;
  g_autoptr (CrmQualityPreview) self = call->preview;
  g_autoptr (CrmSession) session = call->session;
  g_autoptr (CrmQualityCheck) check = call->check;
  g_autoptr (GError) error = NULL;
  g_autofree CrmQualityMended *mended = crm_store_run_finish (CRM_STORE (object), result, &error);

  crm_session_end_job (session, call->row);
  if (mended != NULL)
    {
      g_autofree char *done = crm_quality_words_get_done (check, mended);

      crm_session_show_undo_toast (session, done, mended->act_id);
    }
  else
    crm_session_report_error (session, error);
  look_again (self, check);
}

static void
mend (CrmQualityPreview *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *title = crm_quality_check_get_title (self->check);
  Mending *mending = g_new0 (Mending, 1);
  MendCall *call = g_new0 (MendCall, 1);

  call->preview = g_object_ref (self);
  call->session = g_object_ref (self->session);
  call->check = crm_quality_check_ref (self->check);
  call->row = crm_session_begin_job (self->session, title, cancellable);
  mending->check = crm_quality_check_ref (self->check);
  mending->ids = collect_ticked (self);
  mending->row = call->row;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quality.apply", FALSE);
  crm_store_run_async (crm_session_get_store (self->session), mend_in_worker, mending, mending_free,
                       g_free, cancellable, mended_cb, call);
}

static void
trashed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmQualityPreview) self = user_data;

  crm_session_act_finish (CRM_SESSION (object), result);
  if (self->check != NULL)
    look_again (self, self->check);
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmQualityPreview *self = CRM_QUALITY_PREVIEW (widget);
  g_autoptr (GArray) ids = NULL;

  if (self->ids == NULL || self->check == NULL)
    return;
  if (crm_quality_check_can_mend (self->check))
    {
      mend (self);
      return;
    }

  ids = collect_ticked (self);
  gtk_widget_action_set_enabled (widget, "quality.apply", FALSE);
  crm_session_trash (self->session, (const gint64 *) (gpointer) ids->data, ids->len, trashed_cb,
                     g_object_ref (self));
}

/* GObject */

static gboolean
crm_quality_preview_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CRM_QUALITY_PREVIEW (widget)->list));
}

static void
crm_quality_preview_dispose (GObject *object)
{
  CrmQualityPreview *self = CRM_QUALITY_PREVIEW (object);

  stop (self);
  if (self->findings != NULL)
    crm_paged_list_stop (self->findings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_QUALITY_PREVIEW);
  g_clear_object (&self->findings);
  g_clear_object (&self->session);
  g_clear_pointer (&self->check, crm_quality_check_unref);
  g_clear_pointer (&self->ids, g_array_unref);

  G_OBJECT_CLASS (crm_quality_preview_parent_class)->dispose (object);
}

static void
crm_quality_preview_finalize (GObject *object)
{
  CrmQualityPreview *self = CRM_QUALITY_PREVIEW (object);

  g_hash_table_unref (self->exceptions);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (crm_quality_preview_parent_class)->finalize (object);
}

static void
crm_quality_preview_class_init (CrmQualityPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_quality_preview_dispose;
  object_class->finalize = crm_quality_preview_finalize;
  widget_class->grab_focus = crm_quality_preview_grab_focus;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/quality/crm-quality-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, list);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, all_tick);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPreview, action_button);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "quality.apply", NULL, apply_action);
}

static void
crm_quality_preview_init (CrmQualityPreview *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->exceptions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (teardown_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (load_what_is_needed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (load_what_is_needed), self, G_CONNECT_SWAPPED);
}

/* Public API */

void
crm_quality_preview_set_session (CrmQualityPreview *self, CrmSession *session)
{
  GtkNoSelection *selection;

  g_return_if_fail (CRM_IS_QUALITY_PREVIEW (self));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->findings = crm_paged_list_new (crm_session_get_store (session), read_page,
                                       (GDestroyNotify) crm_quality_finding_free);
  g_signal_connect_object (self->findings, "changed", G_CALLBACK (findings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->findings)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

void
crm_quality_preview_set_check (CrmQualityPreview *self, CrmQualityCheck *check)
{
  g_return_if_fail (CRM_IS_QUALITY_PREVIEW (self));
  g_return_if_fail (self->session != NULL);

  stop (self);
  crm_paged_list_stop (self->findings);
  g_clear_pointer (&self->check, crm_quality_check_unref);
  if (check == NULL)
    return;

  self->check = crm_quality_check_ref (check);
  /* What the program does by itself is right unless somebody says otherwise; what is given up is chosen */
  self->ticked = crm_quality_check_can_mend (check) && check->topic != CRM_QUALITY_EMPTY_FIELDS;
  if (self->ticked)
    gtk_widget_add_css_class (GTK_WIDGET (self->action_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->action_button), "suggested-action");
  find (self);
}
