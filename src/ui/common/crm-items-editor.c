/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

#include "crm-text.h"

#define MAX_UNFOLDED 3

struct _CrmItemsEditor
{
  CrmFieldEditor parent_instance;

  AdwExpanderRow *row;
  GPtrArray *lines; /* of Line; those of the stored items first, in order */
  char *summary; /* what is seen of it while it is folded */
  gboolean shown_once;
  guint focus_source;
};

typedef struct
{
  CrmItemsEditor *editor; /* not owned */
  GtkWidget *row;
  GtkWidget *menu_button;
  GtkWidget *remove;
  GSimpleAction *label_action;
  char *baseline;
  char *label; /* as stored; (nullable) */
} Line;

G_DEFINE_FINAL_TYPE (CrmItemsEditor, crm_items_editor, CRM_TYPE_FIELD_EDITOR)

/* Labels. What is stored is the English word, as other programs write it too. */

static const char *const email_labels[] = { N_ ("Work"), N_ ("Home"), N_ ("Other"), NULL };
static const char *const phone_labels[] = { N_ ("Work"), N_ ("Mobile"), N_ ("Home"),
                                            N_ ("Fax"),  N_ ("Other"),  NULL };
static const char *const no_labels[] = { NULL };

static const struct
{
  const char *kind;
  const char *label;
} link_kinds[] = {
  { "website", N_ ("Website") },     { "linkedin", N_ ("LinkedIn") },
  { "facebook", N_ ("Facebook") },   { "x", N_ ("X") },
  { "github", N_ ("GitHub") },       { "youtube", N_ ("YouTube") },
  { "instagram", N_ ("Instagram") }, { "xing", N_ ("XING") },
  { "other", N_ ("Other") },
};

static CrmKind
get_kind (CrmItemsEditor *self)
{
  return crm_field_editor_get_field (CRM_FIELD_EDITOR (self))->kind;
}

static const char *const *
get_labels (CrmItemsEditor *self)
{
  switch (get_kind (self))
    {
    case CRM_KIND_EMAILS:
      return email_labels;
    case CRM_KIND_PHONES:
      return phone_labels;
    default:
      return no_labels;
    }
}

/* What one value is called, where it has no label of its own */
static const char *
get_noun (CrmItemsEditor *self)
{
  switch (get_kind (self))
    {
    case CRM_KIND_EMAILS:
      return _ ("E-mail Address");
    case CRM_KIND_PHONES:
      return _ ("Phone Number");
    case CRM_KIND_DOMAINS:
      return _ ("Domain");
    default:
      return _ ("Link");
    }
}

static const char *
get_add_words (CrmItemsEditor *self)
{
  switch (get_kind (self))
    {
    case CRM_KIND_EMAILS:
      return _ ("Add E-mail Address");
    case CRM_KIND_PHONES:
      return _ ("Add Phone Number");
    case CRM_KIND_DOMAINS:
      return _ ("Add Domain");
    default:
      return _ ("Add Link");
    }
}

static const char *
get_open_words (CrmItemsEditor *self)
{
  switch (get_kind (self))
    {
    case CRM_KIND_EMAILS:
      return _ ("Write E-mail");
    case CRM_KIND_PHONES:
      return _ ("Call");
    default:
      return _ ("Open in Browser");
    }
}

static const char *
get_label_words (CrmItemsEditor *self, const char *label)
{
  const char *const *labels = get_labels (self);

  if (label == NULL)
    return get_noun (self);
  for (guint i = 0; get_kind (self) == CRM_KIND_LINKS && i < G_N_ELEMENTS (link_kinds); i++)
    if (g_str_equal (link_kinds[i].kind, label))
      return _ (link_kinds[i].label);
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_ascii_strcasecmp (labels[i], label) == 0)
      return _ (labels[i]);

  return label;
}

/* Lines */

static void
line_free (Line *line)
{
  g_clear_object (&line->label_action);
  g_free (line->baseline);
  g_free (line->label);
  g_free (line);
}

