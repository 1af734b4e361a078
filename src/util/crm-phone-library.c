/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-phone-library-private.h"

#ifdef EBOOK_CONTACTS_LIBRARY

#include <dlfcn.h>
#include <libebook-contacts/libebook-contacts.h>

/*
 * The library brings sixty others with it, which take longer to load than all
 * the rest of the program, and most runs of it see no foreign phone number. So it
 * is not linked to but loaded once a number is met that needs it.
 */

typedef struct
{
  __typeof__ (&e_phone_number_is_supported) is_supported;
  __typeof__ (&e_phone_number_from_string) from_string;
  __typeof__ (&e_phone_number_to_string) to_string;
  __typeof__ (&e_phone_number_free) free;
} Library;

static const Library *
load (void)
{
  static Library library;
  void *handle = dlopen (EBOOK_CONTACTS_LIBRARY, RTLD_LAZY | RTLD_LOCAL);

  if (handle == NULL)
    {
      g_debug ("Phone numbers are read without libphonenumber: %s", dlerror ());
      return NULL;
    }

  library.is_supported = dlsym (handle, "e_phone_number_is_supported");
  library.from_string = dlsym (handle, "e_phone_number_from_string");
  library.to_string = dlsym (handle, "e_phone_number_to_string");
  library.free = dlsym (handle, "e_phone_number_free");

  if (library.is_supported == NULL || library.from_string == NULL || library.to_string == NULL ||
      library.free == NULL || !library.is_supported ())
    {
      dlclose (handle);
      return NULL;
    }

  return &library;
}

static const Library *
get_library (void)
{
  static gsize initialised;
  static const Library *library;

  if (g_once_init_enter (&initialised))
    {
      library = load ();
      g_once_init_leave (&initialised, 1);
    }

  return library;
}

gboolean
crm_phone_library_is_available (void)
{
  return get_library () != NULL;
}

gboolean
crm_phone_library_parse (const char *text, const char *region, char **e164, char **international)
{
  const Library *library = get_library ();
  EPhoneNumber *number;

  if (library == NULL)
    return FALSE;

  number = library->from_string (text, region, NULL);
  if (number == NULL)
    return FALSE;

  if (e164 != NULL)
    *e164 = library->to_string (number, E_PHONE_NUMBER_FORMAT_E164);
  if (international != NULL)
    *international = library->to_string (number, E_PHONE_NUMBER_FORMAT_INTERNATIONAL);
  library->free (number);

  return TRUE;
}

#else

gboolean
crm_phone_library_is_available (void)
{
  return FALSE;
}

gboolean
crm_phone_library_parse (const char *text, const char *region, char **e164, char **international)
{
  return FALSE;
}

#endif
