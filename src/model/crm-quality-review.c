/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-quality-review.h"

#define KEY_WEEKS "quality_weeks"
#define KEY_MONTHS "quality_months"
#define KEY_REVIEWED "quality_reviewed"

#define MAX_WEEKS 520
#define MAX_MONTHS 1200
#define WEEK (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

/* @fallback where it is not set, or no number in the range */
static gint64
get_number (CrmStore *store, const char *key, gint64 min, gint64 max, gint64 fallback)
{
  g_autofree char *text = crm_store_get_setting (store, key);
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, min, max, &number, NULL) ? number
                                                                                      : fallback;
}

static gboolean
set_number (CrmStore *store, const char *key, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return crm_store_set_setting (store, key, text, error);
}

static gboolean
read_beginning (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_query_int (connection, "SELECT time FROM act ORDER BY id LIMIT 1", 0, data,
                                   error);
}

guint
crm_quality_get_weeks (CrmStore *store)
{
  g_return_val_if_fail (CRM_IS_STORE (store), 0);

  return (guint) get_number (store, KEY_WEEKS, 0, MAX_WEEKS, CRM_QUALITY_WEEKS);
}

gboolean
crm_quality_set_weeks (CrmStore *store, guint weeks, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (weeks <= MAX_WEEKS, FALSE);

  return set_number (store, KEY_WEEKS, weeks, error);
}

guint
crm_quality_get_months (CrmStore *store)
{
  g_return_val_if_fail (CRM_IS_STORE (store), CRM_QUALITY_MONTHS);

  return (guint) get_number (store, KEY_MONTHS, 1, MAX_MONTHS, CRM_QUALITY_MONTHS);
}

gboolean
crm_quality_set_months (CrmStore *store, guint months, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (months >= 1 && months <= MAX_MONTHS, FALSE);

  return set_number (store, KEY_MONTHS, months, error);
}

gint64
crm_quality_get_reviewed (CrmStore *store)
{
  gint64 reviewed;

  g_return_val_if_fail (CRM_IS_STORE (store), 0);

  reviewed = get_number (store, KEY_REVIEWED, 1, G_MAXINT64, 0);
  if (reviewed == 0)
    crm_database_read (crm_store_get_database (store), read_beginning, &reviewed, NULL, NULL);

  return reviewed;
}

gboolean
crm_quality_set_reviewed (CrmStore *store, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return set_number (store, KEY_REVIEWED, crm_store_get_now (store), error);
}

guint
crm_quality_get_weeks_due (CrmStore *store)
{
  gint64 reviewed;
  gint64 weeks;
  guint wanted;

  g_return_val_if_fail (CRM_IS_STORE (store), 0);

  reviewed = crm_quality_get_reviewed (store);
  wanted = crm_quality_get_weeks (store);
  weeks = (crm_store_get_now (store) - reviewed) / WEEK;

  return reviewed != 0 && wanted != 0 && weeks >= wanted ? (guint) weeks : 0;
}
