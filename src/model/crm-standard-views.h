/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/* A view that everybody gets */
typedef struct
{
  int since; /* version of the standard fields that brought it */
  const char *type;
  const char *name;
  const char *label; /* marked for translation */
  const char *icon; /* nullable */
  CrmViewLayout layout;
  const char *query; /* as crm_view_query_to_text() writes it */
  const char *former; /* nullable: as it was in an earlier version */
} CrmStandardView;

/* %NULL for none */
const CrmStandardView *crm_standard_views_find (const char *type, const char *name);

/* Adds those that are newer than @version, worded in the language of the moment, and renews older ones that nobody
 * edited. Not history, as with standard fields. A name that somebody took for a view is theirs. */
gboolean crm_standard_views_add (CrmConnection *connection, gint64 version, GError **error);

G_END_DECLS
