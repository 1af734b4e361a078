/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-twins-box.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-field-editor.h"
#include "crm-merge-window.h"
#include "crm-width-bin.h"

#define MAX_TWINS 3
#define NARROW_WIDTH 560 /* below it, buttons stand under the text */

/* What was entered long ago is not spoken of unless it is about certain; what is being entered, sooner */
#define STORED_THRESHOLD 0.9

struct _CrmTwinsBox
{
  AdwBin parent_instance;

  GtkWidget *revealer;
  GtkWidget *width_bin;
  GtkWidget *rows;

  CrmSession *session;
  CrmRecord *record; /* (nullable) */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmTwinsBox, crm_twins_box, ADW_TYPE_BIN)

/* Looking */

typedef struct
{
  CrmRecord *record;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  crm_record_unref (request->record);
  g_free (request);
}

/* One that may be the same, in words */
typedef struct
{
  gint64 id;
  char *text;
  char *label;
} Twin;

static void
twin_free (gpointer data)
{
  Twin *twin = data;

  g_free (twin->text);
  g_free (twin->label);
  g_free (twin);
}

static char *
describe_twin (CrmStore *store, const CrmDuplicateTwin *twin)
{
  g_autofree char *owner = crm_duplicate_twin_read_owner (twin, store);
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < twin->reasons->len; i++)
    g_string_append_printf (reasons, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (twin->reasons, i));
  if (owner != NULL)
    /* Translators: a record, why it may be the same as this one, and whose it is */
    return g_strdup_printf (_ ("%s may be the same: %s. Owner: %s"), twin->label, reasons->str,
                            owner);

  /* Translators: a record, and why it may be the same as this one */
  return g_strdup_printf (_ ("%s may be the same: %s"), twin->label, reasons->str);
}

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  gint64 id = crm_record_get_id (request->record);
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *twins;

  found = crm_duplicates_check_record (store, request->record, MAX_TWINS, cancellable, error);
  if (found == NULL)
    return NULL;

  twins = g_ptr_array_new_with_free_func (twin_free);
  for (guint i = 0; i < found->len; i++)
    {
      const CrmDuplicateTwin *twin = g_ptr_array_index (found, i);
      Twin *words;

      if (id != 0 && twin->level == CRM_DUPLICATE_LEVEL_NONE &&
          twin->probability < STORED_THRESHOLD)
        continue;
      words = g_new0 (Twin, 1);
      words->id = twin->id;
      words->label = g_strdup (twin->label);
      words->text = describe_twin (store, twin);
      g_ptr_array_add (twins, words);
    }

  return twins;
}

/* Showing */

static gint64
get_id (GtkWidget *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "crm-id");

  return *id;
}

static void
open_cb (CrmTwinsBox *self, GtkWidget *button)
{
  crm_session_open_record (self->session, get_id (button), FALSE);
}

static void
merge_cb (CrmTwinsBox *self, GtkWidget *button)
{
  const gint64 ids[] = { crm_record_get_id (self->record), get_id (button) };

  crm_merge_window_present_for (GTK_WIDGET (self), self->session,
                                crm_record_get_record_type (self->record), ids, G_N_ELEMENTS (ids));
}

typedef struct
{
  const CrmRecordType *type;
  gint64 ids[2];
} Parting;

static gpointer
keep_apart_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Parting *parting = data;
  g_auto (CrmWriteResult) written = { 0 };

  if (!crm_duplicates_set_distinct (store, parting->type, parting->ids, G_N_ELEMENTS (parting->ids),
                                    TRUE, CRM_SOURCE_WINDOW, cancellable, &written, error))
    return NULL;

  return g_memdup2 (&written.act_id, sizeof written.act_id);
}

static void
kept_apart_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTwinsBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *act_id = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;
  if (act_id == NULL)
    crm_session_report_error (self->session, error);
  else
    crm_session_show_undo_toast (self->session, _ ("Will not be proposed again"), *act_id);
}

static void
keep_apart_cb (CrmTwinsBox *self, GtkWidget *button)
{
  Parting *parting = g_new0 (Parting, 1);

  parting->type = crm_record_get_record_type (self->record);
  parting->ids[0] = crm_record_get_id (self->record);
  parting->ids[1] = get_id (button);
  /* The row, in which the buttons have a box of their own */
  gtk_widget_set_visible (gtk_widget_get_parent (gtk_widget_get_parent (button)), FALSE);
  crm_store_run_async (crm_session_get_store (self->session), keep_apart_in_worker, parting, g_free,
                       g_free, NULL, kept_apart_cb, g_object_ref (self));
}

