/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_domain_parse:
 * @text: @size bytes that are a host name and nothing else
 * @ascii: (out) (optional) (transfer full): as the network knows it, lower case
 *
 * Returns: (transfer full) (nullable): as people read it, lower case, without the
 *   root's point; %NULL where it is no host name or has no point inside
 */
char *crm_domain_parse (const char *text, gsize size, char **ascii);

/* Whether @domain is @parent or lies below it; both in ASCII and lower case */
gboolean crm_domain_is_below (const char *domain, const char *parent);

/* @text without white space, brackets and quotes around it. (transfer full) */
char *crm_address_strip (const char *text);

G_END_DECLS
