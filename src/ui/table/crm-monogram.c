/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-monogram.h"

/* The style classes "color1" to "color14" of libadwaita's style sheet */
#define N_COLORS 14
/* Of the diameter: how wide and how high letters may be */
#define MAX_TEXT 0.515
/* Bytes */
#define LETTERS_SIZE 16

struct _CrmMonogram
{
  GtkWidget parent_instance;

  int size; /* pixels */
  guint color; /* 1 to N_COLORS; 0: nothing is to be seen */
  char letters[LETTERS_SIZE]; /* two characters at most */
  PangoLayout *layout; /* nullable: made when it is drawn */
};

G_DEFINE_FINAL_TYPE (CrmMonogram, crm_monogram, GTK_TYPE_WIDGET)

static const char *
get_class (guint color)
{
  static const char *classes[N_COLORS + 1];

  if (classes[color] == NULL)
    {
      g_autofree char *name = g_strdup_printf ("color%u", color);

      classes[color] = g_intern_string (name);
    }

  return classes[color];
}

static void
add_letter (char *letters, const char *text)
{
  gsize length = strlen (letters);

  if (*text != '\0')
    letters[length + (gsize) g_unichar_to_utf8 (g_utf8_get_char (text), letters + length)] = '\0';
}

/* The first letter, and that of the last word */
static void
find_letters (const char *name, char *letters)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *composed = g_utf8_normalize (g_strstrip (upper), -1,
                                                G_NORMALIZE_DEFAULT_COMPOSE);
  const char *space = composed != NULL ? strrchr (composed, ' ') : NULL;

  letters[0] = '\0';
  if (composed != NULL)
    add_letter (letters, composed);
  if (space != NULL)
    add_letter (letters, space + 1);
}

/* Letters as large as fit into the disc */
static PangoLayout *
make_layout (CrmMonogram *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->letters);
  double most = self->size * MAX_TEXT;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  pango_attr_list_insert (attributes,
                          pango_attr_size_new_absolute (
                              (int) (MIN (most, height * most / MAX (width, 1)) * PANGO_SCALE)));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

/* GtkWidget */

static void
crm_monogram_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = CRM_MONOGRAM (widget)->size;
}

static void
crm_monogram_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CrmMonogram *self = CRM_MONOGRAM (widget);
  GdkRGBA color;
  int width;
  int height;

  if (self->letters[0] == '\0')
    return;

  if (self->layout == NULL)
    self->layout = make_layout (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) - width) / 2),
                                      (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
crm_monogram_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (crm_monogram_parent_class)->css_changed (widget, change);

  g_clear_object (&CRM_MONOGRAM (widget)->layout);
}

static void
crm_monogram_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (crm_monogram_parent_class)->system_setting_changed (widget, setting);

  g_clear_object (&CRM_MONOGRAM (widget)->layout);
}

/* GObject */

static void
crm_monogram_finalize (GObject *object)
{
  g_clear_object (&CRM_MONOGRAM (object)->layout);

  G_OBJECT_CLASS (crm_monogram_parent_class)->finalize (object);
}

static void
crm_monogram_class_init (CrmMonogramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_monogram_finalize;

  widget_class->measure = crm_monogram_measure;
  widget_class->snapshot = crm_monogram_snapshot;
  widget_class->css_changed = crm_monogram_css_changed;
  widget_class->system_setting_changed = crm_monogram_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
crm_monogram_init (CrmMonogram *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/* Public API */

GtkWidget *
crm_monogram_new (int size)
{
  CrmMonogram *self;

  g_return_val_if_fail (size > 0, NULL);

  self = g_object_new (CRM_TYPE_MONOGRAM, NULL);
  self->size = size;

  return GTK_WIDGET (self);
}

void
crm_monogram_set_name (CrmMonogram *self, const char *name)
{
  char letters[LETTERS_SIZE];
  guint color;

  g_return_if_fail (CRM_IS_MONOGRAM (self));
  g_return_if_fail (name != NULL);

  color = *name != '\0' ? g_str_hash (name) % N_COLORS + 1 : 0;
  if (color != self->color)
    {
      const char *classes[] = { color > 0 ? get_class (color) : NULL, "contrasted", NULL };

      self->color = color;
      gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
    }

  find_letters (name, letters);
  if (g_str_equal (letters, self->letters))
    return;

  g_strlcpy (self->letters, letters, sizeof self->letters);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
