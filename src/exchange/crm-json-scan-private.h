/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmJsonScan:
 *
 * Reads JSON piece by piece, of any size: one value, or several behind each other as in JSON lines. Numbers are kept
 * as they are written. What is nested too deep, or a text without end, is refused.
 */
typedef struct _CrmJsonScan CrmJsonScan;

typedef enum
{
  CRM_JSON_ERROR,
  CRM_JSON_END, /* of the file */
  CRM_JSON_OBJECT,
  CRM_JSON_OBJECT_END,
  CRM_JSON_ARRAY,
  CRM_JSON_ARRAY_END,
  CRM_JSON_NAME, /* of a member; its value follows */
  CRM_JSON_STRING,
  CRM_JSON_NUMBER,
  CRM_JSON_BOOLEAN, /* its text is "true" or "false" */
  CRM_JSON_NULL,
} CrmJsonToken;

/* Bytes of a text */
#define CRM_JSON_MAX_TEXT (4 * 1024 * 1024)

CrmJsonScan *crm_json_scan_new (GInputStream *stream, GCancellable *cancellable);
void crm_json_scan_free (CrmJsonScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmJsonScan, crm_json_scan_free)

/* %CRM_JSON_ERROR with %CRM_ERROR_UNREADABLE_FILE, and the line in its sentence */
CrmJsonToken crm_json_scan_next (CrmJsonScan *self, GError **error);

/* Of a name, text, number or boolean; UTF-8, valid until the next token */
const char *crm_json_scan_get_text (CrmJsonScan *self);
/* That the token starts on, from 1 */
gint64 crm_json_scan_get_line (CrmJsonScan *self);

/* Passes over the rest of the object or array that @token began; over nothing for another one */
gboolean crm_json_scan_skip (CrmJsonScan *self, CrmJsonToken token, GError **error);

G_END_DECLS
