/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-rules-window.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-field-editor.h"

/* What a field of a rule is asked for, in the order of its choices */
enum
{
  ANY,
  SAME,
  SIMILAR,
};

struct _CrmRulesWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwComboRow *type_row;
  AdwPreferencesGroup *rules_group;
  AdwWindowTitle *edit_title;
  AdwComboRow *level_row;
  AdwPreferencesGroup *fields_group;

  CrmSession *session;
  GPtrArray *types; /* const CrmRecordType */
  GPtrArray *rules; /* (element-type CrmDuplicateRule) (nullable): those that are shown */
  GPtrArray *rule_rows;
  GPtrArray *field_rows; /* of the rule that is edited */
  gint64 edited_id; /* 0 for a new one */
  GCancellable *cancellable; /* of reading */
};

G_DEFINE_FINAL_TYPE (CrmRulesWindow, crm_rules_window, ADW_TYPE_WINDOW)

static const CrmRecordType *
get_type (CrmRulesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->type_row);

  return g_ptr_array_index (self->types, MIN (selected, self->types->len - 1));
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* Editing */

static const CrmField *
get_field (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "crm-field");
}

static void
update_save (CrmRulesWindow *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->field_rows->len && !any; i++)
    any = adw_combo_row_get_selected (g_ptr_array_index (self->field_rows, i)) != ANY;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.save",
                                 any && g_str_equal (gtk_stack_get_visible_child_name (self->stack),
                                                     "edit"));
}

static guint
find_choice (const CrmDuplicateRule *rule, const CrmField *field)
{
  for (guint i = 0; rule != NULL && i < rule->fields->len; i++)
    {
      const CrmDuplicateRuleField *of_rule = &g_array_index (rule->fields, CrmDuplicateRuleField,
                                                             i);

      if (of_rule->field->id == field->id)
        return of_rule->similar ? SIMILAR : SAME;
    }

  return ANY;
}

/* @rule: (nullable): a new one */
static void
edit (CrmRulesWindow *self, const CrmDuplicateRule *rule)
{
  const char *const choices[] = { _ ("Any"), _ ("The Same"), _ ("The Same or Similar"), NULL };
  const CrmRecordType *type = get_type (self);

  self->edited_id = rule != NULL ? rule->id : 0;
  adw_window_title_set_title (self->edit_title, rule != NULL ? _ ("Rule") : _ ("New Rule"));
  adw_window_title_set_subtitle (self->edit_title, type->label_many);
  adw_combo_row_set_selected (self->level_row,
                              rule != NULL && rule->level == CRM_DUPLICATE_LEVEL_FORBID ? 1 : 0);
  clear_rows (self->fields_group, self->field_rows);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autoptr (GtkStringList) model = NULL;
      GtkWidget *row;

      if (!crm_duplicate_rule_can_have (field) ||
          (field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY)) != 0)
        continue;
      model = gtk_string_list_new (choices);
      row = adw_combo_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->label);
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_choice (rule, field));
      g_object_set_data (G_OBJECT (row), "crm-field", (gpointer) field);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (update_save), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->fields_group, row);
      g_ptr_array_add (self->field_rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, "edit");
  gtk_widget_grab_focus (GTK_WIDGET (self->level_row));
  update_save (self);
}

typedef struct
{
  CrmDuplicateRule *rule; /* to be saved, or */
  gint64 removed_id;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  crm_duplicate_rule_free (request->rule);
  g_free (request);
}

static gpointer
change_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_auto (CrmWriteResult) written = { 0 };
  gboolean ok;

  if (request->rule != NULL)
    ok = crm_duplicates_save_rule (store, request->rule, CRM_SOURCE_WINDOW, cancellable, &written,
                                   error);
  else
    ok = crm_duplicates_remove_rule (store, request->removed_id, CRM_SOURCE_WINDOW, cancellable,
                                     &written, error);

  return ok ? g_memdup2 (&written.act_id, sizeof written.act_id) : NULL;
}

typedef struct
{
  CrmSession *session;
  const char *message;
} Change;

static void
changed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Change *change = user_data;
  g_autoptr (CrmSession) session = change->session;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *act_id = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (act_id == NULL)
    crm_session_report_error (session, error);
  else if (*act_id != 0)
    crm_session_show_undo_toast (session, change->message, *act_id);
}

static void
begin_change (CrmRulesWindow *self, Request *request, const char *message)
{
  Change *change = g_new0 (Change, 1);

  change->session = g_object_ref (self->session);
  change->message = message;
  crm_store_run_async (crm_session_get_store (self->session), change_in_worker, request,
                       request_free, g_free, NULL, changed_cb, change);
}

