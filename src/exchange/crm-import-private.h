/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-mapping.h"
#include "crm-import-name.h"
#include "crm-import-profile-private.h"
#include "crm-import-titles.h"

G_BEGIN_DECLS

/* Shared by the parts of the import: crm-import-plan.c (what is to be done), -columns.c (what the
 * columns are), -evidence.c (how dates and numbers are written), -layout.c and -row.c (a row's
 * values, in workers), -pipeline.c (the threads) and what crm-import-writer-private.h lists. */

/* Rows that are looked at before the import to learn how dates and numbers are written */
#define CRM_IMPORT_SAMPLE_ROWS 65536

#define CRM_IMPORT_MAX_KEYS 8

/* A field that is made in the act of the import */
typedef struct
{
  CrmKind kind;
  char *label;
  char *name; /* API name that is free in the type */
} CrmImportNewField;

/* How a column's values are written, where it is not the same for all readers */
typedef struct
{
  CrmImportForm date_form;
  CrmDateOrder date_order;
  CrmImportForm decimal_form;
  gboolean decimal_comma;
  char *currency; /* given; nullable */
  char separator; /* of the items of a repeated field; 0: each cell shows its own */
  gboolean separator_given;
  gint64 separator_field; /* that it was found out for; 0: not yet */
} CrmImportWriting;

typedef struct
{
  char *title;
  gboolean has_files; /* cells may stand for files that are part of the table */
  CrmColumnRole role;
  const CrmField *relation; /* the way to the record that it is about; NULL: the row's own */
  gboolean is_reverse; /* @relation is of the other record, and leads here */
  const CrmField *field; /* of the store's catalogue; NULL where the role needs none */
  CrmImportNewField *new_field; /* instead of @field */
  char *label; /* of its items, nullable */
  int number; /* in the title */
  int group; /* see CrmTitle */
  CrmNameOrder name_order; /* of a whole name */
  char *currency; /* in the title: "Amount (CZK)" */
  GTimeZone *zone; /* in the title: "Create Date (GMT+1)" */
  CrmImportExisting existing;
  CrmImportConfidence confidence;
  char *reason; /* nullable */
  gboolean is_untitled; /* the file has no titles, or none for it */
  gboolean is_chosen; /* by a person */
  CrmImportWriting writing;
  GHashTable *meanings; /* folded text -> text that is meant; nullable */
  CrmImportEvidence evidence; /* of many rows */
  CrmImportProfile profile; /* of the first rows */
} CrmImportColumn;

void crm_import_column_clear (CrmImportColumn *column);
/* Left out, and nothing known of it but what the title and the values say */
void crm_import_column_reset (CrmImportColumn *column);
/* (transfer full) @reason */
void crm_import_column_judge (CrmImportColumn *column,
                              CrmImportConfidence confidence,
                              char *reason);

/* Sets role and field of each column (element-type CrmImportColumn) by its title and its values.
 * Returns how well the file fits the type. */
double crm_import_columns_propose (GArray *columns,
                                   const CrmCatalogue *catalogue,
                                   const CrmRecordType *type);
/* Whether the title is one of those that an export of ours has besides those of fields: "About ID", "emails.labels"; if so,
 * sets what it means */
gboolean crm_import_column_propose_part (CrmImportColumn *column, const CrmRecordType *type);
/* Whether they are all that an export of ours has of @type, so that every cell is as our own rules write it */
gboolean crm_import_columns_are_own (GArray *columns, const CrmRecordType *type);
/* The part of it that looks at the values: for columns whose titles say nothing, or something else */
void crm_import_columns_propose_by_values (GArray *columns,
                                           const CrmCatalogue *catalogue,
                                           const CrmRecordType *type);
/* Whether an import may write the field */
gboolean crm_import_field_is_writable (const CrmField *field);

/* @target: the right side of "Column=field" */
gboolean crm_import_column_set_target (CrmImportColumn *column,
                                       const CrmCatalogue *catalogue,
                                       const CrmRecordType *type,
                                       const char *target,
                                       GError **error);
/* (transfer full) */
char *crm_import_column_get_target (const CrmImportColumn *column, const CrmRecordType *type);
/* "Company › City"; (transfer full) (nullable) */
char *crm_import_column_describe (const CrmImportColumn *column,
                                  const CrmCatalogue *catalogue,
                                  const CrmRecordType *type);
/* The type of the record that the column is about */
const CrmRecordType *crm_import_column_get_type (const CrmImportColumn *column,
                                                 const CrmCatalogue *catalogue,
                                                 const CrmRecordType *type);

/* The type of the rows in a known export, or %NULL */
const char *crm_import_presets_find_type (GArray *columns);
/* Sets targets that a known export calls for, once all are proposed by their titles. Returns the name of the
 * program, or %NULL. */
