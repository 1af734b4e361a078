/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-date.h"
#include "crm-navigator.h"
#include "crm-number.h"
#include "crm-quality-overview.h"
#include "crm-quality-preview.h"
#include "crm-quality-review.h"

/* What was changed is counted once it has come to rest; milliseconds */
#define REST 800

struct _CrmQualityPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkWidget *close_button;
  GtkWidget *refresh_button;
  GtkStack *stack;
  GtkWidget *scroller;
  GtkWidget *tidy_page;
  GtkBox *groups;
  GtkSpinButton *weeks_spin;
  GtkSpinButton *months_spin;
  CrmQualityPreview *preview;

  CrmSession *session;
  CrmQualityOverview *overview; /* (nullable): before it was read */
  GPtrArray *lines; /* Line, one for each check */
  CrmQualityCheck *shown; /* in the preview; (nullable) */
  gint64 n_found; /* by all that were counted */
  guint next; /* the line that is counted */
  gboolean stale; /* something was changed since */
  gboolean show_back;
  gboolean reading; /* settings into the spin buttons */
  guint rest_timeout;
  GCancellable *cancellable; /* of what is under way; (nullable) */
};

/* One check on the page */
typedef struct
{
  CrmQualityCheck *check;
  GtkWidget *group; /* of the type */
  GtkWidget *row;
  GtkLabel *count;
  GtkWidget *spinner;
  gint64 known; /* -1: to be counted */
} Line;

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  PROP_BOTTOM_BAR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmQualityPage, crm_quality_page, ADW_TYPE_BIN)

static void count_next (CrmQualityPage *self);

static void
line_free (gpointer data)
{
  Line *line = data;

  crm_quality_check_unref (line->check);
  g_free (line);
}

/* Lines */

static void
show_check (CrmQualityPage *self, CrmQualityCheck *check)
{
  g_autofree char *title = crm_quality_check_get_title (check);

  g_clear_pointer (&self->shown, crm_quality_check_unref);
  self->shown = crm_quality_check_ref (check);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, check->type->label_many);
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->close_button, TRUE);
  gtk_widget_set_visible (self->refresh_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  crm_quality_preview_set_check (self->preview, check);
  gtk_widget_grab_focus (GTK_WIDGET (self->preview));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTTOM_BAR]);
}

static void
line_activated_cb (CrmQualityPage *self, GtkWidget *row)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (line->row == row)
        {
          show_check (self, line->check);
          return;
        }
    }
}

static void
twins_activated_cb (CrmQualityPage *self, GtkWidget *row)
{
  crm_session_show_place (self->session, g_object_get_data (G_OBJECT (row), "place"));
}

static GtkWidget *
make_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static GtkLabel *
add_count (GtkWidget *row)
{
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), count);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);

  return GTK_LABEL (count);
}

