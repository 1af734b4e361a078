/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-reading.h"

#include <glib/gi18n.h>

#include "crm-number.h"

/* The lines that are offered as the header */
#define MAX_HEADER_LINES 20

struct _CrmImportReading
{
  AdwBin parent_instance;

  AdwActionRow *file_row;
  AdwComboRow *type_row;
  AdwComboRow *part_row;
  AdwComboRow *encoding_row;
  AdwComboRow *delimiter_row;
  AdwComboRow *quote_row;
  AdwComboRow *header_row;

  CrmImportSetup *setup; /* not owned: it owns what is seen, through the window */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (CrmImportReading, crm_import_reading, ADW_TYPE_BIN)

static const struct
{
  const char *encoding;
  const char *label;
} encodings[] = {
  { "UTF-8", N_ ("Unicode (UTF-8)") },
  { "UTF-16LE", N_ ("Unicode (UTF-16, little-endian)") },
  { "UTF-16BE", N_ ("Unicode (UTF-16, big-endian)") },
  { "WINDOWS-1252", N_ ("Western European (Windows-1252)") },
  { "WINDOWS-1250", N_ ("Central European (Windows-1250)") },
  { "WINDOWS-1251", N_ ("Cyrillic (Windows-1251)") },
  { "WINDOWS-1253", N_ ("Greek (Windows-1253)") },
  { "WINDOWS-1254", N_ ("Turkish (Windows-1254)") },
  { "WINDOWS-1255", N_ ("Hebrew (Windows-1255)") },
  { "WINDOWS-1256", N_ ("Arabic (Windows-1256)") },
  { "WINDOWS-1257", N_ ("Baltic (Windows-1257)") },
  { "WINDOWS-1258", N_ ("Vietnamese (Windows-1258)") },
  { "ISO-8859-1", N_ ("Western European (ISO 8859-1)") },
  { "ISO-8859-2", N_ ("Central European (ISO 8859-2)") },
  { "ISO-8859-15", N_ ("Western European with Euro (ISO 8859-15)") },
  { "KOI8-R", N_ ("Russian (KOI8-R)") },
  { "CP949", N_ ("Korean (CP949)") },
  { "EUC-KR", N_ ("Korean (EUC-KR)") },
  { "SHIFT_JIS", N_ ("Japanese (Shift JIS)") },
  { "EUC-JP", N_ ("Japanese (EUC-JP)") },
  { "GB18030", N_ ("Chinese, simplified (GB18030)") },
  { "BIG5", N_ ("Chinese, traditional (Big5)") },
  { "IBM852", N_ ("Central European (DOS 852)") },
  { "IBM850", N_ ("Western European (DOS 850)") },
  { "MACINTOSH", N_ ("Western European (Mac Roman)") },
};

static const struct
{
  const char *delimiter;
  const char *label;
} delimiters[] = {
  { ",", N_ ("Comma") },        { ";", N_ ("Semicolon") }, { "\t", N_ ("Tab") },
  { "|", N_ ("Vertical Bar") }, { ":", N_ ("Colon") },     { " ", N_ ("Space") },
};

static const struct
{
  const char *quote;
  const char *label;
} quotes[] = {
  { "\"", N_ ("Double Quotes (\")") },
  { "'", N_ ("Single Quotes (')") },
  { "", N_ ("None") },
};

/* Words */

static const char *
get_encoding_label (const char *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (encodings[i].encoding, encoding) == 0)
      return _ (encodings[i].label);

  return encoding;
}

static const char *
get_delimiter_label (const char *delimiter)
{
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (g_str_equal (delimiters[i].delimiter, delimiter))
      return _ (delimiters[i].label);

  return delimiter;
}

static const char *
get_quote_label (const char *quote)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (g_str_equal (quotes[i].quote, quote))
      return _ (quotes[i].label);

  return quote;
}

static char *
describe_line (gint64 line)
{
  g_autofree char *number = crm_number_format (line, 0, 0);

  return line > 0 ? g_strdup_printf (_ ("Line %s"), number) : g_strdup (_ ("None"));
}

