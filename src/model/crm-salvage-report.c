/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was saved, in numbers and words. Told before the repair makes anew what tells good from bad. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-check-private.h"
#include "crm-history-private.h"
#include "crm-salvage-private.h"
#include "crm-tables.h"

typedef struct
{
  CrmStore *store;
  CrmSalvageReport *report;
} Report;

/* Numbers that the history gave out and that nobody has, and that were not deleted for good */
static gboolean
count_lost (CrmConnection *connection,
            const CrmCatalogue *catalogue,
            gint64 *n_lost,
            GError **error)
{
  g_autoptr (GString) found = g_string_new ("SELECT 0 AS id WHERE 0");
  g_autofree char *sql = NULL;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    g_string_append_printf (found, " UNION ALL SELECT id FROM " CRM_RECORD_TABLE,
                            crm_catalogue_get_type_at (catalogue, i)->id);
  /* Ranges of several types overlap where one act made them by turns: each number counts once */
  sql = g_strdup_printf (
      "WITH r AS (SELECT first_id, last_id, max (last_id) OVER (ORDER BY first_id,"
      " last_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
      " FROM change_range WHERE old_state IS NULL AND set_id > 0)"
      " SELECT (SELECT coalesce (sum (max (0, last_id - max (first_id,"
      " coalesce (before, 0) + 1) + 1)), 0) FROM r)"
      " - (SELECT count (*) FROM (%s) AS x WHERE EXISTS (SELECT 1 FROM"
      " change_range AS c WHERE c.old_state IS NULL AND c.set_id > 0"
      " AND x.id BETWEEN c.first_id AND c.last_id))"
      " - (SELECT count (DISTINCT record_id) FROM change WHERE op = %d)",
      found->str, (int) CRM_CHANGE_DESTROY);
  if (!crm_connection_query_int (connection, sql, 0, n_lost, error))
    return FALSE;
  *n_lost = MAX (*n_lost, 0);
  return TRUE;
}

static gboolean
report_func (CrmConnection *connection, gpointer data, GError **error)
{
  Report *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE, type->id);
      g_autofree char *what = NULL;
      gint64 n_doubtful;
      gint64 n;

      if (!crm_connection_query_int (connection, sql, 0, &n, error) ||
          !crm_check_count_wrong_names (self->store, connection, type, &n_doubtful, error))
        return FALSE;
      self->report->records += n;
      self->report->doubtful += n_doubtful;
      if (n > 0)
        {
          what = crm_history_count_records (type, n);
          /* Translators: "19,980 people were saved." */
          g_ptr_array_add (self->report->sentences, g_strdup_printf (_ ("Saved: %s"), what));
        }
    }

  return count_lost (connection, catalogue, &self->report->lost_records, error);
}

static void
add_numbers (CrmSalvageReport *report)
{
  const struct
  {
    gint64 n;
    const char *one;
    const char *many;
  } lines[] = {
    { report->lost_records, N_ ("%s record was lost."), N_ ("%s records were lost.") },
    { report->lost_values, N_ ("%s value of a saved record was lost."),
      N_ ("%s values of saved records were lost.") },
    { report->doubtful, N_ ("%s saved record may have a wrong name."),
      N_ ("%s saved records may have wrong names.") },
    { report->damaged_pages, N_ ("%s part of the file was damaged."),
      N_ ("%s parts of the file were damaged.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *number = g_strdup_printf ("%" PRId64, lines[i].n);
      g_auto (GStrv) parts = g_strsplit (
          g_dngettext (GETTEXT_PACKAGE, lines[i].one, lines[i].many, (gulong) lines[i].n), "%s", 2);

      if (lines[i].n > 0)
        g_ptr_array_add (report->sentences, g_strjoinv (number, parts));
    }
}

gboolean
crm_salvage_finish (const char *path,
                    CrmSalvageReport *report,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (CrmStore) store = crm_store_open (path, CRM_STORE_EXISTING, 0, cancellable, error);
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) findings = NULL;
  Report data = { store, report };

  if (store == NULL ||
      !crm_database_read (crm_store_get_database (store), report_func, &data, cancellable, error) ||
      !crm_check_repair (store, done, cancellable, error))
    return FALSE;

  add_numbers (report);
  findings = crm_check (store, cancellable, error);
  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    g_ptr_array_add (report->sentences, g_strdup (findings->pdata[i]));
  crm_store_close (store);

  return TRUE;
}
