/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cell-factory.h"

#include <glib/gi18n.h>

#include "crm-heading-cell.h"
#include "crm-monogram.h"
#include "crm-table-columns.h"
#include "crm-text.h"

#define AVATAR_SIZE 24
#define COMPACT_AVATAR_SIZE 36
#define DOT "●"

/* What a factory's cells are about; both kinds of factory use it */
typedef struct
{
  CrmStore *store;
  GArray *columns; /* of cells: the one that they are in */
  const CrmColumn *column; /* the same */
  const char *path; /* the same, as a view has it; interned */
  gboolean naming;
  gboolean active; /* the cell cursor is in this column */
  const CrmRecordType *type;
  GPtrArray *fields; /* of compact rows */
  gboolean with_avatar;
} Cells;

static G_DEFINE_QUARK (crm - cell - row, row) static G_DEFINE_QUARK (crm - cells, cells)

    static void cells_free (gpointer data, GClosure *closure)
{
  Cells *cells = data;

  g_clear_pointer (&cells->fields, g_ptr_array_unref);
  g_clear_pointer (&cells->columns, g_array_unref);
  g_object_unref (cells->store);
  g_free (cells);
}

static gboolean
type_has_avatars (const CrmRecordType *type)
{
  return type->standard &&
         (g_str_equal (type->name, "people") || g_str_equal (type->name, "companies") ||
          g_str_equal (type->name, "members"));
}

/* Text */

static char *
flatten (char *text)
{
  g_strdelimit (text, "\n\t", ' ');

  return text;
}

char *
crm_cell_get_text (CrmStore *store, const CrmField *field, CrmValue *value)
{
  const CrmLocale *locale;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  locale = crm_store_get_locale (store);
  switch (field->kind)
    {
    case CRM_KIND_DATETIME:
      return crm_moment_format_relative (crm_value_get_integer (value), crm_store_get_now (store),
                                         locale->zone);

    case CRM_KIND_PHONES:
      return crm_phone_format (crm_value_get_text (value));

    case CRM_KIND_EMAILS:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
      return g_strdup (crm_value_get_text (value));

    case CRM_KIND_CHECKBOX:
      return g_strdup (crm_value_get_integer (value) != 0 ? _ ("Yes") : _ ("No"));

    default:
      return flatten (crm_value_to_display (field, value, locale));
    }
}

const char *
crm_cell_get_tone (const char *color)
{
  static const struct
  {
    const char *name;
    const char *tone;
  } tones[] = {
    { "blue", "#3584e4" },   { "green", "#33a35a" }, { "yellow", "#d5a10d" },
    { "orange", "#e66100" }, { "red", "#e0475b" },   { "purple", "#9b59c4" },
    { "brown", "#a3734c" },  { "gray", "#8b8b90" },
  };

  for (guint i = 0; color != NULL && i < G_N_ELEMENTS (tones); i++)
    if (g_str_equal (tones[i].name, color))
      return tones[i].tone;

  return NULL;
}

static const char *
get_option_color (CrmStore *store, const CrmField *field, CrmValue *value)
{
  const CrmOption *option;

  if (field->kind != CRM_KIND_CHOICE || value == NULL)
    return NULL;
  option = crm_catalogue_get_option (crm_store_get_catalogue (store),
                                     crm_value_get_integer (value));

  return option != NULL ? crm_cell_get_tone (option->color) : NULL;
}

/* The dot before an option's name; cheaper than markup, which would be read for each cell. (transfer none) */
static PangoAttrList *
get_dot_attributes (const char *color)
{
  static GHashTable *known;
  PangoAttrList *attributes;
  PangoAttribute *attribute;
  PangoColor parsed;

  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  attributes = g_hash_table_lookup (known, color);
  if (attributes != NULL || !pango_color_parse (&parsed, color))
    return attributes;

  attributes = pango_attr_list_new ();
  attribute = pango_attr_foreground_new (parsed.red, parsed.green, parsed.blue);
  attribute->end_index = strlen (DOT);
  pango_attr_list_insert (attributes, attribute);
  g_hash_table_insert (known, (gpointer) color, attributes);

  return attributes;
}

static void
show (GtkInscription *inscription, const char *text, const char *color)
{
  gboolean dotted = color != NULL && *text != '\0';
  g_autofree char *with_dot = dotted ? g_strconcat (DOT "  ", text, NULL) : NULL;
  const char *shown = dotted ? with_dot : text;

  gtk_inscription_set_attributes (inscription, dotted ? get_dot_attributes (color) : NULL);
  if (g_strcmp0 (gtk_inscription_get_text (inscription), shown) == 0)
    return;

  gtk_inscription_set_text (inscription, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

/* Binding: the closures hang on the row and die with the list item's binding */

static void
follow (GtkListItem *item, GtkWidget *widget, GCallback callback)
{
  CrmRow *row = gtk_list_item_get_item (item);

  g_object_set_qdata (G_OBJECT (widget), row_quark (), row);
  g_signal_connect_object (row, "notify::record", callback, widget, G_CONNECT_SWAPPED);
}

static void
unfollow (GtkListItem *item, GtkWidget *widget, GCallback callback)
{
  CrmRow *row = gtk_list_item_get_item (item);

  g_signal_handlers_disconnect_by_func (row, callback, widget);
  g_object_set_qdata (G_OBJECT (widget), row_quark (), NULL);
}

static Cells *
get_cells (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), cells_quark ());
}