/* The first choice of each: what was found out, where nothing was said */
static char *
describe_detected (gboolean is_detected, const char *what)
{
  if (!is_detected || what == NULL)
    return g_strdup (_ ("Detect"));

  /* Translators: %s is what was found out about a file: “UTF-8”, “Comma”, “Line 1” */
  return g_strdup_printf (_ ("Detected: %s"), what);
}

/* Showing */

static void
fill (AdwComboRow *row, GtkStringList *labels, guint selected)
{
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (row, selected);
}

static void
show_encoding (CrmImportReading *self, const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *label = found != NULL && found->encoding != NULL
                          ? get_encoding_label (found->encoding)
                          : NULL;
  g_autofree char *detected = describe_detected (said->encoding == NULL, label);
  guint selected = 0;

  gtk_string_list_append (labels, detected);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gtk_string_list_append (labels, _ (encodings[i].label));
      if (g_strcmp0 (said->encoding, encodings[i].encoding) == 0)
        selected = i + 1;
    }
  fill (self->encoding_row, labels, selected);
}

static void
show_delimiter (CrmImportReading *self, const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *label = found != NULL && found->delimiter != NULL
                          ? get_delimiter_label (found->delimiter)
                          : NULL;
  g_autofree char *detected = describe_detected (said->delimiter == NULL, label);
  guint selected = 0;

  gtk_string_list_append (labels, detected);
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      gtk_string_list_append (labels, _ (delimiters[i].label));
      if (g_strcmp0 (said->delimiter, delimiters[i].delimiter) == 0)
        selected = i + 1;
    }
  fill (self->delimiter_row, labels, selected);
}

static void
show_quote (CrmImportReading *self, const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *label = found != NULL && found->quote != NULL ? get_quote_label (found->quote) : NULL;
  g_autofree char *detected = describe_detected (said->quote == NULL, label);
  guint selected = 0;

  gtk_string_list_append (labels, detected);
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      gtk_string_list_append (labels, _ (quotes[i].label));
      if (g_strcmp0 (said->quote, quotes[i].quote) == 0)
        selected = i + 1;
    }
  fill (self->quote_row, labels, selected);
}

static void
show_header (CrmImportReading *self, const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *label = found != NULL ? describe_line (found->header_line) : NULL;
  g_autofree char *detected = describe_detected (said->header_line < 0, label);

  gtk_string_list_append (labels, detected);
  for (gint64 line = 0; line <= MAX_HEADER_LINES; line++)
    {
      g_autofree char *text = describe_line (line);

      gtk_string_list_append (labels, text);
    }
  fill (self->header_row, labels, (guint) (said->header_line + 1));
}

static void
show_types (CrmImportReading *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  CrmStore *store = crm_session_get_store (crm_import_setup_get_session (self->setup));
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->type_row), plan != NULL);
  if (plan == NULL)
    return;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      gtk_string_list_append (labels, type->label_many);
      if (type->id == crm_import_plan_get_record_type (plan)->id)
        selected = i;
    }
  fill (self->type_row, labels, selected);
}

static const char *
get_part_title (CrmTableFormat format)
{
  switch (format)
    {
    case CRM_TABLE_XLSX:
    case CRM_TABLE_ODS:
      return _ ("Sheet");

    case CRM_TABLE_WORKSPACE:
      return _ ("Record Type");

    case CRM_TABLE_UNKNOWN:
    case CRM_TABLE_CSV:
    case CRM_TABLE_VCARD:
    case CRM_TABLE_ICALENDAR:
    case CRM_TABLE_JSON:
    default:
      return _ ("Table");
    }
}

static void
show_parts (CrmImportReading *self, CrmTable *table)
{
  const char *const *parts = table != NULL ? crm_table_get_parts (table) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (parts);
  guint selected = 0;

  if (table == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->part_row), parts != NULL && parts[0] != NULL);
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (g_strcmp0 (parts[i], crm_table_get_part (table)) == 0)
      selected = i;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->part_row),
                                 get_part_title (crm_table_get_format (table)));
  fill (self->part_row, labels, selected);
}

