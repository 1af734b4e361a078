/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-date.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "crm-date-picker.h"

#define MAX_COUNT 9999
#define FIRST_COUNT 30

/* How the date is said */
typedef enum
{
  WAY_DAY, /* typed */
  WAY_TODAY,
  WAY_YESTERDAY,
  WAY_TOMORROW,
  WAY_THIS, /* of a unit */
  WAY_LAST,
  WAY_NEXT,
  WAY_PAST, /* so many of a unit */
  WAY_COMING,
  N_WAYS,
} Way;

static const char *const way_words[] = {
  "", "today", "yesterday", "tomorrow", "this", "last", "next", "last", "next", NULL,
};
static const char *const units[] = { "day", "week", "month", "quarter", "year" };

struct _CrmFilterDate
{
  AdwBin parent_instance;

  GtkDropDown *way;
  GtkWidget *entry_box;
  GtkWidget *entry;
  CrmDatePicker *picker;
  GtkSpinButton *count;
  GtkDropDown *unit; /* behind "this": without days */
  GtkDropDown *units; /* behind a number */

  CrmSession *session;
  const CrmFilterNode *condition;
  gboolean showing;
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterDate, crm_filter_date, ADW_TYPE_BIN)

static Way
get_way (CrmFilterDate *self)
{
  return (Way) gtk_drop_down_get_selected (self->way);
}

static void
show_parts (CrmFilterDate *self)
{
  Way way = get_way (self);

  gtk_widget_set_visible (self->entry_box, way == WAY_DAY);
  gtk_widget_set_visible (GTK_WIDGET (self->unit),
                          way == WAY_THIS || way == WAY_LAST || way == WAY_NEXT);
  gtk_widget_set_visible (GTK_WIDGET (self->count), way == WAY_PAST || way == WAY_COMING);
  gtk_widget_set_visible (GTK_WIDGET (self->units), way == WAY_PAST || way == WAY_COMING);
}

static gboolean
find_unit (const char *word, guint *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (word, units[i]))
      {
        *unit = i;
        return TRUE;
      }

  return FALSE;
}

/* Whether @text is said in one of the ways but the first, which is then shown */
static gboolean
show_relative (CrmFilterDate *self, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit (lower, " ", -1);
  guint n = g_strv_length (words);
  guint unit = 0;

  for (guint way = WAY_TODAY; way < N_WAYS; way++)
    {
      guint n_words = way >= WAY_PAST ? 3 : way >= WAY_THIS ? 2 : 1;

      if (n != n_words || !g_str_equal (words[0], way_words[way]))
        continue;
      if (n > 1 && (!find_unit (words[n - 1], &unit) || (n == 2 && unit == 0)))
        return FALSE;

      gtk_drop_down_set_selected (self->way, way);
      if (n == 2)
        gtk_drop_down_set_selected (self->unit, unit - 1);
      if (n == 3)
        {
          gtk_spin_button_set_value (self->count, strtoul (words[1], NULL, 10));
          gtk_drop_down_set_selected (self->units, unit);
        }
      return TRUE;
    }

  return FALSE;
}

static void
show_operand (CrmFilterDate *self, guint index)
{
  const CrmFilterOperand *operand;
  g_autofree char *typed = NULL;

  if (index >= self->condition->operands->len)
    return;

  operand = g_ptr_array_index (self->condition->operands, index);
  if (show_relative (self, operand->text))
    return;

  typed = crm_filter_node_get_typed (self->condition, index, crm_session_get_store (self->session));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
  crm_date_picker_set_date (self->picker, operand->text);
}

/* Callbacks */

