/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-cells-paste.h"
#include "crm-cells-text.h"
#include "crm-number.h"
#include "crm-slow-job.h"

/*
 * Copying and pasting. What is copied is the active cell, or where several rows are selected, those with all columns,
 * or one column of them. What is pasted goes into the active column of the selected rows.
 */

/* What it is about */

/* The selected records, or that of the active cell; (transfer full) */
static GArray *
list_ids (CrmListPage *self)
{
  GArray *ids = crm_selection_get_ids (self->selection);
  CrmRow *row = _crm_list_page_get_active_row (self);
  gint64 id = row != NULL ? crm_row_get_id (row) : 0;

  if (ids->len == 0 && id > 0)
    g_array_append_val (ids, id);

  return ids;
}

/* @path: (nullable): all of them. (transfer full) (element-type CrmColumn) */
static GArray *
list_columns (CrmListPage *self, const char *path)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GArray *columns = crm_columns_new ();

  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    {
      const char *own = _crm_list_page_get_column_path (self, i);

      if (path == NULL || g_str_equal (path, own))
        crm_columns_add (columns, catalogue, self->type, own, NULL);
    }

  return columns;
}

/* Copying */

typedef struct
{
  CrmListPage *page;
  const CrmRecordType *type;
  GArray *ids;
  GArray *columns;
  char **titles;
  gboolean as_csv;
  GCancellable *cancellable;
  CrmSlowJob *job;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->page);
  g_array_unref (copy->ids);
  g_array_unref (copy->columns);
  g_strfreev (copy->titles);
  g_object_unref (copy->cancellable);
  g_free (copy);
}

static gpointer
copy_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Copy *copy = data;

  return crm_cells_text_read (store, copy->type, (const gint64 *) copy->ids->data, copy->ids->len,
                              copy->columns, (const char *const *) copy->titles,
                              crm_slow_job_progress, copy->job, cancellable, error);
}

static GdkContentProvider *
provide (const char *mime_type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return gdk_content_provider_new_for_bytes (mime_type, bytes);
}

static void
put_into_clipboard (CrmListPage *self, const CrmCellsText *text, gboolean as_csv)
{
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (G_TYPE_STRING, as_csv ? text->csv : text->plain),
    provide ("text/csv", text->csv),
    provide ("text/html", text->html),
  };
  g_autoptr (GdkContentProvider) all = gdk_content_provider_new_union (providers,
                                                                       G_N_ELEMENTS (providers));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
}

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  CrmListPage *self = copy->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCellsText) text = crm_store_run_finish (CRM_STORE (object), result, &error);

  crm_slow_job_end (copy->job);
  if (self->session != NULL && text != NULL)
    {
      put_into_clipboard (self, text, copy->as_csv);
      if (copy->ids->len > 1)
        {
          g_autofree char *count = crm_number_format (copy->ids->len, 0, 0);
          /* Translators: %s is a number */
          g_autofree char *said = g_strdup_printf (
              ngettext ("Copied %s row", "Copied %s rows", copy->ids->len), count);

          crm_session_show_toast (self->session, said);
        }
    }
  else if (self->session != NULL)
    {
      crm_session_report_error (self->session, error);
    }
  copy_free (copy);
}

static void
copy_cells (CrmListPage *self, const char *path, gboolean as_csv)
{
  g_autoptr (GArray) ids = list_ids (self);
  g_autoptr (GArray) columns = list_columns (self, path);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  Copy *copy;

  if (ids->len == 0 || columns->len == 0)
    {
      crm_session_show_toast (self->session, _ ("Select the rows to copy first."));
      return;
    }

  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (titles,
                     _crm_list_page_make_title (self, g_array_index (columns, CrmColumn, i).name));
  g_ptr_array_add (titles, NULL);
  copy = g_new0 (Copy, 1);
  copy->page = g_object_ref (self);
  copy->type = self->type;
  copy->ids = g_steal_pointer (&ids);
  copy->columns = g_steal_pointer (&columns);
  copy->titles = (char **) g_ptr_array_free (g_steal_pointer (&titles), FALSE);
  copy->as_csv = as_csv;
  copy->cancellable = g_cancellable_new ();
  copy->job = crm_slow_job_begin (self->session, _ ("Copying…"), copy->cancellable);
  /* Freed by the answer: the worker may still look at it when the page goes */
  crm_store_run_async (crm_session_get_store (self->session), copy_in_worker, copy, NULL,
                       (GDestroyNotify) crm_cells_text_free, copy->cancellable, copied_cb, copy);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  gboolean one = crm_selection_get_n_selected (self->selection) <= 1;

  copy_cells (self, one ? _crm_list_page_get_active_path (self) : NULL, FALSE);
}

static void
copy_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy_cells (CRM_LIST_PAGE (widget), NULL, TRUE);
}

