/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-filters.h"

#include <glib/gi18n.h>

#include "crm-date-picker.h"
#include "crm-words.h"

#define BIT(kind) (1u << CRM_ACT_##kind)

static const struct
{
  const char *label;
  guint kinds;
} kinds[] = {
  { N_ ("All Changes"), 0 },
  { N_ ("Created"), BIT (CREATE) },
  { N_ ("Edited"), BIT (EDIT) },
  { N_ ("Imported"), BIT (IMPORT) | BIT (DEMO) },
  { N_ ("Merged or Separated"), BIT (MERGE) | BIT (UNMERGE) },
  { N_ ("Deleted or Restored"), BIT (TRASH) | BIT (RESTORE) | BIT (DESTROY) },
  { N_ ("Types, Fields and Views"), BIT (TYPE) | BIT (FIELD) | BIT (VIEW) | BIT (RULE) },
  { N_ ("Pinned, or Told Apart"), BIT (PIN) | BIT (DISTINCT) },
  { N_ ("Undone or Redone"), BIT (UNDO) | BIT (REDO) },
};

static const CrmSource sources[] = { CRM_SOURCE_WINDOW, CRM_SOURCE_COMMAND_LINE, CRM_SOURCE_IMPORT,
                                     CRM_SOURCE_DEMO, CRM_SOURCE_PROGRAM };

static const struct
{
  const char *label;
  const char *range; /* as crm_date_range_parse() reads it */
} times[] = {
  { N_ ("Any Time"), NULL },
  { N_ ("Today"), "today" },
  { N_ ("Yesterday"), "yesterday" },
  { N_ ("Last 7 Days"), "last 7 days" },
  { N_ ("Last 30 Days"), "last 30 days" },
  { N_ ("This Month"), "this month" },
  { N_ ("Last Month"), "last month" },
  { N_ ("This Year"), "this year" },
  { N_ ("Between…"), NULL },
};

#define BETWEEN (G_N_ELEMENTS (times) - 1)

/* Positions in the choice of team members */
#define ANYBODY 0
#define NOBODY 1
#define FIRST_ACTOR 2

struct _CrmHistoryFilters
{
  AdwBin parent_instance;

  GtkDropDown *kinds;
  GtkDropDown *types;
  GtkDropDown *actors;
  GtkDropDown *sources;
  GtkDropDown *times;
  GtkRevealer *between_revealer;
  GtkEditable *since_entry;
  GtkEditable *until_entry;
  CrmDatePicker *since_picker;
  CrmDatePicker *until_picker;

  CrmSession *session;
  GArray *type_ids; /* gint64, of the second choice on */
  GArray *actor_ids; /* gint64, of FIRST_ACTOR on */
  GCancellable *cancellable;
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmHistoryFilters, crm_history_filters, ADW_TYPE_BIN)

static CrmStore *
get_store (CrmHistoryFilters *self)
{
  return crm_session_get_store (self->session);
}

/* Filling */

/* What was chosen stays chosen, wherever it stands now; what is gone is chosen no more */
static void
fill (CrmHistoryFilters *self,
      GtkDropDown *choice,
      GtkStringList *labels,
      GArray **ids,
      GArray *new_ids,
      guint first)
{
  guint selected = gtk_drop_down_get_selected (choice);
  guint position = selected < first ? selected : 0;

  if (selected != GTK_INVALID_LIST_POSITION && selected >= first && *ids != NULL)
    for (guint i = 0; i < new_ids->len; i++)
      if (g_array_index (new_ids, gint64, i) == g_array_index (*ids, gint64, selected - first))
        position = first + i;

  self->filling = TRUE;
  gtk_drop_down_set_model (choice, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (choice, position);
  self->filling = FALSE;
  g_clear_pointer (ids, g_array_unref);
  *ids = new_ids;
}

static void
fill_types (CrmHistoryFilters *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (get_store (self));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  gtk_string_list_append (labels, _ ("All Types"));
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      gtk_string_list_append (labels, type->label_many);
      g_array_append_val (ids, type->id);
    }
  fill (self, self->types, labels, &self->type_ids, ids, 1);
}

static gpointer
list_actors_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_history_list_actors (store, cancellable, error);
}

