/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What calendars call things, and what they are here. */

#include "config.h"

#include "crm-icalendar-private.h"

#include <string.h>

typedef struct
{
  const char *option;
  const char *word;
} Word;

static const Word statuses[] = {
  { "to_do", "NEEDS-ACTION" },
  { "in_progress", "IN-PROCESS" },
  { "done", "COMPLETED" },
};

static const Word rules[] = {
  { "daily", "FREQ=DAILY" },
  { "weekly", "FREQ=WEEKLY" },
  { "monthly", "FREQ=MONTHLY" },
  { "yearly", "FREQ=YEARLY" },
};

static const struct
{
  const char *option;
  int priority;
  int lowest; /* that still counts as this one */
} priorities[] = {
  { "urgent", 1, 1 },
  { "high", 3, 4 },
  { "medium", 5, 5 },
  { "low", 9, 9 },
};

static const char *
get_word (const Word *words, guint n_words, const char *option)
{
  for (guint i = 0; i < n_words; i++)
    if (strcmp (words[i].option, option) == 0)
      return words[i].word;

  return NULL;
}

static const char *
find_option (const Word *words, guint n_words, const char *word)
{
  for (guint i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (words[i].word, word) == 0)
      return words[i].option;

  return NULL;
}

const char *
crm_icalendar_get_status (const char *option)
{
  return get_word (statuses, G_N_ELEMENTS (statuses), option);
}

const char *
crm_icalendar_find_status (const char *status)
{
  return find_option (statuses, G_N_ELEMENTS (statuses), status);
}

int
crm_icalendar_get_priority (const char *option)
{
  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (strcmp (priorities[i].option, option) == 0)
      return priorities[i].priority;

  return 0;
}

const char *
crm_icalendar_find_priority (int priority)
{
  for (guint i = 0; priority > 0 && i < G_N_ELEMENTS (priorities); i++)
    if (priority <= priorities[i].lowest)
      return priorities[i].option;

  return NULL;
}

const char *
crm_icalendar_get_rule (const char *option)
{
  return get_word (rules, G_N_ELEMENTS (rules), option);
}

const char *
crm_icalendar_find_rule (const char *rule)
{
  return find_option (rules, G_N_ELEMENTS (rules), rule);
}
