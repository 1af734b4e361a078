/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-id-set.h"
#include "crm-import-index-private.h"
#include "crm-import-recorder-private.h"
#include "crm-import-rejects-private.h"
#include "crm-key-table-private.h"

G_BEGIN_DECLS

/* The half of an import that runs inside its transaction: crm-import-run.c drives it, -write.c
 * decides about a row, -match.c
 * finds the record of a row, -compare.c knows what records say already, -company.c finds the row's
 * company, -check.c asks before anything is made, -resolve.c its options and relations, -update.c writes what differs, and notes, -related-write.c
 * writes the records beside the row's own. */

typedef struct _CrmImportWriter CrmImportWriter;

struct _CrmImportWriter
{
  CrmImportPlan *plan;
  CrmTransaction *transaction;
  CrmConnection *connection;
  CrmImportLayout *layout;

  GHashTable *indexes; /* gint64 type id -> CrmImportIndex */
  CrmImportIndex *index; /* of the imported type */

  GHashTable *options; /* "field/text" -> gint64 option id: those of this import */
  CrmKeyTable *companies; /* by what the last rows said of them */
  GArray *ids; /* of the last question to an index */

  CrmIdSet *touched; /* existing records that rows of this file were matched with */
  CrmKeyTable *noted; /* notes that rows of this file made, with their records */
  gint64 first_created; /* ids from here on are of this import; 0 before the first */

  GPtrArray *deferred; /* of what crm_import_defer() keeps; nullable */

  GHashTable *pending; /* gint64 id -> CrmImportUpdate */
  GPtrArray *pending_order;

  CrmImportReport *report;
  CrmImportRejects *rejects; /* NULL where none are wanted */
  CrmImportRecorder *recorder; /* NULL where nobody asks what becomes of each row */
  guint64 n_companies_created;
  guint64 n_records_updated;
  CrmImportWriter *owner; /* that this is a related one of, or NULL */
  CrmImportWriter *related; /* one for each of the layout's related ones */
  gboolean dry_run; /* all is taken back; nothing is written beside the database */
  gboolean is_ambiguous; /* several records could have been meant by the row */
};

/* The index of another type, made when it is first needed */
CrmImportIndex *crm_import_writer_get_index (CrmImportWriter *self,
                                             const CrmRecordType *type,
                                             GError **error);

/* The imported type as this act has made it: options are added on the way */
const CrmRecordType *crm_import_writer_get_type (CrmImportWriter *self);

gboolean crm_import_writer_touched (CrmImportWriter *self, gint64 id);

/* The live or dead record of the imported type; @record is %NULL where there is none */
gboolean crm_import_writer_load (CrmImportWriter *self,
                                 gint64 id,
                                 CrmRecord **record,
                                 GError **error);

/* What a row says of @field (nullable), or %NULL */
const CrmValue *crm_import_get_value (const CrmImportWriter *self,
                                      const CrmImportRow *row,
                                      const CrmField *field);
/* The id that another program knows the row by, or %NULL */
const char *crm_import_get_external_id (const CrmImportWriter *self, const CrmImportRow *row);
/* The value that a row without a name is looked for by, and its field; or %NULL */
const CrmValue *crm_import_get_telling_text (CrmImportWriter *self,
                                             const CrmImportRow *row,
                                             const CrmField **field);

/* Puts the files that @value (nullable) names from the table beside the workspace, unless they are there */
gboolean crm_import_keep_files (CrmImportWriter *self,
                                const CrmField *field,
                                const CrmValue *value,
                                GError **error);

/* Does all that a row says, or adds a problem to it that says why not */
gboolean crm_import_write_row (CrmImportWriter *self, CrmImportRow *row, GError **error);

/* A new record of what the row says; @id: (out): 0 where the row had to be refused */
gboolean crm_import_create_record (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gint64 *id,
                                   GError **error);
/* Refuses the row for @reason (transfer full), where that is its own fault; else %FALSE with @error */
gboolean crm_import_refuse (CrmImportWriter *self,
                            CrmImportRow *row,
                            GError *reason,
                            GError **error);

/* Refuses the row where what it says cannot be written, before anything else is made for it. @id: of its record, 0
 * for a new one; @has_company: it will have one */
