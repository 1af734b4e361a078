/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words in which dates are written; for src/util alone */
typedef enum
{
  CRM_DATE_WORD_UNKNOWN = 0,
  CRM_DATE_WORD_JANUARY = 1, /* … 12: December */
  CRM_DATE_WORD_DECEMBER = 12,
  CRM_DATE_WORD_WEEKDAY, /* says nothing more */
  CRM_DATE_WORD_FILLER, /* "of", "th": likewise */
  CRM_DATE_WORD_AM,
  CRM_DATE_WORD_PM,
  CRM_DATE_WORD_YEAR, /* 년, 年 behind a number */
  CRM_DATE_WORD_MONTH,
  CRM_DATE_WORD_DAY,
} CrmDateWord;

/* @size bytes of @text in English, Korean, Japanese, Chinese, the language of the current locale, or ten others */
CrmDateWord crm_date_word_find (const char *text, gsize size);

G_END_DECLS
