/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-tables
 *
 * The tables that a workspace has for its record types and fields. Names are
 * made of ids, never of users' words; the macros below are printf formats
 * that take the id as a gint64.
 *
 * Record table, one per type:
 *   t<type>(id, state, merged_into, deleted_at, deleted_by, f<field>…, c…, y…, k…, u…)
 * Item table, one per repeated field:
 *   v<field>(record, position, text, label, key, live)   e-mails, phones, domains, links
 *   v<field>(record, position, id, live)                 choices
 *   v<field>(record, position, id, type, live)           relations
 * Search table, one per type:
 *   s<type>(name, keys, rest), rowid = record id
 */

#define CRM_RECORD_TABLE "t%" G_GINT64_FORMAT /* type id */
#define CRM_SEARCH_TABLE "s%" G_GINT64_FORMAT /* type id */
#define CRM_ITEM_TABLE "v%" G_GINT64_FORMAT /* field id */

#define CRM_VALUE_COLUMN "f%" G_GINT64_FORMAT /* the value; of a repeated field its first item */
#define CRM_CURRENCY_COLUMN "c%" G_GINT64_FORMAT /* see crm_field_has_currency() */
#define CRM_TARGET_TYPE_COLUMN "y%" G_GINT64_FORMAT /* see crm_field_has_target_type() */
#define CRM_SORT_KEY_COLUMN "k%" G_GINT64_FORMAT /* see crm_field_has_sort_key() */
#define CRM_UNIQUE_KEY_COLUMN "u%" G_GINT64_FORMAT /* see crm_field_has_unique_key() */

/* What an item table holds */
typedef enum
{
  CRM_ITEMS_NONE, /* the field is not repeated: there is no item table */
  CRM_ITEMS_TEXT, /* text, label, key */
  CRM_ITEMS_OPTIONS, /* id */
  CRM_ITEMS_RELATIONS, /* id, type */
} CrmItems;

CrmItems crm_field_get_items (const CrmField *field);

gboolean crm_field_has_currency (const CrmField *field);
/* Only where records of any type can be pointed to; otherwise the type is the field's target */
gboolean crm_field_has_target_type (const CrmField *field);
gboolean crm_field_has_sort_key (const CrmField *field);
/* A unique field that is not repeated; a repeated one is unique by its item table's key */
gboolean crm_field_has_unique_key (const CrmField *field);

/* Makes the tables and indexes of @type with all its fields; the catalogue's rows are the
 * caller's */
gboolean crm_tables_create_type (CrmConnection *connection,
                                 const CrmRecordType *type,
                                 GError **error);

/* Adds the columns, the item table and the indexes of @field to the tables of @type */
gboolean crm_tables_add_field (CrmConnection *connection,
                               const CrmRecordType *type,
                               const CrmField *field,
                               GError **error);

/* Text and repeated text only: drops the index by which values of @field are unique (or, of a repeated
 * field, found), and makes it as the field's flags say now. Between the two the keys can be
 * written; crm_tables_drop_key_index() sees to it that there is a column for them. */
gboolean crm_tables_drop_key_index (CrmConnection *connection,
                                    const CrmField *field,
                                    GError **error);
gboolean crm_tables_create_key_index (CrmConnection *connection,
                                      const CrmField *field,
                                      GError **error);

G_END_DECLS
