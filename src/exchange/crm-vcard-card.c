/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One card after the other. */

#include "config.h"

#include "crm-vcard-card-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-text.h"
#include "crm-vcard-properties-private.h"

static void
clear_item (gpointer item)
{
  crm_vcard_item_clear (item);
}

static GArray *
new_items (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CrmVcardItem));

  g_array_set_clear_func (items, clear_item);

  return items;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const CrmVcardItem *first = a;
  const CrmVcardItem *second = b;

  return first->preference < second->preference ? -1 : first->preference > second->preference;
}

static void
settle_items (CrmVcardParser *self, GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      CrmVcardItem *item = &g_array_index (items, CrmVcardItem, i);
      const char *label = item->group != NULL ? g_hash_table_lookup (self->labels, item->group)
                                              : NULL;

      if (label != NULL)
        {
          g_free (item->label);
          item->label = g_strdup (label);
        }
    }
  /* Is stable */
  g_array_sort_with_data (items, compare_items, NULL);
}

static gboolean
has_email (const CrmVcard *card, const char *text)
{
  for (guint i = 0; i < card->emails->len; i++)
    if (g_ascii_strcasecmp (g_array_index (card->emails, CrmVcardItem, i).text, text) == 0)
      return TRUE;

  return FALSE;
}

/* Phones write a whole name as the last one. */
static void
settle_names (CrmVcard *card)
{
  if (card->last_name != NULL && card->first_name == NULL && card->middle_name == NULL &&
      strchr (card->last_name, ' ') != NULL)
    {
      g_free (card->full_name);
      card->full_name = g_steal_pointer (&card->last_name);
    }
  if (card->full_name != NULL && has_email (card, card->full_name))
    g_clear_pointer (&card->full_name, g_free);
}

static void
settle (CrmVcardParser *self)
{
  CrmVcard *card = self->card;

  settle_items (self, card->emails);
  settle_items (self, card->phones);
  settle_items (self, card->links);
  settle_items (self, card->addresses);
  settle_names (card);
  if (card->title == NULL)
    card->title = g_steal_pointer (&self->role);
  if (self->omits_year && card->birthday != NULL && card->birthday[0] != '-')
    {
      char *birthday = g_strconcat ("--", card->birthday + strlen ("1604-"), NULL);

      g_free (card->birthday);
      card->birthday = birthday;
    }

  /* Without a name a card with a company is the company's. */
  if (!card->is_company && !card->is_group && card->company != NULL && card->last_name == NULL &&
      card->first_name == NULL &&
      (card->full_name == NULL || strcmp (card->full_name, card->company) == 0))
    card->is_company = TRUE;
}

static CrmVcard *
new_card (gint64 number)
{
  CrmVcard *card = g_new0 (CrmVcard, 1);

  card->number = number;
  card->tags = g_ptr_array_new_with_free_func (g_free);
  card->members = g_ptr_array_new_with_free_func (g_free);
  card->problems = g_ptr_array_new_with_free_func (g_free);
  card->emails = new_items ();
  card->phones = new_items ();
  card->links = new_items ();
  card->addresses = new_items ();

  return card;
}

static gboolean
is_mark (const CrmContentLine *line, const char *name)
{
  g_autofree char *value = line != NULL && strcmp (line->name, name) == 0
                               ? crm_vcard_get_text (line)
                               : NULL;

  return value != NULL && g_ascii_strcasecmp (value, "VCARD") == 0;
}

static char *
describe_line (CrmContentReader *reader, gint64 number)
{
  g_autofree char *text = crm_text_quote (crm_content_reader_get_text (reader));

  return g_strdup_printf (_ ("Line %" PRId64 ", “%s”, is not part of any card that can be read; it "
                             "was left out."),
                          number, text);
}

/* Up to the end of the card that has begun. A card inside it, that of an assistant, is passed over; one that
 * begins without being announced says that the end is missing. */
static gboolean
read_card (CrmVcardParser *self, CrmContentReader *reader, GError **error)
{
  guint depth = 1;
  gboolean is_agent = FALSE;

  while (depth > 0)
    {
      g_autoptr (CrmContentLine) line = NULL;
      gint64 number;
      g_autoptr (GError) local_error = NULL;

      if (!crm_content_reader_next (reader, &line, &number, &local_error))
        {
          crm_vcard_add_problem (self->card, _ ("The file ends within this card; look whether all "
                                                "of it is here."));
          if (local_error == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      if (is_mark (line, "BEGIN") && !is_agent)
        {
          crm_vcard_add_problem (self->card, _ ("This card has no end; look whether all of it is "
                                                "here."));
          crm_content_reader_unread (reader);
          return TRUE;
        }
      if (is_mark (line, "BEGIN"))
        depth++;
      else if (is_mark (line, "END"))
        depth--;
      else if (depth == 1 && line != NULL)
        crm_vcard_parser_take (self, line);
      else if (depth == 1)
        {
          g_autofree char *problem = describe_line (reader, number);

          crm_vcard_add_problem (self->card, problem);
        }
      is_agent = line != NULL && strcmp (line->name, "AGENT") == 0;
    }

  return TRUE;
}

gboolean
crm_vcard_read (CrmContentReader *reader,
                gboolean picture,
                CrmVcard **card,
                char **problem,
                gint64 *problem_line,
                GError **error)
{
  g_autoptr (CrmContentLine) line = NULL;
  CrmVcardParser parser = { .picture = picture };
  gboolean ok;

  g_assert (reader != NULL);

  *card = NULL;
  *problem = NULL;
  if (!crm_content_reader_next (reader, &line, problem_line, error))
    return FALSE;
  if (!is_mark (line, "BEGIN"))
    {
      *problem = describe_line (reader, *problem_line);
      return TRUE;
    }

  parser.card = *card = new_card (*problem_line);
  parser.labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = read_card (&parser, reader, error);
  settle (&parser);
  g_hash_table_unref (parser.labels);
  g_free (parser.role);
  if (!ok)
    g_clear_pointer (card, crm_vcard_free);

  return ok;
}

void
crm_vcard_free (CrmVcard *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->full_name);
  g_free (self->last_name);
  g_free (self->first_name);
  g_free (self->middle_name);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self->nickname);
  g_free (self->company);
  g_free (self->department);
  g_free (self->title);
  g_free (self->birthday);
  g_free (self->language);
  g_free (self->note);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->members);
  g_array_unref (self->emails);
  g_array_unref (self->phones);
  g_array_unref (self->links);
  g_array_unref (self->addresses);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_ptr_array_unref (self->problems);
  g_free (self);
}
