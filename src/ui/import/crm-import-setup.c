/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-setup.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-import-memory.h"

/* How many rows the sample has */
#define SAMPLE_ROWS 20
/* Longer cells are cut in the sample, in bytes */
#define SAMPLE_CELL 2000

struct _CrmImportSetup
{
  GObject parent_instance;

  CrmSession *session;
  CrmImportSetupState state;
  GError *error;
  char *path;
  char *name;
  char *temporary; /* a file with what was pasted; removed at the end */
  CrmTableOptions options;
  char *part; /* of the options */
  const CrmRecordType *wanted_type; /* of every file, or NULL */
  const CrmRecordType *type; /* that was chosen, or NULL */
  CrmTable *table;
  CrmImportPlan *plan; /* NULL while a worker has it */
  char *recognised; /* what the columns were known by, or NULL */
  gboolean again; /* as in the last import */
  gboolean is_chosen; /* somebody changed what the plan proposed */
  GPtrArray *sample; /* CrmImportSampleRow */
  gint64 n_rows;
  guint n_footer_rows;
  GStrv parts; /* all tables of the file, once it was read */
  GPtrArray *problems; /* CrmProblem */
  GCancellable *cancellable; /* of what is under way, replaced by what comes after */
  GCancellable *lent; /* of the worker that has the plan, or NULL */
};

enum
{
  CHANGED,
  COUNTED,
  PLAN_CHANGED,
  LENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportSetup, crm_import_setup, G_TYPE_OBJECT)

static void
set_state (CrmImportSetup *self, CrmImportSetupState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop (CrmImportSetup *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
remove_temporary (CrmImportSetup *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
}

/* Work is told apart by its cancellable: an answer to what was asked before is dropped */
typedef struct
{
  CrmImportSetup *setup;
  GCancellable *cancellable;
} Call;

static Call *
call_new (CrmImportSetup *self)
{
  Call *call = g_new0 (Call, 1);

  stop (self);
  self->cancellable = g_cancellable_new ();
  call->setup = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);

  return call;
}

/* Whether the answer is still asked for */
static gboolean
call_finish (Call *call)
{
  gboolean is_current = call->setup->cancellable == call->cancellable;

  g_object_unref (call->cancellable);
  g_free (call);

  return is_current;
}

/* Counting: the whole file is read once */

typedef struct
{
  gint64 n_rows;
  guint n_footer_rows;
  GStrv parts;
  GPtrArray *problems;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_strfreev (count->parts);
  g_clear_pointer (&count->problems, g_ptr_array_unref);
  g_free (count);
}

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmCsvReader) reader = crm_table_read (data, error);
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) parts = NULL;
  const CrmCsvCell *cells;
  gint64 n_rows = 0;
  gint64 line;
  guint n_cells;
  Count *count;

  if (reader == NULL)
    return NULL;

  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error))
    if (++n_rows % 1000 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  parts = crm_table_list_parts (data, reader, cancellable, error);
  if (parts == NULL)
    return NULL;

  count = g_new0 (Count, 1);
  count->n_rows = n_rows;
  count->n_footer_rows = crm_csv_reader_get_n_footer_rows (reader);
  count->parts = g_steal_pointer (&parts);
  count->problems = g_ptr_array_ref (crm_csv_reader_get_problems (reader));

  return count;
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (CrmImportSetup) self = call->setup;
  g_autoptr (GError) error = NULL;
  Count *count = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (!call_finish (call))
    {
      g_clear_pointer (&count, count_free);
      return;
    }

  if (count != NULL)
    {
      self->n_rows = count->n_rows;
      self->n_footer_rows = count->n_footer_rows;
      self->parts = g_steal_pointer (&count->parts);
      self->problems = g_steal_pointer (&count->problems);
      count_free (count);
      g_signal_emit (self, signals[COUNTED], 0);
    }
  else
    {
      self->error = g_steal_pointer (&error);
      set_state (self, CRM_IMPORT_SETUP_FAILED);
    }
}

