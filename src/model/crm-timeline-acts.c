/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines of a timeline that tell of changes. They come from the change sets of the record and of those merged
 * into it, in batches by id; what one person edited within ten minutes is one line. */

#include "config.h"

#include "crm-timeline-private.h"

/* Edits by one person within this time are one line, in milliseconds */
#define EDIT_SPAN (10 * 60 * 1000)

/* Change sets that are looked up at once */
#define BATCH 64

/* A change set of one of the records */
typedef struct
{
  gint64 set_id;
  guint source; /* index */
} SetOfSource;

static gint
compare_sets (gconstpointer a, gconstpointer b)
{
  const SetOfSource *left = a;
  const SetOfSource *right = b;

  if (left->set_id != right->set_id)
    return left->set_id > right->set_id ? -1 : 1;

  return left->source < right->source ? -1 : left->source > right->source;
}

/* What was told before is passed over: of the change set that a page ends with there may be lines left */
static void
read_sets (CrmTimelineReader *self, CrmStatement *statement, guint source)
{
  while (statement != NULL && crm_wording_step (&self->wording, statement))
    {
      SetOfSource set = { crm_statement_get_int (statement, 0), source };

      if (set.set_id != self->told.set_id || (gint) source > self->told.source)
        g_array_append_val (self->batch, set);
    }
}

static void
read_sets_of_source (CrmTimelineReader *self, guint index)
{
  const CrmTimelineSource *source = g_ptr_array_index (self->sources, index);
  g_autoptr (CrmStatement) touched = NULL;
  g_autoptr (CrmStatement) merged = NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, source->id);
  GError *error = NULL;

  touched = crm_history_prepare_sets (self->connection, self->type != NULL ? self->type->id : 0,
                                      source->id, self->batch_before, BATCH, &error);
  if (error != NULL)
    crm_wording_keep_error (&self->wording, error);
  read_sets (self, touched, index);

  /* A merge that had nothing to add to the record that was kept left no change of it */
  merged = crm_wording_prepare (&self->wording,
                                "SELECT DISTINCT set_id FROM change WHERE field_id = -1"
                                " AND new = ?1 AND set_id < ?2 ORDER BY set_id DESC LIMIT ?3");
  if (merged == NULL)
    return;

  crm_statement_bind_text (merged, 1, id);
  crm_statement_bind_int (merged, 2, self->batch_before);
  crm_statement_bind_int (merged, 3, BATCH);
  read_sets (self, merged, index);
}

/* Of each record the newest ones: together they have the newest of all, but beyond BATCH of them there may be gaps */
static void
read_batch (CrmTimelineReader *self)
{
  guint n_sets = 0;
  guint n_kept = 0;

  g_array_set_size (self->batch, 0);
  self->batch_index = 0;
  for (guint i = 0; i < self->sources->len; i++)
    read_sets_of_source (self, i);
  g_array_sort (self->batch, compare_sets);

  for (guint i = 0; i < self->batch->len; i++)
    {
      const SetOfSource set = g_array_index (self->batch, SetOfSource, i);
      const SetOfSource *last = n_kept > 0 ? &g_array_index (self->batch, SetOfSource, n_kept - 1)
                                           : NULL;

      if (last != NULL && compare_sets (last, &set) == 0)
        continue;
      if (last == NULL || last->set_id != set.set_id)
        {
          if (n_sets++ == BATCH)
            break;
        }
      g_array_index (self->batch, SetOfSource, n_kept++) = set;
    }
  g_array_set_size (self->batch, n_kept);
  if (n_kept > 0)
    self->batch_before = g_array_index (self->batch, SetOfSource, n_kept - 1).set_id;
}

/* %NULL at the end */
static const SetOfSource *
peek_set (CrmTimelineReader *self)
{
  if (self->batch_index == self->batch->len)
    read_batch (self);

  return self->batch_index < self->batch->len && self->wording.error == NULL
             ? &g_array_index (self->batch, SetOfSource, self->batch_index)
             : NULL;
}

static gboolean
read_act (CrmTimelineReader *self, gint64 set_id, CrmActRow *row)
{
  GError *error = NULL;

  if (crm_act_row_find (self->connection,
                        "SELECT " CRM_ACT_COLUMNS
                        " FROM act WHERE id = (SELECT act_id FROM change_set WHERE id = ?1)",
                        set_id, row, &error))
    return TRUE;
  if (error != NULL)
    crm_wording_keep_error (&self->wording, error);

  return FALSE;
}

/* What an act did to one record. Of a merge the line of the one that was kept tells it all. */
static gboolean
is_told_elsewhere (CrmTimelineReader *self,
                   const SetOfSource *set,
                   const CrmActRow *act,
                   GPtrArray *changes)
{
  const SetOfSource *first = set;

  if (set->source == 0 || act->kind == CRM_ACT_EDIT || act->kind == CRM_ACT_IMPORT)
    return FALSE;
  while (first > (const SetOfSource *) self->batch->data && (first - 1)->set_id == set->set_id)
    first--;

  return first != set ||
         crm_timeline_reader_find_source (self, crm_wording_find_merged_into (changes)) != NULL;
}

