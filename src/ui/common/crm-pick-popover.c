/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-pick-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-cell-factory.h"
#include "crm-popover.h"
#include "crm-text.h"

/* More than these are searched rather than looked through */
#define MANY 8
#define MAX_HEIGHT 320

typedef struct
{
  gint64 id;
  char *label;
  char *folded;
  GtkWidget *row; /* a button, or what the tick is in */
  GtkCheckButton *check; /* nullable */
  GtkLabel *detail;
  CrmTick before;
  gboolean changed;
} Item;

struct _CrmPickPopover
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkBox *list;
  GtkWidget *create_row; /* nullable */
  GtkLabel *create_label;
  GtkWidget *apply_button; /* nullable */

  GPtrArray *items; /* of Item */
  char *search; /* folded */
  gboolean ticks;
  gboolean setting; /* ticks are set by the program */
};

enum
{
  PICKED,
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void choose (CrmPickPopover *self, Item *item);

G_DEFINE_FINAL_TYPE (CrmPickPopover, crm_pick_popover, GTK_TYPE_POPOVER)

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->label);
  g_free (item->folded);
  g_free (item);
}

static Item *
find_item (CrmPickPopover *self, gint64 id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->id == id)
        return item;
    }

  return NULL;
}

static void
update_apply (CrmPickPopover *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    changed = changed || ((Item *) g_ptr_array_index (self->items, i))->changed;
  if (self->apply_button != NULL)
    gtk_widget_set_sensitive (self->apply_button, changed);
}

static void
show_tick (CrmPickPopover *self, Item *item, CrmTick tick)
{
  self->setting = TRUE;
  gtk_check_button_set_active (item->check, tick == CRM_TICK_ALL);
  gtk_check_button_set_inconsistent (item->check, tick == CRM_TICK_SOME);
  gtk_accessible_update_state (GTK_ACCESSIBLE (item->check), GTK_ACCESSIBLE_STATE_CHECKED,
                               tick == CRM_TICK_SOME  ? GTK_ACCESSIBLE_TRISTATE_MIXED
                               : tick == CRM_TICK_ALL ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                      : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  self->setting = FALSE;
}

/* Some → all → none → some again, so that every one of them can be had back */
static void
turn (CrmPickPopover *self, Item *item)
{
  CrmTick now = gtk_check_button_get_inconsistent (item->check) ? CRM_TICK_SOME
                : gtk_check_button_get_active (item->check)     ? CRM_TICK_ALL
                                                                : CRM_TICK_NONE;
  CrmTick next;

  if (now == CRM_TICK_SOME)
    next = CRM_TICK_ALL;
  else if (now == CRM_TICK_ALL)
    next = CRM_TICK_NONE;
  else
    next = item->before == CRM_TICK_SOME ? CRM_TICK_SOME : CRM_TICK_ALL;

  item->changed = next != item->before;
  show_tick (self, item, next);
  update_apply (self);
}

/* Rows */

static Item *
find_first_shown (CrmPickPopover *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (gtk_widget_get_visible (item->row))
        return item;
    }

  return NULL;
}

/* The button turns itself when it is clicked; what it is to be is decided here */
static void
toggled_cb (GtkCheckButton *check, CrmPickPopover *self)
{
  if (self->setting)
    return;

  self->setting = TRUE;
  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
  self->setting = FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (((Item *) g_ptr_array_index (self->items, i))->check == check)
      turn (self, g_ptr_array_index (self->items, i));
}

static GtkWidget *
create_dot (const char *color)
{
  GtkWidget *dot = gtk_label_new (NULL);
  const char *tone = crm_cell_get_tone (color);
  g_autofree char *markup = g_markup_printf_escaped ("<span color=\"%s\">●</span>",
                                                     tone != NULL ? tone : "#8b8b90");

  gtk_label_set_markup (GTK_LABEL (dot), markup);
  gtk_accessible_update_state (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  return dot;
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

static void
clicked_cb (GtkButton *button, CrmPickPopover *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((Item *) g_ptr_array_index (self->items, i))->row == GTK_WIDGET (button))
      {
        choose (self, g_ptr_array_index (self->items, i));
        return;
      }
}

static GtkWidget *
create_button (GtkWidget *content, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "crm-pick");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static GtkWidget *
create_check_row (CrmPickPopover *self, Item *item, GtkWidget *content)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  item->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_check_button_set_child (item->check, content);
  gtk_widget_set_hexpand (GTK_WIDGET (item->check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->label, -1);
  g_signal_connect (item->check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (item->check));

  item->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (item->detail), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (item->detail), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (item->detail), "numeric");
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (item->detail));
  gtk_widget_add_css_class (row, "crm-pick");

  return row;
}

static Item *
add_item (CrmPickPopover *self, gint64 id, const char *label, const char *color)
{
  Item *item = g_new0 (Item, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  item->id = id;
  item->label = g_strdup (label);
  item->folded = crm_text_fold (label);
  g_ptr_array_add (self->items, item);
  if (color != NULL)
    gtk_box_append (GTK_BOX (content), create_dot (color));
  gtk_box_append (GTK_BOX (content), create_label (label));

  if (self->ticks)
    {
      item->row = create_check_row (self, item, content);
    }
  else
    {
      item->row = create_button (content, label);
      g_signal_connect (item->row, "clicked", G_CALLBACK (clicked_cb), self);
    }
  gtk_box_append (self->list, item->row);
  if (self->create_row != NULL)
    gtk_box_reorder_child_after (self->list, self->create_row, item->row);
  if (self->items->len > MANY)
    gtk_widget_set_visible (self->entry, TRUE);

  return item;
}

static void
create (CrmPickPopover *self)
{
  g_autofree char *text = crm_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                          FALSE);
  Item *item;

  if (text == NULL)
    return;

  item = add_item (self, 0, text, NULL);
  turn (self, item);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
choose (CrmPickPopover *self, Item *item)
{
  gint64 id = item->id;
  g_autofree char *label = g_strdup (item->label);

  if (self->ticks)
    {
      turn (self, item);
      return;
    }

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, id, label);
}

