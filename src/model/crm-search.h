/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  char *label;
  char *field_name; /* where it was found */
  char *snippet; /* the piece of that field around the hit */
} CrmSearchHit;

void crm_search_hit_free (CrmSearchHit *hit);

/**
 * crm_search:
 * @text: words; the last one is a prefix
 * @type: (nullable): only this type
 *
 * Best first: the name before other fields, whole words before beginnings, then what was changed
 * last.
 * Answers within tens of milliseconds at a million records.
 */
GPtrArray *crm_search (CrmStore *store,
                       const char *text,
                       const CrmRecordType *type,
                       guint limit,
                       GCancellable *cancellable,
                       GError **error);

/* The FTS5 MATCH expression for what a person typed; %NULL if nothing can be searched for.
 * (transfer full) */
char *crm_search_compile (const char *text);

/* The text that a record's search entry is made of, in its three columns: name, keys
 * (addresses, numbers, domains), all other text. Must give the same for the same values:
 * entries are removed by it. */
void crm_search_get_text (const CrmRecordType *type,
                          CrmValue *const *values,
                          GString *name,
                          GString *keys,
                          GString *rest);

/* Tells the index of a type that very many entries come, inside a write; and that they have come */
gboolean crm_search_set_bulk (CrmConnection *connection,
                              const CrmRecordType *type,
                              gboolean bulk,
                              GError **error);

/* Rebuilds the index of one type (nullable: all) inside a write */
gboolean crm_search_rebuild (CrmStore *store,
                             CrmConnection *connection,
                             const CrmRecordType *type,
                             GError **error);

G_END_DECLS
