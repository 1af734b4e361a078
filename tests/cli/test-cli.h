/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The program in a world of its own: a temporary folder that is home, state and data. */
typedef struct
{
  char *folder;
  char *workspace;
  char *output; /* of the last run */
  char *errors;
} TestCli;

TestCli *test_cli_new (void);
void test_cli_free (TestCli *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCli, test_cli_free)

/* Runs `crm --workspace … ARGUMENTS`; returns the exit status. NULL-terminated. */
int test_cli_run (TestCli *test, ...) G_GNUC_NULL_TERMINATED;

/* The same with --format json; what was printed is parsed. Fails where the status is not @status. */
JsonNode *test_cli_json (TestCli *test, int status, ...) G_GNUC_NULL_TERMINATED;

/* Writes a file into the folder; (transfer full) its path */
char *test_cli_write (TestCli *test, const char *name, const char *text, gssize size);

/* "id" of the object that was printed */
char *test_cli_get_id (JsonNode *node);
const char *test_cli_get_string (JsonNode *node, const char *member);
gint64 test_cli_get_int (JsonNode *node, const char *member);

G_END_DECLS
