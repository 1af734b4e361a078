/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-schema.h"
#include "test-model.h"

G_BEGIN_DECLS

/* One act: what of it is given is done, in this order */
typedef struct
{
  const char *type; /* API names */
  const char *field;
  const char *option;
  const char *add_type;
  const CrmFieldSpec *add_field;
  const char *add_option;
  const char *add_pipeline;
  const CrmTypeChange *set_type;
  const CrmFieldChange *set_field;
  const CrmOptionChange *set_option;
  gboolean move_type; /* each move goes before this one, or to the end */
  gboolean move_field;
  gboolean move_option;
  const char *before;
  gboolean remove_type;
  gboolean remove_field;
  gboolean remove_option;
  const char *replacement;
} TestAct;

/* Returns the act's id, 0 where it changed nothing, -1 where it was refused */
gint64 test_try_act (TestWorkspace *test, const TestAct *act, GError **error);
/* What has to work and to change something; returns its id */
gint64 test_do_act (TestWorkspace *test, const TestAct *act);
/* Fails where @act is done, where the message has not @part in it, or where anything changed */
void test_assert_act_refused (TestWorkspace *test, const TestAct *act, int code, const char *part);
/* Does @act, undoes it and redoes it, and leaves it done */
void test_assert_there_and_back (TestWorkspace *test, const TestAct *act);

G_END_DECLS
