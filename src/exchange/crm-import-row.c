/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the cells of a row to the values of a record, as far as that needs no
 * look into the workspace. Runs in workers. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-import-cell-private.h"
#include "crm-import-name.h"
#include "crm-key-table-private.h"
#include "crm-table-private.h"
#include "crm-text.h"

typedef struct
{
  CrmImportRow *row;
  const CrmImportLayout *layout;
  int address_group; /* of the columns that are this row's address; 0: any */
  const char *region; /* that phone numbers are dialled from, or NULL */
} Reader;

static const CrmImportColumn *
get_column (const CrmImportLayout *layout, guint i)
{
  return &g_array_index (layout->columns, CrmImportColumn, i);
}

/* The text of a cell, or %NULL where it is empty */
static const char *
get_cell (const Reader *reader, int column, CrmKind kind)
{
  const char *text;

  if (column < 0 || (guint) column >= reader->row->n_cells)
    return NULL;

  text = reader->row->cells[column];
  while (g_ascii_isspace (*text))
    text++;
  text = crm_import_cell_unguard (text);

  if (reader->layout->plan->is_own)
    kind = CRM_KIND_TEXT;

  return crm_import_cell_is_empty (text, kind) ? NULL : text;
}

void
crm_import_row_take_problems (CrmImportRow *row, CrmImportRow *related)
{
  g_assert (row != NULL);
  g_assert (related != NULL);

  row->rejected = row->rejected || related->rejected;
  if (related->problems == NULL)
    return;

  if (row->problems == NULL)
    row->problems = g_steal_pointer (&related->problems);
  else
    g_ptr_array_extend_and_steal (row->problems, g_steal_pointer (&related->problems));
}

void
crm_import_row_add_problem (CrmImportRow *row,
                            const CrmImportLayout *layout,
                            int column,
                            const char *value,
                            CrmSeverity severity,
                            const char *message)
{
  if (row->problems == NULL)
    row->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);

  g_ptr_array_add (row->problems,
                   crm_problem_new (row->line,
                                    column >= 0 ? get_column (layout, (guint) column)->title : NULL,
                                    value, severity, message));
  if (severity == CRM_SEVERITY_REJECTED)
    row->rejected = TRUE;
}

/* @id: (nullable): of the record that is called so */
static void
add_text (Reader *reader, guint slot, int column, const char *text, const char *id)
{
  CrmImportText entry = { slot, column, g_strdup (text), g_strdup (id) };

  if (reader->row->texts == NULL)
    reader->row->texts = g_array_new (FALSE, FALSE, sizeof (CrmImportText));
  g_array_append_val (reader->row->texts, entry);
}

/* Whether nearly all of a column's dates are written as spreadsheets count days */
static gboolean
is_serial (const Reader *reader, int column)
{
  const CrmImportEvidence *evidence;

  if (column < 0)
    return FALSE;
  evidence = &get_column (reader->layout, (guint) column)->evidence;

  return (guint64) evidence->n_serial * 10 >= (guint64) evidence->n_values * 9;
}

/* What the text of a choice stands for: as a person said, or as others call the option; @text itself
 * where nobody knows */
static const char *
get_meaning (const Reader *reader, const CrmField *field, int column, const char *text)
{
  GHashTable *meanings = column >= 0 ? get_column (reader->layout, (guint) column)->meanings : NULL;
  const CrmOption *option;
  const char *meaning;

  if (meanings != NULL)
    {
      g_autofree char *folded = crm_text_fold (text);

      meaning = g_hash_table_lookup (meanings, g_strstrip (folded));
      if (meaning != NULL)
        return meaning;
    }

  if (!reader->layout->plan->translates_options ||
      (field->kind != CRM_KIND_CHOICE && field->kind != CRM_KIND_CHOICES))
    return text;
  option = crm_import_find_option (field, text);

  return option != NULL ? option->name : text;
}

