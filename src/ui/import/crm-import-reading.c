/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-reading.h"

#include <glib/gi18n.h>

#include "crm-import-mapping.h"
#include "crm-number.h"

/* The lines that are offered as the header, and how many */
#define MAX_HEADER_LINES 20
#define MAX_TITLE_ROWS 4

#define MAX_FOOTER_ROWS 12

struct _CrmImportReading
{
  AdwBin parent_instance;

  AdwActionRow *file_row;
  AdwComboRow *type_row;
  AdwComboRow *part_row;
  AdwComboRow *encoding_row;
  AdwComboRow *delimiter_row;
  AdwComboRow *quote_row;
  AdwComboRow *escape_row;
  AdwComboRow *header_row;
  AdwComboRow *header_rows_row;
  AdwComboRow *footer_row;
  AdwComboRow *dates_row;

  CrmImportSetup *setup; /* not owned: it owns what is seen, through the window */
  gboolean filling;
  guint dates_source;
};

G_DEFINE_FINAL_TYPE (CrmImportReading, crm_import_reading, ADW_TYPE_BIN)

/* A way to read a file, and what people call it */
typedef struct
{
  const char *value;
  const char *label;
} Choice;

static const Choice encodings[] = {
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
  { NULL, NULL },
};

static const Choice delimiters[] = {
  { ",", N_ ("Comma") }, { ";", N_ ("Semicolon") },
  { "\t", N_ ("Tab") },  { "|", N_ ("Vertical Bar") },
  { ":", N_ ("Colon") }, { " ", N_ ("Space") },
  { NULL, NULL },
};

static const Choice quotes[] = {
  { "\"", N_ ("Double Quotes (\")") },
  { "'", N_ ("Single Quotes (')") },
  { "", N_ ("None") },
  { NULL, NULL },
};

/* The first stands for whatever the quote is. */
static const Choice escapes[] = {
  { "\"", N_ ("Another Quote") },
  { "\\", N_ ("Backslash (\\)") },
  { "", N_ ("Nothing") },
  { NULL, NULL },
};

static const struct
{
  CrmDateOrder order;
  const char *label;
} orders[] = {
  { CRM_DATE_ORDER_DMY, N_ ("Day, Month, Year") },
  { CRM_DATE_ORDER_MDY, N_ ("Month, Day, Year") },
  { CRM_DATE_ORDER_YMD, N_ ("Year, Month, Day") },
};

/* Words */

static const char *
get_label (const Choice *choices, const char *value)
{
  for (; choices->value != NULL; choices++)
    if (g_ascii_strcasecmp (choices->value, value) == 0)
      return _ (choices->label);

  return value;
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

/* @said: (nullable): what somebody chose; @found: (nullable): what is in use */
static void
show_choices (AdwComboRow *row, const Choice *choices, const char *said, const char *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *detected = describe_detected (said == NULL,
                                                 found != NULL ? get_label (choices, found) : NULL);
  guint selected = 0;

  gtk_string_list_append (labels, detected);
  for (guint i = 0; choices[i].value != NULL; i++)
    {
      gtk_string_list_append (labels, _ (choices[i].label));
      if (g_strcmp0 (said, choices[i].value) == 0)
        selected = i + 1;
    }
  fill (row, labels, selected);
}

/* Of a quote that stands for itself the first choice is meant. */
static const char *
get_escape (const char *escape, const char *quote)
{
  return escape != NULL && *escape != '\0' && g_strcmp0 (escape, quote) == 0 ? escapes[0].value
                                                                             : escape;
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
  fill (self->header_row, labels, (guint) MIN (said->header_line, MAX_HEADER_LINES) + 1);
}

static char *
describe_rows (guint n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);

  return n > 0 ? g_strdup_printf (ngettext ("%s Row", "%s Rows", n), number)
               : g_strdup (_ ("None"));
}

static void
show_header_rows (CrmImportReading *self, const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *label = found != NULL ? describe_rows (found->header_rows) : NULL;
  g_autofree char *detected = describe_detected (said->header_rows == 0, label);

  gtk_string_list_append (labels, detected);
  for (guint n = 1; n <= MAX_TITLE_ROWS; n++)
    {
      g_autofree char *text = describe_rows (n);

      gtk_string_list_append (labels, text);
    }
  fill (self->header_rows_row, labels, MIN (said->header_rows, MAX_TITLE_ROWS));
}

