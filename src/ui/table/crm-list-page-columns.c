/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-heading-cell.h"
#include "crm-table-columns.h"

#define MIN_WIDTH 40
#define MAX_TITLE_WIDTH 190
#define MAX_FIT_WIDTH 600
/* What a cell or a title needs beside its text */
#define CELL_MARGIN 16
#define TITLE_MARGIN 36
#define AVATAR_WIDTH 33
/* Who drags an edge is not disturbed before the hand rests */
#define WRITE_DELAY 200 /* milliseconds */

/*
 * Which column is sorted by, before there was a GtkColumnViewSorter: each column's sorter notes its path
 * when it is asked. The view's sorter asks the first column's first, and turns the answer round where the
 * order is descending. The sorters sort nothing: SQL does.
 */
typedef struct
{
  CrmListPage *page;
  const char *path; /* interned */
} Probe;

/* Columns of the table */

static GQuark
path_quark (void)
{
  return g_quark_from_static_string ("crm-column-path");
}

static GQuark
columns_quark (void)
{
  return g_quark_from_static_string ("crm-column");
}

/* Set once the user has given the column a width */
static GQuark
touched_quark (void)
{
  return g_quark_from_static_string ("crm-column-touched");
}

static const char *
get_path (GtkColumnViewColumn *column)
{
  return g_object_get_qdata (G_OBJECT (column), path_quark ());
}

static gboolean
is_touched (GtkColumnViewColumn *column)
{
  return g_object_get_qdata (G_OBJECT (column), touched_quark ()) != NULL;
}

guint
_crm_list_page_get_n_columns (CrmListPage *self)
{
  return g_list_model_get_n_items (gtk_column_view_get_columns (self->table));
}

GtkColumnViewColumn *
_crm_list_page_get_column (CrmListPage *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (self->table), position);

  return column;
}

const char *
_crm_list_page_get_column_path (CrmListPage *self, guint position)
{
  GtkColumnViewColumn *column = _crm_list_page_get_column (self, position);

  return column != NULL ? get_path (column) : NULL;
}

gboolean
_crm_list_page_find_column (CrmListPage *self, const char *path, guint *position)
{
  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    if (g_str_equal (_crm_list_page_get_column_path (self, i), path))
      {
        if (position != NULL)
          *position = i;
        return TRUE;
      }

  return FALSE;
}

/* (transfer full) (nullable): the column is not there any more */
static GArray *
parse_column (CrmListPage *self, const char *path)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  /* Fields may have come since the page was made */
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, self->type->id);
  g_autoptr (GArray) columns = crm_columns_parse (catalogue, type != NULL ? type : self->type, path,
                                                  NULL);

  return columns != NULL && columns->len == 1 ? g_steal_pointer (&columns) : NULL;
}

const CrmColumn *
_crm_list_page_get_crm_column (CrmListPage *self, const char *path)
{
  guint position;
  GArray *columns;

  if (!_crm_list_page_find_column (self, path, &position))
    return NULL;
  columns = g_object_get_qdata (G_OBJECT (_crm_list_page_get_column (self, position)),
                                columns_quark ());

  return &g_array_index (columns, CrmColumn, 0);
}

/* A cell shows the first of several, so its title names one */
static const char *
get_field_title (const CrmField *field)
{
  if ((field->flags & CRM_FIELD_STANDARD) != 0)
    switch (field->kind)
      {
      case CRM_KIND_EMAILS:
        return _ ("E-mail");
      case CRM_KIND_PHONES:
        return _ ("Phone");
      case CRM_KIND_DOMAINS:
        return _ ("Domain");
      default:
        break;
      }

  return field->label;
}

char *
_crm_list_page_make_title (CrmListPage *self, const char *path)
{
  const CrmColumn *column = _crm_list_page_get_crm_column (self, path);

  if (column == NULL)
    return g_strdup (path);

  return column->hops == NULL && column->part == CRM_COLUMN_WHOLE
             ? g_strdup (get_field_title (column->field))
             : crm_column_make_title (column);
}

gboolean
_crm_list_page_is_naming (CrmListPage *self, const char *path)
{
  return self->type->label_field != NULL && g_str_equal (self->type->label_field->name, path);
}

/* Writing back */

static const CrmViewColumn *
find_view_column (CrmViewQuery *query, const char *path)
{
  GPtrArray *columns = crm_view_query_get_columns (query);

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (g_str_equal (column->field, path))
        return column;
    }

  return NULL;
}

static void
add_view_column (CrmViewQuery *query, CrmViewQuery *old, GtkColumnViewColumn *column)
{
  const CrmViewColumn *known = find_view_column (old, get_path (column));
  int width = known != NULL ? known->width : 0;

  if (is_touched (column))
    width = gtk_column_view_column_get_fixed_width (column);
  crm_view_query_add_column (query, get_path (column), width);
}

