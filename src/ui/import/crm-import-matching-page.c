/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-matching-page.h"

#include <glib/gi18n.h>

#include "crm-import-mapping.h"

struct _CrmImportMatchingPage
{
  AdwBin parent_instance;

  AdwComboRow *by_row; /* as usual, or by what is ticked */
  AdwPreferencesGroup *by_group;
  GtkSwitch *exact_switch;
  AdwComboRow *mode_row;
  AdwComboRow *existing_row;
  AdwComboRow *trashed_row;
  AdwComboRow *missing_row;
  AdwComboRow *options_row;

  CrmImportSetup *setup;
  GPtrArray *rows; /* GtkWidget: one for each field to recognise by */
  GPtrArray *ticks; /* GtkCheckButton: in them; its name is that of the field */
  gboolean filling;
};

static void page_iface_init (CrmImportPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportMatchingPage,
                               crm_import_matching_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_IMPORT_PAGE, page_iface_init))

/* The values of the combos, in the order of their labels in the template */
static const CrmImportMode modes[] = { CRM_IMPORT_UPSERT, CRM_IMPORT_CREATE, CRM_IMPORT_UPDATE };
static const CrmImportExisting policies[] = { CRM_IMPORT_REPLACE, CRM_IMPORT_FILL_EMPTY,
                                              CRM_IMPORT_APPEND, CRM_IMPORT_OVERWRITE };
static const CrmImportTrashed trashed[] = { CRM_IMPORT_TRASHED_NEW, CRM_IMPORT_TRASHED_RESTORE,
                                            CRM_IMPORT_TRASHED_SKIP };
static const CrmImportMissing missing[] = { CRM_IMPORT_MISSING_CREATE, CRM_IMPORT_MISSING_LEAVE,
                                            CRM_IMPORT_MISSING_REFUSE };

/* Choosing */

static guint
get_selected (AdwComboRow *row, guint n_values)
{
  return MIN (adw_combo_row_get_selected (row), n_values - 1);
}

static char *
collect_ticked (CrmImportMatchingPage *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->ticks->len; i++)
    {
      GtkWidget *tick = g_ptr_array_index (self->ticks, i);

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)))
        g_ptr_array_add (names, (gpointer) gtk_widget_get_name (tick));
    }
  g_ptr_array_add (names, NULL);

  return g_strjoinv (",", (char **) names->pdata);
}

static gboolean
is_by_chosen (CrmImportMatchingPage *self)
{
  return adw_combo_row_get_selected (self->by_row) == 1;
}

static void
show_fields (CrmImportMatchingPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), is_by_chosen (self));
}

static void
chosen_cb (CrmImportMatchingPage *self)
{
  CrmImportPlan *plan = self->setup != NULL ? crm_import_setup_get_plan (self->setup) : NULL;
  g_autofree char *fields = NULL;

  if (self->filling || plan == NULL)
    return;

  fields = is_by_chosen (self) ? collect_ticked (self) : g_strdup ("");
  crm_import_plan_set_match (plan, fields, NULL);
  crm_import_plan_set_match_exact (plan, gtk_switch_get_active (self->exact_switch));
  crm_import_plan_set_mode (plan, modes[get_selected (self->mode_row, G_N_ELEMENTS (modes))]);
  crm_import_plan_set_existing (
      plan, policies[get_selected (self->existing_row, G_N_ELEMENTS (policies))]);
  crm_import_plan_set_trashed (plan,
                               trashed[get_selected (self->trashed_row, G_N_ELEMENTS (trashed))]);
  crm_import_plan_set_missing (plan,
                               missing[get_selected (self->missing_row, G_N_ELEMENTS (missing))]);
  crm_import_plan_set_missing_options (
      plan, missing[get_selected (self->options_row, G_N_ELEMENTS (missing))]);
  show_fields (self);
  crm_import_setup_plan_changed (self->setup);
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

/* Showing */

static gboolean
has_tick (CrmImportMatchingPage *self, const char *name)
{
  for (guint i = 0; i < self->ticks->len; i++)
    if (g_str_equal (gtk_widget_get_name (g_ptr_array_index (self->ticks, i)), name))
      return TRUE;

  return FALSE;
}

static void
add_field (CrmImportMatchingPage *self,
           const char *name,
           const char *label,
           const char *const *matched)
{
  GtkWidget *row;
  GtkWidget *tick;

  if (has_tick (self, name))
    return;

  row = adw_action_row_new ();
  tick = gtk_check_button_new ();
  gtk_widget_set_name (tick, name);
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick),
                               matched != NULL && g_strv_contains (matched, name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  adw_preferences_group_add (self->by_group, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->ticks, tick);
}

/* What the file has of a record itself */
static void
make_fields (CrmImportMatchingPage *self, CrmImportPlan *plan, const char *const *matched)
{
  const CrmRecordType *type = crm_import_plan_get_record_type (plan);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->by_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->ticks, 0);

  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      g_autofree char *target = crm_import_plan_get_target (plan, i);
      const CrmField *field = crm_import_plan_get_field (plan, i);

      if (g_str_equal (target, "id"))
        add_field (self, "id", _ ("Number"), matched);
      else if (*target != '\0' && field != NULL && field->type_id == type->id &&
               strchr (target, '.') == NULL && strchr (target, '@') == NULL)
        add_field (self, field->name, field->label, matched);
    }
}

