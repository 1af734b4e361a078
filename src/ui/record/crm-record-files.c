/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-files.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-attach.h"
#include "crm-attachment-origin.h"
#include "crm-record-file-row.h"

struct _CrmRecordFiles
{
  AdwBin parent_instance;

  GtkWidget *box;

  CrmSession *session;
  CrmRecord *record; /* (nullable) */
  GCancellable *cancellable; /* of reading where the files come from */
};

G_DEFINE_FINAL_TYPE (CrmRecordFiles, crm_record_files, ADW_TYPE_BIN)

/* Where the files of one field come from */
typedef struct
{
  CrmRecord *record;
  GPtrArray *origins; /* (element-type GPtrArray) of each field that holds files, in their order */
} Reading;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->record, crm_record_unref);
  g_clear_pointer (&reading->origins, g_ptr_array_unref);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  const CrmRecordType *type = crm_record_get_record_type (reading->record);

  for (guint i = 0; i < type->n_fields; i++)
    {
      GPtrArray *origins;

      if (type->fields[i]->kind != CRM_KIND_FILES)
        continue;
      origins = crm_attachment_list_origins (store, reading->record, type->fields[i], cancellable,
                                             error);
      if (origins == NULL)
        return NULL;
      g_ptr_array_add (reading->origins, origins);
    }

  return g_atomic_rc_box_acquire (reading);
}

/* The first field that holds files, which is the one that comes with the program; NULL for none */
static const CrmField *
find_field (CrmRecordFiles *self)
{
  const CrmRecordType *type = crm_record_get_record_type (self->record);

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_FILES)
      return type->fields[i];

  return NULL;
}

static gboolean
is_live (CrmRecordFiles *self)
{
  return self->record != NULL && crm_record_get_id (self->record) != 0 &&
         crm_record_get_state (self->record) == CRM_STATE_LIVE;
}

/* Adding */

typedef struct
{
  CrmRecordFiles *files;
  gint64 field_id;
  gint64 record_id;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->files);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
files_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Choice) choice = user_data;
  CrmRecordFiles *self = choice->files;
  g_autoptr (GPtrArray) files = crm_choose_files_finish (result);
  const CrmField *field;

  if (files == NULL || self->session == NULL)
    return;
  field = crm_catalogue_get_field (crm_store_get_catalogue (crm_session_get_store (self->session)),
                                   choice->field_id);
  if (field != NULL)
    crm_attach_files (self->session, field, choice->record_id, files);
}

static void
choose_for (CrmRecordFiles *self, gint64 field_id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Choice *choice;

  if (!is_live (self))
    return;

  choice = g_new0 (Choice, 1);
  choice->files = g_object_ref (self);
  choice->field_id = field_id;
  choice->record_id = crm_record_get_id (self->record);
  crm_choose_files_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Add Files"), NULL,
                          files_chosen_cb, choice);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_for (CRM_RECORD_FILES (widget), g_variant_get_int64 (parameter));
}

/* Pasting */

/* "Picture 2026-05-03 14-05.png" */
static char *
make_picture_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");

  /* Translators: %s is a date and time; the name of a file */
  return g_strdup_printf (_ ("Picture %s.png"), stamp);
}

static void
picture_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordFiles) self = user_data;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, NULL);
  if (texture == NULL || self->session == NULL || !crm_record_files_can_add (self))
    return;
  bytes = gdk_texture_save_to_png_bytes (texture);
  name = make_picture_name ();
  crm_attach_bytes (self->session, find_field (self), crm_record_get_id (self->record), name,
                    bytes);
}

static void
files_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordFiles) self = user_data;
  g_autoptr (GPtrArray) files = NULL;
  const GValue *value;

  value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);
  if (value == NULL || self->session == NULL)
    return;

  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (GSList *link = g_value_get_boxed (value); link != NULL; link = link->next)
    g_ptr_array_add (files, g_object_ref (link->data));
  crm_record_files_add (self, files);
}

/* Rows */

static void
row_activated_cb (CrmRecordFiles *self, GtkListBoxRow *row)
{
  if (!crm_record_file_row_is_editing (CRM_RECORD_FILE_ROW (row)))
    crm_record_file_row_open (CRM_RECORD_FILE_ROW (row));
}

static GtkWidget *
create_list (CrmRecordFiles *self, const CrmField *field, const CrmValue *value, GPtrArray *origins)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  g_object_set_data_full (G_OBJECT (list), "crm-id", g_memdup2 (&field->id, sizeof field->id),
                          g_free);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    gtk_list_box_append (
        GTK_LIST_BOX (list),
        crm_record_file_row_new (self->session, field, crm_record_get_id (self->record),
                                 crm_value_get_item (value, i),
                                 i < origins->len ? g_ptr_array_index (origins, i) : NULL,
                                 !is_live (self)));

  return list;
}

static GtkWidget *
create_add_button (const CrmField *field)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is what the list is called: “Files: Add Files” */
  g_autofree char *name = g_strdup_printf (_ ("%s: Add Files"), field->label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add Files…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "files.add");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", field->id);

  return button;
}

static GtkWidget *
create_group (CrmRecordFiles *self, const CrmField *field, GPtrArray *origins)
{
  GtkWidget *group = adw_preferences_group_new ();
  const CrmValue *value = crm_record_get_value (self->record, field);
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  if (value != NULL)
    title = g_strdup_printf ("%s (%u)", field->label, crm_value_get_n_items (value));
  escaped = g_markup_escape_text (title != NULL ? title : field->label, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  if (value != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               create_list (self, field, value, origins));
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _ ("Drop files on this page, or paste them."));
  if (is_live (self))
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                             create_add_button (field));

  return group;
}

