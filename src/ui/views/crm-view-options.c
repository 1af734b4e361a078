/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-options.h"

#include <glib/gi18n.h>

#include "crm-agenda.h"
#include "crm-board-slot.h"
#include "crm-field-choice.h"
#include "crm-view-grouping.h"
#include "crm-view-layouts.h"
#include "crm-view-list.h"

struct _CrmViewOptions
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkBox *sections; /* filled when it is first opened */
  CrmViewLayouts *layouts; /* where the header has no room for them */
  GtkWidget *parts[CRM_VIEW_CALENDAR + 1]; /* the section of each layout */
  CrmFieldChoice *board_field;
  CrmFieldChoice *calendar_field;
  GtkToggleButton *comfortable;
  GtkToggleButton *compact;

  CrmViewState *state;
  gboolean narrow;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CrmViewOptions, crm_view_options, ADW_TYPE_BIN)

static const char *
get_text_option (CrmViewOptions *self, const char *name)
{
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (self->state), name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* The one that is shown: what the view says, or else what a calendar begins with */
static const CrmField *
find_calendar_field (CrmViewOptions *self)
{
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (self->state), "calendar");
  const char *name = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                         ? json_object_get_string_member_with_default (json_node_get_object (node),
                                                                       "field", NULL)
                         : NULL;

  return crm_agenda_find_field (type, name);
}

static void
update (CrmViewOptions *self)
{
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  const char *board = get_text_option (self, "board");
  const CrmField *field = board != NULL ? crm_record_type_find_field (type, board) : NULL;
  CrmViewLayout shown = crm_view_state_get_layout (self->state);
  gboolean compact = g_strcmp0 (get_text_option (self, "density"), "compact") == 0;

  if (!crm_view_layouts_fits (type, shown))
    shown = CRM_VIEW_TABLE;
  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    gtk_widget_set_visible (self->parts[i], i == (guint) shown);
  crm_field_choice_set_fields (self->board_field, type, crm_board_slot_fits);
  crm_field_choice_set_field (self->board_field, field != NULL && crm_board_slot_fits (field)
                                                     ? field
                                                     : crm_board_slot_find_field (type));
  crm_field_choice_set_fields (self->calendar_field, type, crm_agenda_fits);
  crm_field_choice_set_field (self->calendar_field, find_calendar_field (self));
  gtk_toggle_button_set_active (compact ? self->compact : self->comfortable, TRUE);
  self->updating = FALSE;
}

static void
state_changed_cb (CrmViewOptions *self, guint parts)
{
  if (self->parts[0] != NULL &&
      (parts & (CRM_VIEW_PART_OPTIONS | CRM_VIEW_PART_LAYOUT | CRM_VIEW_PART_IDENTITY)) != 0)
    update (self);
}

/* Takes @value */
static void
set_option (CrmViewOptions *self, const char *option, JsonNode *value)
{
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (self->state));

  crm_view_query_set_option (query, option, value);
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_OPTIONS);
}

static void
density_toggled_cb (CrmViewOptions *self)
{
  if (!self->updating)
    set_option (self, "density",
                gtk_toggle_button_get_active (self->compact)
                    ? json_node_init_string (json_node_alloc (), "compact")
                    : NULL);
}

static void
board_chosen_cb (CrmViewOptions *self)
{
  const CrmField *field = crm_field_choice_get_field (self->board_field);

  if (!self->updating && field != NULL)
    set_option (self, "board", json_node_init_string (json_node_alloc (), field->name));
}

static void
calendar_chosen_cb (CrmViewOptions *self)
{
  const CrmField *field = crm_field_choice_get_field (self->calendar_field);
  JsonNode *former;
  JsonNode *node;
  g_autoptr (JsonObject) object = NULL;

  if (self->updating || field == NULL)
    return;

  former = crm_view_query_get_option (crm_view_state_get_query (self->state), "calendar");
  node = former != NULL && JSON_NODE_HOLDS_OBJECT (former) ? json_node_copy (former) : NULL;
  if (node == NULL)
    {
      object = json_object_new ();
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, object);
    }
  else
    {
      /* Copies share their object */
      g_autofree char *text = json_to_string (node, FALSE);

      json_node_unref (node);
      node = json_from_string (text, NULL);
    }
  json_object_set_string_member (json_node_get_object (node), "field", field->name);
  set_option (self, "calendar", node);
}

