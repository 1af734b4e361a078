/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How acts are worded: "Imported 60 people". */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-history-private.h"

/* Records whose values are looked at to word a bulk edit */
#define MAX_COMPARED 200

static gint64
query_int (CrmWording *self, const char *sql, gint64 parameter)
{
  g_autoptr (CrmStatement) statement = crm_wording_prepare (self, sql);

  if (statement == NULL)
    return 0;

  crm_statement_bind_int (statement, 1, parameter);
  return crm_wording_step (self, statement) ? crm_statement_get_int (statement, 0) : 0;
}

/* What all records of a bulk edit got in its one field; %NULL where it is not one value, or where there are too many to
 * look at */
static char *
find_common_value (CrmWording *self, const CrmActRow *act, const CrmField *field)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (CrmValue) value = NULL;
  g_autofree char *text = NULL;

  if (act->records > MAX_COMPARED || crm_kind_is_repeated (field->kind))
    return NULL;
  statement = crm_wording_prepare (
      self, "SELECT max (new) FROM change WHERE field_id = ?2 AND set_id IN"
            " (SELECT id FROM change_set WHERE act_id = ?1) HAVING count (DISTINCT new) = 1"
            " AND count (new) = count (*)");
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, act->id);
  crm_statement_bind_int (statement, 2, field->id);
  if (!crm_wording_step (self, statement))
    return NULL;

  text = g_strdup (crm_statement_get_text (statement, 0));
  value = crm_wording_decode (self, field, text);
  return crm_wording_describe_values (self, field, NULL, value);
}

static char *
describe_bulk_edit (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  const CrmField *field = crm_wording_get_field (self, act->field_id);
  g_autofree char *what = crm_history_count_records (type, act->records);
  g_autofree char *text = NULL;

  if (field == NULL)
    return g_strdup_printf (_ ("Changed %s"), what);

  text = find_common_value (self, act, field);
  if (text != NULL)
    /* Translators: how many records and what they all got: "12 people — Status: Customer" */
    return g_strdup_printf (_ ("%s — %s"), what, text);

  /* Translators: a field, and how many records: "Changed Status of 12 people" */
  return g_strdup_printf (_ ("Changed %s of %s"), field->label, what);
}

static char *
describe_edit (CrmWording *self, const CrmActRow *act)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *text = NULL;
  const char *label;

  if (act->records != 1)
    return describe_bulk_edit (self, act);

  label = crm_wording_get_label (self, act->type_id, act->record_id);
  changes = crm_wording_load_changes (self, act->id, act->record_id);
  text = crm_wording_describe_changes (self, changes);
  if (text == NULL)
    return g_strdup_printf (_ ("Changed %s"), label);

  /* Translators: a record and what was changed: "Northwind — Stage: Meeting → Proposal" */
  return g_strdup_printf (_ ("%s — %s"), label, text);
}

/* How many records of the act's own type it made and changed; %FALSE of acts from before that was counted */
static gboolean
read_counts (CrmWording *self, const CrmActRow *act, gint64 *created, gint64 *changed)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (self, "SELECT created, changed FROM act_type WHERE act_id = ?1"
                                         " AND type_id = ?2 AND created IS NOT NULL");
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, act->id);
  crm_statement_bind_int (statement, 2, act->type_id);
  if (!crm_wording_step (self, statement))
    return FALSE;

  *created = crm_statement_get_int (statement, 0);
  *changed = crm_statement_get_int (statement, 1);
  return TRUE;
}

/* An import of people makes companies and notes too; only the people are counted */
static char *
describe_import (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  gint64 created = act->records;
  gint64 changed = 0;
  g_autofree char *what = NULL;
  g_autofree char *others = NULL;

  if (type != NULL)
    read_counts (self, act, &created, &changed);
  what = crm_history_count_records (type, created);
  if (changed == 0)
    return g_strdup_printf (_ ("Imported %s"), what);

  others = crm_history_count_records (type, changed);
  if (created == 0)
    /* Translators: how many records: "Updated 400 people by an import" */
    return g_strdup_printf (_ ("Updated %s by an import"), others);

  /* Translators: how many records were new, and how many were there: "Imported 11,800 people, updated 400" */
  return g_strdup_printf (_ ("Imported %s, updated %'d"), what, (int) changed);
}

static char *
describe_merge (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  g_autofree char *what = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  gint64 n = 0;
  gint64 n_kept = 0;
  gint64 other_id = 0;

  statement = crm_wording_prepare (
      self, "SELECT count (*), count (DISTINCT new), max (record_id) FROM change"
            " WHERE field_id = -1 AND new IS NOT NULL AND set_id IN"
            " (SELECT id FROM change_set WHERE act_id = ?1)");
  if (statement == NULL)
    return g_strdup ("");

  crm_statement_bind_int (statement, 1, act->id);
  if (crm_wording_step (self, statement))
    {
      n = crm_statement_get_int (statement, 0);
      n_kept = crm_statement_get_int (statement, 1);
      other_id = crm_statement_get_int (statement, 2);
    }
  what = n == 1 ? g_strdup (crm_wording_get_label (self, act->type_id, other_id))
                : crm_history_count_records (type, n);
  if (n_kept > 1)
    /* Translators: many at once, each into one of fewer: "Merged 340 people into 150" */
    return g_strdup_printf (_ ("Merged %s into %'d"), what, (int) n_kept);

  /* Translators: a record or how many, and the one that is kept: "Merged 2 people into Ann Lee" */
  return g_strdup_printf (_ ("Merged %s into %s"), what,
                          crm_wording_get_label (self, act->type_id, act->record_id));
}

