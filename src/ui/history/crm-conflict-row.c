/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-conflict-row.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"

/* Items */

struct _CrmConflictItem
{
  GObject parent_instance;

  CrmConflict *conflict;
};

enum
{
  PROP_0,
  PROP_CHOICE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmConflictItem, crm_conflict_item, G_TYPE_OBJECT)

static void
crm_conflict_item_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CHOICE:
      g_value_set_int (value, CRM_CONFLICT_ITEM (object)->conflict->choice);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_conflict_item_class_init (CrmConflictItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = crm_conflict_item_get_property;

  properties[PROP_CHOICE] = g_param_spec_int ("choice", NULL, NULL, CRM_CONFLICTS_STOP,
                                              CRM_CONFLICTS_OLD, CRM_CONFLICTS_STOP,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_conflict_item_init (CrmConflictItem *self)
{
}

CrmConflictItem *
crm_conflict_item_new (CrmConflict *conflict)
{
  CrmConflictItem *self;

  g_return_val_if_fail (conflict != NULL, NULL);

  self = g_object_new (CRM_TYPE_CONFLICT_ITEM, NULL);
  self->conflict = conflict;
  /* Nothing that is there is lost because somebody did not look */
  if (conflict->choice == CRM_CONFLICTS_STOP)
    conflict->choice = CRM_CONFLICTS_KEEP;

  return self;
}

void
crm_conflict_item_set_choice (CrmConflictItem *self, CrmConflictChoice choice)
{
  g_return_if_fail (CRM_IS_CONFLICT_ITEM (self));

  /* It cannot be taken from whom it belongs to by now */
  if (self->conflict->kind == CRM_CONFLICT_TAKEN)
    choice = CRM_CONFLICTS_KEEP;
  if (self->conflict->choice == choice)
    return;

  self->conflict->choice = choice;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOICE]);
}

/* Rows */

struct _CrmConflictRow
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkCheckButton *keep;
  GtkCheckButton *restore;
  GtkLabel *now_label;
  GtkLabel *by_label;
  GtkLabel *old_label;

  CrmStore *store;
  CrmConflictItem *item;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CrmConflictRow, crm_conflict_row, ADW_TYPE_BIN)

static char *
get_now (const CrmConflict *conflict)
{
  if (conflict->kind == CRM_CONFLICT_TAKEN && conflict->other_label != NULL)
    /* Translators: %s is a person or company that has an address or a code by now */
    return g_strdup_printf (_ ("Belongs to %s now"), conflict->other_label);

  return g_strdup (conflict->now_text != NULL ? conflict->now_text : _ ("Empty"));
}

static char *
get_old (const CrmConflict *conflict)
{
  if (conflict->kind == CRM_CONFLICT_RECORD)
    return g_strdup (_ ("It was not there yet"));

  return g_strdup (conflict->old_text != NULL ? conflict->old_text : _ ("Empty"));
}

static char *
get_who (CrmConflictRow *self, const CrmConflict *conflict)
{
  g_autofree char *when = NULL;

  if (conflict->changed_at == 0)
    return g_strdup (conflict->changed_by != NULL ? conflict->changed_by : "");

  when = crm_moment_format_relative (conflict->changed_at, crm_store_get_now (self->store),
                                     crm_store_get_locale (self->store)->zone);
  if (conflict->changed_by == NULL)
    return g_steal_pointer (&when);

  return g_strdup_printf ("%s · %s", conflict->changed_by, when);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_choice (CrmConflictRow *self)
{
  const CrmConflict *conflict = self->item->conflict;

  self->showing = TRUE;
  gtk_check_button_set_active (self->keep, conflict->choice != CRM_CONFLICTS_OLD);
  gtk_check_button_set_active (self->restore, conflict->choice == CRM_CONFLICTS_OLD);
  self->showing = FALSE;
}

static void
show_item (CrmConflictRow *self)
{
  const CrmConflict *conflict = self->item->conflict;
  const char *field = conflict->field != NULL ? conflict->field->label : NULL;
  const char *record = conflict->label != NULL ? conflict->label : conflict->type->label;
  g_autofree char *now = get_now (conflict);
  g_autofree char *old = get_old (conflict);
  g_autofree char *who = get_who (self, conflict);
  /* Translators: a choice: keep what the field named first has now, or restore what it had */
  g_autofree char *keep = g_strdup_printf (_ ("Keep %s: %s"), field != NULL ? field : record, now);
  g_autofree char *restore = g_strdup_printf (_ ("Restore %s: %s"), field != NULL ? field : record,
                                              old);

  set_text (self->title, field != NULL ? field : record);
  set_text (self->subtitle, field != NULL ? record : conflict->type->label);
  set_text (self->now_label, now);
  set_text (self->old_label, old);
  set_text (self->by_label, who);
  crm_field_editor_set_accessible_name (GTK_WIDGET (self->keep), keep);
  crm_field_editor_set_accessible_name (GTK_WIDGET (self->restore), restore);
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore), conflict->kind != CRM_CONFLICT_TAKEN);
  show_choice (self);
}

static void
restore_toggled_cb (CrmConflictRow *self)
{
  if (!self->showing && self->item != NULL)
    crm_conflict_item_set_choice (self->item, gtk_check_button_get_active (self->restore)
                                                  ? CRM_CONFLICTS_OLD
                                                  : CRM_CONFLICTS_KEEP);
}

static void
crm_conflict_row_dispose (GObject *object)
{
  CrmConflictRow *self = CRM_CONFLICT_ROW (object);

  crm_conflict_row_set_item (self, NULL);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_CONFLICT_ROW);

  G_OBJECT_CLASS (crm_conflict_row_parent_class)->dispose (object);
}

static void
crm_conflict_row_class_init (CrmConflictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_conflict_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/history/crm-conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, title);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, keep);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, restore);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, now_label);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, by_label);
  gtk_widget_class_bind_template_child (widget_class, CrmConflictRow, old_label);
  gtk_widget_class_bind_template_callback (widget_class, restore_toggled_cb);
}

static void
crm_conflict_row_init (CrmConflictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_conflict_row_new (CrmStore *store)
{
  CrmConflictRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_CONFLICT_ROW, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

void
crm_conflict_row_set_item (CrmConflictRow *self, CrmConflictItem *item)
{
  g_return_if_fail (CRM_IS_CONFLICT_ROW (self));
  g_return_if_fail (item == NULL || CRM_IS_CONFLICT_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_choice, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "notify::choice", G_CALLBACK (show_choice), self,
                           G_CONNECT_SWAPPED);
  show_item (self);
}
