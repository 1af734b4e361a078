/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-file-target.h"
#include "crm-record-facts.h"
#include "crm-record-files.h"
#include "crm-record-header.h"
#include "crm-record-page.h"
#include "crm-record-stream.h"
#include "crm-related-lists.h"
#include "crm-twins-box.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

struct _CrmRecordPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkWidget *menu_button;
  GMenu *neighbours_section; /* of the menu, where there is no room for the buttons */
  GtkWidget *neighbours; /* position, Previous, Next */
  GtkLabel *position_label;
  GtkRevealer *trash_revealer;
  GtkLabel *trash_label;
  CrmTwinsBox *twins;
  GtkStack *stack; /* loading, missing, record */
  CrmWidthBin *width_bin;
  GtkWidget *scroller;
  CrmRecordHeader *header;
  GtkWidget *tabs; /* overview or activity, where it is narrow */
  GtkToggleButton *overview_tab;
  GtkToggleButton *activity_tab;
  GtkBox *columns;
  AdwClamp *left;
  CrmRecordFacts *facts;
  CrmRecordFiles *files;
  CrmRelatedLists *related;
  CrmRecordStream *stream;

  CrmSession *session;
  CrmRecordList *list; /* (nullable) */
  gint64 id; /* what is to be shown; 0: a draft */
  CrmRecord *record; /* what is shown, or the draft; NULL while loading */
  gboolean alone; /* one team member at most */
  char *title;
  gboolean wants_focus; /* was given the focus before there was anything to be seen */

  GCancellable *cancellable;
  guint generation; /* counts the records that were asked for */
  gboolean loading;
  gboolean load_again;

  /* Of a draft */
  const CrmRecordType *draft_type;
  const CrmField *draft_field;
  gint64 draft_related_id;
  CrmValue *draft_value; /* nullable: what draft_field is, where it is no relation */
  gboolean creating;
  GPtrArray *waiting; /* fields that were changed while it was being created */

  /* Of the last save that met a taken value */
  gint64 clash_id;
  const CrmField *clash_field;
  CrmValue *clash_value;
};

/* crm-record-page.c */
void _crm_record_page_load (CrmRecordPage *self);
/* Shows @record, which may be a draft */
void _crm_record_page_show (CrmRecordPage *self, CrmRecord *record);
void _crm_record_page_update_title (CrmRecordPage *self);
void _crm_record_page_update_layout (CrmRecordPage *self);

/* crm-record-page-save.c */
void _crm_record_page_save (CrmRecordPage *self, const CrmField *field, CrmValue *value);
/* The value that was taken is taken from whom it belongs to */
void _crm_record_page_move_here (CrmRecordPage *self);
void _crm_record_page_clear_clash (CrmRecordPage *self);

/* crm-record-page-actions.c */
void _crm_record_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_record_page_update_actions (CrmRecordPage *self);
/* Where the page stands in its list, and the ways to the next one */
void _crm_record_page_update_neighbours (CrmRecordPage *self);

/* crm-record-page-files.c */
void _crm_record_page_class_install_file_actions (GtkWidgetClass *widget_class);
void _crm_record_page_update_file_actions (CrmRecordPage *self);
void _crm_record_page_file_target_init (CrmFileTargetInterface *iface);

G_END_DECLS
