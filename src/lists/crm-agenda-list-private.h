/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-agenda-list.h"

G_BEGIN_DECLS

/* A row as the list keeps it. A heading has the id 0, and how many records its day has in place of the minute. */
typedef CrmAgendaEntry CrmAgendaLine;

/* crm-agenda-row.c */

/* @rows: the list's identity map (gint64 * → CrmAgendaRow, neither owned), which the row leaves when it goes; @key: there */
CrmAgendaRow *crm_agenda_row_new (gint64 key, const CrmAgendaLine *line, GHashTable *rows);
void crm_agenda_row_set_line (CrmAgendaRow *self, const CrmAgendaLine *line);
void crm_agenda_row_set_record (CrmAgendaRow *self, CrmRecord *record);

G_END_DECLS
