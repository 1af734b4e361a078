/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CRM_SEVERITY_WARNING,
  CRM_SEVERITY_REJECTED,
} CrmSeverity;

/* Something about one row of a file, worded for a person */
typedef struct
{
  gint64 row; /* line of the file on which the record starts, from 1 */
  char *column; /* title, or NULL */
  char *value; /* as in the file, or NULL */
  char *message;
  CrmSeverity severity;
} CrmProblem;

CrmProblem *crm_problem_new (gint64 row,
                             const char *column,
                             const char *value,
                             CrmSeverity severity,
                             const char *message);
void crm_problem_free (CrmProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmProblem, crm_problem_free)

G_END_DECLS
