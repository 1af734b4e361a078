/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-export-window.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-export-job.h"
#include "crm-number.h"

/* What is exported */
typedef enum
{
  RECORDS_LISTED,
  RECORDS_SELECTED,
  RECORDS_ALL,
} Records;

static const CrmFormat offered[] = {
  CRM_FORMAT_CSV,        CRM_FORMAT_XLSX,  CRM_FORMAT_JSON,
  CRM_FORMAT_JSON_LINES, CRM_FORMAT_VCARD, CRM_FORMAT_ICALENDAR,
};

/* In the order of the row */
static const char delimiters[] = { ',', ';', '\t' };

struct _CrmExportWindow
{
  AdwWindow parent_instance;

  AdwComboRow *records_row;
  AdwComboRow *format_row;
  AdwComboRow *fields_row;
  AdwPreferencesGroup *options_group;
  AdwComboRow *delimiter_row;
  AdwComboRow *quotes_row;
  AdwComboRow *numbers_row;
  AdwComboRow *titles_row;
  GtkSwitch *mark_switch;

  CrmSession *session;
  const CrmRecordType *type; /* nullable */
  CrmQuery *query;
  GArray *columns;
  GArray *selected;
  GArray *records; /* of Records: those of the row */
  GArray *formats; /* of CrmFormat: those of the row */
};

G_DEFINE_FINAL_TYPE (CrmExportWindow, crm_export_window, ADW_TYPE_WINDOW)

static Records
get_records (CrmExportWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->records_row);

  return selected < self->records->len ? g_array_index (self->records, Records, selected)
                                       : RECORDS_ALL;
}

static CrmFormat
get_format (CrmExportWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->format_row);

  return selected < self->formats->len ? g_array_index (self->formats, CrmFormat, selected)
                                       : CRM_FORMAT_CSV;
}

static void
add_records (CrmExportWindow *self, GtkStringList *labels, Records records, const char *label)
{
  g_array_append_val (self->records, records);
  gtk_string_list_append (labels, label);
}

static void
fill_records (CrmExportWindow *self, gint64 n_listed, gboolean prefer_selected)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (self->query != NULL)
    {
      g_autofree char *n = crm_number_format (n_listed, 0, 0);
      /* Translators: how many the list shows */
      g_autofree char *label = g_strdup_printf (_ ("This List (%s)"), n);

      add_records (self, labels, RECORDS_LISTED, label);
    }
  if (self->selected != NULL && self->selected->len > 0)
    {
      g_autofree char *n = crm_number_format (self->selected->len, 0, 0);
      /* Translators: how many are selected */
      g_autofree char *label = g_strdup_printf (_ ("Only the Selected (%s)"), n);

      add_records (self, labels, RECORDS_SELECTED, label);
    }
  add_records (self, labels, RECORDS_ALL, _ ("Everything in the Workspace"));
  adw_combo_row_set_model (self->records_row, G_LIST_MODEL (labels));
  for (guint i = 0; i < self->records->len; i++)
    if (prefer_selected && g_array_index (self->records, Records, i) == RECORDS_SELECTED)
      adw_combo_row_set_selected (self->records_row, i);
}

/* One file of cards, or of dates, says little of a workspace; and a line a record does not say of which type */
static gboolean
can_write (CrmExportWindow *self, CrmFormat format)
{
  if (get_records (self) == RECORDS_ALL)
    return format == CRM_FORMAT_CSV || format == CRM_FORMAT_XLSX || format == CRM_FORMAT_JSON;

  return crm_format_can_write (format, self->type);
}

static void
fill_formats (CrmExportWindow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  CrmFormat before = get_format (self);
  guint selected = 0;

  g_array_set_size (self->formats, 0);
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (can_write (self, offered[i]))
      {
        if (offered[i] == before)
          selected = self->formats->len;
        g_array_append_val (self->formats, offered[i]);
        gtk_string_list_append (labels, _ (crm_format_get_info (offered[i])->label));
      }
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->format_row, selected);
}

static void
update (CrmExportWindow *self)
{
  CrmFormat format = get_format (self);
  gboolean csv = format == CRM_FORMAT_CSV;

  gtk_widget_set_visible (GTK_WIDGET (self->fields_row),
                          get_records (self) != RECORDS_ALL && self->columns != NULL &&
                              crm_format_get_info (format)->has_columns);
  gtk_widget_set_visible (GTK_WIDGET (self->options_group), csv || format == CRM_FORMAT_XLSX);
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter_row), csv);
  gtk_widget_set_visible (GTK_WIDGET (self->quotes_row), csv);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers_row), csv);
  gtk_widget_set_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (self->mark_switch), ADW_TYPE_ACTION_ROW), csv);
}

/* With references of their own: what an export takes is changed by it. (transfer full) */
static GArray *
copy_columns (CrmExportWindow *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GArray *columns = crm_columns_parse (catalogue, self->type, "", NULL);

  for (guint i = 0; i < self->columns->len; i++)
    crm_columns_add (columns, catalogue, self->type,
                     g_array_index (self->columns, CrmColumn, i).name, NULL);
  return columns;
}

static GArray *
choose_columns (CrmExportWindow *self, CrmFormat format)
{
  GArray *columns;

  /* The second choice is all fields */
  if (self->columns == NULL || !crm_format_get_info (format)->has_columns ||
      adw_combo_row_get_selected (self->fields_row) == 1)
    return NULL;

  columns = copy_columns (self);
  if (format == CRM_FORMAT_CSV || format == CRM_FORMAT_XLSX)
    crm_columns_add_parts (columns);
  return columns;
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmExportWindow) self = user_data;
  g_autoptr (GFile) file = crm_choose_file_finish (result);
  g_autoptr (CrmExport) export = NULL;
  g_autoptr (GFile) child = NULL;
  const CrmRecordType *type;

  if (file == NULL || self->session == NULL)
    return;

  export = crm_export_window_make_export (self, &type);
  if (crm_export_needs_folder (export))
    {
      g_autofree char *name = crm_export_window_make_name (self);

      child = g_file_get_child (file, name);
    }
  crm_export_job_run (self->session, g_steal_pointer (&export), type, child != NULL ? child : file);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Template callbacks */

