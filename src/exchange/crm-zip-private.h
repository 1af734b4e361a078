/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmZip:
 *
 * An archive that nobody vouches for. Entries are read as streams; one that swells without end is
 * refused. Errors are worded for a person.
 */
typedef struct _CrmZip CrmZip;

/* Takes bytes of an entry; %FALSE stops the reading */
typedef gboolean (*CrmZipFunc) (const char *bytes, gsize size, gpointer data, GError **error);

/* %CRM_ERROR_UNREADABLE_FILE */
CrmZip *crm_zip_open (const char *path, GError **error);
void crm_zip_free (CrmZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmZip, crm_zip_free)

/* Names are compared as office programs do: whatever the case, with or without a "/" in front */
const char *crm_zip_get_path (CrmZip *self);
gboolean crm_zip_has (CrmZip *self, const char *name);

/* Whether so many bytes can come of the file without harm being meant */
gboolean crm_zip_allows (CrmZip *self, gint64 size, GError **error);

/* %CRM_ERROR_UNREADABLE_FILE for an entry that is missing, damaged or a bomb */
gboolean crm_zip_read (CrmZip *self,
                       const char *name,
                       CrmZipFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error);

G_END_DECLS
