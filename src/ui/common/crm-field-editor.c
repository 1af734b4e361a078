/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

typedef struct
{
  CrmSession *session;
  const CrmField *field;
  CrmRecord *record;
  GtkWidget *row;
  GtkWidget *message_row;
  GtkWidget *message_label;
  GtkWidget *ways_out;
  GtkWidget *ways_out_scroller;
  gboolean committing;
  guint left_source;
  guint n_saving; /* how many saves have not been answered yet */
  CrmValue *saving; /* (nullable): what the last of them stores */
  gboolean saved; /* what is seen was typed, not read */
} CrmFieldEditorPrivate;

enum
{
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CrmFieldEditor, crm_field_editor, G_TYPE_OBJECT)

static CrmFieldEditorPrivate *
get_private (CrmFieldEditor *self)
{
  return crm_field_editor_get_instance_private (self);
}

static void
create_message_row (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = get_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  priv->message_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (priv->message_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (priv->message_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (priv->message_label), 0);
  gtk_widget_add_css_class (priv->message_label, "error");
  gtk_widget_add_css_class (priv->message_label, "caption");
  gtk_box_append (GTK_BOX (box), priv->message_label);

  /* Names may be long: what does not fit is scrolled to */
  priv->ways_out = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  priv->ways_out_scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (priv->ways_out_scroller),
                                  GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->ways_out_scroller), priv->ways_out);
  gtk_widget_set_visible (priv->ways_out_scroller, FALSE);
  gtk_box_append (GTK_BOX (box), priv->ways_out_scroller);

  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  priv->message_row = g_object_ref_sink (adw_preferences_row_new ());
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (priv->message_row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (priv->message_row), FALSE);
  gtk_widget_set_focusable (priv->message_row, FALSE);
  gtk_widget_set_visible (priv->message_row, FALSE);
}

static void
clear_ways_out (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = get_private (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (priv->ways_out)) != NULL)
    gtk_box_remove (GTK_BOX (priv->ways_out), child);
  gtk_widget_set_visible (priv->ways_out_scroller, FALSE);
}

/* Records and options that are yet to be made would be made twice */
static gboolean
names_new_items (const CrmField *field, CrmValue *value)
{
  if (value == NULL || (field->kind != CRM_KIND_CHOICES && field->kind != CRM_KIND_RELATIONS))
    return FALSE;

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    if (crm_value_get_item (value, i)->id == 0)
      return TRUE;

  return FALSE;
}

static void
forget_saves (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = get_private (self);

  priv->n_saving = 0;
  priv->saved = FALSE;
  g_clear_pointer (&priv->saving, crm_value_unref);
}

static gboolean
has_focus (CrmFieldEditor *self)
{
  return (gtk_widget_get_state_flags (get_private (self)->row) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Watching */

/* A value that was refused is not left standing as if it were stored; the message stays */
static gboolean
left_idle_cb (gpointer user_data)
{
  CrmFieldEditor *self = user_data;
  CrmFieldEditorPrivate *priv = get_private (self);

  priv->left_source = 0;
  crm_field_editor_commit (self);
  if (gtk_widget_get_visible (priv->message_row) && !has_focus (self))
    CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, crm_field_editor_get_value (self));

  return G_SOURCE_REMOVE;
}

/* Rows may go when their value does, and must not while the focus is on its way from one to another */
static void
left_cb (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = get_private (self);

  if (priv->left_source == 0)
    priv->left_source = g_idle_add_full (G_PRIORITY_DEFAULT, left_idle_cb, self, NULL);
}

/* The message was about what is not there any more */
static void
entered_cb (CrmFieldEditor *self)
{
  if (!crm_field_editor_is_editing (self))
    crm_field_editor_set_message (self, NULL);
}

/* An entry with nothing to undo would swallow the keys for it */
static gboolean
undo_in_window (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);

  keyval = gdk_keyval_to_lower (keyval);
  if (modifiers == GDK_CONTROL_MASK && keyval == GDK_KEY_z)
    return gtk_widget_activate_action (widget, "win.undo", NULL);
  if ((modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && keyval == GDK_KEY_z) ||
      (modifiers == GDK_CONTROL_MASK && keyval == GDK_KEY_y))
    return gtk_widget_activate_action (widget, "win.redo", NULL);

  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_pressed_cb (CrmFieldEditor *self, guint keyval, guint keycode, GdkModifierType state)
{
  CrmFieldEditorPrivate *priv = get_private (self);
  gboolean editing = crm_field_editor_is_editing (self);

  if (!editing && undo_in_window (priv->row, keyval, state))
    return GDK_EVENT_STOP;
  if (keyval != GDK_KEY_Escape || (!editing && !gtk_widget_get_visible (priv->message_row)))
    return GDK_EVENT_PROPAGATE;

  crm_field_editor_revert (self);

  return GDK_EVENT_STOP;
}

/* GObject */

static void
crm_field_editor_dispose (GObject *object)
{
  CrmFieldEditorPrivate *priv = get_private (CRM_FIELD_EDITOR (object));

  g_clear_handle_id (&priv->left_source, g_source_remove);
  g_clear_object (&priv->row);
  g_clear_object (&priv->message_row);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->record, crm_record_unref);
  g_clear_pointer (&priv->saving, crm_value_unref);

  G_OBJECT_CLASS (crm_field_editor_parent_class)->dispose (object);
}

