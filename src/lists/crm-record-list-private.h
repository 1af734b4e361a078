/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-grouped-ids-private.h"
#include "crm-record-list.h"

G_BEGIN_DECLS

struct _CrmRecordList
{
  GObject parent_instance;

  CrmStore *store;
  const CrmCatalogue *catalogue; /* that was seen last; the store keeps it */
  CrmQuery *query;
  GArray *
      columns; /* CrmColumn, nullable; shared with workers and rows, so replaced and never changed */
  gulong changed_handler;

  GArray *groupings; /* CrmGrouping, of the next query; nullable, and never empty */
  GArray *summed; /* CrmColumn; likewise */
  CrmGroupedIds *grouped; /* nullable: what there is has no groups */
  GHashTable *collapsed; /* of utf8: keys of groups */
  guint n_folds; /* how often that has changed */

  GArray *
      ids; /* of gint64, negative for headings; shared with workers, so replaced and never changed */
  GHashTable *rows; /* gint64 * → CrmRow, weak */
  GHashTable *pages; /* index → Page, of the present ids */
  GQueue recent_pages;
  GHashTable *stale; /* of gint64: rows whose record is to be read again */
  gint64 complete_id; /* of the record that is read with all its addresses; 0 for none */

  GCancellable *query_cancellable;
  GCancellable *fetch_cancellable;
  guint generation;
  guint fetch_source;
  guint trim_source;
  gboolean fetching;
  gboolean loading;
  gboolean answered; /* the present query, once at least */
  gboolean query_again;

  CrmRecordListLook look; /* nullable: the list is not smooth */
  gpointer look_data;
  guint slice;
  GArray *coming; /* nullable: the ids of which the present ones are the first */
  gboolean coming_is_answer; /* to the present query, which is finished when they are there */
  guint coming_source;
  GError *error;
};

/* crm-record-list.c */
void _crm_record_list_set_loading (CrmRecordList *self, gboolean loading);
/* Where an id is; G_MAXUINT for nowhere */
guint _crm_record_list_find_id (GArray *ids, gint64 id);
void _crm_record_list_emit_loaded (CrmRecordList *self);
void _crm_record_list_emit_replacing (CrmRecordList *self);

/* crm-record-list-pages.c */

/* (transfer none): the row at a position, whose page is fetched if it was not */
CrmRow *_crm_record_list_require_row (CrmRecordList *self, guint position);
/* The id of a row in the middle of what was asked for last; 0 for none */
gint64 _crm_record_list_get_recent_id (CrmRecordList *self);
void _crm_record_list_drop_pages (CrmRecordList *self);
/* The record is read again in the next fetch, if anyone holds its row */
void _crm_record_list_mark_stale (CrmRecordList *self, gint64 id);
void _crm_record_list_mark_all_stale (CrmRecordList *self);
void _crm_record_list_queue_fetch (CrmRecordList *self);

/* crm-record-list-query.c */
void _crm_record_list_cancel_query (CrmRecordList *self);
void _crm_record_list_run_query (CrmRecordList *self);
void _crm_record_list_run_query_again (CrmRecordList *self);
/* Replaces the present ids, by @steps (nullable) that lead from them to @ids */
void _crm_record_list_apply_ids (CrmRecordList *self, GArray *ids, GArray *steps);
/* One items_changed; takes @ids, the ids after it */
void _crm_record_list_emit_step (CrmRecordList *self,
                                 GArray *ids,
                                 guint position,
                                 guint removed,
                                 guint added);

/* The ids are in place, or there is an error */
void _crm_record_list_finish_query (CrmRecordList *self);

/* crm-record-list-smooth.c */

/* Whether the present ids are better replaced without the steps (nullable). @again: the question was the same */
gboolean _crm_record_list_is_smoother (CrmRecordList *self, GArray *steps, gboolean again);
/* Replaces the present ids, and then finishes the query, at once or a moment later */
void _crm_record_list_answer_smoothly (CrmRecordList *self, GArray *ids, gboolean again);
/* As _crm_record_list_emit_step(), but for a large step where rows are to stay; takes @ids */
void _crm_record_list_step_smoothly (CrmRecordList *self,
                                     GArray *ids,
                                     guint position,
                                     guint removed,
                                     guint added);
/* Replaces them, or begins to, by what is no answer or not all of it */
void _crm_record_list_replace_smoothly (CrmRecordList *self, GArray *ids);
/* Adds what is coming at once, or not at all */
void _crm_record_list_add_coming (CrmRecordList *self);
void _crm_record_list_cancel_coming (CrmRecordList *self);

/* crm-record-list-groups.c */

/* Gives the row of a heading its words */
void _crm_record_list_update_heading (CrmRecordList *self, CrmRow *row);
/* Takes @grouped (nullable): what the present ids come from */
void _crm_record_list_take_grouped (CrmRecordList *self, CrmGroupedIds *grouped);
/* The fields of the records that say where their rows are, and what their headings tell. (transfer container) */
GPtrArray *_crm_record_list_list_placing_fields (CrmRecordList *self);

/* crm-record-list-news.c */
void _crm_record_list_store_changed_cb (CrmRecordList *self, const CrmNews *news);

G_END_DECLS
