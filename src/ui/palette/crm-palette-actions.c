/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-palette-actions.h"

#include <glib/gi18n.h>

#include "crm-words.h"

static const struct
{
  const char *action;
  const char *title;
  const char *icon;
} commands[] = {
  { "win.undo", N_ ("Undo"), "edit-undo-symbolic" },
  { "win.redo", N_ ("Redo"), "edit-redo-symbolic" },
  { "win.search", N_ ("Search This List"), "system-search-symbolic" },
  { "win.filter", N_ ("Filter…"), "system-search-symbolic" },
  { "win.edit-filter", N_ ("Edit Filter…"), "system-search-symbolic" },
  { "win.clear-filter", N_ ("Clear Filters"), "edit-clear-symbolic" },
  { "win.filter-by-value", N_ ("Show Only This Value"), "system-search-symbolic" },
  { "win.hide-value", N_ ("Hide This Value"), "system-search-symbolic" },
  { "win.import", N_ ("Import…"), "crm-import-symbolic" },
  { "win.import-again", N_ ("Repeat Last Import…"), "crm-import-symbolic" },
  { "win.export", N_ ("Export…"), "crm-export-symbolic" },
  { "win.merge", N_ ("Merge…"), "crm-merge-symbolic" },
  { "win.go-back", N_ ("Go Back"), "go-previous-symbolic" },
  { "win.go-forward", N_ ("Go Forward"), "go-next-symbolic" },
  { "win.next-pane", N_ ("Next Pane"), "view-dual-symbolic" },
  { "win.new-workspace", N_ ("New Workspace…"), "document-new-symbolic" },
  { "win.open-workspace", N_ ("Open Workspace…"), "document-open-symbolic" },
  { "win.open-demo", N_ ("Open Demo"), "starred-symbolic" },
  { "win.back-up", N_ ("Save a Copy…"), "drive-harddisk-symbolic" },
  { "win.duplicate-rules", N_ ("Rules Against Duplicates…"), "emblem-system-symbolic" },
  { "win.preferences", N_ ("Preferences"), "preferences-system-symbolic" },
  { "win.show-help-overlay", N_ ("Keyboard Shortcuts"), "preferences-desktop-keyboard-symbolic" },
  { "app.new-window", N_ ("New Window"), "window-new-symbolic" },
  { "app.about", N_ ("About CRM"), "help-about-symbolic" },
  { "window.close", N_ ("Close Window"), "window-close-symbolic" },
  { "app.quit", N_ ("Quit"), "application-exit-symbolic" },
};

/* What the page that is shown does, as detailed names of its own actions; see win.on-page */
static const struct
{
  const char *action;
  const char *title;
  const char *icon;
} page_commands[] = {
  { "records.edit", N_ ("Edit the Selected…"), "document-edit-symbolic" },
  { "records.replace", N_ ("Find and Replace…"), "edit-find-replace-symbolic" },
  { "records.tag", N_ ("Tag the Selected…"), "starred-symbolic" },
  { "records.assign", N_ ("Assign the Selected…"), "avatar-default-symbolic" },
  { "records.move-stage", N_ ("Move the Selected to a Stage…"), "crm-deals-symbolic" },
  { "records.add-task", N_ ("Add a Task for the Selected…"), "crm-tasks-symbolic" },
  { "records.view-options", N_ ("View Options"), "crm-options-symbolic" },
  { "view.show-table", N_ ("Show as Table"), "crm-table-symbolic" },
  { "view.show-board", N_ ("Show as Board"), "crm-deals-symbolic" },
  { "view.show-calendar", N_ ("Show as Calendar"), "crm-calendar-symbolic" },
  { "calendar.today", N_ ("Calendar: Go to Today"), "crm-today-symbolic" },
  { "calendar.next", N_ ("Calendar: Next"), "go-next-symbolic" },
  { "calendar.previous", N_ ("Calendar: Previous"), "go-previous-symbolic" },
  { "calendar.show('month')", N_ ("Calendar: Month"), "crm-calendar-symbolic" },
  { "calendar.show('week')", N_ ("Calendar: Week"), "crm-calendar-symbolic" },
  { "calendar.show('day')", N_ ("Calendar: Day"), "crm-calendar-symbolic" },
  { "calendar.show('agenda')", N_ ("Calendar: Agenda"), "view-list-symbolic" },
  { "calendar.show-weeks", N_ ("Calendar: Week Numbers"), "crm-calendar-symbolic" },
  { "calendar.new-here", N_ ("Calendar: New on the Selected Day"), "list-add-symbolic" },
  { "view.save", N_ ("Save View"), "document-save-symbolic" },
  { "view.save-as", N_ ("Save View As…"), "document-save-as-symbolic" },
  { "view.discard", N_ ("Discard Changes of View"), "edit-undo-symbolic" },
  { "view.rename", N_ ("Rename View…"), "document-edit-symbolic" },
  { "view.duplicate", N_ ("Duplicate View"), "edit-copy-symbolic" },
  { "view.add-favorite", N_ ("Add View to Favorites"), "starred-symbolic" },
  { "view.remove-favorite", N_ ("Remove View from Favorites"), "non-starred-symbolic" },
  { "view.move-up", N_ ("Move View Up"), "go-up-symbolic" },
  { "view.move-down", N_ ("Move View Down"), "go-down-symbolic" },
  { "view.reset", N_ ("Reset View to Shipped"), "view-refresh-symbolic" },
  { "view.remove", N_ ("Delete View"), "user-trash-symbolic" },
  { "records.edit-cell", N_ ("Edit Cell"), "document-edit-symbolic" },
  { "records.copy", N_ ("Copy Cell or Rows"), "edit-copy-symbolic" },
  { "records.copy-csv", N_ ("Copy Rows as CSV"), "edit-copy-symbolic" },
  { "records.copy-column('')", N_ ("Column: Copy"), "edit-copy-symbolic" },
  { "records.paste", N_ ("Paste into Column"), "edit-paste-symbolic" },
  { "records.clear-cells", N_ ("Clear Cells"), "edit-clear-symbolic" },
  { "records.column-sort-ascending('')", N_ ("Column: Sort Ascending"),
    "view-sort-ascending-symbolic" },
  { "records.column-sort-descending('')", N_ ("Column: Sort Descending"),
    "view-sort-descending-symbolic" },
  { "records.column-add-to-sort('')", N_ ("Column: Add to Sort"), "view-sort-ascending-symbolic" },
  { "records.column-group('')", N_ ("Column: Group by This"), "view-list-symbolic" },
  { "records.column-add-to-groups('')", N_ ("Column: Add to Groups"), "view-list-symbolic" },
  { "records.column-insert('')", N_ ("Column: Insert…"), "list-add-symbolic" },
  { "records.column-hide('')", N_ ("Column: Hide"), "list-remove-symbolic" },
  { "records.column-fit('')", N_ ("Column: Fit Width"), "zoom-fit-best-symbolic" },
  { "records.column-widen('')", N_ ("Column: Make Wider"), "zoom-in-symbolic" },
  { "records.column-narrow('')", N_ ("Column: Make Narrower"), "zoom-out-symbolic" },
  { "records.set-total(('', 'sum'))", N_ ("Column: Show Sum"), "accessories-calculator-symbolic" },
  { "records.set-total(('', 'average'))", N_ ("Column: Show Average"),
    "accessories-calculator-symbolic" },
  { "records.set-total(('', 'filled'))", N_ ("Column: Show How Many Are Filled"),
    "accessories-calculator-symbolic" },
  { "records.set-total(('', ''))", N_ ("Column: Show No Total"),
    "accessories-calculator-symbolic" },
  { "records.expand-all", N_ ("Expand All Groups"), "pan-down-symbolic" },
  { "records.collapse-all", N_ ("Collapse All Groups"), "pan-end-symbolic" },
  { "records.ungroup", N_ ("Don’t Group"), "view-list-symbolic" },
};