static gboolean
line_is_editing (Line *line)
{
  return !crm_text_equal (gtk_editable_get_text (GTK_EDITABLE (line->row)), line->baseline);
}

static guint
count_stored (CrmItemsEditor *self)
{
  CrmValue *value = crm_field_editor_get_value (CRM_FIELD_EDITOR (self));

  return value != NULL ? crm_value_get_n_items (value) : 0;
}

static gboolean
line_find (Line *line, guint *index)
{
  return g_ptr_array_find (line->editor->lines, line, index);
}

static char *
get_item_text (CrmItemsEditor *self, const CrmItem *item)
{
  return get_kind (self) == CRM_KIND_PHONES ? crm_phone_format (item->text) : g_strdup (item->text);
}

static void
line_set_label (Line *line, const char *label)
{
  const char *words = get_label_words (line->editor, label);
  const char *noun = get_noun (line->editor);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (line->row)));
  g_autofree char *name = label != NULL ? g_strdup_printf (_ ("%s: %s"), noun, words)
                                        : g_strdup (noun);
  const char *const *labels = get_labels (line->editor);
  char *copy = g_strdup (label);

  g_free (line->label);
  line->label = copy;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row), words);
  crm_field_editor_set_accessible_name (line->row, name);
  crm_field_editor_set_accessible_name (text, name);
  for (guint i = 0; label != NULL && labels[i] != NULL; i++)
    if (g_ascii_strcasecmp (labels[i], label) == 0)
      g_simple_action_set_state (line->label_action, g_variant_new_string (labels[i]));
}

static void
line_set_text (Line *line, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (line->row);

  if (!crm_text_equal (gtk_editable_get_text (editable), text))
    gtk_editable_set_text (editable, text);
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_editable_set_enable_undo (editable, TRUE);
  g_free (line->baseline);
  line->baseline = g_strdup (text);
}

static void
remove_line (CrmItemsEditor *self, guint index)
{
  Line *line = g_ptr_array_index (self->lines, index);

  adw_expander_row_remove (self->row, line->row);
  g_ptr_array_remove_index (self->lines, index);
}

/* Saving */

/* The items as the lines have them now, but for the line @without; @changed is about the label of one line */
static gboolean
collect (CrmItemsEditor *self, Line *without, Line *first, CrmValue **value)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmValue *old = crm_field_editor_get_value (editor);
  g_autoptr (GArray) items = crm_item_array_new ();

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->lines->len; i++)
      {
        Line *line = g_ptr_array_index (self->lines, i);
        g_autoptr (CrmValue) parsed = NULL;
        const CrmItem *item = NULL;
        const char *label = line->label;

        if (line == without || (line == first) != (pass == 0))
          continue;
        if (line_is_editing (line) || i >= count_stored (self))
          {
            const char *text = gtk_editable_get_text (GTK_EDITABLE (line->row));

            if (!crm_field_editor_parse (editor, text, &parsed))
              return FALSE;
            if (parsed != NULL)
              item = crm_value_get_item (parsed, 0);
            if (item != NULL && item->label != NULL)
              label = item->label;
          }
        else
          {
            item = crm_value_get_item (old, i);
          }
        if (item != NULL)
          crm_item_array_add (items, item->text, label, item->key, 0, 0);
      }
  *value = crm_value_new_items_take (g_steal_pointer (&items));

  return TRUE;
}

static void
save_without (CrmItemsEditor *self, Line *without, Line *first)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  g_autoptr (CrmValue) value = NULL;

  if (!collect (self, without, first, &value))
    return;

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      g_free (line->baseline);
      line->baseline = g_strdup (gtk_editable_get_text (GTK_EDITABLE (line->row)));
    }
  crm_field_editor_save (editor, value);
}

static void
remove_clicked_cb (Line *line)
{
  CrmItemsEditor *self = line->editor;
  guint index;

  if (!line_find (line, &index))
    return;
  if (index < count_stored (self))
    save_without (self, line, NULL);
  else
    remove_line (self, index);
}

static void
label_changed_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  Line *line = user_data;
  guint index;

  line_set_label (line, g_variant_get_string (state, NULL));
  if (line_find (line, &index) && index < count_stored (line->editor))
    save_without (line->editor, NULL, NULL);
}

