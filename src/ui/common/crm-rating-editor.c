/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

#define MAX_RATING 5

struct _CrmRatingEditor
{
  CrmFieldEditor parent_instance;

  GtkWidget *stars[MAX_RATING];
  gint64 rating;
};

G_DEFINE_FINAL_TYPE (CrmRatingEditor, crm_rating_editor, CRM_TYPE_FIELD_EDITOR)

/* The star that is the rating already takes it away */
static void
star_clicked_cb (CrmRatingEditor *self, GtkWidget *star)
{
  g_autoptr (CrmValue) value = NULL;

  for (guint i = 0; i < MAX_RATING; i++)
    if (self->stars[i] == star && self->rating != i + 1)
      value = crm_value_new_integer (i + 1);
  crm_field_editor_save (CRM_FIELD_EDITOR (self), value);
}

static void
crm_rating_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmRatingEditor *self = CRM_RATING_EDITOR (editor);

  self->rating = value != NULL ? crm_value_get_integer (value) : 0;
  for (guint i = 0; i < MAX_RATING; i++)
    gtk_button_set_icon_name (GTK_BUTTON (self->stars[i]),
                              i < self->rating ? "starred-symbolic" : "non-starred-symbolic");
}

static GtkWidget *
crm_rating_editor_create_row (CrmFieldEditor *editor)
{
  CrmRatingEditor *self = CRM_RATING_EDITOR (editor);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < MAX_RATING; i++)
    {
      g_autofree char *name = g_strdup_printf (ngettext ("%u Star", "%u Stars", i + 1), i + 1);

      self->stars[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->stars[i], "flat");
      gtk_widget_add_css_class (self->stars[i], "crm-star");
      gtk_widget_set_tooltip_text (self->stars[i], name);
      crm_field_editor_set_accessible_name (self->stars[i], name);
      g_signal_connect_object (self->stars[i], "clicked", G_CALLBACK (star_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->stars[i]);
    }

  crm_field_editor_set_title (editor, row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);

  return row;
}

static void
crm_rating_editor_class_init (CrmRatingEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->create_row = crm_rating_editor_create_row;
  editor_class->show = crm_rating_editor_show;
}

static void
crm_rating_editor_init (CrmRatingEditor *self)
{
}
