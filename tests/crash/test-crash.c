/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever interrupts an act, it is wholly there afterwards or wholly not, and the workspace is sound. This program
 * runs itself as the one that works, and ends it by a signal at points spread over its whole time, or lets
 * the disk fail under it (fault-vfs.h) at operations spread over all of them.
 *
 * CRM_TEST_POINTS=N tries N points of each kind in each scene instead of a few. */

#include "crash-scenes.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crm-check.h"
#include "crm-error.h"
#include "fault-vfs.h"

/* By signal, and by each kind of failure of the disk, in each scene */
#ifdef __SANITIZE_ADDRESS__
/* Everything takes four times as long */
#define N_SIGNALS 6
#define N_FAULTS 2
#else
#define N_SIGNALS 20
#define N_FAULTS 6
#endif

static const char *program;

/* The worker. Says "start", then "done" or "failed", then how many operations there were. */

static void
say (const char *word)
{
  printf ("%s\n", word);
  fflush (stdout);
}

static gboolean
act (const Scene *scene, TestWorkspace *test, GError **error)
{
  /* Ids have random digits */
  g_random_set_seed (1);
  return scene->run == NULL || scene->run (test, error);
}

/* Says where they differ first, for they are long */
static void
assert_same (const char *seen, const char *expected)
{
  g_auto (GStrv) seen_lines = g_strsplit (seen, "\n", 0);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", 0);

  for (guint i = 0; seen_lines[i] != NULL || expected_lines[i] != NULL; i++)
    g_assert_cmpstr (seen_lines[i], ==, expected_lines[i]);
}

/* After a failure that the process survived: what it shows is as it was, and the act can be done again */
static void
go_on (const Scene *scene, TestWorkspace *test, const char *before, const char *after)
{
  g_autofree char *first = scene_describe (test);
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  assert_same (first, before);
  test_assert_sound (test);
  act (scene, test, &error);
  g_assert_no_error (error);
  last = scene_describe (test);
  assert_same (last, after);
  test_assert_sound (test);
}

static int
work (char **arguments)
{
  const Scene *scene = scene_find (arguments[0]);
  const char *path = arguments[1];
  guint n = (guint) g_ascii_strtoull (arguments[3], NULL, 10);
  TestWorkspace test = { 0 };
  FaultKind kind;
  gboolean opened;
  gboolean ok;
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  g_assert_nonnull (scene);
  g_assert_true (fault_kind_from_name (arguments[2], &kind));
  fault_vfs_register (path);
  if (scene->run == NULL)
    fault_vfs_arm (kind, n, n);
  else
    scene_open (&test, path, &error);
  g_assert_no_error (error);

  say ("start");
  if (scene->run == NULL)
    scene_open (&test, path, &error);
  else
    fault_vfs_arm (kind, n, n);
  opened = test.store != NULL;
  ok = opened && act (scene, &test, &error);
  say (ok ? "done" : "failed");
  if (!ok)
    {
      g_assert_true (fault_vfs_has_struck ());
      g_assert_cmpint (error->domain, ==, CRM_ERROR);
      say (error->message);
      g_assert_true (kind != FAULT_FULL || error->code == CRM_ERROR_DISK_FULL);
    }

  /* Where it goes on after a failure, the failure is over, but for a disk that is broken */
  if (!ok && opened && kind != FAULT_BROKEN)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *before_path = g_build_filename (folder, "before", NULL);
      g_autofree char *after_path = g_build_filename (folder, "after", NULL);

      fault_vfs_disarm ();
      g_assert_true (g_file_get_contents (before_path, &before, NULL, NULL));
      g_assert_true (g_file_get_contents (after_path, &after, NULL, NULL));
      go_on (scene, &test, before, after);
    }
  if (opened)
    scene_close (&test);

  count = g_strdup_printf ("%u", fault_vfs_disarm ());
  say (count);
  return 0;
}

/* The parent */

typedef struct
{
  pid_t pid;
  int pipe;
} Worker;