static void
show_footer (CrmImportReading *self, const CrmCsvDialect *said)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean is_counted = crm_import_setup_get_n_rows (self->setup) >= 0;
  g_autofree char *label = describe_rows (crm_import_setup_get_n_footer_rows (self->setup));
  g_autofree char *detected = describe_detected (
      is_counted && !said->keeps_footer && said->footer_rows == 0, label);
  guint selected = said->keeps_footer ? 1 : 0;

  gtk_string_list_append (labels, detected);
  for (guint n = 0; n <= MAX_FOOTER_ROWS; n++)
    {
      g_autofree char *text = describe_rows (n);

      gtk_string_list_append (labels, text);
    }
  if (said->footer_rows > 0)
    selected = MIN (said->footer_rows, MAX_FOOTER_ROWS) + 1;
  fill (self->footer_row, labels, selected);
}

/* What the columns say together. @given: (out): the order that somebody said, from 1; else 0 */
static const char *
describe_orders (CrmImportPlan *plan, gboolean *has_dates, guint *given)
{
  const char *words = NULL;

  *has_dates = FALSE;
  *given = 0;
  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      CrmDateOrder order;
      CrmImportForm form = crm_import_plan_get_date_order (plan, i, &order, NULL);
      const char *label = form == CRM_IMPORT_FORM_AMBIGUOUS ? _ ("Not Clear") : NULL;

      if (form == CRM_IMPORT_FORM_NONE || crm_import_plan_get_field (plan, i) == NULL)
        continue;
      *has_dates = TRUE;
      for (guint j = 0; label == NULL && j < G_N_ELEMENTS (orders); j++)
        if (orders[j].order == order)
          {
            label = _ (orders[j].label);
            *given = form == CRM_IMPORT_FORM_GIVEN ? j + 1 : *given;
          }
      if (words != NULL && !g_str_equal (words, label))
        {
          *given = 0;
          return _ ("Differs by Column");
        }
      words = label;
    }

  return words;
}

static void
show_dates (CrmImportReading *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *detected = NULL;
  const char *words;
  gboolean has_dates;
  guint given;

  gtk_widget_set_sensitive (GTK_WIDGET (self->dates_row), plan != NULL);
  if (plan == NULL)
    return;
  words = describe_orders (plan, &has_dates, &given);
  detected = describe_detected (given == 0, words);
  gtk_widget_set_visible (GTK_WIDGET (self->dates_row), has_dates);
  gtk_string_list_append (labels, detected);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    gtk_string_list_append (labels, _ (orders[i].label));
  fill (self->dates_row, labels, given);
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
show_parts (CrmImportReading *self, CrmTable *table, gboolean is_single)
{
  const char *const *parts = table != NULL ? crm_import_setup_get_parts (self->setup) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (parts);
  gboolean is_text = table != NULL && crm_table_get_format (table) == CRM_TABLE_CSV;
  guint selected = 0;

  if (table == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->part_row), parts != NULL || is_single);
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (g_strcmp0 (parts[i], crm_table_get_part (table)) == 0)
      selected = i;
  if (is_single)
    gtk_string_list_append (labels, _ ("Detect"));
  else if (is_text)
    gtk_string_list_append (labels, _ ("The Whole File"));
  if (is_single)
    {
      gtk_string_list_append (labels, _ ("The Whole File"));
      selected = 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->part_row),
                                 get_part_title (crm_table_get_format (table)));
  fill (self->part_row, labels, selected);
}

static const char *
get_quote (const CrmCsvDialect *said, const CrmCsvDialect *found)
{
  if (said->quote != NULL)
    return said->quote;

  return found != NULL && found->quote != NULL ? found->quote : "\"";
}

static void
show (CrmImportReading *self)
{
  const CrmCsvDialect *said = &crm_import_setup_get_options (self->setup)->dialect;
  CrmTable *table = crm_import_setup_get_table (self->setup);
  const CrmCsvDialect *found = table != NULL ? crm_table_get_dialect (table) : NULL;
  CrmTableFormat format = table != NULL ? crm_table_get_format (table) : CRM_TABLE_CSV;
  gboolean is_text = format == CRM_TABLE_CSV;
  gboolean has_rows = is_text || format == CRM_TABLE_XLSX || format == CRM_TABLE_ODS;
  const char *name = crm_import_setup_get_name (self->setup);

  self->filling = TRUE;
  adw_action_row_set_subtitle (self->file_row, name != NULL ? name : "");
  show_types (self);
  show_parts (self, table, said->is_single);
  show_choices (self->encoding_row, encodings, said->encoding,
                found != NULL ? found->encoding : NULL);
  show_choices (self->delimiter_row, delimiters, said->delimiter,
                found != NULL ? found->delimiter : NULL);
  show_choices (self->quote_row, quotes, said->quote, found != NULL ? found->quote : NULL);
  show_choices (self->escape_row, escapes, get_escape (said->escape, get_quote (said, found)),
                found != NULL ? get_escape (found->escape, found->quote) : NULL);
  show_header (self, said, found);
  show_header_rows (self, said, found);
  show_footer (self, said);
  show_dates (self);
  gtk_widget_set_visible (GTK_WIDGET (self->encoding_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->quote_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->escape_row),
                          is_text && *get_quote (said, found) != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->header_row), has_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->header_rows_row),
                          has_rows && (found == NULL || found->header_line != 0));
  gtk_widget_set_visible (GTK_WIDGET (self->footer_row), has_rows);
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

