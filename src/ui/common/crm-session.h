/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmSession:
 *
 * What the widgets of one window know of the world: the open workspace, the
 * settings of this computer, and how to get somewhere else, to tell something
 * and to take something back. The window makes it and hands it to its pages;
 * nothing about it is global. Several windows on one workspace have a session
 * each and share the store.
 *
 * Main thread only. Nothing here blocks.
 */
#define CRM_TYPE_SESSION (crm_session_get_type ())
G_DECLARE_FINAL_TYPE (CrmSession, crm_session, CRM, SESSION, GObject)

CrmSession *crm_session_new (CrmStore *store, GSettings *settings);

CrmStore *crm_session_get_store (CrmSession *self); /* (transfer none) */
GSettings *crm_session_get_settings (CrmSession *self); /* (transfer none) */

/* The workspace's name for people; (transfer full) */
char *crm_session_get_workspace_name (CrmSession *self);

/* Navigation: the window answers the signals of the same name. */

/**
 * CrmSession::open-record:
 * @id: a record of any type and state
 * @new_window: in a window of its own
 */
void crm_session_open_record (CrmSession *self, gint64 id, gboolean new_window);

/**
 * CrmSession::open-act:
 * @act_id: one of the history
 */
void crm_session_open_act (CrmSession *self, gint64 act_id);

/**
 * CrmSession::open-draft:
 * @type: (type gpointer): the type of the new record
 * @field: (type gpointer) (nullable): a relation of @type that is to point to @related_id, or another field that is to be
 *   @value
 * @related_id: a record, or 0
 * @value: (nullable)
 */
void crm_session_open_draft (CrmSession *self,
                             const CrmRecordType *type,
                             const CrmField *field,
                             gint64 related_id);
void crm_session_open_draft_with_value (CrmSession *self,
                                        const CrmRecordType *type,
                                        const CrmField *field,
                                        CrmValue *value);

/**
 * CrmSession::go-back:
 *
 * What the page shows is gone (moved to trash, a draft that was given up): show what was before it.
 */
void crm_session_go_back (CrmSession *self);

/**
 * CrmSession::show-place:
 * @place: the API name of a type, a part of its records ("people?city = Brno", see crm_filter_parse()), or one
 *   of the places of crm-navigator.h
 */
void crm_session_show_place (CrmSession *self, const char *place);

/* Telling */

/**
 * CrmSession::job-begun:
 * @row: a #CrmJobRow
 */
/**
 * CrmSession::job-ended:
 * @row: a #CrmJobRow
 */

/**
 * crm_session_begin_job:
 * @title: what it is, "Backing up…"
 * @cancellable: what the row's Cancel cancels
 *
 * Shows long work at the bottom of the sidebar until crm_session_end_job(). Its fraction is told by
 * crm_job_row_progress().
 *
 * Returns: (transfer full): a #CrmJobRow
 */
GtkWidget *crm_session_begin_job (CrmSession *self, const char *title, GCancellable *cancellable);
/* Takes @row */
void crm_session_end_job (CrmSession *self, GtkWidget *row);

/**
 * CrmSession::show-toast:
 * @toast: an #AdwToast, floating until the window adds it to its overlay
 */
void crm_session_show_toast (CrmSession *self, const char *title);

/* The same with an Undo button that takes back @act_id; 0: no button */
void crm_session_show_undo_toast (CrmSession *self, const char *title, gint64 act_id);

/* Shows the error's sentence as a toast; a cancellation and %NULL are passed over */
void crm_session_report_error (CrmSession *self, const GError *error);

/**
 * CrmSession::show-dialog:
 * @dialog: a modal window, which is presented once its parent is set
 */

/* Acts. Each runs in a worker, then shows a toast with what it did or what was wrong; where it takes long, it is a
 * job that can be cancelled. */

/* Whether one of them is under way; property "acting", which notifies */
gboolean crm_session_get_acting (CrmSession *self);

/**
 * crm_session_undo / crm_session_redo:
 *
 * Of the newest act that was done in a window, as Ctrl+Z does. What is under way is waited for.
 *
 * All four ask, field by field, where what they would change was changed since, and show long work as
 * a job that can be cancelled.
 */
void crm_session_undo (CrmSession *self);
void crm_session_redo (CrmSession *self);
/* Of any act, however old */
void crm_session_undo_act (CrmSession *self, gint64 act_id);
void crm_session_redo_act (CrmSession *self, gint64 act_id);

/* Moves records of any type to the trash, with an Undo toast; @callback (nullable) tells the end,
 * see crm_session_act_finish() */
void crm_session_trash (CrmSession *self,
                        const gint64 *ids,
                        guint n_ids,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
void crm_session_merge (CrmSession *self,
                        const CrmRecordType *type,
                        const gint64 *ids,
                        guint n_ids,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * CrmLongActFunc:
 * @progress: to be told how far it is, with @progress_data
 * @act_id: (out): what the toast's Undo takes back; 0: there is nothing to take back
 *
 * An act on many records, in a worker.
 *
 * Returns: (transfer full): what was done, for people: "Changed 34 people"; %NULL with @error
 */
typedef char *(*CrmLongActFunc) (CrmStore *store,
                                 gpointer data,
                                 CrmProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 gint64 *act_id,
                                 GError **error);

/* @title: what is being done, "Changing 34 people…"; @data_free: (nullable): frees @data, in the main thread */
void crm_session_run_act (CrmSession *self,
                          const char *title,
                          CrmLongActFunc func,
                          gpointer data,
                          GDestroyNotify data_free,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* Whether it was done; the error was shown already */
gboolean crm_session_act_finish (CrmSession *self, GAsyncResult *result);

/**
 * crm_session_write_async:
 * @kind: what the user does
 * @func: does it, in the writer's thread
 * @data: for @func
 * @data_free: (nullable): frees @data, in the main thread
 *
 * An act with crm_store_write() in a worker, source %CRM_SOURCE_WINDOW. Shows nothing: the caller of
 * crm_session_write_finish() says what became of it.
 */
void crm_session_write_async (CrmSession *self,
                              CrmActKind kind,
                              CrmWriteFunc func,
                              gpointer data,
                              GDestroyNotify data_free,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* @write_result: (out caller-allocates) (optional): to be cleared; filled in on success and on %CRM_ERROR_TAKEN */
gboolean crm_session_write_finish (CrmSession *self,
                                   GAsyncResult *result,
                                   CrmWriteResult *write_result,
                                   GError **error);

G_END_DECLS
