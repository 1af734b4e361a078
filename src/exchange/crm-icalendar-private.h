/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What calendars call the options of tasks and activities, by their API names. (transfer none) (nullable) */

const char *crm_icalendar_get_status (const char *option); /* "done": "COMPLETED" */
const char *crm_icalendar_find_status (const char *status); /* and back, in any case */

int crm_icalendar_get_priority (const char *option); /* "high": 3; 0 for none */
const char *crm_icalendar_find_priority (int priority); /* 1 is the highest, 9 the lowest */

/* Of a rule that says nothing but how often: "weekly": "FREQ=WEEKLY" */
const char *crm_icalendar_get_rule (const char *option);
const char *crm_icalendar_find_rule (const char *rule);

G_END_DECLS