/* The columns as they are in the table now, the one that names a record first wherever something was dropped,
 * behind them those that can't be shown at present */
static gboolean
write_columns_cb (gpointer user_data)
{
  CrmListPage *self = user_data;
  guint n = _crm_list_page_get_n_columns (self);
  CrmViewQuery *old;
  g_autoptr (CrmViewQuery) query = NULL;
  GPtrArray *old_columns;

  self->write_source = 0;
  if (self->state == NULL)
    return G_SOURCE_REMOVE;

  old = crm_view_state_get_query (self->state);
  old_columns = crm_view_query_get_columns (old);
  query = crm_view_query_copy (old);
  crm_view_query_clear_columns (query);
  for (guint i = 0; i < n; i++)
    if (_crm_list_page_is_naming (self, _crm_list_page_get_column_path (self, i)))
      add_view_column (query, old, _crm_list_page_get_column (self, i));
  for (guint i = 0; i < n; i++)
    if (!_crm_list_page_is_naming (self, _crm_list_page_get_column_path (self, i)))
      add_view_column (query, old, _crm_list_page_get_column (self, i));
  for (guint i = 0; i < old_columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (old_columns, i);

      if (!_crm_list_page_find_column (self, column->field, NULL))
        crm_view_query_add_column (query, column->field, column->width);
    }
  crm_view_state_edit (self->state, g_steal_pointer (&query), CRM_VIEW_PART_COLUMNS);

  return G_SOURCE_REMOVE;
}

static void
queue_write (CrmListPage *self, guint delay)
{
  g_clear_handle_id (&self->write_source, g_source_remove);
  self->write_source = g_timeout_add (delay, write_columns_cb, self);
}

/* Somebody dropped a column elsewhere; it is taken out and put in again before this is over */
static void
columns_changed_cb (CrmListPage *self)
{
  if (self->state == NULL)
    return;

  crm_heading_cells_update (_crm_list_page_get_rows (self));
  if (!self->updating_columns)
    queue_write (self, 0);
}

static void
width_changed_cb (GtkColumnViewColumn *column, GParamSpec *pspec, CrmListPage *self)
{
  int width = gtk_column_view_column_get_fixed_width (column);

  if (self->state == NULL)
    return;

  crm_heading_cells_update (_crm_list_page_get_rows (self));
  if (self->updating_columns)
    return;

  /* What takes what is left over can't be made narrower */
  gtk_column_view_column_set_expand (column, FALSE);
  g_object_set_qdata (G_OBJECT (column), touched_quark (), GINT_TO_POINTER (TRUE));
  if (width < 0)
    /* A double click on the edge */
    _crm_list_page_fit_column (self, column);
  else
    queue_write (self, WRITE_DELAY);
}

/* Fitting */

static int
measure (PangoLayout *layout, const char *text)
{
  int width;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

void
_crm_list_page_fit_column (CrmListPage *self, GtkColumnViewColumn *column)
{
  const char *path = get_path (column);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->table), NULL);
  g_autofree char *title = _crm_list_page_make_title (self, path);
  int avatar = _crm_list_page_is_naming (self, path) ? AVATAR_WIDTH : 0;
  int width = measure (layout, title) + TITLE_MARGIN;
  GtkWidget *list = _crm_list_page_get_rows (self);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = crm_cell_find_in_row (row, path);
      GtkWidget *text = cell != NULL ? crm_cell_get_text_widget (cell) : NULL;
      const char *shown = text != NULL ? gtk_inscription_get_text (GTK_INSCRIPTION (text)) : NULL;

      if (shown != NULL)
        width = MAX (width, measure (layout, shown) + CELL_MARGIN + avatar);
    }

  gtk_column_view_column_set_fixed_width (column, CLAMP (width, MIN_WIDTH, MAX_FIT_WIDTH));
}

/* Sorting */

static int
note_probe (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Probe *probe = user_data;

  probe->page->probed_path = probe->path;

  return -1;
}

static gboolean
is_shift_held (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
}

void
_crm_list_page_sort (CrmListPage *self, const char *path, gboolean descending, gboolean add)
{
  CrmViewQuery *old = crm_view_state_get_query (self->state);
  GPtrArray *sorts = crm_view_query_get_sorts (old);
  g_autoptr (CrmViewQuery) query = crm_view_query_copy (old);
  gboolean found = FALSE;

  crm_view_query_clear_sorts (query);
  for (guint i = 0; add && i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);
      gboolean is_it = g_str_equal (sort->field, path);

      found = found || is_it;
      crm_view_query_add_sort (query, sort->field, is_it ? descending : sort->descending);
    }
  if (!found)
    crm_view_query_add_sort (query, path, descending);
  crm_view_state_edit (self->state, g_steal_pointer (&query), CRM_VIEW_PART_SORT);
}