static void
crm_field_editor_class_init (CrmFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_field_editor_dispose;

  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, CRM_TYPE_VALUE);
}

static void
crm_field_editor_init (CrmFieldEditor *self)
{
  create_message_row (self);
}

static GType
get_editor_type (const CrmField *field, gboolean read_only)
{
  if (read_only || (field->flags & CRM_FIELD_READ_ONLY) != 0)
    return CRM_TYPE_PLAIN_EDITOR;

  switch (field->kind)
    {
    case CRM_KIND_LONGTEXT:
      return CRM_TYPE_LONGTEXT_EDITOR;

    case CRM_KIND_CHECKBOX:
      return CRM_TYPE_SWITCH_EDITOR;

    case CRM_KIND_CHOICE:
      return CRM_TYPE_CHOICE_EDITOR;

    case CRM_KIND_RATING:
      return CRM_TYPE_RATING_EDITOR;

    case CRM_KIND_CHOICES:
      return CRM_TYPE_TAGS_EDITOR;

    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
      return CRM_TYPE_ITEMS_EDITOR;

    case CRM_KIND_RELATION:
    case CRM_KIND_MEMBER:
      return CRM_TYPE_RELATION_EDITOR;

    case CRM_KIND_RELATIONS:
      return CRM_TYPE_RELATIONS_EDITOR;

    case CRM_KIND_TEXT:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_N_KINDS:
    default:
      return CRM_TYPE_ENTRY_EDITOR;
    }
}

/* Public API */

CrmFieldEditor *
crm_field_editor_new (CrmSession *session, const CrmField *field, gboolean read_only)
{
  CrmFieldEditor *self;
  CrmFieldEditorPrivate *priv;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (get_editor_type (field, read_only), NULL);
  priv = get_private (self);
  priv->session = g_object_ref (session);
  priv->field = field;
  priv->row = g_object_ref_sink (CRM_FIELD_EDITOR_GET_CLASS (self)->create_row (self));

  return self;
}

CrmSession *
crm_field_editor_get_session (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return get_private (self)->session;
}

const CrmField *
crm_field_editor_get_field (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return get_private (self)->field;
}

CrmRecord *
crm_field_editor_get_record (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return get_private (self)->record;
}

CrmValue *
crm_field_editor_get_value (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv;

  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  priv = get_private (self);
  if (priv->n_saving > 0 && !names_new_items (priv->field, priv->saving))
    return priv->saving;

  return priv->record != NULL ? crm_record_get_value (priv->record, priv->field) : NULL;
}

GtkWidget *
crm_field_editor_get_row (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return get_private (self)->row;
}

GtkWidget *
crm_field_editor_get_message_row (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return get_private (self)->message_row;
}

void
crm_field_editor_set_record (CrmFieldEditor *self, CrmRecord *record)
{
  CrmFieldEditorPrivate *priv;
  g_autoptr (CrmRecord) old = NULL;
  CrmValue *value;
  gboolean same_record;
  gboolean same;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));
  g_return_if_fail (record != NULL);

  priv = get_private (self);
  value = crm_record_get_value (record, priv->field);
  old = g_steal_pointer (&priv->record);
  priv->record = crm_record_ref (record);

  /* A draft that was stored is still what was looked at */
  same_record = old != NULL && (crm_record_get_id (old) == crm_record_get_id (record) ||
                                crm_record_get_id (old) == 0);
  same = same_record && crm_value_equal (crm_record_get_value (old, priv->field), value);
  if (!same_record || crm_record_get_id (record) == 0)
    forget_saves (self);
  if (same_record && crm_field_editor_is_editing (self))
    return;
  /* It may have been read before what is being saved was stored */
  if (priv->n_saving > 0)
    return;
  /* The cursor of whoever is about to type stays where it is */
  if (same && !priv->saved && has_focus (self))
    return;
  priv->saved = FALSE;
  if (!same)
    crm_field_editor_set_message (self, NULL);
  CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, value);
}

