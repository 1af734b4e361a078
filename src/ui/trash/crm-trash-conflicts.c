/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-conflicts.h"

#include <glib/gi18n.h>

#include "crm-trash.h"

/* A record that is to be restored, and who has its values */
typedef struct
{
  gint64 record_id;
  gint64 other_id; /* the first one */
  gboolean has_several; /* it can't be merged then */
  GPtrArray *conflicts; /* CrmConflict, not owned */
} Clash;

struct _CrmTrashConflicts
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkLabel *question;
  GtkGrid *grid;
  GtkCheckButton *others_check;
  GtkWidget *merge_button;
  GtkWidget *without_button;
  GtkWidget *swap_button;
  GtkWidget *skip_button;

  CrmSession *session;
  GPtrArray *conflicts;
  GPtrArray *clashes; /* Clash */
  GArray *decisions;
  GCancellable *cancellable;
  guint index; /* of the clash that is asked for */
};

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmTrashConflicts, crm_trash_conflicts, ADW_TYPE_WINDOW)

static void
clash_free (gpointer data)
{
  Clash *clash = data;

  g_ptr_array_unref (clash->conflicts);
  g_free (clash);
}

static Clash *
get_clash (CrmTrashConflicts *self)
{
  return g_ptr_array_index (self->clashes, self->index);
}

static void
group_by_record (CrmTrashConflicts *self)
{
  Clash *clash = NULL;

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (self->conflicts, i);

      if (clash == NULL || clash->record_id != conflict->record_id)
        {
          clash = g_new0 (Clash, 1);
          clash->record_id = conflict->record_id;
          clash->other_id = conflict->other_id;
          clash->conflicts = g_ptr_array_new ();
          g_ptr_array_add (self->clashes, clash);
        }
      clash->has_several = clash->has_several || conflict->other_id != clash->other_id;
      g_ptr_array_add (clash->conflicts, conflict);
    }
}

/* Side by side */

/* Both records */
typedef struct
{
  gint64 ids[2];
  CrmRecord *records[2];
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&pair->records[i], crm_record_unref);
  g_free (pair);
}

static gpointer
load_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Pair *wanted = data;
  Pair *pair = g_memdup2 (wanted, sizeof *wanted);

  for (guint i = 0; i < 2; i++)
    {
      pair->records[i] = crm_store_get_record (store, pair->ids[i], FALSE, cancellable, error);
      if (pair->records[i] == NULL)
        {
          pair_free (pair);
          return NULL;
        }
    }

  return pair;
}

static void
attach_label (CrmTrashConflicts *self,
              const char *text,
              const char *style,
              gboolean is_title,
              int column,
              int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), is_title ? 16 : 26);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, !is_title);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static gboolean
is_taken (CrmTrashConflicts *self, const CrmField *field)
{
  const Clash *clash = get_clash (self);

  for (guint i = 0; i < clash->conflicts->len; i++)
    if (((const CrmConflict *) g_ptr_array_index (clash->conflicts, i))->field->id == field->id)
      return TRUE;

  return FALSE;
}

static char *
get_text (CrmTrashConflicts *self, CrmRecord *record, const CrmField *field)
{
  CrmStore *store = crm_session_get_store (self->session);
  CrmValue *value = crm_record_get_value (record, field);

  if (value == NULL)
    return g_strdup ("–");

  return crm_value_to_display (field, value, crm_store_get_locale (store));
}

/* What either of them has; what the program keeps by itself tells nobody apart */
static void
fill_grid (CrmTrashConflicts *self, const Pair *pair)
{
  const CrmRecordType *type = crm_record_get_record_type (pair->records[0]);
  GtkWidget *child;
  int row = 2;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  attach_label (self, _ ("From the Trash"), "dim-label", FALSE, 1, 0);
  attach_label (self, _ ("Now"), "dim-label", FALSE, 2, 0);
  for (int i = 0; i < 2; i++)
    attach_label (self, crm_record_get_label (pair->records[i]), "heading", FALSE, i + 1, 1);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      const char *style = is_taken (self, field) ? "crm-taken" : NULL;

      if (field == type->label_field || (field->flags & CRM_FIELD_SYSTEM) != 0 ||
          (crm_record_get_value (pair->records[0], field) == NULL &&
           crm_record_get_value (pair->records[1], field) == NULL))
        continue;
      attach_label (self, field->label, "dim-label", TRUE, 0, row);
      for (int j = 0; j < 2; j++)
        {
          g_autofree char *text = get_text (self, pair->records[j], field);

          attach_label (self, text, style, FALSE, j + 1, row);
        }
      row++;
    }
}

/* "a@example.com", or several of them */
static char *
list_values (CrmTrashConflicts *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  const Clash *clash = get_clash (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < clash->conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (clash->conflicts, i);
      g_autofree char *value = crm_value_to_display (conflict->field, conflict->old,
                                                     crm_store_get_locale (store));

      g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", value);
    }

  return g_string_free (text, FALSE);
}

