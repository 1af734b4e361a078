/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one act did, line by line and page by page. An import of a million people is one row of the history; its
 * lines are read from the records themselves when somebody looks at them. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* In the order in which they are told */
typedef enum
{
  STAGE_CATALOGUE,
  STAGE_RANGES,
  STAGE_CHANGES,
  STAGE_END,
} Stage;

/* Where a page begins. What the numbers are is up to the stage. */
typedef struct
{
  Stage stage;
  gint64 first;
  gint64 second;
  gint64 third;
} Position;

typedef struct
{
  CrmStore *store;
  gint64 act_id;
  guint limit;
  Position position;
  GPtrArray *changes;
} Request;

static gboolean
is_full (const Request *request)
{
  return request->changes->len >= request->limit;
}

static CrmHistoryChange *
add_change (Request *request, gint64 record_id)
{
  CrmHistoryChange *change = g_new0 (CrmHistoryChange, 1);

  change->record_id = record_id;
  g_ptr_array_add (request->changes, change);
  return change;
}

/* Types, fields, options, views: as many as were passed over are named by @position.first */
static void
read_catalogue (Request *request, CrmWording *wording)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (
      wording, "SELECT object, object_id, attribute, old, new FROM catalogue_change"
               " WHERE set_id IN (SELECT id FROM change_set WHERE act_id = ?1)"
               " ORDER BY set_id, object, object_id, attribute LIMIT -1 OFFSET ?2");
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, request->act_id);
  crm_statement_bind_int (statement, 2, request->position.first);
  while (!is_full (request) && crm_wording_step (wording, statement))
    {
      CrmHistoryChange *change = add_change (request, 0);
      CrmObjectChange object = {
        .object = crm_statement_get_text (statement, 0),
        .object_id = crm_statement_get_int (statement, 1),
        .attribute = crm_statement_get_text (statement, 2),
        .old_text = crm_statement_get_text (statement, 3),
        .new_text = crm_statement_get_text (statement, 4),
      };

      change->label = crm_wording_describe_object (wording, object.object, object.object_id);
      change->field_label = crm_wording_describe_attribute (object.attribute);
      change->old_text = crm_wording_describe_object_value (wording, &object, object.old_text);
      change->new_text = crm_wording_describe_object_value (wording, &object, object.new_text);
      change->text = crm_wording_describe_object_change (wording, &object);
      request->position.first++;
    }
}

static void
read_records_of_range (Request *request,
                       CrmWording *wording,
                       gint64 type_id,
                       gint64 first,
                       gint64 last,
                       const char *old_state,
                       const char *new_state)
{
  const CrmRecordType *type = crm_catalogue_get_type (wording->catalogue, type_id);
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  /* The tables of a type that was removed are still there, but nobody can open what is in them */
  if (type == NULL)
    return;

  sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE
                         " WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
                         type_id);
  statement = crm_wording_prepare (wording, sql);
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, first);
  crm_statement_bind_int (statement, 2, last);
  crm_statement_bind_int (statement, 3, request->limit - request->changes->len);
  while (crm_wording_step (wording, statement))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      CrmHistoryChange *change = add_change (request, id);

      change->type = type;
      change->label = g_strdup (crm_wording_get_label (wording, type_id, id));
      change->old_text = crm_wording_describe_state (old_state);
      change->new_text = crm_wording_describe_state (new_state);
      change->text = crm_wording_describe_state_change (wording, old_state, new_state, 0);
      request->position.second = id;
    }
}

/* Records that were made, or came and went together: @position.first ranges are done, and of the next those up to the
 * record @position.second */
static void
read_ranges (Request *request, CrmWording *wording)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (
      wording, "SELECT type_id, first_id, last_id, old_state, new_state FROM change_range"
               " WHERE set_id IN (SELECT id FROM change_set WHERE act_id = ?1)"
               " ORDER BY set_id, type_id, first_id LIMIT -1 OFFSET ?2");
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, request->act_id);
  crm_statement_bind_int (statement, 2, request->position.first);
  while (!is_full (request) && crm_wording_step (wording, statement))
    {
      gint64 first = crm_statement_get_int (statement, 1);

      read_records_of_range (request, wording, crm_statement_get_int (statement, 0),
                             MAX (first, request->position.second + 1),
                             crm_statement_get_int (statement, 2),
                             crm_statement_get_text (statement, 3),
                             crm_statement_get_text (statement, 4));
      if (is_full (request))
        return;

      request->position.first++;
      request->position.second = 0;
    }
}

static void
fill_value_change (CrmWording *wording,
                   CrmHistoryChange *change,
                   gint64 field_id,
                   const char *old_text,
                   const char *new_text)
{
  const CrmField *field = crm_wording_get_field (wording, field_id);

  if (field == NULL)
    {
      change->text = g_strdup (_ ("Changed"));
      return;
    }

  change->type = crm_catalogue_get_type (wording->catalogue, field->type_id);
  change->field = crm_catalogue_get_field (wording->catalogue, field_id);
  change->field_label = g_strdup (field->label);
  change->old_value = crm_wording_decode (wording, field, old_text);
  change->new_value = crm_wording_decode (wording, field, new_text);
  change->old_text = crm_wording_display (wording, field, change->old_value);
  change->new_text = crm_wording_display (wording, field, change->new_value);
  change->text = crm_wording_describe_values (wording, field, change->old_value, change->new_value);
}

