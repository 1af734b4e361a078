/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of cards as a table. It is read twice: how many addresses a card has says how many columns there
 * are, and the lists that people are on may stand behind them. */

#include "config.h"

#include "crm-vcard-reader-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-text.h"
#include "crm-vcard-card-private.h"

typedef struct
{
  gboolean companies; /* are what is read, not people */
  gboolean all; /* whatever they are of */

  guint n_people;
  guint n_companies;
  guint n_emails; /* the most that a card has; likewise */
  guint n_phones;
  guint n_links;
  guint n_addresses;
  GHashTable *tags; /* uid → GPtrArray of char *: the lists that it is on */
  gboolean has_guessed; /* some letters */
  const char *encoding; /* of those */

  GPtrArray *cells; /* of char *, of the row that is made */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
recognise (const char *head, gsize size, const char *path)
{
  return crm_content_is_start_of (head, size, "VCARD");
}

static gboolean
is_wanted (const Reader *self, const CrmVcard *card)
{
  return !card->is_group && (self->all || card->is_company == self->companies);
}

static void
note_members (Reader *self, const CrmVcard *card)
{
  if (card->full_name == NULL)
    return;

  for (guint i = 0; i < card->members->len; i++)
    {
      const char *uid = g_ptr_array_index (card->members, i);
      GPtrArray *tags = g_hash_table_lookup (self->tags, uid);

      if (tags == NULL)
        {
          tags = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (self->tags, g_strdup (uid), tags);
        }
      g_ptr_array_add (tags, g_strdup (card->full_name));
    }
}

/* Looks through the file once */
static gboolean
count (Reader *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmContentReader) reader = crm_content_reader_new (path, cancellable, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;

  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) g_ptr_array_unref);
  for (;;)
    {
      g_autoptr (CrmVcard) card = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_vcard_read (reader, FALSE, &card, &problem, &line, &local_error))
        break;
      if (card == NULL)
        continue;
      if (card->is_group)
        note_members (self, card);
      else if (card->is_company)
        self->n_companies++;
      else
        self->n_people++;
      if (!is_wanted (self, card))
        continue;
      self->n_emails = MAX (self->n_emails, card->emails->len);
      self->n_phones = MAX (self->n_phones, card->phones->len);
      self->n_links = MAX (self->n_links, card->links->len);
      self->n_addresses = MAX (self->n_addresses, card->addresses->len);
    }
  self->has_guessed = crm_content_reader_has_guessed (reader);
  self->encoding = crm_content_reader_guess_encoding (reader);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  const char *const parts[] = { _ ("People"), _ ("Companies"), NULL };
  g_auto (Reader) self = { .all = TRUE };

  if (!count (&self, path, cancellable, error) || self.n_people == 0 || self.n_companies == 0)
    return NULL;

  return g_strdupv ((char **) parts);
}

/* Columns */

/* "Phone 2" for "phones#2" */
static void
add_numbered (CrmTableWriter *writer, const char *title, const char *target, guint number)
{
  g_autofree char *numbered_title = g_strdup_printf ("%s %u", title, number);
  g_autofree char *numbered_target = g_strdup_printf ("%s#%u", target, number);

  crm_table_writer_add_column (writer, numbered_title, numbered_target);
}

static void
add_items (CrmTableWriter *writer, const char *title, const char *field, guint n)
{
  g_autofree char *label_title = g_strdup_printf (_ ("%s Label"), title);
  g_autofree char *label_target = g_strconcat (field, "@label", NULL);

  for (guint i = 1; i <= n; i++)
    {
      add_numbered (writer, title, field, i);
      add_numbered (writer, label_title, label_target, i);
    }
}

static void
add_addresses (CrmTableWriter *writer, guint n)
{
  /* As the parts lie in a card */
  static const struct
  {
    const char *title;
    const char *target;
  } parts[] = {
    { N_ ("PO Box"), "street@box" }, { N_ ("Second Line"), "street@more" },
    { N_ ("Street"), "street" },     { N_ ("City"), "city" },
    { N_ ("Region"), "region" },     { N_ ("Postcode"), "postcode" },
    { N_ ("Country"), "country" },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (parts) == CRM_VCARD_N_ADDRESS_PARTS);

  for (guint i = 1; i <= n; i++)
    for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
      add_numbered (writer, _ (parts[part].title), parts[part].target, i);
}