static void
changed_cb (CrmFilterDate *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_selected_cb (CrmFilterDate *self)
{
  show_parts (self);
  changed_cb (self);
}

static void
activate_cb (CrmFilterDate *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
picked_cb (CrmFilterDate *self, const char *iso)
{
  g_autofree char *text = iso != NULL ? crm_date_format_numeric (iso) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/* Making */

static GtkDropDown *
make_drop_down (CrmFilterDate *self, const char *const *labels, const char *name)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return GTK_DROP_DOWN (drop_down);
}

static void
make_entry (CrmFilterDate *self)
{
  self->entry_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->entry = gtk_entry_new ();
  self->picker = CRM_DATE_PICKER (crm_date_picker_new ());
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Date"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->entry_box), self->entry);
  gtk_box_append (GTK_BOX (self->entry_box), GTK_WIDGET (self->picker));
}

static void
make_parts (CrmFilterDate *self)
{
  const char *const ways[] = { _ ("Date"), _ ("Today"), _ ("Yesterday"), _ ("Tomorrow"), _ ("This"),
                               _ ("Last"), _ ("Next"),
                               /* Translators: followed by a number and “days”, “weeks” … */
                               _ ("In the Last"), _ ("In the Next"), NULL };
  const char *const one[] = { _ ("Week"), _ ("Month"), _ ("Quarter"), _ ("Year"), NULL };
  const char *const many[] = { _ ("Days"),     _ ("Weeks"), _ ("Months"),
                               _ ("Quarters"), _ ("Years"), NULL };

  self->way = make_drop_down (self, ways, _ ("Kind of Date"));
  self->unit = make_drop_down (self, one, _ ("Period"));
  self->units = make_drop_down (self, many, _ ("Period"));
  gtk_drop_down_set_selected (self->unit, 1);
  self->count = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MAX_COUNT, 1));
  gtk_spin_button_set_value (self->count, FIRST_COUNT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How Many"), -1);
  make_entry (self);

  g_signal_connect_object (self->way, "notify::selected", G_CALLBACK (way_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->units, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->count, "value-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* GObject */

static void
crm_filter_date_dispose (GObject *object)
{
  CrmFilterDate *self = CRM_FILTER_DATE (object);

  self->showing = TRUE;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_filter_date_parent_class)->dispose (object);
}

static gboolean
crm_filter_date_grab_focus (GtkWidget *widget)
{
  CrmFilterDate *self = CRM_FILTER_DATE (widget);

  return get_way (self) == WAY_DAY ? gtk_widget_grab_focus (self->entry)
                                   : gtk_widget_grab_focus (GTK_WIDGET (self->way));
}

static void
crm_filter_date_class_init (CrmFilterDateClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_date_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_filter_date_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
crm_filter_date_init (CrmFilterDate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  make_parts (self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->way), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->way));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->unit));
  gtk_box_append (GTK_BOX (box), line);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->count));
  gtk_widget_set_hexpand (GTK_WIDGET (self->units), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->units));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->entry_box);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Public API */

GtkWidget *
crm_filter_date_new (CrmSession *session, const CrmFilterNode *condition, guint index)
{
  CrmFilterDate *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (condition != NULL, NULL);

  self = g_object_new (CRM_TYPE_FILTER_DATE, NULL);
  self->session = g_object_ref (session);
  self->condition = condition;
  self->showing = TRUE;
  show_operand (self, index);
  show_parts (self);
  self->showing = FALSE;

  return GTK_WIDGET (self);
}

char *
crm_filter_date_get_text (CrmFilterDate *self, GError **error)
{
  const char *typed;
  Way way;

  g_return_val_if_fail (CRM_IS_FILTER_DATE (self), NULL);

  way = get_way (self);
  switch (way)
    {
    case WAY_DAY:
      typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
      if (*typed == '\0')
        return NULL;
      return crm_filter_node_read_typed (self->condition, typed,
                                         crm_session_get_store (self->session), error);

    case WAY_THIS:
    case WAY_LAST:
    case WAY_NEXT:
      return g_strdup_printf ("%s %s", way_words[way],
                              units[gtk_drop_down_get_selected (self->unit) + 1]);

    case WAY_PAST:
    case WAY_COMING:
      return g_strdup_printf ("%s %d %ss", way_words[way],
                              gtk_spin_button_get_value_as_int (self->count),
                              units[gtk_drop_down_get_selected (self->units)]);

    case WAY_TODAY:
    case WAY_YESTERDAY:
    case WAY_TOMORROW:
    case N_WAYS:
    default:
      return g_strdup (way_words[way]);
    }
}