static void
add_line (CrmQualityPage *self, GtkWidget *group, CrmQualityCheck *check)
{
  g_autofree char *title = crm_quality_check_get_title (check);
  Line *line = g_new0 (Line, 1);

  line->check = crm_quality_check_ref (check);
  line->known = -1;
  line->group = group;
  line->row = make_row (title);
  line->spinner = gtk_spinner_new ();
  gtk_spinner_start (GTK_SPINNER (line->spinner));
  adw_action_row_add_suffix (ADW_ACTION_ROW (line->row), line->spinner);
  line->count = add_count (line->row);
  g_signal_connect_object (line->row, "activated", G_CALLBACK (line_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line->row);
  g_ptr_array_add (self->lines, line);
}

static const CrmQualityTwins *
find_twins (CrmQualityPage *self, const CrmRecordType *type)
{
  for (guint i = 0; i < self->overview->twins->len; i++)
    {
      const CrmQualityTwins *twins = &g_array_index (self->overview->twins, CrmQualityTwins, i);

      if (twins->type == type)
        return twins;
    }

  return NULL;
}

static void
add_twins (CrmQualityPage *self, GtkWidget *group, const CrmQualityTwins *twins)
{
  CrmStore *store = crm_session_get_store (self->session);
  GtkWidget *row = make_row (_ ("Likely duplicates"));
  GtkLabel *count = add_count (row);
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;

  if (twins->seen.time != 0)
    {
      g_autofree char *number = crm_number_format (twins->seen.groups, 0, 0);

      when = crm_moment_format_relative (twins->seen.time, crm_store_get_now (store),
                                         crm_store_get_locale (store)->zone);
      /* Translators: a time: "today", "3 May" */
      subtitle = g_strdup_printf (_ ("Last looked for: %s"), when);
      gtk_label_set_label (count, number);
    }
  else
    {
      subtitle = g_strdup (_ ("Not looked for yet"));
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data_full (G_OBJECT (row), "place",
                          g_strconcat (CRM_PLACE_DUPLICATES, twins->type->name, NULL), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (twins_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
add_group (CrmQualityPage *self, const CrmRecordType *type)
{
  const CrmQualityTwins *twins = find_twins (self, type);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (type->label_many, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  if (twins != NULL)
    add_twins (self, group, twins);

  return group;
}

static gboolean
is_same_check (const CrmQualityCheck *a, const CrmQualityCheck *b)
{
  return a->topic == b->topic && a->type == b->type && a->months == b->months;
}

static void
show_count (Line *line, gint64 count)
{
  g_autofree char *number = crm_number_format (count, 0, 0);

  gtk_label_set_label (line->count, number);
  gtk_spinner_stop (GTK_SPINNER (line->spinner));
  gtk_widget_set_visible (line->spinner, FALSE);
  gtk_widget_set_visible (line->row, count > 0);
}

/* Those that are shown for other reasons again */
static void
keep_counts (CrmQualityPage *self, GPtrArray *former)
{
  for (guint i = 0; i < self->lines->len; i++)
    for (guint j = 0; j < former->len; j++)
      {
        Line *line = g_ptr_array_index (self->lines, i);
        const Line *old = g_ptr_array_index (former, j);

        if (old->known < 0 || !is_same_check (line->check, old->check))
          continue;
        line->known = old->known;
        show_count (line, line->known);
      }
}

static void
fill (CrmQualityPage *self)
{
  const CrmRecordType *type = NULL;
  GtkWidget *group = NULL;
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->lines);

  self->lines = g_ptr_array_new_with_free_func (line_free);
  while ((group = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, group);
  for (guint i = 0; i < self->overview->checks->len; i++)
    {
      CrmQualityCheck *check = g_ptr_array_index (self->overview->checks, i);

      if (check->type != type)
        group = add_group (self, check->type);
      type = check->type;
      add_line (self, group, check);
    }
  keep_counts (self, former);

  self->reading = TRUE;
  gtk_spin_button_set_value (self->weeks_spin, self->overview->weeks);
  gtk_spin_button_set_value (self->months_spin, self->overview->months);
  self->reading = FALSE;
}

/* A type with nothing to do has no heading either */
static void
show_groups (CrmQualityPage *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);
      gboolean first = i == 0 ||
                       ((Line *) g_ptr_array_index (self->lines, i - 1))->group != line->group;

      if (first)
        gtk_widget_set_visible (line->group, find_twins (self, line->check->type) != NULL);
      if (gtk_widget_get_visible (line->row))
        gtk_widget_set_visible (line->group, TRUE);
    }
}

/* Counting: one check after the other, so that other readers get their turn */

static void
stop (CrmQualityPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

typedef struct
{
  CrmQualityPage *page;
  GCancellable *cancellable;
} Call;

static Call *
call_new (CrmQualityPage *self)
{
  Call *call = g_new0 (Call, 1);

  call->page = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);

  return call;
}

static gpointer
set_reviewed_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  crm_quality_set_reviewed (store, error);
  return NULL;
}

/* Whoever has seen the counts has looked after the data */
static void
finish (CrmQualityPage *self)
{
  CrmStore *store = crm_session_get_store (self->session);

  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->tidy_page, self->n_found == 0);
  if (!crm_database_is_read_only (crm_store_get_database (store)))
    crm_store_run_async (store, set_reviewed_in_worker, NULL, NULL, NULL, NULL, NULL, NULL);
}

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 count;

  return crm_quality_count (store, data, &count, cancellable, error)
             ? g_memdup2 (&count, sizeof count)
             : NULL;
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmQualityPage) self = call->page;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *count = crm_store_run_finish (CRM_STORE (object), result, &error);
  Line *line;

  if (self->cancellable != cancellable)
    return;
  if (count == NULL)
    {
      g_clear_object (&self->cancellable);
      crm_session_report_error (self->session, error);
      return;
    }

  line = g_ptr_array_index (self->lines, self->next);
  /* Something may have been changed while it was counted */
  line->known = self->stale ? -1 : *count;
  self->n_found += *count;
  show_count (line, *count);
  show_groups (self);
  self->next++;
  count_next (self);
}