static guint
find (const guint *values, guint n_values, guint value)
{
  for (guint i = 0; i < n_values; i++)
    if (values[i] == value)
      return i;

  return 0;
}

#define SELECT(row, values, value)                                                          \
  adw_combo_row_set_selected ((row), find ((const guint *) (values), G_N_ELEMENTS (values), \
                                           (guint) (value)))

static void
show_plan (CrmImportMatchingPage *self, CrmImportPlan *plan)
{
  g_autofree char *match = crm_import_plan_get_match (plan);
  g_auto (GStrv) matched = match != NULL ? g_strsplit (match, ",", -1) : NULL;

  self->filling = TRUE;
  make_fields (self, plan, (const char *const *) matched);
  adw_combo_row_set_selected (self->by_row, matched != NULL ? 1 : 0);
  gtk_switch_set_active (self->exact_switch, crm_import_plan_get_match_exact (plan));
  SELECT (self->mode_row, modes, crm_import_plan_get_mode (plan));
  SELECT (self->existing_row, policies, crm_import_plan_get_existing (plan));
  SELECT (self->trashed_row, trashed, crm_import_plan_get_trashed (plan));
  SELECT (self->missing_row, missing, crm_import_plan_get_missing (plan));
  SELECT (self->options_row, missing, crm_import_plan_get_missing_options (plan));
  show_fields (self);
  self->filling = FALSE;
}

/* CrmImportPage */

static void
crm_import_matching_page_enter (CrmImportPage *page)
{
  CrmImportMatchingPage *self = CRM_IMPORT_MATCHING_PAGE (page);
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);

  if (plan != NULL)
    show_plan (self, plan);
}

static gboolean
crm_import_matching_page_is_ready (CrmImportPage *page)
{
  CrmImportMatchingPage *self = CRM_IMPORT_MATCHING_PAGE (page);
  g_autofree char *ticked = NULL;

  if (self->setup == NULL || crm_import_setup_get_plan (self->setup) == NULL)
    return FALSE;
  if (!is_by_chosen (self))
    return TRUE;
  ticked = collect_ticked (self);

  return *ticked != '\0';
}

static void
page_iface_init (CrmImportPageInterface *iface)
{
  iface->enter = crm_import_matching_page_enter;
  iface->is_ready = crm_import_matching_page_is_ready;
}

/* GObject */

static void
crm_import_matching_page_dispose (GObject *object)
{
  CrmImportMatchingPage *self = CRM_IMPORT_MATCHING_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_MATCHING_PAGE);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_matching_page_parent_class)->dispose (object);
}

static void
crm_import_matching_page_finalize (GObject *object)
{
  CrmImportMatchingPage *self = CRM_IMPORT_MATCHING_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->ticks);

  G_OBJECT_CLASS (crm_import_matching_page_parent_class)->finalize (object);
}

static void
crm_import_matching_page_class_init (CrmImportMatchingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_matching_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_matching_page_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/import/crm-import-matching-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, by_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, by_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, exact_switch);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, mode_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, existing_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, trashed_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, missing_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportMatchingPage, options_row);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
crm_import_matching_page_init (CrmImportMatchingPage *self)
{
  self->rows = g_ptr_array_new ();
  self->ticks = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

/* Public API */

void
crm_import_matching_page_set_setup (CrmImportMatchingPage *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_MATCHING_PAGE (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = g_object_ref (setup);
}
