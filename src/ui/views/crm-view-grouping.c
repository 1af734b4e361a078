/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-grouping.h"

#include <glib/gi18n.h>

#include "crm-field-choice.h"

#define N_LEVELS 2

typedef struct
{
  CrmFieldChoice *field;
  GtkDropDown *bucket;
  GtkToggleButton *descending;
} Level;

struct _CrmViewGrouping
{
  AdwBin parent_instance;

  CrmViewState *state;
  Level levels[N_LEVELS];
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CrmViewGrouping, crm_view_grouping, ADW_TYPE_BIN)

static const char *const bucket_titles[] = { N_ ("By Day"),     N_ ("By Week"), N_ ("By Month"),
                                             N_ ("By Quarter"), N_ ("By Year"), NULL };

static gboolean
is_date (const CrmField *field)
{
  return field != NULL && (field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME);
}

static const CrmCatalogue *
get_catalogue (CrmViewGrouping *self)
{
  return crm_store_get_catalogue (crm_session_get_store (crm_view_state_get_session (self->state)));
}

/* What a record has in common with others because of the one that it belongs to: people by the city of their company */
static void
add_related (GArray *columns,
             const CrmCatalogue *catalogue,
             const CrmRecordType *type,
             const CrmField *relation)
{
  const CrmRecordType *target = relation->kind == CRM_KIND_RELATION
                                    ? crm_catalogue_get_target (catalogue, relation)
                                    : NULL;

  for (guint i = 0; target != NULL && i < target->n_fields; i++)
    {
      const CrmField *field = target->fields[i];
      g_autofree char *path = g_strdup_printf ("%s.%s", relation->name, field->name);

      if (crm_grouping_fits (field) && field != target->label_field &&
          (field->flags & CRM_FIELD_SYSTEM) == 0)
        crm_columns_add (columns, catalogue, type, path, NULL);
    }
}

static gboolean
has_column (GArray *columns, const char *path)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (g_array_index (columns, CrmColumn, i).name, path))
      return TRUE;

  return FALSE;
}

/* All that is offered, and what the view has already; (transfer full) (element-type CrmColumn) */
static GArray *
list_columns (CrmViewGrouping *self, GPtrArray *groups)
{
  const CrmCatalogue *catalogue = get_catalogue (self);
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  GArray *columns = crm_columns_new ();

  for (guint i = 0; i < type->n_fields; i++)
    if (crm_grouping_fits (type->fields[i]))
      crm_columns_add_field (columns, type->fields[i]);
  for (guint i = 0; i < type->n_fields; i++)
    add_related (columns, catalogue, type, type->fields[i]);
  for (guint i = 0; i < groups->len; i++)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);

      if (!has_column (columns, group->field))
        crm_columns_add (columns, catalogue, type, group->field, NULL);
    }

  return columns;
}

/* The groups that there are at present, as the view names them. (transfer full) (element-type CrmViewGroup) */
static GPtrArray *
list_groups (CrmViewGrouping *self)
{
  GPtrArray *groups = crm_view_query_get_groups (crm_view_state_get_query (self->state));

  for (guint i = groups->len; i-- > 0;)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);
      g_autoptr (GArray) columns = crm_columns_new ();

      if (!crm_columns_add (columns, get_catalogue (self),
                            crm_view_state_get_record_type (self->state), group->field, NULL) ||
          !crm_column_can_group (&g_array_index (columns, CrmColumn, 0)))
        g_ptr_array_remove_index (groups, i);
    }

  return groups;
}

static void
update (CrmViewGrouping *self)
{
  g_autoptr (GPtrArray) groups = list_groups (self);
  g_autoptr (GArray) columns = list_columns (self, groups);

  self->updating = TRUE;
  for (guint i = 0; i < N_LEVELS; i++)
    {
      Level *level = &self->levels[i];
      const CrmViewGroup *group = i < groups->len ? g_ptr_array_index (groups, i) : NULL;

      crm_field_choice_set_columns (level->field, columns);
      crm_field_choice_set_column (level->field, group != NULL ? group->field : NULL);
      gtk_drop_down_set_selected (level->bucket, group != NULL ? group->bucket : CRM_BUCKET_MONTH);
      gtk_toggle_button_set_active (level->descending, group != NULL && group->descending);
      gtk_widget_set_visible (GTK_WIDGET (level->bucket),
                              is_date (crm_field_choice_get_field (level->field)));
      gtk_widget_set_visible (GTK_WIDGET (level->descending), group != NULL);
      /* There is nothing to put within nothing */
      gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (level->field)), i <= groups->len);
    }
  self->updating = FALSE;
}

static void
chosen_cb (CrmViewGrouping *self)
{
  CrmViewQuery *query;

  if (self->updating || self->state == NULL)
    return;

  query = crm_view_query_copy (crm_view_state_get_query (self->state));
  crm_view_query_clear_groups (query);
  for (guint i = 0; i < N_LEVELS; i++)
    {
      const Level *level = &self->levels[i];
      const CrmColumn *column = crm_field_choice_get_column (level->field);

      if (column != NULL)
        crm_view_query_add_group (query, column->name,
                                  is_date (column->field)
                                      ? (CrmBucket) gtk_drop_down_get_selected (level->bucket)
                                      : CRM_BUCKET_MONTH,
                                  gtk_toggle_button_get_active (level->descending));
    }
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_GROUP);
}

static void
state_changed_cb (CrmViewGrouping *self, guint parts)
{
  if ((parts & (CRM_VIEW_PART_GROUP | CRM_VIEW_PART_IDENTITY)) != 0)
    update (self);
}

static void
name (GtkWidget *widget, const char *title)
{
  gtk_widget_set_tooltip_text (widget, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static GtkWidget *
make_level (CrmViewGrouping *self, Level *level, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) buckets = g_new0 (char *, G_N_ELEMENTS (bucket_titles));

  for (guint i = 0; bucket_titles[i] != NULL; i++)
    buckets[i] = g_strdup (_ (bucket_titles[i]));

  level->field = CRM_FIELD_CHOICE (crm_field_choice_new (title, _ ("Nothing")));
  gtk_widget_set_hexpand (GTK_WIDGET (level->field), TRUE);
  g_signal_connect_object (level->field, "notify::field", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  level->bucket = GTK_DROP_DOWN (gtk_drop_down_new_from_strings ((const char *const *) buckets));
  name (GTK_WIDGET (level->bucket), _ ("How Finely"));
  g_signal_connect_object (level->bucket, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  level->descending = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (level->descending), "view-sort-descending-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (level->descending), "flat");
  name (GTK_WIDGET (level->descending), _ ("Last Group First"));
  g_signal_connect_object (level->descending, "toggled", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (level->field));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (level->bucket));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (level->descending));

  return box;
}

static void
crm_view_grouping_dispose (GObject *object)
{
  g_clear_object (&CRM_VIEW_GROUPING (object)->state);

  G_OBJECT_CLASS (crm_view_grouping_parent_class)->dispose (object);
}

static void
crm_view_grouping_class_init (CrmViewGroupingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_view_grouping_dispose;
}

static void
crm_view_grouping_init (CrmViewGrouping *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_level (self, &self->levels[0], _ ("Group By")));
  gtk_box_append (GTK_BOX (box), make_level (self, &self->levels[1], _ ("Then By")));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
crm_view_grouping_new (CrmViewState *state)
{
  CrmViewGrouping *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_VIEW_GROUPING, NULL);
  self->state = g_object_ref (state);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
