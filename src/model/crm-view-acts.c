/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adding, changing, moving and removing views. They are part of the history as types and fields are: a removed one
 * keeps its row. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-schema-private.h"
#include "crm-standard-views.h"
#include "crm-text.h"
#include "crm-view.h"

#define STATE_REMOVED "2"

/* @view may be of an older snapshot than this act's. @type: (out): its type */
static const CrmView *
get_view (CrmTransaction *transaction,
          const CrmView *view,
          const CrmRecordType **type,
          GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmView *newest = crm_catalogue_get_view (catalogue, view->id);

  if (newest == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   _ ("The view “%s” was removed meanwhile. Undo that first."), view->label);
      return NULL;
    }

  *type = crm_catalogue_get_type (catalogue, newest->type_id);
  crm_transaction_set_subject (transaction, *type, 0, NULL);
  return newest;
}

static gboolean
is_name_free (const CrmRecordType *type, const char *name)
{
  for (guint i = 0; i < type->n_views; i++)
    if (strcmp (type->views[i]->name, name) == 0)
      return FALSE;

  return TRUE;
}

/* An API name for @label that no view of @type has: "big_deals", "big_deals_2". (transfer full) */
static char *
make_name (const CrmRecordType *type, const char *label, gint64 id)
{
  g_autofree char *base = crm_catalogue_make_name (label);
  g_autofree char *name = NULL;

  if (!crm_schema_check_name (base, NULL))
    {
      g_free (base);
      base = g_strdup_printf ("view_%" G_GINT64_FORMAT, id);
    }

  name = g_strdup (base);
  for (guint i = 2; !is_name_free (type, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", base, i);
    }

  return g_steal_pointer (&name);
}

/* The name of a new view: the one that is asked for, or one that is made. (transfer full) */
static char *
choose_name (const CrmRecordType *type,
             const CrmViewChange *change,
             const char *label,
             gint64 id,
             GError **error)
{
  if (change->name == NULL)
    return make_name (type, label, id);
  if (!crm_schema_check_name (change->name, error))
    return NULL;
  if (is_name_free (type, change->name))
    return g_strdup (change->name);

  g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
               _ ("There is a view “%s” already; choose another name."), change->name);
  return NULL;
}

static gboolean
has_column (CrmViewQuery *query, const char *field)
{
  GPtrArray *columns = crm_view_query_get_columns (query);

  for (guint i = 0; i < columns->len; i++)
    if (strcmp (((CrmViewColumn *) g_ptr_array_index (columns, i))->field, field) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_sort (CrmViewQuery *query, const char *field)
{
  GPtrArray *sorts = crm_view_query_get_sorts (query);

  for (guint i = 0; i < sorts->len; i++)
    if (strcmp (((CrmViewSort *) g_ptr_array_index (sorts, i))->field, field) == 0)
      return TRUE;

  return FALSE;
}

/* What of @query was not in @former. (transfer full) */
static CrmViewQuery *
take_new_part (CrmViewQuery *query, CrmViewQuery *former)
{
  CrmViewQuery *part = crm_view_query_new ();
  GPtrArray *columns = crm_view_query_get_columns (query);
  GPtrArray *sorts = crm_view_query_get_sorts (query);

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (!has_column (former, column->field))
        crm_view_query_add_column (part, column->field, column->width);
    }
  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);

      if (!has_sort (former, sort->field))
        crm_view_query_add_sort (part, sort->field, sort->descending);
    }
  if (g_strcmp0 (crm_view_query_get_filter (query), crm_view_query_get_filter (former)) != 0)
    crm_view_query_set_filter (part, crm_view_query_get_filter (query));
  if (g_strcmp0 (crm_view_query_get_group (query), crm_view_query_get_group (former)) != 0)
    crm_view_query_set_group (part, crm_view_query_get_group (query));

  return part;
}

