/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-list.h"

#include <glib/gi18n.h>

#include "crm-column-chooser.h"
#include "crm-column.h"
#include "crm-row-drag.h"

/* As many as a card shows */
#define MAX_CARDS 6

typedef struct
{
  char *path;
  int width;
  gboolean descending;
} Item;

typedef enum
{
  BUTTON_DIRECTION,
  BUTTON_UP,
  BUTTON_DOWN,
  BUTTON_REMOVE,
  N_BUTTONS,
} Button;

struct _CrmViewList
{
  AdwBin parent_instance;

  CrmViewState *state;
  CrmViewListKind kind;
  GPtrArray *items; /* Item, as in the rows */
  GtkListBox *rows;
  GtkMenuButton *add_button;
};

G_DEFINE_FINAL_TYPE (CrmViewList, crm_view_list, ADW_TYPE_BIN)

/* Items */

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_free (item);
}

static void
add_item (GPtrArray *items, const char *path, int width, gboolean descending)
{
  Item *item = g_new0 (Item, 1);

  item->path = g_strdup (path);
  item->width = width;
  item->descending = descending;
  g_ptr_array_add (items, item);
}

static void
read_cards (GPtrArray *items, CrmViewQuery *query)
{
  JsonNode *node = crm_view_query_get_option (query, "cards");
  JsonArray *names = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (json_node_get_value_type (json_array_get_element (names, i)) == G_TYPE_STRING)
      add_item (items, json_array_get_string_element (names, i), 0, FALSE);
}

static GPtrArray *
read_items (CrmViewList *self)
{
  CrmViewQuery *query = crm_view_state_get_query (self->state);
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);

  if (self->kind == CRM_VIEW_LIST_CARDS)
    {
      read_cards (items, query);
    }
  else if (self->kind == CRM_VIEW_LIST_SORTS)
    {
      GPtrArray *sorts = crm_view_query_get_sorts (query);

      for (guint i = 0; i < sorts->len; i++)
        {
          const CrmViewSort *sort = g_ptr_array_index (sorts, i);

          add_item (items, sort->field, 0, sort->descending);
        }
    }
  else
    {
      GPtrArray *columns = crm_view_query_get_columns (query);

      for (guint i = 0; i < columns->len; i++)
        {
          const CrmViewColumn *column = g_ptr_array_index (columns, i);

          add_item (items, column->field, column->width, FALSE);
        }
    }

  return items;
}

static void
write_cards (GPtrArray *items, CrmViewQuery *query)
{
  g_autoptr (JsonArray) names = json_array_new ();
  JsonNode *node = NULL;

  for (guint i = 0; i < items->len; i++)
    json_array_add_string_element (names, ((Item *) g_ptr_array_index (items, i))->path);
  if (items->len > 0)
    {
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_set_array (node, names);
    }
  crm_view_query_set_option (query, "cards", node);
}

static void
write_items (CrmViewList *self, GPtrArray *items)
{
  static const CrmViewParts parts[] = { CRM_VIEW_PART_COLUMNS, CRM_VIEW_PART_SORT,
                                        CRM_VIEW_PART_OPTIONS };
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (self->state));

  if (self->kind == CRM_VIEW_LIST_CARDS)
    write_cards (items, query);
  else if (self->kind == CRM_VIEW_LIST_SORTS)
    crm_view_query_clear_sorts (query);
  else
    crm_view_query_clear_columns (query);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      if (self->kind == CRM_VIEW_LIST_SORTS)
        crm_view_query_add_sort (query, item->path, item->descending);
      else if (self->kind == CRM_VIEW_LIST_COLUMNS)
        crm_view_query_add_column (query, item->path, item->width);
    }
  crm_view_state_edit (self->state, query, parts[self->kind]);
}

/* Rows */

/* (transfer full): "Company › City"; the path of what is not there any more */
static char *
make_title (CrmViewList *self, const char *path)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (
      crm_session_get_store (crm_view_state_get_session (self->state)));
  g_autoptr (GArray) columns = crm_columns_parse (catalogue,
                                                  crm_view_state_get_record_type (self->state),
                                                  path, NULL);

  return columns != NULL && columns->len > 0
             ? crm_column_make_title (&g_array_index (columns, CrmColumn, 0))
             : g_strdup (path);
}

static GtkWidget *
get_button (CrmViewList *self, guint position, Button which)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, (int) position);

  return row != NULL
             ? g_object_get_data (G_OBJECT (row), ((const char *const[]){ "direction", "up", "down",
                                                                          "remove" })[which])
             : NULL;
}

/* The record's own name comes first and stays */
static gboolean
is_fixed (CrmViewList *self, guint position)
{
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  const Item *item = g_ptr_array_index (self->items, position);

  return self->kind == CRM_VIEW_LIST_COLUMNS && type->label_field != NULL &&
         g_str_equal (item->path, type->label_field->name);
}

static void
act (CrmViewList *self, GtkWidget *button, Button which)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  guint position = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GPtrArray) items = read_items (self);
  GtkWidget *next;
  Item *item;

  g_return_if_fail (position < items->len);

  item = g_ptr_array_index (items, position);
  if (which == BUTTON_DIRECTION)
    {
      item->descending = !item->descending;
    }
  else
    {
      item = g_ptr_array_steal_index (items, position);
      if (which == BUTTON_REMOVE)
        item_free (item);
      else
        g_ptr_array_insert (items, (int) (which == BUTTON_UP ? --position : ++position), item);
    }
  write_items (self, items);

  /* The rows are new ones; the keyboard goes on where it was */
  if (items->len == 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
      return;
    }
  position = MIN (position, items->len - 1);
  next = get_button (self, position, which);
  if (next == NULL || !gtk_widget_get_sensitive (next))
    next = get_button (self, position, which == BUTTON_UP ? BUTTON_DOWN : BUTTON_UP);
  if (next != NULL)
    gtk_widget_grab_focus (next);
}

