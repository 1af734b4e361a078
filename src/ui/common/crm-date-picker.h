/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmDatePicker:
 *
 * A button with a calendar behind it, to stand beside an entry that dates are typed into.
 */
#define CRM_TYPE_DATE_PICKER (crm_date_picker_get_type ())
G_DECLARE_FINAL_TYPE (CrmDatePicker, crm_date_picker, CRM, DATE_PICKER, AdwBin)

/**
 * CrmDatePicker::picked:
 * @iso: (nullable): the day, "2026-05-12"; %NULL: none
 */
GtkWidget *crm_date_picker_new (void);

/* The day that the calendar shows; what is behind the first ten bytes is passed over. (nullable): today */
void crm_date_picker_set_date (CrmDatePicker *self, const char *iso);

G_END_DECLS
