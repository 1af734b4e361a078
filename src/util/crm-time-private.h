/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "crm-date-names-private.h"

G_BEGIN_DECLS

/**
 * CrmTime:
 * @ms: since the start of the day
 * @has_offset: whether the text names a zone
 * @offset: milliseconds that the zone is ahead of UTC
 */
typedef struct
{
  gint64 ms;
  gboolean has_offset;
  gint64 offset;
} CrmTime;

/**
 * crm_time_scan:
 * @text: "14:30", "14:30:00.123Z", "2:30 PM", "143000+0200", up to @end
 * @daytime: AM or PM where it stood before the time, else unknown
 *
 * Returns: whether all of @text is a time
 */
gboolean crm_time_scan (const char *text, const char *end, CrmDateWord daytime, CrmTime *time);

G_END_DECLS