/* Parses one value; %NULL where it is empty, refused, or left to the writer */
static CrmValue *
parse (Reader *reader, guint slot, int column, const char *text)
{
  const CrmImportLayout *layout = reader->layout;
  const CrmField *field = layout->slots[slot].field;
  const CrmLocale *locale = column >= 0 ? &layout->column_locales[column] : &layout->locale;
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;
  CrmValueWarning warning;
  CrmValue *value;

  if (field->n_options > 0 || field->kind == CRM_KIND_MEMBER || field->kind == CRM_KIND_CHECKBOX)
    {
      text = get_meaning (reader, field, column, text);
      if (*text == '\0')
        return NULL;
    }
  if (field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME)
    date = crm_import_cell_complete_date (text, locale->date_order, is_serial (reader, column));

  value = crm_value_parse (field, date != NULL ? date : text, locale, reader->region, &warning,
                           &error);
  if (error != NULL)
    {
      crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_REJECTED,
                                  error->message);
      return NULL;
    }

  if (warning == CRM_VALUE_UNKNOWN_OPTION || warning == CRM_VALUE_UNRESOLVED)
    add_text (reader, slot, column, text, NULL);
  else if (warning == CRM_VALUE_KEPT_AS_TYPED && field->kind == CRM_KIND_PHONES)
    crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_WARNING,
                                _ ("This is not a phone number that can be dialled; it is kept as "
                                   "it is written."));
  else if (warning == CRM_VALUE_KEPT_AS_TYPED)
    crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_WARNING,
                                _ ("This is not a web address; it is kept as it is written."));

  return value;
}

static gboolean
is_number (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalpha (*text) || (guchar) *text >= 0x80)
      return FALSE;

  return TRUE;
}

/* An amount with the currency that stands in another column */
static char *
complete_amount (const Reader *reader, int column, const char *text)
{
  const char *currency = get_cell (reader, reader->layout->companions[column].currency,
                                   CRM_KIND_MONEY);

  if (currency == NULL)
    return g_strdup (text);

  /* No-break spaces between the digits are no letters. */
  {
    g_auto (GStrv) parts = g_strsplit (text, "\xc2\xa0", -1);
    g_autofree char *plain = g_strjoinv (" ", parts);

    return is_number (plain) ? g_strconcat (text, " ", currency, NULL) : g_strdup (text);
  }
}

/* A number with the country code that stands in another column */
static char *
complete_phone (const Reader *reader, int column, const char *text)
{
  const char *code = get_cell (reader, reader->layout->companions[column].calling_code,
                               CRM_KIND_PHONES);

  if (code == NULL || text[0] == '+' || g_str_has_prefix (text, "00"))
    return g_strdup (text);

  /* Abroad the national prefix is left out. */
  if (text[0] == '0')
    text++;

  return g_strconcat (code[0] == '+' ? "" : "+", code, " ", text, NULL);
}

static gboolean
is_usable (const Reader *reader, const CrmImportSlot *slot, guint column)
{
  guint i;

  if (!slot->in_address || reader->address_group == 0 ||
      get_column (reader->layout, column)->group == reader->address_group)
    return TRUE;

  /* A part that the best address has no column for may come from another one. */
  for (i = 0; i < slot->columns->len; i++)
    if (get_column (reader->layout, g_array_index (slot->columns, guint, i))->group ==
        reader->address_group)
      return FALSE;

  return TRUE;
}

static gboolean
is_joined (const CrmImportSlot *slot)
{
  return slot->columns->len > 1 && !slot->in_address &&
         (slot->field->kind == CRM_KIND_TEXT || slot->field->kind == CRM_KIND_LONGTEXT);
}

/* Texts of several columns; what another one says already is not said twice */
static void
read_joined (Reader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  const char *separator = slot->field->kind == CRM_KIND_LONGTEXT ? "\n" : " ";
  g_autoptr (GString) joined = g_string_new (NULL);
  guint i;

  for (i = 0; i < slot->columns->len; i++)
    {
      int column = (int) g_array_index (slot->columns, guint, i);
      const char *text = get_cell (reader, column, slot->field->kind);
      g_autofree char *clean = text != NULL
                                   ? crm_text_clean (text, slot->field->kind == CRM_KIND_LONGTEXT)
                                   : NULL;

      if (clean == NULL || strcmp (joined->str, clean) == 0)
        continue;
      if (joined->len > 0)
        g_string_append (joined, separator);
      g_string_append (joined, clean);
    }

  if (joined->len > 0)
    reader->row->values[index] = parse (reader, index, -1, joined->str);
}

