/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"
#include "crm-query.h"
#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-duplicates
 *
 * Finds records that are the same thing, in records of any type and by all of their fields. What a field
 * tells is found out from the workspace itself: how often equal values meet by chance, and how often
 * the same thing has different ones. All functions block and may be called from any thread.
 */

/* Above this sureness groups are shown unless people choose another */
#define CRM_DUPLICATES_THRESHOLD 0.9
/* Above this sureness groups are proposed to be merged unseen */
#define CRM_DUPLICATES_SURE 0.995

/**
 * CrmDuplicateGroup:
 * @score: 0 to 1, how sure it is that these are one: the weakest link that was accepted
 * @ids: (element-type gint64): two or more live records, in the order of ids
 * @reasons: (element-type utf8): in the user's words, the strongest first: "same phone", "similar last name"
 */
typedef struct
{
  double score;
  GArray *ids;
  GPtrArray *reasons;
} CrmDuplicateGroup;

void crm_duplicate_group_free (CrmDuplicateGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateGroup, crm_duplicate_group_free)

/**
 * CrmDuplicateSearch:
 * @threshold: 0 to 1; 0 for %CRM_DUPLICATES_THRESHOLD
 * @query: (nullable): only records that it gives; its order is not used
 * @ids: (nullable) (element-type gint64): only these; before @query
 * @fields: (nullable) (element-type CrmField): compare only these; else all that can tell
 * @progress: (nullable): the done fraction, 0 to 1; called in the calling thread
 */
typedef struct
{
  double threshold;
  CrmQuery *query;
  GArray *ids;
  GPtrArray *fields;
  CrmProgressFunc progress;
  gpointer progress_data;
} CrmDuplicateSearch;

/**
 * crm_duplicates_find:
 * @search: (nullable): as if all of it were 0
 *
 * Reads the records at one moment, uses all processors and may take a minute at a million
 * records. What it learns of the fields is kept in the workspace for crm_duplicates_check(), where it can be written.
 *
 * Returns: (transfer full) (element-type CrmDuplicateGroup): the best first, no record in two of them
 */
GPtrArray *crm_duplicates_find (CrmStore *store,
                                const CrmRecordType *type,
                                const CrmDuplicateSearch *search,
                                GCancellable *cancellable,
                                GError **error);

/**
 * crm_duplicates_set_distinct:
 * @ids: two or more records: each is not the same as any other of them
 * @distinct: %FALSE takes it back
 *
 * One act, which can be undone. Records that are distinct are never in one group, nor told by crm_duplicates_check().
 */
gboolean crm_duplicates_set_distinct (CrmStore *store,
                                      const CrmRecordType *type,
                                      const gint64 *ids,
                                      guint n_ids,
                                      gboolean distinct,
                                      CrmSource source,
                                      GCancellable *cancellable,
                                      CrmWriteResult *result,
                                      GError **error);

/* Who was said not to be the same as @id; (transfer full) (element-type gint64) */
GArray *crm_duplicates_list_distinct (CrmStore *store,
                                      gint64 id,
                                      GCancellable *cancellable,
                                      GError **error);

/* Rules */

typedef enum
{
  CRM_DUPLICATE_LEVEL_NONE, /* of a twin: no rule says anything */
  CRM_DUPLICATE_LEVEL_WARN,
  CRM_DUPLICATE_LEVEL_FORBID, /* refused with %CRM_ERROR_TAKEN, whoever writes it */
} CrmDuplicateLevel;

typedef struct
{
  const CrmField *field;
  gboolean similar; /* else the same, apart from capitals, marks and the way it is written */
} CrmDuplicateRuleField;

/**
 * CrmDuplicateRule:
 * @id: 0 for a new one
 * @fields: (element-type CrmDuplicateRuleField): all of them have to be alike; one that is empty is not
 */
typedef struct
{
  gint64 id;
  const CrmRecordType *type;
  GArray *fields;
  CrmDuplicateLevel level;
} CrmDuplicateRule;

/* Whether values of @field can be compared, so that rules may name it */
gboolean crm_duplicate_rule_can_have (const CrmField *field);

CrmDuplicateRule *crm_duplicate_rule_new (const CrmRecordType *type, CrmDuplicateLevel level);
void crm_duplicate_rule_add_field (CrmDuplicateRule *self, const CrmField *field, gboolean similar);
void crm_duplicate_rule_free (CrmDuplicateRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateRule, crm_duplicate_rule_free)

/* "Same e-mail addresses and similar last name"; (transfer full) */
char *crm_duplicate_rule_describe (const CrmDuplicateRule *self);

/* Those in force, in order; (transfer full) (element-type CrmDuplicateRule). @type: (nullable): of all types */
GPtrArray *crm_duplicates_list_rules (CrmStore *store,
                                      const CrmRecordType *type,
                                      GCancellable *cancellable,
                                      GError **error);

/* Adds a rule, or changes the one that has its id. One act, which can be undone. @result's record count is 0. */
gboolean crm_duplicates_save_rule (CrmStore *store,
                                   CrmDuplicateRule *rule,
                                   CrmSource source,
                                   GCancellable *cancellable,
                                   CrmWriteResult *result,
                                   GError **error);

/* %CRM_ERROR_NOT_FOUND where there is no such rule */
gboolean crm_duplicates_remove_rule (CrmStore *store,
                                     gint64 rule_id,
                                     CrmSource source,
                                     GCancellable *cancellable,
                                     CrmWriteResult *result,
                                     GError **error);

/* While typing */

/**
 * CrmDuplicateTwin:
 * @probability: 0 to 1
 * @level: what the rules say
 * @reasons: (element-type utf8): in the user's words, the strongest first
 */
