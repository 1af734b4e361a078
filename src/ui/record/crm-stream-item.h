/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-timeline.h"

G_BEGIN_DECLS

/**
 * CrmStreamItem:
 *
 * Something that happened to a record, or is to be done about it, as its page shows it.
 */
typedef struct
{
  CrmTimelineEntry *entry; /* (nullable): of a task that is open, which is listed before all else */
  gint64 id; /* of the note, task or activity; 0 for a change */
  gboolean task;
  gint64 time; /* milliseconds UTC */
  const char *icon; /* symbolic icon name */
  char *text;
  char *detail; /* (nullable): who, how long, what else was said */
  char *from; /* (nullable): where a merge brought it from */
  char *due; /* (nullable): of a task, ISO */
  gboolean done;
  gboolean undone;
} CrmStreamItem;

void crm_stream_item_free (CrmStreamItem *self);

/* All of them block. */

/* A page of what happened, newest first; see crm_timeline_get_page(). Tasks that are open are left out.
 * (element-type CrmStreamItem) */
GPtrArray *crm_stream_item_read_page (CrmStore *store,
                                      gint64 record_id,
                                      guint kinds,
                                      const char *after,
                                      guint limit,
                                      char **next,
                                      GCancellable *cancellable,
                                      GError **error);

/* What is pinned, of these kinds. (element-type CrmStreamItem) */
GPtrArray *crm_stream_item_read_pinned (CrmStore *store,
                                        gint64 record_id,
                                        guint kinds,
                                        GCancellable *cancellable,
                                        GError **error);

/* By when they are due, those without a date last. (element-type CrmStreamItem) */
GPtrArray *crm_stream_item_read_open_tasks (CrmStore *store,
                                            gint64 record_id,
                                            guint limit,
                                            GCancellable *cancellable,
                                            GError **error);

G_END_DECLS
