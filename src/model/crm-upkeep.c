/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-upkeep.h"

#include "crm-attachments.h"
#include "crm-backups.h"
#include "crm-error.h"
#include "crm-trash.h"

typedef gboolean (*ChoreFunc) (CrmStore *store, GCancellable *cancellable, GError **error);

static gboolean
back_up (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmBackup) backup = NULL;
  gboolean is_due;

  if (!crm_backups_is_due (store, &is_due, cancellable, error))
    return FALSE;
  if (!is_due)
    return TRUE;

  backup = crm_backups_make (store, CRM_BACKUP_DAILY, NULL, NULL, cancellable, error);
  return backup != NULL;
}

static gboolean
expire_trash (CrmStore *store, GCancellable *cancellable, GError **error)
{
  return crm_trash_expire (store, cancellable, NULL, error);
}

/* The backup comes first: it is of the day as it began */
static const struct
{
  const char *name;
  ChoreFunc run;
} chores[] = {
  { "backup", back_up },
  { "trash", expire_trash },
  { "erasing", crm_trash_erase },
  { "attachments", crm_attachments_sweep },
};

void
crm_upkeep_problem_free (CrmUpkeepProblem *self)
{
  g_error_free (self->error);
  g_free (self);
}

gboolean
crm_upkeep_run (CrmStore *store, GPtrArray *problems, GCancellable *cancellable)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  /* What is only looked at is left as it is */
  if (crm_database_is_read_only (crm_store_get_database (store)))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (chores); i++)
    {
      g_autoptr (GError) error = NULL;
      CrmUpkeepProblem *problem;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (chores[i].run (store, cancellable, &error) ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        continue;

      problem = g_new0 (CrmUpkeepProblem, 1);
      problem->chore = chores[i].name;
      problem->error = g_steal_pointer (&error);
      g_ptr_array_add (problems, problem);
    }

  return !g_cancellable_is_cancelled (cancellable);
}
