/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-navigator.h"

#include <string.h>

#include "crm-act-page.h"
#include "crm-backups-page.h"
#include "crm-duplicates-page.h"
#include "crm-history-page.h"
#include "crm-list-page.h"
#include "crm-quality-page.h"
#include "crm-record-page.h"
#include "crm-trash-page.h"

/* Places that are no type. Each page has the properties "title" and "show-back", and may have "bottom-bar". */
static const struct
{
  const char *place;
  GtkWidget *(*new_page) (CrmSession *session);
} special_places[] = {
  { CRM_PLACE_BACKUPS, crm_backups_page_new },
  { CRM_PLACE_HISTORY, crm_history_page_new },
  { CRM_PLACE_QUALITY, crm_quality_page_new },
  { CRM_PLACE_TRASH, crm_trash_page_new },
};

/* How far back one can go */
#define MAX_ENTRIES 100

typedef struct
{
  char *place;
  gint64 record_id; /* 0: the place itself */
  gint64 act_id; /* one of the history, or 0 */
  const CrmRecordType *draft_type; /* a new record, until it is stored */
  const CrmField *draft_field;
  gint64 draft_related_id;
  CrmValue *draft_value; /* nullable */
} Entry;

struct _CrmNavigator
{
  AdwBin parent_instance;

  CrmSession *session;
  GtkStack *stack;
  CrmRecordPage *record_page;
  CrmActPage *act_page;
  GPtrArray *entries;
  guint current;
  gboolean folded;
  char *title;
  GtkWidget *page; /* the one that title is followed of */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_PLACE,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  PROP_FOLDED,
  PROP_BOTTOM_BAR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmNavigator, crm_navigator, ADW_TYPE_BIN)

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->draft_value, crm_value_unref);
  g_free (entry->place);
  g_free (entry);
}

static Entry *
get_entry (CrmNavigator *self)
{
  return self->current < self->entries->len ? g_ptr_array_index (self->entries, self->current)
                                            : NULL;
}

static void
page_title_cb (CrmNavigator *self)
{
  g_clear_pointer (&self->title, g_free);
  if (self->page != NULL)
    g_object_get (self->page, "title", &self->title, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
page_bottom_bar_cb (CrmNavigator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTTOM_BAR]);
}

static gboolean
has_bottom_bar (CrmNavigator *self)
{
  gboolean bottom_bar = FALSE;

  if (self->page != NULL &&
      g_object_class_find_property (G_OBJECT_GET_CLASS (self->page), "bottom-bar") != NULL)
    g_object_get (self->page, "bottom-bar", &bottom_bar, NULL);

  return bottom_bar;
}

static void
show_page (CrmNavigator *self, GtkWidget *page)
{
  if (self->page != page)
    {
      if (self->page != NULL)
        {
          g_signal_handlers_disconnect_by_func (self->page, page_title_cb, self);
          g_signal_handlers_disconnect_by_func (self->page, page_bottom_bar_cb, self);
        }
      self->page = page;
      g_signal_connect_object (page, "notify::title", G_CALLBACK (page_title_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "notify::bottom-bar", G_CALLBACK (page_bottom_bar_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_set_visible_child (self->stack, page);
      page_bottom_bar_cb (self);
    }
  gtk_widget_grab_focus (page);

  page_title_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_FORWARD]);
}

/* "deals", "deals/closing_this_month", "deals?amount > 1000", "duplicates/people" */
static GtkWidget *
make_type_page (CrmNavigator *self, const char *place)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  gboolean duplicates = g_str_has_prefix (place, CRM_PLACE_DUPLICATES);
  g_auto (GStrv) names = g_strsplit (duplicates ? place + strlen (CRM_PLACE_DUPLICATES) : place,
                                     "/", 2);
  const CrmRecordType *type = names[0] != NULL ? crm_catalogue_find_type (catalogue, names[0])
                                               : NULL;
  const char *filter = strchr (place, '?');
  const CrmView *view;

  if (filter != NULL)
    {
      g_autofree char *name = g_strndup (place, (gsize) (filter - place));

      type = crm_catalogue_find_type (catalogue, name);

      return type != NULL ? crm_list_page_new_for_filter (self->session, type, filter + 1) : NULL;
    }
  if (type == NULL)
    return NULL;
  if (duplicates)
    return crm_duplicates_page_new (self->session, type);
  if (names[1] == NULL)
    return crm_list_page_new (self->session, type);

  view = crm_record_type_find_view (type, names[1]);

  return view != NULL ? crm_list_page_new_for_view (self->session, view) : NULL;
}