/* The act that an undo or redo is about; %FALSE where the history is damaged */
static gboolean
find_base (CrmWording *self, const CrmActRow *act, CrmActRow *base)
{
  GError *error = NULL;

  if (crm_act_row_find (self->connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                        act->undoes, base, &error))
    return base->kind != CRM_ACT_UNDO && base->kind != CRM_ACT_REDO;
  if (error != NULL)
    crm_wording_keep_error (self, error);

  return FALSE;
}

/* @what: how many records */
static char *
describe_destroy (CrmWording *self, const CrmActRow *act, const char *what)
{
  guint days = (guint) query_int (self, "SELECT days FROM act WHERE id = ?1", act->id);

  if (days == 0)
    return g_strdup_printf (_ ("Deleted %s for good"), what);

  /* Translators: "Deleted 12 people for good after 30 days in the trash" */
  return g_strdup_printf (ngettext ("Deleted %s for good after %u day in the trash",
                                    "Deleted %s for good after %u days in the trash", days),
                          what, days);
}

static char *
describe_undo (const CrmActRow *act, const char *text)
{
  return g_strdup_printf (act->kind == CRM_ACT_UNDO ? _ ("Undid: %s") : _ ("Redid: %s"), text);
}

char *
crm_wording_describe_act (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  g_autofree char *what = NULL;
  CrmActRow base;

  switch (act->kind)
    {
    case CRM_ACT_EDIT:
      return describe_edit (self, act);

    case CRM_ACT_IMPORT:
      return describe_import (self, act);

    case CRM_ACT_MERGE:
      return describe_merge (self, act);

    case CRM_ACT_DEMO:
      return g_strdup (_ ("Added sample data"));

    case CRM_ACT_VIEW:
    case CRM_ACT_PIN:
    case CRM_ACT_DISTINCT:
    case CRM_ACT_RULE:
    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
      return crm_wording_describe_objects (self, act->id);

    case CRM_ACT_UNDO:
    case CRM_ACT_REDO:
      what = find_base (self, act, &base) ? crm_wording_describe_act (self, &base) : g_strdup ("?");
      return describe_undo (act, what);

    case CRM_ACT_CREATE:
    case CRM_ACT_TRASH:
    case CRM_ACT_RESTORE:
    case CRM_ACT_DESTROY:
    case CRM_ACT_UNMERGE:
    default:
      break;
    }

  if (act->records == 1 && act->kind != CRM_ACT_DESTROY)
    what = g_strdup (crm_wording_get_label (self, act->type_id, act->record_id));
  else
    what = crm_history_count_records (type, act->records);

  switch (act->kind)
    {
    case CRM_ACT_CREATE:
      /* Translators: here and below, a record's name or how many: "Created Ann Lee", "Created 3 people" */
      return g_strdup_printf (_ ("Created %s"), what);

    case CRM_ACT_TRASH:
      return g_strdup_printf (_ ("Moved %s to the trash"), what);

    case CRM_ACT_RESTORE:
      return g_strdup_printf (_ ("Restored %s from the trash"), what);

    case CRM_ACT_UNMERGE:
      return g_strdup_printf (_ ("Separated %s again"), what);

    case CRM_ACT_DESTROY:
    default:
      return describe_destroy (self, act, what);
    }
}

static char *
describe_merge_for_record (CrmWording *self, const CrmActRow *act, GPtrArray *changes)
{
  gint64 other_id = crm_wording_find_merged_into (changes);

  if (other_id != 0)
    return g_strdup_printf (_ ("Merged into %s"),
                            crm_wording_get_label (self, act->type_id, other_id));

  return crm_wording_describe_act (self, act);
}

/* Where an act of another kind moved the record on the way; %NULL where it did not */
static char *
describe_state_of_record (CrmWording *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);

      if (change->field_id == CRM_CHANGE_FIELD_STATE)
        return crm_wording_describe_state_change (self, change->old_text, change->new_text,
                                                  crm_wording_find_merged_into (changes));
    }

  return NULL;
}

char *
crm_wording_describe_for_record (CrmWording *self, const CrmActRow *act, gint64 record_id)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *text = NULL;
  CrmActRow base;

  if (act->kind == CRM_ACT_UNDO || act->kind == CRM_ACT_REDO)
    {
      text = find_base (self, act, &base) ? crm_wording_describe_for_record (self, &base, record_id)
                                          : g_strdup ("?");
      return describe_undo (act, text);
    }

  changes = crm_wording_load_changes (self, act->id, record_id);
  switch (act->kind)
    {
    case CRM_ACT_MERGE:
      return describe_merge_for_record (self, act, changes);

    case CRM_ACT_TRASH:
      return g_strdup (_ ("Moved to the trash"));

    case CRM_ACT_RESTORE:
      return g_strdup (_ ("Restored from the trash"));

    case CRM_ACT_CREATE:
    case CRM_ACT_EDIT:
    case CRM_ACT_IMPORT:
    case CRM_ACT_DESTROY:
    case CRM_ACT_UNDO:
    case CRM_ACT_REDO:
    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
    case CRM_ACT_DEMO:
    case CRM_ACT_UNMERGE:
    case CRM_ACT_VIEW:
    case CRM_ACT_PIN:
    case CRM_ACT_DISTINCT:
    case CRM_ACT_RULE:
    default:
      break;
    }

  text = crm_wording_describe_changes (self, changes);
  if (text == NULL)
    text = describe_state_of_record (self, changes);
  if (text != NULL)
    return g_steal_pointer (&text);
  if (changes->len > 0)
    return crm_wording_describe_act (self, act);

  /* Without a change of a value it is its creation */
  switch (act->kind)
    {
    case CRM_ACT_IMPORT:
      return g_strdup (_ ("Imported"));

    case CRM_ACT_DEMO:
      return g_strdup (_ ("Added as sample data"));

    default:
      return g_strdup (_ ("Created"));
    }
}
