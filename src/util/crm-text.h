/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:crm-text
 *
 * Normal forms of what people write. "Fold" forms are for comparing, never
 * for showing. All functions are pure and thread-safe.
 */

/* NFKC, case folded, marks stripped, ł ø đ ß æ œ ı mapped: "Łukasz" → "lukasz".
 * The same folding as the search tokenizer's. (transfer full) */
char *crm_text_fold (const char *text);

/**
 * crm_text_fold_append:
 * @out: what the folded text is appended to
 * @text: UTF-8, not necessarily terminated; an invalid byte becomes U+FFFD
 * @size: bytes of @text
 *
 * crm_text_fold() without an allocation per call, for the tokenizer.
 *
 * Returns: how many bytes were appended; 0 where @text is only marks
 */
gsize crm_text_fold_append (GString *out, const char *text, gsize size);

/* Folded, punctuation dropped, white space collapsed: the form by which two
 * names are "the same name" on import. (transfer full) */
char *crm_text_normalise_name (const char *text);

/* Company name for matching: as above, without legal forms (s.r.o., GmbH, Ltd., PT, 주식회사 …).
 * Never empty for a non-empty name. (transfer full) */
char *crm_text_normalise_company (const char *text);

/* Valid UTF-8, NFC, no white space around it, no control characters
 * inside (line breaks are kept as "\n" if @multiline, else each is a space); %NULL if nothing is
 * left. (transfer full) (nullable) */
char *crm_text_clean (const char *text, gboolean multiline);

/* @text as an error message shows it: one line of valid UTF-8, cut with "…" where it is longer than
 * 60 characters. (transfer full) */
char *crm_text_quote (const char *text);

/* Whether a and b are the same, %NULL being equal to %NULL only */
gboolean crm_text_equal (const char *a, const char *b);

/* A display name in the order of the language @language ("cs", "ko", …) or of
 * the script: "Jiří Dvořák", "김철수". Any part may be %NULL. (transfer full) (nullable) */
char *crm_text_join_name (const char *first,
                          const char *middle,
                          const char *last,
                          const char *language);

/* The same, family name first, for sorting. (transfer full) (nullable) */
char *crm_text_join_sort_name (const char *first, const char *middle, const char *last);

/**
 * crm_email_normalise:
 * @text: as typed, may be "Name <a@b.cz>" or "mailto:a@b.cz"
 * @key: (out) (optional) (transfer full): the form by which two addresses are
 *   the same: lower case, domain in ASCII
 *
 * Returns: (transfer full) (nullable): the address as it is to be kept
 *   (in lower case, an international domain readable), or %NULL with
 *   %CRM_ERROR_INVALID_VALUE
 */
char *crm_email_normalise (const char *text, char **key, GError **error);

/* "https://www.Acme.com/x" → "acme.com"; IDN kept readable, @key in ASCII; %NULL with
 * %CRM_ERROR_INVALID_VALUE if no domain is in it. (transfer full) (nullable) */
char *crm_domain_normalise (const char *text, char **key, GError **error);

/* Whether @domain is a free-mail or provider's domain (gmail.com, seznam.cz, naver.com …), where a
 * shared domain does not mean a shared company; subdomains included */
gboolean crm_domain_is_provider (const char *domain);

/**
 * crm_url_normalise:
 * @text: an address, with or without "https://"
 * @kind: (out) (transfer none): "website", "linkedin", "facebook", "x", "instagram",
 *   "github", "youtube", "xing" or "other"
 * @key: (out) (optional) (transfer full): without scheme, "www.", query tracking and trailing slash, lower-case host
 *
 * Returns: (transfer full) (nullable): an absolute http(s) URL, or %NULL with %CRM_ERROR_INVALID_VALUE
 */
char *crm_url_normalise (const char *text, const char **kind, char **key, GError **error);

/**
 * crm_phone_normalise:
 * @text: as typed
 * @region: ISO 3166 country the number is dialled from ("CZ"), or %NULL
 *
 * Returns: (transfer full) (nullable): E.164 ("+420600000000"), with ";ext=12"
 *   behind it where there is an extension; %NULL where it cannot be parsed
 *   (it is then kept as typed)
 */
char *crm_phone_normalise (const char *text, const char *region);

/* For people: E.164 → "+420 600 000 000"; other text as it is. (transfer full) */
char *crm_phone_format (const char *phone);

/* Digits to search by: of E.164 the international and the national form, separated by a space. (transfer full) */
char *crm_phone_get_search_digits (const char *phone);

/* ISO 3166 code of a country written as code, or as name in English, in its own language or in
 * the current locale ("Germany", "Deutschland", "Česko"): "DE"; %NULL if unknown. (transfer none) */
const char *crm_country_from_text (const char *text);

/* What the country of an ISO 3166 code is called in a language: "DE" and "cs" give "Německo"; the code itself
 * where nobody knows. (transfer full) */
char *crm_country_get_name (const char *country, const char *language);

/* The region of the current locale ("CZ"), or %NULL. (transfer none) */
const char *crm_locale_get_region (void);

/* The language of the current locale ("cs"), "en" where none is known. (transfer none) */
const char *crm_locale_get_language (void);

G_END_DECLS
