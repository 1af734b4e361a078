/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmSalvageReport:
 * @records: how many records were saved, of all types and states
 * @lost_records: how many the history knows of that were not found
 * @lost_values: values of saved records that could not be read
 * @doubtful: saved records whose name is not the one they were sorted by: it may be wrong
 * @damaged_pages: pages of the file that cannot be read
 * @sentences: (element-type utf8): the same in words, type by type
 */
typedef struct
{
  gint64 records;
  gint64 lost_records;
  gint64 lost_values;
  gint64 doubtful;
  guint damaged_pages;
  GPtrArray *sentences;
} CrmSalvageReport;

void crm_salvage_report_free (CrmSalvageReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSalvageReport, crm_salvage_report_free)

/**
 * crm_salvage:
 * @path: a file that cannot be used, or not be trusted; it is only read
 * @new_path: a name that no file has
 * @progress: (nullable): called in the calling thread
 *
 * Makes a new workspace of everything that can still be read of a damaged one: table by table, row by
 * row, passing over damaged pages. What follows from something else is made anew. Attachments are
 * shared with the old workspace, as links where the file system can.
 *
 * Returns: (transfer full): what was saved and what was not; %NULL with %CRM_ERROR_NOT_A_WORKSPACE
 *   where nothing of a workspace was found, and @new_path is not there then
 */
CrmSalvageReport *crm_salvage (const char *path,
                               const char *new_path,
                               CrmProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

/**
 * crm_salvage_examine:
 *
 * What of a damaged file is damaged: "Damaged are parts of: People, the history." It is only read; takes the
 * time of reading it once.
 *
 * Returns: (transfer full): a sentence, or %NULL with @error
 */
char *crm_salvage_examine (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