/* Records whose ids the file says besides what they are called; whether it does */
static gboolean
add_known_records (Reader *reader, guint index, guint column)
{
  const CrmImportLayout *layout = reader->layout;
  const CrmField *field = layout->slots[index].field;
  gboolean ids_only = get_column (layout, column)->role == CRM_ROLE_RELATION_ID;
  const char *text = ids_only ? NULL : get_cell (reader, (int) column, CRM_KIND_TEXT);
  const char *ids_text;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) names = NULL;
  guint i;

  if (!crm_kind_is_relation (field->kind))
    return FALSE;
  ids_text = get_cell (reader, ids_only ? (int) column : layout->companions[column].id,
                       CRM_KIND_TEXT);
  if (ids_text == NULL)
    return FALSE;

  ids = crm_import_cell_split_list (ids_text);
  if (text != NULL && crm_kind_is_repeated (field->kind))
    names = crm_import_cell_split_list (text);
  for (i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *name = id;

      if (names != NULL && names->len == ids->len)
        name = g_ptr_array_index (names, i);
      else if (text != NULL && ids->len == 1)
        name = text;
      add_text (reader, index, (int) column, name, id);
    }

  return TRUE;
}

static void
take_company (Reader *reader, int column, const char *text)
{
  const char *ids = get_cell (reader, reader->layout->companions[column].id, CRM_KIND_TEXT);

  reader->row->company_name = crm_text_clean (text, FALSE);
  if (ids != NULL)
    {
      g_autoptr (GPtrArray) list = crm_import_cell_split_list (ids);

      reader->row->company_ref = g_strdup (g_ptr_array_index (list, 0));
    }
}

static void
read_single (Reader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  CrmImportRow *row = reader->row;
  guint i;

  if (is_joined (slot) && (int) index != reader->layout->company_slot)
    {
      read_joined (reader, index);
      return;
    }

  for (i = 0; i < slot->columns->len && row->values[index] == NULL; i++)
    {
      guint column = g_array_index (slot->columns, guint, i);
      const char *text = get_cell (reader, (int) column, slot->field->kind);
      g_autofree char *complete = NULL;

      if (((int) index != reader->layout->company_slot ||
           get_column (reader->layout, column)->role == CRM_ROLE_RELATION_ID) &&
          add_known_records (reader, index, column))
        return;
      if (text == NULL || !is_usable (reader, slot, column))
        continue;

      if ((int) index == reader->layout->company_slot)
        {
          if (row->company_name == NULL)
            take_company (reader, (int) column, text);
          continue;
        }

      if (slot->field->kind == CRM_KIND_MONEY)
        complete = complete_amount (reader, (int) column, text);
      row->values[index] = parse (reader, index, (int) column, complete != NULL ? complete : text);
      if (row->values[index] == NULL)
        return;
    }
}

/* A name on another site where an address is wanted: "@jan" on X */
static char *
complete_link (const CrmImportColumn *column, const char *text)
{
  if (column->label == NULL || strpbrk (text, "./ ") != NULL)
    return NULL;
  if (text[0] == '@')
    text++;

  if (strcmp (column->label, "x") == 0)
    return g_strconcat ("https://x.com/", text, NULL);
  if (strcmp (column->label, "linkedin") == 0)
    return g_strconcat ("https://www.linkedin.com/in/", text, NULL);
  if (strcmp (column->label, "facebook") == 0)
    return g_strconcat ("https://www.facebook.com/", text, NULL);

  return NULL;
}

/* Google's own group of everybody is no tag of anybody. */
static gboolean
is_no_tag (const char *text)
{
  return g_str_has_prefix (text, "* ");
}

/* Of a link it is the site, of a file what it is and how long */
static gboolean
is_label_fixed (const CrmField *field)
{
  return field->kind == CRM_KIND_LINKS || field->kind == CRM_KIND_FILES;
}

