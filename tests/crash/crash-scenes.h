/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-exchange.h"

G_BEGIN_DECLS

/* The time of everything that happens, in milliseconds since 1970-01-01 UTC, so that a repeated act
 * writes the same */
#define SCENE_TIME G_GINT64_CONSTANT (1790000000000)

/**
 * Scene:
 *
 * An act that is interrupted. The workspace before it is made once by @prepare and copied for each
 * try; @run is the act, the same each time.
 */
typedef struct
{
  const char *name;
  /* (nullable): makes records besides the 240 people that are in every workspace */
  void (*prepare) (TestWorkspace *test);
  /* (nullable): opening the workspace is the act */
  gboolean (*run) (TestWorkspace *test, GError **error);
} Scene;

extern const Scene scenes[];
extern const guint n_scenes;

/* %NULL for none of this name */
const Scene *scene_find (const char *name);

/* The workspace of @scene before its act, closed. What fails in it fails the test. */
void scene_make (const Scene *scene, const char *path);

/* As a process of its own would find it; %NULL where it cannot be opened */
gboolean scene_open (TestWorkspace *test, const char *path, GError **error);
void scene_close (TestWorkspace *test);

/* Everything that can be seen: the logical dump, the trash, and the acts of the history. (transfer full) */
char *scene_describe (TestWorkspace *test);

G_END_DECLS