/* @format: for what a screen reader says, with the twin's name in it */
static void
add_button (CrmTwinsBox *self,
            GtkWidget *buttons,
            const Twin *twin,
            const char *label,
            const char *name,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  crm_field_editor_set_accessible_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "crm-id", g_memdup2 (&twin->id, sizeof twin->id),
                          g_free);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (buttons), button);
}

static void
lay_out (CrmTwinsBox *self)
{
  gboolean narrow = crm_width_bin_get_narrow (CRM_WIDTH_BIN (self->width_bin));

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    gtk_orientable_set_orientation (GTK_ORIENTABLE (row),
                                    narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
add_row (CrmTwinsBox *self, const Twin *twin)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (twin->text);
  /* Translators: here and below, a record's name */
  g_autofree char *open = g_strdup_printf (_ ("Open %s"), twin->label);
  g_autofree char *merge = g_strdup_printf (_ ("Merge with %s"), twin->label);
  g_autofree char *apart = g_strdup_printf (_ ("Not the same as %s"), twin->label);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, twin->text);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  add_button (self, buttons, twin, _ ("Open"), open, G_CALLBACK (open_cb));
  if (crm_record_get_id (self->record) != 0)
    {
      add_button (self, buttons, twin, _ ("Merge…"), merge, G_CALLBACK (merge_cb));
      add_button (self, buttons, twin, _ ("Not the Same"), apart, G_CALLBACK (keep_apart_cb));
    }
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
show_twins (CrmTwinsBox *self, GPtrArray *twins)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; twins != NULL && i < twins->len; i++)
    add_row (self, g_ptr_array_index (twins, i));
  lay_out (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), twins != NULL && twins->len > 0);
  gtk_widget_set_visible (self->revealer, twins != NULL && twins->len > 0);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTwinsBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) twins = crm_store_run_finish (CRM_STORE (object), result, &error);

  /* What could not be looked for is no reason to disturb somebody who types */
  if (twins == NULL || self->session == NULL || self->record == NULL)
    return;

  show_twins (self, twins);
}

static void
look (CrmTwinsBox *self)
{
  Request *request;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->record == NULL || crm_record_get_state (self->record) != CRM_STATE_LIVE)
    {
      show_twins (self, NULL);
      return;
    }

  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->record = crm_record_ref (self->record);
  crm_store_run_async (crm_session_get_store (self->session), look_in_worker, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, looked_cb,
                       g_object_ref (self));
}

static void
crm_twins_box_dispose (GObject *object)
{
  CrmTwinsBox *self = CRM_TWINS_BOX (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_twins_box_parent_class)->dispose (object);
}

static void
crm_twins_box_class_init (CrmTwinsBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_twins_box_dispose;
}

static void
crm_twins_box_init (CrmTwinsBox *self)
{
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->rows, "crm-strip");
  self->revealer = gtk_revealer_new ();
  self->width_bin = g_object_new (CRM_TYPE_WIDTH_BIN, "threshold", NARROW_WIDTH, "child",
                                  self->rows, NULL);
  g_signal_connect_swapped (self->width_bin, "notify::narrow", G_CALLBACK (lay_out), self);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->width_bin);
  gtk_widget_set_visible (self->revealer, FALSE);
  adw_bin_set_child (ADW_BIN (self), self->revealer);
}

void
crm_twins_box_set_session (CrmTwinsBox *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_TWINS_BOX (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
crm_twins_box_set_record (CrmTwinsBox *self, CrmRecord *record)
{
  CrmRecord *old;
  gboolean same;

  g_return_if_fail (CRM_IS_TWINS_BOX (self));
  g_return_if_fail (self->session != NULL);

  old = self->record;
  same = old != NULL && record != NULL && crm_record_get_id (old) == crm_record_get_id (record);
  self->record = record != NULL ? crm_record_ref (record) : NULL;
  g_clear_pointer (&old, crm_record_unref);
  if (!same)
    show_twins (self, NULL);
  look (self);
}
