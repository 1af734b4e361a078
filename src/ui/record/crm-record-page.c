/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-page.h"

#include <glib/gi18n.h>

#include "crm-words.h"

struct _CrmRecordPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  AdwPreferencesPage *facts;
  AdwPreferencesGroup *group;

  CrmSession *session;
  gint64 id;
  char *title;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmRecordPage, crm_record_page, ADW_TYPE_BIN)

static void
set_title (CrmRecordPage *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  adw_window_title_set_title (self->window_title, title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
show_record (CrmRecordPage *self, const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  const CrmLocale *locale = crm_store_get_locale (crm_session_get_store (self->session));

  set_title (self, crm_record_get_label (record));
  if (self->group != NULL)
    adw_preferences_page_remove (self->facts, self->group);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *value = crm_record_get_value (record, type->fields[i]);
      g_autofree char *text = NULL;
      GtkWidget *row;

      if (value == NULL)
        continue;
      text = crm_value_to_display (type->fields[i], value, locale);
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), type->fields[i]->label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      adw_preferences_group_add (self->group, row);
    }
  adw_preferences_page_add (self->facts, self->group);
}

static gpointer
load_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_store_get_record (store, *(gint64 *) data, TRUE, cancellable, error);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;
  if (record == NULL)
    crm_session_report_error (self->session, error);
  else
    show_record (self, record);
}

static void
crm_record_page_dispose (GObject *object)
{
  g_clear_object (&CRM_RECORD_PAGE (object)->session);

  G_OBJECT_CLASS (crm_record_page_parent_class)->dispose (object);
}

static void
crm_record_page_finalize (GObject *object)
{
  g_free (CRM_RECORD_PAGE (object)->title);

  G_OBJECT_CLASS (crm_record_page_parent_class)->finalize (object);
}

static void
crm_record_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_page_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_RECORD_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_page_class_init (CrmRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_record_page_dispose;
  object_class->finalize = crm_record_page_finalize;
  object_class->get_property = crm_record_page_get_property;
  object_class->set_property = crm_record_page_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, TRUE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_record_page_init (CrmRecordPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->window_title = ADW_WINDOW_TITLE (adw_window_title_new ("", NULL));
  self->back_button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  self->facts = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_tooltip_text (self->back_button, _ ("Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back_button), "win.go-back");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back_button);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->window_title));
  gtk_widget_set_vexpand (GTK_WIDGET (self->facts), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
crm_record_page_new (CrmSession *session)
{
  CrmRecordPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_RECORD_PAGE, NULL);
  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}

void
crm_record_page_set_record (CrmRecordPage *self, gint64 id)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));

  self->id = id;
  crm_store_run_async (crm_session_get_store (self->session), load_in_worker,
                       g_memdup2 (&id, sizeof id), g_free, (GDestroyNotify) crm_record_unref, NULL,
                       loaded_cb, g_object_ref (self));
}

gint64
crm_record_page_get_record (CrmRecordPage *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_PAGE (self), 0);

  return self->id;
}

void
crm_record_page_set_draft (CrmRecordPage *self,
                           const CrmRecordType *type,
                           const CrmField *field,
                           gint64 related_id)
{
  g_autofree char *title = NULL;

  g_return_if_fail (CRM_IS_RECORD_PAGE (self));

  self->id = 0;
  title = crm_words_get_new (type);
  set_title (self, title);
}

void
crm_record_page_set_list (CrmRecordPage *self, CrmRecordList *list)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
}

void
crm_record_page_commit (CrmRecordPage *self)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
}