static const CrmChange *
find_change (GPtrArray *changes, gint64 field_id)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);

      if (change->field_id == field_id)
        return change;
    }

  return NULL;
}

/* What was undone stays a line of its own: the line of the undo speaks of it. So does what came or went. */
static gboolean
is_foldable (const CrmActRow *act, GPtrArray *changes)
{
  return act->kind == CRM_ACT_EDIT && act->undone_by == 0 && changes->len > 0 &&
         find_change (changes, CRM_CHANGE_FIELD_STATE) == NULL;
}

/* @older: the changes of an act before those of @changes; what both changed began with the older value */
static void
prepend_changes (GPtrArray *changes, GPtrArray *older)
{
  for (guint i = 0; i < older->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (older, i);
      CrmChange *newer = (CrmChange *) find_change (changes, change->field_id);

      if (newer == NULL)
        {
          newer = g_memdup2 (change, sizeof *change);
          newer->old_text = NULL;
          newer->new_text = g_strdup (change->new_text);
          g_ptr_array_add (changes, newer);
        }
      g_free (newer->old_text);
      newer->old_text = g_strdup (change->old_text);
    }
}

void
crm_timeline_change_free (CrmTimelineChange *change)
{
  g_return_if_fail (change != NULL);

  g_clear_pointer (&change->old_value, crm_value_unref);
  g_clear_pointer (&change->new_value, crm_value_unref);
  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change->text);
  g_free (change);
}

static void
add_changes (CrmTimelineReader *self, CrmTimelineEntry *entry, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_wording_get_field (&self->wording, change->field_id);
      CrmTimelineChange *line;

      if (field == NULL || g_strcmp0 (change->old_text, change->new_text) == 0)
        continue;

      line = g_new0 (CrmTimelineChange, 1);
      line->field = crm_catalogue_get_field (self->wording.catalogue, field->id);
      line->old_value = crm_wording_decode (&self->wording, field, change->old_text);
      line->new_value = crm_wording_decode (&self->wording, field, change->new_text);
      line->old_text = crm_wording_display (&self->wording, field, line->old_value);
      line->new_text = crm_wording_display (&self->wording, field, line->new_value);
      line->text = crm_wording_describe_values (&self->wording, field, line->old_value,
                                                line->new_value);
      g_ptr_array_add (entry->changes, line);
    }
}

static gboolean
are_all_files (CrmTimelineReader *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_wording_get_field (&self->wording, change->field_id);

      if (field == NULL || field->kind != CRM_KIND_FILES)
        return FALSE;
    }

  return changes->len > 0;
}

static CrmTimelineKind
get_kind_of_state (const CrmChange *state)
{
  if (g_strcmp0 (state->new_text, "1") == 0)
    return CRM_TIMELINE_TRASHED;
  if (g_strcmp0 (state->old_text, "1") == 0)
    return CRM_TIMELINE_RESTORED;
  if (g_strcmp0 (state->new_text, "3") == 0)
    return CRM_TIMELINE_MERGED;
  if (g_strcmp0 (state->old_text, "3") == 0)
    return CRM_TIMELINE_SEPARATED;

  return CRM_TIMELINE_CHANGED;
}

static CrmTimelineKind
get_kind (CrmTimelineReader *self, const CrmActRow *act, GPtrArray *changes)
{
  const CrmChange *state = find_change (changes, CRM_CHANGE_FIELD_STATE);

  switch (act->kind)
    {
    case CRM_ACT_MERGE:
      return CRM_TIMELINE_MERGED;

    case CRM_ACT_UNMERGE:
      return CRM_TIMELINE_SEPARATED;

    case CRM_ACT_UNDO:
      return CRM_TIMELINE_UNDONE;

    case CRM_ACT_REDO:
      return CRM_TIMELINE_REDONE;

    case CRM_ACT_IMPORT:
      return CRM_TIMELINE_IMPORTED;

    case CRM_ACT_CREATE:
    case CRM_ACT_EDIT:
    case CRM_ACT_TRASH:
    case CRM_ACT_RESTORE:
    case CRM_ACT_DESTROY:
    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
    case CRM_ACT_DEMO:
    case CRM_ACT_VIEW:
    case CRM_ACT_PIN:
    case CRM_ACT_DISTINCT:
    case CRM_ACT_RULE:
    default:
      break;
    }

  if (state != NULL)
    return get_kind_of_state (state);
  if (changes->len == 0)
    return CRM_TIMELINE_CREATED;

  return are_all_files (self, changes) ? CRM_TIMELINE_ATTACHED : CRM_TIMELINE_CHANGED;
}