static CrmValue *
get_value (GtkWidget *widget, const CrmColumn *column)
{
  CrmRow *row = g_object_get_qdata (G_OBJECT (widget), row_quark ());

  return row != NULL ? crm_row_get_value (row, column) : NULL;
}

static const CrmHeading *
get_heading (GtkWidget *widget)
{
  CrmRow *row = g_object_get_qdata (G_OBJECT (widget), row_quark ());

  return row != NULL ? crm_row_get_heading (row) : NULL;
}

/* What a heading tells in the column that is summed up in it */
static const char *
get_total (const CrmHeading *heading, const CrmColumn *column)
{
  return g_strcmp0 (heading->summed, column->name) == 0 && heading->total != NULL ? heading->total
                                                                                  : "";
}

static CrmRecord *
get_record (GtkWidget *widget)
{
  CrmRow *row = g_object_get_qdata (G_OBJECT (widget), row_quark ());

  return row != NULL ? crm_row_get_record (row) : NULL;
}

/* The row is GTK's own, and has no name but this */
static void
name_row (GtkWidget *row, const char *label)
{
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Editing: what is edited stands in the cell in place of what shows it, until it is taken out, or the cell gets
 * another row */

static G_DEFINE_QUARK (crm - cell - item, item)

    /* Of a list item: what its editor stands in the place of */
    static G_DEFINE_QUARK (crm - cell - covered, covered)

    /* Of a list item: the id of the record that is edited in it */
    static G_DEFINE_QUARK (crm - cell - edited, edited)

        static void uncover (GtkListItem *item)
{
  g_autoptr (GtkWidget) covered = g_object_steal_qdata (G_OBJECT (item), covered_quark ());

  g_object_set_qdata (G_OBJECT (item), edited_quark (), NULL);
  if (covered != NULL)
    gtk_list_item_set_child (item, covered);
}

/* The row may have got another record, in which case what is edited is not in it any more */
static void
check_editor (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_qdata (G_OBJECT (widget), item_quark ());
  const gint64 *edited = item != NULL ? g_object_get_qdata (G_OBJECT (item), edited_quark ())
                                      : NULL;
  CrmRow *row = g_object_get_qdata (G_OBJECT (widget), row_quark ());

  if (edited != NULL && row != NULL && crm_row_get_id (row) != *edited)
    uncover (item);
}

/* Cells */

static void
update_cell (GtkWidget *widget)
{
  Cells *cells = get_cells (widget);
  CrmValue *value = get_value (widget, cells->column);
  const CrmField *field = cells->column->field;
  const CrmHeading *heading = get_heading (widget);
  g_autofree char *text = heading != NULL ? g_strdup (get_total (heading, cells->column))
                                          : crm_cell_get_text (cells->store, field, value);

  check_editor (widget);
  show (GTK_INSCRIPTION (widget), text, get_option_color (cells->store, field, value));
}

static void
update_naming_cell (GtkWidget *widget)
{
  Cells *cells = get_cells (widget);
  CrmRecord *record = get_record (widget);
  const char *label = record != NULL ? crm_record_get_label (record) : "";
  GtkWidget *inscription = gtk_widget_get_last_child (widget);
  GtkWidget *avatar = gtk_widget_get_first_child (widget);
  const CrmHeading *heading = get_heading (widget);
  GtkWidget *cell;
  GtkWidget *row;

  check_editor (widget);
  cell = gtk_widget_get_parent (widget);
  row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  crm_heading_cell_show (widget, row, heading, cells->type, FALSE);
  if (heading != NULL)
    return;

  show (GTK_INSCRIPTION (inscription), label, NULL);
  name_row (row, label);
  if (CRM_IS_MONOGRAM (avatar))
    crm_monogram_set_name (CRM_MONOGRAM (avatar), label);
}

static void
mark (GtkWidget *cell, gboolean active)
{
  if (active == gtk_widget_has_css_class (cell, "crm-active"))
    return;

  if (active)
    gtk_widget_add_css_class (cell, "crm-active");
  else
    gtk_widget_remove_css_class (cell, "crm-active");
}

static GtkWidget *
get_text_widget (GtkWidget *child)
{
  GtkWidget *text = GTK_IS_INSCRIPTION (child) ? child : gtk_widget_get_last_child (child);

  return GTK_IS_INSCRIPTION (text) ? text : NULL;
}

static GtkWidget *
make_inscription (void)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  /* Not a pixel more than a line: where there is room for a second one, a long text is wrapped */
  gtk_widget_set_valign (inscription, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (inscription, TRUE);

  return inscription;
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child;

  /* In GTK 4.8 a click is for the cell and then for its row: Ctrl would select and unselect again */
  gtk_list_item_set_selectable (item, FALSE);
  if (cells->naming)
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      if (cells->with_avatar)
        gtk_box_append (GTK_BOX (child), crm_monogram_new (AVATAR_SIZE));
      gtk_box_append (GTK_BOX (child), make_inscription ());
    }
  else
    {
      child = make_inscription ();
      if (crm_table_columns_is_numeric (cells->column->field))
        {
          gtk_inscription_set_xalign (GTK_INSCRIPTION (child), 1);
          gtk_widget_add_css_class (child, "numeric");
        }
    }

  g_object_set_qdata (G_OBJECT (child), cells_quark (), cells);
  gtk_list_item_set_child (item, child);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (child);

  g_object_set_qdata (G_OBJECT (child), item_quark (), item);
  if (cell != NULL)
    mark (cell, cells->active);
  if (cells->naming)
    {
      follow (item, child, G_CALLBACK (update_naming_cell));
      update_naming_cell (child);
    }
  else
    {
      follow (item, child, G_CALLBACK (update_cell));
      update_cell (child);
    }
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  uncover (item);
  unfollow (item, gtk_list_item_get_child (item),
            cells->naming ? G_CALLBACK (update_naming_cell) : G_CALLBACK (update_cell));
}

