/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-facts.h"

#include <glib/gi18n.h>

#include "crm-card-order.h"
#include "crm-record-words.h"

typedef enum
{
  GROUP_NAME, /* what comes before the ways to reach somebody */
  GROUP_CONTACT,
  GROUP_GENERAL,
  GROUP_ADDRESS,
  GROUP_OWN,
  GROUP_ABOUT,
  N_GROUPS,
} Group;

struct _CrmRecordFacts
{
  AdwBin parent_instance;

  GtkWidget *box;
  GtkWidget *groups[N_GROUPS];
  GtkWidget *empty_button;
  GtkWidget *related;

  CrmSession *session;
  CrmRecord *record;
  const CrmRecordType *type; /* of the editors */
  guint first_contact; /* index of the first field by which somebody is reached */
  gboolean read_only; /* are the editors */
  gboolean alone;
  gboolean show_empty;
  GPtrArray *editors;
  GHashTable *shown; /* ids of fields that had a value while this record was looked at */
};

enum
{
  PROP_0,
  PROP_RELATED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmRecordFacts, crm_record_facts, ADW_TYPE_BIN)

static gboolean
is_contact (const CrmField *field)
{
  return field->kind == CRM_KIND_EMAILS || field->kind == CRM_KIND_PHONES ||
         field->kind == CRM_KIND_DOMAINS || field->kind == CRM_KIND_LINKS;
}

static Group
get_group (CrmRecordFacts *self, const CrmField *field)
{
  static const char *const address[] = { "street", "city", "region", "postcode", "country" };

  if ((field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY)) != 0)
    return GROUP_ABOUT;
  if (self->type->standard && (field->flags & CRM_FIELD_STANDARD) == 0)
    return GROUP_OWN;
  for (guint i = 0; i < G_N_ELEMENTS (address); i++)
    if (g_str_equal (address[i], field->name))
      return GROUP_ADDRESS;
  if (is_contact (field))
    return GROUP_CONTACT;

  return field->index < self->first_contact ? GROUP_NAME : GROUP_GENERAL;
}

static const char *
get_group_title (Group group)
{
  switch (group)
    {
    case GROUP_CONTACT:
      return _ ("Contact");
    case GROUP_ADDRESS:
      return _ ("Address");
    case GROUP_OWN:
      return _ ("More");
    case GROUP_ABOUT:
      return _ ("About This Record");
    case GROUP_GENERAL:
      return _ ("Details");
    case GROUP_NAME:
    case N_GROUPS:
    default:
      return NULL;
    }
}

/* A name that the program makes of its parts is the page's title; of one pipeline there is no choice */
static gboolean
is_left_out (CrmRecordFacts *self, const CrmField *field)
{
  /* Files have a list of their own. */
  if (field->kind == CRM_KIND_FILES)
    return TRUE;
  if (field == self->type->label_field && (field->flags & CRM_FIELD_READ_ONLY) != 0)
    return TRUE;
  /* A number that only boards make something of */
  if (field == crm_card_order_find (self->type))
    return TRUE;
  if (self->type->standard && g_str_equal (field->name, "pipeline") && field->n_options < 2)
    return TRUE;

  return self->alone && field->kind == CRM_KIND_MEMBER;
}

/* What is seen */

static gboolean
has_value (CrmRecordFacts *self, const CrmField *field)
{
  return crm_record_get_value (self->record, field) != NULL;
}

static gboolean
is_shown (CrmRecordFacts *self, const CrmField *field)
{
  if (is_left_out (self, field))
    return FALSE;
  if (has_value (self, field) || g_hash_table_contains (self->shown, &field->id))
    return TRUE;
  if (self->read_only || (field->flags & CRM_FIELD_READ_ONLY) != 0)
    return FALSE;

  return self->show_empty || crm_record_words_is_essential (self->type, field);
}

static void
update_empty_button (CrmRecordFacts *self, guint n_empty)
{
  g_autofree char *label = NULL;

  if (self->show_empty)
    label = g_strdup (_ ("Hide Empty Fields"));
  else
    label = g_strdup_printf (ngettext ("Show %u Empty Field", "Show %u Empty Fields", n_empty),
                             n_empty);
  gtk_button_set_label (GTK_BUTTON (self->empty_button), label);
  gtk_widget_set_visible (self->empty_button, n_empty > 0 && !self->read_only);
}

static void
update_shown (CrmRecordFacts *self)
{
  gboolean used[N_GROUPS] = { FALSE };
  guint n_empty = 0;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CrmField *field = crm_field_editor_get_field (editor);
      gboolean shown;

      if (has_value (self, field))
        g_hash_table_add (self->shown, g_memdup2 (&field->id, sizeof field->id));
      shown = is_shown (self, field);
      gtk_widget_set_visible (crm_field_editor_get_row (editor), shown);
      used[get_group (self, field)] |= shown;
      if (!has_value (self, field) && (field->flags & CRM_FIELD_READ_ONLY) == 0 &&
          !is_left_out (self, field) && !crm_record_words_is_essential (self->type, field) &&
          !g_hash_table_contains (self->shown, &field->id))
        n_empty++;
    }
  for (guint i = 0; i < N_GROUPS; i++)
    gtk_widget_set_visible (self->groups[i], used[i]);
  update_empty_button (self, n_empty);
}

/* Making */

static void
saved_cb (CrmRecordFacts *self, CrmValue *value, CrmFieldEditor *editor)
{
  g_signal_emit (self, signals[SAVE], 0, crm_field_editor_get_field (editor), value);
}

