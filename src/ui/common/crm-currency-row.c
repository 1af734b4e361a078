/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-currency-row.h"

#include <glib/gi18n.h>

#include "crm-number.h"

struct _CrmCurrencyRow
{
  AdwActionRow parent_instance;

  GtkDropDown *drop_down;
};

enum
{
  PROP_0,
  PROP_CURRENCY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmCurrencyRow, crm_currency_row, ADW_TYPE_ACTION_ROW)

static void
selected_cb (CrmCurrencyRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENCY]);
}

static void
crm_currency_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CURRENCY:
      g_value_set_string (value, crm_currency_row_get_currency (CRM_CURRENCY_ROW (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_currency_row_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CURRENCY:
      crm_currency_row_set_currency (CRM_CURRENCY_ROW (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_currency_row_class_init (CrmCurrencyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = crm_currency_row_get_property;
  object_class->set_property = crm_currency_row_set_property;

  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_currency_row_init (CrmCurrencyRow *self)
{
  GtkStringList *codes = gtk_string_list_new ((const char *const *) crm_currency_list ());
  GtkExpression *code = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (codes), code);

  self->drop_down = GTK_DROP_DOWN (drop_down);
  gtk_drop_down_set_enable_search (self->drop_down, TRUE);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Currency"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Currency"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), drop_down);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), drop_down);
  crm_currency_row_set_currency (self, crm_locale_get_currency ());
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

const char *
crm_currency_row_get_currency (CrmCurrencyRow *self)
{
  GtkStringObject *selected;

  g_return_val_if_fail (CRM_IS_CURRENCY_ROW (self), NULL);

  selected = gtk_drop_down_get_selected_item (self->drop_down);

  return selected != NULL ? gtk_string_object_get_string (selected) : NULL;
}

void
crm_currency_row_set_currency (CrmCurrencyRow *self, const char *currency)
{
  const char *const *codes = crm_currency_list ();

  g_return_if_fail (CRM_IS_CURRENCY_ROW (self));

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_strcmp0 (codes[i], currency) == 0)
      gtk_drop_down_set_selected (self->drop_down, i);
}