/* Compact rows */

static void
update_compact (GtkWidget *widget)
{
  Cells *cells = get_cells (widget);
  CrmRecord *record = get_record (widget);
  GtkWidget *avatar = gtk_widget_get_first_child (widget);
  GtkWidget *lines = gtk_widget_get_last_child (widget);
  g_autoptr (GString) second = g_string_new (NULL);
  const char *label = record != NULL ? crm_record_get_label (record) : "";
  GtkInscription *first = GTK_INSCRIPTION (gtk_widget_get_first_child (lines));
  const CrmHeading *heading = get_heading (widget);

  crm_heading_cell_show (widget, gtk_widget_get_parent (widget), heading, cells->type, TRUE);
  if (heading != NULL)
    return;

  for (guint i = 0; record != NULL && i < cells->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (cells->fields, i);
      g_autofree char *text = crm_cell_get_text (cells->store, field,
                                                 crm_record_get_value (record, field));

      if (*text == '\0')
        continue;
      if (second->len > 0)
        g_string_append (second, " · ");
      g_string_append (second, text);
    }

  show (first, label, NULL);
  show (GTK_INSCRIPTION (gtk_widget_get_last_child (lines)), second->str, NULL);
  name_row (gtk_widget_get_parent (widget), label);
  if (CRM_IS_MONOGRAM (avatar))
    crm_monogram_set_name (CRM_MONOGRAM (avatar), label);
}

static void
setup_compact (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *second = make_inscription ();

  if (cells->with_avatar)
    gtk_box_append (GTK_BOX (child), crm_monogram_new (COMPACT_AVATAR_SIZE));
  gtk_widget_add_css_class (second, "caption");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_box_append (GTK_BOX (lines), make_inscription ());
  gtk_box_append (GTK_BOX (lines), second);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (child), lines);
  gtk_widget_add_css_class (child, "crm-compact-row");

  g_object_set_qdata (G_OBJECT (child), cells_quark (), cells);
  gtk_list_item_set_child (item, child);
}

static void
bind_compact (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  follow (item, child, G_CALLBACK (update_compact));
  update_compact (child);
}

static void
unbind_compact (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  unfollow (item, gtk_list_item_get_child (item), G_CALLBACK (update_compact));
}

/* Public API */

GtkListItemFactory *
crm_cell_factory_new (CrmStore *store, GArray *columns, gboolean naming)
{
  GtkListItemFactory *factory;
  const CrmRecordType *type;
  Cells *cells;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (columns != NULL && columns->len == 1, NULL);

  factory = gtk_signal_list_item_factory_new ();
  cells = g_new0 (Cells, 1);
  cells->store = g_object_ref (store);
  cells->columns = g_array_ref (columns);
  cells->column = &g_array_index (columns, CrmColumn, 0);
  cells->path = g_intern_string (cells->column->name);
  cells->naming = naming;
  type = crm_catalogue_get_type (crm_store_get_catalogue (store), cells->column->field->type_id);
  cells->type = type;
  cells->with_avatar = naming && type != NULL && type_has_avatars (type);
  g_object_set_qdata (G_OBJECT (factory), cells_quark (), cells);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell), cells, cells_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), cells);

  return factory;
}

