/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-bulk-form.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-pick-popover.h"
#include "crm-record-draft.h"
#include "crm-text.h"

/* How long nobody types before what was typed is taken */
#define TYPING_DELAY 400 /* milliseconds */

typedef enum
{
  OPERATION_SET,
  OPERATION_CLEAR,
  OPERATION_ADD,
  OPERATION_REMOVE,
  OPERATION_REPLACE,
  OPERATION_INCREASE,
  OPERATION_DECREASE,
  OPERATION_MULTIPLY,
  N_OPERATIONS,
} Operation;

static const char *const operation_labels[] = {
  N_ ("Set To"),           N_ ("Clear"),       N_ ("Add"),         N_ ("Remove"),
  N_ ("Find and Replace"), N_ ("Increase By"), N_ ("Decrease By"), N_ ("Multiply By"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (operation_labels) == N_OPERATIONS);

struct _CrmBulkForm
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *field_button;
  GtkLabel *field_label;
  AdwComboRow *operation_row;
  AdwEntryRow *find_row;
  AdwEntryRow *replace_row;
  GtkSwitch *case_switch;
  GtkSwitch *pattern_switch;
  GtkWidget *case_row;
  GtkWidget *pattern_row;
  AdwEntryRow *amount_row;

  CrmSession *session;
  const CrmRecordType *type;
  const CrmField *field; /* nullable */
  GArray *operations; /* of Operation: those of the row */
  CrmFieldEditor *editor; /* nullable */
  CrmRecord *draft; /* what the editor shows */
  CrmValue *value; /* nullable */
  char *taken; /* nullable: what was typed when it was taken last */
  gboolean taking;
  guint typing_source;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmBulkForm, crm_bulk_form, ADW_TYPE_PREFERENCES_GROUP)

/* What there is to choose from */

static gboolean
can_change (const CrmField *field)
{
  return (field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) == 0 &&
         field->kind != CRM_KIND_FILES;
}

static gboolean
has_text (const CrmField *field)
{
  const CrmKindInfo *info = crm_kind_get_info (field->kind);

  return info->searched && info->storage == CRM_STORAGE_TEXT && field->kind != CRM_KIND_FILES;
}

static gboolean
has_number (const CrmField *field)
{
  return field->kind == CRM_KIND_INTEGER || field->kind == CRM_KIND_DECIMAL ||
         field->kind == CRM_KIND_PERCENT || field->kind == CRM_KIND_MONEY;
}

static gboolean
fits (const CrmField *field, Operation operation)
{
  switch (operation)
    {
    case OPERATION_SET:
      return TRUE;
    case OPERATION_CLEAR:
      return field->kind != CRM_KIND_CHECKBOX && (field->flags & CRM_FIELD_REQUIRED) == 0;
    case OPERATION_ADD:
    case OPERATION_REMOVE:
      return crm_kind_is_repeated (field->kind);
    case OPERATION_REPLACE:
      return has_text (field);
    case OPERATION_INCREASE:
    case OPERATION_DECREASE:
    case OPERATION_MULTIPLY:
      return has_number (field);
    case N_OPERATIONS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static Operation
get_operation (CrmBulkForm *self)
{
  guint selected = adw_combo_row_get_selected (self->operation_row);

  return selected < self->operations->len ? g_array_index (self->operations, Operation, selected)
                                          : OPERATION_SET;
}

static void
emit_changed (CrmBulkForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The value */

static void
take_value (CrmBulkForm *self, CrmValue *value)
{
  CrmRecord *draft = crm_record_draft_with (self->draft, crm_field_editor_get_field (self->editor),
                                            value);

  g_clear_pointer (&self->value, crm_value_unref);
  self->value = value != NULL ? crm_value_ref (value) : NULL;
  crm_record_unref (self->draft);
  self->draft = draft;
}

static gboolean
is_typed (CrmBulkForm *self)
{
  return GTK_IS_EDITABLE (crm_field_editor_get_row (self->editor));
}

/* What is typed is left standing as it was: somebody may go on typing */
static void
save_cb (CrmBulkForm *self, CrmValue *value)
{
  take_value (self, value);
  if (self->taking)
    crm_field_editor_begin_save (self->editor, value);
  else
    crm_field_editor_set_record (self->editor, self->draft);
  emit_changed (self);
}

static void
commit_typed (CrmBulkForm *self)
{
  g_autofree char *text = NULL;

  if (self->editor == NULL || !is_typed (self))
    return;

  text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (crm_field_editor_get_row (self->editor)))));
  if (crm_text_equal (text, self->taken))
    return;
  g_free (self->taken);
  self->taken = g_steal_pointer (&text);
  self->taking = TRUE;
  crm_field_editor_commit (self->editor);
  self->taking = FALSE;
}

static gboolean
typing_cb (gpointer user_data)
{
  CrmBulkForm *self = user_data;

  self->typing_source = 0;
  commit_typed (self);
  emit_changed (self);

  return G_SOURCE_REMOVE;
}

