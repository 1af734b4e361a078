/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-content-line-private.h"

#include <string.h>

/* Bytes in a line, without its end */
#define MAX_LINE 75

/* What stands before a line's value cannot be longer than that */
#define MAX_PARAMS 64

static void
clear_param (gpointer data)
{
  CrmContentParam *param = data;

  g_free (param->name);
  g_free (param->value);
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

static char *
take_name (const char **text)
{
  const char *start = *text;
  const char *end = start;

  while (is_name_char (*end))
    end++;
  *text = end;

  return end > start ? g_ascii_strup (start, end - start) : NULL;
}

/* RFC 6868, and the backslashes that some programs write all the same */
static void
append_param_char (GString *value, const char **text)
{
  const char *p = *text;

  if (p[0] == '^' && (p[1] == 'n' || p[1] == '^' || p[1] == '\''))
    {
      g_string_append_c (value, p[1] == 'n' ? '\n' : p[1] == '^' ? '^' : '"');
      *text = p + 2;
      return;
    }
  if (p[0] == '\\' && (p[1] == ',' || p[1] == ';' || p[1] == '\\'))
    p++;
  g_string_append_c (value, *p);
  *text = p + 1;
}

static char *
take_param_value (const char **text)
{
  GString *value = g_string_new (NULL);
  const char *p = *text;

  while (*p != '\0' && *p != ';' && *p != ':')
    {
      const char *closing = *p == '"' ? strchr (p + 1, '"') : NULL;

      if (closing != NULL)
        {
          for (p++; p < closing;)
            append_param_char (value, &p);
          p = closing + 1;
        }
      else
        append_param_char (value, &p);
    }
  *text = p;

  return g_string_free (value, FALSE);
}

static gboolean
take_params (CrmContentLine *self, const char **text)
{
  const char *p = *text;

  while (*p == ';')
    {
      CrmContentParam param = { 0 };
      const char *start = ++p;

      while (*p == ' ' || *p == '\t')
        p++;
      param.name = take_name (&p);
      if (param.name != NULL && *p == '=')
        p++;
      else
        {
          g_free (param.name);
          param.name = g_strdup ("TYPE");
          p = start;
        }
      param.value = take_param_value (&p);
      if (self->params->len < MAX_PARAMS)
        g_array_append_val (self->params, param);
      else
        clear_param (&param);
    }
  *text = p;

  return *p == ':';
}

CrmContentLine *
crm_content_line_parse (const char *text)
{
  g_autoptr (CrmContentLine) self = g_new0 (CrmContentLine, 1);

  g_assert (text != NULL);

  self->params = g_array_new (FALSE, FALSE, sizeof (CrmContentParam));
  g_array_set_clear_func (self->params, clear_param);

  while (*text == ' ' || *text == '\t')
    text++;
  self->name = take_name (&text);
  if (self->name != NULL && *text == '.')
    {
      self->group = g_steal_pointer (&self->name);
      text++;
      self->name = take_name (&text);
    }
  while (*text == ' ')
    text++;
  if (self->name == NULL || !take_params (self, &text))
    return NULL;
  self->value = g_strdup (text + 1);

  return g_steal_pointer (&self);
}

void
crm_content_line_free (CrmContentLine *self)
{
  if (self == NULL)
    return;

  g_free (self->group);
  g_free (self->name);
  g_clear_pointer (&self->params, g_array_unref);
  g_free (self->value);
  g_free (self);
}

const char *
crm_content_line_get_param (const CrmContentLine *self, const char *name)
{
  g_assert (self != NULL);

  for (guint i = 0; i < self->params->len; i++)
    {
      const CrmContentParam *param = &g_array_index (self->params, CrmContentParam, i);

      if (strcmp (param->name, name) == 0)
        return param->value;
    }

  return NULL;
}

gboolean
crm_content_line_has_type (const CrmContentLine *self, const char *type)
{
  g_assert (self != NULL);

  for (guint i = 0; i < self->params->len; i++)
    {
      const CrmContentParam *param = &g_array_index (self->params, CrmContentParam, i);
      g_auto (GStrv) types = NULL;

      if (strcmp (param->name, "TYPE") != 0)
        continue;
      types = g_strsplit (param->value, ",", -1);
      for (guint j = 0; types[j] != NULL; j++)
        if (g_ascii_strcasecmp (g_strstrip (types[j]), type) == 0)
          return TRUE;
    }

  return FALSE;
}

GStrv
crm_content_split (const char *value, char separator)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autoptr (GString) part = g_string_new (NULL);

  g_assert (value != NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] != '\0')
        {
          p++;
          if (*p == 'n' || *p == 'N')
            g_string_append_c (part, '\n');
          else
            {
              /* A path of Windows is no escape. */
              if (strchr (",;:\\\"", *p) == NULL)
                g_string_append_c (part, '\\');
              g_string_append_c (part, *p);
            }
        }
      else if (*p == separator && separator != '\0')
        {
          g_ptr_array_add (parts, g_strndup (part->str, part->len));
          g_string_truncate (part, 0);
        }
      else if (p[0] != '\r' || p[1] != '\n')
        g_string_append_c (part, *p);
    }
  g_ptr_array_add (parts, g_strndup (part->str, part->len));
  g_ptr_array_add (parts, NULL);

  return (GStrv) g_ptr_array_steal (parts, NULL);
}

void
crm_content_append_escaped (GString *out, const char *text)
{
  g_assert (out != NULL);
  g_assert (text != NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '\r' && p[1] == '\n')
        continue;
      if (*p == '\n' || *p == '\r')
        {
          g_string_append (out, "\\n");
          continue;
        }
      if (*p == ',' || *p == ';' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
}

void
crm_content_append_folded (GString *out, const char *line)
{
  gsize left = strlen (line);
  gsize room = MAX_LINE;

  g_assert (out != NULL);

  while (left > room)
    {
      gsize size = room;

      while (size > 1 && ((guchar) line[size] & 0xc0) == 0x80)
        size--;
      g_string_append_len (out, line, (gssize) size);
      g_string_append (out, "\r\n ");
      line += size;
      left -= size;
      room = MAX_LINE - 1;
    }
  g_string_append (out, line);
  g_string_append (out, "\r\n");
}

void
crm_content_append_text (GString *out, const char *name, const char *text)
{
  g_autoptr (GString) line = NULL;

  g_assert (name != NULL);

  if (text == NULL || *text == '\0')
    return;

  line = g_string_new (name);
  g_string_append_c (line, ':');
  crm_content_append_escaped (line, text);
  crm_content_append_folded (out, line->str);
}