static void
describe_buttons (CrmTrashConflicts *self, const char *restored, const char *other)
{
  g_autofree char *merge = g_strdup_printf (_ ("%s becomes part of %s"), restored, other);
  g_autofree char *without = g_strdup_printf (_ ("%s comes back, and %s keeps what it has"),
                                              restored, other);
  g_autofree char *swap = g_strdup_printf (_ ("%s comes back with it, and %s loses it"), restored,
                                           other);
  g_autofree char *skip = g_strdup_printf (_ ("%s stays in the trash"), restored);

  gtk_widget_set_tooltip_text (self->merge_button, merge);
  gtk_widget_set_tooltip_text (self->without_button, without);
  gtk_widget_set_tooltip_text (self->swap_button, swap);
  gtk_widget_set_tooltip_text (self->skip_button, skip);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTrashConflicts) self = user_data;
  g_autoptr (GError) error = NULL;
  Pair *pair = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *values = NULL;
  g_autofree char *question = NULL;

  /* By now it may be decided */
  if (self->session == NULL || self->index >= self->clashes->len || pair == NULL ||
      pair->ids[0] != get_clash (self)->record_id)
    {
      if (self->session != NULL)
        crm_session_report_error (self->session, error);
      g_clear_pointer (&pair, pair_free);
      return;
    }

  values = list_values (self);
  question = g_strdup_printf (_ ("“%s” belongs to %s by now. What is to become of %s?"), values,
                              crm_record_get_label (pair->records[1]),
                              crm_record_get_label (pair->records[0]));
  gtk_label_set_text (self->question, question);
  describe_buttons (self, crm_record_get_label (pair->records[0]),
                    crm_record_get_label (pair->records[1]));
  fill_grid (self, pair);
  pair_free (pair);
}

static void
show_clash (CrmTrashConflicts *self)
{
  const Clash *clash = get_clash (self);
  guint n_others = self->clashes->len - self->index - 1;
  Pair *wanted = g_new0 (Pair, 1);
  g_autofree char *others = NULL;
  g_autofree char *progress = NULL;

  if (self->clashes->len > 1)
    progress = g_strdup_printf (_ ("%u of %u"), self->index + 1, self->clashes->len);
  adw_window_title_set_subtitle (self->window_title, progress != NULL ? progress : "");
  others = g_strdup_printf (ngettext ("Same for the Other %u", "Same for the Other %u", n_others),
                            n_others);
  gtk_check_button_set_label (self->others_check, others);
  gtk_widget_set_visible (GTK_WIDGET (self->others_check), n_others > 0);
  gtk_widget_set_sensitive (self->merge_button, !clash->has_several);

  wanted->ids[0] = clash->record_id;
  wanted->ids[1] = clash->other_id;
  crm_store_run_async (crm_session_get_store (self->session), load_in_worker, wanted, g_free,
                       pair_free, self->cancellable, loaded_cb, g_object_ref (self));
}

/* Deciding */

static void
decide (CrmTrashConflicts *self, CrmRestoreChoice choice)
{
  gboolean for_all = gtk_check_button_get_active (self->others_check);

  do
    {
      CrmRestoreDecision decision = { get_clash (self)->record_id, choice };

      g_array_append_val (self->decisions, decision);
      self->index++;
    }
  while (for_all && self->index < self->clashes->len &&
         (choice != CRM_RESTORE_MERGE || !get_clash (self)->has_several));

  if (self->index < self->clashes->len)
    {
      show_clash (self);
      return;
    }

  g_signal_emit (self, signals[DECIDED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
merge_clicked_cb (CrmTrashConflicts *self)
{
  decide (self, CRM_RESTORE_MERGE);
}

static void
without_clicked_cb (CrmTrashConflicts *self)
{
  decide (self, CRM_RESTORE_WITHOUT);
}

static void
swap_clicked_cb (CrmTrashConflicts *self)
{
  decide (self, CRM_RESTORE_SWAP);
}

static void
skip_clicked_cb (CrmTrashConflicts *self)
{
  decide (self, CRM_RESTORE_SKIP);
}

/* GObject */

static void
crm_trash_conflicts_dispose (GObject *object)
{
  CrmTrashConflicts *self = CRM_TRASH_CONFLICTS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TRASH_CONFLICTS);

  G_OBJECT_CLASS (crm_trash_conflicts_parent_class)->dispose (object);
}

static void
crm_trash_conflicts_finalize (GObject *object)
{
  CrmTrashConflicts *self = CRM_TRASH_CONFLICTS (object);

  g_ptr_array_unref (self->clashes);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_array_unref (self->decisions);

  G_OBJECT_CLASS (crm_trash_conflicts_parent_class)->finalize (object);
}

static void
crm_trash_conflicts_class_init (CrmTrashConflictsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_trash_conflicts_dispose;
  object_class->finalize = crm_trash_conflicts_finalize;

  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/trash/crm-trash-conflicts.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, question);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, grid);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, others_check);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, merge_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, without_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, swap_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTrashConflicts, skip_button);
  gtk_widget_class_bind_template_callback (widget_class, merge_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, without_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, swap_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_clicked_cb);
}

static void
crm_trash_conflicts_init (CrmTrashConflicts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->clashes = g_ptr_array_new_with_free_func (clash_free);
  self->decisions = g_array_new (FALSE, FALSE, sizeof (CrmRestoreDecision));
}

/* Public API */

GtkWidget *
crm_trash_conflicts_new (CrmSession *session, GPtrArray *conflicts)
{
  CrmTrashConflicts *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (conflicts != NULL && conflicts->len > 0, NULL);

  self = g_object_new (CRM_TYPE_TRASH_CONFLICTS, NULL);
  self->session = g_object_ref (session);
  self->conflicts = g_ptr_array_ref (conflicts);
  group_by_record (self);
  show_clash (self);

  return GTK_WIDGET (self);
}

GArray *
crm_trash_conflicts_get_decisions (CrmTrashConflicts *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_CONFLICTS (self), NULL);

  return self->decisions;
}
