/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/* A workspace of its own in a temporary folder, for one test. What fails in these helpers fails the test. */
typedef struct
{
  CrmStore *store;
  char *folder;
} TestWorkspace;

/* g_test_init() in a fixed locale, so that labels are English */
void test_init (int *argc, char ***argv);

TestWorkspace *test_workspace_new (void);
void test_workspace_free (TestWorkspace *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestWorkspace, test_workspace_free)

/* With what is in it, such as folders of attached files */
void test_remove_folder (const char *folder);

const CrmRecordType *test_get_type (CrmTransaction *transaction, const char *name);

/* As the command line would read it: relations are looked up */
CrmValue *test_value (CrmTransaction *transaction, const CrmField *field, const char *text);

/* Pairs of field name and text, NULL-terminated; a field named again adds an item. Returns the id. */
gint64 test_create (TestWorkspace *test, const char *type, ...) G_GNUC_NULL_TERMINATED;
/* One act that sets one field of a record */
void test_update (TestWorkspace *test, gint64 id, const char *field, const char *text);

/* What crm_value_to_text() gives for a field, until the next call */
const char *test_get_text (const CrmRecord *record, const char *field);

/* @n people "Person 0" … with an e-mail address in one act, an import; the first one's id */
gint64 test_create_people (TestWorkspace *test, guint n);
CrmState test_get_state (TestWorkspace *test, gint64 id);

/* The newest act's id */
gint64 test_get_newest_act (TestWorkspace *test);
/* @act_id 0: the one whose turn it is. Fails on conflicts. */
void test_undo (TestWorkspace *test, gint64 act_id);
void test_redo (TestWorkspace *test);

/* The logical dump; (transfer full) */
char *test_dump (TestWorkspace *test);
void test_assert_dump (TestWorkspace *test, const char *expected);
/* Fails on any finding of crm_check() */
void test_assert_sound (TestWorkspace *test);

/* Iterates the main context, at most ten seconds */
void test_iterate_until_set (gpointer *pointer);

void test_news_free (CrmNews *news);

G_END_DECLS
