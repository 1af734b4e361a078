/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-agenda-row.h"

G_BEGIN_DECLS

/**
 * CrmAgendaList:
 *
 * A GListModel of #CrmAgendaRow: the records of a query day by day, by one of their dates. It holds their ids and
 * days, sixteen bytes a record, and reads the records of those rows that somebody looks at. What changes in the
 * workspace is followed; rows that stay are the same objects.
 *
 * Main thread only; nothing blocks.
 */
#define CRM_TYPE_AGENDA_LIST (crm_agenda_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmAgendaList, crm_agenda_list, CRM, AGENDA_LIST, GObject)

/**
 * CrmAgendaList::loaded:
 *
 * The rows are what was asked for last.
 */
CrmAgendaList *crm_agenda_list_new (CrmStore *store);

/* Which fields of records are read besides the label; (array length=n_fields) */
void crm_agenda_list_set_fields (CrmAgendaList *self,
                                 const CrmField *const *fields,
                                 guint n_fields);

/**
 * crm_agenda_list_set_query:
 * @query: (nullable): %NULL empties the list
 * @field: of the query's type, see crm_agenda_fits()
 * @first: the first day
 * @after: the day behind the last one
 * @headings: whether each day has a row of its own before its records
 *
 * The rows there are stay until the new ones are known.
 */
void crm_agenda_list_set_query (CrmAgendaList *self,
                                CrmQuery *query,
                                const CrmField *field,
                                guint32 first,
                                guint32 after,
                                gboolean headings);

/* Where the first row of @day or of the next one after it is; the number of rows where there is none */
guint crm_agenda_list_find_day (CrmAgendaList *self, guint32 day);
/* Where the record is first; %G_MAXUINT for nowhere */
guint crm_agenda_list_find (CrmAgendaList *self, gint64 id);
/* The day of the row at @position */
guint32 crm_agenda_list_get_day (CrmAgendaList *self, guint position);

G_END_DECLS