static void
add_piece (Reader *reader,
           guint index,
           int column,
           const char *piece,
           const char *label,
           GArray *items)
{
  const CrmField *field = reader->layout->slots[index].field;
  g_autofree char *complete = NULL;
  g_autoptr (CrmValue) value = NULL;
  const CrmItem *item;

  if (field->kind == CRM_KIND_CHOICES && !reader->layout->plan->is_own && is_no_tag (piece))
    return;
  if (field->kind == CRM_KIND_PHONES && column >= 0)
    complete = complete_phone (reader, column, crm_import_cell_unguard (piece));
  if (field->kind == CRM_KIND_LINKS && column >= 0)
    complete = complete_link (get_column (reader->layout, (guint) column), piece);

  if (field->kind == CRM_KIND_FILES)
    value = crm_table_parse_file (piece);
  if (value == NULL)
    value = parse (reader, index, column, complete != NULL ? complete : piece);
  if (value == NULL)
    return;

  item = crm_value_get_item (value, 0);
  if (field->kind == CRM_KIND_DOMAINS && (field->flags & CRM_FIELD_UNIQUE) != 0 &&
      crm_domain_is_provider (crm_item_get_key (item)))
    {
      /* Two companies that have their mail there are not the same */
      crm_import_row_add_problem (reader->row, reader->layout, column, piece, CRM_SEVERITY_WARNING,
                                  _ ("This domain belongs to a mail provider; it was left out."));
      return;
    }

  /* A link's label is its kind. */
  if (!crm_item_array_has (items, item))
    crm_item_array_add (items, item->text,
                        is_label_fixed (field) || label == NULL ? item->label : label, item->key,
                        item->id, item->type_id);
}

static void
add_pieces (Reader *reader, guint index, int column, const char *text, GArray *items)
{
  const CrmField *field = reader->layout->slots[index].field;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autofree char *label = NULL;
  guint i;

  pieces = reader->layout->plan->is_own && column >= 0 ? crm_import_cell_split_list (text)
                                                       : crm_import_cell_split (field, text);
  if (column >= 0)
    {
      const char *given = get_cell (reader, reader->layout->companions[column].label,
                                    CRM_KIND_TEXT);

      if (given != NULL)
        labels = crm_import_cell_split_list (given);
      else
        label = g_strdup (get_column (reader->layout, (guint) column)->label);
      if (labels != NULL && labels->len != pieces->len)
        {
          label = crm_import_cell_clean_label (given);
          g_clear_pointer (&labels, g_ptr_array_unref);
        }
    }

  for (i = 0; i < pieces->len; i++)
    {
      g_autofree char *own = NULL;

      if (labels != NULL && crm_import_cell_get_label (g_ptr_array_index (labels, i)) != NULL)
        own = crm_import_cell_clean_label (
            crm_import_cell_get_label (g_ptr_array_index (labels, i)));
      add_piece (reader, index, column, g_ptr_array_index (pieces, i), labels != NULL ? own : label,
                 items);
    }
}

static void
read_repeated (Reader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  GArray *items = crm_item_array_new ();
  guint i;

  for (i = 0; i < slot->columns->len; i++)
    {
      guint column = g_array_index (slot->columns, guint, i);
      const char *text = get_cell (reader, (int) column, slot->field->kind);

      if (!add_known_records (reader, index, column) && text != NULL)
        add_pieces (reader, index, (int) column, text, items);
    }
  for (i = 0; slot->fixed != NULL && i < slot->fixed->len; i++)
    add_pieces (reader, index, -1, g_ptr_array_index (slot->fixed, i), items);

  reader->row->values[index] = crm_value_new_items_take (items);
}

static void
read_fixed (Reader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  const char *text = g_ptr_array_index (slot->fixed, slot->fixed->len - 1);

  if ((int) index == reader->layout->company_slot)
    {
      g_free (reader->row->company_name);
      reader->row->company_name = crm_text_clean (text, FALSE);
      return;
    }

  reader->row->values[index] = parse (reader, index, -1, text);
}

/* Parts that are put together */

static const char *
get_value_text (const Reader *reader, const char *field_name)
{
  int slot = crm_import_layout_find_slot (reader->layout, field_name);

  if (slot < 0 || reader->row->values[slot] == NULL)
    return NULL;

  return crm_value_get_text (reader->row->values[slot]);
}

static void
set_text (Reader *reader, const char *field_name, const char *text)
{
  int slot = crm_import_layout_find_slot (reader->layout, field_name);

  if (slot < 0 || text == NULL)
    return;

  g_clear_pointer (&reader->row->values[slot], crm_value_unref);
  reader->row->values[slot] = crm_value_new_text (text);
}

