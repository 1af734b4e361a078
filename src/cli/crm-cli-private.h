/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "crm-csv-writer.h"
#include "crm-export.h"
#include "crm-history.h"
#include "crm-import-mapping.h"
#include "crm-store.h"
#include "crm-table.h"

G_BEGIN_DECLS

/**
 * CrmCli:
 *
 * One run of the command line: its words and options, and the workspace once
 * it is opened.
 */
typedef struct
{
  const char *command;
  char **words; /* what is left behind the command and the options */
  guint n_words;

  char *workspace;
  gboolean is_new; /* this run made the workspace: it goes again where the run comes to nothing */
  gboolean is_unused; /* nothing was done with the workspace, whatever the exit status */
  char *format_name;
  CrmFormat format;
  GCancellable *cancellable;
  CrmStore *store;
} CrmCli;

/* A command sets @error, or returns the exit status: 0, or 1 where its output already says why nothing was done */
typedef int (*CrmCliFunc) (CrmCli *cli, GError **error);

/**
 * CrmCliCommand:
 * @entries: (nullable): options besides the general ones; their variables are static, for a process runs one command
 * @more_entries: (nullable): those that it has in common with other commands
 * @min_words, @max_words: how many words may follow
 */
typedef struct
{
  const char *name;
  const char *words;
  const char *summary;
  const GOptionEntry *entries;
  guint min_words;
  guint max_words;
  CrmCliFunc func;
  const GOptionEntry *more_entries;
} CrmCliCommand;

extern const CrmCliCommand crm_cli_record_commands[];
extern const CrmCliCommand crm_cli_edit_commands[];
extern const CrmCliCommand crm_cli_merge_commands[];
extern const CrmCliCommand crm_cli_history_commands[];
extern const CrmCliCommand crm_cli_schema_commands[];
extern const CrmCliCommand crm_cli_option_commands[];
extern const CrmCliCommand crm_cli_view_commands[];
extern const CrmCliCommand crm_cli_duplicates_commands[];
extern const CrmCliCommand crm_cli_exchange_commands[];
extern const CrmCliCommand crm_cli_export_commands[];
extern const CrmCliCommand crm_cli_read_commands[];
extern const CrmCliCommand crm_cli_mapping_commands[];
extern const CrmCliCommand crm_cli_trash_commands[];
extern const CrmCliCommand crm_cli_workspace_commands[];

/* Options of commands that read a file, and what they say of it */
extern const GOptionEntry crm_cli_file_entries[];
gboolean crm_cli_read_file_options (CrmTableOptions *options, GError **error);

/* Opens the workspace that options, environment and state name. */
gboolean crm_cli_open (CrmCli *cli, CrmStoreFlags flags, GError **error);

/* The word at @index as a record type or an id */
const CrmRecordType *crm_cli_get_type (CrmCli *cli, guint index, GError **error);
gboolean crm_cli_get_id (CrmCli *cli, guint index, gint64 *id, GError **error);
/* All words from @index on as ids; (transfer full) */
GArray *crm_cli_get_ids (CrmCli *cli, guint index, GError **error);

/* How an import maps columns; texts as they were typed, %NULL where nobody said */
typedef struct
{
  char *name;
  char *save;
  gboolean again;
  gboolean show;
  gboolean translate;
  char *date_order;
  char *decimal;
  char *currency;
} CrmCliMapping;

/* Its options, for a command's entries. @mapping is static. */
#define CRM_CLI_MAPPING_ENTRIES(mapping)                                                        \
  { "mapping",  0, 0, G_OPTION_ARG_STRING, &mapping.name, N_ ("A saved mapping of columns"),    \
    N_ ("NAME") },                                                                              \
      { "save-mapping", 0, 0, G_OPTION_ARG_STRING, &mapping.save, N_ ("Save where columns go"), \
        N_ ("NAME") },                                                                          \
      { "again",                                                                                \
        0,                                                                                      \
        0,                                                                                      \
        G_OPTION_ARG_NONE,                                                                      \
        &mapping.again,                                                                         \
        N_ ("Map columns as in the last import of the type"),                                   \
        NULL },                                                                                 \
      { "show-mapping",                                                                         \
        0,                                                                                      \
        0,                                                                                      \
        G_OPTION_ARG_NONE,                                                                      \
        &mapping.show,                                                                          \
        N_ ("Tell where columns go, import nothing"),                                           \
        NULL },                                                                                 \
      { "translate-options",                                                                    \
        0,                                                                                      \
        0,                                                                                      \
        G_OPTION_ARG_NONE,                                                                      \
        &mapping.translate,                                                                     \
        N_ ("Take values for options that other languages and programs call so"),               \
        NULL },                                                                                 \
      { "date-order",                                                                           \
        0,                                                                                      \
        0,                                                                                      \
        G_OPTION_ARG_STRING,                                                                    \
        &mapping.date_order,                                                                    \
        N_ ("How dates like 3/4/2026 are meant"),                                               \
        "dmy|mdy|ymd" },                                                                        \
      { "decimal",                                                                              \
        0,                                                                                      \
        0,                                                                                      \
        G_OPTION_ARG_STRING,                                                                    \
        &mapping.decimal,                                                                       \
        N_ ("How numbers like 1,234 are meant"),                                                \
        "comma|point" },                                                                        \
  {                                                                                             \
    "currency", 0, 0, G_OPTION_ARG_STRING, &mapping.currency,                                   \
        N_ ("The currency of amounts that name none"), N_ ("CODE")                              \
  }

