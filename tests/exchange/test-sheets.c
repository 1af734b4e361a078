/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-xlsx-writer.h"

#include "crm-error.h"
#include "test-exchange.h"

typedef struct
{
  GOutputStream *stream;
  CrmXlsxWriter *writer;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->stream = g_memory_output_stream_new_resizable ();
  self->writer = crm_xlsx_writer_new (self->stream, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  crm_xlsx_writer_free (self->writer);
  g_object_unref (self->stream);
}

static void
test_writer (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Jméno", "이름", "Amount", "When", "Yes" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Prague");

  crm_xlsx_writer_begin_sheet (self->writer, "Lidé", titles, G_N_ELEMENTS (titles), &error);
  g_assert_no_error (error);
  crm_xlsx_writer_add_text (self->writer, "=1+1 <&> \"x\" _x0041_ \001");
  crm_xlsx_writer_add_number (self->writer, "12345678901234567890");
  crm_xlsx_writer_add_money (self->writer, "1234.50", "EUR");
  crm_xlsx_writer_add_date (self->writer, "2026-05-12");
  crm_xlsx_writer_add_boolean (self->writer, TRUE);
  crm_xlsx_writer_end_row (self->writer, &error);
  g_assert_no_error (error);
  crm_xlsx_writer_add_text (self->writer, NULL);
  crm_xlsx_writer_add_number (self->writer, "-12.5");
  crm_xlsx_writer_add_percent (self->writer, "-7.5");
  crm_xlsx_writer_add_moment (self->writer, 1778587200000, zone);
  crm_xlsx_writer_add_boolean (self->writer, FALSE);
  crm_xlsx_writer_end_row (self->writer, &error);
  g_assert_no_error (error);
  crm_xlsx_writer_begin_sheet (self->writer, "lidé", titles, G_N_ELEMENTS (titles), &error);
  g_assert_no_error (error);
  crm_xlsx_writer_finish (self->writer, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (self->stream)), 4,
                   "PK\003\004", 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sheets/writer", Fixture, NULL, set_up, test_writer, tear_down);

  return g_test_run ();
}
