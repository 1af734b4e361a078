/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-content-line-private.h"

G_BEGIN_DECLS

/**
 * CrmContentReader:
 *
 * Streams a file of content lines: any line ends, folded lines put together, soft line breaks of
 * quoted-printable text too, whatever the encoding. Memory does not grow with the file.
 */
typedef struct _CrmContentReader CrmContentReader;

/* What a file has to start with to be read by it: "BEGIN:@component" in any case, in UTF-8 or UTF-16, with
 * or without a byte-order mark, behind blank lines */
gboolean crm_content_is_start_of (const char *head, gsize size, const char *component);

CrmContentReader *crm_content_reader_new (const char *path,
                                          GCancellable *cancellable,
                                          GError **error);
void crm_content_reader_free (CrmContentReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmContentReader, crm_content_reader_free)

/**
 * crm_content_reader_next:
 * @line: (out) (transfer full) (nullable): in UTF-8, what was quoted-printable decoded; %NULL for what is
 *   no content line, and for one of more than 32 MB
 * @number: (out): where it starts in the file, from 1
 *
 * Blank lines are passed over.
 *
 * Returns: %FALSE without @error at the end
 */
gboolean crm_content_reader_next (CrmContentReader *self,
                                  CrmContentLine **line,
                                  gint64 *number,
                                  GError **error);

/* The line just read comes once more. */
void crm_content_reader_unread (CrmContentReader *self);

/* The line just read, unfolded, as it was written; valid until the next one */
const char *crm_content_reader_get_text (CrmContentReader *self);

/* Whether a line so far has letters of no encoding that it names */
gboolean crm_content_reader_has_guessed (CrmContentReader *self);

/**
 * crm_content_reader_guess_encoding:
 *
 * What those letters are most likely, after a file was read once; interned. Until a second reader is told by
 * crm_content_reader_set_fallback() they are read as Western European ones.
 */
const char *crm_content_reader_guess_encoding (CrmContentReader *self);
void crm_content_reader_set_fallback (CrmContentReader *self, const char *encoding);

G_END_DECLS
