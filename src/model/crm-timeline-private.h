/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history-private.h"
#include "crm-timeline.h"

G_BEGIN_DECLS

/* For crm-timeline*.c. */

/* A record whose history is told: the one that was asked for, then those that were merged into it */
typedef struct
{
  gint64 id;
  char *label; /* of a merged one */
  gint64 merged_at; /* 0 of the one that was asked for */
  gint64 merge_set;
} CrmTimelineSource;

/* What was told last: what is older is still to be told */
typedef struct
{
  gint64 set_id; /* the change set */
  gint source; /* and whose line of it, as index */
  gint64 time; /* of a note, task or activity */
  gint64 id;
} CrmTimelinePosition;

/**
 * CrmTimelineReader:
 *
 * What one call reads the timeline with. Errors are kept in @wording.
 */
typedef struct
{
  CrmWording wording;
  CrmConnection *connection;
  const CrmRecordType *type; /* NULL: nobody knows any more */
  gint64 record_id;
  GPtrArray *sources; /* (element-type CrmTimelineSource) */
  GHashTable *pins; /* a set of CrmRecordField: record and entry */
  GArray *batch; /* of what crm-timeline-acts.c reads next */
  guint batch_index;
  gint64 batch_before;
  CrmTimelinePosition told; /* of the acts */
  guint n_looked_at; /* change sets */
} CrmTimelineReader;

gboolean crm_timeline_reader_init (CrmTimelineReader *self,
                                   CrmStore *store,
                                   CrmConnection *connection,
                                   gint64 record_id,
                                   GError **error);
void crm_timeline_reader_clear (CrmTimelineReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmTimelineReader, crm_timeline_reader_clear)

/* %NULL for a record that is none of them */
const CrmTimelineSource *crm_timeline_reader_find_source (CrmTimelineReader *self, gint64 id);
gboolean crm_timeline_reader_is_pinned (CrmTimelineReader *self, gint64 record_id, gint64 entry_id);

void crm_timeline_change_free (CrmTimelineChange *change);
CrmTimelineEntry *crm_timeline_entry_new (CrmTimelineKind kind);
/* Says where the entry was brought from, unless it is the record's own */
void crm_timeline_entry_set_source (CrmTimelineEntry *self, const CrmTimelineSource *source);

/* crm-timeline-acts.c: lines of acts, newest first */

void crm_timeline_start_acts (CrmTimelineReader *self, const CrmTimelinePosition *position);
/* The next line; %NULL at the end. What leaves nothing to be told is passed over. */
CrmTimelineEntry *crm_timeline_next_act (CrmTimelineReader *self);
/* The line of one act alone; %NULL where it does not tell of the record */
CrmTimelineEntry *crm_timeline_make_act (CrmTimelineReader *self, gint64 record_id, gint64 act_id);

/* crm-timeline-linked.c: notes, tasks and activities */

/* At most @limit of those that are before @position, newest first. (transfer full) (element-type CrmTimelineEntry) */
GPtrArray *crm_timeline_read_linked (CrmTimelineReader *self,
                                     guint kinds,
                                     const CrmTimelinePosition *position,
                                     guint limit);
/* %NULL where the record is none of them, or not about this one */
CrmTimelineEntry *crm_timeline_make_linked (CrmTimelineReader *self, gint64 linked_id);

G_END_DECLS