/* Made when it is first gone to, kept with its scroll position and selection */
static GtkWidget *
require_place_page (CrmNavigator *self, const char *place)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, place);

  if (page != NULL)
    return page;

  for (guint i = 0; i < G_N_ELEMENTS (special_places) && page == NULL; i++)
    if (g_str_equal (place, special_places[i].place))
      page = special_places[i].new_page (self->session);
  if (page == NULL)
    page = make_type_page (self, place);
  if (page == NULL)
    return NULL;

  g_object_bind_property (self, "folded", page, "show-back", G_BINDING_SYNC_CREATE);
  gtk_stack_add_named (self->stack, page, place);

  return page;
}

/* A view has one place, whether it was asked for by its name or by its label. (transfer full) */
static char *
make_plain (CrmNavigator *self, const char *place)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_auto (GStrv) names = g_strsplit (place, "/", 2);
  const CrmRecordType *type = names[0] != NULL ? crm_catalogue_find_type (catalogue, names[0])
                                               : NULL;
  const CrmView *view = type != NULL && names[1] != NULL
                            ? crm_record_type_find_view (type, names[1])
                            : NULL;

  return view != NULL ? g_strconcat (type->name, "/", view->name, NULL) : g_strdup (place);
}

/* One comes back to what was looked at last: the page goes from one record to the next by itself */
static void
record_changed_cb (CrmNavigator *self)
{
  Entry *entry = get_entry (self);
  gint64 id = crm_record_page_get_record (self->record_page);

  if (entry != NULL && entry->record_id != 0 && id != 0)
    entry->record_id = id;
}

static CrmRecordPage *
require_record_page (CrmNavigator *self)
{
  if (self->record_page == NULL)
    {
      self->record_page = CRM_RECORD_PAGE (crm_record_page_new (self->session));
      g_signal_connect_object (self->record_page, "notify::record", G_CALLBACK (record_changed_cb),
                               self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->record_page));
    }

  return self->record_page;
}

static void
show_act (CrmNavigator *self, gint64 act_id)
{
  if (self->act_page == NULL)
    {
      self->act_page = CRM_ACT_PAGE (crm_act_page_new (self->session));
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->act_page));
    }
  g_object_set (self->act_page, "show-back", self->current > 0, NULL);
  crm_act_page_set_act (self->act_page, act_id);
  show_page (self, GTK_WIDGET (self->act_page));
}

static void
show_current (CrmNavigator *self)
{
  Entry *entry = get_entry (self);
  GtkWidget *place_page = NULL;
  CrmRecordPage *record_page;

  if (entry == NULL)
    return;

  if (entry->place != NULL)
    place_page = require_place_page (self, entry->place);
  if (entry->act_id != 0)
    {
      show_act (self, entry->act_id);
      return;
    }
  if (entry->record_id == 0 && entry->draft_type == NULL)
    {
      if (place_page != NULL)
        show_page (self, place_page);
      return;
    }

  record_page = require_record_page (self);
  g_object_set (record_page, "show-back", entry->place != NULL || self->current > 0, NULL);
  crm_record_page_set_list (record_page, CRM_IS_LIST_PAGE (place_page)
                                             ? crm_list_page_get_list (CRM_LIST_PAGE (place_page))
                                             : NULL);
  if (entry->record_id != 0)
    crm_record_page_set_record (record_page, entry->record_id);
  else
    crm_record_page_set_draft (record_page, entry->draft_type, entry->draft_field,
                               entry->draft_related_id, entry->draft_value);
  show_page (self, GTK_WIDGET (record_page));
}

