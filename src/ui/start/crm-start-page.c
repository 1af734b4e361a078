/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-start-page.h"

#include "crm-currency-row.h"
#include "crm-me.h"

struct _CrmStartPage
{
  AdwBin parent_instance;

  GtkEditable *name_row;
  GtkEditable *email_row;
  CrmCurrencyRow *currency_row;
  GtkLabel *error_label;
  GtkWidget *buttons;

  CrmSession *session;
  const char *next_action;
};

enum
{
  STARTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmStartPage, crm_start_page, ADW_TYPE_BIN)

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmStartPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->buttons, TRUE);
  if (!crm_me_save_finish (CRM_SESSION (object), result, &error))
    {
      gtk_label_set_label (self->error_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
      return;
    }

  g_signal_emit (self, signals[STARTED], 0, self->next_action);
}

static void
start (CrmStartPage *self, const char *next_action)
{
  CrmMe *me = crm_me_new (gtk_editable_get_text (self->name_row),
                          gtk_editable_get_text (self->email_row),
                          crm_currency_row_get_currency (self->currency_row), NULL);

  g_strstrip (me->name);
  g_strstrip (me->email);
  self->next_action = next_action;
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_set_sensitive (self->buttons, FALSE);
  crm_me_save_async (self->session, me, saved_cb, g_object_ref (self));
}

static void
import_clicked_cb (CrmStartPage *self)
{
  start (self, "win.import");
}

/* The workspace is left as it is: whoever comes back from the demo is asked again */
static void
demo_clicked_cb (CrmStartPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-demo", NULL);
}

static void
empty_clicked_cb (CrmStartPage *self)
{
  start (self, NULL);
}

static void
crm_start_page_dispose (GObject *object)
{
  CrmStartPage *self = CRM_START_PAGE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_START_PAGE);

  G_OBJECT_CLASS (crm_start_page_parent_class)->dispose (object);
}

static void
crm_start_page_class_init (CrmStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_start_page_dispose;

  signals[STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CRM_TYPE_CURRENCY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/start/crm-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, buttons);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_clicked_cb);
}

static void
crm_start_page_init (CrmStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_start_page_new (CrmSession *session)
{
  CrmStartPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_START_PAGE, NULL);
  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}
