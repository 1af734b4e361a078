/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-import-mapping
 *
 * Where the columns of a plan go, and how their values are written. All of it is proposed when the
 * plan is made: from what the file's format says, from the presets of known programs, from titles
 * and names of fields, and from the values themselves. Functions belong to the thread that the plan
 * belongs to; those that read the file block.
 *
 * A *target* says where a column goes. It is what stands right of `--map "Column=target"`, and what
 * a saved mapping keeps:
 *
 * - "" leaves the column out;
 * - `first_name`: a field by API name, `email`, `phone` and `domain` included; a relation is given
 *   by id, by any unique value, or by name;
 * - `emails:Home`: items of a repeated field, with this label;
 * - `company.city`, `deals.amount`, `contact.email`: a field of the record that a relation leads to,
 *   or, by the name of a relation's other side, of one that leads here. There is one such record a
 *   row; it is found by what is unique in it, else by its name, and made where it is missing.
 *   `company.name` is the same as `company`;
 * - `name` of people: a whole name, to be split. Which part comes first is found out from the column;
 *   `name:first-last` and `name:last-first` say it;
 * - `id`: our id, or the one that another program knows the record by;
 * - `note`: a note about the record;
 * - `field@part`: something that belongs to the values of other columns: `emails@label`,
 *   `phones@label`, `phones@country`, `phones@code` (a calling code), `amount@currency`,
 *   `last_name@suffix`, `birthday@year`, `birthday@month`, `birthday@day`, `street@number`, `street@more` (a second line), `street@box`,
 *   `street@whole` (an address in one piece);
 * - `…#2`: of several e-mail addresses with labels, or of several addresses, the second one. Of
 *   addresses the row's first that has anything in it counts.
 *
 * Several columns may have one target. Repeated fields take them all. Texts are joined in the order
 * of the columns, long texts with a line between them, others with a blank; of any other kind the
 * first that is filled counts.
 */

/* How well a proposal is founded */
typedef enum
{
  CRM_IMPORT_SURE,
  CRM_IMPORT_CHECK, /* a person should look at it */
  CRM_IMPORT_IGNORED, /* the column is left out */
} CrmImportConfidence;

/* -1 where no column has the title, in any case of its letters */
int crm_import_plan_find_column (CrmImportPlan *self, const char *title);

/* Up to three different values of the column, %NULL-terminated; (transfer none), valid as long as the
 * plan */
const char *const *crm_import_plan_get_samples (CrmImportPlan *self, guint column);

/* "" where the column is left out; (transfer full) */
char *crm_import_plan_get_target (CrmImportPlan *self, guint column);
/* %CRM_ERROR_UNKNOWN_NAME for what is not there, %CRM_ERROR_USAGE for what cannot be imported. The
 * column stays as it was then. */
gboolean crm_import_plan_set_target (CrmImportPlan *self,
                                     guint column,
                                     const char *target,
                                     GError **error);

CrmImportConfidence crm_import_plan_get_confidence (CrmImportPlan *self, guint column);
/* One short sentence that says why the column is proposed to go there, "" where nothing is to be said;
 * (transfer none) */
const char *crm_import_plan_get_reason (CrmImportPlan *self, guint column);

/* Takes back what was changed of all columns */
void crm_import_plan_propose (CrmImportPlan *self);

/* A place where a column could go */
typedef struct
{
  char *target;
  char *label; /* "Birthday", "E-mail Addresses (Home)" */
  char *group; /* the heading that it stands under: "Person", "Company" */
  gboolean likely; /* its kind fits the column's values, or its name the title */
} CrmImportTarget;

/* For a chooser: (transfer full) (element-type CrmImportTarget). Likely ones first, then the row's own
 * fields in their order, then those of related records. Leaving out and a new field are not in it. */
GPtrArray *crm_import_plan_list_targets (CrmImportPlan *self, guint column);

/* The kind that a new field for the column should have */
CrmKind crm_import_plan_guess_kind (CrmImportPlan *self, guint column);
/* The column goes to a new field of the rows' type, made in the act of the import; undone with it.
 * @kind: one that crm_kind_get_info() calls addable, and no relation or files. %CRM_ERROR_USAGE. */
gboolean crm_import_plan_set_new_field (CrmImportPlan *self,
                                        guint column,
                                        CrmKind kind,
                                        const char *label,
                                        GError **error);
/* Whether the column goes to a new field. @kind: (out) (optional); @label: (out) (optional) (transfer
 * none) */
gboolean crm_import_plan_get_new_field (CrmImportPlan *self,
                                        guint column,
                                        CrmKind *kind,
                                        const char **label);