const char *crm_import_presets_apply (GArray *columns,
                                      const CrmCatalogue *catalogue,
                                      const CrmRecordType *type);

/* The option that @text means: by label or API name in any case, or by a word for a standard option in one of
 * our languages. Any thread. */
const CrmOption *crm_import_find_option (const CrmField *field, const char *text);

/* Finds out for all columns how their dates and numbers are written. Formats other than text have decimal points. */
void crm_import_plan_settle_writing (CrmImportPlan *self);
/* What stands between the items of columns that hold several records or options */
void crm_import_plan_settle_separators (CrmImportPlan *self);

/* "field=value" for every row */
typedef struct
{
  char *field_name;
  char *text;
} CrmImportFixed;

struct _CrmImportPlan
{
  GObject parent_instance;

  CrmStore *store;
  CrmTable *table;
  const CrmRecordType *type;
  GArray *columns; /* of CrmImportColumn */
  gint64 n_rows; /* how many there seem to be */
  GPtrArray *fixed; /* of CrmImportFixed */
  gboolean translates_options;
  const char *recognised; /* the program that wrote the file; NULL */
  gboolean is_own; /* this one, see crm_import_columns_are_own() */
  GStrv match; /* API names, NULL: as usual */
  gboolean match_exact;
  CrmImportMode mode;
  CrmImportExisting existing;
  CrmImportTrashed trashed;
  CrmImportMissing missing;
  CrmImportMissing missing_options;
  GHashTable *edits; /* gint64 line -> CrmImportEdit; NULL for none */
  char *rejects_path;
};

/* What somebody changed in one row of the file */
typedef struct
{
  gint64 line;
  gboolean excluded;
  GHashTable *cells; /* guint column -> char *; NULL for none */
} CrmImportEdit;

/* The edit of the row on @line, or %NULL */
const CrmImportEdit *crm_import_plan_find_edit (const CrmImportPlan *self, gint64 line);
/* The edited text of a cell, or %NULL */
const char *crm_import_edit_get_cell (const CrmImportEdit *edit, guint column);
/* Adds a warning to @problems for each column whose dates or numbers can be read in two ways */
void crm_import_plan_tell_ambiguous (CrmImportPlan *plan, GPtrArray *problems);

/* Makes the new fields of the plan, where they are not there yet. Before the layout. */
gboolean crm_import_plan_make_fields (CrmImportPlan *plan,
                                      CrmTransaction *transaction,
                                      GError **error);

/* Layout: the plan, ready to be applied to rows */

typedef struct _CrmImportLayout CrmImportLayout;

/* Where the value of one field comes from */
typedef struct
{
  const CrmField *field;
  GArray *columns; /* of guint, the better ones first */
  GPtrArray *fixed; /* of char *: for every row, nullable */
  gboolean in_address; /* a row's best address counts */
  int date_parts[3]; /* columns of year, month and day; -1 for none */
} CrmImportSlot;

/* Columns that say more about one column's value; -1 for none */
typedef struct
{
  int label;
  int id;
  int country;
  int calling_code;
  int currency;
} CrmImportCompanions;

/* A record beside the row's own that columns speak of: "company.city", "deals.name". It has a layout
 * of its own, and its part of a row is a row of its own. */
typedef struct
{
  const CrmField *relation;
  gboolean is_reverse; /* @relation is of the related record, and leads to the row's */
  gboolean is_company; /* the row's company: what it is found by is in the row too */
  CrmImportLayout *layout;
} CrmImportRelatedLayout;

struct _CrmImportLayout
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  const CrmImportPlan *plan;
  const CrmField *relation; /* how it is reached from the row's own record; NULL: it is that one */
  gboolean is_reverse;
  const GArray *columns; /* the plan's */
  CrmLocale locale; /* a copy, with what it points to */
  CrmLocale *column_locales;
  CrmImportCompanions *companions; /* one per column */

  CrmImportSlot *slots;
  guint n_slots;
  int *slot_of_field; /* by field index; -1 for none */

  const CrmField *external_id;
  const CrmField *keys[CRM_IMPORT_MAX_KEYS]; /* unique fields: an address, domain or code */
  guint n_keys;
  const CrmField *links;
  const CrmField *phones;
  const CrmField *company; /* relation that tells equal names apart; NULL: names stand alone */
  int company_slot; /* of @company; -1 where the file has none */
  gboolean is_event; /* tasks, notes, activities: equal names mean nothing */
  gboolean is_named_by_parts; /* first_name and last_name make the name */
  gboolean is_companies; /* names are compared without legal forms */
  int domain_column; /* of the company; -1 for none */
  int note_column;
  int id_column;
  int full_name_column;
  int suffix_column;
  CrmNameOrder name_order; /* of the full name */
  GArray *address_columns; /* of guint: parts of addresses */

  CrmImportRelatedLayout *related;
  guint n_related;
  GPtrArray *own_fields; /* stand for new fields that are not made yet, in a try without writing */
};