gboolean crm_import_check_row (CrmImportWriter *self,
                               CrmImportRow *row,
                               gint64 id,
                               gboolean has_company,
                               GError **error);

/* (transfer full) @value, for a field that the layout has a slot for */
void crm_import_set_value (CrmImportWriter *self,
                           CrmImportRow *row,
                           const CrmField *field,
                           CrmValue *value);
/* The id that another program knows the record by, unless it is @id, our own */
void crm_import_set_external_id (CrmImportWriter *self, CrmImportRow *row, gint64 id);
/* The record in a relation, beside those that are there where it holds several */
void crm_import_add_item (CrmImportWriter *self,
                          CrmImportRow *row,
                          guint slot,
                          gint64 id,
                          gint64 type_id);

/* Related records: each has a writer of its own, which decides as the row's does. Those that the row's
 * record leads to are found first and made before it, those that lead to it are written after it. What
 * is wrong with them refuses the row as long as it is not written, and is a warning from then on. */

gboolean crm_import_related_init (CrmImportWriter *self, GError **error);
void crm_import_related_clear (CrmImportWriter *self);
/* Writes what waits, and reports it */
gboolean crm_import_related_flush (CrmImportWriter *self, GError **error);

/* Whether columns beside its name and domain say which company it is */
gboolean crm_import_related_has_company (CrmImportWriter *self, const CrmImportRow *row);
/* @id: stays 0 where there is none */
gboolean crm_import_related_find_company (CrmImportWriter *self,
                                          CrmImportRow *row,
                                          gint64 *id,
                                          GError **error);
/* Makes it with all that the row says of it; refuses the row where it cannot */
gboolean crm_import_related_create_company (CrmImportWriter *self,
                                            CrmImportRow *row,
                                            gint64 *id,
                                            GError **error);

/* @company_id: of the row, -1 for one that is still to be made, 0 for none */
gboolean crm_import_related_find_forward (CrmImportWriter *self,
                                          CrmImportRow *row,
                                          gint64 company_id,
                                          GError **error);
/* @id: of the row's record, 0 for a new one */
gboolean crm_import_related_find_reverse (CrmImportWriter *self,
                                          CrmImportRow *row,
                                          gint64 id,
                                          gint64 company_id,
                                          GError **error);
/* What the company is known by stands in the row itself too */
gboolean crm_import_related_complete_company (CrmImportWriter *self,
                                              CrmImportWriter *writer,
                                              const CrmImportRow *row,
                                              CrmImportRow *company,
                                              GError **error);

/* Refuses the row where one of the records that are to be made before it cannot be */
gboolean crm_import_related_check (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gint64 company_id,
                                   GError **error);
gboolean crm_import_related_create_forward (CrmImportWriter *self,
                                            CrmImportRow *row,
                                            gint64 company_id,
                                            GError **error);
/* The rest, once the row's record @id is there. @changed: (inout): whether any of them is new */
gboolean crm_import_related_write (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gint64 id,
                                   gint64 company_id,
                                   gboolean *changed,
                                   GError **error);

/* Whether a record of @type may be made of a text that names it */
gboolean crm_import_can_create_named (const CrmImportWriter *self,
                                      const CrmRecordType *type,
                                      const char *text);
/* @ref: (nullable): by which it is found again, its id in the file
 * @id: (out): 0 where it lacks something that must not be empty */
gboolean crm_import_create_named (CrmImportWriter *self,
                                  const CrmRecordType *type,
                                  const char *text,
                                  const char *ref,
                                  gint64 *id,
                                  GError **error);

/* Sets the values of a row's texts: existing options and records, with @create missing ones too.
 * What is not found stays in the row's texts. */
gboolean crm_import_resolve_texts (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gboolean create,
                                   GError **error);

/* The live record that an id in a cell of @field means: our own id, or what another workspace or program calls it.
 * @id: (out): 0 where there is none */
gboolean crm_import_find_identified (CrmImportWriter *self,
                                     const CrmField *field,
                                     const char *text,
                                     gint64 *id,
                                     gint64 *type_id,
                                     GError **error);