static void
append_heading (GtkWidget *box, const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, gtk_widget_get_first_child (box) != NULL ? 12 : 0);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_density (CrmViewOptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->comfortable = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_mnemonic (_ ("Com_fortable")));
  self->compact = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_mnemonic (_ ("Com_pact")));
  gtk_toggle_button_set_group (self->compact, self->comfortable);
  gtk_widget_set_hexpand (GTK_WIDGET (self->comfortable), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->compact), TRUE);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->comfortable));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->compact));
  g_signal_connect_object (self->compact, "toggled", G_CALLBACK (density_toggled_cb), self,
                           G_CONNECT_SWAPPED);

  return box;
}

static GtkWidget *
make_part (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
}

static GtkWidget *
make_table (CrmViewOptions *self)
{
  GtkWidget *box = make_part ();

  append_heading (box, _ ("Columns"));
  gtk_box_append (GTK_BOX (box), crm_view_list_new (self->state, CRM_VIEW_LIST_COLUMNS));
  append_heading (box, _ ("Sort By"));
  gtk_box_append (GTK_BOX (box), crm_view_list_new (self->state, CRM_VIEW_LIST_SORTS));
  append_heading (box, _ ("Group By"));
  gtk_box_append (GTK_BOX (box), crm_view_grouping_new (self->state));
  append_heading (box, _ ("Density"));
  gtk_box_append (GTK_BOX (box), make_density (self));

  return box;
}

static GtkWidget *
make_board (CrmViewOptions *self)
{
  GtkWidget *box = make_part ();

  self->board_field = CRM_FIELD_CHOICE (crm_field_choice_new (_ ("Columns Of"), NULL));
  g_signal_connect_object (self->board_field, "notify::field", G_CALLBACK (board_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  append_heading (box, _ ("Columns Of"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->board_field));
  append_heading (box, _ ("On the Cards"));
  gtk_box_append (GTK_BOX (box), crm_view_list_new (self->state, CRM_VIEW_LIST_CARDS));
  append_heading (box, _ ("Sort By"));
  gtk_box_append (GTK_BOX (box), crm_view_list_new (self->state, CRM_VIEW_LIST_SORTS));

  return box;
}

static GtkWidget *
make_calendar (CrmViewOptions *self)
{
  GtkWidget *box = make_part ();

  self->calendar_field = CRM_FIELD_CHOICE (crm_field_choice_new (_ ("Day Of"), NULL));
  g_signal_connect_object (self->calendar_field, "notify::field", G_CALLBACK (calendar_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  /* Translators: which date says where in the calendar a record is */
  append_heading (box, _ ("Day Of"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar_field));

  return box;
}

/* Made when it is first needed: a page is shown sooner */
static void
fill (CrmViewOptions *self)
{
  if (self->parts[0] == NULL)
    {
      self->parts[CRM_VIEW_TABLE] = make_table (self);
      self->parts[CRM_VIEW_BOARD] = make_board (self);
      self->parts[CRM_VIEW_CALENDAR] = make_calendar (self);
      self->layouts = g_object_new (CRM_TYPE_VIEW_LAYOUTS, "halign", GTK_ALIGN_START,
                                    "margin-bottom", 12, NULL);
      crm_view_layouts_set_hidden (self->layouts, !self->narrow);
      crm_view_layouts_set_state (self->layouts, self->state);
      gtk_box_append (self->sections, GTK_WIDGET (self->layouts));
      for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
        gtk_box_append (self->sections, self->parts[i]);
    }
  update (self);
}

static void
crm_view_options_dispose (GObject *object)
{
  g_clear_object (&CRM_VIEW_OPTIONS (object)->state);

  G_OBJECT_CLASS (crm_view_options_parent_class)->dispose (object);
}

static void
crm_view_options_class_init (CrmViewOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_view_options_dispose;
}

static void
crm_view_options_init (CrmViewOptions *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->sections = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->sections), "crm-options");
  gtk_widget_set_size_request (GTK_WIDGET (self->sections), 300, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->sections));
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("View Options"), -1);
  g_signal_connect_object (popover, "show", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "crm-options-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("View Options"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("View Options"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/* Public API */

void
crm_view_options_set_state (CrmViewOptions *self, CrmViewState *state)
{
  g_return_if_fail (CRM_IS_VIEW_OPTIONS (self));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
crm_view_options_set_narrow (CrmViewOptions *self, gboolean narrow)
{
  g_return_if_fail (CRM_IS_VIEW_OPTIONS (self));

  self->narrow = narrow;
  if (self->layouts != NULL)
    crm_view_layouts_set_hidden (self->layouts, !narrow);
}

void
crm_view_options_popup (CrmViewOptions *self)
{
  g_return_if_fail (CRM_IS_VIEW_OPTIONS (self));

  gtk_menu_button_popup (self->button);
}
