/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmPickPopover:
 *
 * A short list to choose from: one of it (a stage, a team member, a reason), or with ticks several (tags). Typing
 * searches. It goes when it is closed; Escape chooses nothing.
 */
#define CRM_TYPE_PICK_POPOVER (crm_pick_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmPickPopover, crm_pick_popover, CRM, PICK_POPOVER, GtkPopover)

typedef enum
{
  CRM_TICK_NONE,
  CRM_TICK_SOME, /* some of those that it is about */
  CRM_TICK_ALL,
} CrmTick;

/* @title: what is chosen, as its heading */
GtkWidget *crm_pick_popover_new (const char *title);
/* With ticks, which Apply takes; and where @can_create, what is not in the list can be made */
GtkWidget *crm_pick_popover_new_with_ticks (const char *title, gboolean can_create);

/* @color: (nullable): of an option, see CrmOption */
void crm_pick_popover_add (CrmPickPopover *self, gint64 id, const char *label, const char *color);
/* How it is before anybody ticks. @detail: (nullable): dim at the end, "12 of 34" */
void crm_pick_popover_set_tick (CrmPickPopover *self, gint64 id, CrmTick tick, const char *detail);

/* Those that were ticked or unticked by hand; @id: 0: to be made */
typedef void (*CrmTickedFunc) (gint64 id, const char *label, gboolean ticked, gpointer data);
void crm_pick_popover_foreach_changed (CrmPickPopover *self, CrmTickedFunc func, gpointer data);

/* Takes the floating popover; it is at that side of @widget and goes when it is closed */
void crm_pick_popover_show_at (CrmPickPopover *self, GtkWidget *widget, GtkPositionType position);

/**
 * CrmPickPopover::picked:
 * @id: of what was chosen
 * @label: what it is called
 */
/**
 * CrmPickPopover::applied:
 *
 * The ticks are to be taken, see crm_pick_popover_foreach_changed().
 */

G_END_DECLS
