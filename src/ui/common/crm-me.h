/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmMe:
 *
 * Who I am in a workspace, and how values are read in it. Any string may be empty.
 */
typedef struct
{
  char *name;
  char *email;
  char *currency; /* ISO 4217 */
  char *region; /* ISO 3166; phone numbers without a country are read as numbers of it */
} CrmMe;

CrmMe *crm_me_new (const char *name, const char *email, const char *currency, const char *region);
void crm_me_free (CrmMe *me);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMe, crm_me_free)

void crm_me_load_async (CrmSession *session, GAsyncReadyCallback callback, gpointer user_data);
CrmMe *crm_me_load_finish (CrmSession *session, GAsyncResult *result, GError **error);

/* Takes @me. The first time a member is made of it, which is "me" from then on. */
void crm_me_save_async (CrmSession *session,
                        CrmMe *me,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean crm_me_save_finish (CrmSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