static void
read_last_name (Reader *reader, const char *name)
{
  g_auto (CrmNameParts) parts = { 0 };
  g_autofree char *clean = crm_text_clean (name, FALSE);

  crm_name_split (name, reader->layout->name_order, &parts);
  if (g_strcmp0 (parts.first, get_value_text (reader, "first_name")) == 0)
    set_text (reader, "last_name", parts.last);
  else
    set_text (reader, "last_name", clean);
}

/* Whether a whole name has nothing besides what its parts say already */
static gboolean
says_parts (Reader *reader, const char *full)
{
  g_autofree char *clean = crm_text_clean (full, FALSE);
  g_autofree char *joined = crm_text_join_name (get_value_text (reader, "first_name"),
                                                get_value_text (reader, "middle_name"),
                                                get_value_text (reader, "last_name"),
                                                reader->layout->locale.language);

  return joined != NULL && g_strcmp0 (clean, joined) == 0;
}

static void
read_name (Reader *reader)
{
  const char *full = get_cell (reader, reader->layout->full_name_column, CRM_KIND_TEXT);
  const char *suffix = get_cell (reader, reader->layout->suffix_column, CRM_KIND_TEXT);

  if (full != NULL && says_parts (reader, full))
    full = NULL;

  /* Some programs write the parts, and the whole besides. */
  if (full != NULL && get_value_text (reader, "first_name") == NULL &&
      get_value_text (reader, "last_name") == NULL)
    {
      g_auto (CrmNameParts) parts = { 0 };

      crm_name_split (full, reader->layout->name_order, &parts);
      reader->row->is_whole_name = TRUE;
      set_text (reader, "first_name", parts.first);
      set_text (reader, "middle_name", parts.middle);
      set_text (reader, "last_name", parts.last);
      if (get_value_text (reader, "salutation") == NULL)
        set_text (reader, "salutation", parts.salutation);
    }

  /* "Name" beside a first name is the last name in German and French, unless it holds both. */
  else if (full != NULL && get_value_text (reader, "last_name") == NULL)
    read_last_name (reader, full);

  if (suffix != NULL && get_value_text (reader, "last_name") != NULL)
    {
      g_autofree char *clean = crm_text_clean (suffix, FALSE);
      g_autofree char *last = g_strconcat (get_value_text (reader, "last_name"), " ", clean, NULL);

      set_text (reader, "last_name", last);
    }
}

static const CrmImportColumn *
get_address_column (const Reader *reader, guint i, int *index)
{
  *index = (int) g_array_index (reader->layout->address_columns, guint, i);

  return get_column (reader->layout, (guint) *index);
}

/* Of several addresses in a row the best one that has anything in it is taken as a whole. */
static void
choose_address (Reader *reader)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (get_cell (reader, index, CRM_KIND_TEXT) != NULL &&
          (reader->address_group == 0 || column->group < reader->address_group))
        reader->address_group = column->group;
    }
}

static const char *
find_address_part (const Reader *reader, CrmColumnRole role)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (column->role == role && column->group == reader->address_group &&
          get_cell (reader, index, CRM_KIND_TEXT) != NULL)
        return get_cell (reader, index, CRM_KIND_TEXT);
    }

  return NULL;
}

static void
append_part (GString *text, const char *separator, const char *part)
{
  g_autofree char *clean = part != NULL ? crm_text_clean (part, FALSE) : NULL;

  if (clean == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, clean);
}

/* The second line of an address, and the third */
static void
append_more (const Reader *reader, GString *text)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (column->role == CRM_ROLE_STREET_MORE && column->group == reader->address_group)
        append_part (text, ", ", get_cell (reader, index, CRM_KIND_TEXT));
    }
}

static void
read_street (Reader *reader)
{
  const char *street = get_value_text (reader, "street");
  const char *number = find_address_part (reader, CRM_ROLE_STREET_NUMBER);
  const char *more = find_address_part (reader, CRM_ROLE_STREET_MORE);
  const char *box = find_address_part (reader, CRM_ROLE_PO_BOX);
  g_autoptr (GString) text = NULL;

  if (street == NULL && more == NULL && box == NULL)
    street = find_address_part (reader, CRM_ROLE_WHOLE_ADDRESS);
  else if (number == NULL && more == NULL && box == NULL)
    return;

  text = g_string_new (NULL);
  append_part (text, "", number);
  append_part (text, " ", street);
  append_more (reader, text);
  if (box != NULL)
    append_part (text, ", ", g_ascii_isdigit (*box) ? "PO Box" : NULL);
  append_part (text, box != NULL && g_ascii_isdigit (*box) ? " " : ", ", box);
  set_text (reader, "street", text->str);
}