typedef struct
{
  gint64 id;
  char *label;
  double probability;
  CrmDuplicateLevel level;
  GPtrArray *reasons;
} CrmDuplicateTwin;

void crm_duplicate_twin_free (CrmDuplicateTwin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateTwin, crm_duplicate_twin_free)

/* Whose the twin is; (transfer full) (nullable): nobody's, or its type has no owners */
char *crm_duplicate_twin_read_owner (const CrmDuplicateTwin *self, CrmStore *store);

/**
 * crm_duplicates_check:
 * @fields: (array length=n_values): the fields that are filled so far
 * @values: (array length=n_values) (nullable elements)
 * @exclude_id: the record that is typed, 0 for a draft
 * @limit: how many at most
 *
 * Live records that may be what is being typed. Asks indexes only, so it answers while somebody types, at a
 * million records as at ten.
 *
 * Returns: (transfer full) (element-type CrmDuplicateTwin): what rules forbid first, then the likeliest;
 *   only those that are more likely than not, or that a rule tells of
 */
GPtrArray *crm_duplicates_check (CrmStore *store,
                                 const CrmRecordType *type,
                                 const CrmField *const *fields,
                                 CrmValue *const *values,
                                 guint n_values,
                                 gint64 exclude_id,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GError **error);

/* The same of @record, a stored one or a draft with the id 0, by all that it has */
GPtrArray *crm_duplicates_check_record (CrmStore *store,
                                        const CrmRecord *record,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GError **error);

/**
 * crm_duplicates_check_many:
 * @fields: (array length=n_fields)
 * @values: (nullable elements): of @n_rows rows of @n_fields values each, row after row
 * @limit: how many twins of a row at most
 * @progress: (nullable): the done fraction, 0 to 1; called in the calling thread
 *
 * What crm_duplicates_check() says, of many records that do not exist yet, such as the rows of a file. Those that exist
 * are read once, which takes some seconds at a million of them, and microseconds for a row then; where
 * the rows are few for that, indexes are asked for each. Rows are not compared with each other.
 *
 * Returns: (transfer full) (element-type GPtrArray): for each row its twins, (nullable) (element-type
 *   CrmDuplicateTwin); %NULL for one that has none
 */
GPtrArray *crm_duplicates_check_many (CrmStore *store,
                                      const CrmRecordType *type,
                                      const CrmField *const *fields,
                                      guint n_fields,
                                      CrmValue *const *values,
                                      guint n_rows,
                                      guint limit,
                                      CrmProgressFunc progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);

/* Merge Likely Duplicates */

/**
 * CrmSweepGroup:
 * @ids: (element-type gint64): the one that is kept first
 * @label: what the one that is kept is called
 */
typedef struct
{
  double score;
  GArray *ids;
  char *label;
} CrmSweepGroup;

void crm_sweep_group_free (CrmSweepGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSweepGroup, crm_sweep_group_free)

/**
 * crm_duplicates_plan_sweep:
 * @groups: (element-type CrmDuplicateGroup): of crm_duplicates_find()
 * @threshold: 0 to 1; those below are left out
 *
 * Returns: (transfer full) (element-type CrmSweepGroup): which would be merged into which
 */
GPtrArray *crm_duplicates_plan_sweep (CrmStore *store,
                                      const CrmRecordType *type,
                                      GPtrArray *groups,
                                      double threshold,
                                      CrmMergeKeep keep,
                                      GCancellable *cancellable,
                                      GError **error);

/**
 * crm_duplicates_sweep:
 * @plan: (element-type CrmSweepGroup)
 * @progress: (nullable): called in another thread
 * @n_merged: (out) (optional): groups that were merged. One whose records are not all live any more, or
 *   that were said to be distinct meanwhile, is left out.
 *
 * Merges all of it in one act: all or nothing, and one undo. Long texts are joined as the merge of a few proposes.
 */
gboolean crm_duplicates_sweep (CrmStore *store,
                               const CrmRecordType *type,
                               GPtrArray *plan,
                               CrmSource source,
                               CrmProgressFunc progress,
                               gpointer progress_data,
                               guint *n_merged,
                               GCancellable *cancellable,
                               CrmWriteResult *result,
                               GError **error);

/**
 * CrmDuplicatesSeen:
 * @time: when the whole of a type was searched last, milliseconds UTC; 0 for never
 * @groups: how many it found at %CRM_DUPLICATES_THRESHOLD
 * @records: live records of the type then
 */
typedef struct
{
  gint64 time;
  gint64 groups;
  gint64 records;
} CrmDuplicatesSeen;

/* What the last whole search found */
void crm_duplicates_get_seen (CrmStore *store, const CrmRecordType *type, CrmDuplicatesSeen *seen);

/* Now and then */

#define CRM_DUPLICATES_DAYS 7

/* Every how many days all is searched by itself; 0 for never. A setting of the workspace. */
guint crm_duplicates_get_days (CrmStore *store);
gboolean crm_duplicates_set_days (CrmStore *store, guint days, GError **error);

/* Types whose records may be entered twice; (transfer container) (element-type CrmRecordType) */
GPtrArray *crm_duplicates_list_types (CrmStore *store, GCancellable *cancellable, GError **error);

typedef struct
{
  const CrmRecordType *type;
  guint n_groups; /* at %CRM_DUPLICATES_THRESHOLD */
} CrmDuplicatesDue;

/* Searches the types for which it is time, where anything was changed since; may take long.
 * (transfer full) (element-type CrmDuplicatesDue): those that were searched */
GArray *crm_duplicates_look_when_due (CrmStore *store, GCancellable *cancellable, GError **error);

/* Makes rules count for all that is written through @store from now on; main calls it once a store is opened.
 * Does nothing the second time. */
void crm_duplicates_guard (CrmStore *store);

G_END_DECLS
