/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-problem.h"

CrmProblem *
crm_problem_new (gint64 row,
                 const char *column,
                 const char *value,
                 CrmSeverity severity,
                 const char *message)
{
  CrmProblem *self;

  g_return_val_if_fail (message != NULL, NULL);

  self = g_new (CrmProblem, 1);
  self->row = row;
  self->column = g_strdup (column);
  self->value = g_strdup (value);
  self->message = g_strdup (message);
  self->severity = severity;

  return self;
}

void
crm_problem_free (CrmProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->column);
  g_free (self->value);
  g_free (self->message);
  g_free (self);
}