/* What the company is */

static void
add_hint (CrmImportRow *row, const char *domain)
{
  if (crm_domain_is_provider (domain))
    return;

  if (row->company_hints == NULL)
    row->company_hints = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (row->company_hints, g_strdup (domain));
}

/* A work address or website may tell the company's domain. */
static void
read_company_hints (Reader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  guint i, j;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmValue *value = reader->row->values[i];
      CrmKind kind = layout->slots[i].field->kind;

      if (value == NULL || (kind != CRM_KIND_EMAILS && kind != CRM_KIND_LINKS))
        continue;

      for (j = 0; j < crm_value_get_n_items (value); j++)
        {
          const CrmItem *item = crm_value_get_item (value, j);
          const char *at = item->key != NULL ? strrchr (item->key, '@') : NULL;

          if (kind == CRM_KIND_EMAILS && at != NULL && g_strcmp0 (item->label, "Home") != 0)
            {
              add_hint (reader->row, at + 1);
            }
          else if (kind == CRM_KIND_LINKS && g_strcmp0 (item->label, "website") == 0)
            {
              g_autofree char *key = NULL;
              g_autofree char *domain = crm_domain_normalise (item->text, &key, NULL);

              if (domain != NULL)
                add_hint (reader->row, key);
            }
        }
    }
}

/* Rows of one company mostly say the same of it; the writer looks it up once. */
static void
describe_company (CrmImportRow *row)
{
  guint i;

  if (row->company_name != NULL)
    row->company_normal = crm_text_normalise_company (row->company_name);

  row->company_hash = crm_key_hash (0, row->company_name != NULL ? row->company_name : "");
  row->company_hash = crm_key_hash (row->company_hash,
                                    row->company_domain != NULL ? row->company_domain : "");
  if (row->company_ref != NULL)
    row->company_hash = crm_key_hash (row->company_hash, row->company_ref);
  for (i = 0; row->company_hints != NULL && i < row->company_hints->len; i++)
    row->company_hash = crm_key_hash (row->company_hash, g_ptr_array_index (row->company_hints, i));
}

static void
read_company (Reader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  const char *text = get_cell (reader, layout->domain_column, CRM_KIND_DOMAINS);

  if (text != NULL)
    {
      g_autofree char *key = NULL;
      g_autofree char *domain = crm_domain_normalise (text, &key, NULL);

      if (domain == NULL)
        crm_import_row_add_problem (reader->row, layout, layout->domain_column, text,
                                    CRM_SEVERITY_WARNING,
                                    _ ("This is not a domain; the company was looked for by its "
                                       "name."));
      else if (!crm_domain_is_provider (key))
        reader->row->company_domain = g_steal_pointer (&key);
    }

  if (layout->company != NULL)
    {
      if (!layout->plan->is_own)
        read_company_hints (reader);
      describe_company (reader->row);
    }
}

static void
find_region (Reader *reader)
{
  int slot = crm_import_layout_find_slot (reader->layout, "country");
  const CrmImportSlot *country = slot >= 0 ? &reader->layout->slots[slot] : NULL;
  guint i;

  for (i = 0; country != NULL && i < country->columns->len && reader->region == NULL; i++)
    {
      guint column = g_array_index (country->columns, guint, i);
      const char *text = get_cell (reader, (int) column, CRM_KIND_TEXT);

      if (text != NULL && is_usable (reader, country, column))
        reader->region = crm_country_from_text (text);
    }
}

static void
name_row (Reader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  g_autofree char *name = NULL;

  if (layout->is_named_by_parts)
    name = crm_text_join_name (get_value_text (reader, "first_name"),
                               get_value_text (reader, "middle_name"),
                               get_value_text (reader, "last_name"), layout->locale.language);
  else
    name = g_strdup (get_value_text (reader, layout->type->label_field->name));

  if (name != NULL)
    reader->row->name = layout->is_companies ? crm_text_normalise_company (name)
                                             : crm_text_normalise_name (name);
}

