/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-filter-edit.h"

#define MAX_VALUE_CHARS 30 /* of what a menu says */

static const char *
get_filter (CrmListPage *self)
{
  return crm_view_query_get_filter (crm_view_state_get_query (self->state));
}

/* By the value of a cell */

/* What the cell of @row at @path says, as filter text; (transfer full) (nullable): nothing can be asked of it */
static char *
make_value_filter (CrmListPage *self, const char *path, CrmRow *row, gboolean negated)
{
  const CrmColumn *column = _crm_list_page_get_crm_column (self, path);
  g_autoptr (CrmFilterNode) node = NULL;

  if (column == NULL || crm_row_get_record (row) == NULL)
    return NULL;

  node = crm_filter_node_new_for_value (crm_session_get_store (self->session), self->type, path,
                                        crm_row_get_value (row, column), negated, NULL);
  return node != NULL ? crm_filter_node_to_text (node) : NULL;
}

/* "Stage: Proposal" */
static char *
describe_value (CrmListPage *self, const char *path, CrmRow *row)
{
  const CrmColumn *column = _crm_list_page_get_crm_column (self, path);
  g_autofree char *title = _crm_list_page_make_title (self, path);
  g_autofree char *text = crm_cell_get_text (crm_session_get_store (self->session), column->field,
                                             crm_row_get_value (row, column));

  if (*text == '\0')
    /* Translators: %s is a field, “City”, that has no value */
    return g_strdup_printf (_ ("%s: Empty"), title);
  if (g_utf8_strlen (text, -1) > MAX_VALUE_CHARS)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_VALUE_CHARS - 1);

      /* Translators: a field and what it has, which is cut off */
      return g_strdup_printf (_ ("%s: %s…"), title, start);
    }

  /* Translators: a field and what it has: “Stage: Proposal” */
  return g_strdup_printf (_ ("%s: %s"), title, text);
}

/* An underscore would be a mnemonic */
static void
append_item (GMenu *menu, char *label, const char *filter)
{
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char *own = label;
  g_auto (GStrv) parts = g_strsplit (own, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  item = g_menu_item_new (escaped, NULL);
  g_menu_item_set_action_and_target (item, "records.add-filter", "s", filter);
  g_menu_append_item (menu, item);
}

static void
filter_by_active (CrmListPage *self, gboolean negated)
{
  const char *path = _crm_list_page_get_active_path (self);
  g_autoptr (CrmRow) row = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) ids = NULL;
  guint position;

  g_set_object (&row, _crm_list_page_get_active_row (self));
  if (row == NULL)
    {
      /* The focus may be in the palette */
      ids = crm_selection_get_ids (self->selection);
      position = ids->len == 1 ? crm_record_list_find (self->list, g_array_index (ids, gint64, 0))
                               : G_MAXUINT;
      if (position != G_MAXUINT)
        row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
    }

  if (row != NULL && path != NULL)
    text = make_value_filter (self, path, row, negated);
  if (text != NULL)
    crm_filter_bar_add (self->filter_bar, text);
  else
    crm_session_show_toast (self->session, _ ("Go to a cell of the table first."));
}

/* Actions */

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_start (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
edit_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_edit_all (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_clear (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
filter_by_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = g_variant_get_string (parameter, NULL);

  if (*path == '\0')
    path = _crm_list_page_get_active_path (self);
  if (path != NULL)
    crm_filter_bar_edit_path (self->filter_bar, path);
}

static void
filter_by_value_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  filter_by_active (CRM_LIST_PAGE (widget), FALSE);
}

static void
hide_value_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  filter_by_active (CRM_LIST_PAGE (widget), TRUE);
}

static void
add_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_add (CRM_LIST_PAGE (widget)->filter_bar, g_variant_get_string (parameter, NULL));
}

/* For the other files of the class */

gboolean
_crm_list_page_is_filtered (CrmListPage *self)
{
  gboolean modified;

  if (get_filter (self) == NULL)
    return FALSE;
  if (crm_view_state_get_view (self->state) == NULL)
    return TRUE;

  /* What is saved says itself what it is about */
  g_object_get (self->state, "modified", &modified, NULL);
  return modified;
}

void
_crm_list_page_update_no_matches (CrmListPage *self)
{
  gboolean searching = crm_view_state_get_search (self->state) != NULL;
  gboolean filtered = _crm_list_page_is_filtered (self);
  const char *why = _ ("Nothing here has all of these words.");

  if (searching && filtered)
    why = _ ("Nothing here has all of these words and fits the filters.");
  else if (filtered)
    why = _ ("Nothing here fits all of the filters.");
  adw_status_page_set_description (self->no_matches_page, why);
  gtk_widget_set_visible (self->clear_search_button, searching);
  gtk_widget_set_visible (self->clear_filter_button, filtered);
}

void
_crm_list_page_update_filter_actions (CrmListPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.clear-filter",
                                 get_filter (self) != NULL);
}

void
_crm_list_page_update_value_menu (CrmListPage *self, GtkWidget *picked)
{
  GtkWidget *cell = picked != NULL ? crm_cell_find (picked) : NULL;
  CrmRow *row = picked != NULL ? crm_cell_find_row (picked) : NULL;
  const char *path = cell != NULL ? crm_cell_get_path (cell) : NULL;
  g_autofree char *only = NULL;
  g_autofree char *others = NULL;
  g_autofree char *words = NULL;

  g_menu_remove_all (self->value_menu);
  /* Of the keyboard's menu it is the active cell */
  if (cell == NULL && picked != NULL && gtk_widget_is_ancestor (picked, GTK_WIDGET (self->table)))
    {
      path = _crm_list_page_get_active_path (self);
      row = _crm_list_page_get_active_row (self);
    }
  if (path == NULL || row == NULL)
    return;

  only = make_value_filter (self, path, row, FALSE);
  others = make_value_filter (self, path, row, TRUE);
  if (only == NULL || others == NULL)
    return;

  words = describe_value (self, path, row);
  /* Translators: %s is a field and a value: “Show Only Stage: Proposal” */
  append_item (self->value_menu, g_strdup_printf (_ ("Show Only %s"), words), only);
  /* Translators: %s is a field and a value: hides the records that have it */
  append_item (self->value_menu, g_strdup_printf (_ ("Hide %s"), words), others);
}

void
_crm_list_page_class_install_filter_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "records.edit-filter", NULL, edit_filter_action);
  gtk_widget_class_install_action (widget_class, "records.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "records.filter-by", "s", filter_by_action);
  gtk_widget_class_install_action (widget_class, "records.add-filter", "s", add_filter_action);
  gtk_widget_class_install_action (widget_class, "records.filter-by-value", NULL,
                                   filter_by_value_action);
  gtk_widget_class_install_action (widget_class, "records.hide-value", NULL, hide_value_action);
}
