/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"
#include "crm-view.h"

G_BEGIN_DECLS

/* What of a view is different now */
typedef enum
{
  CRM_VIEW_PART_IDENTITY = 1 << 0, /* which saved view it is, its name and icon */
  CRM_VIEW_PART_COLUMNS = 1 << 1, /* which, in which order, how wide */
  CRM_VIEW_PART_FILTER = 1 << 2,
  CRM_VIEW_PART_SEARCH = 1 << 3,
  CRM_VIEW_PART_SORT = 1 << 4,
  CRM_VIEW_PART_GROUP = 1 << 5, /* the headings of the table */
  CRM_VIEW_PART_LAYOUT = 1 << 6,
  CRM_VIEW_PART_OPTIONS = 1 << 7,
  CRM_VIEW_PART_ALL = (1 << 8) - 1,
} CrmViewParts;

/**
 * CrmViewState:
 *
 * What a page shows of one type: a saved view or all records, with what the user changed of it and did not
 * save. Everything that shows or changes the list – columns, chips, board, calendar, menus – is about one of these
 * and follows its "changed".
 *
 * What was changed is kept from one start to the next. A change made to the saved view elsewhere is taken
 * over, part by part, unless the user has changed that part here.
 *
 * Properties: "modified" (boolean, read-only): different from what is saved; never for all records, which
 * nobody saves. Main thread only.
 */
#define CRM_TYPE_VIEW_STATE (crm_view_state_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewState, crm_view_state, CRM, VIEW_STATE, GObject)

/**
 * crm_view_state_new:
 * @view: (nullable): %NULL for all of the type
 * @filter: (nullable): filter text that is part of what is shown, whatever the user filters besides
 */
CrmViewState *crm_view_state_new (CrmSession *session,
                                  const CrmRecordType *type,
                                  const CrmView *view,
                                  const char *filter);

/**
 * CrmViewState::changed:
 * @parts: #CrmViewParts
 */

CrmSession *crm_view_state_get_session (CrmViewState *self); /* (transfer none) */
/* As it is in the present catalogue: ask again after "changed" */
const CrmRecordType *crm_view_state_get_record_type (CrmViewState *self);
/* As it is saved; %NULL for all of the type, and where the view was removed */
const CrmView *crm_view_state_get_view (CrmViewState *self);
/* What it is called: the view's name, or the type's */
const char *crm_view_state_get_title (CrmViewState *self);
gboolean crm_view_state_get_modified (CrmViewState *self);
/* Whether crm_view_state_revert() has anything to do */
gboolean crm_view_state_get_changed (CrmViewState *self);

/* As it is now: its columns, filter, sorts, groups and options. To be read only. (transfer none) */
CrmViewQuery *crm_view_state_get_query (CrmViewState *self);
CrmViewLayout crm_view_state_get_layout (CrmViewState *self);
const char *crm_view_state_get_search (CrmViewState *self); /* (nullable) */
/* Part of what is shown that the user cannot take off; (nullable) */
const char *crm_view_state_get_fixed_filter (CrmViewState *self);
/* Whether it shows less than all records of the type, searching aside */
gboolean crm_view_state_is_part (CrmViewState *self);

void crm_view_state_set_layout (CrmViewState *self, CrmViewLayout layout);
/* Words that all must be there; is not saved; (nullable) */
void crm_view_state_set_search (CrmViewState *self, const char *text);
/* Filter text, see crm_filter_parse(); (nullable) */
void crm_view_state_set_filter (CrmViewState *self, const char *filter);

/**
 * crm_view_state_edit:
 * @query: (transfer full): a changed copy of crm_view_state_get_query(), see crm_view_query_copy()
 * @parts: what is different in it
 *
 * Everything else is changed so.
 */
void crm_view_state_edit (CrmViewState *self, CrmViewQuery *query, CrmViewParts parts);

/**
 * crm_view_state_make_query:
 * @columns: (out) (optional) (transfer full) (element-type utf8): the paths of its columns that are there
 *
 * The records as they are to be shown now: view, fixed filter, search, in order. What a text names that is not there
 * any more is passed over.
 *
 * Returns: (transfer full): %NULL with %CRM_ERROR_BAD_FILTER
 */
CrmQuery *crm_view_state_make_query (CrmViewState *self, GPtrArray **columns, GError **error);

/* What was changed is forgotten */
void crm_view_state_revert (CrmViewState *self);

G_END_DECLS
