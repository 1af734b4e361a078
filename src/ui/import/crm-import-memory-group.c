/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-memory-group.h"

#include <glib/gi18n.h>

#include "crm-import-memory.h"

struct _CrmImportMemoryGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* GtkWidget: one for each mapping */
  GtkWidget *name_row;

  CrmImportSetup *setup; /* nullable */
};

G_DEFINE_FINAL_TYPE (CrmImportMemoryGroup, crm_import_memory_group, ADW_TYPE_PREFERENCES_GROUP)

/* All of it happens in workers, which have the plan meanwhile where they do more than list */

typedef enum
{
  WORK_LIST,
  WORK_USE,
  WORK_SAVE,
  WORK_REMOVE,
} WorkKind;

typedef struct
{
  WorkKind kind;
  CrmImportPlan *plan;
  const CrmRecordType *type; /* of the plan */
  char *name; /* NULL to list */
} Work;

typedef struct
{
  CrmImportMemoryGroup *group;
  WorkKind kind;
  char *name;
} Call;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->plan);
  g_free (work->name);
  g_free (work);
}

static gboolean
act (CrmImportMemory *memory, Work *work, GError **error)
{
  switch (work->kind)
    {
    case WORK_USE:
      return crm_import_memory_use (memory, work->name, work->plan, error);

    case WORK_SAVE:
      return crm_import_memory_save (memory, work->name, work->plan, error);

    case WORK_REMOVE:
      return crm_import_memory_remove (memory, work->name, error);

    case WORK_LIST:
    default:
      return TRUE;
    }
}

/* What there is afterwards */
static gpointer
work_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);

  if (!act (memory, work, error))
    return NULL;

  return crm_import_memory_list (memory, work->type->name);
}

static void show_mappings (CrmImportMemoryGroup *self, GPtrArray *mappings);

static void
worked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmImportMemoryGroup) self = call->group;
  g_autofree char *name = call->name;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mappings = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->kind != WORK_LIST)
    crm_import_setup_give_back_plan (self->setup);
  if (mappings == NULL)
    {
      crm_session_report_error (crm_import_setup_get_session (self->setup), error);
      return;
    }

  show_mappings (self, mappings);
  if (call->kind == WORK_SAVE)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
  if (call->kind == WORK_USE)
    crm_import_setup_mapping_used (self->setup, name);
}

static void
start (CrmImportMemoryGroup *self, WorkKind kind, const char *name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  Work *work;
  Call *call;

  if (plan == NULL || crm_import_setup_is_lent (self->setup))
    return;

  work = g_new0 (Work, 1);
  work->kind = kind;
  work->plan = g_object_ref (plan);
  work->type = crm_import_plan_get_record_type (plan);
  work->name = g_strdup (name);
  call = g_new0 (Call, 1);
  call->group = g_object_ref (self);
  call->kind = kind;
  call->name = g_strdup (name);
  if (kind != WORK_LIST)
    crm_import_setup_lend_plan (self->setup, cancellable);
  crm_store_run_async (crm_session_get_store (crm_import_setup_get_session (self->setup)),
                       work_in_worker, work, work_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                       worked_cb, call);
}

/* Rows */

static void
use_clicked_cb (CrmImportMemoryGroup *self, GtkWidget *button)
{
  start (self, WORK_USE, gtk_widget_get_name (button));
}

static void
forget_clicked_cb (CrmImportMemoryGroup *self, GtkWidget *button)
{
  start (self, WORK_REMOVE, gtk_widget_get_name (button));
}

static void
add_button (CrmImportMemoryGroup *self,
            GtkWidget *row,
            GtkWidget *button,
            const char *mapping,
            const char *name,
            GCallback callback)
{
  gtk_widget_set_name (button, mapping);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_mapping (CrmImportMemoryGroup *self, const CrmSavedMapping *mapping)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *forget = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *columns = g_strdup_printf (
      ngettext ("%u column", "%u columns", mapping->n_columns), mapping->n_columns);
  g_autofree char *use_name = g_strdup_printf (_ ("Use %s"), mapping->name);
  g_autofree char *forget_name = g_strdup_printf (_ ("Forget %s"), mapping->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), mapping->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), columns);
  add_button (self, row, gtk_button_new_with_label (_ ("Use")), mapping->name, use_name,
              G_CALLBACK (use_clicked_cb));
  gtk_widget_add_css_class (forget, "flat");
  add_button (self, row, forget, mapping->name, forget_name, G_CALLBACK (forget_clicked_cb));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_mappings (CrmImportMemoryGroup *self, GPtrArray *mappings)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < mappings->len; i++)
    add_mapping (self, g_ptr_array_index (mappings, i));
}

static void
applied_cb (CrmImportMemoryGroup *self)
{
  g_autofree char *name = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  if (*name != '\0')
    start (self, WORK_SAVE, name);
}

/* GObject */

static void
crm_import_memory_group_finalize (GObject *object)
{
  CrmImportMemoryGroup *self = CRM_IMPORT_MEMORY_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_memory_group_parent_class)->finalize (object);
}

static void
crm_import_memory_group_class_init (CrmImportMemoryGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_memory_group_finalize;
}

static void
crm_import_memory_group_init (CrmImportMemoryGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("Saved Mappings"));
  adw_preferences_group_set_description (
      group, _ ("What is saved is recognised by the titles of the columns and used by itself."));
  self->name_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row), _ ("Save These Columns As"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->name_row), TRUE);
  g_signal_connect_object (self->name_row, "apply", G_CALLBACK (applied_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->name_row);
}

/* Public API */

void
crm_import_memory_group_set_setup (CrmImportMemoryGroup *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_MEMORY_GROUP (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = g_object_ref (setup);
}

void
crm_import_memory_group_update (CrmImportMemoryGroup *self)
{
  g_return_if_fail (CRM_IS_IMPORT_MEMORY_GROUP (self));

  start (self, WORK_LIST, NULL);
}
