/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-pipeline-private.h"
#include "crm-import-rejects-private.h"
#include "crm-import-writer-private.h"

/* After so many rows it is known whether the file is mostly new */
#define ROWS_BEFORE_BULK 1024

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

/* Before that nobody knows how long it takes */
#define SECONDS_BEFORE_GUESS 1

/* What is left for the end when all rows are read: indexes, commit */
#define ROWS_PART 0.9

typedef struct
{
  CrmImportPlan *plan;
  CrmCsvReader *reader;
  CrmImportReport *report;
  CrmImportRejects *rejects; /* NULL where none are wanted */
  CrmImportRecorder *recorder; /* NULL where nobody asks about single rows */
  gboolean dry_run;
  CrmImportProgressFunc progress;
  gpointer progress_data;
  gint64 start; /* monotonic time */
  gint64 last_progress;
  GCancellable *cancellable;
} Run;

CrmImportIndex *
crm_import_writer_get_index (CrmImportWriter *self, const CrmRecordType *type, GError **error)
{
  CrmImportIndex *index = g_hash_table_lookup (self->indexes, &type->id);

  if (index == NULL)
    {
      const CrmField *company = type->id == self->layout->type->id ? self->layout->company : NULL;

      index = crm_import_index_new (self->transaction, type, company, self->plan->n_rows, error);
      if (index != NULL)
        g_hash_table_insert (self->indexes, (gpointer) &type->id, index);
    }

  return index;
}

const CrmRecordType *
crm_import_writer_get_type (CrmImportWriter *self)
{
  return crm_catalogue_get_type (crm_transaction_get_catalogue (self->transaction),
                                 self->layout->type->id);
}

gboolean
crm_import_writer_touched (CrmImportWriter *self, gint64 id)
{
  return (self->first_created != 0 && id >= self->first_created) ||
         crm_id_set_contains (self->touched, id);
}

static void
writer_clear (CrmImportWriter *self)
{
  crm_import_related_clear (self);
  g_clear_pointer (&self->indexes, g_hash_table_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->companies, crm_key_table_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->touched, crm_id_set_free);
  g_clear_pointer (&self->deferred, g_ptr_array_unref);
  g_clear_pointer (&self->noted, crm_key_table_free);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->pending_order, g_ptr_array_unref);
  g_clear_pointer (&self->layout, crm_import_layout_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmImportWriter, writer_clear)

static gboolean
writer_init (CrmImportWriter *self, Run *run, CrmTransaction *transaction, GError **error)
{
  memset (self, 0, sizeof *self);
  self->plan = run->plan;
  self->report = run->report;
  self->rejects = run->rejects;
  self->recorder = run->recorder;
  self->dry_run = run->dry_run;
  self->transaction = transaction;
  self->connection = crm_transaction_get_connection (transaction);
  self->indexes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                         (GDestroyNotify) crm_import_index_free);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->companies = crm_key_table_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->touched = crm_id_set_new ();
  self->noted = crm_key_table_new ();
  crm_import_update_init (self);

  if (!crm_import_plan_make_fields (run->plan, transaction, error))
    return FALSE;
  self->layout = crm_import_layout_new (run->plan, crm_transaction_get_catalogue (transaction),
                                        error);
  if (self->layout == NULL)
    return FALSE;
  self->index = crm_import_writer_get_index (self, self->layout->type, error);

  return self->index != NULL && crm_import_related_init (self, error);
}

static gboolean
finish_row (CrmImportWriter *self, Run *run, CrmImportRow *row, GError **error)
{
  const char *reason = NULL;
  guint i;

  for (i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      CrmProblem *problem = g_ptr_array_index (row->problems, i);

      if (problem->severity == CRM_SEVERITY_REJECTED && reason == NULL)
        reason = problem->message;
    }

  if (row->excluded)
    row->effect = CRM_IMPORT_EFFECT_EXCLUDED;
  else if (row->rejected)
    row->effect = CRM_IMPORT_EFFECT_REFUSED;
  if (row->conflict != CRM_IMPORT_NO_CONFLICT)
    self->report->conflicts++;
  if (run->recorder != NULL && !crm_import_recorder_add (run->recorder, row, self->layout, error))
    return FALSE;

  if (row->rejected)
    {
      self->report->rejected++;
      if (run->rejects != NULL &&
          !crm_import_rejects_add (run->rejects, row->cells, row->n_cells, reason, error))
        return FALSE;
    }

  for (i = 0; row->problems != NULL && i < row->problems->len; i++)
    crm_import_report_add (self->report, g_ptr_array_index (row->problems, i));
  if (row->problems != NULL)
    g_ptr_array_set_free_func (row->problems, NULL);

  return TRUE;
}

/* Once the first rows have shown that the file is mostly new */
static gboolean
begin_bulk (CrmImportWriter *self, GError **error)
{
  const CrmImportReport *report = self->report;
  gint64 n_left = self->plan->n_rows - report->rows;
  gint64 n_records = n_left * report->created / report->rows;
  gint64 n_companies = n_left * (gint64) self->n_companies_created / report->rows;
  CrmImportIndex *index;

  if (report->created * 2 >= report->rows && n_records > ROWS_BEFORE_BULK &&
      crm_import_index_is_complete (self->index) &&
      !crm_transaction_begin_bulk (self->transaction, self->layout->type, n_records, error))
    return FALSE;

  if (self->layout->company == NULL || n_companies <= ROWS_BEFORE_BULK)
    return TRUE;
  index = crm_import_writer_get_index (
      self, crm_catalogue_get_type (self->layout->catalogue, self->layout->company->target), error);

  return index != NULL &&
         (!crm_import_index_is_complete (index) ||
          crm_transaction_begin_bulk (self->transaction,
                                      crm_catalogue_get_type (self->layout->catalogue,
                                                              self->layout->company->target),
                                      n_companies, error));
}

