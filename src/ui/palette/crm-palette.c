/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-palette.h"

#include "compat.h"
#include "crm-palette-actions.h"
#include "crm-row-icon.h"
#include "crm-search.h"
#include "crm-text.h"

#define MAX_RECORDS 20

struct _CrmPalette
{
  AdwWindow parent_instance;

  GtkEditable *entry;
  GtkStack *stack;
  GtkListView *list;

  CrmSession *session;
  GtkWidget *actor; /* weak */
  GPtrArray *actions;
  GListStore *items;
  GtkSingleSelection *selection;
  GCancellable *cancellable; /* of the present search */
  guint generation;
};

G_DEFINE_FINAL_TYPE (CrmPalette, crm_palette, ADW_TYPE_WINDOW)

/* Results */

static void
show_items (CrmPalette *self, GPtrArray *records, GPtrArray *actions)
{
  g_list_store_remove_all (self->items);
  if (records != NULL)
    g_list_store_splice (self->items, 0, 0, records->pdata, records->len);
  g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0,
                       actions->pdata, actions->len);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0 ? "list" : "empty");
}

static GPtrArray *
match_actions (CrmPalette *self, const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 0);
  GPtrArray *matches = g_ptr_array_new ();

  for (guint i = 0; i < self->actions->len; i++)
    if (crm_palette_item_matches (g_ptr_array_index (self->actions, i), words))
      g_ptr_array_add (matches, g_ptr_array_index (self->actions, i));

  return matches;
}

static gpointer
search_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_search (store, data, NULL, MAX_RECORDS, cancellable, error);
}

typedef struct
{
  CrmPalette *palette;
  guint generation;
  char *text;
} SearchCall;

static void
searched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree SearchCall *call = user_data;
  g_autoptr (CrmPalette) self = call->palette;
  g_autofree char *text = call->text;
  g_autoptr (GPtrArray) hits = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) actions = NULL;

  if (call->generation != self->generation || self->session == NULL)
    return;

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const CrmSearchHit *hit = g_ptr_array_index (hits, i);
      gboolean by_name = g_strcmp0 (hit->snippet, hit->label) == 0 || hit->snippet == NULL;
      g_autofree char *subtitle = by_name
                                      ? g_strdup (hit->type->label)
                                      : g_strdup_printf ("%s · %s", hit->type->label, hit->snippet);

      g_ptr_array_add (records,
                       crm_palette_item_new_record (hit->id, hit->label, subtitle,
                                                    hit->type->icon != NULL ? hit->type->icon
                                                                            : "crm-type-symbolic"));
    }
  actions = match_actions (self, text);
  show_items (self, records, actions);
}

static void
search_changed_cb (CrmPalette *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  SearchCall *call;

  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  if (*text == '\0' || *text == '>')
    {
      g_autoptr (GPtrArray) actions = match_actions (self, *text == '>' ? text + 1 : text);

      show_items (self, NULL, actions);
      return;
    }

  call = g_new0 (SearchCall, 1);
  call->palette = g_object_ref (self);
  call->generation = self->generation;
  call->text = g_strdup (text);
  crm_store_run_async (crm_session_get_store (self->session), search_in_worker, g_strdup (text),
                       g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, searched_cb,
                       call);
}

/* Choosing */

static void
choose (CrmPalette *self, guint position)
{
  g_autoptr (CrmPaletteItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);
  g_autoptr (CrmSession) session = g_object_ref (self->session);
  g_autoptr (GtkWidget) actor = self->actor != NULL ? g_object_ref (self->actor) : NULL;
  const char *target;

  if (item == NULL)
    return;

  gtk_window_close (GTK_WINDOW (self));
  if (crm_palette_item_get_record (item) != 0)
    {
      crm_session_open_record (session, crm_palette_item_get_record (item), FALSE);
      return;
    }
  if (actor == NULL)
    return;

  target = crm_palette_item_get_target (item);
  gtk_widget_activate_action_variant (actor, crm_palette_item_get_action (item),
                                      target != NULL ? g_variant_new_string (target) : NULL);
}

static void
row_activated_cb (CrmPalette *self, guint position)
{
  choose (self, position);
}

static void
activate_cb (CrmPalette *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    choose (self, position);
}

static void
stop_search_cb (CrmPalette *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* The focus stays in the entry: arrows move the selection below it */
static gboolean
key_pressed_cb (CrmPalette *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint selected = gtk_single_selection_get_selected (self->selection);
  int step = 0;

  if (keyval == GDK_KEY_Down)
    step = 1;
  else if (keyval == GDK_KEY_Up)
    step = -1;
  else if (keyval == GDK_KEY_Page_Down)
    step = 8;
  else if (keyval == GDK_KEY_Page_Up)
    step = -8;
  if (step == 0 || n == 0)
    return FALSE;

  selected = (guint) CLAMP ((int) selected + step, 0, (int) n - 1);
  gtk_single_selection_set_selected (self->selection, selected);
  crm_list_scroll_to (GTK_WIDGET (self->list), selected, FALSE);

  return TRUE;
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 1);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (subtitle, TRUE);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  CrmPaletteItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_next_sibling (icon);
  GtkWidget *subtitle = gtk_widget_get_next_sibling (title);

  crm_row_icon_set (GTK_IMAGE (icon), crm_palette_item_get_icon (item));
  gtk_label_set_label (GTK_LABEL (title), crm_palette_item_get_title (item));
  gtk_label_set_label (GTK_LABEL (subtitle), crm_palette_item_get_subtitle (item));
  /* The row is GTK's own, and has no name but this */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (list_item))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, crm_palette_item_get_title (item), -1);
}

/* GObject */

static void
crm_palette_dispose (GObject *object)
{
  CrmPalette *self = CRM_PALETTE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->actor);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_PALETTE);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_palette_parent_class)->dispose (object);
}

static void
crm_palette_class_init (CrmPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_palette_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/palette/crm-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
crm_palette_init (CrmPalette *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (CRM_TYPE_PALETTE_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
crm_palette_new (CrmSession *session, GtkWidget *actor)
{
  CrmPalette *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (actor), NULL);

  self = g_object_new (CRM_TYPE_PALETTE, NULL);
  self->session = g_object_ref (session);
  g_set_weak_pointer (&self->actor, actor);
  self->actions = crm_palette_list_actions (
      crm_store_get_catalogue (crm_session_get_store (session)));
  search_changed_cb (self);

  return GTK_WIDGET (self);
}
