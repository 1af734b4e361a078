/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"

G_BEGIN_DECLS

/* A folder with one file in it that tests write and read */
typedef struct
{
  char *folder;
  char *path;
} TestCsv;

void test_csv_set_up (TestCsv *self, gconstpointer data);
void test_csv_tear_down (TestCsv *self, gconstpointer data);

/* @size: -1: up to the zero */
void test_csv_write (TestCsv *self, const char *content, gssize size);

/* Titles and the rows that are left: "a|b\n1|2\n", with "^" for a line break in a cell; (transfer full) */
char *test_csv_dump (CrmCsvReader *reader);

/* That something is said about the row which starts on this line */
void test_csv_assert_problem (CrmCsvReader *reader, gint64 row);

G_END_DECLS