/* What became of it */
typedef struct
{
  gboolean done; /* it said so */
  gboolean failed; /* it said so */
  gboolean was_killed;
  guint n_operations;
  char *said;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_free (self->said);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
start (Worker *self, const Scene *scene, const char *path, FaultKind kind, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  self->pid = fork ();
  g_assert_cmpint (self->pid, >=, 0);
  if (self->pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl (program, program, "--worker", scene->name, path, fault_kind_to_name (kind), number,
             NULL);
      _exit (127);
    }

  close (ends[1]);
  self->pipe = ends[0];
}

/* Reads until it says @word; %FALSE at the end */
static gboolean
wait_for_word (Worker *self, const char *word)
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
let_run (Worker *self, gint64 time)
{
  gint64 end = g_get_monotonic_time () + time;

  for (;;)
    {
      struct pollfd wait = { .fd = self->pipe, .events = 0 };
      gint64 left = end - g_get_monotonic_time ();
      struct timespec timeout = { .tv_sec = left / G_USEC_PER_SEC,
                                  .tv_nsec = left % G_USEC_PER_SEC * 1000 };

      if (left <= 0 || ppoll (&wait, 1, &timeout, NULL) > 0)
        return;
    }
}

static void
finish (Worker *self, Outcome *outcome)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  char buffer[512];
  gssize n;
  int status;

  while ((n = read (self->pipe, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (said, buffer, MAX (n, 0));
  close (self->pipe);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);

  lines = g_strsplit (said->str, "\n", 0);
  *outcome = (Outcome){ 0 };
  outcome->done = g_strv_contains ((const char *const *) lines, "done");
  outcome->failed = g_strv_contains ((const char *const *) lines, "failed");
  outcome->was_killed = WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL
                                             : WEXITSTATUS (status) == FAULT_VFS_EXIT;
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_isdigit (lines[i][0]))
      outcome->n_operations = (guint) g_ascii_strtoull (lines[i], NULL, 10);
  outcome->said = g_strjoinv (" ", lines);

  /* It may end early only as it was told to */
  if (!outcome->was_killed && (!WIFEXITED (status) || WEXITSTATUS (status) != 0))
    g_error ("The worker failed: %s", outcome->said);
}

/* A scene, its workspace before the act, and the two states that it may be in */
typedef struct
{
  const Scene *scene;
  char *folder;
  char *base;
  char *path; /* of the copy that is worked on */
  char *before; /* as scene_describe() has it; NULL where only the act makes it readable */
  char *after;
  guint n_operations;
  gint64 time; /* microseconds from "start" to the end */
  guint n_whole;
  guint n_killed;
} Stage;

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size;

  g_file_get_contents (from, &content, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, content, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* Everything in a folder but what is @kept */
static void
empty_folder (const char *folder, const char *const *kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (kept != NULL && g_strv_contains (kept, name))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        empty_folder (path, NULL);
      g_remove (path);
    }
}

/* But for what the stage keeps in it */
static void
clear_folder (Stage *self)
{
  static const char *const kept[] = { "base.crm", "before", "after", NULL };

  empty_folder (self->folder, kept);
}

static void
set_stage (Stage *self)
{
  clear_folder (self);
  copy_file (self->base, self->path);
}

static char *
read_workspace (const char *path)
{
  g_autoptr (GError) error = NULL;
  TestWorkspace test = { 0 };
  char *dump;

  scene_open (&test, path, &error);
  g_assert_no_error (error);
  test_assert_sound (&test);
  dump = scene_describe (&test);
  scene_close (&test);

  return dump;
}

static void
write_text (Stage *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A copy that was made on the way, of an older version, can be opened if it has its name */
static void
look_at_copies (Stage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (!g_str_has_suffix (name, ".crm"))
        continue;
      crm_database_probe (path, &error);
      g_assert_no_error (error);
    }
}

static void
look (Stage *self, const Outcome *outcome, const char *how, guint n)
{
  g_autofree char *dump = NULL;
  gboolean is_before;
  gboolean is_after;

  look_at_copies (self);
  dump = read_workspace (self->path);
  is_after = strcmp (dump, self->after) == 0;
  is_before = self->before != NULL && strcmp (dump, self->before) == 0;
  if (!is_before && !is_after)
    {
      g_test_message ("%s, %s at %u: neither what was before nor what is after", self->scene->name,
                      how, n);
      assert_same (dump, self->after);
    }
  if (outcome->done && !is_after)
    g_error ("%s, %s at %u: it was said to be done, and is not", self->scene->name, how, n);

  self->n_whole += is_after;
  self->n_killed += outcome->was_killed;
}

static void
stage_init (Stage *self, const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_auto (Outcome) outcome = { 0 };
  Worker worker;
  gint64 start_time;

  *self = (Stage){ .scene = scene };
  self->folder = g_dir_make_tmp ("crm-crash-XXXXXX", &error);
  g_assert_no_error (error);
  self->base = g_build_filename (self->folder, "base.crm", NULL);
  self->path = g_build_filename (self->folder, "work.crm", NULL);
  scene_make (scene, self->base);
  if (scene->run != NULL)
    self->before = read_workspace (self->base);

  /* Once to the end */
  set_stage (self);
  start (&worker, scene, self->path, FAULT_NONE, 0);
  g_assert_true (wait_for_word (&worker, "start"));
  start_time = g_get_monotonic_time ();
  finish (&worker, &outcome);
  self->time = g_get_monotonic_time () - start_time;
  g_assert_true (outcome.done);
  self->n_operations = outcome.n_operations;
  g_assert_cmpuint (self->n_operations, >, 0);
  self->after = read_workspace (self->path);
  g_assert_true (g_strcmp0 (self->before, self->after) != 0);
  if (self->before != NULL)
    write_text (self, "before", self->before);
  write_text (self, "after", self->after);
}

static void
stage_clear (Stage *self)
{
  empty_folder (self->folder, NULL);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->base);
  g_free (self->path);
  g_free (self->before);
  g_free (self->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static guint
get_n_points (guint n)
{
  const char *wish = g_getenv ("CRM_TEST_POINTS");

  return wish != NULL ? (guint) g_ascii_strtoull (wish, NULL, 10) : n;
}

static void
test_by_signal (gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  guint n_points = get_n_points (N_SIGNALS);

  stage_init (&stage, data);
  for (guint i = 0; i < n_points; i++)
    {
      g_auto (Outcome) outcome = { 0 };
      Worker worker;

      set_stage (&stage);
      start (&worker, stage.scene, stage.path, FAULT_NONE, 0);
      if (wait_for_word (&worker, "start"))
        let_run (&worker, stage.time * (2 * i + 1) / (2 * n_points));
      kill (worker.pid, SIGKILL);
      finish (&worker, &outcome);
      look (&stage, &outcome, "killed", i);
    }

  g_test_message ("%u of %u killed, %u whole", stage.n_killed, n_points, stage.n_whole);
}

static void
test_by_disk (gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  guint n_points = get_n_points (N_FAULTS);

  stage_init (&stage, data);
  n_points = MIN (n_points, stage.n_operations);
  for (FaultKind kind = FAULT_KILL; kind <= FAULT_BROKEN; kind++)
    {
      stage.n_killed = 0;
      stage.n_whole = 0;
      for (guint i = 0; i < n_points; i++)
        {
          g_auto (Outcome) outcome = { 0 };
          guint n = (guint) (((guint64) i * 5 + kind) * stage.n_operations / (n_points * 5ull + 5));
          Worker worker;

          set_stage (&stage);
          start (&worker, stage.scene, stage.path, kind, n);
          finish (&worker, &outcome);
          if (kind == FAULT_KILL || kind == FAULT_POWER)
            g_assert_true (outcome.was_killed);
          look (&stage, &outcome, fault_kind_to_name (kind), n);
        }
      g_test_message ("%s: %u of %u points in %u operations died, %u whole",
                      fault_kind_to_name (kind), stage.n_killed, n_points, stage.n_operations,
                      stage.n_whole);
    }
}

/* The power failed while the beginning of the file was written; it is in the log */
static void
test_torn_header (void)
{
  g_auto (Stage) stage = { 0 };
  TestWorkspace test = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;
  g_autofree char *torn = NULL;
  g_autofree char *torn_log = NULL;
  g_autofree char *seen = NULL;
  FILE *file;

  stage_init (&stage, scene_find ("import-of-many"));
  set_stage (&stage);
  torn = g_build_filename (stage.folder, "torn.crm", NULL);
  log = g_strconcat (stage.path, "-wal", NULL);
  torn_log = g_strconcat (torn, "-wal", NULL);

  scene_open (&test, stage.path, &error);
  g_assert_no_error (error);
  act (stage.scene, &test, &error);
  g_assert_no_error (error);
  copy_file (stage.path, torn);
  copy_file (log, torn_log);
  scene_close (&test);

  file = g_fopen (torn, "r+");
  g_assert_nonnull (file);
  for (guint i = 0; i < 512; i++)
    fputc ((int) (i * 7 % 251), file);
  fclose (file);

  seen = read_workspace (torn);
  assert_same (seen, stage.after);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 6 && strcmp (argv[1], "--worker") == 0)
    return work (argv + 2);

  test_init (&argc, &argv);
  for (guint i = 0; i < n_scenes; i++)
    {
      g_autofree char *by_signal = g_strdup_printf ("/crash/signal/%s", scenes[i].name);
      g_autofree char *by_disk = g_strdup_printf ("/crash/disk/%s", scenes[i].name);

      g_test_add_data_func (by_signal, &scenes[i], test_by_signal);
      g_test_add_data_func (by_disk, &scenes[i], test_by_disk);
    }

  g_test_add_func ("/crash/torn-header", test_torn_header);

  return g_test_run ();
}
