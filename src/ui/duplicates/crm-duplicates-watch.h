/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/* Looks for duplicates now and then while the session's store is open, as often as the workspace says, and tells in a toast
 * how many there are. Main thread; does nothing the second time. */
void crm_duplicates_watch (CrmSession *session);

/* Once, now: where it is time */
void crm_duplicates_watch_look (CrmSession *session);

G_END_DECLS
