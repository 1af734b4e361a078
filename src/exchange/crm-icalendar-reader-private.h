/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/* Calendars (RFC 5545): events become activities, those to do tasks; two parts, where a file has both. What is
 * repeated comes once, with a warning, but for tasks that repeat in a way that tasks here can. An
 * exception of a series is an entry of its own. */
extern const CrmTableConverter crm_icalendar_converter;

G_END_DECLS