static void
show (CrmImportReading *self)
{
  const CrmCsvDialect *said = &crm_import_setup_get_options (self->setup)->dialect;
  CrmTable *table = crm_import_setup_get_table (self->setup);
  const CrmCsvDialect *found = table != NULL ? crm_table_get_dialect (table) : NULL;
  gboolean is_text = table == NULL || crm_table_get_format (table) == CRM_TABLE_CSV;
  const char *name = crm_import_setup_get_name (self->setup);

  self->filling = TRUE;
  adw_action_row_set_subtitle (self->file_row, name != NULL ? name : "");
  show_types (self);
  show_parts (self, table);
  show_encoding (self, said, found);
  show_delimiter (self, said, found);
  show_quote (self, said, found);
  show_header (self, said, found);
  gtk_widget_set_visible (GTK_WIDGET (self->encoding_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->quote_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->header_row), is_text);
  self->filling = FALSE;
}

static void
setup_changed_cb (CrmImportReading *self)
{
  /* While it is read, what was chosen stays as it is */
  if (crm_import_setup_get_state (self->setup) != CRM_IMPORT_SETUP_READING)
    show (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            crm_import_setup_get_state (self->setup) != CRM_IMPORT_SETUP_READING);
}

/* Choosing */

static void
type_selected_cb (CrmImportReading *self)
{
  CrmImportPlan *plan;
  CrmStore *store;
  guint selected = adw_combo_row_get_selected (self->type_row);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  plan = crm_import_setup_get_plan (self->setup);
  store = crm_session_get_store (crm_import_setup_get_session (self->setup));
  if (plan != NULL)
    crm_import_setup_set_record_type (
        self->setup, crm_catalogue_get_type_at (crm_store_get_catalogue (store), selected));
}

static void
option_selected_cb (CrmImportReading *self)
{
  CrmTableOptions options;
  GtkStringObject *part;
  guint encoding;
  guint delimiter;
  guint quote;

  if (self->filling)
    return;

  options = *crm_import_setup_get_options (self->setup);
  encoding = adw_combo_row_get_selected (self->encoding_row);
  delimiter = adw_combo_row_get_selected (self->delimiter_row);
  quote = adw_combo_row_get_selected (self->quote_row);
  options.dialect.encoding = encoding > 0 ? encodings[encoding - 1].encoding : NULL;
  options.dialect.delimiter = delimiter > 0 ? delimiters[delimiter - 1].delimiter : NULL;
  options.dialect.quote = quote > 0 ? quotes[quote - 1].quote : NULL;
  options.dialect.header_line = (gint64) adw_combo_row_get_selected (self->header_row) - 1;
  part = adw_combo_row_get_selected_item (self->part_row);
  if (gtk_widget_get_visible (GTK_WIDGET (self->part_row)) && part != NULL)
    options.part = gtk_string_object_get_string (part);
  crm_import_setup_set_options (self->setup, &options);
}

/* GObject */

static AdwComboRow *
add_combo (CrmImportReading *self,
           AdwPreferencesGroup *group,
           const char *title,
           GCallback callback)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);

  return ADW_COMBO_ROW (row);
}

static void
crm_import_reading_class_init (CrmImportReadingClass *klass)
{
}

static void
crm_import_reading_init (CrmImportReading *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");
  GCallback callback = G_CALLBACK (option_selected_cb);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Choose Another File…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose Another File…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.choose-file");
  self->file_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), _ ("File"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  adw_action_row_set_subtitle_lines (self->file_row, 2);
  adw_action_row_add_suffix (self->file_row, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->file_row));

  self->filling = TRUE;
  self->type_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Rows Become"),
                              G_CALLBACK (type_selected_cb));
  self->part_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Table"), callback);
  self->encoding_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Encoding"), callback);
  self->delimiter_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Separator"), callback);
  self->quote_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Quotes"), callback);
  self->header_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Header Row"), callback);
  gtk_widget_set_visible (GTK_WIDGET (self->part_row), FALSE);
  self->filling = FALSE;
  adw_bin_set_child (ADW_BIN (self), group);
}

/* Public API */

void
crm_import_reading_set_setup (CrmImportReading *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_READING (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = setup;
  g_signal_connect_object (setup, "changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
