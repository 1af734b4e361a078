/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are part of what is imported, such as the pictures on cards. */

#include "config.h"

#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-import-writer-private.h"
#include "crm-table-private.h"

static gboolean
keep_file (CrmImportWriter *self, const CrmItem *item, GError **error)
{
  CrmStore *store = self->plan->store;
  const char *hash = crm_item_get_key (item);
  g_autofree char *path = crm_attachments_get_path (store, hash);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CrmAttachment) attachment = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  stream = crm_table_open_file (self->plan->table, hash, error);
  if (stream == NULL)
    return FALSE;
  attachment = crm_attachment_new_from_stream (store, stream, item->text, NULL, error);

  return attachment != NULL && crm_attachment_keep (attachment, self->transaction, error);
}

gboolean
crm_import_keep_files (CrmImportWriter *self,
                       const CrmField *field,
                       const CrmValue *value,
                       GError **error)
{
  guint i;

  if (field->kind != CRM_KIND_FILES || value == NULL || self->dry_run)
    return TRUE;

  for (i = 0; i < crm_value_get_n_items (value); i++)
    if (!keep_file (self, crm_value_get_item (value, i), error))
      return FALSE;

  return TRUE;
}