static void
records_changed_cb (CrmExportWindow *self)
{
  fill_formats (self);
  update (self);
}

static void
format_changed_cb (CrmExportWindow *self)
{
  update (self);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmExportWindow *self = CRM_EXPORT_WINDOW (widget);
  const CrmRecordType *type;
  g_autoptr (CrmExport) export = crm_export_window_make_export (self, &type);
  g_autofree char *file_name = crm_export_window_make_name (self);
  gboolean folder = crm_export_needs_folder (export);

  crm_choose_file_async (GTK_WINDOW (self),
                         folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                : GTK_FILE_CHOOSER_ACTION_SAVE,
                         folder ? _ ("Where to Put the Folder") : _ ("Export"),
                         folder ? NULL : file_name, NULL, chosen_cb, g_object_ref (self));
}

/* GObject */

static void
crm_export_window_dispose (GObject *object)
{
  CrmExportWindow *self = CRM_EXPORT_WINDOW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_EXPORT_WINDOW);

  G_OBJECT_CLASS (crm_export_window_parent_class)->dispose (object);
}

static void
crm_export_window_finalize (GObject *object)
{
  CrmExportWindow *self = CRM_EXPORT_WINDOW (object);

  g_clear_pointer (&self->query, crm_query_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->selected, g_array_unref);
  g_array_unref (self->records);
  g_array_unref (self->formats);

  G_OBJECT_CLASS (crm_export_window_parent_class)->finalize (object);
}

static void
crm_export_window_class_init (CrmExportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_export_window_dispose;
  object_class->finalize = crm_export_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/export/crm-export-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, records_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, format_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, fields_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, options_group);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, quotes_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, numbers_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, titles_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportWindow, mark_switch);
  gtk_widget_class_bind_template_callback (widget_class, records_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);

  gtk_widget_class_install_action (widget_class, "export.accept", NULL, export_action);
}

static void
crm_export_window_init (CrmExportWindow *self)
{
  self->records = g_array_new (FALSE, FALSE, sizeof (Records));
  self->formats = g_array_new (FALSE, FALSE, sizeof (CrmFormat));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_export_window_new (CrmSession *session, const CrmExportChoice *choice)
{
  CrmExportWindow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (choice != NULL, NULL);
  g_return_val_if_fail (choice->type != NULL || choice->query == NULL, NULL);

  self = g_object_new (CRM_TYPE_EXPORT_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->type = choice->type;
  self->query = choice->query != NULL ? crm_query_ref (choice->query) : NULL;
  self->columns = choice->columns != NULL ? g_array_ref (choice->columns) : NULL;
  self->selected = choice->selected != NULL ? g_array_ref (choice->selected) : NULL;
  fill_records (self, choice->n_listed, choice->prefer_selected);
  fill_formats (self);
  update (self);

  return GTK_WIDGET (self);
}

void
crm_export_window_present_for (GtkWidget *widget,
                               CrmSession *session,
                               const CrmExportChoice *choice)
{
  GtkRoot *root;
  GtkWidget *window;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  window = crm_export_window_new (session, choice);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

CrmExport *
crm_export_window_make_export (CrmExportWindow *self, const CrmRecordType **type)
{
  CrmExportOptions options = { 0 };
  CrmExport *export;
  guint delimiter;

  g_return_val_if_fail (CRM_IS_EXPORT_WINDOW (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  delimiter = adw_combo_row_get_selected (self->delimiter_row);
  options.format = get_format (self);
  options.delimiter = delimiters[MIN (delimiter, G_N_ELEMENTS (delimiters) - 1)];
  options.quote_all = adw_combo_row_get_selected (self->quotes_row) == 1;
  options.localized = adw_combo_row_get_selected (self->numbers_row) == 1;
  options.api_names = adw_combo_row_get_selected (self->titles_row) == 1;
  options.byte_order_mark = gtk_switch_get_active (self->mark_switch);

  export = crm_export_new (crm_session_get_store (self->session), &options);
  *type = self->type;
  switch (get_records (self))
    {
    case RECORDS_LISTED:
      crm_export_add (export, self->query, choose_columns (self, options.format));
      break;
    case RECORDS_SELECTED:
      crm_export_add_ids (export, self->type, self->selected,
                          choose_columns (self, options.format));
      break;
    case RECORDS_ALL:
    default:
      crm_export_add_everything (export);
      *type = NULL;
      break;
    }

  return export;
}

char *
crm_export_window_make_name (CrmExportWindow *self)
{
  CrmStore *store;
  CrmFormat format;
  g_autofree char *workspace = NULL;
  g_autofree char *base = NULL;
  char today[11];

  g_return_val_if_fail (CRM_IS_EXPORT_WINDOW (self), NULL);

  format = get_format (self);
  if (get_records (self) != RECORDS_ALL)
    return g_strconcat (self->type->label_many, ".", crm_format_get_info (format)->name, NULL);

  workspace = crm_session_get_workspace_name (self->session);
  store = crm_session_get_store (self->session);
  crm_moment_get_date (crm_store_get_now (store), crm_store_get_locale (store)->zone, today);
  base = g_strdup_printf ("%s %s", workspace, today);
  return format == CRM_FORMAT_CSV
             ? g_steal_pointer (&base)
             : g_strconcat (base, ".", crm_format_get_info (format)->name, NULL);
}
