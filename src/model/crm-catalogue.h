/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-kind.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-catalogue
 *
 * The description of a workspace's record types. A #CrmCatalogue is an
 * immutable snapshot; every change of a type, field, option or view makes a
 * new one. The store keeps all snapshots of its life, so pointers to types, fields,
 * options and views stay valid as long as the store; compare them by id.
 * May be used from any thread.
 */
typedef struct _CrmCatalogue CrmCatalogue;
typedef struct _CrmRecordType CrmRecordType;
typedef struct _CrmField CrmField;
typedef struct _CrmOption CrmOption;
typedef struct _CrmView CrmView;

typedef enum
{
  CRM_FIELD_REQUIRED = 1 << 0,
  CRM_FIELD_UNIQUE = 1 << 1, /* among live records; of a repeated field: every item */
  CRM_FIELD_READ_ONLY = 1 << 2, /* kept by the program: people.name, created_at, last_contacted … */
  CRM_FIELD_SYSTEM = 1 << 3, /* on every type: created_at … external_id */
  CRM_FIELD_TIME = 1 << 4, /* a date that may have a local time: tasks.due */
  CRM_FIELD_STANDARD = 1 << 5, /* shipped, not a user's own */
  CRM_FIELD_SORT_KEY =
      1 << 6, /* has a stored, indexed ICU key k<id>: the field that names a record */
  CRM_FIELD_NO_YEAR = 1 << 7, /* a date that may lack the year: birthday */
  CRM_FIELD_PROBABILITY = 1 << 8, /* a percentage from 0 to 100 */
} CrmFieldFlags;

typedef enum
{
  CRM_OUTCOME_NONE, /* not a stage */
  CRM_OUTCOME_OPEN,
  CRM_OUTCOME_WON,
  CRM_OUTCOME_LOST,
} CrmOutcome;

typedef enum
{
  CRM_VIEW_TABLE,
  CRM_VIEW_BOARD,
  CRM_VIEW_CALENDAR,
} CrmViewLayout;

struct _CrmOption
{
  gint64 id;
  gint64 field_id;
  const char *name; /* API value */
  const char *label;
  const char
      *color; /* nullable, one of "blue" "green" "yellow" "orange" "red" "purple" "brown" "gray" */
  gint64 parent; /* a stage's pipeline option, or 0 */
  int probability; /* percent, or -1 */
  CrmOutcome outcome;
};

struct _CrmField
{
  gint64 id;
  gint64 type_id;
  const char *name; /* API name */
  const char *label;
  CrmKind kind;
  CrmFieldFlags flags;
  guint index; /* position among the type's fields: index into a record's values */
  gint64 target; /* relations: target type id, 0 for any */
  const char *reverse_name; /* relations: name of the other side, or NULL */
  const char *reverse_label;
  guint n_options;
  const CrmOption *const *options; /* in order, live ones only */
};

struct _CrmRecordType
{
  gint64 id;
  const char *name; /* "people" */
  const char *label; /* "Person" */
  const char *label_many; /* "People" */
  const char *icon; /* symbolic icon name */
  gboolean standard;
  const CrmField *label_field; /* the field that names a record */
  guint n_fields;
  const CrmField *const *fields; /* in order, live ones only */
  guint n_views;
  const CrmView *const *views; /* likewise */
};

/* A saved query, see crm-view.h */
struct _CrmView
{
  gint64 id;
  gint64 type_id;
  const char *name; /* API name */
  const char *label;
  const char *icon; /* symbolic icon name, or NULL */
  CrmViewLayout layout;
  gboolean favorite;
  gboolean standard; /* shipped, can be reset */
  const char *query; /* what crm_view_query_parse() reads */
};

/* As stored: "table", "board", "calendar". What a newer version calls otherwise is shown as a table. */
const char *crm_view_layout_to_name (CrmViewLayout layout);
gboolean crm_view_layout_from_name (const char *name, CrmViewLayout *layout);

CrmCatalogue *crm_catalogue_ref (CrmCatalogue *self);
void crm_catalogue_unref (CrmCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCatalogue, crm_catalogue_unref)

guint crm_catalogue_get_n_types (const CrmCatalogue *self);
const CrmRecordType *crm_catalogue_get_type_at (const CrmCatalogue *self, guint index);
const CrmRecordType *crm_catalogue_get_type (const CrmCatalogue *self, gint64 type_id);
/* By API name; %NULL if there is none */
const CrmRecordType *crm_catalogue_find_type (const CrmCatalogue *self, const char *name);
/* The same with %CRM_ERROR_UNKNOWN_NAME that lists the known ones */
const CrmRecordType *crm_catalogue_require_type (const CrmCatalogue *self,
                                                 const char *name,
                                                 GError **error);

const CrmField *crm_catalogue_get_field (const CrmCatalogue *self, gint64 field_id);
const CrmOption *crm_catalogue_get_option (const CrmCatalogue *self, gint64 option_id);
const CrmView *crm_catalogue_get_view (const CrmCatalogue *self, gint64 view_id);

/* By API name, the short names `email`, `phone`, `domain` included. %NULL if there is none */
const CrmField *crm_record_type_find_field (const CrmRecordType *type, const char *name);
const CrmField *crm_record_type_require_field (const CrmRecordType *type,
                                               const char *name,
                                               GError **error);

/* By API name, else by label in any case. %NULL if there is none */
const CrmView *crm_record_type_find_view (const CrmRecordType *type, const char *text);
/* The same with %CRM_ERROR_UNKNOWN_NAME that lists the known ones */
const CrmView *crm_record_type_require_view (const CrmRecordType *type,
                                             const char *text,
                                             GError **error);

/* The type of the records that @field, a relation or a member, leads to; %NULL where that can be any, and for other
 * fields */
const CrmRecordType *crm_catalogue_get_target (const CrmCatalogue *self, const CrmField *field);

/* The relation of another type that points to @type and is called @name on this side: "people" of
 * companies. %NULL if there is none. Its field belongs to the other type. */
const CrmField *crm_catalogue_find_reverse (const CrmCatalogue *self,
                                            const CrmRecordType *type,
                                            const char *name);
/* All of them: (transfer container) (element-type CrmField) */
GPtrArray *crm_catalogue_list_reverse (const CrmCatalogue *self, const CrmRecordType *type);

/* By label or API name in any case, within @parent if not 0. %NULL if there is none */
const CrmOption *crm_field_find_option (const CrmField *field, const char *text, gint64 parent);

G_END_DECLS
