/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-problems.h"

#include <glib/gi18n.h>

#include "crm-number.h"
#include "crm-paged-list.h"
#include "crm-problem.h"

#define LIST_HEIGHT 160

struct _CrmImportProblems
{
  AdwBin parent_instance;

  GtkExpander *expander;
  GListStore *items; /* CrmPagedItem of CrmProblem */
  GPtrArray *problems; /* CrmProblem */
};

G_DEFINE_FINAL_TYPE (CrmImportProblems, crm_import_problems, ADW_TYPE_BIN)

static char *
describe (const CrmProblem *problem)
{
  g_autofree char *line = crm_number_format (problem->row, 0, 0);

  if (problem->row == 0)
    return g_strdup (problem->message);
  if (problem->column == NULL)
    return g_strdup_printf (_ ("Line %s: %s"), line, problem->message);
  if (problem->value == NULL)
    /* Translators: line of the file, title of the column, what is wrong */
    return g_strdup_printf (_ ("Line %s, %s: %s"), line, problem->column, problem->message);

  /* Translators: line of the file, title of the column, the cell, what is wrong */
  return g_strdup_printf (_ ("Line %s, %s “%s”: %s"), line, problem->column, problem->value,
                          problem->message);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_autofree char *text = describe (crm_paged_item_get_data (gtk_list_item_get_item (item)));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
nothing (gpointer data)
{
}

static void
crm_import_problems_finalize (GObject *object)
{
  CrmImportProblems *self = CRM_IMPORT_PROBLEMS (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->problems, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_import_problems_parent_class)->finalize (object);
}

static void
crm_import_problems_class_init (CrmImportProblemsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_problems_finalize;
}

static void
crm_import_problems_init (CrmImportProblems *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkNoSelection *selection;
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->items = g_list_store_new (CRM_TYPE_PAGED_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Problems"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->expander), "crm-import-problems");
  gtk_expander_set_child (self->expander, scroller);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Public API */

void
crm_import_problems_show (CrmImportProblems *self, GPtrArray *problems)
{
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;
  guint n;

  g_return_if_fail (CRM_IS_IMPORT_PROBLEMS (self));

  g_list_store_remove_all (self->items);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  n = problems != NULL ? problems->len : 0;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    return;

  self->problems = g_ptr_array_ref (problems);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmPagedItem) item = crm_paged_item_new (g_ptr_array_index (problems, i), nothing);

      g_list_store_append (self->items, item);
    }
  number = crm_number_format (n, 0, 0);
  label = g_strdup_printf (ngettext ("%s Problem", "%s Problems", n), number);
  gtk_expander_set_label (self->expander, label);
}
