/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys by which rows may meet. Each survives another kind of damage: a sound a misspelling, a half of a number
 * an error in the other half, digits in order a transposition. */

#include "config.h"

#include "crm-duplicate-keys-private.h"

#include <string.h>

#include "crm-duplicate-text-private.h"

#define MAX_GROUPS 4
#define START_SIZE 3
#define MIN_HALF 2 /* digits */

static guint32
hash_text (const char *text, gsize size, guint seed)
{
  return (guint32) crm_duplicate_mix (crm_duplicate_hash (text, size), seed);
}

static void
add_key (GArray *keys, guint first, guint32 key)
{
  for (guint i = first; i < keys->len; i++)
    if (g_array_index (keys, guint32, i) == key)
      return;

  g_array_append_val (keys, key);
}

static void
add_sound (GArray *keys, guint first, const char *word, gsize size)
{
  char sound[CRM_DUPLICATE_SOUND_SIZE];

  crm_duplicate_sound (word, sound);
  /* A sound of one letter is that of too many */
  if (sound[0] == '\0' || (sound[1] == '\0' && size > 2))
    add_key (keys, first, hash_text (word, size, 1));
  else
    add_key (keys, first, hash_text (sound, strlen (sound), 2));
}

static void
add_sounds (GArray *keys, guint first, const char *text, gboolean names)
{
  while (*text != '\0')
    {
      gsize size = strcspn (text, " ");

      if (size > 0)
        {
          g_autofree char *word = g_strndup (text, size);
          guint groups[MAX_GROUPS];
          guint n = names ? crm_duplicate_get_name_groups (word, groups, MAX_GROUPS) : 0;

          add_sound (keys, first, word, size);
          for (guint i = 0; i < n; i++)
            add_key (keys, first, (guint32) crm_duplicate_mix (groups[i], 3));
        }
      text += size;
      while (*text == ' ')
        text++;
    }
}

static void
add_starts (GArray *keys, guint first, const char *text)
{
  while (*text != '\0')
    {
      gsize size = strcspn (text, " ");

      if (size >= START_SIZE)
        add_key (keys, first, hash_text (text, START_SIZE, 4));
      text += size;
      while (*text == ' ')
        text++;
    }
}

static void
add_longest (GArray *keys, guint first, const char *text)
{
  const char *words[2] = { NULL, NULL };
  gsize sizes[2] = { 0, 0 };

  for (const char *p = text; *p != '\0';)
    {
      gsize size = strcspn (p, " ");

      if (size > sizes[0])
        {
          words[1] = words[0];
          sizes[1] = sizes[0];
          words[0] = p;
          sizes[0] = size;
        }
      else if (size > sizes[1])
        {
          words[1] = p;
          sizes[1] = size;
        }
      p += size;
      while (*p == ' ')
        p++;
    }

  for (guint i = 0; i < 2 && words[i] != NULL; i++)
    {
      g_autofree char *word = g_strndup (words[i], sizes[i]);

      add_sound (keys, first, word, sizes[i]);
    }
}

static void
add_local (GArray *keys, guint first, const char *text)
{
  char letters[64];
  gsize n = 0;

  for (const char *p = text; *p != '\0' && *p != '@' && *p != '+' && n < sizeof letters; p++)
    if (g_ascii_isalpha (*p))
      letters[n++] = *p;
  if (n >= 3)
    add_key (keys, first, hash_text (letters, n, 5));
}

static void
add_digits (GArray *keys, guint first, const char *text)
{
  guint counts[10] = { 0 };
  char digits[64];
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      counts[*p - '0']++;
  for (guint i = 0; i < 10; i++)
    for (guint j = 0; j < counts[i] && n < sizeof digits; j++)
      digits[n++] = (char) ('0' + i);
  if (n > 0)
    add_key (keys, first, hash_text (digits, n, 6));
}