static void
make_first_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Line *line = user_data;

  save_without (line->editor, NULL, line);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Line *line = user_data;
  const char *text = line->baseline;
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;

  switch (get_kind (line->editor))
    {
    case CRM_KIND_EMAILS:
      escaped = g_uri_escape_string (text, "@", TRUE);
      uri = g_strconcat ("mailto:", escaped, NULL);
      break;
    case CRM_KIND_PHONES:
      escaped = g_uri_escape_string (text, "+", TRUE);
      uri = g_strconcat ("tel:", escaped, NULL);
      break;
    case CRM_KIND_DOMAINS:
      uri = g_strconcat ("https://", text, NULL);
      break;
    default:
      uri = g_strdup (text);
    }
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (line->row)), uri, GDK_CURRENT_TIME);
}

static GMenuModel *
create_menu (CrmItemsEditor *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) labels = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  const char *const *names = get_labels (self);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *action = g_strdup_printf ("line.label::%s", names[i]);

      g_menu_append (labels, _ (names[i]), action);
    }
  if (names[0] != NULL)
    g_menu_append_section (menu, _ ("Label"), G_MENU_MODEL (labels));
  g_menu_append (order, get_open_words (self), "line.open");
  g_menu_append (order, _ ("Put First"), "line.make-first");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));

  return G_MENU_MODEL (menu);
}

static GtkWidget *
create_button (const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  crm_field_editor_set_accessible_name (button, name);

  return button;
}

static void
add_menu (Line *line)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open", NULL);
  g_autoptr (GSimpleAction) make_first = g_simple_action_new ("make-first", NULL);
  g_autoptr (GMenuModel) menu = create_menu (line->editor);

  line->label_action = g_simple_action_new_stateful ("label", G_VARIANT_TYPE_STRING,
                                                     g_variant_new_string (""));
  g_signal_connect (line->label_action, "change-state", G_CALLBACK (label_changed_cb), line);
  g_signal_connect (make_first, "activate", G_CALLBACK (make_first_cb), line);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (line->label_action));
  g_signal_connect (open, "activate", G_CALLBACK (open_cb), line);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (make_first));
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (line->row, "line", G_ACTION_GROUP (actions));

  line->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (line->menu_button), "pan-down-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (line->menu_button), menu);
  gtk_widget_add_css_class (line->menu_button, "flat");
  gtk_widget_set_valign (line->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (line->menu_button, _ ("Label"));
  crm_field_editor_set_accessible_name (line->menu_button, _ ("Label"));
}

static Line *
add_line (CrmItemsEditor *self)
{
  Line *line = g_new0 (Line, 1);

  line->editor = self;
  line->row = adw_entry_row_new ();
  line->baseline = g_strdup ("");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line->row), FALSE);
  add_menu (line);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (line->row), line->menu_button);

  line->remove = create_button ("list-remove-symbolic", _ ("Remove"));
  g_signal_connect_swapped (line->remove, "clicked", G_CALLBACK (remove_clicked_cb), line);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (line->row), line->remove);

  gtk_widget_add_css_class (line->row, "crm-line");
  line_set_label (line, NULL);
  g_signal_connect_object (line->row, "entry-activated", G_CALLBACK (crm_field_editor_commit), self,
                           G_CONNECT_SWAPPED);
  crm_field_editor_watch (CRM_FIELD_EDITOR (self), line->row);

  adw_expander_row_add_row (self->row, line->row);
  g_ptr_array_add (self->lines, line);

  return line;
}

static gboolean
focus_last_cb (gpointer user_data)
{
  CrmItemsEditor *self = user_data;
  Line *line = self->lines->len > 0 ? g_ptr_array_index (self->lines, self->lines->len - 1) : NULL;

  self->focus_source = 0;
  if (line != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (line->row))));

  return G_SOURCE_REMOVE;
}

