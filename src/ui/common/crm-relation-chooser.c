/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-relation-chooser.h"

#include <glib/gi18n.h>

#include "crm-chooser-item.h"
#include "crm-list-keys.h"
#include "crm-row-icon.h"
#include "crm-text.h"

#define SEARCH_DELAY 120 /* milliseconds */

struct _CrmRelationChooser
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkWidget *list;
  GtkStack *stack; /* list, empty */

  CrmSession *session;
  const CrmField *field;
  CrmField *own_field; /* (nullable): @field where there is none in the workspace */
  CrmValue *chosen;
  GListStore *items;
  GtkSingleSelection *selection;
  GCancellable *cancellable;
  guint generation;
  char *shown_text; /* what the list is the answer to */
  gboolean choose_when_found; /* Enter was faster than the search */
  gboolean clearable; /* what is chosen can be given up */
  gint64 parent; /* 0, or only options below this one are offered */
};

enum
{
  CHOSEN,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmRelationChooser, crm_relation_chooser, ADW_TYPE_BIN)

static void choose (CrmRelationChooser *self, guint position);

/* Finding */

typedef struct
{
  const CrmField *field;
  char *text;
} Search;

typedef struct
{
  CrmRelationChooser *chooser;
  guint generation;
  char *text;
} SearchCall;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search);
}

static gpointer
find_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;

  return crm_chooser_item_find (store, search->field, search->text, cancellable, error);
}

static gboolean
is_chosen (CrmRelationChooser *self, gint64 id)
{
  for (guint i = 0; self->chosen != NULL && i < crm_value_get_n_items (self->chosen); i++)
    if (crm_value_get_item (self->chosen, i)->id == id)
      return TRUE;

  return FALSE;
}

/* A stage belongs to a pipeline */
static gboolean
is_offered (CrmRelationChooser *self, gint64 id)
{
  const CrmOption *option;

  if (is_chosen (self, id))
    return FALSE;
  if (self->parent == 0)
    return TRUE;

  option = crm_catalogue_get_option (
      crm_store_get_catalogue (crm_session_get_store (self->session)), id);

  return option == NULL || option->parent == 0 || option->parent == self->parent;
}

/* A relation to any type cannot say what is to be created */
static gboolean
can_create (CrmRelationChooser *self)
{
  if (self->own_field != NULL)
    return FALSE;
  if (crm_kind_is_relation (self->field->kind))
    return self->field->target != 0;

  return self->field->kind == CRM_KIND_CHOICES;
}

static void
show_items (CrmRelationChooser *self, GPtrArray *found, const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  gboolean exists = FALSE;

  g_list_store_remove_all (self->items);
  for (guint i = 0; i < found->len; i++)
    {
      CrmChooserItem *item = g_ptr_array_index (found, i);
      g_autofree char *label = crm_text_fold (crm_chooser_item_get_text (item));

      exists = exists || crm_text_equal (label, folded);
      if (is_offered (self, crm_chooser_item_get_id (item)))
        g_list_store_append (self->items, item);
    }
  if (self->clearable && self->chosen != NULL && *folded == '\0')
    {
      /* Translators: no option is chosen */
      g_autoptr (CrmChooserItem) item = crm_chooser_item_new (CRM_CHOSEN_NONE, NULL, _ ("None"));

      g_list_store_append (self->items, item);
    }

  if (*folded != '\0' && !exists && can_create (self))
    {
      g_autofree char *clean = crm_text_clean (text, FALSE);
      g_autoptr (CrmChooserItem) item = crm_chooser_item_new (0, NULL, clean);

      g_list_store_append (self->items, item);
    }

  gtk_single_selection_set_selected (self->selection, 0);
  g_free (self->shown_text);
  self->shown_text = g_strdup (text);
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0 ? "list" : "empty");
  if (self->choose_when_found)
    {
      self->choose_when_found = FALSE;
      choose (self, 0);
    }
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree SearchCall *call = user_data;
  g_autoptr (CrmRelationChooser) self = call->chooser;
  g_autofree char *text = call->text;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->generation != self->generation || self->session == NULL)
    return;
  if (found != NULL)
    show_items (self, found, text);
  else
    crm_session_report_error (self->session, error);
}

static void
find (CrmRelationChooser *self)
{
  Search *search = g_new0 (Search, 1);
  SearchCall *call = g_new0 (SearchCall, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  search->field = self->field;
  search->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  call->chooser = g_object_ref (self);
  call->generation = ++self->generation;
  call->text = g_strdup (search->text);
  crm_store_run_async (crm_session_get_store (self->session), find_in_worker, search, search_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, found_cb, call);
}

/* Choosing */

static void
choose (CrmRelationChooser *self, guint position)
{
  g_autoptr (CrmChooserItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);
  const CrmRecordType *type;

  if (item == NULL)
    return;

  type = crm_chooser_item_get_record_type (item);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHOSEN], 0, crm_chooser_item_get_id (item),
                 type != NULL ? type->id : self->field->target, crm_chooser_item_get_text (item));
}

