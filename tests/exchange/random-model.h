/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-exchange.h"

G_BEGIN_DECLS

/**
 * SECTION:random-model
 *
 * What a workspace should hold, as simply as it can be said: a list of records, each with the texts of its
 * fields, and a list of the fields that the test writes. It knows nothing of SQL or history; what was before an act
 * is a copy.
 */

/* A field that the test writes */
typedef struct
{
  const char *type; /* interned API names */
  const char *name;
  CrmKind kind;
  gboolean unique;
  gboolean removed;
} ModelField;

typedef struct
{
  gint64 id;
  const char *type;
  CrmState state;
  GHashTable *values; /* interned field name -> GPtrArray of texts; missing where empty */
} ModelRow;

typedef struct
{
  GPtrArray *rows; /* (element-type ModelRow), by id */
  GArray *fields; /* of ModelField */
  GPtrArray *removed_types; /* interned names */
} Model;

Model *model_new (void);
Model *model_copy (const Model *self);
void model_free (Model *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Model, model_free)

void model_add_field (Model *self,
                      const char *type,
                      const char *name,
                      CrmKind kind,
                      gboolean unique);
/* %NULL where it was never added */
ModelField *model_find_field (Model *self, const char *type, const char *name);
gboolean model_has_type (const Model *self, const char *type);

ModelRow *model_add_row (Model *self, const char *type, gint64 id);
ModelRow *model_find_row (const Model *self, gint64 id);
/* The live value as people see it: without records that are not live. (transfer full) */
GPtrArray *model_get_visible (const Model *self, const ModelRow *row, const ModelField *field);
/* Takes @texts; of relations what is hidden stays behind them */
void model_set (Model *self, ModelRow *row, const ModelField *field, GPtrArray *texts);

/* What crm_merge() is to do to the first two of the same type */
void model_merge (Model *self, ModelRow *kept, ModelRow *other);
/* Each record that has the option @from gets @to */
void model_replace_option (Model *self, const ModelField *field, const char *from, const char *to);

/* Whether two live records have a unique value in common */
gboolean model_has_clash (const Model *self);
/* Whether this one field has such a value, if it were unique */
gboolean model_field_has_clash (const Model *self, const ModelField *field);

/* (transfer full) */
GPtrArray *model_texts_new (const char *first);
/* What a value of the workspace says. (transfer full) */
GPtrArray *model_read_value (const CrmValue *value);
/* And the other way round; ids of records and options as texts. (transfer full) (nullable) */
CrmValue *model_make_value (const CrmCatalogue *catalogue, const CrmField *field, GPtrArray *texts);

/* Fails where any record, or the list of live ones of any type, is not as @self has it */
void model_assert (const Model *self, TestWorkspace *test);

G_END_DECLS