static void
show_list (CrmRulesWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
  update_save (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRulesWindow *self = CRM_RULES_WINDOW (widget);
  Request *request = g_new0 (Request, 1);

  request->rule = crm_duplicate_rule_new (get_type (self),
                                          adw_combo_row_get_selected (self->level_row) == 1
                                              ? CRM_DUPLICATE_LEVEL_FORBID
                                              : CRM_DUPLICATE_LEVEL_WARN);
  request->rule->id = self->edited_id;
  for (guint i = 0; i < self->field_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->field_rows, i);
      guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

      if (selected != ANY)
        crm_duplicate_rule_add_field (request->rule, get_field (row), selected == SIMILAR);
    }
  begin_change (self, request, self->edited_id == 0 ? _ ("Rule added") : _ ("Rule changed"));
  show_list (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRulesWindow *self = CRM_RULES_WINDOW (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "edit"))
    show_list (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (CRM_RULES_WINDOW (widget), NULL);
}

/* The list */

static const CrmDuplicateRule *
find_rule (CrmRulesWindow *self, gint64 id)
{
  for (guint i = 0; self->rules != NULL && i < self->rules->len; i++)
    {
      const CrmDuplicateRule *rule = g_ptr_array_index (self->rules, i);

      if (rule->id == id)
        return rule;
    }

  return NULL;
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRulesWindow *self = CRM_RULES_WINDOW (widget);
  const CrmDuplicateRule *rule = find_rule (self, g_variant_get_int64 (parameter));

  if (rule != NULL)
    edit (self, rule);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  Request *request = g_new0 (Request, 1);

  request->removed_id = g_variant_get_int64 (parameter);
  begin_change (CRM_RULES_WINDOW (widget), request, _ ("Rule removed"));
}

static void
add_rule_row (CrmRulesWindow *self, const CrmDuplicateRule *rule)
{
  g_autofree char *description = crm_duplicate_rule_describe (rule);
  /* Translators: what a rule says */
  g_autofree char *remove = g_strdup_printf (_ ("Remove Rule: %s"), description);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), description);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rule->level == CRM_DUPLICATE_LEVEL_FORBID
                                                         ? _ ("Another one is refused")
                                                         : _ ("Another one is warned of"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "rules.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", rule->id);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  crm_field_editor_set_accessible_name (button, remove);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "rules.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", rule->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->rules_group, row);
  g_ptr_array_add (self->rule_rows, row);
}

static void
add_empty_row (CrmRulesWindow *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("No Rules Yet"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row), _ ("Add one to be warned of, or to refuse, another one with the same "
                               "phone number, for example."));
  adw_preferences_group_add (self->rules_group, row);
  g_ptr_array_add (self->rule_rows, row);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_duplicates_list_rules (store, data, cancellable, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRulesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;
  if (rules == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }

  clear_rows (self->rules_group, self->rule_rows);
  for (guint i = 0; i < rules->len; i++)
    add_rule_row (self, g_ptr_array_index (rules, i));
  if (rules->len == 0)
    add_empty_row (self);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  self->rules = g_steal_pointer (&rules);
}

static void
read_rules (CrmRulesWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker,
                       (gpointer) get_type (self), NULL, (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable, read_cb, g_object_ref (self));
}

static void
type_changed_cb (CrmRulesWindow *self)
{
  if (self->session != NULL)
    read_rules (self);
}

static void
crm_rules_window_dispose (GObject *object)
{
  CrmRulesWindow *self = CRM_RULES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RULES_WINDOW);

  G_OBJECT_CLASS (crm_rules_window_parent_class)->dispose (object);
}

static void
crm_rules_window_finalize (GObject *object)
{
  CrmRulesWindow *self = CRM_RULES_WINDOW (object);

  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->rule_rows);
  g_ptr_array_unref (self->field_rows);

  G_OBJECT_CLASS (crm_rules_window_parent_class)->finalize (object);
}

static void
crm_rules_window_class_init (CrmRulesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_rules_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_rules_window_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/duplicates/crm-rules-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, type_row);
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, rules_group);
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, edit_title);
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, level_row);
  gtk_widget_class_bind_template_child (widget_class, CrmRulesWindow, fields_group);
  gtk_widget_class_bind_template_callback (widget_class, type_changed_cb);
  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "rules.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "rules.remove", "x", remove_action);
  gtk_widget_class_install_action (widget_class, "rules.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "rules.back", NULL, back_action);
}

static void
crm_rules_window_init (CrmRulesWindow *self)
{
  self->types = g_ptr_array_new ();
  self->rule_rows = g_ptr_array_new ();
  self->field_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.save", FALSE);
}

GtkWidget *
crm_rules_window_new (CrmSession *session, const CrmRecordType *type)
{
  CrmRulesWindow *self;
  const CrmCatalogue *catalogue;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_RULES_WINDOW, NULL);
  catalogue = crm_store_get_catalogue (crm_session_get_store (session));
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *of_catalogue = crm_catalogue_get_type_at (catalogue, i);

      if (type != NULL && of_catalogue->id == type->id)
        selected = i;
      g_ptr_array_add (self->types, (gpointer) of_catalogue);
      gtk_string_list_append (labels, of_catalogue->label_many);
    }
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type_row, selected);
  self->session = g_object_ref (session);
  g_signal_connect_object (crm_session_get_store (session), "changed", G_CALLBACK (read_rules),
                           self, G_CONNECT_SWAPPED);
  read_rules (self);

  return GTK_WIDGET (self);
}

void
crm_rules_window_present_for (GtkWidget *widget, CrmSession *session, const CrmRecordType *type)
{
  GtkWidget *window = crm_rules_window_new (session, type);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}