static CrmTimelineEntry *
begin_entry (CrmTimelineReader *self, const CrmTimelineSource *source, const CrmActRow *act)
{
  CrmTimelineEntry *entry = crm_timeline_entry_new (CRM_TIMELINE_CHANGED);

  entry->entry_id = act->id;
  entry->act_id = act->id;
  entry->act_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  entry->record_id = source->id;
  entry->time = act->time;
  entry->source = act->source;
  entry->actor_label = crm_wording_get_member (&self->wording, act->actor);
  entry->undone = act->undone_by != 0;
  crm_timeline_entry_set_source (entry, source);
  return entry;
}

static void
add_act_id (CrmTimelineReader *self, CrmTimelineEntry *entry, gint64 act_id)
{
  g_array_append_val (entry->act_ids, act_id);
  entry->pinned = entry->pinned || crm_timeline_reader_is_pinned (self, entry->record_id, act_id);
}

/* Words it once all its changes are there; %FALSE where nothing is left to be told */
static gboolean
finish_entry (CrmTimelineReader *self,
              CrmTimelineEntry *entry,
              const CrmActRow *act,
              GPtrArray *changes)
{
  entry->kind = get_kind (self, act, changes);
  add_changes (self, entry, changes);
  if (is_foldable (act, changes))
    entry->text = crm_wording_describe_changes (&self->wording, changes);
  else
    entry->text = crm_wording_describe_for_record (&self->wording, act, entry->record_id);

  return entry->text != NULL;
}

/* The changes of the next set where it is an edit that belongs to the line that @newest began; else %NULL */
static GPtrArray *
load_folded (CrmTimelineReader *self,
             const CrmActRow *newest,
             const CrmTimelineSource *source,
             CrmActRow *act)
{
  const SetOfSource *set = peek_set (self);
  g_autoptr (GPtrArray) changes = NULL;

  if (set == NULL || g_ptr_array_index (self->sources, set->source) != source ||
      !read_act (self, set->set_id, act) || act->actor != newest->actor ||
      newest->time - act->time > EDIT_SPAN)
    return NULL;

  changes = crm_wording_load_changes (&self->wording, act->id, source->id);
  return is_foldable (act, changes) ? g_steal_pointer (&changes) : NULL;
}

static void
take_set (CrmTimelineReader *self)
{
  const SetOfSource *set = &g_array_index (self->batch, SetOfSource, self->batch_index);

  self->told.set_id = set->set_id;
  self->told.source = (gint) set->source;
  self->batch_index++;
  self->n_looked_at++;
}

/* %NULL: told elsewhere, or nothing to tell */
static CrmTimelineEntry *
read_entry (CrmTimelineReader *self, const SetOfSource *set)
{
  const CrmTimelineSource *source = g_ptr_array_index (self->sources, set->source);
  g_autoptr (CrmTimelineEntry) entry = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  CrmActRow newest;

  take_set (self);
  if (!read_act (self, set->set_id, &newest))
    return NULL;
  changes = crm_wording_load_changes (&self->wording, newest.id, source->id);
  if (is_told_elsewhere (self, set, &newest, changes))
    return NULL;

  /* From here on the batch, and with it @set, may be another one */
  entry = begin_entry (self, source, &newest);
  add_act_id (self, entry, newest.id);
  while (is_foldable (&newest, changes))
    {
      CrmActRow act;
      g_autoptr (GPtrArray) older = load_folded (self, &newest, source, &act);

      if (older == NULL)
        break;
      prepend_changes (changes, older);
      add_act_id (self, entry, act.id);
      take_set (self);
    }

  return finish_entry (self, entry, &newest, changes) ? g_steal_pointer (&entry) : NULL;
}

void
crm_timeline_start_acts (CrmTimelineReader *self, const CrmTimelinePosition *position)
{
  g_array_set_size (self->batch, 0);
  self->batch_index = 0;
  self->told = *position;
  self->batch_before = position->set_id < G_MAXINT64 ? position->set_id + 1 : G_MAXINT64;
}

CrmTimelineEntry *
crm_timeline_next_act (CrmTimelineReader *self)
{
  const SetOfSource *set;

  while ((set = peek_set (self)) != NULL)
    {
      CrmTimelineEntry *entry = read_entry (self, set);

      if (entry != NULL)
        return entry;
    }

  return NULL;
}

CrmTimelineEntry *
crm_timeline_make_act (CrmTimelineReader *self, gint64 record_id, gint64 act_id)
{
  const CrmTimelineSource *source = crm_timeline_reader_find_source (self, record_id);
  g_autoptr (CrmTimelineEntry) entry = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  GError *error = NULL;
  CrmActRow act;

  if (source == NULL ||
      !crm_act_row_find (self->connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                         act_id, &act, &error))
    {
      if (error != NULL)
        crm_wording_keep_error (&self->wording, error);
      return NULL;
    }

  entry = begin_entry (self, source, &act);
  add_act_id (self, entry, act_id);
  changes = crm_wording_load_changes (&self->wording, act_id, record_id);
  return finish_entry (self, entry, &act, changes) ? g_steal_pointer (&entry) : NULL;
}