static void
count (CrmImportSetup *self)
{
  Call *call = call_new (self);

  crm_store_run_async (crm_session_get_store (self->session), count_in_worker,
                       g_object_ref (self->table), g_object_unref, count_free, self->cancellable,
                       counted_cb, call);
}

/* Reading */

typedef struct
{
  char *path;
  CrmTableOptions options;
  char *part;
  CrmImportPlan *plan; /* nullable: made of the path */
  const CrmRecordType *type; /* nullable: guessed */
  JsonNode *mapping; /* nullable: what was chosen for the columns before */
  gboolean again;
} Reading;

typedef struct
{
  CrmTable *table;
  CrmImportPlan *plan;
  char *recognised;
  GPtrArray *sample;
} Outcome;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading->part);
  g_clear_object (&reading->plan);
  g_clear_pointer (&reading->mapping, json_node_unref);
  g_free (reading);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_clear_object (&outcome->table);
  g_clear_object (&outcome->plan);
  g_free (outcome->recognised);
  g_clear_pointer (&outcome->sample, g_ptr_array_unref);
  g_free (outcome);
}

static CrmImportSampleRow *
copy_row (gint64 line, const CrmCsvCell *cells, guint n_cells)
{
  CrmImportSampleRow *row = g_new0 (CrmImportSampleRow, 1);

  row->line = line;
  row->cells = g_new0 (char *, n_cells + 1);
  for (guint i = 0; i < n_cells; i++)
    row->cells[i] = g_utf8_make_valid (cells[i].text, (gssize) MIN (cells[i].size, SAMPLE_CELL));

  return row;
}

static GPtrArray *
read_sample (CrmTable *table, GError **error)
{
  g_autoptr (CrmCsvReader) reader = crm_table_read (table, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmCsvCell *cells;
  gint64 line;
  guint n_cells;

  if (reader == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_import_sample_row_free);
  while (rows->len < SAMPLE_ROWS &&
         crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error))
    g_ptr_array_add (rows, copy_row (line, cells, n_cells));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&rows);
}

/* What is known of files like this goes before what is proposed, and what was chosen before both. What
 * does not fit is as if it were not there. (transfer full) (nullable): what the columns were known by */
static char *
take_mapping (Reading *reading, CrmImportPlan *plan)
{
  g_autoptr (CrmImportMemory) memory = NULL;
  g_autofree char *known = NULL;

  if (reading->mapping != NULL)
    {
      crm_import_plan_mapping_from_json (plan, reading->mapping, NULL);
      return NULL;
    }

  memory = crm_import_memory_new (NULL);
  if (reading->again && crm_import_memory_use_last (memory, plan, NULL))
    return g_strdup (_ ("Last Import"));
  known = crm_import_memory_recognise (memory, plan);
  if (known != NULL && crm_import_memory_use (memory, known, plan, NULL))
    return g_steal_pointer (&known);

  return g_strdup (crm_import_plan_get_recognised (plan));
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GPtrArray) sample = NULL;
  Outcome *outcome;

  if (reading->plan != NULL)
    {
      plan = g_object_ref (reading->plan);
      table = g_object_ref (crm_import_plan_get_table (plan));
      crm_import_plan_set_record_type (plan, reading->type);
    }
  else
    {
      reading->options.type = reading->type;
      table = crm_table_open (reading->path, &reading->options, cancellable, error);
      if (table == NULL)
        return NULL;
      plan = crm_import_plan_new (store, reading->type, table, error);
      if (plan == NULL)
        return NULL;
      /* The page of values shows what each is taken for. */
      crm_import_plan_set_translates_options (plan, TRUE);
    }

  sample = read_sample (table, error);
  if (sample == NULL)
    return NULL;

  outcome = g_new0 (Outcome, 1);
  outcome->table = g_steal_pointer (&table);
  outcome->recognised = take_mapping (reading, plan);
  outcome->plan = g_steal_pointer (&plan);
  outcome->sample = g_steal_pointer (&sample);

  return outcome;
}

