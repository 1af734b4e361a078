/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/* Says once in the life of the session's store, in a toast with Review, that it is time to look after the data, where it
 * is. Main thread; reads in a worker. */
void crm_quality_remind (CrmSession *session);

G_END_DECLS