static void
add_keys (const CrmDuplicateKey *self,
          const CrmDuplicateColumn *column,
          guint32 value,
          GArray *keys)
{
  const char *text = crm_duplicate_column_get_text (column, value);
  gsize size = crm_duplicate_column_get_size (column, value);
  guint first = keys->len;

  switch (self->kind)
    {
    case CRM_KEY_WHOLE:
      add_key (keys, first, hash_text (text, size, 7));
      break;

    case CRM_KEY_SOUNDS:
      add_sounds (keys, first, text, TRUE);
      break;

    case CRM_KEY_STARTS:
      add_starts (keys, first, text);
      break;

    case CRM_KEY_LONGEST:
      add_longest (keys, first, text);
      break;

    case CRM_KEY_LOCAL:
      add_local (keys, first, text);
      break;

    case CRM_KEY_FIRST_HALF:
      if (size / 2 >= MIN_HALF)
        add_key (keys, first, hash_text (text, size / 2, 8));
      break;

    case CRM_KEY_LAST_HALF:
      if (size / 2 >= MIN_HALF)
        add_key (keys, first, hash_text (text + size - size / 2, size / 2, 9));
      break;

    case CRM_KEY_DIGITS:
      add_digits (keys, first, text);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
crm_duplicate_key_prepare (CrmDuplicateKey *self, const CrmDuplicateTable *table)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const CrmDuplicateColumn *column = crm_duplicate_table_get (table, self->columns[i]);
      guint n_values = crm_duplicate_column_get_n_values (column);

      self->starts[i] = g_new (guint32, n_values + 2);
      self->keys[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
      self->starts[i][0] = 0;
      for (guint32 value = 1; value <= n_values; value++)
        {
          self->starts[i][value] = self->keys[i]->len;
          add_keys (self, column, value, self->keys[i]);
        }
      self->starts[i][n_values + 1] = self->keys[i]->len;
    }
}

guint
crm_duplicate_key_get (const CrmDuplicateKey *self,
                       const CrmDuplicateTable *table,
                       guint row,
                       guint32 *keys)
{
  guint n = 0;

  for (guint i = 0; i < self->n_columns; i++)
    {
      guint n_values;
      const guint32 *values = crm_duplicate_column_get (
          crm_duplicate_table_get (table, self->columns[i]), row, &n_values);

      for (guint j = 0; j < n_values; j++)
        for (guint32 k = self->starts[i][values[j]]; k < self->starts[i][values[j] + 1]; k++)
          {
            guint32 key = g_array_index (self->keys[i], guint32, k);
            gboolean is_new = TRUE;

            for (guint l = 0; l < n && is_new; l++)
              is_new = keys[l] != key;
            if (is_new && n < CRM_DUPLICATE_MAX_KEYS)
              keys[n++] = key;
          }
    }

  return n;
}

static void
free_key (gpointer data)
{
  CrmDuplicateKey *self = data;

  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->starts[i]);
      g_clear_pointer (&self->keys[i], g_array_unref);
    }
  g_free (self->crowded);
  g_free (self);
}

static CrmDuplicateKey *
add (GPtrArray *keys, CrmDuplicateKeyKind kind, guint column)
{
  CrmDuplicateKey *key = g_new0 (CrmDuplicateKey, 1);

  key->kind = kind;
  key->columns[0] = column;
  key->n_columns = 1;
  g_ptr_array_add (keys, key);
  return key;
}

/* All names of a row together, so that they are found whichever field they are in */
static void
add_names (GPtrArray *keys, const CrmDuplicateTable *table, CrmDuplicateKeyKind kind)
{
  CrmDuplicateKey *key = NULL;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CrmTrait trait = crm_duplicate_table_get (table, i)->trait;

      if (trait != CRM_TRAIT_GIVEN && trait != CRM_TRAIT_FAMILY && trait != CRM_TRAIT_NAME)
        continue;
      if (key == NULL)
        key = add (keys, kind, i);
      else if (key->n_columns < G_N_ELEMENTS (key->columns))
        key->columns[key->n_columns++] = i;
    }
}

static void
add_of_column (GPtrArray *keys, const CrmDuplicateColumn *column, guint index)
{
  if (column->is_numeric || column->trait == CRM_TRAIT_CODE || column->trait == CRM_TRAIT_DATE ||
      column->trait == CRM_TRAIT_PHONE)
    {
      add (keys, CRM_KEY_WHOLE, index);
      add (keys, CRM_KEY_DIGITS, index);
      if (column->trait != CRM_TRAIT_NUMBER)
        {
          add (keys, CRM_KEY_FIRST_HALF, index);
          add (keys, CRM_KEY_LAST_HALF, index);
        }
      return;
    }

  switch (column->trait)
    {
    case CRM_TRAIT_GIVEN:
    case CRM_TRAIT_FAMILY:
      break;

    case CRM_TRAIT_NAME:
      add (keys, CRM_KEY_WHOLE, index);
      break;

    case CRM_TRAIT_ORGANISATION:
    case CRM_TRAIT_STREET:
    case CRM_TRAIT_TEXT:
      add (keys, CRM_KEY_WHOLE, index);
      add (keys, CRM_KEY_LONGEST, index);
      break;

    case CRM_TRAIT_WORD:
    case CRM_TRAIT_PLACE:
      add (keys, CRM_KEY_SOUNDS, index);
      break;

    case CRM_TRAIT_EMAIL:
      add (keys, CRM_KEY_WHOLE, index);
      add (keys, CRM_KEY_LOCAL, index);
      break;

    default:
      add (keys, CRM_KEY_WHOLE, index);
      break;
    }
}

GPtrArray *
crm_duplicate_keys_new (const CrmDuplicateTable *table)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (free_key);

  add_names (keys, table, CRM_KEY_SOUNDS);
  add_names (keys, table, CRM_KEY_STARTS);
  for (guint i = 0; i < table->columns->len; i++)
    add_of_column (keys, crm_duplicate_table_get (table, i), i);

  return keys;
}