/* A draft that was stored meanwhile is that record when one comes back to it; one that was given
 * up is nothing to come back to */
static void
settle_draft (CrmNavigator *self)
{
  Entry *entry = get_entry (self);

  if (entry == NULL || entry->draft_type == NULL || self->record_page == NULL)
    return;

  entry->record_id = crm_record_page_get_record (self->record_page);
  if (entry->record_id != 0)
    entry->draft_type = NULL;
}

static void
leave (CrmNavigator *self)
{
  crm_navigator_commit (self);
  settle_draft (self);
}

static void
push (CrmNavigator *self, Entry *entry)
{
  Entry *last;
  guint keep;

  leave (self);
  last = get_entry (self);
  /* A draft that came to nothing is replaced */
  keep = last == NULL ? 0 : self->current + (last->draft_type != NULL ? 0 : 1);
  if (keep < self->entries->len)
    g_ptr_array_remove_range (self->entries, keep, self->entries->len - keep);
  g_ptr_array_add (self->entries, entry);
  if (self->entries->len > MAX_ENTRIES)
    g_ptr_array_remove_index (self->entries, 0);
  self->current = self->entries->len - 1;
  show_current (self);
}

/* "deals/closing_this_month", of which that view is there no more */
static gboolean
is_view_gone (CrmNavigator *self, const char *place)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_auto (GStrv) names = NULL;
  const CrmRecordType *type;

  if (place == NULL || strchr (place, '/') == NULL || strchr (place, '?') != NULL ||
      g_str_has_prefix (place, CRM_PLACE_DUPLICATES))
    return FALSE;

  names = g_strsplit (place, "/", 2);
  type = crm_catalogue_find_type (catalogue, names[0]);

  return type != NULL && crm_record_type_find_view (type, names[1]) == NULL;
}

/* Whoever was at a view that was deleted is among all of the type */
static void
store_changed_cb (CrmNavigator *self, const CrmNews *news)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  gboolean current = FALSE;

  if (!news->catalogue || self->session == NULL)
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (!is_view_gone (self, entry->place))
        continue;
      g_ptr_array_add (gone, entry->place);
      entry->place = g_strndup (entry->place, (gsize) (strchr (entry->place, '/') - entry->place));
      current = current || i == self->current;
    }
  if (current)
    show_current (self);
  for (guint i = 0; i < gone->len; i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (self->stack, g_ptr_array_index (gone, i));

      if (page != NULL)
        gtk_stack_remove (self->stack, page);
    }
}

static void
crm_navigator_dispose (GObject *object)
{
  CrmNavigator *self = CRM_NAVIGATOR (object);

  self->page = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_navigator_parent_class)->dispose (object);
}

static void
crm_navigator_finalize (GObject *object)
{
  CrmNavigator *self = CRM_NAVIGATOR (object);

  g_ptr_array_unref (self->entries);
  g_free (self->title);

  G_OBJECT_CLASS (crm_navigator_parent_class)->finalize (object);
}

