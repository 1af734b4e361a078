/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "crm-error.h"
#include "crm-query.h"

/* Any text is either refused with a sentence or runs, and what is written for it means the same. */

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static CrmStore *store;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("crm-fuzz-XXXXXX", &error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  path = g_build_filename (folder, "fuzz.crm", NULL);
  store = crm_store_open (path, CRM_STORE_CREATE, 1000, NULL, &error);
  g_assert_no_error (error);

  return 0;
}

static void
run (const CrmRecordType *type, CrmFilter *filter)
{
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  gint64 count;

  crm_query_set_filter (query, filter);
  if (!crm_query_count (query, store, &count, NULL, &error))
    g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  const CrmRecordType *type;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (CrmFilter) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *rewritten = NULL;

  if (size == 0)
    return 0;

  type = crm_catalogue_get_type_at (catalogue, data[0] % crm_catalogue_get_n_types (catalogue));
  text = g_strndup ((const char *) data + 1, size - 1);
  filter = crm_filter_parse (store, type, text, &error);
  if (filter == NULL)
    {
      g_assert_cmpint (crm_error_get_exit_status (error), ==, 2);
      return 0;
    }

  run (type, filter);

  written = crm_filter_to_text (filter);
  again = crm_filter_parse (store, type, written, &error);
  g_assert_no_error (error);
  rewritten = crm_filter_to_text (again);
  g_assert_cmpstr (written, ==, rewritten);

  return 0;
}