static void
fill_state_change (CrmWording *wording,
                   CrmHistoryChange *change,
                   gint64 act_id,
                   const char *old_state,
                   const char *new_state)
{
  g_autoptr (GPtrArray) changes = crm_wording_load_changes (wording, act_id, change->record_id);
  gint64 other_id = crm_wording_find_merged_into (changes);
  GError *error = NULL;

  change->type = crm_connection_find_type_of (wording->connection, wording->catalogue,
                                              change->record_id, &error);
  if (error != NULL)
    crm_wording_keep_error (wording, error);
  change->old_text = crm_wording_describe_state (old_state);
  change->new_text = crm_wording_describe_state (new_state);
  change->text = crm_wording_describe_state_change (wording, old_state, new_state, other_id);
}

static void
read_changes_of_set (Request *request, CrmWording *wording)
{
  Position *position = &request->position;
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (
      wording, "SELECT record_id, field_id, old, new FROM change WHERE set_id = ?1"
               " AND (record_id, field_id) > (?2, ?3)"
               " AND field_id >= 0 AND (field_id = 0 OR old IS NOT new)"
               " ORDER BY record_id, field_id");
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, position->first);
  crm_statement_bind_int (statement, 2, position->second);
  crm_statement_bind_int (statement, 3, position->third);
  while (!is_full (request) && crm_wording_step (wording, statement))
    {
      gint64 record_id = crm_statement_get_int (statement, 0);
      gint64 field_id = crm_statement_get_int (statement, 1);
      const char *old_text = crm_statement_get_text (statement, 2);
      const char *new_text = crm_statement_get_text (statement, 3);
      CrmHistoryChange *change = add_change (request, record_id);

      if (field_id > 0)
        fill_value_change (wording, change, field_id, old_text, new_text);
      else
        fill_state_change (wording, change, request->act_id, old_text, new_text);
      change->label = g_strdup (
          crm_wording_get_label (wording, change->type != NULL ? change->type->id : 0, record_id));

      position->second = record_id;
      position->third = field_id;
    }
}

/* By change set, record and field, which is the order of the table. A redacted value is left with nothing, and so is
 * one that was changed forth and back; where a record was merged to is told with its state. */
static void
read_changes (Request *request, CrmWording *wording)
{
  Position *position = &request->position;

  for (;;)
    {
      g_autoptr (CrmStatement) statement = NULL;

      if (position->first != 0)
        read_changes_of_set (request, wording);
      if (is_full (request))
        return;

      statement = crm_wording_prepare (
          wording, "SELECT id FROM change_set WHERE act_id = ?1 AND id > ?2 ORDER BY id LIMIT 1");
      if (statement == NULL)
        return;
      crm_statement_bind_int (statement, 1, request->act_id);
      crm_statement_bind_int (statement, 2, position->first);
      if (!crm_wording_step (wording, statement))
        return;

      *position = (Position){ .stage = STAGE_CHANGES,
                              .first = crm_statement_get_int (statement, 0),
                              .second = G_MININT64 };
    }
}

static gboolean
changes_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_auto (CrmWording) wording = { 0 };
  CrmActRow row;
  g_autoptr (GError) local_error = NULL;

  if (!crm_act_row_find (connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                         request->act_id, &row, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        crm_act_set_not_found (error, request->act_id);
      return FALSE;
    }

  crm_wording_init (&wording, request->store, connection);
  while (request->position.stage != STAGE_END && wording.error == NULL)
    {
      if (request->position.stage == STAGE_CATALOGUE)
        read_catalogue (request, &wording);
      else if (request->position.stage == STAGE_RANGES)
        read_ranges (request, &wording);
      else
        read_changes (request, &wording);

      if (is_full (request))
        break;
      request->position = (Position){ .stage = request->position.stage + 1 };
    }

  return !crm_wording_take_error (&wording, error);
}

static char *
print_position (const Position *position)
{
  if (position->stage == STAGE_END)
    return NULL;

  return g_strdup_printf ("%d %" ID " %" ID " %" ID, (int) position->stage, position->first,
                          position->second, position->third);
}

static gboolean
parse_position (Position *position, const char *text)
{
  int stage = 0;

  *position = (Position){ 0 };
  if (text == NULL)
    return TRUE;
  if (sscanf (text, "%d %" ID " %" ID " %" ID, &stage, &position->first, &position->second,
              &position->third) != 4 ||
      stage < 0 || stage > STAGE_END)
    return FALSE;

  position->stage = (Stage) stage;
  return TRUE;
}

void
crm_history_change_free (CrmHistoryChange *change)
{
  g_return_if_fail (change != NULL);

  g_free (change->label);
  g_free (change->field_label);
  g_clear_pointer (&change->old_value, crm_value_unref);
  g_clear_pointer (&change->new_value, crm_value_unref);
  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change->text);
  g_free (change);
}

GPtrArray *
crm_history_get_changes (CrmStore *store,
                         gint64 act_id,
                         const char *after,
                         guint limit,
                         char **next,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  Request request = { .store = store, .act_id = act_id, .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (limit > 0, NULL);
  g_return_val_if_fail (parse_position (&request.position, after), NULL);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_change_free);
  request.changes = changes;
  if (!crm_database_read (crm_store_get_database (store), changes_func, &request, cancellable,
                          error))
    return NULL;

  if (next != NULL)
    *next = print_position (&request.position);
  return g_steal_pointer (&changes);
}
