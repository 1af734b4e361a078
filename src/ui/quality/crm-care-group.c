/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-care-group.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-merge-plan.h"
#include "crm-quality-review.h"
#include "crm-rules-window.h"

/* What can be chosen; what else is set is shown besides */
static const guint days[] = { 0, 1, 7, 30 };
static const guint weeks[] = { 0, 4, 8, 12, 26 };

typedef struct
{
  guint days;
  guint weeks;
  CrmMergeKeep keep;
} Settings;

struct _CrmCareGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *days_row;
  AdwComboRow *weeks_row;
  AdwComboRow *keep_row;

  CrmSession *session;
  Settings settings;
  gboolean is_known;
};

G_DEFINE_FINAL_TYPE (CrmCareGroup, crm_care_group, ADW_TYPE_PREFERENCES_GROUP)

/* Choices */

static guint
find_choice (const guint *choices, guint n_choices, guint value)
{
  for (guint i = 0; i < n_choices; i++)
    if (choices[i] == value)
      return i;

  return n_choices;
}

static char *
describe_days (guint n)
{
  switch (n)
    {
    case 0:
      return g_strdup (_ ("Never"));

    case 1:
      return g_strdup (_ ("Every Day"));

    case 7:
      return g_strdup (_ ("Every Week"));

    case 30:
      return g_strdup (_ ("Every Month"));

    default:
      return g_strdup_printf (ngettext ("Every %u Day", "Every %u Days", n), n);
    }
}

static char *
describe_weeks (guint n)
{
  return n == 0 ? g_strdup (_ ("Never"))
                : g_strdup_printf (ngettext ("Every %u Week", "Every %u Weeks", n), n);
}

static void
show (AdwComboRow *row,
      const guint *choices,
      guint n_choices,
      guint value,
      char *(*describe) (guint value))
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = find_choice (choices, n_choices, value);

  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_take (labels, describe (choices[i]));
  if (selected == n_choices)
    gtk_string_list_take (labels, describe (value));
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (row, selected);
}

static guint
get_chosen (AdwComboRow *row, const guint *choices, guint n_choices, guint value)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < n_choices ? choices[selected] : value;
}

/* Keeping */

static gpointer
save_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Settings *settings = data;

  return crm_duplicates_set_days (store, settings->days, error) &&
                 crm_quality_set_weeks (store, settings->weeks, error) &&
                 crm_merge_set_keep (store, settings->keep, error)
             ? g_memdup2 (settings, sizeof *settings)
             : NULL;
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSession) session = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Settings *saved = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (saved == NULL)
    crm_session_report_error (session, error);
}

static void
save (CrmCareGroup *self)
{
  Settings *settings = &self->settings;

  if (!self->is_known)
    return;

  settings->days = get_chosen (self->days_row, days, G_N_ELEMENTS (days), settings->days);
  settings->weeks = get_chosen (self->weeks_row, weeks, G_N_ELEMENTS (weeks), settings->weeks);
  settings->keep = (CrmMergeKeep) adw_combo_row_get_selected (self->keep_row);
  crm_store_run_async (crm_session_get_store (self->session), save_in_worker,
                       g_memdup2 (settings, sizeof *settings), g_free, g_free, NULL, saved_cb,
                       g_object_ref (self->session));
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Settings settings = { crm_duplicates_get_days (store), crm_quality_get_weeks (store),
                        crm_merge_get_keep (store) };

  return g_memdup2 (&settings, sizeof settings);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmCareGroup) self = user_data;
  g_autofree Settings *settings = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (settings == NULL || self->session == NULL)
    return;

  self->settings = *settings;
  show (self->days_row, days, G_N_ELEMENTS (days), settings->days, describe_days);
  show (self->weeks_row, weeks, G_N_ELEMENTS (weeks), settings->weeks, describe_weeks);
  adw_combo_row_set_selected (self->keep_row, settings->keep);
  self->is_known = TRUE;
}

static void
rules_activated_cb (CrmCareGroup *self)
{
  crm_rules_window_present_for (GTK_WIDGET (self), self->session, NULL);
}

static AdwComboRow *
add_row (CrmCareGroup *self, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return ADW_COMBO_ROW (row);
}

static void
crm_care_group_dispose (GObject *object)
{
  CrmCareGroup *self = CRM_CARE_GROUP (object);

  self->is_known = FALSE;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_care_group_parent_class)->dispose (object);
}

static void
crm_care_group_class_init (CrmCareGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_care_group_dispose;
}

static void
crm_care_group_init (CrmCareGroup *self)
{
  const char *const keeps[] = { _ ("The Most Complete"), _ ("The Oldest"), _ ("The Newest"), NULL };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (keeps);
  GtkWidget *rules = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->days_row = add_row (self, _ ("Look for Duplicates"));
  self->weeks_row = add_row (self, _ ("Remind Me to Look After My Data"));
  self->keep_row = add_row (self, _ ("Keep When Merging"));
  adw_combo_row_set_model (self->keep_row, G_LIST_MODEL (labels));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rules), _ ("Rules Against Duplicates…"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (rules), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (rules), arrow);
  g_signal_connect_object (rules, "activated", G_CALLBACK (rules_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rules);
}

void
crm_care_group_set_session (CrmCareGroup *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_CARE_GROUP (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
  crm_store_run_async (crm_session_get_store (session), read_in_worker, NULL, NULL, g_free, NULL,
                       read_cb, g_object_ref (self));
}
