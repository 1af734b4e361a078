/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "test-model.h"

G_BEGIN_DECLS

/* Writes @text as a file into the workspace's folder; (transfer full): its path */
char *test_write_csv (TestWorkspace *test, const char *name, const char *text);

/* Imports @text into @type (NULL: guessed) as it is proposed */
CrmImportReport *test_import (TestWorkspace *test, const char *type, const char *text);

/* The same twice: the second time nothing may change. Returns the first report. */
CrmImportReport *test_import_twice (TestWorkspace *test, const char *type, const char *text);

#define test_assert_counts(report, n_created, n_updated, n_unchanged, n_rejected) \
  G_STMT_START                                                                    \
  {                                                                               \
    g_assert_cmpint ((report)->created, ==, n_created);                           \
    g_assert_cmpint ((report)->updated, ==, n_updated);                           \
    g_assert_cmpint ((report)->unchanged, ==, n_unchanged);                       \
    g_assert_cmpint ((report)->rejected, ==, n_rejected);                         \
  }                                                                               \
  G_STMT_END

gint64 test_count (TestWorkspace *test, const char *type);

/* The only live record that the filter finds; (transfer full) */
CrmRecord *test_find (TestWorkspace *test, const char *type, const char *filter);

/* That record's field as crm_value_to_text() writes it */
void test_assert_value (TestWorkspace *test,
                        const char *type,
                        const char *filter,
                        const char *field,
                        const char *expected);

/* "row severity column" of each problem, one a line; (transfer full) */
char *test_list_problems (CrmImportReport *report);

/* A plan of a file with @text, to be changed before it is run; (transfer full) */
CrmImportPlan *test_plan_new (TestWorkspace *test, const char *type, const char *text);
CrmImportReport *test_plan_run (CrmImportPlan *plan, gboolean dry_run);
/* Previews it, runs it, takes it back and brings it back: the preview told all of it */
CrmImportReport *test_plan_run_around (TestWorkspace *test, CrmImportPlan *plan);

G_END_DECLS
