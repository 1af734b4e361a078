/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-bulk-preview-group.h"

#include <glib/gi18n.h>

#include "crm-number.h"

/* How long nothing else is asked for before it is looked for, in milliseconds */
#define DELAY 120

/* So many records are looked at first, for people to see something at once */
#define FIRST 1024

#define MAX_SAMPLES 5

typedef enum
{
  STAGE_NOTHING, /* nothing is asked for */
  STAGE_LOOKING,
  STAGE_FIRST, /* the first are known */
  STAGE_ALL,
  STAGE_IMPOSSIBLE,
} Stage;

struct _CrmBulkPreviewGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* of GtkWidget: those that are shown */

  CrmSession *session;
  const CrmRecordType *type;
  CrmBulkChange *change; /* (nullable): what is to be looked for next */
  GArray *ids;
  Stage stage;
  gint64 n_changes;
  GCancellable *cancellable;
  guint generation;
  guint source;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmBulkPreviewGroup, crm_bulk_preview_group, ADW_TYPE_PREFERENCES_GROUP)

/* Showing */

static void
clear_rows (CrmBulkPreviewGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static AdwActionRow *
add_row (CrmBulkPreviewGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);

  return ADW_ACTION_ROW (row);
}

static void
show_samples (CrmBulkPreviewGroup *self, GPtrArray *samples)
{
  clear_rows (self);
  for (guint i = 0; i < samples->len; i++)
    {
      const CrmBulkSample *sample = g_ptr_array_index (samples, i);
      g_autofree char *text = NULL;

      /* Translators: how a value is, and how it would be */
      text = g_strdup_printf (_ ("%s → %s"),
                              *sample->before != '\0' ? sample->before : _ ("Nothing"),
                              *sample->after != '\0' ? sample->after : _ ("Nothing"));
      add_row (self, sample->label, text);
    }
}

static void
show_error (CrmBulkPreviewGroup *self, const GError *error)
{
  AdwActionRow *row;

  clear_rows (self);
  row = add_row (self, error->message, "");
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (row), "crm-impossible");
}

static void
show_count (CrmBulkPreviewGroup *self)
{
  g_autofree char *n = crm_number_format (self->n_changes, 0, 0);
  g_autofree char *all = crm_number_format (self->ids != NULL ? self->ids->len : 0, 0, 0);
  g_autofree char *text = NULL;

  switch (self->stage)
    {
    case STAGE_LOOKING:
    case STAGE_FIRST:
      text = g_strdup (_ ("Counting…"));
      break;
    case STAGE_ALL:
      /* Translators: how many of how many */
      text = self->n_changes > 0 ? g_strdup_printf (_ ("%s of %s will be changed."), n, all)
                                 : g_strdup (_ ("Nothing has to be changed."));
      break;
    case STAGE_NOTHING:
    case STAGE_IMPOSSIBLE:
    default:
      break;
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
enter (CrmBulkPreviewGroup *self, Stage stage)
{
  self->stage = stage;
  show_count (self);
  gtk_widget_set_visible (GTK_WIDGET (self), stage != STAGE_NOTHING);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Looking */

typedef struct
{
  CrmBulkPreviewGroup *group; /* owned */
  const CrmRecordType *type;
  CrmBulkChange *change;
  GArray *ids;
  guint n_ids; /* how many of them */
  guint generation;
  guint n_changes;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->group);
  g_clear_pointer (&look->change, crm_bulk_change_free);
  g_array_unref (look->ids);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;

  return crm_bulk_change_preview (look->change, store, look->type,
                                  (const gint64 *) (gpointer) look->ids->data, look->n_ids,
                                  MAX_SAMPLES, &look->n_changes, cancellable, error);
}

static void looked_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/* Takes @look */
static void
run (CrmBulkPreviewGroup *self, Look *look)
{
  crm_store_run_async (crm_session_get_store (self->session), look_in_worker, look, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, looked_cb, look);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  CrmBulkPreviewGroup *self = look->group;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (look->generation != self->generation || self->session == NULL)
    return;
  if (samples == NULL)
    {
      show_error (self, error);
      enter (self, STAGE_IMPOSSIBLE);
      return;
    }

  self->n_changes = look->n_changes;
  show_samples (self, samples);
  if (look->n_ids == look->ids->len)
    {
      enter (self, STAGE_ALL);
      return;
    }
  enter (self, STAGE_FIRST);
  look->n_ids = look->ids->len;
  run (self, g_steal_pointer (&look));
}

static void
stop (CrmBulkPreviewGroup *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->generation++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
look_cb (gpointer user_data)
{
  CrmBulkPreviewGroup *self = user_data;
  Look *look = g_new0 (Look, 1);

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  look->group = g_object_ref (self);
  look->type = self->type;
  look->change = g_steal_pointer (&self->change);
  look->ids = g_array_ref (self->ids);
  look->n_ids = MIN (FIRST, look->ids->len);
  look->generation = self->generation;
  run (self, look);

  return G_SOURCE_REMOVE;
}

/* GObject */

static void
crm_bulk_preview_group_dispose (GObject *object)
{
  CrmBulkPreviewGroup *self = CRM_BULK_PREVIEW_GROUP (object);

  stop (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_bulk_preview_group_parent_class)->dispose (object);
}

static void
crm_bulk_preview_group_finalize (GObject *object)
{
  CrmBulkPreviewGroup *self = CRM_BULK_PREVIEW_GROUP (object);

  g_clear_pointer (&self->change, crm_bulk_change_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (crm_bulk_preview_group_parent_class)->finalize (object);
}

static void
crm_bulk_preview_group_class_init (CrmBulkPreviewGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_bulk_preview_group_dispose;
  object_class->finalize = crm_bulk_preview_group_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_bulk_preview_group_init (CrmBulkPreviewGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Preview"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Public API */

GtkWidget *
crm_bulk_preview_group_new (CrmSession *session, const CrmRecordType *type)
{
  CrmBulkPreviewGroup *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_BULK_PREVIEW_GROUP, NULL);
  self->session = g_object_ref (session);
  self->type = type;

  return GTK_WIDGET (self);
}

void
crm_bulk_preview_group_show (CrmBulkPreviewGroup *self,
                             CrmBulkChange *change,
                             GArray *ids,
                             const GError *error)
{
  g_return_if_fail (CRM_IS_BULK_PREVIEW_GROUP (self));
  g_return_if_fail (ids != NULL);

  stop (self);
  g_clear_pointer (&self->change, crm_bulk_change_free);
  g_array_ref (ids);
  g_clear_pointer (&self->ids, g_array_unref);
  self->change = change;
  self->ids = ids;

  if (error != NULL)
    {
      show_error (self, error);
      enter (self, STAGE_IMPOSSIBLE);
      return;
    }
  if (change == NULL)
    {
      clear_rows (self);
      enter (self, STAGE_NOTHING);
      return;
    }
  enter (self, STAGE_LOOKING);
  self->source = g_timeout_add (DELAY, look_cb, self);
}

gboolean
crm_bulk_preview_group_get_possible (CrmBulkPreviewGroup *self, gint64 *n)
{
  g_return_val_if_fail (CRM_IS_BULK_PREVIEW_GROUP (self), FALSE);
  g_return_val_if_fail (n != NULL, FALSE);

  *n = self->stage == STAGE_ALL ? self->n_changes : -1;

  return self->stage == STAGE_LOOKING || self->stage == STAGE_FIRST ||
         (self->stage == STAGE_ALL && self->n_changes > 0);
}