CrmImportLayout *crm_import_layout_new (CrmImportPlan *plan,
                                        const CrmCatalogue *catalogue,
                                        GError **error);
void crm_import_layout_free (CrmImportLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportLayout, crm_import_layout_free)

/* Whether @field is one of first, middle and last name, which make a name together */
gboolean crm_import_layout_is_name_part (const CrmImportLayout *self, const CrmField *field);

/* What a filled cell does to a value that is there, never %CRM_IMPORT_AS_PLAN */
CrmImportExisting crm_import_layout_get_existing (const CrmImportLayout *self, guint slot);

/* The slot of a field by its API name, -1 for none */
int crm_import_layout_find_slot (const CrmImportLayout *self, const char *field_name);

/* A row, as workers hand it to the writer */

/* A text that only the writer can look up: an option or a record */
typedef struct
{
  guint slot;
  int column; /* -1: fixed */
  char *text;
  char *id; /* of the record where the file says that, too; nullable */
} CrmImportText;

/* Why somebody should look at a row */
typedef enum
{
  CRM_IMPORT_NO_CONFLICT,
  CRM_IMPORT_CONFLICT_ROWS, /* another row of the file says something else of the same record */
  CRM_IMPORT_CONFLICT_AMBIGUOUS, /* several records could be meant */
  CRM_IMPORT_CONFLICT_TAKEN, /* a unique value of it belongs to another record, or a rule forbids it */
  CRM_IMPORT_CONFLICT_TRASHED, /* the record is in the trash */
} CrmImportConflict;

/* What becomes of a row */
typedef enum
{
  CRM_IMPORT_EFFECT_PENDING, /* known when the update of its record is written */
  CRM_IMPORT_EFFECT_NEW,
  CRM_IMPORT_EFFECT_UPDATED,
  CRM_IMPORT_EFFECT_UNCHANGED,
  CRM_IMPORT_EFFECT_REFUSED,
  CRM_IMPORT_EFFECT_EXCLUDED,
} CrmImportEffect;

typedef struct _CrmImportRow CrmImportRow;

struct _CrmImportRow
{
  gint64 line;
  char **cells; /* into the block's text */
  guint n_cells;
  gboolean damaged;
  gboolean excluded;
  gboolean rejected;
  CrmImportConflict conflict;
  CrmImportEffect effect;
  gint64 matched; /* the record that it is about; 0 for none */
  guint32 number; /* of the row in the file, from 0; of a preview only */
  GPtrArray *problems; /* of CrmProblem, nullable */

  CrmValue **values; /* by slot */
  CrmRecordTexts
      *texts_of_record; /* of @values, where it is likely that a record is made of them; nullable */
  GArray *texts; /* of CrmImportText, nullable */
  GArray *deferred; /* of CrmImportText, nullable: records that may be further down in the file */
  char *company_name;
  char *company_ref; /* its id in the file; nullable */
  char *company_normal; /* the same, by which companies are compared */
  guint64 company_hash; /* of all that the row says of its company */
  char *company_domain; /* key, never a provider's; nullable */
  GPtrArray *company_hints; /* domain keys of work addresses, nullable */
  char *note;
  char *record_id;
  char *name; /* what the record is called, normalised; nullable */
  gboolean is_whole_name; /* its parts are a guess */
  gboolean is_blank; /* nothing in it could be kept */
  gboolean waits; /* what becomes of it is known when related records are written */
  gboolean leads_to_new; /* to a related record that is still to be made */
  CrmImportRow
      *related; /* one for each of the layout's, with the same line and cells; their problems
                            are in this row */
};

/* Reads the cells of a row that has been split; any thread */
void crm_import_row_read (CrmImportRow *row, const CrmImportLayout *layout);
/* After that, where it is likely that the row makes a record; any thread */
void crm_import_row_make_texts (CrmImportRow *row, const CrmImportLayout *layout);
void crm_import_row_clear (CrmImportRow *row, const CrmImportLayout *layout);
/* What was found wrong with a related record is wrong with the row. */
void crm_import_row_take_problems (CrmImportRow *row, CrmImportRow *related);
/* @column: -1 for the row as a whole */
void crm_import_row_add_problem (CrmImportRow *row,
                                 const CrmImportLayout *layout,
                                 int column,
                                 const char *value,
                                 CrmSeverity severity,
                                 const char *message);

G_END_DECLS
