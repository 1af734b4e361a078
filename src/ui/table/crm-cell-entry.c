/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cell-entry.h"

#include <glib/gi18n.h>

#include "crm-date-picker.h"
#include "crm-entry-text.h"
#include "crm-table-columns.h"

struct _CrmCellEntry
{
  AdwBin parent_instance;

  GtkWidget *entry;
  GtkWidget *popover; /* (nullable): below, what is wrong */

  CrmSession *session;
  const CrmField *field;
  CrmRecord *record;
  char *baseline; /* what it held when nothing had been typed */
};

enum
{
  FINISHED,
  GIVEN_UP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmCellEntry, crm_cell_entry, ADW_TYPE_BIN)

static CrmStore *
get_store (CrmCellEntry *self)
{
  return crm_session_get_store (self->session);
}

static CrmValue *
get_old (CrmCellEntry *self)
{
  return crm_record_get_value (self->record, self->field);
}

/* Values */

static gboolean
parse (CrmCellEntry *self, CrmValue **value, GError **error)
{
  CrmValue *old = get_old (self);
  const char *currency = old != NULL && self->field->kind == CRM_KIND_MONEY
                             ? crm_value_get_currency (old)
                             : NULL;
  g_autoptr (CrmValue) typed = NULL;

  if (!crm_cell_entry_is_changed (self))
    {
      *value = old != NULL ? crm_value_ref (old) : NULL;
      return TRUE;
    }
  if (!crm_entry_text_parse (get_store (self), self->field, self->record,
                             gtk_editable_get_text (GTK_EDITABLE (self->entry)), currency, &typed,
                             error))
    return FALSE;

  *value = crm_kind_is_repeated (self->field->kind) ? crm_entry_text_replace_first (old, typed)
                                                    : g_steal_pointer (&typed);

  return TRUE;
}

/* Keys and dates */

static gboolean
key_pressed_cb (CrmCellEntry *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Escape:
      g_signal_emit (self, signals[GIVEN_UP], 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      crm_cell_entry_commit (self, CRM_CELL_NEXT);
      return GDK_EVENT_STOP;

    case GDK_KEY_ISO_Left_Tab:
      crm_cell_entry_commit (self, CRM_CELL_PREVIOUS);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_KP_Enter:
      crm_cell_entry_commit (self, CRM_CELL_DOWN);
      return GDK_EVENT_STOP;

    /* Down to what can be done about a wrong value; what the text has no use for is not for the list */
    case GDK_KEY_Down:
      if (self->popover != NULL && gtk_widget_get_visible (self->popover))
        gtk_widget_child_focus (self->popover, GTK_DIR_TAB_FORWARD);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
changed_cb (CrmCellEntry *self)
{
  crm_cell_entry_set_message (self, NULL, NULL);
}

static void
picked_cb (CrmCellEntry *self, const char *iso)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), iso != NULL ? iso : "");
  crm_cell_entry_commit (self, CRM_CELL_STAY);
}

static GtkWidget *
create_picker (CrmCellEntry *self)
{
  GtkWidget *picker = crm_date_picker_new ();
  CrmValue *old = get_old (self);

  crm_date_picker_set_date (CRM_DATE_PICKER (picker),
                            old != NULL ? crm_value_get_text (old) : NULL);
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);

  return picker;
}

/* GObject */

static void
crm_cell_entry_dispose (GObject *object)
{
  CrmCellEntry *self = CRM_CELL_ENTRY (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);
  g_clear_pointer (&self->baseline, g_free);

  G_OBJECT_CLASS (crm_cell_entry_parent_class)->dispose (object);
}

static void
crm_cell_entry_class_init (CrmCellEntryClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_cell_entry_dispose;

  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, CRM_TYPE_VALUE, G_TYPE_UINT);
  signals[GIVEN_UP] = g_signal_new ("given-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
crm_cell_entry_init (CrmCellEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-cell-entry");
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
}

/* Public API */

gboolean
crm_cell_entry_fits (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
      return TRUE;

    default:
      return FALSE;
    }
}

GtkWidget *
crm_cell_entry_new (CrmSession *session, const CrmField *field, const char *name, CrmRecord *record)
{
  CrmCellEntry *self;
  GtkWidget *box;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (CRM_TYPE_CELL_ENTRY, NULL);
  self->session = g_object_ref (session);
  self->field = field;
  self->record = crm_record_ref (record);
  self->baseline = crm_entry_text_format (get_store (self), field, get_old (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->baseline);
  if (crm_table_columns_is_numeric (field))
    gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (box), self->entry);
  if (field->kind == CRM_KIND_DATE)
    gtk_box_append (GTK_BOX (box), create_picker (self));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

void
crm_cell_entry_focus (CrmCellEntry *self)
{
  g_return_if_fail (CRM_IS_CELL_ENTRY (self));

  gtk_widget_grab_focus (self->entry);
}

void
crm_cell_entry_focus_again (CrmCellEntry *self)
{
  g_return_if_fail (CRM_IS_CELL_ENTRY (self));

  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
}

gboolean
crm_cell_entry_is_changed (CrmCellEntry *self)
{
  g_return_val_if_fail (CRM_IS_CELL_ENTRY (self), FALSE);

  return !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->baseline);
}

gboolean
crm_cell_entry_commit (CrmCellEntry *self, CrmCellMove move)
{
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (CRM_IS_CELL_ENTRY (self), FALSE);

  if (!parse (self, &value, &error))
    {
      crm_cell_entry_set_message (self, error->message, NULL);
      return FALSE;
    }

  g_signal_emit (self, signals[FINISHED], 0, value, (guint) move);

  return TRUE;
}

void
crm_cell_entry_set_message (CrmCellEntry *self, const char *message, GtkWidget *ways_out)
{
  GtkAccessible *entry;
  GtkWidget *label;
  GtkWidget *box;

  g_return_if_fail (CRM_IS_CELL_ENTRY (self));

  entry = GTK_ACCESSIBLE (self->entry);
  gtk_accessible_update_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (message == NULL)
    {
      gtk_widget_remove_css_class (self->entry, "error");
      gtk_accessible_reset_property (entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      if (self->popover != NULL)
        gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }

  if (self->popover == NULL)
    {
      /* The cursor stays in the entry */
      self->popover = gtk_popover_new ();
      gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_property (entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_box_append (GTK_BOX (box), label);
  if (ways_out != NULL)
    gtk_box_append (GTK_BOX (box), ways_out);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
