/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-files.h"

#include <glib/gi18n.h>

#include "compat.h"

/* Suffixes by what is in such files; what a file is is found out from its content */
static const struct
{
  const char *name;
  const char *suffixes[8];
} formats[] = {
  { N_ ("Spreadsheets and Tables"), { "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods" } },
  { N_ ("Contacts (vCard)"), { "vcf", "vcard" } },
  { N_ ("Calendars"), { "ics", "ical" } },
  { N_ ("JSON"), { "json", "jsonl", "ndjson" } },
  { N_ ("Workspaces"), { "crm" } },
};

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) known = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (known, _ ("Files That Can Be Imported"));
  g_list_store_append (filters, known);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (formats[i].name));
      for (guint j = 0; formats[i].suffixes[j] != NULL; j++)
        {
          gtk_file_filter_add_suffix (filter, formats[i].suffixes[j]);
          gtk_file_filter_add_suffix (known, formats[i].suffixes[j]);
        }
      g_list_store_append (filters, filter);
    }
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, all);

  return G_LIST_MODEL (filters);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) files = crm_choose_files_finish (result);
  GSList *list = NULL;
  GPtrArray *paths;

  if (files == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  for (guint i = files->len; i > 0; i--)
    list = g_slist_prepend (list, g_ptr_array_index (files, i - 1));
  paths = crm_import_files_get_paths (list);
  g_slist_free (list);
  g_task_return_pointer (task, paths, (GDestroyNotify) g_ptr_array_unref);
}

/* Public API */

void
crm_import_files_choose_async (GtkWindow *parent, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GListModel) filters = make_filters ();
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_import_files_choose_async);
  crm_choose_files_async (parent, _ ("Import"), filters, chosen_cb, task);
}

GPtrArray *
crm_import_files_choose_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

GPtrArray *
crm_import_files_get_paths (GSList *files)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (GSList *link = files; link != NULL; link = link->next)
    if (g_file_peek_path (link->data) != NULL)
      g_ptr_array_add (paths, g_file_get_path (link->data));

  return paths;
}