GtkListItemFactory *
crm_compact_factory_new (CrmStore *store, const CrmRecordType *type)
{
  GtkListItemFactory *factory;
  Cells *cells;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  factory = gtk_signal_list_item_factory_new ();
  cells = g_new0 (Cells, 1);
  cells->store = g_object_ref (store);
  cells->type = type;
  cells->fields = crm_table_columns_get_compact (type);
  cells->with_avatar = type_has_avatars (type);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_compact), cells, cells_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_compact), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_compact), cells);

  return factory;
}

CrmRow *
crm_cell_find_row (GtkWidget *widget)
{
  g_return_val_if_fail (widget == NULL || GTK_IS_WIDGET (widget), NULL);

  /* Up from whatever was hit, a text or the space around it, and down to what is bound */
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_first_child (child))
        {
          CrmRow *row = g_object_get_qdata (G_OBJECT (child), row_quark ());

          if (row != NULL)
            return row;
        }
      if (g_str_equal (gtk_widget_get_css_name (widget), "row"))
        return NULL;
    }

  return NULL;
}

void
crm_cell_factory_set_active (GtkListItemFactory *factory, gboolean active)
{
  Cells *cells;

  g_return_if_fail (GTK_IS_LIST_ITEM_FACTORY (factory));

  cells = g_object_get_qdata (G_OBJECT (factory), cells_quark ());
  g_return_if_fail (cells != NULL);

  cells->active = active;
}

void
crm_cell_update_active (GtkWidget *cell)
{
  g_return_if_fail (crm_cell_get_path (cell) != NULL);

  mark (cell, get_cells (gtk_widget_get_first_child (cell))->active);
}

GtkWidget *
crm_cell_find (GtkWidget *widget)
{
  g_return_val_if_fail (widget == NULL || GTK_IS_WIDGET (widget), NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (crm_cell_get_path (widget) != NULL)
      return widget;

  return NULL;
}

const CrmColumn *
crm_cell_find_column (GtkWidget *widget)
{
  GtkWidget *cell = crm_cell_find (widget);

  return cell != NULL ? get_cells (gtk_widget_get_first_child (cell))->column : NULL;
}

GtkWidget *
crm_cell_find_in_row (GtkWidget *row, const char *path)
{
  g_return_val_if_fail (GTK_IS_WIDGET (row), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    if (g_strcmp0 (crm_cell_get_path (cell), path) == 0)
      return cell;

  return NULL;
}

const char *
crm_cell_get_path (GtkWidget *cell)
{
  GtkWidget *child;
  Cells *cells;

  g_return_val_if_fail (GTK_IS_WIDGET (cell), NULL);

  child = gtk_widget_get_first_child (cell);
  cells = child != NULL ? get_cells (child) : NULL;

  return cells != NULL ? cells->path : NULL;
}

GtkWidget *
crm_cell_get_text_widget (GtkWidget *cell)
{
  g_return_val_if_fail (GTK_IS_WIDGET (cell), NULL);

  return get_text_widget (gtk_widget_get_first_child (cell));
}

gboolean
crm_cell_put_editor (GtkWidget *cell, GtkWidget *editor)
{
  GtkWidget *child;
  GtkListItem *item;
  CrmRow *row;
  gint64 id;

  g_return_val_if_fail (crm_cell_get_path (cell) != NULL, FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (editor), FALSE);

  child = gtk_widget_get_first_child (cell);
  item = g_object_get_qdata (G_OBJECT (child), item_quark ());
  if (item == NULL || g_object_get_qdata (G_OBJECT (item), covered_quark ()) != NULL)
    return FALSE;

  row = g_object_get_qdata (G_OBJECT (child), row_quark ());
  id = crm_row_get_id (row);
  g_object_set_qdata_full (G_OBJECT (item), edited_quark (), g_memdup2 (&id, sizeof id), g_free);
  g_object_set_qdata_full (G_OBJECT (item), covered_quark (), g_object_ref (child), g_object_unref);
  g_object_set_qdata (G_OBJECT (editor), cells_quark (), get_cells (child));
  g_object_set_qdata (G_OBJECT (editor), row_quark (), row);
  g_object_set_qdata (G_OBJECT (editor), item_quark (), item);
  gtk_list_item_set_child (item, editor);

  return TRUE;
}

void
crm_cell_take_editor (GtkWidget *editor)
{
  g_return_if_fail (GTK_IS_WIDGET (editor));

  /* Without a parent it was taken out already, and its cell may be gone */
  if (gtk_widget_get_parent (editor) != NULL)
    uncover (g_object_get_qdata (G_OBJECT (editor), item_quark ()));
}
