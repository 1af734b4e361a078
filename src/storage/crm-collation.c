/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "crm-collation.h"

/* UTF-16 units that are converted on the stack: nearly every value */
#define STACK_UNITS 512

struct _CrmCollation
{
  gatomicrefcount ref_count;
  UCollator *collator;
};

CrmCollation *
crm_collation_new (const char *language)
{
  CrmCollation *self = g_new0 (CrmCollation, 1);
  UErrorCode status = U_ZERO_ERROR;

  g_atomic_ref_count_init (&self->ref_count);
  self->collator = ucol_open (language != NULL ? language : "", &status);
  if (U_FAILURE (status))
    {
      /* A name that is none at all; an unknown language gives the root order without failing */
      status = U_ZERO_ERROR;
      self->collator = ucol_open ("", &status);
    }
  if (U_FAILURE (status))
    g_error ("ICU has no collation data: %s", u_errorName (status));

  ucol_setAttribute (self->collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
  /* Composed and decomposed text sort alike */
  ucol_setAttribute (self->collator, UCOL_NORMALIZATION_MODE, UCOL_ON, &status);

  return self;
}

CrmCollation *
crm_collation_ref (CrmCollation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
crm_collation_unref (CrmCollation *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    {
      ucol_close (self->collator);
      g_free (self);
    }
}

gsize
crm_collation_write_key (CrmCollation *self, const char *text, guint8 *buffer, gsize size)
{
  UChar stack[STACK_UNITS];
  g_autofree UChar *heap = NULL;
  UChar *units = stack;
  UErrorCode status = U_ZERO_ERROR;
  gsize length;
  int32_t n_units;
  int32_t needed;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (buffer != NULL || size == 0, 0);

  if (text == NULL)
    return 0;

  /* UTF-16 never needs more units than UTF-8 needs bytes */
  length = strlen (text);
  if (length > STACK_UNITS)
    units = heap = g_new (UChar, length);

  u_strFromUTF8WithSub (units, MAX (length, STACK_UNITS), &n_units, text, length, 0xfffd, NULL,
                        &status);
  needed = ucol_getSortKey (self->collator, units, n_units, buffer, MIN (size, G_MAXINT32));

  /* The zero at the end tells nothing: a blob that is the start of another sorts first anyway */
  return needed > 0 ? needed - 1 : 0;
}

GBytes *
crm_collation_get_key (CrmCollation *self, const char *text)
{
  guint8 buffer[512];
  guint8 *longer;
  gsize size;

  g_return_val_if_fail (self != NULL, NULL);

  size = crm_collation_write_key (self, text, buffer, sizeof buffer);
  if (size <= sizeof buffer)
    return g_bytes_new (buffer, size);

  longer = g_malloc (size);
  crm_collation_write_key (self, text, longer, size);
  return g_bytes_new_take (longer, size);
}

int
crm_collation_compare (CrmCollation *self, const char *a, const char *b)
{
  UErrorCode status = U_ZERO_ERROR;

  g_return_val_if_fail (self != NULL, 0);

  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);

  return ucol_strcollUTF8 (self->collator, a, -1, b, -1, &status);
}

char *
crm_collation_get_version (CrmCollation *self)
{
  UVersionInfo icu;
  UVersionInfo collation;
  char icu_text[U_MAX_VERSION_STRING_LENGTH];
  char collation_text[U_MAX_VERSION_STRING_LENGTH];

  g_return_val_if_fail (self != NULL, NULL);

  u_getVersion (icu);
  ucol_getVersion (self->collator, collation);
  u_versionToString (icu, icu_text);
  u_versionToString (collation, collation_text);

  return g_strdup_printf ("ICU %s, collation %s", icu_text, collation_text);
}
