/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-action-bar.h"
#include "crm-board.h"
#include "crm-calendar.h"
#include "crm-filter-bar.h"
#include "crm-list-page.h"
#include "crm-selection.h"
#include "crm-totals-bar.h"
#include "crm-totals.h"
#include "crm-view-button.h"
#include "crm-view-layouts.h"
#include "crm-view-notice.h"
#include "crm-view-options.h"
#include "crm-view-state.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

/* The cell that is edited */
typedef struct
{
  GtkWidget *editor; /* (nullable): in the cell, or on its way to where its row went */
  GtkWidget *popover; /* (nullable): or below it */
  gint64 id;
  const char *path; /* interned */
  const CrmField *field;
  gboolean waiting; /* for what became of the value */
  CrmRow *awaited; /* (nullable): editing begins when all of its addresses are read */
  gboolean by_tab;
  guint source;
} CrmCellEdit;

struct _CrmListPage
{
  AdwBin parent_instance;

  CrmViewButton *view_button;
  GtkWidget *back_button;
  GtkWidget *new_button;
  GtkToggleButton *search_button;
  CrmViewLayouts *layouts;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  CrmViewNotice *notice;
  CrmViewOptions *options;
  CrmFilterBar *filter_bar;
  CrmWidthBin *width_bin;
  GtkStack *stack; /* table, compact, board, calendar, empty, no-matches, error */
  GtkColumnView *table;
  GtkListView *compact;
  AdwStatusPage *empty_page;
  GtkButton *empty_new_button;
  AdwStatusPage *no_matches_page;
  GtkWidget *clear_search_button;
  GtkWidget *clear_filter_button;
  AdwStatusPage *error_page;
  CrmTotalsBar *totals_bar;
  GtkLabel *footer;
  GtkRevealer *action_revealer;
  CrmActionBar *action_bar;
  GMenuModel *context_menu;
  GMenu *value_menu; /* its part about the cell */

  CrmBoard *board; /* nullable */
  CrmCalendar *calendar; /* nullable; made when it is first shown */

  CrmSession *session;
  const CrmRecordType *type;
  CrmViewState *state;
  CrmRecordList *list;
  CrmSelection *selection;
  char *title;
  const char *probed_path; /* which column's sorter was asked last */
  gboolean sorting; /* the table is told what is sorted by */
  gboolean updating_columns; /* by us, not by the user */
  guint write_source; /* columns that the user moved or resized are on their way into the state */
  const char *active_path; /* (nullable): the column that the cell cursor is in; interned */
  GtkWidget
      *described_row; /* (nullable): the row that has the focus, told what its active cell shows */
  CrmCellEdit edit;
  guint edge_column; /* whose edge was pressed last */
  guint32 edge_time; /* and when; 0: not lately */
  GtkWidget *column_chooser; /* (nullable): a popover, made when it is first needed */
  char *insert_after; /* (nullable): the column that what is chosen there comes behind */
  gboolean loaded;
  GError *error; /* why nothing can be asked */
  gint64 total; /* of the type, whatever is searched for; -1: not known */
  GPtrArray *members; /* (nullable) of CrmRecord: those that it can be assigned to */
  GCancellable *cancellable;

  GSimpleActionGroup *total_choices; /* a choice for each column that was ever there */
  GSimpleActionGroup *group_choices;
  guint n_total_cells; /* below as many columns */
  GArray *totals; /* CrmTotal: those whose values are known; nullable */
  GPtrArray *total_paths; /* interned, one for each */
  GPtrArray *total_values; /* utf8, likewise */
  guint totals_source;
  guint totals_generation;
  GCancellable *totals_cancellable;
};

/* crm-list-page.c */

/* Asks anew what the state shows */
void _crm_list_page_run_query (CrmListPage *self);
/* The part of the page that shows the present rows: table or compact list */
GtkWidget *_crm_list_page_get_view (CrmListPage *self);

/* crm-list-page-filter.c */