static void
forget (CrmImportSetup *self)
{
  g_clear_error (&self->error);
  g_clear_object (&self->table);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->recognised, g_free);
  g_clear_pointer (&self->sample, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_strfreev);
  self->n_rows = -1;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (CrmImportSetup) self = call->setup;
  g_autoptr (GError) error = NULL;
  Outcome *outcome = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (!call_finish (call))
    {
      g_clear_pointer (&outcome, outcome_free);
      return;
    }

  if (outcome == NULL)
    {
      self->error = g_steal_pointer (&error);
      set_state (self, CRM_IMPORT_SETUP_FAILED);
      return;
    }

  self->table = g_steal_pointer (&outcome->table);
  self->plan = g_steal_pointer (&outcome->plan);
  self->recognised = g_steal_pointer (&outcome->recognised);
  self->sample = g_steal_pointer (&outcome->sample);
  outcome_free (outcome);
  set_state (self, CRM_IMPORT_SETUP_READY);
  count (self);
}

/* Takes @plan: nullable */
static void
read_file (CrmImportSetup *self, CrmImportPlan *plan)
{
  Reading *reading = g_new0 (Reading, 1);
  Call *call = call_new (self);

  reading->path = g_strdup (self->path);
  reading->options = self->options;
  reading->part = g_strdup (self->part);
  reading->options.part = reading->part;
  reading->plan = plan;
  reading->type = self->type;
  reading->again = self->again;
  if (plan == NULL && self->plan != NULL && self->is_chosen)
    reading->mapping = crm_import_plan_mapping_to_json (self->plan);
  forget (self);
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, reading, reading_free,
                       outcome_free, self->cancellable, read_cb, call);
  set_state (self, CRM_IMPORT_SETUP_READING);
}

static void
take_options (CrmImportSetup *self, const CrmTableOptions *options)
{
  char *part = g_strdup (options->part);

  g_free (self->part);
  self->part = part;
  self->options = *options;
  self->options.part = part;
}

/* GObject */

static void
crm_import_setup_dispose (GObject *object)
{
  CrmImportSetup *self = CRM_IMPORT_SETUP (object);

  stop (self);
  forget (self);
  remove_temporary (self);
  g_clear_object (&self->lent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_import_setup_parent_class)->dispose (object);
}

static void
crm_import_setup_finalize (GObject *object)
{
  CrmImportSetup *self = CRM_IMPORT_SETUP (object);

  g_free (self->path);
  g_free (self->name);
  g_free (self->part);

  G_OBJECT_CLASS (crm_import_setup_parent_class)->finalize (object);
}

static void
crm_import_setup_class_init (CrmImportSetupClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_setup_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_setup_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[COUNTED] = g_signal_new ("counted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[PLAN_CHANGED] = g_signal_new ("plan-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[LENT] = g_signal_new ("lent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
crm_import_setup_init (CrmImportSetup *self)
{
  self->options = (CrmTableOptions) CRM_TABLE_OPTIONS_UNKNOWN;
  self->n_rows = -1;
}

/* Public API */

CrmImportSetup *
crm_import_setup_new (CrmSession *session, const CrmRecordType *type)
{
  CrmImportSetup *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_SETUP, NULL);
  self->session = g_object_ref (session);
  self->wanted_type = type;

  return self;
}

CrmSession *
crm_import_setup_get_session (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->session;
}

CrmImportSetupState
crm_import_setup_get_state (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), CRM_IMPORT_SETUP_EMPTY);

  return self->state;
}

const GError *
crm_import_setup_get_error (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->error;
}

void
crm_import_setup_open (CrmImportSetup *self, const char *path, gboolean again)
{
  const CrmTableOptions unknown = CRM_TABLE_OPTIONS_UNKNOWN;

  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (path != NULL);

  if (self->temporary != NULL && !g_str_equal (path, self->temporary))
    remove_temporary (self);
  g_free (self->path);
  g_free (self->name);
  self->path = g_strdup (path);
  self->name = self->temporary != NULL ? g_strdup (_ ("Pasted Cells")) : g_path_get_basename (path);
  self->type = self->wanted_type;
  self->again = again;
  take_options (self, &unknown);
  read_file (self, NULL);
}

