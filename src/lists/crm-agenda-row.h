/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-agenda.h"

G_BEGIN_DECLS

/**
 * CrmAgendaRow:
 *
 * A line of an agenda: a day as a heading, or a record on its day. Emits notify::record when the record arrives
 * or changes, or its time does.
 */
#define CRM_TYPE_AGENDA_ROW (crm_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmAgendaRow, crm_agenda_row, CRM, AGENDA_ROW, GObject)

guint32 crm_agenda_row_get_day (CrmAgendaRow *self);
/* 0: the heading of the day */
gint64 crm_agenda_row_get_id (CrmAgendaRow *self);
/* See #CrmAgendaEntry; of a heading how many records the day has */
gint32 crm_agenda_row_get_minute (CrmAgendaRow *self);
/* (transfer none) (nullable): NULL for a heading, and while loading */
CrmRecord *crm_agenda_row_get_record (CrmAgendaRow *self);

G_END_DECLS