gboolean
_crm_list_page_is_sorted (CrmListPage *self, const char *path, gboolean *descending)
{
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (self->state));

  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);

      if (!g_str_equal (sort->field, path))
        continue;
      *descending = sort->descending;
      return TRUE;
    }

  return FALSE;
}

static void
sorter_changed_cb (CrmListPage *self, GtkSorterChange change, GtkSorter *sorter)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;
  gboolean descending;

  /* A view that goes away takes its columns off one by one */
  if (self->state == NULL || self->sorting || self->updating_columns)
    return;

  self->probed_path = NULL;
  order = gtk_sorter_compare (sorter, a, b);
  if (self->probed_path == NULL)
    return;

  if (!is_shift_held (GTK_WIDGET (self)))
    _crm_list_page_sort (self, self->probed_path, order == GTK_ORDERING_LARGER, FALSE);
  else if (_crm_list_page_is_sorted (self, self->probed_path, &descending))
    _crm_list_page_sort (self, self->probed_path, !descending, TRUE);
  else
    _crm_list_page_sort (self, self->probed_path, FALSE, TRUE);
}

/* GTK shows an arrow for the first one only */
static void
show_title (CrmListPage *self, GtkColumnViewColumn *column, GPtrArray *sorts)
{
  g_autofree char *title = _crm_list_page_make_title (self, get_path (column));

  for (guint i = 1; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);
      char *plain;

      if (!g_str_equal (sort->field, get_path (column)))
        continue;
      plain = title;
      title = g_strdup_printf ("%s %s%u", plain, sort->descending ? "↓" : "↑", i + 1);
      g_free (plain);
      break;
    }
  gtk_column_view_column_set_title (column, title);
  /* GTK cuts one off for which there is no room */
  if (_crm_list_page_find_title (self, get_path (column)) != NULL)
    gtk_widget_set_tooltip_text (_crm_list_page_find_title (self, get_path (column)), title);
}

static void
show_sort (CrmListPage *self)
{
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (self->state));
  const CrmViewSort *first = sorts->len > 0 ? g_ptr_array_index (sorts, 0) : NULL;
  GtkColumnViewColumn *sorted = NULL;
  guint position;

  if (first != NULL && _crm_list_page_find_column (self, first->field, &position))
    sorted = _crm_list_page_get_column (self, position);

  self->sorting = TRUE;
  gtk_column_view_sort_by_column (self->table, sorted,
                                  first != NULL && first->descending ? GTK_SORT_DESCENDING
                                                                     : GTK_SORT_ASCENDING);
  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    show_title (self, _crm_list_page_get_column (self, i), sorts);
  self->sorting = FALSE;
}

/* Making columns */

static GtkColumnViewColumn *
make_column (CrmListPage *self, const char *path)
{
  CrmStore *store = crm_session_get_store (self->session);
  g_autoptr (GArray) columns = parse_column (self, path);
  GtkColumnViewColumn *column = gtk_column_view_column_new (
      NULL, crm_cell_factory_new (store, columns, _crm_list_page_is_naming (self, path)));
  g_autoptr (GtkSorter) sorter = NULL;
  g_autoptr (GMenu) menu = NULL;
  Probe *probe = g_new0 (Probe, 1);

  probe->page = self;
  probe->path = g_intern_string (path);
  g_object_set_qdata (G_OBJECT (column), path_quark (), (gpointer) probe->path);
  menu = _crm_list_page_make_column_menu (self, &g_array_index (columns, CrmColumn, 0));
  g_object_set_qdata_full (G_OBJECT (column), columns_quark (), g_steal_pointer (&columns),
                           (GDestroyNotify) g_array_unref);
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_probe, probe, g_free));
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (menu));
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (width_changed_cb), self, 0);

  return column;
}

/* As wide as such values mostly are, and as the title within reason */
static int
choose_width (CrmListPage *self, const char *path)
{
  const CrmField *field = _crm_list_page_get_crm_column (self, path)->field;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->table), NULL);
  g_autofree char *title = _crm_list_page_make_title (self, path);

  return MAX (crm_table_columns_get_width (field),
              MIN (measure (layout, title) + TITLE_MARGIN, MAX_TITLE_WIDTH));
}

static void
set_width (CrmListPage *self, GtkColumnViewColumn *column, int width)
{
  const char *path = get_path (column);

  g_object_set_qdata (G_OBJECT (column), touched_quark (), GINT_TO_POINTER (width > 0));
  gtk_column_view_column_set_expand (column, width <= 0 && _crm_list_page_is_naming (self, path));
  gtk_column_view_column_set_fixed_width (column, width > 0 ? MAX (width, MIN_WIDTH)
                                                            : choose_width (self, path));
}