static void
add_columns (const Reader *self, CrmTableWriter *writer)
{
  crm_table_writer_add_column (writer, _ ("UID"), "id");
  if (self->companies)
    {
      crm_table_writer_add_column (writer, _ ("Name"), "name");
      crm_table_writer_add_column (writer, _ ("Domains"), "domains");
    }
  else
    {
      crm_table_writer_add_column (writer, _ ("Name"), "name");
      crm_table_writer_add_column (writer, _ ("Salutation"), "salutation");
      crm_table_writer_add_column (writer, _ ("First Name"), "first_name");
      crm_table_writer_add_column (writer, _ ("Middle Name"), "middle_name");
      crm_table_writer_add_column (writer, _ ("Last Name"), "last_name");
      crm_table_writer_add_column (writer, _ ("Behind the Name"), "last_name@suffix");
      crm_table_writer_add_column (writer, _ ("Nickname"), "nickname");
      crm_table_writer_add_column (writer, _ ("Company"), "company");
      crm_table_writer_add_column (writer, _ ("Department"), "department");
      crm_table_writer_add_column (writer, _ ("Job Title"), "job_title");
      crm_table_writer_add_column (writer, _ ("Birthday"), "birthday");
      crm_table_writer_add_column (writer, _ ("Language"), "language");
    }
  add_items (writer, _ ("E-mail Address"), "emails", self->n_emails);
  add_items (writer, _ ("Phone Number"), "phones", self->n_phones);
  for (guint i = 1; i <= self->n_links; i++)
    add_numbered (writer, _ ("Link"), "links", i);
  add_addresses (writer, self->n_addresses);
  crm_table_writer_add_column (writer, _ ("Tags"), "tags");
  crm_table_writer_add_column (writer, _ ("Description"), "description");
  crm_table_writer_add_column (writer, _ ("Note"), "note");
  if (self->companies)
    crm_table_writer_add_column (writer, _ ("Logo"), "logo");
  else
    crm_table_writer_add_column (writer, _ ("Photo"), "photo");
}

/* Rows */

/* Takes @text */
static void
add_cell (Reader *self, char *text)
{
  g_ptr_array_add (self->cells, text);
}

static void
add_text (Reader *self, const char *text)
{
  add_cell (self, g_strdup (text));
}

/* One of several that a cell may hold: a ";" is doubled in it */
static char *
escape (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  return g_strjoinv (";;", parts);
}

static void
add_item_cells (Reader *self, GArray *items, guint n, gboolean labels)
{
  for (guint i = 0; i < n; i++)
    {
      const CrmVcardItem *item = i < items->len ? &g_array_index (items, CrmVcardItem, i) : NULL;

      add_cell (self, item != NULL ? escape (item->text) : NULL);
      if (labels)
        add_text (self, item != NULL ? item->label : NULL);
    }
}

static void
add_address_cells (Reader *self, GArray *items)
{
  for (guint i = 0; i < self->n_addresses; i++)
    for (guint part = 0; part < CRM_VCARD_N_ADDRESS_PARTS; part++)
      add_text (self, i < items->len ? g_array_index (items, CrmVcardItem, i).parts[part] : NULL);
}

static void
append_tags (GString *text, GPtrArray *tags)
{
  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      g_autofree char *tag = escape (g_ptr_array_index (tags, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", tag);
    }
}

/* A single one with a comma in it would be taken for two. */
static void
add_tags (Reader *self, const CrmVcard *card)
{
  GString *text = g_string_new (NULL);

  append_tags (text, card->tags);
  append_tags (text, card->uid != NULL ? g_hash_table_lookup (self->tags, card->uid) : NULL);
  if (strchr (text->str, ',') != NULL)
    g_string_append_c (text, ';');
  add_cell (self, g_string_free (text, FALSE));
}

/* The address of a company's site is that of its domain, where it is nothing more. Takes such ones away from
 * the links. */
static void
add_domains (Reader *self, const CrmVcard *card)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < card->links->len;)
    {
      const CrmVcardItem *item = &g_array_index (card->links, CrmVcardItem, i);
      const char *kind = NULL;
      g_autofree char *key = NULL;
      g_autofree char *url = crm_url_normalise (item->text, &kind, &key, NULL);

      if (url != NULL && strcmp (kind, "website") == 0 && strchr (key, '/') == NULL &&
          strchr (key, '?') == NULL && !crm_domain_is_provider (key))
        {
          g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", key);
          g_array_remove_index (card->links, i);
        }
      else
        i++;
    }
  add_cell (self, g_string_free (text, FALSE));
}