/* @view: (nullable): the one that is changed. What it names that was removed since may stay in it. */
static gboolean
check_query (CrmTransaction *transaction,
             const CrmRecordType *type,
             const CrmView *view,
             const CrmViewChange *change,
             GError **error)
{
  g_autoptr (CrmViewQuery) former = NULL;
  g_autoptr (CrmViewQuery) part = NULL;

  if (change->query == NULL)
    return TRUE;

  if (view != NULL)
    former = crm_view_query_parse (view->query, NULL);
  if (former != NULL)
    part = take_new_part (change->query, former);

  return crm_view_query_check (part != NULL ? part : change->query,
                               crm_transaction_get_store (transaction), type, error);
}

/* (transfer full), %NULL with @error where nothing is left of it */
static char *
clean_label (const char *label, GError **error)
{
  char *clean = crm_text_clean (label, FALSE);

  if (clean == NULL)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                         _ ("A view needs a name. Write one."));

  return clean;
}

static gboolean
insert_view (CrmTransaction *transaction,
             const CrmRecordType *type,
             const CrmView *view,
             GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (crm_transaction_get_connection (transaction),
                                      "INSERT INTO view (id, type_id, name, label, icon, layout,"
                                      " favorite, query, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                                      " ?7, ?8, (SELECT coalesce (max (position), 0) + 1 FROM view"
                                      " WHERE type_id = ?2))",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, view->id);
  crm_statement_bind_int (statement, 2, type->id);
  crm_statement_bind_text (statement, 3, view->name);
  crm_statement_bind_text (statement, 4, view->label);
  crm_statement_bind_text (statement, 5, view->icon);
  crm_statement_bind_text (statement, 6, crm_view_layout_to_name (view->layout));
  crm_statement_bind_int (statement, 7, view->favorite);
  crm_statement_bind_text (statement, 8, view->query);

  return crm_statement_run (statement, error) &&
         crm_schema_log_creation (transaction, "view", view->id, error) &&
         crm_transaction_reload_catalogue (transaction, error);
}

gboolean
crm_view_add (CrmTransaction *transaction,
              const CrmRecordType *type,
              const CrmViewChange *change,
              const CrmView **view,
              GError **error)
{
  const CrmCatalogue *catalogue;
  CrmView made = { 0 };
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (change != NULL && change->label != NULL, FALSE);

  catalogue = crm_transaction_get_catalogue (transaction);
  type = crm_catalogue_get_type (catalogue, type->id);
  g_return_val_if_fail (type != NULL, FALSE);

  label = clean_label (change->label, error);
  if (label == NULL || !check_query (transaction, type, NULL, change, error) ||
      !crm_schema_get_next_id (transaction, "view", &made.id, error))
    return FALSE;

  name = choose_name (type, change, label, made.id, error);
  if (name == NULL)
    return FALSE;

  query = change->query != NULL ? crm_view_query_to_text (change->query) : g_strdup ("{}");
  made.name = name;
  made.label = label;
  made.icon = change->icon != NULL && *change->icon != '\0' ? change->icon : NULL;
  made.layout = change->layout >= 0 ? (CrmViewLayout) change->layout : CRM_VIEW_TABLE;
  made.favorite = change->favorite == CRM_SCHEMA_YES;
  made.query = query;

  crm_transaction_set_subject (transaction, type, 0, NULL);
  if (!insert_view (transaction, type, &made, error))
    return FALSE;

  if (view != NULL)
    *view = crm_catalogue_get_view (crm_transaction_get_catalogue (transaction), made.id);

  return TRUE;
}

static gboolean
set_text (CrmTransaction *transaction,
          const CrmView *view,
          const char *attribute,
          const char *text,
          GError **error)
{
  return crm_transaction_set_catalogue (transaction, "view", view->id, attribute, text, error);
}

gboolean
crm_view_set (CrmTransaction *transaction,
              const CrmView *view,
              const CrmViewChange *change,
              GError **error)
{
  const CrmRecordType *type;
  g_autofree char *label = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  view = get_view (transaction, view, &type, error);
  if (view == NULL || !check_query (transaction, type, view, change, error))
    return FALSE;

  if (change->label != NULL)
    {
      label = clean_label (change->label, error);
      if (label == NULL || !set_text (transaction, view, "label", label, error))
        return FALSE;
    }
  if (change->icon != NULL &&
      !set_text (transaction, view, "icon", *change->icon != '\0' ? change->icon : NULL, error))
    return FALSE;
  if (change->layout >= 0 &&
      !set_text (transaction, view, "layout",
                 crm_view_layout_to_name ((CrmViewLayout) change->layout), error))
    return FALSE;
  if (change->favorite != CRM_SCHEMA_KEEP &&
      !set_text (transaction, view, "favorite", change->favorite == CRM_SCHEMA_YES ? "1" : "0",
                 error))
    return FALSE;
  if (change->query != NULL)
    {
      query = crm_view_query_to_text (change->query);
      if (!set_text (transaction, view, "query", query, error))
        return FALSE;
    }

  return crm_transaction_reload_catalogue (transaction, error);
}

gboolean
crm_view_duplicate (CrmTransaction *transaction,
                    const CrmView *view,
                    const char *label,
                    const CrmView **copy,
                    GError **error)
{
  const CrmRecordType *type;
  CrmView made;
  g_autofree char *clean = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  view = get_view (transaction, view, &type, error);
  if (view == NULL)
    return FALSE;

  /* Translators: what a copy of a view is called: "Copy of My Open Deals" */
  clean = label != NULL ? clean_label (label, error)
                        : g_strdup_printf (_ ("Copy of %s"), view->label);
  made = *view;
  if (clean == NULL || !crm_schema_get_next_id (transaction, "view", &made.id, error))
    return FALSE;

  name = make_name (type, clean, made.id);
  made.name = name;
  made.label = clean;
  made.favorite = FALSE;
  if (!insert_view (transaction, type, &made, error))
    return FALSE;

  type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), type->id);
  for (guint i = 0; i + 1 < type->n_views; i++)
    if (type->views[i]->id == view->id &&
        !crm_view_move (transaction,
                        crm_catalogue_get_view (crm_transaction_get_catalogue (transaction),
                                                made.id),
                        type->views[i + 1], error))
      return FALSE;

  if (copy != NULL)
    *copy = crm_catalogue_get_view (crm_transaction_get_catalogue (transaction), made.id);

  return TRUE;
}