/* Whether the user filters: what a view is saved with does not count */
gboolean _crm_list_page_is_filtered (CrmListPage *self);
/* Says why there is nothing */
void _crm_list_page_update_no_matches (CrmListPage *self);
void _crm_list_page_update_filter_actions (CrmListPage *self);
/* The context menu is about the cell that @picked (nullable) is in */
void _crm_list_page_update_value_menu (CrmListPage *self, GtkWidget *picked);
/*
 * records.filter: asks for a field to filter by; records.edit-filter: opens the window for the whole filter;
 * records.clear-filter; records.filter-by (s): opens the condition on a path, "" for that of the active cell;
 * records.add-filter (s): filters by a condition more, which is filter text; records.filter-by-value,
 * records.hide-value: by what the active cell shows.
 */
void _crm_list_page_class_install_filter_actions (GtkWidgetClass *widget_class);

/* crm-list-page-columns.c */

/* What is there but columns */
void _crm_list_page_set_up_table (CrmListPage *self);
/* The columns and what is sorted by, as the state has them */
void _crm_list_page_update_columns (CrmListPage *self);

/* When the page goes: no column may keep the workspace */
void _crm_list_page_drop_cells (CrmListPage *self);
/* How high the rows are */
void _crm_list_page_update_density (CrmListPage *self);
/* What of the table has the rows, which are its children */
GtkWidget *_crm_list_page_get_rows (CrmListPage *self);
guint _crm_list_page_get_n_columns (CrmListPage *self);
GtkColumnViewColumn *_crm_list_page_get_column (CrmListPage *self, guint position);
/* As a view has it: "name", "company.city" */
const char *_crm_list_page_get_column_path (CrmListPage *self, guint position);
gboolean _crm_list_page_find_column (CrmListPage *self, const char *path, guint *position);
/* What a column of the table shows; (nullable): there is none of that path */
const CrmColumn *_crm_list_page_get_crm_column (CrmListPage *self, const char *path);
/* Whether the column names the records; it is the first one and stays */
gboolean _crm_list_page_is_naming (CrmListPage *self, const char *path);
/* (transfer full) */
char *_crm_list_page_make_title (CrmListPage *self, const char *path);
/* As wide as what its loaded rows show */
void _crm_list_page_fit_column (CrmListPage *self, GtkColumnViewColumn *column);
/* @add: behind what is sorted by already, or in its place there */
void _crm_list_page_sort (CrmListPage *self, const char *path, gboolean descending, gboolean add);
gboolean _crm_list_page_is_sorted (CrmListPage *self, const char *path, gboolean *descending);

/* crm-list-page-header.c */

/* The title of a column, which is GTK's own; (transfer none) (nullable) */
GtkWidget *_crm_list_page_find_title (CrmListPage *self, const char *path);
/* What can be done with a column; (transfer full) */
GMenu *_crm_list_page_make_column_menu (CrmListPage *self, const CrmColumn *column);
void _crm_list_page_class_install_column_actions (GtkWidgetClass *widget_class);
/* Double clicks on the edges of columns */
void _crm_list_page_watch_edges (CrmListPage *self);

/* crm-list-page-cursor.c */

void _crm_list_page_add_cursor (CrmListPage *self);
/* The columns are others now. @position: of the active one, before */
void _crm_list_page_update_cursor (CrmListPage *self, guint position);
/* The column of the active cell, whether the table has the focus or not; (nullable): there are no columns */
const char *_crm_list_page_get_active_path (CrmListPage *self);
void _crm_list_page_activate_path (CrmListPage *self, const char *path);
/* The cell, or the row, of the table's focus; (nullable) */
GtkWidget *_crm_list_page_get_active_cell (CrmListPage *self);
CrmRow *_crm_list_page_get_active_row (CrmListPage *self);
/* The cell of a record; (nullable): there is none at present */
GtkWidget *_crm_list_page_find_cell (CrmListPage *self, gint64 id, const char *path);
/* Gives a cell the focus, wherever it is; FALSE where there is none */
gboolean _crm_list_page_move_to (CrmListPage *self, guint position, const char *path);

