/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-header.h"

#include <glib/gi18n.h>

#include "crm-record-picture.h"
#include "crm-record-words.h"
#include "crm-words.h"

#define MAX_FACTS 3

struct _CrmRecordHeader
{
  AdwBin parent_instance;

  GtkBox *title_box;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *summary_label;
  GtkLabel *status_label;
  GtkWidget *buttons;
  GtkWidget *call_button;
  GtkWidget *email_button;
  GtkWidget *website_button;
  GtkMenuButton *add_button;

  const CrmRecordType *type; /* what the Add menu was made for */
  char *picture; /* what the avatar shows or will show, nullable */
  GCancellable *cancellable; /* of its loading, nullable */
};

G_DEFINE_FINAL_TYPE (CrmRecordHeader, crm_record_header, ADW_TYPE_BIN)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/* Status and owner */
static char *
get_status_line (CrmRecord *record, gboolean alone)
{
  CrmValue *status = crm_record_get_value_by_name (record, "status");
  CrmValue *owner = alone ? NULL : crm_record_get_value_by_name (record, "owner");
  const char *status_text = status != NULL ? crm_value_get_text (status) : NULL;
  const char *owner_text = owner != NULL ? crm_value_get_text (owner) : NULL;

  if (status_text != NULL && owner_text != NULL)
    return g_strdup_printf ("%s · %s", status_text, owner_text);
  if (status_text != NULL)
    return g_strdup (status_text);

  return g_strdup (owner_text != NULL ? owner_text : "");
}

static void
append_action (GMenu *menu, const char *label, const char *action)
{
  g_menu_append (menu, label, action);
}

/* Tasks, notes and calls are added on this page; of the others one for each type, which is started as a
 * draft that points here */
static GMenuModel *
create_add_menu (const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) drafts = g_menu_new ();
  g_autoptr (GMenu) here = g_menu_new ();
  g_autoptr (GPtrArray) relations = crm_catalogue_list_reverse (catalogue, type);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < relations->len; i++)
    {
      const CrmField *field = g_ptr_array_index (relations, i);
      const CrmRecordType *other = crm_catalogue_get_type (catalogue, field->type_id);
      g_autofree char *action = NULL;

      if (field->target == 0 || other == type || !g_hash_table_add (seen, (gpointer) other))
        continue;
      action = g_strdup_printf ("record.add(int64 %" G_GINT64_FORMAT ")", field->id);
      append_action (drafts, other->label, action);
    }
  append_action (here, _ ("Task…"), "record.add-task");
  append_action (here, _ ("Note"), "record.add-note");
  append_action (here, _ ("Log Call…"), "record.log-call");
  append_action (here, _ ("Files…"), "record.add-files");
  if (g_menu_model_get_n_items (G_MENU_MODEL (drafts)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (drafts));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (here));

  return G_MENU_MODEL (menu);
}

static gboolean
has_uri (CrmRecord *record, CrmKind kind)
{
  g_autofree char *uri = crm_record_header_get_uri (record, kind);

  return uri != NULL;
}

/* Initials say who, a symbol says what */
static gboolean
has_initials (const CrmRecordType *type)
{
  return g_str_equal (type->name, "people") || g_str_equal (type->name, "companies") ||
         g_str_equal (type->name, "members");
}

static void
picture_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordHeader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = crm_record_picture_load_finish (CRM_STORE (object), result,
                                                                   &error);

  /* Where it cannot be read the initials are what there is; that it is missing is told by its row. */
  if (texture != NULL && self->avatar != NULL)
    adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (texture));
}

static void
cancel_picture (CrmRecordHeader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_picture (CrmRecordHeader *self, CrmStore *store, CrmRecord *record)
{
  const char *picture = crm_record_picture_find (record);

  if (g_strcmp0 (picture, self->picture) == 0)
    return;

  cancel_picture (self);
  adw_avatar_set_custom_image (self->avatar, NULL);
  g_free (self->picture);
  self->picture = g_strdup (picture);
  if (picture == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  crm_record_picture_load (store, record, self->cancellable, picture_loaded_cb,
                           g_object_ref (self));
}

static void
crm_record_header_dispose (GObject *object)
{
  CrmRecordHeader *self = CRM_RECORD_HEADER (object);

  cancel_picture (self);
  g_clear_pointer (&self->picture, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_RECORD_HEADER);

  G_OBJECT_CLASS (crm_record_header_parent_class)->dispose (object);
}

static void
crm_record_header_class_init (CrmRecordHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_record_header_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-record-header.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, title_box);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, avatar);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, name_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, summary_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, status_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, buttons);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, call_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, email_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, website_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordHeader, add_button);
}

