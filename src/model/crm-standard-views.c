/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-standard-views.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"

/* API names here are a contract with users' scripts. A deal is open while it was not closed, in whatever pipeline. */
static const CrmStandardView standard_views[] = {
  { 3, "people", "not_contacted", N_ ("Not Contacted for 90 Days"), "crm-clock-symbolic",
    CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"emails\"},"
    "{\"field\":\"phones\"},{\"field\":\"status\"},{\"field\":\"last_contacted\"}],"
    "\"filter\":\"not last_contacted = last 90 days\","
    "\"sort\":[{\"field\":\"last_contacted\"}]}" },
  { 3, "people", "leads_this_week", N_ ("Leads of This Week"), "crm-star-symbolic", CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"emails\"},"
    "{\"field\":\"lead_source\"},{\"field\":\"owner\"},{\"field\":\"created_at\"}],"
    "\"filter\":\"status = lead and created_at = this week\","
    "\"sort\":[{\"field\":\"created_at\",\"descending\":true}],\"group\":\"lead_source\"}",
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"emails\"},"
    "{\"field\":\"lead_source\"},{\"field\":\"owner\"},{\"field\":\"created_at\"}],"
    "\"filter\":\"status = lead and created_at = this week\","
    "\"sort\":[{\"field\":\"created_at\",\"descending\":true}]}" },
  { 3, "people", "newsletter", N_ ("Newsletter Subscribers"), "crm-mail-symbolic", CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"emails\"},{\"field\":\"company\"},"
    "{\"field\":\"language\"},{\"field\":\"consent_date\"}],"
    "\"filter\":\"newsletter = true\",\"sort\":[{\"field\":\"name\"}]}" },
  { 3, "deals", "my_open_deals", N_ ("My Open Deals"), "crm-deals-symbolic", CRM_VIEW_BOARD,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"amount\"},"
    "{\"field\":\"stage\"},{\"field\":\"close_date\"}],"
    "\"filter\":\"owner = me and closed_at empty\",\"sort\":[{\"field\":\"close_date\"}],"
    "\"group\":\"stage\"}" },
  { 3, "deals", "closing_this_month", N_ ("Closing This Month"), "crm-calendar-symbolic",
    CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"amount\"},"
    "{\"field\":\"stage\"},{\"field\":\"probability\"},{\"field\":\"close_date\"},"
    "{\"field\":\"owner\"}],"
    "\"filter\":\"close_date = this month and closed_at empty\","
    "\"sort\":[{\"field\":\"close_date\"}],"
    "\"options\":{\"totals\":{\"amount\":\"sum\"}}}",
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"amount\"},"
    "{\"field\":\"stage\"},{\"field\":\"probability\"},{\"field\":\"close_date\"},"
    "{\"field\":\"owner\"}],"
    "\"filter\":\"close_date = this month and closed_at empty\","
    "\"sort\":[{\"field\":\"close_date\"}]}" },
  { 3, "deals", "stale_deals", N_ ("Stale Deals"), "crm-flag-symbolic", CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"name\"},{\"field\":\"company\"},{\"field\":\"amount\"},"
    "{\"field\":\"stage\"},{\"field\":\"last_activity\"},{\"field\":\"owner\"}],"
    "\"filter\":\"closed_at empty and not last_activity = last 30 days"
    " and not created_at = last 30 days\","
    "\"sort\":[{\"field\":\"last_activity\"}]}" },
  { 3, "tasks", "due_today", N_ ("Due Today"), "crm-today-symbolic", CRM_VIEW_TABLE,
    "{\"columns\":[{\"field\":\"title\"},{\"field\":\"due\"},{\"field\":\"priority\"},"
    "{\"field\":\"about\"},{\"field\":\"assignee\"}],"
    "\"filter\":\"due = today and not status = done\","
    "\"sort\":[{\"field\":\"due\"},{\"field\":\"priority\",\"descending\":true}]}" },
};

static gboolean
add_view (CrmConnection *connection, const CrmStandardView *view, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (
      connection,
      "INSERT INTO view (id, type_id, name, label, icon, layout, query, standard, position)"
      " SELECT (SELECT coalesce (max (id), 0) + 1 FROM view), t.id, ?2, ?3, ?4, ?5, ?6, 1,"
      " (SELECT coalesce (max (position), 0) + 1 FROM view WHERE type_id = t.id)"
      " FROM record_type AS t WHERE t.name = ?1 AND t.standard = 1 AND NOT EXISTS"
      " (SELECT 1 FROM view AS v WHERE v.type_id = t.id AND v.name = ?2 AND v.state = 0)",
      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_text (statement, 1, view->type);
  crm_statement_bind_text (statement, 2, view->name);
  crm_statement_bind_text (statement, 3, _ (view->label));
  crm_statement_bind_text (statement, 4, view->icon);
  crm_statement_bind_text (statement, 5, crm_view_layout_to_name (view->layout));
  crm_statement_bind_text (statement, 6, view->query);

  return crm_statement_run (statement, error);
}

/* A view that nobody edited becomes what it is now */
static gboolean
renew_view (CrmConnection *connection, const CrmStandardView *view, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (
      connection,
      "UPDATE view SET icon = coalesce (icon, ?3), query = ?4 WHERE name = ?2 AND standard = 1"
      " AND state = 0 AND query IN (?4, ?5) AND type_id IN"
      " (SELECT id FROM record_type WHERE name = ?1 AND standard = 1)",
      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_text (statement, 1, view->type);
  crm_statement_bind_text (statement, 2, view->name);
  crm_statement_bind_text (statement, 3, view->icon);
  crm_statement_bind_text (statement, 4, view->query);
  crm_statement_bind_text (statement, 5, view->former);

  return crm_statement_run (statement, error);
}

const CrmStandardView *
crm_standard_views_find (const char *type, const char *name)
{
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (standard_views); i++)
    if (strcmp (standard_views[i].type, type) == 0 && strcmp (standard_views[i].name, name) == 0)
      return &standard_views[i];

  return NULL;
}

gboolean
crm_standard_views_add (CrmConnection *connection, gint64 version, GError **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (standard_views); i++)
    if (standard_views[i].since > version ? !add_view (connection, &standard_views[i], error)
                                          : !renew_view (connection, &standard_views[i], error))
      return FALSE;

  return TRUE;
}