/* crm-list-page-clipboard.c */
void _crm_list_page_class_install_clipboard_actions (GtkWidgetClass *widget_class);

/* crm-list-page-edit.c */

/* Whether the cells of a column can be changed: those of the records' own fields, but what the program keeps */
gboolean _crm_list_page_is_editable (const CrmColumn *column);
/* Opens the editor of the active cell */
void _crm_list_page_edit_cell (CrmListPage *self);
gboolean _crm_list_page_is_editing (CrmListPage *self);
/* What was typed and not saved is given up */
void _crm_list_page_stop_editing (CrmListPage *self);

/* crm-list-page-groups.c */

/* Hands what the state groups by to the list, for its next query */
void _crm_list_page_update_groups (CrmListPage *self);
/* Whether headings are to sum something else than they do */
gboolean _crm_list_page_sums_others (CrmListPage *self);
/* Collapses or expands the group whose heading is there */
void _crm_list_page_toggle_heading (CrmListPage *self, guint position);
void _crm_list_page_add_group_controllers (CrmListPage *self);
void _crm_list_page_update_group_actions (CrmListPage *self);
void _crm_list_page_class_install_group_actions (GtkWidgetClass *widget_class);

/* What a column is grouped by; FALSE where it is not. @bucket is for dates only */
gboolean _crm_list_page_is_grouped_by (CrmListPage *self, const char *path, CrmBucket *bucket);
/* By this alone, or where it is grouped by that already, as finely as @bucket */
void _crm_list_page_group (CrmListPage *self, const char *path, CrmBucket bucket);
/* Within the groups that there are */
void _crm_list_page_group_within (CrmListPage *self, const char *path);
void _crm_list_page_ungroup (CrmListPage *self, const char *path);

/* crm-list-page-choices.c */

void _crm_list_page_set_up_choices (CrmListPage *self);
/* What is chosen, or which columns there are, is another */
void _crm_list_page_update_choices (CrmListPage *self);
/* What can be told of a column: None, Count, Sum…, the present one marked. (transfer full) */
GMenuModel *_crm_list_page_make_totals_menu (CrmListPage *self, const CrmColumn *column);
/* Group by This, and of dates how finely; nothing where that can't be done */
void _crm_list_page_append_grouping (GMenu *menu, const CrmColumn *column);

/* crm-list-page-footer.c */

void _crm_list_page_set_up_footer (CrmListPage *self);
void _crm_list_page_class_install_footer_actions (GtkWidgetClass *widget_class);
/* How many there are */
void _crm_list_page_update_footer (CrmListPage *self);
/* The columns, or what is to be told of them, are others */
void _crm_list_page_update_totals (CrmListPage *self);
/* The records may be others: in a moment */
void _crm_list_page_sum_up (CrmListPage *self);
void _crm_list_page_stop_totals (CrmListPage *self);
/* What is told of a column; FALSE for nothing */
gboolean _crm_list_page_get_total (CrmListPage *self, const char *path, CrmTotalFunc *func);
/* @name: of what is to be told, "" for nothing; what does not fit is passed over */
void _crm_list_page_set_total (CrmListPage *self, const char *path, const char *name);

/* crm-list-page-actions.c */
void _crm_list_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_list_page_update_actions (CrmListPage *self);
/* Right and middle clicks on rows, keys */
void _crm_list_page_add_controllers (CrmListPage *self);
/* Once there is a session */
void _crm_list_page_add_drag (CrmListPage *self);

/* crm-list-page-bulk.c */
void _crm_list_page_class_install_bulk_actions (GtkWidgetClass *widget_class);
void _crm_list_page_update_bulk_actions (CrmListPage *self);
/* Who it can be assigned to, found in a worker; and again where they were changed */
void _crm_list_page_list_members (CrmListPage *self);
void _crm_list_page_follow_members (CrmListPage *self, const CrmNews *news);

G_END_DECLS