void
crm_import_setup_paste (CrmImportSetup *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int file;

  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (text != NULL);

  file = g_file_open_tmp ("crm-pasted-XXXXXX.tsv", &path, &error);
  if (file >= 0)
    g_close (file, NULL);
  if (file < 0 || !g_file_set_contents_full (path, text, (gssize) strlen (text),
                                             G_FILE_SET_CONTENTS_NONE, 0600, &error))
    {
      crm_session_report_error (self->session, error);
      return;
    }

  remove_temporary (self);
  self->temporary = g_steal_pointer (&path);
  crm_import_setup_open (self, self->temporary, FALSE);
}

const char *
crm_import_setup_get_name (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->name;
}

CrmTable *
crm_import_setup_get_table (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->table;
}

CrmImportPlan *
crm_import_setup_get_plan (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->plan;
}

GPtrArray *
crm_import_setup_get_sample (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->sample;
}

gint64
crm_import_setup_get_n_rows (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), -1);

  return self->n_rows;
}

guint
crm_import_setup_get_n_footer_rows (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), 0);

  return self->n_footer_rows;
}

const char *const *
crm_import_setup_get_parts (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  if (self->parts != NULL && self->parts[0] != NULL)
    return (const char *const *) self->parts;

  return self->table != NULL ? crm_table_get_parts (self->table) : NULL;
}

GPtrArray *
crm_import_setup_get_problems (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->problems;
}

const CrmTableOptions *
crm_import_setup_get_options (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return &self->options;
}

void
crm_import_setup_set_options (CrmImportSetup *self, const CrmTableOptions *options)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (options != NULL);
  g_return_if_fail (self->path != NULL);

  take_options (self, options);
  read_file (self, NULL);
}

void
crm_import_setup_set_record_type (CrmImportSetup *self, const CrmRecordType *type)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (self->plan != NULL);

  self->type = type;
  self->is_chosen = FALSE;
  /* Another table of the file may be the one for it, unless somebody chose. */
  if (self->part == NULL && crm_table_get_parts (self->table) != NULL)
    g_clear_object (&self->plan);
  read_file (self, g_steal_pointer (&self->plan));
}

void
crm_import_setup_plan_changed (CrmImportSetup *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));

  self->is_chosen = TRUE;
  g_signal_emit (self, signals[PLAN_CHANGED], 0);
}

const char *
crm_import_setup_get_recognised (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), NULL);

  return self->recognised;
}

void
crm_import_setup_mapping_used (CrmImportSetup *self, const char *name)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (name != NULL);

  g_free (self->recognised);
  self->recognised = g_strdup (name);
  self->is_chosen = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
crm_import_setup_lend_plan (CrmImportSetup *self, GCancellable *cancellable)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (self->lent == NULL);

  self->lent = g_object_ref (cancellable);
  g_signal_emit (self, signals[LENT], 0);
}

void
crm_import_setup_give_back_plan (CrmImportSetup *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));
  g_return_if_fail (self->lent != NULL);

  g_clear_object (&self->lent);
  g_signal_emit (self, signals[LENT], 0);
}

gboolean
crm_import_setup_is_lent (CrmImportSetup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (self), FALSE);

  return self->lent != NULL;
}

void
crm_import_setup_recall_plan (CrmImportSetup *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SETUP (self));

  if (self->lent != NULL)
    g_cancellable_cancel (self->lent);
}

const char *
crm_import_sample_row_get_cell (const CrmImportSampleRow *row, guint column)
{
  g_return_val_if_fail (row != NULL, "");

  for (guint i = 0; i < column; i++)
    if (row->cells[i] == NULL)
      return "";

  return row->cells[column] != NULL ? row->cells[column] : "";
}

void
crm_import_sample_row_free (CrmImportSampleRow *row)
{
  g_strfreev (row->cells);
  g_free (row);
}
