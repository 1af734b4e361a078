/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:fault-vfs
 *
 * The disk under SQLite, which fails when it is told to: a VFS over the usual one that counts what
 * would change a file (writes, syncs, truncations, deletions) and lets the n-th of them go wrong. The same
 * number and seed give the same failure.
 */
typedef enum
{
  FAULT_NONE, /* only counts */
  FAULT_KILL, /* the process dies before it; what was written is in the system's hands */
  FAULT_POWER, /* the machine stops in the middle of it: what was not synced is lost in part, sector by sector */
  FAULT_ERROR, /* it fails, once; a write may have been done in part */
  FAULT_FULL, /* half of a write is done, and none after it, until the disk is not full any more */
  FAULT_BROKEN, /* it and everything after it fails */
} FaultKind;

/* The status with which a process ends by itself in %FAULT_POWER */
#define FAULT_VFS_EXIT 77

/* The name on the test's command line; %FALSE for none such */
gboolean fault_kind_from_name (const char *name, FaultKind *kind);
const char *fault_kind_to_name (FaultKind kind);

/**
 * fault_vfs_register:
 * @path: the workspace; in %FAULT_POWER it and its log become what a disk would have kept of them
 *
 * Makes it the VFS of all connections that are opened from now on in this process. Once.
 */
void fault_vfs_register (const char *path);

/* From now on counted anew, from 0; the operation of number @n fails. What was written before counts
 * as synced. */
void fault_vfs_arm (FaultKind kind, guint n, guint32 seed);

/* Nothing fails any more. Returns how many operations there were since fault_vfs_arm() */
guint fault_vfs_disarm (void);

/* Whether the failure has come */
gboolean fault_vfs_has_struck (void);

G_END_DECLS
