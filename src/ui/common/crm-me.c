/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-me.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-text.h"

CrmMe *
crm_me_new (const char *name, const char *email, const char *currency, const char *region)
{
  CrmMe *me = g_new0 (CrmMe, 1);

  me->name = g_strdup (name != NULL ? name : "");
  me->email = g_strdup (email != NULL ? email : "");
  me->currency = g_strdup (currency != NULL ? currency : "");
  me->region = g_strdup (region != NULL ? region : "");

  return me;
}

void
crm_me_free (CrmMe *me)
{
  if (me == NULL)
    return;

  g_free (me->name);
  g_free (me->email);
  g_free (me->currency);
  g_free (me->region);
  g_free (me);
}

/* Each of these is handed the store's result */
static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer me = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, me, (GDestroyNotify) crm_me_free);
}

static const char *
get_text (const CrmRecord *record, const char *field)
{
  CrmValue *value = crm_record_get_value_by_name (record, field);

  return value != NULL ? crm_value_get_text (value) : NULL;
}

static gpointer
load_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = crm_store_get_me (store);
  const CrmLocale *locale = crm_store_get_locale (store);
  g_autoptr (CrmRecord) record = NULL;

  if (id != 0)
    {
      record = crm_store_get_record (store, id, TRUE, cancellable, error);
      if (record == NULL)
        return NULL;
    }

  return crm_me_new (record != NULL ? get_text (record, "name") : NULL,
                     record != NULL ? get_text (record, "email") : NULL, locale->currency,
                     locale->region);
}

typedef struct
{
  const CrmMe *me;
  gint64 id;
} Save;

static gboolean
write_member (CrmTransaction *transaction, gpointer data, GError **error)
{
  Save *save = data;
  const CrmRecordType *type = crm_catalogue_find_type (crm_transaction_get_catalogue (transaction),
                                                       "members");
  const CrmField *fields[] = {
    crm_record_type_find_field (type, "name"),
    crm_record_type_find_field (type, "email"),
    crm_record_type_find_field (type, "active"),
  };
  g_autoptr (CrmValue) name = crm_value_new_text (save->me->name);
  g_autoptr (CrmValue) email = crm_value_new_text (save->me->email);
  g_autoptr (CrmValue) active = crm_value_new_integer (1);
  CrmValue *const values[] = { name, email, active };

  if (save->id != 0)
    return crm_transaction_update (transaction, type, save->id, fields, values, 2, NULL, NULL,
                                   error);

  return crm_transaction_create (transaction, type, fields, values, G_N_ELEMENTS (fields),
                                 &save->id, NULL, error);
}

static gpointer
save_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmMe *me = data;
  Save save = { me, crm_store_get_me (store) };
  gboolean is_new = save.id == 0;
  g_autofree char *id = NULL;

  if (*me->email != '\0')
    {
      char *email = crm_email_normalise (me->email, NULL, error);

      if (email == NULL)
        return NULL;
      g_free (me->email);
      me->email = email;
    }

  if (!is_new || *me->name != '\0' || *me->email != '\0')
    {
      if (!crm_store_write (store, is_new ? CRM_ACT_CREATE : CRM_ACT_EDIT, CRM_SOURCE_PROGRAM,
                            write_member, &save, cancellable, NULL, error))
        return NULL;
      id = g_strdup_printf ("%" G_GINT64_FORMAT, save.id);
      if (is_new && !crm_store_set_setting (store, "me", id, error))
        return NULL;
    }

  if ((*me->currency != '\0' && !crm_store_set_setting (store, "currency", me->currency, error)) ||
      (*me->region != '\0' && !crm_store_set_setting (store, "region", me->region, error)) ||
      !crm_store_set_setting (store, "started", "1", error))
    return NULL;

  return crm_me_new (me->name, me->email, me->currency, me->region);
}

void
crm_me_load_async (CrmSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (session));

  crm_store_run_async (crm_session_get_store (session), load_in_worker, NULL, NULL,
                       (GDestroyNotify) crm_me_free, NULL, done_cb,
                       g_task_new (session, NULL, callback, user_data));
}

CrmMe *
crm_me_load_finish (CrmSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
crm_me_save_async (CrmSession *session, CrmMe *me, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (me != NULL);

  crm_store_run_async (crm_session_get_store (session), save_in_worker, me,
                       (GDestroyNotify) crm_me_free, (GDestroyNotify) crm_me_free, NULL, done_cb,
                       g_task_new (session, NULL, callback, user_data));
}

gboolean
crm_me_save_finish (CrmSession *session, GAsyncResult *result, GError **error)
{
  g_autoptr (CrmMe) me = NULL;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  me = g_task_propagate_pointer (G_TASK (result), error);

  return me != NULL;
}