/* Callbacks */

static void
search_changed_cb (CrmPickPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *clean = crm_text_clean (text, FALSE);
  gboolean exists = FALSE;

  g_clear_pointer (&self->search, g_free);
  if (clean != NULL)
    self->search = crm_text_fold (clean);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      exists = exists || crm_text_equal (item->folded, self->search);
      gtk_widget_set_visible (item->row,
                              self->search == NULL || strstr (item->folded, self->search) != NULL);
    }
  if (self->create_row != NULL)
    {
      /* Translators: %s is the name of something that does not exist yet */
      g_autofree char *label = g_strdup_printf (_ ("Create “%s”"), clean != NULL ? clean : "");

      gtk_label_set_label (self->create_label, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->create_row),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_widget_set_visible (self->create_row, clean != NULL && !exists);
    }
}

static void
apply_clicked_cb (CrmPickPopover *self)
{
  g_object_ref (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[APPLIED], 0);
  g_object_unref (self);
}

/* A second Enter, where nothing is searched for any more, applies */
static void
search_activated_cb (CrmPickPopover *self)
{
  Item *item;

  search_changed_cb (self);
  if (self->search == NULL)
    {
      if (self->apply_button != NULL && gtk_widget_get_sensitive (self->apply_button))
        apply_clicked_cb (self);
      return;
    }

  item = find_first_shown (self);
  if (item != NULL)
    choose (self, item);
  else if (self->create_row != NULL)
    create (self);
}

/* GObject */

static void
crm_pick_popover_finalize (GObject *object)
{
  CrmPickPopover *self = CRM_PICK_POPOVER (object);

  g_ptr_array_unref (self->items);
  g_free (self->search);

  G_OBJECT_CLASS (crm_pick_popover_parent_class)->finalize (object);
}

static void
crm_pick_popover_class_init (CrmPickPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_pick_popover_finalize;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_list (CrmPickPopover *self, GtkBox *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_box_append (box, scroller);
}

static void
crm_pick_popover_init (CrmPickPopover *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

/* Public API */

GtkWidget *
crm_pick_popover_new (const char *title)
{
  CrmPickPopover *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (title);

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (CRM_TYPE_PICK_POPOVER, NULL);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), heading);

  self->entry = gtk_search_entry_new ();
  gtk_widget_set_visible (self->entry, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self);
  gtk_box_append (GTK_BOX (box), self->entry);

  add_list (self, GTK_BOX (box));
  gtk_widget_set_size_request (box, 220, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

GtkWidget *
crm_pick_popover_new_with_ticks (const char *title, gboolean can_create)
{
  CrmPickPopover *self = CRM_PICK_POPOVER (crm_pick_popover_new (title));
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (self));

  self->ticks = TRUE;
  if (can_create)
    {
      GtkWidget *row_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

      self->create_label = GTK_LABEL (create_label (""));
      gtk_box_append (GTK_BOX (row_box), gtk_image_new_from_icon_name ("list-add-symbolic"));
      gtk_box_append (GTK_BOX (row_box), GTK_WIDGET (self->create_label));
      self->create_row = create_button (row_box, "");
      gtk_widget_set_visible (self->create_row, FALSE);
      g_signal_connect_swapped (self->create_row, "clicked", G_CALLBACK (create), self);
      gtk_box_append (self->list, self->create_row);
      gtk_widget_set_visible (self->entry, TRUE);
      g_object_set (self->entry, "placeholder-text", _ ("Find or Create"), NULL);
    }

  self->apply_button = gtk_button_new_with_label (_ ("Apply"));
  gtk_widget_add_css_class (self->apply_button, "suggested-action");
  g_signal_connect_swapped (self->apply_button, "clicked", G_CALLBACK (apply_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->apply_button);
  update_apply (self);

  return GTK_WIDGET (self);
}

void
crm_pick_popover_add (CrmPickPopover *self, gint64 id, const char *label, const char *color)
{
  g_return_if_fail (CRM_IS_PICK_POPOVER (self));
  g_return_if_fail (label != NULL);

  add_item (self, id, label, color);
}

void
crm_pick_popover_set_tick (CrmPickPopover *self, gint64 id, CrmTick tick, const char *detail)
{
  Item *item;

  g_return_if_fail (CRM_IS_PICK_POPOVER (self));
  g_return_if_fail (self->ticks);

  item = find_item (self, id);
  if (item == NULL)
    return;
  gtk_label_set_label (item->detail, detail != NULL ? detail : "");
  if (item->changed)
    return;
  item->before = tick;
  show_tick (self, item, tick);
}

void
crm_pick_popover_foreach_changed (CrmPickPopover *self, CrmTickedFunc func, gpointer data)
{
  g_return_if_fail (CRM_IS_PICK_POPOVER (self));
  g_return_if_fail (func != NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->changed)
        func (item->id, item->label, gtk_check_button_get_active (item->check), data);
    }
}

void
crm_pick_popover_show_at (CrmPickPopover *self, GtkWidget *widget, GtkPositionType position)
{
  g_return_if_fail (CRM_IS_PICK_POPOVER (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  crm_popover_show_at (GTK_POPOVER (self), widget, position);
  if (gtk_widget_get_visible (self->entry))
    gtk_widget_grab_focus (self->entry);
}
