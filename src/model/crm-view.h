/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-groups.h"
#include "crm-query.h"
#include "crm-schema.h"

G_BEGIN_DECLS

/**
 * CrmViewQuery:
 *
 * What a view shows, read from and written to the JSON that the workspace keeps:
 *
 *   {"columns": [{"field": "name", "width": 240}, {"field": "company.city"}],
 *    "filter": "stage = Proposal", "sort": [{"field": "amount", "descending": true}],
 *    "group": "close_date:week,stage", "options": {"density": "compact"}}
 *
 * Every member may be missing. Members that this version does not know are kept, so that those of a newer
 * version survive. Fields are API names with dots between them, which need not be there any more.
 * Used by one thread at a time.
 */
typedef struct _CrmViewQuery CrmViewQuery;

typedef struct
{
  char *field; /* a path: "company.city" */
  int width; /* pixels; 0: as wide as it likes */
} CrmViewColumn;

typedef struct
{
  char *field;
  gboolean descending;
} CrmViewSort;

typedef struct
{
  char *field;
  CrmBucket bucket; /* dates */
  gboolean descending;
} CrmViewGroup;

CrmViewQuery *crm_view_query_new (void);
/* %NULL with %CRM_ERROR_INVALID_VALUE where @text is not of the form above. (transfer full) */
CrmViewQuery *crm_view_query_parse (const char *text, GError **error);
CrmViewQuery *crm_view_query_copy (CrmViewQuery *self);
/* Whether both say the same, in whatever order their members were set */
gboolean crm_view_query_equal (CrmViewQuery *a, CrmViewQuery *b);
/* What was made of @former in two places: @theirs, with what is different in @mine. (transfer full) */
CrmViewQuery *crm_view_query_merge (CrmViewQuery *mine, CrmViewQuery *former, CrmViewQuery *theirs);
void crm_view_query_free (CrmViewQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmViewQuery, crm_view_query_free)

/* JSON on one line; the same for the same content. (transfer full) */
char *crm_view_query_to_text (CrmViewQuery *self);

/* (element-type CrmViewColumn) (transfer none); changed by these functions only */
GPtrArray *crm_view_query_get_columns (CrmViewQuery *self);
void crm_view_query_clear_columns (CrmViewQuery *self);
void crm_view_query_add_column (CrmViewQuery *self, const char *field, int width);

/* Filter text, see crm_filter_parse(); %NULL for none */
const char *crm_view_query_get_filter (CrmViewQuery *self);
void crm_view_query_set_filter (CrmViewQuery *self, const char *filter);

/* (element-type CrmViewSort) (transfer none), the first one counting most */
GPtrArray *crm_view_query_get_sorts (CrmViewQuery *self);
void crm_view_query_clear_sorts (CrmViewQuery *self);
void crm_view_query_add_sort (CrmViewQuery *self, const char *field, gboolean descending);

/* By what records are put together in a table, as text: fields or paths with commas between them, of dates how
 * finely, - in front for descending: "-close_date:week,company.city". %NULL for none */
const char *crm_view_query_get_group (CrmViewQuery *self);
void crm_view_query_set_group (CrmViewQuery *self, const char *group);
/* The same in parts. (element-type CrmViewGroup) (transfer full) */
GPtrArray *crm_view_query_get_groups (CrmViewQuery *self);
void crm_view_query_clear_groups (CrmViewQuery *self);
void crm_view_query_add_group (CrmViewQuery *self,
                               const char *field,
                               CrmBucket bucket,
                               gboolean descending);
/* Those that are there and fit, at most two. (transfer full) (element-type CrmGrouping) */
GArray *crm_view_query_make_groupings (CrmViewQuery *self,
                                       const CrmCatalogue *catalogue,
                                       const CrmRecordType *type);
/* See crm_view_query_check() */
gboolean crm_view_query_check_groups (CrmViewQuery *self,
                                      const CrmCatalogue *catalogue,
                                      const CrmRecordType *type,
                                      GError **error);

/* What a layout keeps for itself. (transfer none) (nullable); @value is taken, %NULL for none */
JsonNode *crm_view_query_get_option (CrmViewQuery *self, const char *name);
void crm_view_query_set_option (CrmViewQuery *self, const char *name, JsonNode *value);

/* Whether everything that @self names is there in @type: %CRM_ERROR_UNKNOWN_NAME or %CRM_ERROR_BAD_FILTER */
gboolean crm_view_query_check (CrmViewQuery *self,
                               CrmStore *store,
                               const CrmRecordType *type,
                               GError **error);

/**
 * crm_view_query_make_query:
 * @columns: (out) (optional) (transfer full) (element-type utf8): the paths of its columns
 * @skipped: (out) (optional) (transfer full) (element-type utf8): what it names that is not there any more
 *
 * The records of @type that it shows, in its order. Fields, options and records that were removed since are passed
 * over; the view keeps them, for they may come back.
 *
 * Returns: (transfer full): %NULL where its filter cannot be read
 */
CrmQuery *crm_view_query_make_query (CrmViewQuery *self,
                                     CrmStore *store,
                                     const CrmRecordType *type,
                                     GPtrArray **columns,
                                     GPtrArray **skipped,
                                     GError **error);

/* The same of a view as it is saved; %NULL where that cannot be read */
CrmQuery *crm_view_make_query (CrmStore *store,
                               const CrmView *view,
                               GPtrArray **columns,
                               GPtrArray **skipped,
                               GError **error);

/* Acts, of the kind %CRM_ACT_VIEW */

/* What a new view is, or what is to be different of one; NULL, -1 and KEEP stay as they are */
typedef struct
{
  const char *name; /* API name, new views only; NULL: made of the label */
  const char *label;
  const char *icon; /* "" for none */
  int layout; /* CrmViewLayout */
  CrmSchemaSwitch favorite;
  CrmViewQuery *query; /* checked by crm_view_query_check() */
} CrmViewChange;

#define CRM_VIEW_CHANGE_INIT \
  {                          \
    .layout = -1             \
  }

/* The new view comes last. @view: (out) (optional) */
gboolean crm_view_add (CrmTransaction *transaction,
                       const CrmRecordType *type,
                       const CrmViewChange *change,
                       const CrmView **view,
                       GError **error);
gboolean crm_view_set (CrmTransaction *transaction,
                       const CrmView *view,
                       const CrmViewChange *change,
                       GError **error);
/* A view of the user's own that is like @view, behind it. @label: (nullable): made of @view's */
gboolean crm_view_duplicate (CrmTransaction *transaction,
                             const CrmView *view,
                             const char *label,
                             const CrmView **copy,
                             GError **error);
/* @before: (nullable): NULL for the end */
gboolean crm_view_move (CrmTransaction *transaction,
                        const CrmView *view,
                        const CrmView *before,
                        GError **error);
gboolean crm_view_remove (CrmTransaction *transaction, const CrmView *view, GError **error);
/* As it was shipped. %CRM_ERROR_INVALID_VALUE for a view that was not */
gboolean crm_view_reset (CrmTransaction *transaction, const CrmView *view, GError **error);

G_END_DECLS
