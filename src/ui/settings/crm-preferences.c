/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-preferences.h"

#include <glib/gi18n.h>

#include "crm-care-group.h"
#include "crm-currency-row.h"
#include "crm-me.h"
#include "crm-text.h"
#include "crm-trash-days.h"

struct _CrmPreferences
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkEditable *name_row;
  GtkEditable *email_row;
  CrmCurrencyRow *currency_row;
  GtkEditable *region_row;
  CrmTrashDays *trash_days;
  CrmCareGroup *care_group;
  AdwComboRow *theme_row;

  CrmSession *session;
  CrmMe *me; /* as stored; NULL until it is known */
};

G_DEFINE_FINAL_TYPE (CrmPreferences, crm_preferences, ADW_TYPE_WINDOW)

static void
say (CrmPreferences *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_me_save_finish (CRM_SESSION (object), result, &error))
    return;
  if (self->session != NULL)
    say (self, error->message);
  else
    crm_session_report_error (CRM_SESSION (object), error);
}

static void
save_cb (CrmPreferences *self)
{
  g_autofree char *country = g_strdup (gtk_editable_get_text (self->region_row));
  const char *region = NULL;
  CrmMe *me;

  g_strstrip (country);
  if (*country != '\0')
    {
      region = crm_country_from_text (country);
      if (region == NULL)
        {
          g_autofree char *message = g_strdup_printf (
              _ ("“%s” is not the name or two-letter code of a country."), country);

          say (self, message);
          return;
        }
    }

  me = crm_me_new (gtk_editable_get_text (self->name_row), gtk_editable_get_text (self->email_row),
                   crm_currency_row_get_currency (self->currency_row), region);
  g_strstrip (me->name);
  g_strstrip (me->email);
  crm_me_save_async (self->session, me, saved_cb, g_object_ref (self));
}

static void
currency_changed_cb (CrmPreferences *self)
{
  if (self->me != NULL)
    save_cb (self);
}

static void
theme_selected_cb (CrmPreferences *self)
{
  if (self->session != NULL)
    g_settings_set_enum (crm_session_get_settings (self->session), "theme",
                         (int) adw_combo_row_get_selected (self->theme_row));
}

static void
team_activated_cb (CrmPreferences *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-place", "s", "members");
  gtk_window_close (GTK_WINDOW (self));
}

/* A row that has the focus would offer to apply what is stored already */
static void
set_text (GtkEditable *row, const char *text)
{
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), FALSE);
  gtk_editable_set_text (row, text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMe) me = crm_me_load_finish (CRM_SESSION (object), result, &error);

  if (self->session == NULL)
    return;
  if (me == NULL)
    {
      say (self, error->message);
      return;
    }

  set_text (self->name_row, me->name);
  set_text (self->email_row, me->email);
  set_text (self->region_row, me->region);
  crm_currency_row_set_currency (self->currency_row, me->currency);
  self->me = g_steal_pointer (&me);
}

static gboolean
is_changed (CrmPreferences *self)
{
  return self->me != NULL &&
         (g_strcmp0 (gtk_editable_get_text (self->name_row), self->me->name) != 0 ||
          g_strcmp0 (gtk_editable_get_text (self->email_row), self->me->email) != 0 ||
          g_strcmp0 (gtk_editable_get_text (self->region_row), self->me->region) != 0);
}

/* What was typed and not yet applied is not lost */
static gboolean
crm_preferences_close_request (GtkWindow *window)
{
  CrmPreferences *self = CRM_PREFERENCES (window);

  if (is_changed (self))
    save_cb (self);

  return GTK_WINDOW_CLASS (crm_preferences_parent_class)->close_request (window);
}

static void
crm_preferences_dispose (GObject *object)
{
  CrmPreferences *self = CRM_PREFERENCES (object);

  g_clear_pointer (&self->me, crm_me_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_PREFERENCES);

  G_OBJECT_CLASS (crm_preferences_parent_class)->dispose (object);
}

static void
crm_preferences_class_init (CrmPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_preferences_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = crm_preferences_close_request;

  g_type_ensure (CRM_TYPE_CURRENCY_ROW);
  g_type_ensure (CRM_TYPE_CARE_GROUP);
  g_type_ensure (CRM_TYPE_TRASH_DAYS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/settings/crm-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, name_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, email_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, currency_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, region_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, trash_days);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, care_group);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, theme_row);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, currency_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, theme_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, team_activated_cb);
}

static void
crm_preferences_init (CrmPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_preferences_new (CrmSession *session)
{
  CrmPreferences *self;
  int theme;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_PREFERENCES, NULL);
  theme = g_settings_get_enum (crm_session_get_settings (session), "theme");
  adw_combo_row_set_selected (self->theme_row, (guint) theme);
  self->session = g_object_ref (session);
  crm_trash_days_set_session (self->trash_days, session);
  crm_care_group_set_session (self->care_group, session);
  crm_me_load_async (session, loaded_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}