/* Makes @id 0 where the record that was found by its name is known by another id than @ref (nullable) elsewhere, and so
 * is another one of the same name */
gboolean crm_import_drop_other (CrmImportWriter *self,
                                const CrmRecordType *type,
                                const char *ref,
                                gint64 *id,
                                GError **error);

/* Relations of record @id to records that may come further down in the file wait for the end */
void crm_import_defer (CrmImportWriter *self, CrmImportRow *row, gint64 id);
gboolean crm_import_deferred_flush (CrmImportWriter *self, GError **error);

/* @id: 0 where there is none (yet) */
gboolean crm_import_find_company (CrmImportWriter *self,
                                  const CrmImportRow *row,
                                  gint64 *id,
                                  GError **error);
/* After crm_import_find_company() found none; @id stays 0 where the row says nothing of a company
 * */
gboolean crm_import_create_company (CrmImportWriter *self,
                                    const CrmImportRow *row,
                                    gint64 *id,
                                    GError **error);
gboolean crm_import_has_company (const CrmImportRow *row);
/* The domain of a new company: the one that was named, else that of a work address, if it is free; %NULL
 * for none */
gboolean crm_import_choose_domain (CrmImportWriter *self,
                                   const CrmImportRow *row,
                                   const char **domain,
                                   GError **error);

/**
 * crm_import_match:
 * @company_id: of the row, 0 for none, -1 for one that is still to be made
 * @id: (out): the live record that the row is about, or 0
 * @trashed: (out): where there is none, one in the trash, or 0
 *
 * Adds a problem to the row where it cannot be taken.
 */
gboolean crm_import_match (CrmImportWriter *self,
                           CrmImportRow *row,
                           gint64 company_id,
                           gint64 *id,
                           gint64 *trashed,
                           GError **error);

/* Brings the row's record back from the trash, or refuses the row where it has something that
 * another record has by now */
gboolean crm_import_restore (CrmImportWriter *self, CrmImportRow *row, gint64 id, GError **error);

/* Whether all the row says is in the record already */
gboolean crm_import_record_says_all (CrmImportWriter *self,
                                     const CrmImportRow *row,
                                     const CrmRecord *record,
                                     gint64 company_id);

/* Refuses the row where a unique value of it belongs to a record other than @id */
gboolean crm_import_check_unique (CrmImportWriter *self,
                                  CrmImportRow *row,
                                  gint64 id,
                                  GError **error);

/* By what the record is found from now on */
void crm_import_index_row (CrmImportWriter *self,
                           const CrmImportRow *row,
                           gint64 company_id,
                           gint64 id);

/* By what a record that came to life is found */
void crm_import_index_record (CrmImportWriter *self, const CrmRecord *record);

/* Updates wait until all rows about the same record were read: the last one counts, and a file that
 * says two things of one record changes nothing when it is read again. */
void crm_import_update_init (CrmImportWriter *self);
/* The row's note is made with it, unless there is such a one. @counts: whether it is a change anyway */
gboolean crm_import_update_add (CrmImportWriter *self,
                                CrmImportRow *row,
                                gint64 id,
                                gboolean counts,
                                GError **error);
/* Between two rows: writes what waits where it is much */
gboolean crm_import_update_make_room (CrmImportWriter *self, GError **error);
/* The row's record that the waiting update of @id belongs to: its rows count as updated with it */
void crm_import_update_add_owner (CrmImportWriter *self, gint64 id, gint64 owner);
gboolean crm_import_update_flush (CrmImportWriter *self, GError **error);

/* @text: (nullable): of a note about the record @id, without looking whether there is one */
gboolean crm_import_write_note (CrmImportWriter *self, const char *text, gint64 id, GError **error);

CrmImportReport *crm_import_report_new (void);
/* Another record of a type besides the imported one was made */
void crm_import_report_count_related (CrmImportReport *report, gint64 type_id);
/* @created and @updated more of them */
void crm_import_report_add_related (CrmImportReport *report,
                                    gint64 type_id,
                                    gint64 created,
                                    gint64 updated);
void crm_import_report_add (CrmImportReport *report, CrmProblem *problem);

G_END_DECLS
