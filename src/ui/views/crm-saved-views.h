/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-saved-views
 *
 * What can be done with saved views, from wherever it is asked for. Each is an act of its own that runs in a worker,
 * and tells by itself what became of it. Main thread only.
 */

/* As it is now. Of a state without a view nothing is saved. */
void crm_saved_views_save (CrmViewState *state);

/**
 * crm_saved_views_save_as:
 * @icon: (nullable): name of a symbolic icon
 *
 * Makes a view of what is shown, goes there, and sets @state back to what was saved.
 */
void crm_saved_views_save_as (CrmViewState *state, const char *label, const char *icon);

/* @icon: (nullable): %NULL leaves it as it is */
void crm_saved_views_rename (CrmSession *session,
                             const CrmView *view,
                             const char *label,
                             const char *icon);
void crm_saved_views_duplicate (CrmSession *session, const CrmView *view);
void crm_saved_views_set_favorite (CrmSession *session, const CrmView *view, gboolean favorite);
/* @before: (nullable): %NULL for the end */
void crm_saved_views_move (CrmSession *session, const CrmView *view, const CrmView *before);
void crm_saved_views_reset (CrmSession *session, const CrmView *view);
void crm_saved_views_remove (CrmSession *session, const CrmView *view);

/* Where @view can be moved by one place. @before: (out): for crm_saved_views_move() */
gboolean crm_saved_views_find_place (CrmSession *session,
                                     const CrmView *view,
                                     gboolean up,
                                     const CrmView **before);

/* Its place in the window: "deals/stale_deals". (transfer full) */
char *crm_saved_views_get_place (CrmSession *session, const CrmView *view);
/* The view of such a place; %NULL for any other place */
const CrmView *crm_saved_views_find (CrmSession *session, const char *place);
const char *crm_saved_views_get_icon (const CrmView *view);

G_END_DECLS
