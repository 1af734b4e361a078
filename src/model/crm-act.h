/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmActKind:
 *
 * What a user did. An act is worded from its kind, its record and field
 * when it is read (crm_act_get_label()), so that nothing personal is stored in it.
 */
typedef enum
{
  CRM_ACT_CREATE,
  CRM_ACT_EDIT,
  CRM_ACT_IMPORT,
  CRM_ACT_TRASH,
  CRM_ACT_RESTORE,
  CRM_ACT_DESTROY,
  CRM_ACT_MERGE,
  CRM_ACT_UNDO,
  CRM_ACT_REDO,
  CRM_ACT_TYPE, /* a type was added, changed or removed */
  CRM_ACT_FIELD, /* likewise a field or option */
  CRM_ACT_DEMO,
  CRM_ACT_UNMERGE,
  CRM_ACT_VIEW, /* a view was added, changed or removed */
  CRM_ACT_PIN, /* an entry of a record's timeline was pinned or let go */
  CRM_ACT_DISTINCT, /* records were said not to be duplicates of each other */
  CRM_ACT_RULE, /* likewise a rule by which duplicates are prevented */
} CrmActKind;

const char *crm_act_kind_to_name (CrmActKind kind); /* as stored */
CrmActKind crm_act_kind_from_name (const char *name);

typedef enum
{
  CRM_SOURCE_WINDOW,
  CRM_SOURCE_COMMAND_LINE,
  CRM_SOURCE_IMPORT,
  CRM_SOURCE_DEMO,
  CRM_SOURCE_PROGRAM,
} CrmSource;

const char *crm_source_to_name (
    CrmSource source); /* as stored: "window", "command line", "import" … */
CrmSource crm_source_from_name (const char *name);

/**
 * CrmAct:
 *
 * One line of the history.
 */
typedef struct
{
  gint64 id;
  CrmActKind kind;
  gint64 time; /* milliseconds UTC */
  gint64 actor; /* member, or 0 */
  char *actor_label;
  CrmSource source;
  gint64 type_id; /* of that record, or what else it was about; 0 where it was about none */
  gint64 record_id; /* the only or first record, or 0 */
  gint64 records; /* how many it touched */
  gint64 undoes; /* of an undo or redo: the act it is about, or 0 */
  gint64 undone_by; /* 0 while it is in force */
  char *label; /* worded: "Imported 60 people", "Stage: Meeting → Proposal" */
} CrmAct;

#define CRM_TYPE_ACT (crm_act_get_type ())
GType crm_act_get_type (void);
CrmAct *crm_act_copy (const CrmAct *self);
void crm_act_free (CrmAct *self);

/* Whether it is in force and of a kind that undo takes back: not an undo or redo itself, and not what
 * was deleted for good */
gboolean crm_act_can_be_undone (const CrmAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmAct, crm_act_free)

G_END_DECLS