static void
fill_actors (CrmHistoryFilters *self, GPtrArray *actors)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  gtk_string_list_append (labels, _ ("Everybody"));
  gtk_string_list_append (labels, _ ("Nobody"));
  for (guint i = 0; actors != NULL && i < actors->len; i++)
    {
      const CrmActor *actor = g_ptr_array_index (actors, i);

      gtk_string_list_append (labels, actor->label);
      g_array_append_val (ids, actor->id);
    }
  fill (self, self->actors, labels, &self->actor_ids, ids, FIRST_ACTOR);
}

static void
actors_listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmHistoryFilters) self = user_data;
  g_autoptr (GPtrArray) actors = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->session != NULL && actors != NULL)
    fill_actors (self, actors);
}

static void
fill_fixed (CrmHistoryFilters *self)
{
  g_autoptr (GtkStringList) kind_labels = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) source_labels = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) time_labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_labels, _ (kinds[i].label));
  gtk_string_list_append (source_labels, _ ("All Ways"));
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    gtk_string_list_append (source_labels, crm_words_get_source (sources[i]));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    gtk_string_list_append (time_labels, _ (times[i].label));

  self->filling = TRUE;
  gtk_drop_down_set_model (self->kinds, G_LIST_MODEL (kind_labels));
  gtk_drop_down_set_model (self->sources, G_LIST_MODEL (source_labels));
  gtk_drop_down_set_model (self->times, G_LIST_MODEL (time_labels));
  self->filling = FALSE;
}

/* Days */

/* (nullable): what is typed, where it is a day with a year; it says so if it is not */
static char *
get_day (CrmHistoryFilters *self, GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *iso = crm_date_parse (text, crm_store_get_locale (get_store (self))->date_order);
  gboolean valid = iso != NULL && g_ascii_isdigit (*iso);

  if (valid || *text == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               valid || *text == '\0' ? GTK_ACCESSIBLE_INVALID_FALSE
                                                      : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (!valid)
    return NULL;

  iso[10] = '\0';

  return g_steal_pointer (&iso);
}

static gint64
get_day_after (const char *iso, GTimeZone *zone)
{
  char next[11];

  /* A day has 25 hours at most */
  crm_moment_get_date (crm_date_get_start (iso, zone) + 26 * G_TIME_SPAN_HOUR / 1000, zone, next);

  return crm_date_get_start (next, zone);
}

static void
set_range (CrmHistoryFilters *self, CrmHistoryFilter *filter)
{
  CrmStore *store = get_store (self);
  GTimeZone *zone = crm_store_get_locale (store)->zone;
  guint position = gtk_drop_down_get_selected (self->times);
  CrmDateRange range;

  if (position == BETWEEN)
    {
      g_autofree char *since = get_day (self, self->since_entry);
      g_autofree char *until = get_day (self, self->until_entry);

      if (since != NULL)
        filter->since = crm_date_get_start (since, zone);
      if (until != NULL)
        filter->until = get_day_after (until, zone);
    }
  else if (position < BETWEEN && times[position].range != NULL &&
           crm_date_range_parse (times[position].range, crm_store_get_now (store), zone,
                                 crm_locale_get_first_weekday (), &range))
    {
      filter->since = crm_date_get_start (range.first, zone);
      filter->until = crm_date_get_start (range.after, zone);
    }
}

static void
pick_day (CrmHistoryFilters *self, GtkEditable *entry, const char *iso)
{
  g_autofree char *text = iso != NULL ? crm_date_format (iso) : g_strdup ("");

  gtk_editable_set_text (entry, text);
}

static void
since_picked_cb (CrmHistoryFilters *self, const char *iso)
{
  pick_day (self, self->since_entry, iso);
}

static void
until_picked_cb (CrmHistoryFilters *self, const char *iso)
{
  pick_day (self, self->until_entry, iso);
}

static void
day_typed_cb (CrmHistoryFilters *self)
{
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  if (self->session == NULL || self->filling)
    return;

  since = get_day (self, self->since_entry);
  until = get_day (self, self->until_entry);
  crm_date_picker_set_date (self->since_picker, since);
  crm_date_picker_set_date (self->until_picker, until);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
changed_cb (CrmHistoryFilters *self)
{
  if (self->filling || self->session == NULL)
    return;

  gtk_revealer_set_reveal_child (self->between_revealer,
                                 gtk_drop_down_get_selected (self->times) == BETWEEN);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GObject */

static void
crm_history_filters_dispose (GObject *object)
{
  CrmHistoryFilters *self = CRM_HISTORY_FILTERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_HISTORY_FILTERS);

  G_OBJECT_CLASS (crm_history_filters_parent_class)->dispose (object);
}

static void
crm_history_filters_finalize (GObject *object)
{
  CrmHistoryFilters *self = CRM_HISTORY_FILTERS (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->type_ids, g_array_unref);
  g_clear_pointer (&self->actor_ids, g_array_unref);

  G_OBJECT_CLASS (crm_history_filters_parent_class)->finalize (object);
}

static void
crm_history_filters_class_init (CrmHistoryFiltersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_history_filters_dispose;
  object_class->finalize = crm_history_filters_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CRM_TYPE_DATE_PICKER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/history/crm-history-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, kinds);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, types);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, actors);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, sources);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, times);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, between_revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, since_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, until_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, since_picker);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryFilters, until_picker);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, since_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, until_picked_cb);
}

