/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the menus of columns mark as chosen: by what is grouped and what is told below. Such an action has a state, so
 * each column has its own: "total.amount" is the name of a total, "group.stage" whether, and of dates how finely. */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

static GQuark
path_quark (void)
{
  return g_quark_from_static_string ("crm-choice-path");
}

/* API names have underlines, names of actions have none */
static char *
make_name (const char *path)
{
  return g_strdelimit (g_strdup (path), "_", '-');
}

static gboolean
is_date (const CrmField *field)
{
  return field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME;
}

/* What is chosen at present */

static GVariant *
get_total_state (CrmListPage *self, const CrmColumn *column)
{
  CrmTotalFunc func;

  return g_variant_new_string (
      _crm_list_page_get_total (self, column->name, &func) ? crm_total_get_name (func) : "");
}

static GVariant *
get_group_state (CrmListPage *self, const CrmColumn *column)
{
  CrmBucket bucket;
  gboolean grouped = _crm_list_page_is_grouped_by (self, column->name, &bucket);

  if (!is_date (column->field))
    return g_variant_new_boolean (grouped);

  return g_variant_new_string (grouped ? crm_bucket_get_name (bucket) : "");
}

/* Choosing */

static void
total_chosen_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  CrmListPage *self = user_data;

  _crm_list_page_set_total (self, g_object_get_qdata (G_OBJECT (action), path_quark ()),
                            g_variant_get_string (value, NULL));
}

static void
group_chosen_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  CrmListPage *self = user_data;
  const char *path = g_object_get_qdata (G_OBJECT (action), path_quark ());
  gboolean by_date = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING);
  CrmBucket bucket = CRM_BUCKET_MONTH;
  gboolean chosen = by_date ? crm_bucket_from_name (g_variant_get_string (value, NULL), &bucket)
                            : g_variant_get_boolean (value);

  if (chosen)
    _crm_list_page_group (self, path, bucket);
  else
    _crm_list_page_ungroup (self, path);
}

/* Actions */

static void
require_choice (CrmListPage *self,
                GSimpleActionGroup *choices,
                const char *path,
                GVariant *state,
                GCallback chosen_cb)
{
  g_autofree char *name = make_name (path);
  g_autoptr (GVariant) owned = g_variant_ref_sink (state);
  GAction *known = g_action_map_lookup_action (G_ACTION_MAP (choices), name);
  g_autoptr (GSimpleAction) action = NULL;

  if (known != NULL)
    {
      g_simple_action_set_state (G_SIMPLE_ACTION (known), owned);
      return;
    }

  action = g_simple_action_new_stateful (
      name, g_variant_is_of_type (owned, G_VARIANT_TYPE_BOOLEAN) ? NULL : G_VARIANT_TYPE_STRING,
      owned);
  g_object_set_qdata (G_OBJECT (action), path_quark (), (gpointer) g_intern_string (path));
  g_signal_connect_object (action, "change-state", chosen_cb, self, 0);
  g_action_map_add_action (G_ACTION_MAP (choices), G_ACTION (action));
}

void
_crm_list_page_set_up_choices (CrmListPage *self)
{
  self->total_choices = g_simple_action_group_new ();
  self->group_choices = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "total", G_ACTION_GROUP (self->total_choices));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "group", G_ACTION_GROUP (self->group_choices));
  _crm_list_page_update_choices (self);
}

void
_crm_list_page_update_choices (CrmListPage *self)
{
  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    {
      const CrmColumn *column = _crm_list_page_get_crm_column (
          self, _crm_list_page_get_column_path (self, i));

      require_choice (self, self->total_choices, column->name, get_total_state (self, column),
                      G_CALLBACK (total_chosen_cb));
      if (crm_column_can_group (column))
        require_choice (self, self->group_choices, column->name, get_group_state (self, column),
                        G_CALLBACK (group_chosen_cb));
    }
}

/* Menus */

/* @target: (nullable) */
static void
append (GMenu *menu, const char *label, const char *group, const char *path, const char *target)
{
  g_autofree char *name = make_name (path);
  g_autofree char *action = g_strconcat (group, ".", name, NULL);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action,
                                           target != NULL ? g_variant_new_string (target) : NULL);
  g_menu_append_item (menu, item);
}

GMenuModel *
_crm_list_page_make_totals_menu (CrmListPage *self, const CrmColumn *column)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();
  g_autoptr (GMenu) funcs = g_menu_new ();

  /* Translators: of what is shown below a column: no sum, no average, nothing */
  append (none, _ ("None"), "total", column->name, "");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (none));
  for (guint i = 0; i < CRM_N_TOTALS; i++)
    if (crm_column_can_total (column, i))
      append (funcs, crm_total_get_label (i, column->field), "total", column->name,
              crm_total_get_name (i));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (funcs));

  return G_MENU_MODEL (menu);
}

void
_crm_list_page_append_grouping (GMenu *menu, const CrmColumn *column)
{
  static const char *const buckets[CRM_N_BUCKETS] = {
    [CRM_BUCKET_DAY] = N_ ("_Day"),     [CRM_BUCKET_WEEK] = N_ ("_Week"),
    [CRM_BUCKET_MONTH] = N_ ("_Month"), [CRM_BUCKET_QUARTER] = N_ ("_Quarter"),
    [CRM_BUCKET_YEAR] = N_ ("_Year"),
  };
  g_autoptr (GMenu) choices = NULL;
  g_autoptr (GMenu) none = NULL;
  g_autoptr (GMenu) finely = NULL;

  if (!crm_column_can_group (column))
    return;

  if (!is_date (column->field))
    {
      append (menu, _ ("_Group by This"), "group", column->name, NULL);
      return;
    }

  choices = g_menu_new ();
  none = g_menu_new ();
  finely = g_menu_new ();
  append (none, _ ("_Not at All"), "group", column->name, "");
  g_menu_append_section (choices, NULL, G_MENU_MODEL (none));
  for (guint i = 0; i < CRM_N_BUCKETS; i++)
    append (finely, _ (buckets[i]), "group", column->name, crm_bucket_get_name (i));
  g_menu_append_section (choices, NULL, G_MENU_MODEL (finely));
  g_menu_append_submenu (menu, _ ("_Group by This"), G_MENU_MODEL (choices));
}