/* What was counted stays true until something of its type is changed */
static void
skip_known (CrmQualityPage *self)
{
  for (; self->next < self->lines->len; self->next++)
    {
      const Line *line = g_ptr_array_index (self->lines, self->next);

      if (line->known < 0)
        break;
      self->n_found += line->known;
    }
}

static void
count_next (CrmQualityPage *self)
{
  Line *line;

  skip_known (self);
  if (self->next >= self->lines->len)
    {
      finish (self);
      return;
    }

  line = g_ptr_array_index (self->lines, self->next);
  crm_store_run_async (crm_session_get_store (self->session), count_in_worker,
                       crm_quality_check_ref (line->check),
                       (GDestroyNotify) crm_quality_check_unref, g_free, self->cancellable,
                       counted_cb, call_new (self));
}

/* Reading */

static gboolean
has_same_checks (const CrmQualityOverview *a, const CrmQualityOverview *b)
{
  if (a == NULL || a->checks->len != b->checks->len)
    return FALSE;

  for (guint i = 0; i < a->checks->len; i++)
    if (!is_same_check (g_ptr_array_index (a->checks, i), g_ptr_array_index (b->checks, i)))
      return FALSE;

  return memcmp (a->twins->data, b->twins->data, a->twins->len * sizeof (CrmQualityTwins)) == 0;
}

/* The counts that are shown stay until there are new ones, unless other things are counted now */
static void
take_overview (CrmQualityPage *self, CrmQualityOverview *overview)
{
  gboolean same = has_same_checks (self->overview, overview);

  g_clear_pointer (&self->overview, crm_quality_overview_free);
  self->overview = overview;
  if (!same)
    fill (self);
  for (guint i = 0; same && i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      crm_quality_check_unref (line->check);
      line->check = crm_quality_check_ref (g_ptr_array_index (overview->checks, i));
    }
  self->next = 0;
  self->n_found = 0;
  for (guint i = 0; i < overview->twins->len; i++)
    self->n_found += g_array_index (overview->twins, CrmQualityTwins, i).seen.groups;
  count_next (self);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_quality_overview_read (store, cancellable, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmQualityPage) self = call->page;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GError) error = NULL;
  CrmQualityOverview *overview = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->cancellable != cancellable)
    {
      g_clear_pointer (&overview, crm_quality_overview_free);
      return;
    }
  if (overview == NULL)
    {
      g_clear_object (&self->cancellable);
      crm_session_report_error (self->session, error);
      return;
    }

  take_overview (self, overview);
}

static void
refresh (CrmQualityPage *self)
{
  g_clear_handle_id (&self->rest_timeout, g_source_remove);
  stop (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, NULL, NULL,
                       (GDestroyNotify) crm_quality_overview_free, self->cancellable, read_cb,
                       call_new (self));
}

static gboolean
rest_cb (gpointer data)
{
  CrmQualityPage *self = data;

  self->rest_timeout = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);

  return G_SOURCE_REMOVE;
}

static void
forget_counts (CrmQualityPage *self, const CrmNews *news)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);
      gboolean changed = news->everything || news->catalogue;

      for (guint j = 0; j < news->types->len && !changed; j++)
        changed = g_array_index (news->types, gint64, j) == line->check->type->id;
      if (changed)
        line->known = -1;
    }
}

static void
store_changed_cb (CrmQualityPage *self, const CrmNews *news)
{
  self->stale = TRUE;
  forget_counts (self, news);
  g_clear_handle_id (&self->rest_timeout, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->rest_timeout = g_timeout_add (REST, rest_cb, self);
}

static void
preview_done_cb (CrmQualityPage *self)
{
  self->stale = TRUE;
}

/* Settings */

typedef struct
{
  guint weeks;
  guint months;
} Settings;

static gpointer
save_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Settings *settings = data;

  if (crm_quality_set_weeks (store, settings->weeks, error))
    crm_quality_set_months (store, settings->months, error);

  return NULL;
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmQualityPage) self = user_data;
  g_autoptr (GError) error = NULL;

  crm_store_run_finish (CRM_STORE (object), result, &error);
  if (self->session == NULL)
    return;

  crm_session_report_error (self->session, error);
  refresh (self);
}