static void
add_name_cells (Reader *self, const CrmVcard *card)
{
  gboolean has_parts = card->first_name != NULL || card->last_name != NULL;

  /* With the parts known the whole says nothing more, and may be in any order. */
  add_text (self, has_parts ? NULL : card->full_name);
  add_text (self, card->prefix);
  add_text (self, card->first_name);
  add_text (self, card->middle_name);
  add_text (self, card->last_name);
  add_text (self, card->suffix);
  add_text (self, card->nickname);
}

/* The ending says what it is, wherever it is saved. */
static const char *
get_suffix (GBytes *picture)
{
  static const char *const suffixes[][2] = {
    { "image/jpeg", ".jpg" },
    { "image/png", ".png" },
    { "image/gif", ".gif" },
    { "image/webp", ".webp" },
  };
  gsize size;
  const guchar *data = g_bytes_get_data (picture, &size);
  g_autofree char *content_type = g_content_type_guess (NULL, data, size, NULL);
  g_autofree char *media_type = g_content_type_get_mime_type (content_type);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_strcmp0 (media_type, suffixes[i][0]) == 0)
      return suffixes[i][1];

  return "";
}

static gboolean
add_picture (Reader *self, CrmTableWriter *writer, const CrmVcard *card, GError **error)
{
  char *cell = NULL;

  if (card->picture != NULL)
    {
      g_autofree char *name = g_strconcat (self->companies ? "logo" : "photo",
                                           get_suffix (card->picture), NULL);

      cell = crm_table_writer_add_file (writer, name, card->picture, error);
      if (cell == NULL)
        return FALSE;
    }
  add_cell (self, cell);

  return TRUE;
}

static void
make_cells (Reader *self, const CrmVcard *card)
{
  g_ptr_array_set_size (self->cells, 0);
  add_text (self, card->uid);
  if (self->companies)
    {
      add_text (self, card->company != NULL ? card->company : card->full_name);
      add_domains (self, card);
    }
  else
    {
      add_name_cells (self, card);
      add_text (self, card->company);
      add_text (self, card->department);
      add_text (self, card->title);
      add_text (self, card->birthday);
      add_text (self, card->language);
    }
  add_item_cells (self, card->emails, self->n_emails, TRUE);
  add_item_cells (self, card->phones, self->n_phones, TRUE);
  add_item_cells (self, card->links, self->n_links, FALSE);
  add_address_cells (self, card->addresses);
  add_tags (self, card);
  add_text (self, card->is_own ? card->note : NULL);
  add_text (self, card->is_own ? NULL : card->note);
}

static gboolean
write_card (Reader *self, CrmTableWriter *writer, const CrmVcard *card, GError **error)
{
  if (!is_wanted (self, card))
    return TRUE;

  for (guint i = 0; i < card->problems->len; i++)
    crm_table_writer_add_problem (writer, card->number, g_ptr_array_index (card->problems, i));
  if (card->addresses->len > 1)
    crm_table_writer_add_problem (writer, card->number,
                                  _ ("This card has several addresses; the first one was taken."));
  make_cells (self, card);

  return add_picture (self, writer, card, error) &&
         crm_table_writer_add_row (writer, card->number, (const char *const *) self->cells->pdata,
                                   self->cells->len, error);
}

static gboolean
convert (const char *path,
         const char *part,
         CrmTableWriter *writer,
         GCancellable *cancellable,
         GError **error)
{
  g_auto (Reader) self = { .all = part == NULL,
                           .companies = g_strcmp0 (part, _ ("Companies")) == 0 };
  g_autoptr (CrmContentReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!count (&self, path, cancellable, error))
    return FALSE;

  if (part == NULL)
    self.companies = self.n_people == 0 && self.n_companies > 0;
  self.cells = g_ptr_array_new_with_free_func (g_free);
  add_columns (&self, writer);
  if (self.has_guessed)
    {
      g_autofree char *problem = g_strdup_printf (
          _ ("The file does not say how some letters are written; they were read as %s."),
          self.encoding);

      crm_table_writer_add_problem (writer, 1, problem);
    }

  reader = crm_content_reader_new (path, cancellable, error);
  if (reader == NULL)
    return FALSE;
  crm_content_reader_set_fallback (reader, self.encoding);
  for (;;)
    {
      g_autoptr (CrmVcard) card = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_vcard_read (reader, TRUE, &card, &problem, &line, &local_error))
        break;
      if (problem != NULL)
        crm_table_writer_add_problem (writer, line, problem);
      if (card != NULL && !write_card (&self, writer, card, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

const CrmTableConverter crm_vcard_converter = {
  .format = CRM_TABLE_VCARD,
  .recognise = recognise,
  .list_parts = list_parts,
  .convert = convert,
};
