/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-act.h"

#include "crm-text.h"

static const char *const kind_names[] = {
  [CRM_ACT_CREATE] = "create",     [CRM_ACT_EDIT] = "edit",       [CRM_ACT_IMPORT] = "import",
  [CRM_ACT_TRASH] = "trash",       [CRM_ACT_RESTORE] = "restore", [CRM_ACT_DESTROY] = "destroy",
  [CRM_ACT_MERGE] = "merge",       [CRM_ACT_UNDO] = "undo",       [CRM_ACT_REDO] = "redo",
  [CRM_ACT_TYPE] = "type",         [CRM_ACT_FIELD] = "field",     [CRM_ACT_DEMO] = "demo",
  [CRM_ACT_UNMERGE] = "unmerge",   [CRM_ACT_VIEW] = "view",       [CRM_ACT_PIN] = "pin",
  [CRM_ACT_DISTINCT] = "distinct", [CRM_ACT_RULE] = "rule",
};

static const char *const source_names[] = {
  [CRM_SOURCE_WINDOW] = "window",   [CRM_SOURCE_COMMAND_LINE] = "command line",
  [CRM_SOURCE_IMPORT] = "import",   [CRM_SOURCE_DEMO] = "demo",
  [CRM_SOURCE_PROGRAM] = "program",
};

G_DEFINE_BOXED_TYPE (CrmAct, crm_act, crm_act_copy, crm_act_free)

static guint
find_name (const char *const *names, guint n_names, const char *name, guint fallback)
{
  for (guint i = 0; i < n_names; i++)
    if (crm_text_equal (names[i], name))
      return i;

  return fallback;
}

const char *
crm_act_kind_to_name (CrmActKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

CrmActKind
crm_act_kind_from_name (const char *name)
{
  return find_name (kind_names, G_N_ELEMENTS (kind_names), name, CRM_ACT_EDIT);
}

const char *
crm_source_to_name (CrmSource source)
{
  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (source_names), NULL);

  return source_names[source];
}

CrmSource
crm_source_from_name (const char *name)
{
  return find_name (source_names, G_N_ELEMENTS (source_names), name, CRM_SOURCE_PROGRAM);
}

CrmAct *
crm_act_copy (const CrmAct *self)
{
  CrmAct *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->actor_label = g_strdup (self->actor_label);
  copy->label = g_strdup (self->label);

  return copy;
}

void
crm_act_free (CrmAct *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->actor_label);
  g_free (self->label);
  g_free (self);
}

gboolean
crm_act_can_be_undone (const CrmAct *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->undone_by == 0 && self->kind != CRM_ACT_UNDO && self->kind != CRM_ACT_REDO &&
         self->kind != CRM_ACT_DESTROY;
}