static void
setting_changed_cb (CrmQualityPage *self)
{
  Settings settings;

  if (self->reading || self->overview == NULL)
    return;

  settings.weeks = (guint) gtk_spin_button_get_value_as_int (self->weeks_spin);
  settings.months = (guint) gtk_spin_button_get_value_as_int (self->months_spin);
  self->overview->weeks = settings.weeks;
  self->overview->months = settings.months;
  crm_store_run_async (crm_session_get_store (self->session), save_in_worker,
                       g_memdup2 (&settings, sizeof settings), g_free, NULL, NULL, saved_cb,
                       g_object_ref (self));
}

/* Actions */

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (widget);

  if (self->shown == NULL)
    return;

  g_clear_pointer (&self->shown, crm_quality_check_unref);
  crm_quality_preview_set_check (self->preview, NULL);
  adw_window_title_set_title (self->window_title, _ ("Data Quality"));
  adw_window_title_set_subtitle (self->window_title, NULL);
  gtk_widget_set_visible (self->back_button, self->show_back);
  gtk_widget_set_visible (self->close_button, FALSE);
  gtk_widget_set_visible (self->refresh_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "overview");
  gtk_widget_grab_focus (widget);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTTOM_BAR]);
  if (self->stale)
    refresh (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (widget);

  for (guint i = 0; i < self->lines->len; i++)
    ((Line *) g_ptr_array_index (self->lines, i))->known = -1;
  refresh (self);
}

/* GObject */

static void
crm_quality_page_map (GtkWidget *widget)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (widget);

  GTK_WIDGET_CLASS (crm_quality_page_parent_class)->map (widget);

  if (self->stale && self->session != NULL)
    refresh (self);
}

static gboolean
crm_quality_page_grab_focus (GtkWidget *widget)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (widget);

  return gtk_widget_grab_focus (self->shown != NULL ? GTK_WIDGET (self->preview) : self->scroller);
}

static void
crm_quality_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Data Quality"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, self->show_back);
      break;

    case PROP_BOTTOM_BAR:
      g_value_set_boolean (value, self->shown != NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_quality_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_BACK:
      self->show_back = g_value_get_boolean (value);
      gtk_widget_set_visible (self->back_button, self->show_back && self->shown == NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_quality_page_dispose (GObject *object)
{
  CrmQualityPage *self = CRM_QUALITY_PAGE (object);

  stop (self);
  g_clear_handle_id (&self->rest_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_QUALITY_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, crm_quality_check_unref);
  g_clear_pointer (&self->overview, crm_quality_overview_free);

  G_OBJECT_CLASS (crm_quality_page_parent_class)->dispose (object);
}

static void
crm_quality_page_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_QUALITY_PAGE (object)->lines);

  G_OBJECT_CLASS (crm_quality_page_parent_class)->finalize (object);
}

static void
crm_quality_page_class_init (CrmQualityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = crm_quality_page_get_property;
  object_class->set_property = crm_quality_page_set_property;
  object_class->dispose = crm_quality_page_dispose;
  object_class->finalize = crm_quality_page_finalize;
  widget_class->map = crm_quality_page_map;
  widget_class->grab_focus = crm_quality_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BOTTOM_BAR] = g_param_spec_boolean ("bottom-bar", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_QUALITY_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/quality/crm-quality-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, tidy_page);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, groups);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, weeks_spin);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, months_spin);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityPage, preview);
  gtk_widget_class_bind_template_callback (widget_class, setting_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_done_cb);
  gtk_widget_class_install_action (widget_class, "quality.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "quality.refresh", NULL, refresh_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "quality.close", NULL);
}

static void
crm_quality_page_init (CrmQualityPage *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_quality_page_new (CrmSession *session)
{
  CrmQualityPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_QUALITY_PAGE, NULL);
  self->session = g_object_ref (session);
  crm_quality_preview_set_session (self->preview, session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