static const char *
get_choice (AdwComboRow *row, const Choice *choices)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? choices[selected - 1].value : NULL;
}

static void
take_part (CrmImportReading *self, CrmTableOptions *options)
{
  const char *const *parts = crm_import_setup_get_parts (self->setup);
  guint n_parts = parts != NULL ? g_strv_length ((char **) parts) : 0;
  guint selected = adw_combo_row_get_selected (self->part_row);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->part_row)) ||
      (n_parts == 0 && !options->dialect.is_single))
    return;
  /* Behind the tables stands the file as one; of such a file, behind the way back. */
  options->dialect.is_single = selected == (options->dialect.is_single ? 1 : n_parts);
  options->part = !options->dialect.is_single && selected < n_parts ? parts[selected] : NULL;
}

static void
option_selected_cb (CrmImportReading *self)
{
  CrmTableOptions options;
  CrmCsvDialect *dialect = &options.dialect;
  guint footer;

  if (self->filling)
    return;

  options = *crm_import_setup_get_options (self->setup);
  dialect->encoding = get_choice (self->encoding_row, encodings);
  dialect->delimiter = get_choice (self->delimiter_row, delimiters);
  dialect->quote = get_choice (self->quote_row, quotes);
  dialect->escape = get_choice (self->escape_row, escapes);
  if (dialect->escape == escapes[0].value)
    {
      CrmTable *table = crm_import_setup_get_table (self->setup);

      dialect->escape = get_quote (dialect, table != NULL ? crm_table_get_dialect (table) : NULL);
    }
  dialect->header_line = (gint64) adw_combo_row_get_selected (self->header_row) - 1;
  dialect->header_rows = adw_combo_row_get_selected (self->header_rows_row);
  footer = adw_combo_row_get_selected (self->footer_row);
  dialect->keeps_footer = footer == 1;
  dialect->footer_rows = footer > 1 ? footer - 1 : 0;
  take_part (self, &options);
  crm_import_setup_set_options (self->setup, &options);
}

static void
order_selected_cb (CrmImportReading *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  guint selected = adw_combo_row_get_selected (self->dates_row);

  if (self->filling || plan == NULL || selected > G_N_ELEMENTS (orders))
    return;

  if (selected == 0)
    crm_import_plan_detect_date_orders (plan);
  for (guint i = 0; selected > 0 && i < crm_import_plan_get_n_columns (plan); i++)
    if (crm_import_plan_get_date_order (plan, i, NULL, NULL) != CRM_IMPORT_FORM_NONE)
      crm_import_plan_set_date_order (plan, i, orders[selected - 1].order);
  crm_import_setup_plan_changed (self->setup);
}

static gboolean
show_dates_cb (gpointer user_data)
{
  CrmImportReading *self = user_data;

  self->dates_source = 0;
  self->filling = TRUE;
  show_dates (self);
  self->filling = FALSE;

  return G_SOURCE_REMOVE;
}

/* A row that is just telling what was selected cannot get other choices at once: it would tell without an end */
static void
plan_changed_cb (CrmImportReading *self)
{
  if (self->dates_source == 0)
    self->dates_source = g_idle_add (show_dates_cb, self);
}

static void
counted_cb (CrmImportReading *self)
{
  const CrmCsvDialect *said = &crm_import_setup_get_options (self->setup)->dialect;

  self->filling = TRUE;
  show_parts (self, crm_import_setup_get_table (self->setup), said->is_single);
  show_footer (self, said);
  self->filling = FALSE;
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
crm_import_reading_dispose (GObject *object)
{
  g_clear_handle_id (&CRM_IMPORT_READING (object)->dates_source, g_source_remove);

  G_OBJECT_CLASS (crm_import_reading_parent_class)->dispose (object);
}

static void
crm_import_reading_class_init (CrmImportReadingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_import_reading_dispose;
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
  self->escape_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Before Quotes in Text"),
                                callback);
  self->header_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Header Row"), callback);
  self->header_rows_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Rows of Titles"),
                                     callback);
  self->footer_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Footer"), callback);
  self->dates_row = add_combo (self, ADW_PREFERENCES_GROUP (group), _ ("Date Order"),
                               G_CALLBACK (order_selected_cb));
  gtk_widget_set_visible (GTK_WIDGET (self->part_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->dates_row), FALSE);
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
  g_signal_connect_object (setup, "counted", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "plan-changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