static gboolean
is_editing (GtkWidget *widget)
{
  if (CRM_IS_RECORD_FILE_ROW (widget))
    return crm_record_file_row_is_editing (CRM_RECORD_FILE_ROW (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_editing (child))
      return TRUE;

  return FALSE;
}

static void
remove_groups (CrmRecordFiles *self)
{
  GtkWidget *group;

  while ((group = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), group);
}

/* The row that has the focus, or something in it; NULL for none */
static GtkListBoxRow *
find_focused_row (CrmRecordFiles *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (widget == NULL || !gtk_widget_is_ancestor (widget, self->box))
    return NULL;
  if (!CRM_IS_RECORD_FILE_ROW (widget))
    widget = gtk_widget_get_ancestor (widget, CRM_TYPE_RECORD_FILE_ROW);

  return widget != NULL ? GTK_LIST_BOX_ROW (widget) : NULL;
}

static GtkWidget *
find_list (GtkWidget *widget, gint64 field_id)
{
  gint64 *id = g_object_get_data (G_OBJECT (widget), "crm-id");

  if (id != NULL && *id == field_id)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *list = find_list (child, field_id);

      if (list != NULL)
        return list;
    }

  return NULL;
}

/* The row at @index of a field's list, or the one before where it was the last */
static gboolean
focus_row (CrmRecordFiles *self, gint64 field_id, int index)
{
  GtkWidget *list = find_list (self->box, field_id);
  GtkListBoxRow *row = NULL;

  for (; list != NULL && row == NULL && index >= 0; index--)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* What is seen of a record that is not live is what it has */
static gboolean
is_shown (CrmRecordFiles *self, const CrmField *field)
{
  return is_live (self) || crm_record_get_value (self->record, field) != NULL;
}

static void
show (CrmRecordFiles *self, GPtrArray *origins)
{
  const CrmRecordType *type = crm_record_get_record_type (self->record);
  GtkListBoxRow *focused = find_focused_row (self);
  gint64 focused_field = 0;
  int focused_index = 0;
  guint n = 0;

  if (focused != NULL)
    {
      focused_field = *(gint64 *) g_object_get_data (
          G_OBJECT (gtk_widget_get_parent (GTK_WIDGET (focused))), "crm-id");
      focused_index = gtk_list_box_row_get_index (focused);
    }

  remove_groups (self);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (field->kind != CRM_KIND_FILES || n >= origins->len)
        continue;
      if (is_shown (self, field))
        gtk_box_append (GTK_BOX (self->box),
                        create_group (self, field, g_ptr_array_index (origins, n)));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->box) != NULL);
  if (focused_field != 0 && !focus_row (self, focused_field, focused_index))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordFiles) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = crm_store_run_finish (CRM_STORE (object), result, &error);

  /* What is shown meanwhile is newer, or is being renamed */
  if (self->session != NULL && reading != NULL && reading->record == self->record &&
      !is_editing (self->box))
    show (self, reading->origins);
  else if (self->session != NULL && reading == NULL)
    crm_session_report_error (self->session, error);
  g_clear_pointer (&reading, reading_unref);
}

/* GObject */

static void
crm_record_files_dispose (GObject *object)
{
  CrmRecordFiles *self = CRM_RECORD_FILES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_record_files_parent_class)->dispose (object);
}

static void
crm_record_files_class_init (CrmRecordFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_record_files_dispose;

  gtk_widget_class_install_action (widget_class, "files.add", "x", add_action);
}

static void
crm_record_files_init (CrmRecordFiles *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Public API */

void
crm_record_files_set_session (CrmRecordFiles *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_RECORD_FILES (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
crm_record_files_set_record (CrmRecordFiles *self, CrmRecord *record)
{
  Reading *reading;

  g_return_if_fail (CRM_IS_RECORD_FILES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, crm_record_unref);
  if (record == NULL || crm_record_get_id (record) == 0)
    {
      remove_groups (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  self->record = crm_record_ref (record);
  self->cancellable = g_cancellable_new ();
  reading = g_atomic_rc_box_new0 (Reading);
  reading->record = crm_record_ref (record);
  reading->origins = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, reading,
                       reading_unref, reading_unref, self->cancellable, read_cb,
                       g_object_ref (self));
}

gboolean
crm_record_files_can_add (CrmRecordFiles *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_FILES (self), FALSE);

  return is_live (self) && find_field (self) != NULL;
}

void
crm_record_files_choose (CrmRecordFiles *self)
{
  g_return_if_fail (CRM_IS_RECORD_FILES (self));

  if (crm_record_files_can_add (self))
    choose_for (self, find_field (self)->id);
}

void
crm_record_files_add (CrmRecordFiles *self, GPtrArray *files)
{
  g_return_if_fail (CRM_IS_RECORD_FILES (self));
  g_return_if_fail (files != NULL);

  if (files->len > 0 && crm_record_files_can_add (self))
    crm_attach_files (self->session, find_field (self), crm_record_get_id (self->record), files);
}

void
crm_record_files_paste (CrmRecordFiles *self)
{
  GdkClipboard *clipboard;
  GdkContentFormats *formats;

  g_return_if_fail (CRM_IS_RECORD_FILES (self));

  if (!crm_record_files_can_add (self))
    return;

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
      gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    files_read_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
           gdk_content_formats_contain_mime_type (formats, "image/png"))
    gdk_clipboard_read_texture_async (clipboard, NULL, picture_read_cb, g_object_ref (self));
  else
    crm_session_show_toast (self->session, _ ("There are no files to paste."));
}
