/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

static inline gboolean
give_up_cb (gpointer data)
{
  g_error ("Waited ten seconds in vain");

  return G_SOURCE_REMOVE;
}

/* Runs the main context until @condition holds, at most ten seconds */
#define WAIT_UNTIL(condition)                                     \
  G_STMT_START                                                    \
  {                                                               \
    guint source_ = g_timeout_add_seconds (10, give_up_cb, NULL); \
    while (!(condition))                                          \
      {                                                           \
        g_main_context_iteration (NULL, FALSE);                   \
        g_thread_yield ();                                        \
      }                                                           \
    g_source_remove (source_);                                    \
  }                                                               \
  G_STMT_END

/* Workers that were cancelled, or have just answered, hold the store until they notice */
static inline void
wait_until_only_mine (gpointer object)
{
  WAIT_UNTIL (g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1);
}

G_END_DECLS
