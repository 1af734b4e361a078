/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_STREAM_NOTE,
  CRM_STREAM_TASK,
  CRM_STREAM_ACTIVITY, /* a call, a meeting, a message */
  CRM_STREAM_CHANGE, /* of a field of the record itself */
} CrmStreamKind;

/**
 * CrmStreamItem:
 *
 * Something that happened to a record, or is to be done about it.
 */
typedef struct
{
  CrmStreamKind kind;
  gint64 id; /* of the note, task or activity; 0 for a change */
  gint64 time; /* milliseconds UTC; of an open task: when it was created */
  const char *icon; /* symbolic icon name */
  char *text;
  char *detail; /* (nullable): who, how long, what else was said */
  char *due; /* (nullable): of a task, ISO */
  gboolean done;
} CrmStreamItem;

void crm_stream_item_free (CrmStreamItem *self);

/* Open tasks first, by when they are due; then everything else, newest first. Blocks.
 * @more: (out): whether there was more than @limit of any kind. (element-type CrmStreamItem) */
GPtrArray *crm_stream_item_read (CrmStore *store,
                                 gint64 record_id,
                                 guint limit,
                                 gboolean *more,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
