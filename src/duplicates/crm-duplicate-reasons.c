/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why two records are believed to be one, in words. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "crm-duplicate-groups-private.h"
#include "crm-text.h"

#define MAX_REASONS 4
#define LEAST_EVIDENCE 0.7 /* logarithm: twice as likely in a match */

static const struct
{
  const char *same;
  const char *similar;
} words[CRM_N_TRAITS] = {
  [CRM_TRAIT_GIVEN] = { N_ ("same first name"), N_ ("similar first name") },
  [CRM_TRAIT_FAMILY] = { N_ ("same last name"), N_ ("similar last name") },
  [CRM_TRAIT_NAME] = { N_ ("same name"), N_ ("similar name") },
  [CRM_TRAIT_ORGANISATION] = { N_ ("same company"), N_ ("similar company") },
  [CRM_TRAIT_EMAIL] = { N_ ("same e-mail address"), N_ ("similar e-mail address") },
  [CRM_TRAIT_PHONE] = { N_ ("same phone"), N_ ("similar phone") },
  [CRM_TRAIT_DOMAIN] = { N_ ("same domain"), N_ ("similar domain") },
  [CRM_TRAIT_LINK] = { N_ ("same website"), N_ ("similar website") },
};

/* A label in the middle of a sentence, as far as a language writes nouns small */
static char *
make_inner (const char *label)
{
  GString *inner;
  gunichar before = ' ';

  if (g_str_equal (crm_locale_get_language (), "de"))
    return g_strdup (label);

  inner = g_string_new (NULL);
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_short_form = g_unichar_isupper (g_utf8_get_char (g_utf8_next_char (p)));

      g_string_append_unichar (inner, before == ' ' && !is_short_form ? g_unichar_tolower (c) : c);
      before = c;
    }

  return g_string_free (inner, FALSE);
}

char *
crm_duplicate_word_reason (const CrmField *field, CrmTrait trait, gboolean same)
{
  g_autofree char *label = NULL;

  /* What a relation or an own field is called says more than what it is taken for */
  if (words[trait].same != NULL &&
      (field->kind != CRM_KIND_TEXT || (field->flags & CRM_FIELD_STANDARD) != 0) &&
      (field->kind != CRM_KIND_RELATION || trait == CRM_TRAIT_ORGANISATION))
    return g_strdup (gettext (same ? words[trait].same : words[trait].similar));

  label = make_inner (field->label);
  return same ? g_strdup_printf (_ ("same %s"), label) : g_strdup_printf (_ ("similar %s"), label);
}

typedef struct
{
  guint column;
  double evidence;
  gboolean same;
} Reason;

static int
compare_reasons (const void *a, const void *b)
{
  const Reason *x = a;
  const Reason *y = b;

  if (x->evidence != y->evidence)
    return x->evidence > y->evidence ? -1 : 1;

  return (int) x->column - (int) y->column;
}

GPtrArray *
crm_duplicate_word_reasons (const CrmDuplicateTable *table,
                            const CrmDuplicateWeights *weights,
                            const CrmDuplicateLikenesses *likenesses,
                            guint n_likenesses)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);
  Reason found[CRM_DUPLICATE_MAX_COLUMNS];
  guint n = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      Reason reason = { i, 0, TRUE };
      guint n_alike = 0;

      for (guint j = 0; j < n_likenesses; j++)
        {
          guint8 level = likenesses[j].level[i];

          if (level == CRM_LIKENESS_MISSING)
            continue;
          reason.evidence += crm_duplicate_weights_get_evidence (weights, table, &likenesses[j],
                                                                 i) /
                             n_likenesses;
          if (level != CRM_LIKENESS_DIFFERENT)
            n_alike++;
          if (level != CRM_LIKENESS_SAME)
            reason.same = FALSE;
        }
      if (n_alike > 0 && reason.evidence >= LEAST_EVIDENCE)
        found[n++] = reason;
    }

  qsort (found, n, sizeof *found, compare_reasons);
  for (guint i = 0; i < n && reasons->len < MAX_REASONS; i++)
    {
      const CrmDuplicateColumn *column = crm_duplicate_table_get (table, found[i].column);

      g_ptr_array_add (reasons,
                       crm_duplicate_word_reason (column->field, column->trait, found[i].same));
    }

  return reasons;
}
