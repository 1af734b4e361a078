/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "test-act.h"

#include <string.h>

#include "crm-error.h"

static const CrmOption *
find_option (const CrmField *field, const char *label)
{
  const CrmOption *option = label != NULL ? crm_field_find_option (field, label, 0) : NULL;

  g_assert_true (label == NULL || option != NULL);
  return option;
}

static gboolean
act_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const TestAct *act = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *type = NULL;
  const CrmField *field = NULL;
  const CrmOption *option = NULL;

  if (act->add_type != NULL)
    return crm_schema_add_type (transaction, act->add_type, NULL, NULL, NULL, error);

  type = crm_catalogue_find_type (catalogue, act->type);
  g_assert_nonnull (type);
  if (act->field != NULL)
    field = crm_record_type_find_field (type, act->field);
  g_assert_true (act->field == NULL || field != NULL);
  option = field != NULL ? find_option (field, act->option) : NULL;

  if (act->add_field != NULL)
    return crm_schema_add_field (transaction, type, act->add_field, NULL, error);
  if (act->add_option != NULL)
    return crm_schema_add_option (transaction, field, act->add_option, 0, NULL, error);
  if (act->add_pipeline != NULL)
    return crm_schema_add_pipeline (transaction, field, act->add_pipeline, NULL, error);
  if (act->set_type != NULL)
    return crm_schema_set_type (transaction, type, act->set_type, error);
  if (act->set_field != NULL)
    return crm_schema_set_field (transaction, field, act->set_field, error);
  if (act->set_option != NULL)
    return crm_schema_set_option (transaction, option, act->set_option, error);
  if (act->move_type)
    return crm_schema_move_type (
        transaction, type,
        act->before != NULL ? crm_catalogue_find_type (catalogue, act->before) : NULL, error);
  if (act->move_field)
    return crm_schema_move_field (
        transaction, field,
        act->before != NULL ? crm_record_type_find_field (type, act->before) : NULL, error);
  if (act->move_option)
    return crm_schema_move_option (transaction, option, find_option (field, act->before), error);
  if (act->remove_type)
    return crm_schema_remove_type (transaction, type, error);
  if (act->remove_field)
    return crm_schema_remove_field (transaction, field, error);
  if (act->remove_option)
    return crm_schema_remove_option (transaction, option, find_option (field, act->replacement),
                                     error);
  g_assert_not_reached ();
}

gint64
test_try_act (TestWorkspace *test, const TestAct *act, GError **error)
{
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, act_func, (gpointer) act,
                        NULL, &result, error))
    return -1;
  return result.act_id;
}

gint64
test_do_act (TestWorkspace *test, const TestAct *act)
{
  g_autoptr (GError) error = NULL;
  gint64 act_id = test_try_act (test, act, &error);

  g_assert_no_error (error);
  g_assert_cmpint (act_id, >, 0);
  return act_id;
}

void
test_assert_act_refused (TestWorkspace *test, const TestAct *act, int code, const char *part)
{
  g_autofree char *before = test_dump (test);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (test_try_act (test, act, &error), ==, -1);
  g_assert_error (error, CRM_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  test_assert_dump (test, before);
}

void
test_assert_there_and_back (TestWorkspace *test, const TestAct *act)
{
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;

  test_do_act (test, act);
  after = test_dump (test);
  g_assert_cmpstr (after, !=, before);
  test_assert_sound (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);

  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}