static void
entry_activated_cb (CrmRelationChooser *self)
{
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (crm_text_equal (text, self->shown_text))
    {
      choose (self, gtk_single_selection_get_selected (self->selection));
      return;
    }
  self->choose_when_found = TRUE;
  find (self);
}

static void
row_activated_cb (CrmRelationChooser *self, guint position)
{
  choose (self, position);
}

static void
stop_search_cb (CrmRelationChooser *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
popover_closed_cb (CrmRelationChooser *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
popover_shown_cb (CrmRelationChooser *self)
{
  self->choose_when_found = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (self->entry);
  find (self);
}

static gboolean
key_pressed_cb (CrmRelationChooser *self, guint keyval)
{
  return crm_list_keys_move (self->selection, self->list, keyval);
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  CrmChooserItem *choice = gtk_list_item_get_item (item);
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (image);
  const CrmRecordType *type = crm_chooser_item_get_record_type (choice);
  gboolean create = crm_chooser_item_get_id (choice) == 0;
  g_autofree char *text = NULL;

  /* Translators: %s is the name of something that does not exist yet */
  text = create ? g_strdup_printf (_ ("Create “%s”"), crm_chooser_item_get_text (choice))
                : g_strdup (crm_chooser_item_get_text (choice));
  gtk_label_set_text (GTK_LABEL (label), text);
  crm_row_icon_set (GTK_IMAGE (image), create         ? "list-add-symbolic"
                                       : type != NULL ? type->icon
                                                      : NULL);
  gtk_widget_set_visible (image, create || type != NULL);
}

static GtkWidget *
create_list (CrmRelationChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Matches"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  return scroller;
}

static GtkWidget *
create_popover (CrmRelationChooser *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *empty = gtk_label_new (_ ("Nothing found"));
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), SEARCH_DELAY);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (find), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, controller);
  gtk_box_append (GTK_BOX (box), self->entry);

  gtk_widget_add_css_class (empty, "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), 260, 240);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));

  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);

  return popover;
}

/* GObject */

static void
crm_relation_chooser_dispose (GObject *object)
{
  CrmRelationChooser *self = CRM_RELATION_CHOOSER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->chosen, crm_value_unref);
  g_clear_pointer (&self->shown_text, g_free);
  g_clear_pointer (&self->own_field, g_free);

  G_OBJECT_CLASS (crm_relation_chooser_parent_class)->dispose (object);
}

static void
crm_relation_chooser_class_init (CrmRelationChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_relation_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64,
                                  G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_relation_chooser_init (CrmRelationChooser *self)
{
  self->items = g_list_store_new (CRM_TYPE_CHOOSER_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  self->button = gtk_menu_button_new ();
  self->popover = create_popover (self);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (popover_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

/* Public API */

GtkWidget *
crm_relation_chooser_new (CrmSession *session,
                          const CrmField *field,
                          const char *name,
                          const char *icon_name)
{
  CrmRelationChooser *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (CRM_TYPE_RELATION_CHOOSER, NULL);
  self->session = g_object_ref (session);
  self->field = field;
  if (icon_name != NULL)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), icon_name);
  gtk_widget_set_tooltip_text (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_object_set (self->entry, "placeholder-text", field->label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);

  return GTK_WIDGET (self);
}

GtkWidget *
crm_relation_chooser_new_for_type (CrmSession *session,
                                   const CrmRecordType *type,
                                   const char *name,
                                   const char *icon_name)
{
  CrmField *field;
  GtkWidget *self;

  g_return_val_if_fail (type != NULL, NULL);

  field = g_new0 (CrmField, 1);
  field->kind = CRM_KIND_RELATION;
  field->target = type->id;
  field->label = type->label;
  self = crm_relation_chooser_new (session, field, name, icon_name);
  CRM_RELATION_CHOOSER (self)->own_field = field;

  return self;
}

void
crm_relation_chooser_set_chosen (CrmRelationChooser *self, CrmValue *value)
{
  CrmValue *old;

  g_return_if_fail (CRM_IS_RELATION_CHOOSER (self));

  old = self->chosen;
  self->chosen = value != NULL ? crm_value_ref (value) : NULL;
  g_clear_pointer (&old, crm_value_unref);
}

void
crm_relation_chooser_set_clearable (CrmRelationChooser *self, gboolean clearable)
{
  g_return_if_fail (CRM_IS_RELATION_CHOOSER (self));

  self->clearable = clearable;
}

void
crm_relation_chooser_set_parent (CrmRelationChooser *self, gint64 parent)
{
  g_return_if_fail (CRM_IS_RELATION_CHOOSER (self));

  self->parent = parent;
}

void
crm_relation_chooser_popup (CrmRelationChooser *self)
{
  g_return_if_fail (CRM_IS_RELATION_CHOOSER (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
