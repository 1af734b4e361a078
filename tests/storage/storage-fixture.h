/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-database.h"
#include "crm-error.h"

/* A folder of its own for each test, removed behind it, and the name of a workspace in it */
typedef struct
{
  char *folder;
  char *path;
} StorageFixture;

void storage_fixture_set_up (StorageFixture *fixture, gconstpointer data);
void storage_fixture_tear_down (StorageFixture *fixture, gconstpointer data);

#define storage_test_add(path, func) \
  g_test_add (path, StorageFixture, NULL, storage_fixture_set_up, func, storage_fixture_tear_down)

/* A file in the folder. (transfer full) */
char *storage_fixture_get_file (StorageFixture *fixture, const char *name);

/* Makes or opens the workspace at @path; the test fails where that fails */
CrmDatabase *storage_open (const char *path);

/* Runs SQL in a write transaction, in maintenance, and as a query of one number; what fails, fails
 * the test */
void storage_write (CrmDatabase *database, const char *sql);
void storage_maintain (CrmDatabase *database, const char *sql);
gboolean storage_try_write (CrmDatabase *database, const char *sql, GError **error);
gint64 storage_query (CrmDatabase *database, const char *sql);

/* A query of one text; (transfer full) (nullable) */
char *storage_query_text (CrmDatabase *database, const char *sql, const char *parameter);

/* A CrmConnectionFunc that executes its data as SQL */
gboolean storage_execute (CrmConnection *connection, gpointer sql, GError **error);

/* Runs @func in a child process and returns its id; the child ends with what @func returns */
typedef int (*StorageChildFunc) (const char *path, int pipe);
pid_t storage_fork (StorageChildFunc func, const char *path, int *pipe);
int storage_wait (pid_t child);
