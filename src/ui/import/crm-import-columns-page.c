/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-columns-page.h"

#include <glib/gi18n.h>

#include "crm-import-column-row.h"
#include "crm-import-fixed-group.h"
#include "crm-import-mapping.h"
#include "crm-import-memory-group.h"

/* In the order in which they are shown */
typedef enum
{
  GROUP_CHECK,
  GROUP_SURE,
  GROUP_LEFT_OUT,
  N_GROUPS,
} Group;

struct _CrmImportColumnsPage
{
  AdwBin parent_instance;

  GtkWidget *content;
  AdwPreferencesGroup *check_group;
  AdwPreferencesGroup *sure_group;
  AdwPreferencesGroup *left_out_group;
  GtkWidget *hint;
  CrmImportFixedGroup *fixed_group;
  CrmImportMemoryGroup *memory_group;

  CrmImportSetup *setup;
  CrmImportPlan *shown; /* whose columns are shown; not owned, only compared */
  GPtrArray *rows; /* CrmImportColumnRow: by column */
  Group *groups; /* by column: where it stands; not moved while somebody looks */
  guint source;
};

static void page_iface_init (CrmImportPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportColumnsPage,
                               crm_import_columns_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_IMPORT_PAGE, page_iface_init))

static AdwPreferencesGroup *
get_group (CrmImportColumnsPage *self, Group group)
{
  switch (group)
    {
    case GROUP_CHECK:
      return self->check_group;

    case GROUP_LEFT_OUT:
      return self->left_out_group;

    case GROUP_SURE:
    case N_GROUPS:
    default:
      return self->sure_group;
    }
}

static guint
count_open (CrmImportColumnsPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += crm_import_column_row_is_open (g_ptr_array_index (self->rows, i)) ? 1 : 0;

  return n;
}

/* A row that is pressed cannot be made anew while it is */
static gboolean
update_idle_cb (gpointer data)
{
  CrmImportColumnsPage *self = data;

  self->source = 0;
  if (self->shown != crm_import_setup_get_plan (self->setup))
    return G_SOURCE_REMOVE;

  for (guint i = 0; i < self->rows->len; i++)
    crm_import_column_row_update (g_ptr_array_index (self->rows, i));
  gtk_widget_set_visible (self->hint, count_open (self) > 0);
  crm_import_page_changed (CRM_IMPORT_PAGE (self));

  return G_SOURCE_REMOVE;
}

static void
row_changed_cb (CrmImportColumnsPage *self)
{
  if (self->source == 0)
    self->source = g_idle_add (update_idle_cb, self);
}

static void
clear (CrmImportColumnsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (get_group (self, self->groups[i]),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->groups, g_free);
  self->shown = NULL;
}

static Group
choose_group (CrmImportColumnRow *row, CrmImportPlan *plan, guint column)
{
  CrmImportConfidence confidence = crm_import_plan_get_confidence (plan, column);

  if (confidence == CRM_IMPORT_CHECK || crm_import_column_row_is_open (row))
    return GROUP_CHECK;

  return confidence == CRM_IMPORT_IGNORED ? GROUP_LEFT_OUT : GROUP_SURE;
}

static void
show_columns (CrmImportColumnsPage *self, CrmImportPlan *plan)
{
  guint n_columns = crm_import_plan_get_n_columns (plan);
  gboolean any[N_GROUPS] = { FALSE };

  clear (self);
  self->shown = plan;
  self->groups = g_new0 (Group, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      GtkWidget *row = crm_import_column_row_new (self->setup, i);

      self->groups[i] = choose_group (CRM_IMPORT_COLUMN_ROW (row), plan, i);
      any[self->groups[i]] = TRUE;
      g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (get_group (self, self->groups[i]), row);
    }
  for (guint i = 0; i < N_GROUPS; i++)
    gtk_widget_set_visible (GTK_WIDGET (get_group (self, i)), any[i]);
  gtk_widget_set_visible (self->hint, count_open (self) > 0);
}

static void
setup_changed_cb (CrmImportColumnsPage *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);

  if (plan != NULL)
    show_columns (self, plan);
  else
    clear (self);
  crm_import_fixed_group_update (self->fixed_group);
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

static void
lent_cb (CrmImportColumnsPage *self)
{
  gtk_widget_set_sensitive (self->content, !crm_import_setup_is_lent (self->setup));
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

/* CrmImportPage */

static void
crm_import_columns_page_enter (CrmImportPage *page)
{
  CrmImportColumnsPage *self = CRM_IMPORT_COLUMNS_PAGE (page);
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);

  if (plan == NULL)
    return;

  show_columns (self, plan);
  crm_import_fixed_group_update (self->fixed_group);
  crm_import_memory_group_update (self->memory_group);
}

static gboolean
crm_import_columns_page_is_ready (CrmImportPage *page)
{
  CrmImportColumnsPage *self = CRM_IMPORT_COLUMNS_PAGE (page);

  return self->shown != NULL && count_open (self) == 0;
}

static void
page_iface_init (CrmImportPageInterface *iface)
{
  iface->enter = crm_import_columns_page_enter;
  iface->is_ready = crm_import_columns_page_is_ready;
}

/* GObject */

static void
crm_import_columns_page_dispose (GObject *object)
{
  CrmImportColumnsPage *self = CRM_IMPORT_COLUMNS_PAGE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_COLUMNS_PAGE);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_columns_page_parent_class)->dispose (object);
}

static void
crm_import_columns_page_finalize (GObject *object)
{
  CrmImportColumnsPage *self = CRM_IMPORT_COLUMNS_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_free (self->groups);

  G_OBJECT_CLASS (crm_import_columns_page_parent_class)->finalize (object);
}

static void
crm_import_columns_page_class_init (CrmImportColumnsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_columns_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_columns_page_finalize;

  g_type_ensure (CRM_TYPE_IMPORT_FIXED_GROUP);
  g_type_ensure (CRM_TYPE_IMPORT_MEMORY_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/import/crm-import-columns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, content);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, check_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, sure_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, left_out_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, fixed_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumnsPage, memory_group);
}

static void
crm_import_columns_page_init (CrmImportColumnsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

void
crm_import_columns_page_set_setup (CrmImportColumnsPage *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMNS_PAGE (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = g_object_ref (setup);
  crm_import_fixed_group_set_setup (self->fixed_group, setup);
  crm_import_memory_group_set_setup (self->memory_group, setup);
  g_signal_connect_object (setup, "changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "lent", G_CALLBACK (lent_cb), self, G_CONNECT_SWAPPED);
}