static gboolean
is_blank (const CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  if (row->texts != NULL || row->company_name != NULL || row->company_domain != NULL ||
      row->note != NULL)
    return FALSE;

  for (i = 0; i < layout->n_slots; i++)
    if (row->values[i] != NULL && layout->slots[i].fixed == NULL &&
        (layout->slots[i].field->flags & CRM_FIELD_SYSTEM) == 0)
      return FALSE;

  return TRUE;
}

/* One record's part of a row */
static void
read_record (CrmImportRow *row, const CrmImportLayout *layout)
{
  Reader reader = { .row = row, .layout = layout };
  const char *text;
  guint i;

  row->values = g_new0 (CrmValue *, layout->n_slots + 1);
  choose_address (&reader);
  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmImportSlot *slot = &layout->slots[i];

      /* Numbers are dialled from a country that is known only where they are. */
      if (slot->field->kind == CRM_KIND_PHONES && reader.region == NULL)
        find_region (&reader);

      if (crm_kind_is_repeated (slot->field->kind))
        read_repeated (&reader, i);
      else if (slot->fixed != NULL)
        read_fixed (&reader, i);
      else
        read_single (&reader, i);
    }

  read_name (&reader);
  if (reader.address_group != 0)
    read_street (&reader);
  read_company (&reader);
  name_row (&reader);

  text = get_cell (&reader, layout->note_column, CRM_KIND_TEXT);
  if (text != NULL)
    row->note = crm_text_clean (text, TRUE);
  text = get_cell (&reader, layout->id_column, CRM_KIND_MEMBER);
  if (text != NULL)
    row->record_id = crm_text_clean (text, FALSE);

  row->is_blank = is_blank (row, layout);
}

static void
read_related (CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  row->related = g_new0 (CrmImportRow, layout->n_related);
  for (i = 0; i < layout->n_related; i++)
    {
      CrmImportRow *related = &row->related[i];

      related->line = row->line;
      related->cells = row->cells;
      related->n_cells = row->n_cells;
      read_record (related, layout->related[i].layout);
      crm_import_row_take_problems (row, related);
    }
}

void
crm_import_row_read (CrmImportRow *row, const CrmImportLayout *layout)
{
  g_assert (row != NULL);
  g_assert (layout != NULL);

  if (row->damaged)
    {
      row->values = g_new0 (CrmValue *, layout->n_slots + 1);
      crm_import_row_add_problem (row, layout, -1, NULL, CRM_SEVERITY_REJECTED,
                                  _ ("Letters of this row are damaged; save the file as UTF-8 "
                                     "again and import the row from there."));
      return;
    }

  read_record (row, layout);
  if (layout->n_related > 0)
    read_related (row, layout);
  if (!row->rejected && row->is_blank)
    crm_import_row_add_problem (row, layout, -1, NULL, CRM_SEVERITY_REJECTED,
                                _ ("There is nothing in this row that could be kept; fill in a "
                                   "name or an address."));
}

static void
text_clear (gpointer data)
{
  CrmImportText *text = data;

  g_free (text->text);
  g_free (text->id);
}

void
crm_import_row_clear (CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  for (i = 0; row->related != NULL && i < layout->n_related; i++)
    crm_import_row_clear (&row->related[i], layout->related[i].layout);
  g_clear_pointer (&row->related, g_free);
  for (i = 0; row->values != NULL && i < layout->n_slots; i++)
    g_clear_pointer (&row->values[i], crm_value_unref);
  g_clear_pointer (&row->values, g_free);
  for (i = 0; row->texts != NULL && i < row->texts->len; i++)
    text_clear (&g_array_index (row->texts, CrmImportText, i));
  g_clear_pointer (&row->texts, g_array_unref);
  for (i = 0; row->deferred != NULL && i < row->deferred->len; i++)
    text_clear (&g_array_index (row->deferred, CrmImportText, i));
  g_clear_pointer (&row->deferred, g_array_unref);
  g_clear_pointer (&row->problems, g_ptr_array_unref);
  g_clear_pointer (&row->company_hints, g_ptr_array_unref);
  g_clear_pointer (&row->company_name, g_free);
  g_clear_pointer (&row->company_ref, g_free);
  g_clear_pointer (&row->company_normal, g_free);
  g_clear_pointer (&row->company_domain, g_free);
  g_clear_pointer (&row->note, g_free);
  g_clear_pointer (&row->record_id, g_free);
  g_clear_pointer (&row->name, g_free);
}