/* First: a saved mapping, the last one, or one that the file is recognised by */
gboolean crm_cli_mapping_use (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error);
/* Then, and after single columns were mapped: how values are written */
gboolean crm_cli_mapping_set (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error);
/* After an import that took place */
gboolean crm_cli_mapping_keep (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error);
void crm_cli_mapping_print (CrmCli *cli, CrmImportPlan *plan);

/* Which records, and what of them; texts as they were typed, %NULL where nobody said */
typedef struct
{
  char *view;
  char *filter;
  char *sort;
  char *columns;
  gint64 limit;
} CrmCliSelection;

#define CRM_CLI_SELECTION_INIT \
  {                            \
    .limit = -1                \
  }

/* Its options, for a command's entries. @selection is static. */
#define CRM_CLI_SELECTION_ENTRIES(selection, columns_help)                                        \
  { "view",                                                                                       \
    0,                                                                                            \
    0,                                                                                            \
    G_OPTION_ARG_STRING,                                                                          \
    &selection.view,                                                                              \
    N_ ("A view: its columns, filter and order, where no option says otherwise"),                 \
    N_ ("NAME") },                                                                                \
      { "filter",   0, 0, G_OPTION_ARG_STRING, &selection.filter, N_ ("Only records that match"), \
        N_ ("EXPR") },                                                                            \
      { "sort",                                                                                   \
        0,                                                                                        \
        0,                                                                                        \
        G_OPTION_ARG_STRING,                                                                      \
        &selection.sort,                                                                          \
        N_ ("Order, - for descending"),                                                           \
        N_ ("FIELD,-FIELD") },                                                                    \
      { "columns", 0, 0, G_OPTION_ARG_STRING, &selection.columns, columns_help, N_ ("A,B") },     \
  {                                                                                               \
    "limit", 0, 0, G_OPTION_ARG_INT64, &selection.limit, N_ ("At most so many"), N_ ("N")         \
  }

/**
 * crm_cli_make_query:
 * @columns: (out) (optional) (transfer full) (nullable) (element-type CrmColumn): those that the options or the view name;
 *   %NULL where none do
 *
 * What a view names and is not there any more is told on standard error.
 */
CrmQuery *crm_cli_make_query (CrmCli *cli,
                              const CrmRecordType *type,
                              const CrmCliSelection *selection,
                              GArray **columns,
                              GError **error);

/* Whether @limit is a number of records, or -1 for all */
gboolean crm_cli_check_limit (gint64 limit, GError **error);

/* Whether @word is UTF-8, as all text of a workspace has to be */
gboolean crm_cli_check_text (const char *word, GError **error);

/* The titles of what follows, where it is CSV */
void crm_cli_print_titles (CrmCli *cli, const char *const *titles, guint n_titles);

/* JSON on standard output, indented, with a line's end; takes @node */
void crm_cli_print_json (JsonNode *node);
void crm_cli_print_record (CrmCli *cli, CrmRecord *record);

/* What @act_id did, in the contract's form; @conflicts (nullable) (element-type CrmConflict) */
void crm_cli_print_act (CrmCli *cli, gint64 act_id, gint64 records, GPtrArray *conflicts);

/* Tells on standard error what rules warn of: records that @record, which was just written, may be the same as */
void crm_cli_warn_of_twins (CrmCli *cli, CrmRecord *record);

/* Ids and change sets are strings */
void crm_cli_add_id (JsonBuilder *builder, const char *name, gint64 id);
/* UTC with "Z" */
void crm_cli_add_moment (JsonBuilder *builder, const char *name, gint64 ms);
/* @text: (nullable): null */
void crm_cli_add_text (JsonBuilder *builder, const char *name, const char *text);

G_END_DECLS
