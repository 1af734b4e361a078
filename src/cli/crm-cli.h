/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the first word is one of the command line's commands (or --help, --version), so that no window is wanted */
gboolean crm_cli_is_command (int argc, char **argv);

/* Runs it; returns the exit status */
int crm_cli_run (int argc, char **argv);

G_END_DECLS
