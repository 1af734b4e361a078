/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An import that is killed leaves all of it or nothing. This program runs
 * itself as the importer and kills it at points spread over its whole time:
 * reading, writing, indexes, commit and checkpoint. */

#include "test-exchange.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crm-check.h"

#define N_POINTS 20
#define N_ROWS 12000
#define N_COMPANIES 300

static const char *program;

/* The importer: says "start" when it begins, "rows" when all rows are read, "done" when all is closed */

static void
say (const char *word)
{
  g_print ("%s\n", word);
}

static void
tell_rows (double fraction, gpointer data)
{
  gboolean *told = data;

  if (fraction >= 0.85 && !*told)
    {
      *told = TRUE;
      say ("rows");
    }
}

static int
run_importer (const char *workspace, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  gboolean told = FALSE;

  say ("start");
  store = crm_store_open (workspace, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  plan = crm_import_plan_new (store,
                              crm_catalogue_find_type (crm_store_get_catalogue (store), "people"),
                              file, NULL, &error);
  g_assert_no_error (error);
  report = crm_import_plan_run (plan, FALSE, CRM_SOURCE_IMPORT, tell_rows, &told, NULL, &error);
  g_assert_no_error (error);
  say ("committed");
  crm_store_close (store);
  say ("done");

  return 0;
}

/* The parent */

typedef struct
{
  pid_t pid;
  int pipe;
} Importer;

static Importer
start_importer (const char *workspace, const char *file)
{
  Importer self;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  self.pid = fork ();
  g_assert_cmpint (self.pid, >=, 0);
  if (self.pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl (program, program, "--importer", workspace, file, NULL);
      _exit (127);
    }

  close (ends[1]);
  self.pipe = ends[0];

  return self;
}

/* Reads what the importer says until it says @word or ends; %FALSE at the end */
static gboolean
wait_for_word (Importer *self, const char *word)
{
  g_autoptr (GString) said = g_string_new (NULL);
  char c;

  for (;;)
    {
      gssize n = read (self->pipe, &c, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      if (c != '\n')
        {
          g_string_append_c (said, c);
          continue;
        }
      if (strcmp (said->str, word) == 0)
        return TRUE;
      g_string_truncate (said, 0);
    }
}

/* Lets it run for @time microseconds from now, or until it ends by itself */
static void
let_run (Importer *self, gint64 time)
{
  gint64 end = g_get_monotonic_time () + time;
  char buffer[64];

  for (;;)
    {
      struct pollfd wait = { .fd = self->pipe, .events = POLLIN };
      gint64 left = end - g_get_monotonic_time ();
      struct timespec timeout = { .tv_sec = left / G_USEC_PER_SEC,
                                  .tv_nsec = left % G_USEC_PER_SEC * 1000 };

      if (left <= 0)
        return;
      if (ppoll (&wait, 1, &timeout, NULL) > 0 && read (self->pipe, buffer, sizeof buffer) <= 0)
        return;
    }
}

/* Returns: whether it was killed, and had not ended before */
static gboolean
kill_importer (Importer *self)
{
  int status;

  kill (self->pid, SIGKILL);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  close (self->pipe);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);

  return WIFSIGNALED (status);
}

static char *
write_people (TestWorkspace *test)
{
  g_autoptr (GString) text = g_string_new ("Name,E-mail,Phone,Company,Notes,Tags\n");
  guint i;

  for (i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "Person %u,p%u@firm%u.example,+420 600 %03u %03u,Firm %u,%s,%s\n",
                            i, i, i % N_COMPANIES, i / 1000, i % 1000, i % N_COMPANIES,
                            i % 10 == 0 ? "A note" : "", i % 3 == 0 ? "vip" : "");

  return test_write_csv (test, "people.csv", text->str);
}

/* Opens the workspace again and looks at it. Returns: whether the import is in it */
static gboolean
look (const char *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  TestWorkspace test = { 0 };
  gint64 n_people;

  test.store = crm_store_open (workspace, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  findings = crm_check (test.store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);

  n_people = test_count (&test, "people");
  g_assert_true (n_people == 0 || n_people == N_ROWS);
  g_assert_cmpint (test_count (&test, "companies"), ==, n_people > 0 ? N_COMPANIES : 0);
  g_assert_cmpint (test_count (&test, "notes"), ==, n_people / 10);

  crm_store_close (test.store);
  g_object_unref (test.store);

  return n_people > 0;
}

static void
make_workspace (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = crm_store_open (path, CRM_STORE_CREATE, 1000, NULL, &error);

  g_assert_no_error (error);
  crm_store_close (store);
}

static void
test_all_or_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *file = write_people (test);
  gint64 start, rows, all;
  guint n_killed = 0;
  guint n_whole = 0;
  int i;

  /* Once to the end: how long the rows take, and the rest */
  {
    g_autofree char *path = g_build_filename (test->folder, "measure.crm", NULL);
    Importer importer;

    make_workspace (path);
    importer = start_importer (path, file);
    g_assert_true (wait_for_word (&importer, "start"));
    start = g_get_monotonic_time ();
    g_assert_true (wait_for_word (&importer, "rows"));
    rows = g_get_monotonic_time () - start;
    g_assert_true (wait_for_word (&importer, "done"));
    all = g_get_monotonic_time () - start;
    g_assert_false (wait_for_word (&importer, "nothing more"));
    kill_importer (&importer);
    g_assert_true (look (path));
  }

  for (i = 0; i < N_POINTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("kill-%d.crm", i);
      g_autofree char *path = g_build_filename (test->folder, name, NULL);
      Importer importer;

      make_workspace (path);
      importer = start_importer (path, file);

      /* Half of the points while rows are read and written, half in what follows, which is shorter */
      if (i < N_POINTS / 2)
        {
          if (wait_for_word (&importer, "start"))
            let_run (&importer, rows * (2 * i + 1) / N_POINTS);
        }
      else if (wait_for_word (&importer, "rows"))
        {
          let_run (&importer, (all - rows) * (2 * (i - N_POINTS / 2) + 1) / N_POINTS);
        }

      if (kill_importer (&importer))
        n_killed++;
      if (look (path))
        n_whole++;
    }

  /* However the machine is loaded, most of them were hit, and some too early. */
  g_test_message ("%u killed, %u whole", n_killed, n_whole);
  g_assert_cmpuint (n_killed, >=, N_POINTS / 2);
  g_assert_cmpuint (n_whole, <, N_POINTS);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 4 && strcmp (argv[1], "--importer") == 0)
    return run_importer (argv[2], argv[3]);

  test_init (&argc, &argv);
  g_test_add_func ("/import-kill/all-or-nothing", test_all_or_nothing);

  return g_test_run ();
}
