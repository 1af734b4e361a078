/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFieldEditor:
 *
 * Shows one field of one record in a row of a boxed list and lets it be changed; a subclass for
 * every way of editing. It changes nothing itself: what was typed or chosen is emitted as
 * #CrmFieldEditor::save, and whoever saves it answers with the new record or with an error.
 *
 * Items of a saved value may have the id 0 where a relation or choice is meant: then a record
 * or option with this text is to be made.
 */
#define CRM_TYPE_FIELD_EDITOR (crm_field_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrmFieldEditor, crm_field_editor, CRM, FIELD_EDITOR, GObject)

struct _CrmFieldEditorClass
{
  GObjectClass parent_class;

  /* (transfer floating): the row; session and field are set */
  GtkWidget *(*create_row) (CrmFieldEditor *self);
  /* Shows the stored value; the record is set already */
  void (*show) (CrmFieldEditor *self, CrmValue *value);
  /* Whether something was typed that is neither saved nor refused */
  gboolean (*is_editing) (CrmFieldEditor *self);
  /* Saves what was typed */
  void (*commit) (CrmFieldEditor *self);
  /* Puts the focus where typing starts; (nullable): the row */
  void (*focus) (CrmFieldEditor *self);
};

/* The editor for the field's kind; for one that only shows it where @read_only is set or the program
 * keeps the field. (transfer full) */
CrmFieldEditor *crm_field_editor_new (CrmSession *session,
                                      const CrmField *field,
                                      gboolean read_only);

CrmSession *crm_field_editor_get_session (CrmFieldEditor *self); /* (transfer none) */
const CrmField *crm_field_editor_get_field (CrmFieldEditor *self);
CrmRecord *crm_field_editor_get_record (CrmFieldEditor *self); /* (transfer none) (nullable) */
/* As stored, or as it is being saved; (transfer none) (nullable) */
CrmValue *crm_field_editor_get_value (CrmFieldEditor *self);

/* The row, and below it the one that says what is wrong; (transfer none) */
GtkWidget *crm_field_editor_get_row (CrmFieldEditor *self);
GtkWidget *crm_field_editor_get_message_row (CrmFieldEditor *self);

/* A record or a draft of one with the id 0. What is being typed stays. */
void crm_field_editor_set_record (CrmFieldEditor *self, CrmRecord *record);

/* Whoever stores what was emitted says when it begins and, before showing the record again, when it has
 * ended: records that were read in between are not shown. @value: (nullable) */
void crm_field_editor_begin_save (CrmFieldEditor *self, CrmValue *value);
void crm_field_editor_end_save (CrmFieldEditor *self);

gboolean crm_field_editor_is_editing (CrmFieldEditor *self);
void crm_field_editor_commit (CrmFieldEditor *self);
/* Enter was pressed: the same, and what a draft proposes is taken as it stands */
void crm_field_editor_accept (CrmFieldEditor *self);
void crm_field_editor_focus (CrmFieldEditor *self);
/* The stored value comes back, the message goes */
void crm_field_editor_revert (CrmFieldEditor *self);

/* What is wrong with what was typed, in one sentence; %NULL: nothing */
void crm_field_editor_set_message (CrmFieldEditor *self, const char *message);
/* A way out, beside the message; taken away with it. @detailed_action is one of the page's. */
void crm_field_editor_add_way_out (CrmFieldEditor *self,
                                   const char *label,
                                   const char *detailed_action);

/**
 * CrmFieldEditor::save:
 * @value: (type CrmValue) (nullable): what the field is to become
 *
 * For subclasses: emits it, if that would be a change; else the stored value is shown again.
 */
void crm_field_editor_save (CrmFieldEditor *self, CrmValue *value);

/* For subclasses: parses one text for the field, with the record's country for phone numbers. A
 * refusal becomes the message and %FALSE is returned. @value: (out) (nullable) */
gboolean crm_field_editor_parse (CrmFieldEditor *self, const char *text, CrmValue **value);

/* For subclasses: saves on Enter and on leaving @widget, and Escape puts the stored value back */
void crm_field_editor_watch (CrmFieldEditor *self, GtkWidget *widget);

/* For subclasses: the field's label as the row's title, seen and heard */
void crm_field_editor_set_title (CrmFieldEditor *self, GtkWidget *row);
/* For subclasses: what a screen reader calls it */
void crm_field_editor_set_accessible_name (GtkWidget *widget, const char *name);

G_END_DECLS
