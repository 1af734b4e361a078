/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/unorm2.h>

G_BEGIN_DECLS

/* How UTF-8 and ICU's UTF-16 meet; for src/util alone. Invalid bytes become U+FFFD. */

/* ICU's form of @size bytes of @text, not terminated; free it with g_free() */
UChar *crm_unicode_from_utf8 (const char *text, gsize size, int32_t *length);

/* (transfer full) */
char *crm_unicode_to_utf8 (const UChar *text, int32_t length);

/* @text in the normal form of @normalizer; free it with g_free() */
UChar *crm_unicode_normalise (const UNormalizer2 *normalizer,
                              const UChar *text,
                              int32_t length,
                              int32_t *normal_length);

/* Appends one character to @out as UTF-8; faster than g_string_append_unichar() for ASCII */
void crm_unicode_append (GString *out, gunichar c);

/* Reads the character at @text, which ends at @end, and steps over it; U+FFFD for an invalid byte */
gunichar crm_unicode_next (const char **text, const char *end);

/* White space, a line break, a control character, or one that only steers how text is laid out */
gboolean crm_unicode_is_blank (gunichar c);

/* The first character of [text, end) that is not blank, or @end */
const char *crm_unicode_skip_blanks (const char *text, const char *end);

G_END_DECLS
