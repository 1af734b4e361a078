/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-card-order.h"

#include <glib/gi18n.h>

#include "crm-schema.h"
#include "crm-tables.h"

#define NAME "board_order"

/* Between neighbours at first: room for twenty records to come between the same two */
#define STEP (G_GINT64_CONSTANT (1) << 20)

#define NONE G_MININT64

const CrmField *
crm_card_order_find (const CrmRecordType *type)
{
  const CrmField *field;

  g_return_val_if_fail (type != NULL, NULL);

  field = crm_record_type_find_field (type, NAME);
  return field != NULL && field->kind == CRM_KIND_INTEGER ? field : NULL;
}

static const CrmField *
require_field (CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  const CrmFieldSpec spec = { .name = NAME, .label = _ ("Board Order"), .kind = CRM_KIND_INTEGER };
  const CrmField *field;

  type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), type->id);
  field = crm_card_order_find (type);
  if (field != NULL)
    return field;

  return crm_schema_add_field (transaction, type, &spec, &field, error) ? field : NULL;
}

/* @number: (out): %NONE where it has none */
static gboolean
read_number (CrmTransaction *transaction,
             const CrmField *field,
             gint64 id,
             gint64 *number,
             GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT " CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                                          " WHERE id = %" G_GINT64_FORMAT " AND " CRM_VALUE_COLUMN
                                          " IS NOT NULL",
                                          field->id, field->type_id, id, field->id);

  return crm_connection_query_int (crm_transaction_get_connection (transaction), sql, NONE, number,
                                   error);
}

static gboolean
write_number (CrmTransaction *transaction,
              const CrmField *field,
              gint64 id,
              gint64 number,
              GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction),
                                                      field->type_id);
  g_autoptr (CrmValue) value = crm_value_new_integer (number);
  CrmValue *const values[] = { value };

  return crm_transaction_update (transaction, type, id, &field, values, 1, NULL, NULL, error);
}

/* Gives those from @first on numbers that follow @number, up to the last one before @end; @number: (inout) */
static gboolean
number_from (CrmTransaction *transaction,
             const CrmField *field,
             const gint64 *ids,
             guint first,
             guint end,
             gint64 *number,
             GError **error)
{
  for (guint i = first; i < end; i++)
    {
      *number += STEP;
      if (!write_number (transaction, field, ids[i], *number, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_card_order_place (CrmTransaction *transaction,
                      const CrmRecordType *type,
                      gint64 id,
                      const gint64 *ids,
                      guint n_ids,
                      guint position,
                      GError **error)
{
  const CrmField *field;
  gint64 before = NONE;
  gint64 after = NONE;
  guint first = position;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);
  g_return_val_if_fail (position <= n_ids, FALSE);

  field = require_field (transaction, type, error);
  if (field == NULL)
    return FALSE;

  /* Back to the last one that has a number */
  while (first > 0 && before == NONE)
    if (!read_number (transaction, field, ids[first - 1], &before, error))
      return FALSE;
    else if (before == NONE)
      first--;
  if (position < n_ids && !read_number (transaction, field, ids[position], &after, error))
    return FALSE;

  if (after == NONE)
    {
      before = before == NONE ? 0 : before;
      return number_from (transaction, field, ids, first, position, &before, error) &&
             write_number (transaction, field, id, before + STEP, error);
    }
  if (before == NONE)
    return write_number (transaction, field, id, after - STEP, error);
  if (after - before > 1)
    return write_number (transaction, field, id, before + (after - before) / 2, error);

  /* No room between the two: those behind make some, as far as they have to */
  before += STEP;
  if (!write_number (transaction, field, id, before, error))
    return FALSE;
  for (guint i = position; i < n_ids; i++)
    {
      gint64 number = NONE;

      if (!read_number (transaction, field, ids[i], &number, error))
        return FALSE;
      if (number == NONE || number > before)
        break;
      if (!number_from (transaction, field, ids, i, i + 1, &before, error))
        return FALSE;
    }

  return TRUE;
}
