/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:crm-content-line
 *
 * Lines as vCard (RFC 6350) and iCalendar (RFC 5545) write them: "group.NAME;PARAM=value:text", with
 * line breaks, commas and semicolons in the text escaped.
 */

/* Who wrote a file, in its PRODID */
#define CRM_CONTENT_PRODUCT "-//example.org//CRM//EN"

typedef struct
{
  char *name; /* in capitals: "TYPE" */
  char *value; /* without quotes */
} CrmContentParam;

/**
 * CrmContentLine:
 * @group: (nullable): "item1" of "item1.EMAIL"
 * @name: in capitals
 * @params: (element-type CrmContentParam): in order; a value without a name, as in vCard 2.1, is a "TYPE"
 * @value: as it is written, with its escapes
 */
typedef struct
{
  char *group;
  char *name;
  GArray *params;
  char *value;
} CrmContentLine;

/* One unfolded line, without its end; (transfer full) (nullable): %NULL where it is not one */
CrmContentLine *crm_content_line_parse (const char *text);
void crm_content_line_free (CrmContentLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmContentLine, crm_content_line_free)

/* The first value of a parameter, %NULL where there is none */
const char *crm_content_line_get_param (const CrmContentLine *self, const char *name);
/* Whether one of the values of TYPE, which may be a list, is @type in any case */
gboolean crm_content_line_has_type (const CrmContentLine *self, const char *type);

/* The parts of @value between @separator where it is not escaped, with their escapes taken away:
 * "a\,b,c" is "a,b" and "c"; line ends are "\n". With @separator 0 it is one part. Never empty. (transfer full) */
GStrv crm_content_split (const char *value, char separator);

/* Appends @text with line breaks, commas, semicolons and backslashes escaped */
void crm_content_append_escaped (GString *out, const char *text);

/* Appends @line, which has no line end, folded so that no line is longer than 75 bytes and no letter is cut */
void crm_content_append_folded (GString *out, const char *line);

/* Appends "@name:@text" with @text escaped, folded; nothing where @text is %NULL or empty */
void crm_content_append_text (GString *out, const char *name, const char *text);

G_END_DECLS