GPtrArray *
crm_palette_list_actions (const CrmCatalogue *catalogue)
{
  GPtrArray *items;
  guint n_types;

  g_return_val_if_fail (catalogue != NULL, NULL);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  n_types = crm_catalogue_get_n_types (catalogue);
  for (guint i = 0; i < n_types; i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *title = crm_words_get_new (type);

      g_ptr_array_add (items, crm_palette_item_new_action ("win.new-record-of-type", type->name,
                                                           title, "list-add-symbolic"));
    }
  for (guint i = 0; i < n_types; i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *title = g_strdup_printf (_ ("Go to %s"), type->label_many);

      for (guint j = 0; j < type->n_views; j++)
        {
          const CrmView *view = type->views[j];
          g_autofree char *place = g_strconcat (type->name, "/", view->name, NULL);
          /* Translators: a type and one of its views: "Go to Deals – Closing This Month" */
          g_autofree char *view_title = g_strdup_printf (_ ("Go to %s – %s"), type->label_many,
                                                         view->label);

          g_ptr_array_add (items,
                           crm_palette_item_new_action ("win.show-place", place, view_title,
                                                        view->icon != NULL ? view->icon
                                                                           : "view-list-symbolic"));
        }

      g_ptr_array_add (items,
                       crm_palette_item_new_action ("win.show-place", type->name, title,
                                                    type->icon != NULL ? type->icon
                                                                       : "crm-type-symbolic"));
    }
  g_ptr_array_add (items,
                   crm_palette_item_new_action ("win.show-place", "history", _ ("Go to History"),
                                                "crm-history-symbolic"));
  g_ptr_array_add (items, crm_palette_item_new_action ("win.show-place", "data-quality",
                                                       _ ("Go to Data Quality"),
                                                       "object-select-symbolic"));
  for (guint i = 0; i < n_types; i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *place = g_strconcat ("duplicates/", type->name, NULL);
      g_autofree char *title = NULL;

      /* Translators: the plural noun of a type */
      title = g_strdup_printf (_ ("Find Duplicates – %s"), type->label_many);
      g_ptr_array_add (items, crm_palette_item_new_action ("win.show-place", place, title,
                                                           "edit-find-symbolic"));
    }
  g_ptr_array_add (items,
                   crm_palette_item_new_action ("win.show-place", "backups", _ ("Go to Backups"),
                                                "drive-harddisk-symbolic"));
  g_ptr_array_add (items, crm_palette_item_new_action ("win.show-place", "trash", _ ("Go to Trash"),
                                                       "user-trash-symbolic"));
  for (guint i = 0; i < G_N_ELEMENTS (page_commands); i++)
    g_ptr_array_add (items, crm_palette_item_new_action ("win.on-page", page_commands[i].action,
                                                         _ (page_commands[i].title),
                                                         page_commands[i].icon));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_ptr_array_add (items, crm_palette_item_new_action (commands[i].action, NULL,
                                                         _ (commands[i].title), commands[i].icon));

  return items;
}