static void
direction_cb (CrmViewList *self, GtkWidget *button)
{
  act (self, button, BUTTON_DIRECTION);
}

static void
up_cb (CrmViewList *self, GtkWidget *button)
{
  act (self, button, BUTTON_UP);
}

static void
down_cb (CrmViewList *self, GtkWidget *button)
{
  act (self, button, BUTTON_DOWN);
}

static void
remove_cb (CrmViewList *self, GtkWidget *button)
{
  act (self, button, BUTTON_REMOVE);
}

static gboolean
fits_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  CrmViewList *self = user_data;

  return !is_fixed (self, (guint) gtk_list_box_row_get_index (row)) &&
         (before == NULL || !is_fixed (self, (guint) gtk_list_box_row_get_index (before)));
}

static void
moved_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  CrmViewList *self = user_data;
  g_autoptr (GPtrArray) items = read_items (self);
  guint from = (guint) gtk_list_box_row_get_index (row);
  guint to = before != NULL ? (guint) gtk_list_box_row_get_index (before) : items->len;
  Item *item = g_ptr_array_steal_index (items, from);

  g_ptr_array_insert (items, (int) (to > from ? to - 1 : to), item);
  write_items (self, items);
}

static GtkWidget *
add_button (CrmViewList *self,
            GtkWidget *row,
            const char *key,
            const char *icon,
            const char *label,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "crm-small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (row), key, button);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), button);

  return button;
}

static void
append_row (CrmViewList *self, guint position)
{
  const Item *item = g_ptr_array_index (self->items, position);
  g_autofree char *title = make_title (self, item->path);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *button;
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  g_autofree char *remove = NULL;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, title);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->rows, row);
  if (is_fixed (self, position))
    return;

  if (self->kind == CRM_VIEW_LIST_SORTS)
    {
      /* Translators: what the records are sorted by */
      g_autofree char *way = item->descending ? g_strdup_printf (_ ("%s: Descending"), title)
                                              : g_strdup_printf (_ ("%s: Ascending"), title);

      add_button (self, row, "direction",
                  item->descending ? "view-sort-descending-symbolic"
                                   : "view-sort-ascending-symbolic",
                  way, G_CALLBACK (direction_cb));
    }
  up = g_strdup_printf (_ ("Move “%s” Up"), title);
  button = add_button (self, row, "up", "go-up-symbolic", up, G_CALLBACK (up_cb));
  gtk_widget_set_sensitive (button, position > 0 && !is_fixed (self, position - 1));
  down = g_strdup_printf (_ ("Move “%s” Down"), title);
  button = add_button (self, row, "down", "go-down-symbolic", down, G_CALLBACK (down_cb));
  gtk_widget_set_sensitive (button, position + 1 < self->items->len);
  remove = g_strdup_printf (_ ("Take Out “%s”"), title);
  add_button (self, row, "remove", "window-close-symbolic", remove, G_CALLBACK (remove_cb));
}

static void
fill (CrmViewList *self)
{
  GtkPopover *chooser = gtk_menu_button_get_popover (self->add_button);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = read_items (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      append_row (self, i);
      g_strv_builder_add (paths, ((Item *) g_ptr_array_index (self->items, i))->path);
    }
  shown = g_strv_builder_end (paths);
  crm_column_chooser_set_shown (CRM_COLUMN_CHOOSER (chooser), (const char *const *) shown);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), self->items->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button),
                            self->kind != CRM_VIEW_LIST_CARDS || self->items->len < MAX_CARDS);
}

static void
chosen_cb (CrmViewList *self, const char *path)
{
  g_autoptr (GPtrArray) items = read_items (self);

  add_item (items, path, 0, FALSE);
  write_items (self, items);
}

static void
state_changed_cb (CrmViewList *self, guint parts)
{
  static const CrmViewParts own[] = { CRM_VIEW_PART_COLUMNS, CRM_VIEW_PART_SORT,
                                      CRM_VIEW_PART_OPTIONS };

  if ((parts & own[self->kind]) != 0)
    fill (self);
}

static void
crm_view_list_dispose (GObject *object)
{
  CrmViewList *self = CRM_VIEW_LIST (object);

  g_clear_object (&self->state);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_view_list_parent_class)->dispose (object);
}

static void
crm_view_list_class_init (CrmViewListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_view_list_dispose;
}

static void
crm_view_list_init (CrmViewList *self)
{
}

GtkWidget *
crm_view_list_new (CrmViewState *state, CrmViewListKind kind)
{
  static const char *const names[] = { N_ ("Columns"), N_ ("Sort By"), N_ ("On the Cards") };
  static const char *const verbs[] = { N_ ("Add _Column…"), N_ ("Add _Sort…"), N_ ("Add _Field…") };
  CrmViewList *self;
  CrmStore *store;
  GtkWidget *box;
  GtkWidget *chooser;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_VIEW_LIST, NULL);
  self->state = g_object_ref (state);
  self->kind = kind;
  store = crm_session_get_store (crm_view_state_get_session (state));

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "crm-plain");
  crm_row_drag_add (self->rows, fits_cb, moved_cb, self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (names[kind]), -1);
  self->add_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->add_button, _ (verbs[kind]));
  gtk_menu_button_set_use_underline (self->add_button, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->add_button), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self->add_button), GTK_ALIGN_START);
  chooser = crm_column_chooser_new (store, crm_view_state_get_record_type (state));
  gtk_menu_button_set_popover (self->add_button, chooser);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->add_button));
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}