/* How it is known in which way a column's values are written */
typedef enum
{
  CRM_IMPORT_FORM_NONE, /* the column goes to no field of such a kind, or has no values */
  CRM_IMPORT_FORM_CLEAR, /* every value can be read in one way only */
  CRM_IMPORT_FORM_COLUMN, /* some can, and show how the others are meant */
  CRM_IMPORT_FORM_FILE, /* other columns of the file show it */
  CRM_IMPORT_FORM_GIVEN, /* it was set */
  CRM_IMPORT_FORM_AMBIGUOUS, /* the data cannot tell: it is read as the workspace's locale does */
} CrmImportForm;

/**
 * crm_import_plan_get_date_order:
 * @order: (out) (optional): how the column's dates are read
 * @sample: (out) (optional) (transfer none): where it is ambiguous, the first value that could be meant
 *   both ways, in the column's words: "3/4/1975"
 *
 * The whole file has been looked at where its first 65,536 rows do not tell.
 */
CrmImportForm crm_import_plan_get_date_order (CrmImportPlan *self,
                                              guint column,
                                              CrmDateOrder *order,
                                              const char **sample);
void crm_import_plan_set_date_order (CrmImportPlan *self, guint column, CrmDateOrder order);
/* Takes back what was set for columns */
void crm_import_plan_detect_date_orders (CrmImportPlan *self);

/* The same of "1,234" */
CrmImportForm crm_import_plan_get_decimal_comma (CrmImportPlan *self,
                                                 guint column,
                                                 gboolean *comma,
                                                 const char **sample);
void crm_import_plan_set_decimal_comma (CrmImportPlan *self, guint column, gboolean comma);

/* The currency of a column's amounts that name none. %CRM_IMPORT_FORM_CLEAR where they all do or
 * another column does, %CRM_IMPORT_FORM_COLUMN where the title does. @currency: (out) (transfer none) */
CrmImportForm crm_import_plan_get_currency (CrmImportPlan *self,
                                            guint column,
                                            const char **currency);
/* %CRM_ERROR_INVALID_VALUE for no ISO 4217 code */
gboolean crm_import_plan_set_currency (CrmImportPlan *self,
                                       guint column,
                                       const char *currency,
                                       GError **error);

/* What stands between several records or options in a cell of the column, besides ";": ',' or '|' where the
 * column's values show it (parts that are options, records or e-mail addresses, or that come again in
 * other rows), ';' where nothing else was set to count, 0 where each cell shows its own or is one value. */
char crm_import_plan_get_separator (CrmImportPlan *self, guint column);
/* Whether cells of the column may hold several values */
gboolean crm_import_plan_may_separate (CrmImportPlan *self, guint column);
/* Whether it was set, and not found out */
gboolean crm_import_plan_is_separator_given (CrmImportPlan *self, guint column);
/* @separator: ';', ',', '|' or a line break; 0 to find it out again. May look into the workspace. */
void crm_import_plan_set_separator (CrmImportPlan *self, guint column, char separator);

/* Whether values mean an option that they are no name of, too, by what other programs and languages call it:
 * "Vyhráno" the stage "Won". Off at first: a value that is no option's name then becomes one. On where a
 * person sees the meanings. */
void crm_import_plan_set_translates_options (CrmImportPlan *self, gboolean translates);

/* A value of a column whose field has options, or that holds team members */
typedef struct
{
  char *text; /* as in the file */
  gint64 count; /* in how many rows */
  char *option; /* API name of the option, "" where it is to be left out; NULL: a new one */
  char *label; /* of the option, nullable */
} CrmImportMeaning;

/* The field that the column goes to; (nullable): there is none, or it is a new one */
const CrmField *crm_import_plan_get_field (CrmImportPlan *self, guint column);

/* The values of the column, the most frequent first: (transfer full) (element-type
 * CrmImportMeaning). Reads the whole file. %NULL with @error where that fails; empty for a column
 * whose field has no options. More than 500 different ones are not told. */
GPtrArray *crm_import_plan_list_meanings (CrmImportPlan *self,
                                          guint column,
                                          GCancellable *cancellable,
                                          GError **error);
/* @option: (nullable): API name or label, "" to leave the value out, %NULL for a new option called
 * @text. %CRM_ERROR_UNKNOWN_NAME. */
gboolean crm_import_plan_set_meaning (CrmImportPlan *self,
                                      guint column,
                                      const char *text,
                                      const char *option,
                                      GError **error);

/* What a person chose for all columns, and the fixed values and policies: (transfer full). Edits of single
 * rows belong to one file and are not in it. */
JsonNode *crm_import_plan_mapping_to_json (CrmImportPlan *self);
/* Columns are found by their titles, wherever they stand. Those it does not know stay as they are
 * proposed, and members that are not known are passed over. %CRM_ERROR_USAGE for what is no mapping or
 * one for another type. */
gboolean crm_import_plan_mapping_from_json (CrmImportPlan *self, JsonNode *node, GError **error);

G_END_DECLS