static void
crm_navigator_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmNavigator *self = CRM_NAVIGATOR (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_PLACE:
      g_value_set_string (value, crm_navigator_get_place (self));
      break;

    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, crm_navigator_get_can_go_back (self));
      break;

    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, crm_navigator_get_can_go_forward (self));
      break;

    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;

    case PROP_BOTTOM_BAR:
      g_value_set_boolean (value, has_bottom_bar (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_navigator_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  CrmNavigator *self = CRM_NAVIGATOR (object);

  switch (property_id)
    {
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_navigator_class_init (CrmNavigatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read_only = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = crm_navigator_dispose;
  object_class->finalize = crm_navigator_finalize;
  object_class->get_property = crm_navigator_get_property;
  object_class->set_property = crm_navigator_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read_only);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, read_only);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, read_only);
  properties[PROP_CAN_GO_FORWARD] = g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE,
                                                          read_only);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BOTTOM_BAR] = g_param_spec_boolean ("bottom-bar", NULL, NULL, FALSE, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_navigator_init (CrmNavigator *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (self->stack, 120);
  /* The narrowest page decides whether the sidebar folds, not the widest of those seen so far */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/* Public API */

void
crm_navigator_set_session (CrmNavigator *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_NAVIGATOR (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

gboolean
crm_navigator_show_place (CrmNavigator *self, const char *place)
{
  Entry *current;
  Entry *entry;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  plain = make_plain (self, place);
  if (require_place_page (self, plain) == NULL)
    return FALSE;

  current = get_entry (self);
  if (current != NULL && current->record_id == 0 && current->act_id == 0 &&
      current->draft_type == NULL && g_strcmp0 (current->place, plain) == 0)
    return TRUE;

  entry = g_new0 (Entry, 1);
  entry->place = g_steal_pointer (&plain);
  push (self, entry);

  return TRUE;
}

void
crm_navigator_show_record (CrmNavigator *self, gint64 id)
{
  Entry *entry;

  g_return_if_fail (CRM_IS_NAVIGATOR (self));
  g_return_if_fail (id != 0);

  entry = g_new0 (Entry, 1);
  entry->place = g_strdup (crm_navigator_get_place (self));
  entry->record_id = id;
  push (self, entry);
}

void
crm_navigator_show_act (CrmNavigator *self, gint64 act_id)
{
  Entry *entry;

  g_return_if_fail (CRM_IS_NAVIGATOR (self));
  g_return_if_fail (act_id != 0);

  entry = g_new0 (Entry, 1);
  entry->place = g_strdup (crm_navigator_get_place (self));
  entry->act_id = act_id;
  push (self, entry);
}

void
crm_navigator_show_draft (CrmNavigator *self,
                          const CrmRecordType *type,
                          const CrmField *field,
                          gint64 related_id,
                          CrmValue *value)
{
  Entry *entry;

  g_return_if_fail (CRM_IS_NAVIGATOR (self));
  g_return_if_fail (type != NULL);

  entry = g_new0 (Entry, 1);
  entry->place = g_strdup (crm_navigator_get_place (self));
  entry->draft_type = type;
  entry->draft_field = field;
  entry->draft_related_id = related_id;
  entry->draft_value = value != NULL ? crm_value_ref (value) : NULL;
  push (self, entry);
}

void
crm_navigator_go_back (CrmNavigator *self)
{
  g_return_if_fail (CRM_IS_NAVIGATOR (self));

  if (!crm_navigator_get_can_go_back (self))
    return;

  leave (self);
  self->current--;
  show_current (self);
}

void
crm_navigator_go_forward (CrmNavigator *self)
{
  g_return_if_fail (CRM_IS_NAVIGATOR (self));

  if (!crm_navigator_get_can_go_forward (self))
    return;

  leave (self);
  self->current++;
  show_current (self);
}

gboolean
crm_navigator_get_can_go_back (CrmNavigator *self)
{
  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), FALSE);

  return self->current > 0;
}

gboolean
crm_navigator_get_can_go_forward (CrmNavigator *self)
{
  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), FALSE);

  return self->current + 1 < self->entries->len;
}

const char *
crm_navigator_get_title (CrmNavigator *self)
{
  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), NULL);

  return self->title;
}

const char *
crm_navigator_get_place (CrmNavigator *self)
{
  Entry *entry;

  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), NULL);

  entry = get_entry (self);

  return entry != NULL ? entry->place : NULL;
}

GtkWidget *
crm_navigator_get_page (CrmNavigator *self)
{
  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), NULL);

  return self->page;
}

GtkWidget *
crm_navigator_get_place_page (CrmNavigator *self)
{
  const char *place;

  g_return_val_if_fail (CRM_IS_NAVIGATOR (self), NULL);

  place = crm_navigator_get_place (self);

  return place != NULL ? gtk_stack_get_child_by_name (self->stack, place) : NULL;
}

void
crm_navigator_commit (CrmNavigator *self)
{
  g_return_if_fail (CRM_IS_NAVIGATOR (self));

  if (self->record_page != NULL && self->page == GTK_WIDGET (self->record_page))
    crm_record_page_commit (self->record_page);
}