static void
crm_history_filters_init (CrmHistoryFilters *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

void
crm_history_query_clear (gpointer query)
{
  g_free ((char *) ((CrmHistoryQuery *) query)->filter.text);
}

void
crm_history_filters_set_session (CrmHistoryFilters *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_HISTORY_FILTERS (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
  fill_fixed (self);
  fill_actors (self, NULL);
  crm_history_filters_refresh (self);
}

void
crm_history_filters_refresh (CrmHistoryFilters *self)
{
  g_return_if_fail (CRM_IS_HISTORY_FILTERS (self));

  fill_types (self);
  crm_store_run_async (get_store (self), list_actors_in_worker, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, actors_listed_cb,
                       g_object_ref (self));
}

CrmHistoryQuery *
crm_history_filters_make_query (CrmHistoryFilters *self, const char *text)
{
  CrmHistoryQuery *query;
  guint type, actor, source;

  g_return_val_if_fail (CRM_IS_HISTORY_FILTERS (self), NULL);

  query = g_atomic_rc_box_new0 (CrmHistoryQuery);
  type = gtk_drop_down_get_selected (self->types);
  actor = gtk_drop_down_get_selected (self->actors);
  source = gtk_drop_down_get_selected (self->sources);

  query->filter.text = g_strdup (text);
  query->filter.kinds =
      kinds[MIN (gtk_drop_down_get_selected (self->kinds), G_N_ELEMENTS (kinds) - 1)].kinds;
  if (type > 0 && type - 1 < self->type_ids->len)
    query->filter.type_id = g_array_index (self->type_ids, gint64, type - 1);
  if (actor == NOBODY)
    query->filter.by_nobody = TRUE;
  else if (actor >= FIRST_ACTOR && actor - FIRST_ACTOR < self->actor_ids->len)
    query->filter.actor = g_array_index (self->actor_ids, gint64, actor - FIRST_ACTOR);
  if (source > 0 && source - 1 < G_N_ELEMENTS (sources))
    query->filter.sources = 1u << sources[source - 1];
  set_range (self, &query->filter);

  return query;
}

gboolean
crm_history_filters_get_active (CrmHistoryFilters *self)
{
  g_return_val_if_fail (CRM_IS_HISTORY_FILTERS (self), FALSE);

  return gtk_drop_down_get_selected (self->kinds) > 0 ||
         gtk_drop_down_get_selected (self->types) > 0 ||
         gtk_drop_down_get_selected (self->actors) > ANYBODY ||
         gtk_drop_down_get_selected (self->sources) > 0 ||
         gtk_drop_down_get_selected (self->times) > 0;
}

void
crm_history_filters_clear (CrmHistoryFilters *self)
{
  GtkDropDown *choices[] = { self->kinds, self->types, self->actors, self->sources, self->times };

  g_return_if_fail (CRM_IS_HISTORY_FILTERS (self));

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_drop_down_set_selected (choices[i], 0);
  gtk_editable_set_text (self->since_entry, "");
  gtk_editable_set_text (self->until_entry, "");
  self->filling = FALSE;
  changed_cb (self);
}