static void
typed_cb (CrmBulkForm *self)
{
  g_clear_handle_id (&self->typing_source, g_source_remove);
  self->typing_source = g_timeout_add (TYPING_DELAY, typing_cb, self);
}

static void
remove_editor (CrmBulkForm *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (self->editor != NULL)
    {
      adw_preferences_group_remove (group, crm_field_editor_get_row (self->editor));
      adw_preferences_group_remove (group, crm_field_editor_get_message_row (self->editor));
    }
  g_clear_object (&self->editor);
  g_clear_pointer (&self->taken, g_free);
  g_clear_pointer (&self->value, crm_value_unref);
  g_clear_pointer (&self->draft, crm_record_unref);
}

static void
add_editor (CrmBulkForm *self, const CrmField *field)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  CrmValue **values = g_new0 (CrmValue *, self->type->n_fields + 1);
  GtkWidget *row;

  self->draft = crm_record_new_take (self->type, 0, CRM_STATE_LIVE, 0, values);
  self->editor = crm_field_editor_new (self->session, field, FALSE);
  if (field->kind == CRM_KIND_CHECKBOX)
    {
      g_autoptr (CrmValue) off = crm_value_new_integer (0);

      take_value (self, off);
    }
  crm_field_editor_set_record (self->editor, self->draft);
  g_signal_connect_object (self->editor, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);

  row = crm_field_editor_get_row (self->editor);
  if (GTK_IS_EDITABLE (row))
    g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, crm_field_editor_get_message_row (self->editor));
}

/* The row and what is typed into have one name */
static void
set_entry_title (AdwEntryRow *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  crm_field_editor_set_accessible_name (GTK_WIDGET (row), title);
  crm_field_editor_set_accessible_name (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                        title);
}

static void
update (CrmBulkForm *self)
{
  const CrmField *field = self->field;
  Operation operation = get_operation (self);
  gboolean replace = operation == OPERATION_REPLACE;
  gboolean adjust = operation == OPERATION_INCREASE || operation == OPERATION_DECREASE ||
                    operation == OPERATION_MULTIPLY;

  remove_editor (self);
  if (field != NULL &&
      (operation == OPERATION_SET || operation == OPERATION_ADD || operation == OPERATION_REMOVE))
    add_editor (self, field);
  gtk_widget_set_visible (GTK_WIDGET (self->operation_row), field != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->find_row), replace);
  gtk_widget_set_visible (GTK_WIDGET (self->replace_row), replace);
  gtk_widget_set_visible (self->case_row, replace);
  gtk_widget_set_visible (self->pattern_row, replace);
  gtk_widget_set_visible (GTK_WIDGET (self->amount_row), adjust);
  set_entry_title (self->amount_row, operation == OPERATION_MULTIPLY ? _ ("By, Such as 1.1")
                                                                     : _ ("By, Such as 5 or 10 %"));
  emit_changed (self);
}

static void
fill_operations (CrmBulkForm *self)
{
  const CrmField *field = self->field;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  Operation before = get_operation (self);
  guint selected = 0;

  g_array_set_size (self->operations, 0);
  for (Operation operation = 0; field != NULL && operation < N_OPERATIONS; operation++)
    if (fits (field, operation))
      {
        if (operation == before)
          selected = self->operations->len;
        g_array_append_val (self->operations, operation);
        gtk_string_list_append (labels, _ (operation_labels[operation]));
      }
  adw_combo_row_set_model (self->operation_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->operation_row, selected);
}

/* Callbacks */

static void
set_field (CrmBulkForm *self, const CrmField *field)
{
  self->field = field;
  gtk_label_set_label (self->field_label, field != NULL ? field->label : _ ("Choose…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  field != NULL ? field->label : "", -1);
  g_signal_handlers_block_by_func (self->operation_row, update, self);
  fill_operations (self);
  g_signal_handlers_unblock_by_func (self->operation_row, update, self);
  update (self);
}

static void
field_picked_cb (CrmBulkForm *self, gint64 id)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    if (self->type->fields[i]->id == id)
      set_field (self, self->type->fields[i]);
  if (self->editor != NULL)
    crm_field_editor_focus (self->editor);
}

static void
field_clicked_cb (CrmBulkForm *self)
{
  CrmPickPopover *popover = CRM_PICK_POPOVER (crm_pick_popover_new (_ ("Field")));

  for (guint i = 0; i < self->type->n_fields; i++)
    if (can_change (self->type->fields[i]))
      crm_pick_popover_add (popover, self->type->fields[i]->id, self->type->fields[i]->label, NULL);
  g_signal_connect_object (popover, "picked", G_CALLBACK (field_picked_cb), self,
                           G_CONNECT_SWAPPED);
  crm_pick_popover_show_at (popover, self->field_button, GTK_POS_BOTTOM);
}

/* GObject */

static void
crm_bulk_form_dispose (GObject *object)
{
  CrmBulkForm *self = CRM_BULK_FORM (object);

  g_clear_handle_id (&self->typing_source, g_source_remove);
  g_clear_object (&self->editor);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BULK_FORM);

  G_OBJECT_CLASS (crm_bulk_form_parent_class)->dispose (object);
}