/* One empty line is enough. It takes the focus once whatever asked for it is over. */
static void
add_empty_line (CrmItemsEditor *self)
{
  Line *line = self->lines->len > 0 ? g_ptr_array_index (self->lines, self->lines->len - 1) : NULL;

  if (line == NULL || *gtk_editable_get_text (GTK_EDITABLE (line->row)) != '\0')
    add_line (self);
  adw_expander_row_set_enable_expansion (self->row, TRUE);
  adw_expander_row_set_expanded (self->row, TRUE);
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (focus_last_cb, self);
}

static void
update_summary (CrmItemsEditor *self)
{
  gboolean expanded = adw_expander_row_get_expanded (self->row);

  adw_expander_row_set_subtitle (self->row, expanded || self->summary == NULL ? "" : self->summary);
}

/* CrmFieldEditor */

static void
crm_items_editor_commit (CrmFieldEditor *editor)
{
  save_without (CRM_ITEMS_EDITOR (editor), NULL, NULL);
}

static gboolean
crm_items_editor_is_editing (CrmFieldEditor *editor)
{
  CrmItemsEditor *self = CRM_ITEMS_EDITOR (editor);

  for (guint i = 0; i < self->lines->len; i++)
    if (line_is_editing (g_ptr_array_index (self->lines, i)))
      return TRUE;

  return FALSE;
}

static void
crm_items_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmItemsEditor *self = CRM_ITEMS_EDITOR (editor);
  CrmStore *store = crm_session_get_store (crm_field_editor_get_session (editor));
  guint n_items = value != NULL ? crm_value_get_n_items (value) : 0;
  g_autofree char *text = crm_value_to_display (crm_field_editor_get_field (editor), value,
                                                crm_store_get_locale (store));

  while (self->lines->len > n_items)
    remove_line (self, self->lines->len - 1);
  while (self->lines->len < n_items)
    add_line (self);

  for (guint i = 0; i < n_items; i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      Line *line = g_ptr_array_index (self->lines, i);
      g_autofree char *item_text = get_item_text (self, item);

      line_set_text (line, item_text);
      gtk_widget_set_tooltip_text (line->row, item_text);
      line_set_label (line, item->label);
    }

  g_free (self->summary);
  self->summary = g_strdup (value != NULL ? text : _ ("None"));
  /* What one looks for most often is not hidden behind an arrow */
  if (!self->shown_once)
    adw_expander_row_set_expanded (self->row, n_items > 0 && n_items <= MAX_UNFOLDED);
  adw_expander_row_set_enable_expansion (self->row, n_items > 0);
  self->shown_once = TRUE;
  update_summary (self);
}

static void
crm_items_editor_focus (CrmFieldEditor *editor)
{
  add_empty_line (CRM_ITEMS_EDITOR (editor));
}

static GtkWidget *
crm_items_editor_create_row (CrmFieldEditor *editor)
{
  CrmItemsEditor *self = CRM_ITEMS_EDITOR (editor);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *add;

  self->row = ADW_EXPANDER_ROW (row);
  crm_field_editor_set_title (editor, row);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (update_summary), self,
                           G_CONNECT_SWAPPED);

  add = create_button ("list-add-symbolic", get_add_words (self));
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_empty_line), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_action (self->row, add);

  return row;
}

static void
crm_items_editor_dispose (GObject *object)
{
  CrmItemsEditor *self = CRM_ITEMS_EDITOR (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);

  G_OBJECT_CLASS (crm_items_editor_parent_class)->dispose (object);
}

static void
crm_items_editor_finalize (GObject *object)
{
  CrmItemsEditor *self = CRM_ITEMS_EDITOR (object);

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->summary);

  G_OBJECT_CLASS (crm_items_editor_parent_class)->finalize (object);
}

static void
crm_items_editor_class_init (CrmItemsEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_items_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_items_editor_finalize;

  editor_class->create_row = crm_items_editor_create_row;
  editor_class->show = crm_items_editor_show;
  editor_class->is_editing = crm_items_editor_is_editing;
  editor_class->commit = crm_items_editor_commit;
  editor_class->focus = crm_items_editor_focus;
}

static void
crm_items_editor_init (CrmItemsEditor *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
}