/* Those of the state that are there, in its order, but the one that names a record first */
static GPtrArray *
list_columns (CrmListPage *self)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (self->state));
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      CrmViewColumn *column = g_ptr_array_index (columns, i);

      g_autoptr (GArray) parsed = parse_column (self, column->field);

      if (parsed != NULL)
        g_ptr_array_insert (shown, _crm_list_page_is_naming (self, column->field) ? 0 : -1, column);
    }

  return shown;
}

/* GTK 4.24 keeps the column behind the one that has the focus for ever. Without its cells it does at
 * least not keep the workspace. */
static void
drop_cells (GtkColumnViewColumn *column)
{
  gtk_column_view_column_set_factory (column, NULL);
}

/* What stays in its place keeps its cells; TRUE where something is shown that was not */
static gboolean
arrange_columns (CrmListPage *self, GPtrArray *columns)
{
  gboolean added = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *wanted = g_ptr_array_index (columns, i);
      g_autoptr (GtkColumnViewColumn) column = NULL;
      guint position;

      if (_crm_list_page_find_column (self, wanted->field, &position))
        {
          column = g_object_ref (_crm_list_page_get_column (self, position));
        }
      else
        {
          /* GTK puts the cells of a new column behind all others, wherever the column is */
          column = make_column (self, wanted->field);
          position = _crm_list_page_get_n_columns (self);
          gtk_column_view_append_column (self->table, column);
          added = TRUE;
        }
      if (position != i)
        gtk_column_view_insert_column (self->table, i, column);
      set_width (self, column, wanted->width);
    }
  while (_crm_list_page_get_n_columns (self) > columns->len)
    {
      GtkColumnViewColumn *column = _crm_list_page_get_column (self, columns->len);

      drop_cells (column);
      gtk_column_view_remove_column (self->table, column);
    }

  return added;
}

/* The rows read what some column shows, or the lines of where there is no room for columns */
static void
read_columns (CrmListPage *self, GPtrArray *columns)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_autoptr (GPtrArray) fields = crm_table_columns_get_compact (self->type);
  g_autoptr (GArray) read = crm_columns_new ();

  for (guint i = 0; i < fields->len; i++)
    crm_columns_add_field (read, g_ptr_array_index (fields, i));
  for (guint i = 0; i < columns->len; i++)
    crm_columns_add (read, catalogue, self->type,
                     ((const CrmViewColumn *) g_ptr_array_index (columns, i))->field, NULL);
  /* A phone number that is typed is one of the record's country */
  for (guint i = 0; i < read->len; i++)
    if (g_array_index (read, CrmColumn, i).field->kind == CRM_KIND_PHONES &&
        g_array_index (read, CrmColumn, i).hops == NULL &&
        crm_columns_add (read, catalogue, self->type, "country", NULL))
      break;
  crm_record_list_set_columns (self->list, read);
}

/* For the other files of this class */

void
_crm_list_page_drop_cells (CrmListPage *self)
{
  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    drop_cells (_crm_list_page_get_column (self, i));
}

void
_crm_list_page_update_columns (CrmListPage *self)
{
  g_autoptr (GPtrArray) columns = list_columns (self);
  guint position = 0;
  gboolean added;

  if (self->active_path != NULL)
    _crm_list_page_find_column (self, self->active_path, &position);
  self->updating_columns = TRUE;
  added = arrange_columns (self, columns);
  self->updating_columns = FALSE;
  if (added)
    read_columns (self, columns);
  show_sort (self);
  _crm_list_page_update_cursor (self, position);
}

void
_crm_list_page_update_density (CrmListPage *self)
{
  JsonNode *option = crm_view_query_get_option (crm_view_state_get_query (self->state), "density");
  const char *density = option != NULL && JSON_NODE_HOLDS_VALUE (option)
                            ? json_node_get_string (option)
                            : NULL;
  GtkWidget *views[] = { GTK_WIDGET (self->table), GTK_WIDGET (self->compact) };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (density, "compact") == 0)
      gtk_widget_add_css_class (views[i], "crm-dense");
    else
      gtk_widget_remove_css_class (views[i], "crm-dense");
}

void
_crm_list_page_set_up_table (CrmListPage *self)
{
  g_autoptr (GtkListItemFactory) factory = crm_compact_factory_new (
      crm_session_get_store (self->session), self->type);

  gtk_list_view_set_factory (self->compact, factory);
  _crm_list_page_update_columns (self);
  _crm_list_page_update_density (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->table), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
_crm_list_page_get_rows (CrmListPage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table));

  /* A column view has its titles in one widget and its rows in another */
  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}