static void
copy_column_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = g_variant_get_string (parameter, NULL);

  copy_cells (self, *path != '\0' ? path : _crm_list_page_get_active_path (self), FALSE);
}

/* Pasting */

typedef struct
{
  CrmListPage *page;
  CrmSlowJob *job;
  guint n;
  gboolean clear;
  char *title;
} Paste;

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  CrmListPage *self = paste->page;
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *count = crm_number_format (paste->n, 0, 0);
  g_autofree char *said = NULL;

  crm_slow_job_end (paste->job);
  if (!crm_session_write_finish (CRM_SESSION (object), result, &write_result, &error))
    crm_session_report_error (CRM_SESSION (object), error);
  else if (write_result.act_id == 0)
    crm_session_show_toast (CRM_SESSION (object), _ ("Nothing was different."));
  else
    {
      said = paste->clear
                 /* Translators: the first %s is a number, the second a column */
                 ? g_strdup_printf (ngettext ("Cleared %s cell of “%s”", "Cleared %s cells of “%s”",
                                              paste->n),
                                    count, paste->title)
                 /* Translators: the first %s is a number, the second a column */
                 : g_strdup_printf (ngettext ("Pasted into %s cell of “%s”",
                                              "Pasted into %s cells of “%s”", paste->n),
                                    count, paste->title);
      crm_session_show_undo_toast (CRM_SESSION (object), said, write_result.act_id);
    }
  g_object_unref (self);
  g_free (paste->title);
  g_free (paste);
}

/* Whether something can be put into the column; says why not */
static gboolean
check_column (CrmListPage *self, const CrmColumn *column)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (_crm_list_page_is_editable (column))
    return TRUE;

  title = _crm_list_page_make_title (self, column->name);
  text = g_strdup_printf (_ ("“%s” can’t be changed here."), title);
  crm_session_show_toast (self->session, text);

  return FALSE;
}

static void
put_texts (CrmListPage *self, const char *const *texts, guint n_texts, gboolean clear)
{
  const char *path = _crm_list_page_get_active_path (self);
  const CrmColumn *column = path != NULL ? _crm_list_page_get_crm_column (self, path) : NULL;
  g_autoptr (GArray) ids = list_ids (self);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CrmCellsPaste *cells;
  Paste *paste;

  if (ids->len == 0 || column == NULL)
    {
      crm_session_show_toast (self->session, _ ("Select the rows to paste into first."));
      return;
    }
  if (!check_column (self, column))
    return;
  if (n_texts != 1 && n_texts != ids->len)
    {
      g_autofree char *values = crm_number_format (n_texts, 0, 0);
      g_autofree char *rows = crm_number_format (ids->len, 0, 0);
      /* Translators: both %s are numbers */
      g_autofree char *text = g_strdup_printf (
          _ ("%s values don’t fit into %s rows. Select as many rows, or paste one value."), values,
          rows);

      crm_session_show_toast (self->session, text);
      return;
    }

  cells = crm_cells_paste_new (self->type, column->field, (const gint64 *) ids->data, ids->len,
                               texts, n_texts);
  paste = g_new0 (Paste, 1);
  paste->page = g_object_ref (self);
  paste->n = ids->len;
  paste->clear = clear;
  paste->title = _crm_list_page_make_title (self, path);
  paste->job = crm_slow_job_begin (self->session, clear ? _ ("Clearing…") : _ ("Pasting…"),
                                   cancellable);
  crm_cells_paste_set_progress (cells, crm_slow_job_progress, paste->job);
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_cells_paste_write, cells,
                           (GDestroyNotify) crm_cells_paste_free, cancellable, pasted_cb, paste);
}

static void
text_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmListPage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  g_auto (GStrv) lines = NULL;

  if (self->session == NULL)
    return;
  if (text == NULL || *text == '\0')
    {
      crm_session_show_toast (self->session, _ ("There is no text to paste."));
      return;
    }

  lines = crm_cells_text_split (text);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strchr (lines[i], '\t') != NULL)
      {
        crm_session_show_toast (self->session, _ ("Copy a single column to paste it."));
        return;
      }
  put_texts (self, (const char *const *) lines, g_strv_length (lines), FALSE);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_read_cb,
                                 g_object_ref (widget));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const empty[] = { "" };

  put_texts (CRM_LIST_PAGE (widget), empty, 1, TRUE);
}

void
_crm_list_page_class_install_clipboard_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "records.copy-csv", NULL, copy_csv_action);
  gtk_widget_class_install_action (widget_class, "records.copy-column", "s", copy_column_action);
  gtk_widget_class_install_action (widget_class, "records.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "records.clear-cells", NULL, clear_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "records.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "records.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "records.copy-column", "s", "");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, GDK_CONTROL_MASK,
                                       "records.clear-cells", NULL);
}