gboolean
crm_field_editor_is_editing (CrmFieldEditor *self)
{
  CrmFieldEditorClass *klass;

  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), FALSE);

  klass = CRM_FIELD_EDITOR_GET_CLASS (self);

  return klass->is_editing != NULL && klass->is_editing (self);
}

void
crm_field_editor_commit (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = get_private (self);
  if (priv->committing || !crm_field_editor_is_editing (self))
    return;

  priv->committing = TRUE;
  CRM_FIELD_EDITOR_GET_CLASS (self)->commit (self);
  priv->committing = FALSE;
}

void
crm_field_editor_accept (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv;
  CrmValue *value;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = get_private (self);
  value = crm_field_editor_get_value (self);
  if (crm_field_editor_is_editing (self))
    crm_field_editor_commit (self);
  else if (value != NULL && crm_record_get_id (priv->record) == 0)
    g_signal_emit (self, signals[SAVE], 0, value);
}

void
crm_field_editor_focus (CrmFieldEditor *self)
{
  CrmFieldEditorClass *klass;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  klass = CRM_FIELD_EDITOR_GET_CLASS (self);
  if (klass->focus != NULL)
    klass->focus (self);
  else
    gtk_widget_grab_focus (get_private (self)->row);
}

void
crm_field_editor_revert (CrmFieldEditor *self)
{
  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  crm_field_editor_set_message (self, NULL);
  CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, crm_field_editor_get_value (self));
}

void
crm_field_editor_set_message (CrmFieldEditor *self, const char *message)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = get_private (self);
  clear_ways_out (self);
  gtk_label_set_text (GTK_LABEL (priv->message_label), message != NULL ? message : "");
  gtk_widget_set_visible (priv->message_row, message != NULL);
  if (message != NULL && !has_focus (self))
    CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, crm_field_editor_get_value (self));
  if (message != NULL)
    gtk_widget_add_css_class (priv->row, "error");
  else
    gtk_widget_remove_css_class (priv->row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->row), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

void
crm_field_editor_add_way_out (CrmFieldEditor *self, const char *label, const char *detailed_action)
{
  CrmFieldEditorPrivate *priv;
  GtkWidget *button;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));
  g_return_if_fail (label != NULL);

  priv = get_private (self);
  button = gtk_button_new_with_label (label);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                           PANGO_ELLIPSIZE_END);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), detailed_action);
  gtk_box_append (GTK_BOX (priv->ways_out), button);
  gtk_widget_set_visible (priv->ways_out_scroller, TRUE);
}

void
crm_field_editor_save (CrmFieldEditor *self, CrmValue *value)
{
  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  crm_field_editor_set_message (self, NULL);
  if (crm_value_equal (value, crm_field_editor_get_value (self)))
    CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, crm_field_editor_get_value (self));
  else
    {
      get_private (self)->saved = TRUE;
      g_signal_emit (self, signals[SAVE], 0, value);
    }
}

void
crm_field_editor_begin_save (CrmFieldEditor *self, CrmValue *value)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = get_private (self);
  priv->n_saving++;
  priv->saved = TRUE;
  g_clear_pointer (&priv->saving, crm_value_unref);
  if (value != NULL)
    priv->saving = crm_value_ref (value);
}

void
crm_field_editor_end_save (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = get_private (self);
  /* None are left where the field was made anew, or another record came, meanwhile */
  if (priv->n_saving == 0 || --priv->n_saving > 0)
    return;

  g_clear_pointer (&priv->saving, crm_value_unref);
}

gboolean
crm_field_editor_parse (CrmFieldEditor *self, const char *text, CrmValue **value)
{
  CrmFieldEditorPrivate *priv;
  CrmValue *country = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  priv = get_private (self);
  if (priv->record != NULL)
    country = crm_record_get_value_by_name (priv->record, "country");
  *value = crm_value_parse (priv->field, text,
                            crm_store_get_locale (crm_session_get_store (priv->session)),
                            country != NULL ? crm_value_get_text (country) : NULL, NULL, &error);
  if (error != NULL)
    crm_field_editor_set_message (self, error->message);

  return error == NULL;
}

void
crm_field_editor_watch (CrmFieldEditor *self, GtkWidget *widget)
{
  GtkEventController *controller;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  controller = gtk_event_controller_focus_new ();
  g_signal_connect_object (controller, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "enter", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
}

void
crm_field_editor_set_title (CrmFieldEditor *self, GtkWidget *row)
{
  const CrmField *field;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));
  g_return_if_fail (ADW_IS_PREFERENCES_ROW (row));

  field = get_private (self)->field;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->label);
  crm_field_editor_set_accessible_name (row, field->label);
}

void
crm_field_editor_set_accessible_name (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  /* Rows are labelled by their title already; both would be read one after the other */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
