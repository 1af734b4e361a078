/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-days.h"

#include <glib/gi18n.h>

#include "crm-trash.h"

#define MAX_DAYS 3650

struct _CrmTrashDays
{
  AdwBin parent_instance;

  GtkWidget *spin;

  CrmSession *session;
  GCancellable *cancellable;
  guint days; /* as it is stored */
  gboolean reading;
};

enum
{
  PROP_0,
  PROP_DAYS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmTrashDays, crm_trash_days, ADW_TYPE_BIN)

static void
take_days (CrmTrashDays *self, guint days)
{
  self->reading = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), days);
  self->reading = FALSE;
  if (self->days == days)
    return;

  self->days = days;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAYS]);
}

/* Reading and saving */

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_memdup2 (&(guint){ crm_trash_get_days (store) }, sizeof (guint));
}

static gpointer
save_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const guint *days = data;

  return crm_trash_set_days (store, *days, error) ? g_memdup2 (days, sizeof *days) : NULL;
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTrashDays) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *days = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;

  take_days (self, days != NULL ? *days : self->days);
  crm_session_report_error (self->session, error);
}

static void
value_changed_cb (CrmTrashDays *self)
{
  guint days = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->spin));

  if (self->reading || self->session == NULL)
    return;

  crm_store_run_async (crm_session_get_store (self->session), save_in_worker,
                       g_memdup2 (&days, sizeof days), g_free, g_free, NULL, done_cb,
                       g_object_ref (self));
}

/* Words around the number */

static gboolean
output_cb (CrmTrashDays *self)
{
  guint days = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->spin));
  g_autofree char *text = NULL;

  if (days == 0)
    text = g_strdup (_ ("Never"));
  else
    text = g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);

  return TRUE;
}

/* The first number in it, wherever the language has it; none is never */
static int
input_cb (CrmTrashDays *self, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));

  while (*text != '\0' && !g_ascii_isdigit (*text))
    text++;
  *value = (double) MIN (g_ascii_strtoull (text, NULL, 10), MAX_DAYS);

  return TRUE;
}

/* GObject */

static void
crm_trash_days_dispose (GObject *object)
{
  CrmTrashDays *self = CRM_TRASH_DAYS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_trash_days_parent_class)->dispose (object);
}

static void
crm_trash_days_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_DAYS:
      g_value_set_uint (value, CRM_TRASH_DAYS (object)->days);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_trash_days_class_init (CrmTrashDaysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_trash_days_dispose;
  object_class->get_property = crm_trash_days_get_property;

  properties[PROP_DAYS] = g_param_spec_uint ("days", NULL, NULL, 0, MAX_DAYS, 0,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_trash_days_init (CrmTrashDays *self)
{
  self->cancellable = g_cancellable_new ();
  self->spin = gtk_spin_button_new_with_range (0, MAX_DAYS, 1);
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (self->spin), 1, 30);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 9);
  gtk_widget_set_valign (self->spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Days in the Trash"), -1);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect_swapped (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (value_changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), self->spin);
  output_cb (self);
}

/* Public API */

void
crm_trash_days_set_session (CrmTrashDays *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_TRASH_DAYS (self));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  crm_trash_days_refresh (self);
}

void
crm_trash_days_refresh (CrmTrashDays *self)
{
  g_return_if_fail (CRM_IS_TRASH_DAYS (self));
  g_return_if_fail (self->session != NULL);

  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, NULL, NULL, g_free,
                       self->cancellable, done_cb, g_object_ref (self));
}

guint
crm_trash_days_get_days (CrmTrashDays *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_DAYS (self), 0);

  return self->days;
}