static void
crm_record_header_init (CrmRecordHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
crm_record_header_set_record (CrmRecordHeader *self,
                              CrmSession *session,
                              CrmRecord *record,
                              gboolean alone)
{
  const CrmRecordType *type;
  CrmStore *store;
  g_autofree char *summary = NULL;
  g_autofree char *status = NULL;
  g_autofree char *name = NULL;
  gboolean stored;

  g_return_if_fail (CRM_IS_RECORD_HEADER (self));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (record != NULL);

  store = crm_session_get_store (session);
  type = crm_record_get_record_type (record);
  stored = crm_record_get_id (record) != 0 && crm_record_get_state (record) == CRM_STATE_LIVE;
  summary = crm_record_words_get_summary (store, record, NULL, MAX_FACTS);
  status = get_status_line (record, alone);
  name = crm_record_get_id (record) != 0 ? g_strdup (crm_record_get_label (record))
                                         : crm_words_get_new (type);

  adw_avatar_set_text (self->avatar, name);
  adw_avatar_set_icon_name (self->avatar, type->icon);
  adw_avatar_set_show_initials (self->avatar,
                                crm_record_get_id (record) != 0 && has_initials (type));
  show_picture (self, store, record);
  set_text (self->name_label, name);
  set_text (self->summary_label, summary);
  set_text (self->status_label, status);

  gtk_widget_set_visible (self->call_button, has_uri (record, CRM_KIND_PHONES));
  gtk_widget_set_visible (self->email_button, has_uri (record, CRM_KIND_EMAILS));
  gtk_widget_set_visible (self->website_button, has_uri (record, CRM_KIND_DOMAINS));
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), stored);
  gtk_widget_set_visible (self->buttons, crm_record_get_id (record) != 0);
  if (self->type != type)
    {
      g_autoptr (GMenuModel) menu = create_add_menu (crm_store_get_catalogue (store), type);

      gtk_menu_button_set_menu_model (self->add_button, menu);
      self->type = type;
    }
}

void
crm_record_header_set_narrow (CrmRecordHeader *self, gboolean narrow)
{
  g_return_if_fail (CRM_IS_RECORD_HEADER (self));

  adw_avatar_set_size (self->avatar, narrow ? 48 : 64);
  gtk_box_set_spacing (self->title_box, narrow ? 12 : 18);
  gtk_label_set_lines (self->name_label, narrow ? 2 : 3);
  gtk_label_set_lines (self->summary_label, narrow ? 2 : 3);
  gtk_widget_remove_css_class (GTK_WIDGET (self->name_label), narrow ? "title-1" : "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->name_label), narrow ? "title-3" : "title-1");
}

char *
crm_record_header_get_uri (CrmRecord *record, CrmKind kind)
{
  const CrmRecordType *type;

  g_return_val_if_fail (record != NULL, NULL);

  type = crm_record_get_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      CrmValue *value = crm_record_get_value (record, field);
      const char *text = value != NULL ? crm_value_get_text (value) : NULL;
      g_autofree char *escaped = NULL;

      if (text == NULL)
        continue;
      if (kind == CRM_KIND_DOMAINS && field->kind == CRM_KIND_DOMAINS)
        return g_strconcat ("https://", text, NULL);
      if (kind == CRM_KIND_DOMAINS && field->kind == CRM_KIND_LINKS)
        return g_strdup (text);
      if (field->kind != kind)
        continue;

      escaped = g_uri_escape_string (text, kind == CRM_KIND_PHONES ? "+;=" : "@", TRUE);
      if (kind == CRM_KIND_PHONES)
        return g_strconcat ("tel:", escaped, NULL);
      if (kind == CRM_KIND_EMAILS)
        return g_strconcat ("mailto:", escaped, NULL);
    }

  return NULL;
}