static void
create_groups (CrmRecordFacts *self)
{
  for (guint i = 0; i < N_GROUPS; i++)
    {
      const char *title = get_group_title (i);

      if (self->groups[i] != NULL)
        gtk_box_remove (GTK_BOX (self->box), self->groups[i]);
      self->groups[i] = adw_preferences_group_new ();
      if (title != NULL)
        adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->groups[i]), title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->groups[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      title != NULL ? title : self->type->label, -1);
      gtk_box_append (GTK_BOX (self->box), self->groups[i]);
    }
}

/* What the program keeps comes last */
static void
order_box (CrmRecordFacts *self)
{
  GtkBox *box = GTK_BOX (self->box);

  gtk_box_reorder_child_after (box, self->empty_button, self->groups[GROUP_OWN]);
  if (self->related != NULL)
    gtk_box_reorder_child_after (box, self->related, self->empty_button);
}

static void
create_editors (CrmRecordFacts *self)
{
  self->first_contact = self->type->n_fields;
  for (guint i = self->type->n_fields; i > 0; i--)
    if (is_contact (self->type->fields[i - 1]))
      self->first_contact = i - 1;
  create_groups (self);
  order_box (self);
  g_ptr_array_set_size (self->editors, 0);
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self->groups[get_group (self, field)]);
      CrmFieldEditor *editor;

      if (is_left_out (self, field))
        continue;
      editor = crm_field_editor_new (self->session, field,
                                     self->read_only || (field->flags & CRM_FIELD_READ_ONLY) != 0);
      g_signal_connect_object (editor, "save", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, crm_field_editor_get_row (editor));
      adw_preferences_group_add (group, crm_field_editor_get_message_row (editor));
      g_ptr_array_add (self->editors, editor);
    }
}

static void
empty_clicked_cb (CrmRecordFacts *self)
{
  self->show_empty = !self->show_empty;
  update_shown (self);
}

/* GObject */

static void
crm_record_facts_dispose (GObject *object)
{
  CrmRecordFacts *self = CRM_RECORD_FACTS (object);

  g_ptr_array_set_size (self->editors, 0);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_record_facts_parent_class)->dispose (object);
}

static void
crm_record_facts_finalize (GObject *object)
{
  CrmRecordFacts *self = CRM_RECORD_FACTS (object);

  g_ptr_array_unref (self->editors);
  g_hash_table_unref (self->shown);

  G_OBJECT_CLASS (crm_record_facts_parent_class)->finalize (object);
}

static void
crm_record_facts_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RELATED:
      g_value_set_object (value, CRM_RECORD_FACTS (object)->related);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_facts_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  CrmRecordFacts *self = CRM_RECORD_FACTS (object);

  switch (property_id)
    {
    case PROP_RELATED:
      self->related = g_value_get_object (value);
      if (self->related != NULL)
        gtk_box_append (GTK_BOX (self->box), self->related);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_facts_class_init (CrmRecordFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_record_facts_dispose;
  object_class->finalize = crm_record_facts_finalize;
  object_class->get_property = crm_record_facts_get_property;
  object_class->set_property = crm_record_facts_set_property;

  properties[PROP_RELATED] = g_param_spec_object ("related", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, CRM_TYPE_VALUE);
}

static void
crm_record_facts_init (CrmRecordFacts *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->empty_button = gtk_button_new ();
  gtk_widget_add_css_class (self->empty_button, "flat");
  gtk_widget_set_halign (self->empty_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->empty_button, "clicked", G_CALLBACK (empty_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->empty_button);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/* Public API */

void
crm_record_facts_set_session (CrmRecordFacts *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_RECORD_FACTS (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
crm_record_facts_set_record (CrmRecordFacts *self, CrmRecord *record, gboolean alone)
{
  const CrmRecordType *type;
  gboolean read_only;
  CrmRecord *old;

  g_return_if_fail (CRM_IS_RECORD_FACTS (self));
  g_return_if_fail (record != NULL);

  old = self->record;
  self->record = crm_record_ref (record);
  if (old != NULL && crm_record_get_id (old) != 0 &&
      crm_record_get_id (old) != crm_record_get_id (record))
    g_hash_table_remove_all (self->shown);
  g_clear_pointer (&old, crm_record_unref);

  type = crm_record_get_record_type (record);
  read_only = crm_record_get_state (record) != CRM_STATE_LIVE;
  if (type != self->type || read_only != self->read_only || alone != self->alone)
    {
      self->type = type;
      self->read_only = read_only;
      self->alone = alone;
      create_editors (self);
    }

  for (guint i = 0; i < self->editors->len; i++)
    crm_field_editor_set_record (g_ptr_array_index (self->editors, i), record);
  update_shown (self);
}

void
crm_record_facts_commit (CrmRecordFacts *self)
{
  g_return_if_fail (CRM_IS_RECORD_FACTS (self));

  for (guint i = 0; i < self->editors->len; i++)
    crm_field_editor_commit (g_ptr_array_index (self->editors, i));
}

CrmFieldEditor *
crm_record_facts_find_editor (CrmRecordFacts *self, gint64 field_id)
{
  g_return_val_if_fail (CRM_IS_RECORD_FACTS (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (crm_field_editor_get_field (editor)->id == field_id)
        return editor;
    }

  return NULL;
}

void
crm_record_facts_focus_first (CrmRecordFacts *self)
{
  g_return_if_fail (CRM_IS_RECORD_FACTS (self));

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (gtk_widget_get_visible (crm_field_editor_get_row (editor)))
        {
          crm_field_editor_focus (editor);
          return;
        }
    }
}
