/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"
#include "crm-record-keys.h"
#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmImportIndex:
 *
 * What live records of one type are known by, those that the running import
 * has made among them. A big file reads all keys at once, a small one asks
 * for each; names are always read, when the first one is asked for.
 *
 * All functions append ids to @ids, oldest first.
 */
typedef struct _CrmImportIndex CrmImportIndex;

/* @company: (nullable): the relation that tells equal names apart. @n_rows: how many are to be
 * looked for */
CrmImportIndex *crm_import_index_new (CrmTransaction *transaction,
                                      const CrmRecordType *type,
                                      const CrmField *company,
                                      gint64 n_rows,
                                      GError **error);
void crm_import_index_free (CrmImportIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportIndex, crm_import_index_free)

/* Whether every question is answered from memory, so that the type's indexes are not needed */
gboolean crm_import_index_is_complete (CrmImportIndex *self);
gint64 crm_import_index_get_count (CrmImportIndex *self);

/* By normal form of an item or unique value, or by external id */
gboolean crm_import_index_find (CrmImportIndex *self,
                                const CrmField *field,
                                const char *key,
                                GArray *ids,
                                GError **error);
/* By normalised name, "" for records without one; with @company_id -1 whatever the company, else
 * that one, 0 being none */
gboolean crm_import_index_find_name (CrmImportIndex *self,
                                     const char *name,
                                     gint64 company_id,
                                     GArray *ids,
                                     GError **error);
gboolean crm_import_index_find_phone (CrmImportIndex *self,
                                      const CrmField *phones,
                                      const char *phone,
                                      const char *name,
                                      GArray *ids,
                                      GError **error);

/* A record with the key that was merged into another one; 0 for none */
gboolean crm_import_index_find_merged (CrmImportIndex *self,
                                       const CrmField *field,
                                       const char *key,
                                       gint64 *id,
                                       GError **error);

/* A record in the trash that has the key, or the name and company; 0 for none */
gboolean crm_import_index_find_trashed (CrmImportIndex *self,
                                        const CrmField *field,
                                        const char *key,
                                        gint64 *trashed,
                                        GError **error);
gboolean crm_import_index_find_trashed_name (CrmImportIndex *self,
                                             const char *name,
                                             gint64 company_id,
                                             gint64 *trashed,
                                             GError **error);

/* What a record is known by from now on */
void crm_import_index_add (CrmImportIndex *self, const CrmField *field, const char *key, gint64 id);
void crm_import_index_add_name (CrmImportIndex *self,
                                const char *name,
                                gint64 company_id,
                                gint64 id);
void crm_import_index_add_phone (CrmImportIndex *self,
                                 const char *phone,
                                 const char *name,
                                 gint64 id);

G_END_DECLS