static void
crm_bulk_form_finalize (GObject *object)
{
  CrmBulkForm *self = CRM_BULK_FORM (object);

  g_clear_pointer (&self->value, crm_value_unref);
  g_clear_pointer (&self->draft, crm_record_unref);
  g_free (self->taken);
  g_array_unref (self->operations);

  G_OBJECT_CLASS (crm_bulk_form_parent_class)->finalize (object);
}

static void
crm_bulk_form_class_init (CrmBulkFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_bulk_form_dispose;
  object_class->finalize = crm_bulk_form_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/bulk/crm-bulk-form.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, field_button);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, field_label);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, operation_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, find_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, replace_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, case_switch);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, pattern_switch);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, case_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, pattern_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkForm, amount_row);
  gtk_widget_class_bind_template_callback (widget_class, field_clicked_cb);
}

static void
crm_bulk_form_init (CrmBulkForm *self)
{
  self->operations = g_array_new (FALSE, FALSE, sizeof (Operation));
  gtk_widget_init_template (GTK_WIDGET (self));
  set_entry_title (self->find_row, _ ("Find"));
  set_entry_title (self->replace_row, _ ("Replace With"));

  g_signal_connect_swapped (self->find_row, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->replace_row, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->amount_row, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->case_switch, "notify::active", G_CALLBACK (emit_changed), self);
  g_signal_connect_swapped (self->pattern_switch, "notify::active", G_CALLBACK (emit_changed),
                            self);
  g_signal_connect_swapped (self->operation_row, "notify::selected", G_CALLBACK (update), self);
}

/* Public API */

GtkWidget *
crm_bulk_form_new (CrmSession *session, const CrmRecordType *type)
{
  CrmBulkForm *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_BULK_FORM, NULL);
  self->session = g_object_ref (session);
  self->type = type;
  set_field (self, NULL);

  return GTK_WIDGET (self);
}

void
crm_bulk_form_start_replacing (CrmBulkForm *self)
{
  g_return_if_fail (CRM_IS_BULK_FORM (self));

  for (guint i = 0; i < self->type->n_fields; i++)
    if (can_change (self->type->fields[i]) && fits (self->type->fields[i], OPERATION_REPLACE))
      {
        set_field (self, self->type->fields[i]);
        break;
      }
  for (guint i = 0; i < self->operations->len; i++)
    if (g_array_index (self->operations, Operation, i) == OPERATION_REPLACE)
      adw_combo_row_set_selected (self->operation_row, i);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_row));
}

void
crm_bulk_form_commit (CrmBulkForm *self)
{
  g_return_if_fail (CRM_IS_BULK_FORM (self));

  if (self->typing_source != 0)
    {
      g_clear_handle_id (&self->typing_source, g_source_remove);
      commit_typed (self);
      emit_changed (self);
    }
  if (self->editor != NULL)
    crm_field_editor_commit (self->editor);
}

static CrmBulkChange *
make_adjustment (CrmBulkForm *self, const CrmField *field, char sign, GError **error)
{
  const CrmLocale *locale = crm_store_get_locale (crm_session_get_store (self->session));
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->amount_row))));
  g_autofree char *signed_text = g_strdup_printf ("%c%s", sign, text);

  return *text != '\0' ? crm_bulk_change_new_adjust (field, signed_text, locale, error) : NULL;
}

CrmBulkChange *
crm_bulk_form_make_change (CrmBulkForm *self, GError **error)
{
  const CrmField *field;
  const char *find;
  gboolean is_wrong;

  g_return_val_if_fail (CRM_IS_BULK_FORM (self), NULL);

  field = self->field;
  if (field == NULL)
    return NULL;

  find = gtk_editable_get_text (GTK_EDITABLE (self->find_row));
  /* What is wrong with what is typed the editor says itself */
  is_wrong = self->editor != NULL &&
             gtk_widget_get_visible (crm_field_editor_get_message_row (self->editor));
  switch (get_operation (self))
    {
    case OPERATION_SET:
      return self->value != NULL && !is_wrong ? crm_bulk_change_new_set (field, self->value) : NULL;
    case OPERATION_CLEAR:
      return crm_bulk_change_new_set (field, NULL);
    case OPERATION_ADD:
      return self->value != NULL ? crm_bulk_change_new_add (field, self->value) : NULL;
    case OPERATION_REMOVE:
      return self->value != NULL ? crm_bulk_change_new_remove (field, self->value) : NULL;
    case OPERATION_REPLACE:
      return *find != '\0'
                 ? crm_bulk_change_new_replace (
                       field, find, gtk_editable_get_text (GTK_EDITABLE (self->replace_row)),
                       gtk_switch_get_active (self->pattern_switch),
                       gtk_switch_get_active (self->case_switch), error)
                 : NULL;
    case OPERATION_INCREASE:
      return make_adjustment (self, field, '+', error);
    case OPERATION_DECREASE:
      return make_adjustment (self, field, '-', error);
    case OPERATION_MULTIPLY:
      return make_adjustment (self, field, '*', error);
    case N_OPERATIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}