static void
tell_progress (Run *run, double fraction, gboolean finishing)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) (now - run->start) / G_USEC_PER_SEC;
  CrmImportProgress progress = { .fraction = fraction,
                                 .rows = run->report->rows + run->report->excluded,
                                 .seconds_left = -1,
                                 .finishing = finishing };

  if (run->progress == NULL || (!finishing && now - run->last_progress < PROGRESS_INTERVAL))
    return;

  run->last_progress = now;
  if (seconds > 0)
    progress.rows_per_second = (double) progress.rows / seconds;
  if (seconds > SECONDS_BEFORE_GUESS && fraction > 0)
    progress.seconds_left = seconds / fraction - seconds;
  run->progress (&progress, run->progress_data);
}

static gboolean
write_block (CrmImportWriter *self, Run *run, CrmImportBlock *block, GError **error)
{
  guint i;

  for (i = 0; i < block->n_rows; i++)
    {
      CrmImportRow *row = &block->rows[i];

      if (row->excluded)
        self->report->excluded++;
      else
        self->report->rows++;
      if (run->recorder != NULL)
        row->number = crm_import_recorder_begin (run->recorder);
      if ((!row->excluded && !row->rejected && !crm_import_write_row (self, row, error)) ||
          !finish_row (self, run, row, error))
        return FALSE;

      if (self->report->rows == ROWS_BEFORE_BULK && !row->excluded && !begin_bulk (self, error))
        return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

static gboolean
write_rows (CrmTransaction *transaction, gpointer data, GError **error)
{
  Run *run = data;
  g_auto (CrmImportWriter) self = { 0 };
  g_autoptr (CrmImportPipeline) pipeline = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!writer_init (&self, run, transaction, error))
    return FALSE;
  crm_transaction_set_subject (transaction, self.layout->type, 0, NULL);

  pipeline = crm_import_pipeline_new (run->reader, self.layout);
  for (;;)
    {
      CrmImportBlock *block = crm_import_pipeline_next (pipeline, &local_error);
      gint64 n_created = run->report->created;
      gboolean ok;

      if (block == NULL)
        break;
      ok = write_block (&self, run, block, error);
      tell_progress (run, block->progress * ROWS_PART, FALSE);
      n_created = run->report->created - n_created;
      crm_import_pipeline_expect_new (pipeline, !run->dry_run && n_created * 2 >= block->n_rows);
      crm_import_pipeline_release (pipeline, block);
      if (!ok)
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!crm_import_update_flush (&self, error) || !crm_import_deferred_flush (&self, error) ||
      !crm_import_related_flush (&self, error))
    return FALSE;

  tell_progress (run, ROWS_PART, TRUE);

  return TRUE;
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const CrmProblem *first = *(const CrmProblem *const *) a;
  const CrmProblem *second = *(const CrmProblem *const *) b;

  return first->row < second->row ? -1 : first->row > second->row;
}

/* What the reader found odd, among the rest in the order of the file */
static void
add_reader_problems (Run *run)
{
  GPtrArray *problems = crm_csv_reader_get_problems (run->reader);
  guint i;

  for (i = 0; i < problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (problems, i);

      crm_import_report_add (run->report,
                             crm_problem_new (problem->row, problem->column, problem->value,
                                              problem->severity, problem->message));
    }

  crm_import_plan_tell_ambiguous (run->plan, run->report->problems);
  g_ptr_array_sort (run->report->problems, compare_problems);
}

static CrmImportReport *
run_plan (CrmImportPlan *self, Run *run, CrmSource source, GError **error)
{
  g_autoptr (CrmImportReport) report = crm_import_report_new ();
  g_autoptr (CrmCsvReader) reader = crm_table_read (self->table, error);
  g_autoptr (CrmImportRejects) rejects = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  gboolean ok;

  if (reader == NULL)
    return NULL;

  if (self->rejects_path != NULL && !run->dry_run)
    rejects = crm_import_rejects_new (self->rejects_path, reader);
  report->type_id = self->type->id;
  run->plan = self;
  run->report = report;
  run->reader = reader;
  run->rejects = rejects;
  run->start = g_get_monotonic_time ();

  if (run->dry_run)
    ok = crm_store_rehearse (self->store, CRM_ACT_IMPORT, source, write_rows, run, run->cancellable,
                             error);
  else
    ok = crm_store_write (self->store, CRM_ACT_IMPORT, source, write_rows, run, run->cancellable,
                          &result, error);
  if (!ok)
    return NULL;
  if (rejects != NULL && !crm_import_rejects_finish (rejects, error))
    return NULL;

  add_reader_problems (run);
  report->act_id = result.act_id;
  report->seconds = (double) (g_get_monotonic_time () - run->start) / G_USEC_PER_SEC;
  tell_progress (run, 1.0, TRUE);

  return g_steal_pointer (&report);
}

CrmImportReport *
crm_import_plan_run (CrmImportPlan *self,
                     gboolean dry_run,
                     CrmSource source,
                     CrmImportProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Run run = { .dry_run = dry_run,
              .progress = progress,
              .progress_data = progress_data,
              .cancellable = cancellable };

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return run_plan (self, &run, source, error);
}

CrmImportReport *
crm_import_plan_try (CrmImportPlan *self,
                     CrmImportRecorder *recorder,
                     CrmImportProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Run run = { .recorder = recorder,
              .dry_run = TRUE,
              .progress = progress,
              .progress_data = progress_data,
              .cancellable = cancellable };

  return run_plan (self, &run, CRM_SOURCE_IMPORT, error);
}
