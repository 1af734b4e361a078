/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For this folder only. All functions are pure and thread-safe. */

/**
 * crm_duplicate_romanise:
 * @text: folded text
 *
 * Hangul, Cyrillic, Greek and Kana in Latin letters, so that 김 meets Kim; everything else but letters and
 * digits becomes a single space. Han stays as it is.
 *
 * Returns: (transfer full)
 */
char *crm_duplicate_romanise (const char *text);

/* How people hear it: of a word in Latin letters, at most 8 bytes and their end. "" for what is none. */
#define CRM_DUPLICATE_SOUND_SIZE 9
void crm_duplicate_sound (const char *word, char sound[CRM_DUPLICATE_SOUND_SIZE]);

/* Whether one given name is a short or foreign form of the other: Jan and Honza, William and Bill.
 * Both romanised. */
gboolean crm_duplicate_is_nickname (const char *a, const char *b);

/* The names that a given name may stand for, as numbers that are the same for all of its forms;
 * returns how many, @groups_size at most */
guint crm_duplicate_get_name_groups (const char *name, guint *groups, guint groups_size);

/* Forms of the same names, @name not among them; (transfer full) (array zero-terminated=1) */
char **crm_duplicate_list_nicknames (const char *name, guint limit);

/* The words of an address with their usual short forms written out: "12 Main St." is "12 main street".
 * @text: romanised. (transfer full) */
char *crm_duplicate_expand_address (const char *text);

/* 0 to 1; 1 for equal texts. Below @least it may be just 0, which is found out faster. */
double crm_duplicate_jaro_winkler (const char *a,
                                   gsize a_size,
                                   const char *b,
                                   gsize b_size,
                                   double least);

/* Inserted, left out, wrong and swapped neighbouring bytes; counting stops beyond @limit, which is 3 at most */
guint crm_duplicate_distance (const char *a,
                              gsize a_size,
                              const char *b,
                              gsize b_size,
                              guint limit);

/* 0 to 1: how much of the words of both is in the other, words with a mistake counting nearly as much */
double crm_duplicate_compare_words (const char *a, const char *b);

G_END_DECLS