gboolean
crm_view_move (CrmTransaction *transaction,
               const CrmView *view,
               const CrmView *before,
               GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);
  g_return_val_if_fail (before == NULL || before->type_id == view->type_id, FALSE);

  view = get_view (transaction, view, &type, error);
  if (view == NULL)
    return FALSE;

  for (guint i = 0; i < type->n_views; i++)
    g_array_append_val (ids, type->views[i]->id);

  return crm_schema_reorder (transaction, "view", ids, view->id, before != NULL ? before->id : 0,
                             error) &&
         crm_transaction_reload_catalogue (transaction, error);
}

gboolean
crm_view_remove (CrmTransaction *transaction, const CrmView *view, GError **error)
{
  const CrmRecordType *type;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  view = get_view (transaction, view, &type, error);
  return view != NULL && set_text (transaction, view, "state", STATE_REMOVED, error) &&
         crm_transaction_reload_catalogue (transaction, error);
}

gboolean
crm_view_reset (CrmTransaction *transaction, const CrmView *view, GError **error)
{
  const CrmRecordType *type;
  const CrmStandardView *shipped;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  view = get_view (transaction, view, &type, error);
  if (view == NULL)
    return FALSE;

  shipped = view->standard ? crm_standard_views_find (type->name, view->name) : NULL;
  if (shipped == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is a view of your own, so there is nothing to set it back to."),
                   view->label);
      return FALSE;
    }

  return set_text (transaction, view, "label", _ (shipped->label), error) &&
         set_text (transaction, view, "icon", shipped->icon, error) &&
         set_text (transaction, view, "layout", crm_view_layout_to_name (shipped->layout), error) &&
         set_text (transaction, view, "query", shipped->query, error) &&
         crm_transaction_reload_catalogue (transaction, error);
}
