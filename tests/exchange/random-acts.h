/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "random-model.h"

G_BEGIN_DECLS

#define N_MEMBERS 3

/* A workspace with what it should hold, and the chance that decides what is done to it */
typedef struct
{
  TestWorkspace *test;
  GRand *random;
  Model *model;
  Model *next; /* what it is once the act is done */
  gint64 members[N_MEMBERS]; /* who may be "me"; 0 for nobody */
  CrmStore *stores[2]; /* the same workspace, as two processes have it open */
  gint64 now;
  guint n_names; /* given so far, so that each is new */
} World;

/* The same seed always is the same world */
World *world_new (guint32 seed);
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

gint world_pick (World *world, gint n);

/* The other process does what follows, or the same one */
void world_switch (World *world);

/* Does anything that people do, to the workspace and to the model. What must be refused has to be. Returns
 * whether something was written. */
gboolean world_act (World *world);

G_END_DECLS
