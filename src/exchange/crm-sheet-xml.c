/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-sheet-xml-private.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "crm-error.h"

#define MAX_DEPTH 100

/* Attributes that can be looked at together */
#define N_SCRATCH 8

struct _CrmSheetXml
{
  const CrmSheetXmlHandlers *handlers;
  gpointer data;
  xmlParserCtxt *context;
  guint depth;
  const xmlChar **attributes; /* of the element that starts: name, prefix, URI, value, end */
  int n_attributes;
  GString *scratch[N_SCRATCH];
  guint next_scratch;
  gboolean stopped;
  GError *error;
};

static void
stop_with (CrmSheetXml *self, const char *message)
{
  crm_sheet_xml_stop (self, g_error_new_literal (CRM_ERROR, CRM_ERROR_UNREADABLE_FILE, message));
}

static void
start_cb (void *data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *uri,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  CrmSheetXml *self = data;

  if (self->stopped)
    return;
  if (self->depth >= MAX_DEPTH)
    {
      stop_with (self, _ ("The workbook is nested deeper than a workbook can be, as files are that "
                          "are made to do harm; it was not read. Ask who sent it."));
      return;
    }

  self->attributes = attributes;
  self->n_attributes = n_attributes;
  if (self->handlers->start != NULL)
    self->handlers->start (self, (const char *) name, self->data);
  self->n_attributes = 0;
  self->depth++;
}

static void
end_cb (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  CrmSheetXml *self = data;

  if (self->stopped)
    return;

  self->depth--;
  if (self->handlers->end != NULL)
    self->handlers->end (self, (const char *) name, self->data);
}

static void
text_cb (void *data, const xmlChar *text, int size)
{
  CrmSheetXml *self = data;

  if (!self->stopped && self->handlers->text != NULL && size > 0)
    self->handlers->text (self, (const char *) text, (gsize) size, self->data);
}

/* Entities are declared in it, and workbooks have none. */
static void
doctype_cb (void *data, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
  stop_with (data,
             _ ("The workbook declares entities, as files do that are made to do harm; it was "
                "not read. Ask who sent it."));
}

static gboolean
take_cb (const char *bytes, gsize size, gpointer data, GError **error)
{
  CrmSheetXml *self = data;

  /* Whether it is proper XML is asked at the end, for all pieces */
  xmlParseChunk (self->context, bytes, (int) size, 0);

  return !self->stopped && self->context->wellFormed;
}

static gboolean
finish (CrmSheetXml *self, GError *error, GError **to)
{
  if (error != NULL)
    g_propagate_error (to, error);
  else if (self->error != NULL)
    g_propagate_error (to, g_steal_pointer (&self->error));
  else if (self->stopped)
    return TRUE;
  else
    {
      xmlParseChunk (self->context, NULL, 0, 1);
      if (self->error == NULL && (self->stopped || self->context->wellFormed))
        return TRUE;
      if (self->error != NULL)
        g_propagate_error (to, g_steal_pointer (&self->error));
      else
        g_set_error_literal (
            to, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
            _ ("The workbook is damaged inside; save it again in a spreadsheet and "
               "try once more."));
    }

  return FALSE;
}

gboolean
crm_sheet_xml_read (CrmZip *zip,
                    const char *entry,
                    const CrmSheetXmlHandlers *handlers,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  CrmSheetXml self = { .handlers = handlers, .data = data };
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
                        .startElementNs = start_cb,
                        .endElementNs = end_cb,
                        .characters = text_cb,
                        .cdataBlock = text_cb,
                        .internalSubset = doctype_cb };
  GError *local_error = NULL;
  gboolean ok;
  guint i;

  xmlInitParser ();
  for (i = 0; i < N_SCRATCH; i++)
    self.scratch[i] = g_string_new (NULL);
  self.context = xmlCreatePushParserCtxt (&sax, &self, NULL, 0, NULL);
  /* Only "&amp;" and its like are left to be replaced: no other entity gets past doctype_cb(). */
  xmlCtxtUseOptions (self.context,
                     XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

  crm_zip_read (zip, entry, take_cb, &self, cancellable, &local_error);
  ok = finish (&self, local_error, error);

  g_clear_error (&self.error);
  xmlFreeParserCtxt (self.context);
  for (i = 0; i < N_SCRATCH; i++)
    g_string_free (self.scratch[i], TRUE);

  return ok;
}

guint
crm_sheet_xml_get_depth (CrmSheetXml *self)
{
  return self->depth;
}

const char *
crm_sheet_xml_get_attribute (CrmSheetXml *self, const char *space, const char *name)
{
  int i;

  for (i = 0; i < self->n_attributes; i++)
    {
      const char *const *attribute = (const char *const *) self->attributes + i * 5;
      GString *scratch;

      if (!g_str_equal (attribute[0], name))
        continue;
      if (space == NULL ? attribute[2] != NULL
                        : attribute[2] == NULL || strstr (attribute[2], space) == NULL)
        continue;

      scratch = self->scratch[self->next_scratch++ % N_SCRATCH];
      g_string_truncate (scratch, 0);
      g_string_append_len (scratch, attribute[3], attribute[4] - attribute[3]);
      return scratch->str;
    }

  return NULL;
}

void
crm_sheet_xml_stop (CrmSheetXml *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  self->stopped = TRUE;
  xmlStopParser (self->context);
}
