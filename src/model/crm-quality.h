/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-quality
 *
 * What there is to tidy up in a workspace: values that are written in different ways, values that cannot be
 * right, and what is missing, unused or forgotten. Works from the kinds and names of fields, so
 * types and fields of the user's own are looked at too. All functions block and may be called from any
 * thread.
 */

typedef enum
{
  /* Can be mended: the program knows what it should be */
  CRM_QUALITY_PHONE_FORM,
  CRM_QUALITY_EMAIL_FORM,
  CRM_QUALITY_DOMAIN_FORM,
  CRM_QUALITY_LINK_FORM,
  CRM_QUALITY_COUNTRY, /* one way to write each country */
  CRM_QUALITY_CASE, /* names in capitals or without any */
  CRM_QUALITY_SPACES, /* more than one in a row, or around a text */
  /* People have to look */
  CRM_QUALITY_INVALID_PHONE,
  CRM_QUALITY_INVALID_EMAIL,
  CRM_QUALITY_MISSING,
  CRM_QUALITY_UNTOUCHED,
  /* Found are fields, which can be removed */
  CRM_QUALITY_EMPTY_FIELDS,
} CrmQualityTopic;

/**
 * CrmQualityCheck:
 * @fields: (element-type CrmField): those that are looked at; of %CRM_QUALITY_EMPTY_FIELDS all that could be removed
 * @months: of %CRM_QUALITY_UNTOUCHED
 * @country_codes: of %CRM_QUALITY_COUNTRY: most of the countries are written as codes, so all are to be
 *
 * One thing to look after in one type. Immutable, reference counted.
 */
typedef struct
{
  CrmQualityTopic topic;
  const CrmRecordType *type;
  GPtrArray *fields;
  guint months;
  gboolean country_codes;
} CrmQualityCheck;

CrmQualityCheck *crm_quality_check_ref (CrmQualityCheck *self);
void crm_quality_check_unref (CrmQualityCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQualityCheck, crm_quality_check_unref)

/* "Phone numbers written in different ways", "Missing: City"; (transfer full) */
char *crm_quality_check_get_title (const CrmQualityCheck *self);
/* Whether crm_quality_mend() knows what to do */
gboolean crm_quality_check_can_mend (const CrmQualityCheck *self);

/* All there are, in the order of types; (transfer full) (element-type CrmQualityCheck) */
GPtrArray *crm_quality_list_checks (CrmStore *store, GCancellable *cancellable, GError **error);

/* How many records, or fields, it finds. Reads the whole type. */
gboolean crm_quality_count (CrmStore *store,
                            const CrmQualityCheck *check,
                            gint64 *count,
                            GCancellable *cancellable,
                            GError **error);

/* The ids of the records, or of the fields, in their order; (transfer full) (element-type gint64) */
GArray *crm_quality_find (CrmStore *store,
                          const CrmQualityCheck *check,
                          GCancellable *cancellable,
                          GError **error);

/**
 * CrmQualityFinding:
 * @id: the record, or of %CRM_QUALITY_EMPTY_FIELDS the field
 * @label: what it is called
 * @now: what is wrong, as people see it; may be empty
 * @after: (nullable): what it will be; %NULL where the program does not know, or nothing is wrong any more
 */
typedef struct
{
  gint64 id;
  char *label;
  char *now;
  char *after;
} CrmQualityFinding;

void crm_quality_finding_free (CrmQualityFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQualityFinding, crm_quality_finding_free)

/* For showing, in the order of @ids; what is gone is left out. (transfer full) (element-type CrmQualityFinding) */
GPtrArray *crm_quality_load (CrmStore *store,
                             const CrmQualityCheck *check,
                             const gint64 *ids,
                             guint n_ids,
                             GCancellable *cancellable,
                             GError **error);

/**
 * CrmQualityMended:
 * @act_id: 0 where nothing was to be changed
 * @n_mended: records, or fields
 * @n_left_out: those that could not be changed, because another one has the value, a rule forbids it or
 *   something else that is required is missing
 */
typedef struct
{
  gint64 act_id;
  gint64 n_mended;
  gint64 n_left_out;
} CrmQualityMended;

/**
 * crm_quality_mend:
 * @ids: of crm_quality_find(); each is looked at again under the lock
 * @progress: (nullable): called in another thread
 *
 * One act, which can be undone.
 */
gboolean crm_quality_mend (CrmStore *store,
                           const CrmQualityCheck *check,
                           const gint64 *ids,
                           guint n_ids,
                           CrmSource source,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           CrmQualityMended *mended,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
