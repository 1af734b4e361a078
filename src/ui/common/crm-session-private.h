/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

typedef struct _CrmSessionUndo CrmSessionUndo;

struct _CrmSession
{
  GObject parent_instance;

  CrmStore *store;
  GSettings *settings;
  guint n_acts; /* under way, but for undo and redo */
  GQueue undos; /* of CrmSessionUndo: asked for while something else was under way */
  CrmSessionUndo *undo; /* the one under way */
};

/* crm-session.c */

/* With an Undo button that takes back @act_id; 0: no button */
void _crm_session_emit_toast (CrmSession *self, const char *title, gint64 act_id);
/* The window presents it above itself */
void _crm_session_show_dialog (CrmSession *self, GtkWindow *dialog);
/* Something has begun or ended: undo waits for the acts before it */
void _crm_session_begin_act (CrmSession *self);
void _crm_session_end_act (CrmSession *self);
void _crm_session_notify_acting (CrmSession *self);

/* crm-session-undo.c */

/* Begins the next undo that waits, where nothing else is under way */
void _crm_session_continue_undos (CrmSession *self);
void _crm_session_clear_undos (CrmSession *self);

G_END_DECLS
