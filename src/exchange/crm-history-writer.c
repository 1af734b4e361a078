/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-writer.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-csv-writer.h"
#include "crm-output-file.h"

/* Acts, and changes of one act, that are read at once */
#define PAGE_SIZE 500

typedef struct
{
  CrmStore *store;
  GOutputStream *stream;
  GString *buffer;
  CrmProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gint64 newest; /* the first act's id, from which the way is measured */
} Writer;

static gboolean
flush (Writer *self, GError **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, self->cancellable, error);

  g_string_truncate (self->buffer, 0);

  return written;
}

static void
append_titles (Writer *self)
{
  const char *titles[] = { _ ("Change"), _ ("Time"),   _ ("By"),     _ ("Through"),
                           _ ("What"),   _ ("Undone"), _ ("Type"),   _ ("ID"),
                           _ ("Record"), _ ("Field"),  _ ("Before"), _ ("After") };

  crm_csv_append_row (self->buffer, titles, G_N_ELEMENTS (titles));
}

/* Values as files have them; what is none, such as a state, in words */
static char *
make_value_cell (const CrmField *field, const CrmValue *value, const char *text)
{
  g_autofree char *exact = NULL;

  if (field != NULL && value != NULL)
    exact = crm_value_to_text (field, value);
  return crm_csv_make_cell (field, exact != NULL ? exact : text);
}

/* @change: (nullable): of an act that left none */
static void
append_row (Writer *self, const CrmAct *act, const CrmHistoryChange *change)
{
  static const CrmHistoryChange no_change;
  g_autofree char *number = g_strdup_printf ("%" PRId64, act->id);
  g_autofree char *time = crm_moment_to_iso (act->time);
  g_autofree char *actor = crm_csv_make_cell (NULL, act->actor_label);
  g_autofree char *what = crm_csv_make_cell (NULL, act->label);
  g_autofree char *id = NULL;
  g_autofree char *record = NULL;
  g_autofree char *field = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (change == NULL)
    change = &no_change;
  id = change->record_id != 0 ? g_strdup_printf ("%" PRId64, change->record_id) : g_strdup ("");
  record = crm_csv_make_cell (NULL, change->label);
  field = crm_csv_make_cell (NULL, change->field_label);
  old_text = make_value_cell (change->field, change->old_value, change->old_text);
  new_text = make_value_cell (change->field, change->new_value, change->new_text);

  {
    const char *cells[] = { number,
                            time,
                            actor,
                            crm_source_to_name (act->source),
                            what,
                            act->undone_by != 0 ? "true" : "false",
                            change->type != NULL ? change->type->label : "",
                            id,
                            record,
                            field,
                            old_text,
                            new_text };

    crm_csv_append_row (self->buffer, cells, G_N_ELEMENTS (cells));
  }
}

static gboolean
write_act (Writer *self, const CrmAct *act, GError **error)
{
  g_autofree char *after = NULL;
  gboolean any = FALSE;

  do
    {
      g_autoptr (GPtrArray) changes = NULL;
      g_autofree char *next = NULL;

      changes = crm_history_get_changes (self->store, act->id, after, PAGE_SIZE, &next,
                                         self->cancellable, error);
      if (changes == NULL)
        return FALSE;
      for (guint i = 0; i < changes->len; i++)
        append_row (self, act, g_ptr_array_index (changes, i));
      any = any || changes->len > 0;
      if (!flush (self, error))
        return FALSE;

      g_free (after);
      after = g_steal_pointer (&next);
    }
  while (after != NULL);

  if (!any)
    append_row (self, act, NULL);
  return TRUE;
}

/* Acts are numbered one after the other, so how far down a page is says how much is done */
static void
tell_progress (Writer *self, gint64 next)
{
  if (self->progress != NULL && self->newest > 0)
    self->progress (next == 0 ? 1 : 1 - (double) next / (double) self->newest, self->progress_data);
}

static gboolean
write_acts (Writer *self, const CrmHistoryFilter *filter, GError **error)
{
  gint64 before = 0;

  append_titles (self);
  do
    {
      g_autoptr (GPtrArray) acts = crm_history_get_page (self->store, filter, before, PAGE_SIZE,
                                                         &before, self->cancellable, error);

      if (acts == NULL)
        return FALSE;
      for (guint i = 0; i < acts->len; i++)
        {
          const CrmAct *act = g_ptr_array_index (acts, i);

          self->newest = MAX (self->newest, act->id);
          if (!write_act (self, act, error))
            return FALSE;
          tell_progress (self, act->id);
        }
      if (!flush (self, error))
        return FALSE;
    }
  while (before != 0);

  tell_progress (self, 0);
  return TRUE;
}

gboolean
crm_history_write (CrmStore *store,
                   const CrmHistoryFilter *filter,
                   GOutputStream *stream,
                   CrmProgressFunc progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GString) buffer = g_string_new (NULL);
  Writer writer = { .store = store,
                    .stream = stream,
                    .buffer = buffer,
                    .progress = progress,
                    .progress_data = progress_data,
                    .cancellable = cancellable };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  return write_acts (&writer, filter, error);
}

gboolean
crm_history_write_file (CrmStore *store,
                        const CrmHistoryFilter *filter,
                        GFile *file,
                        CrmProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (CrmOutputFile) output = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  output = crm_output_file_new (file, &local_error);
  if (output != NULL &&
      crm_history_write (store, filter, crm_output_file_get_stream (output), progress,
                         progress_data, cancellable, &local_error) &&
      crm_output_file_commit (output, cancellable, &local_error))
    return TRUE;

  g_propagate_error (error, crm_output_file_explain (file, g_steal_pointer (&local_error)));
  return FALSE;
}
