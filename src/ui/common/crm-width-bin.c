/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-width-bin.h"

struct _CrmWidthBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  int threshold;
  gboolean narrow;
  gboolean known; /* it was allocated once */
  guint source;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_THRESHOLD,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void buildable_iface_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmWidthBin,
                               crm_width_bin,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static void
set_child (CrmWidthBin *self, GtkWidget *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

/* Widgets may not be changed while they are being allocated */
static gboolean
announce_cb (gpointer user_data)
{
  CrmWidthBin *self = user_data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < self->threshold;

  self->source = 0;
  if (narrow != self->narrow || !self->known)
    {
      self->known = TRUE;
      self->narrow = narrow;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
    }

  return G_SOURCE_REMOVE;
}

static void
crm_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (widget);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
  if (((width < self->threshold) != self->narrow || !self->known) && self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH, announce_cb, self, NULL);
}

static void
crm_width_bin_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (widget);

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, minimum_baseline,
                        natural_baseline);
}

static GtkSizeRequestMode
crm_width_bin_get_request_mode (GtkWidget *widget)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child)
                             : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
crm_width_bin_add_child (GtkBuildable *buildable,
                         GtkBuilder *builder,
                         GObject *child,
                         const char *type)
{
  if (GTK_IS_WIDGET (child) && type == NULL)
    set_child (CRM_WIDTH_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = crm_width_bin_add_child;
}

static void
crm_width_bin_dispose (GObject *object)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (crm_width_bin_parent_class)->dispose (object);
}

static void
crm_width_bin_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (object);

  switch (property_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;

    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_width_bin_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  CrmWidthBin *self = CRM_WIDTH_BIN (object);

  switch (property_id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;

    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_width_bin_class_init (CrmWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_width_bin_dispose;
  object_class->get_property = crm_width_bin_get_property;
  object_class->set_property = crm_width_bin_set_property;

  widget_class->measure = crm_width_bin_measure;
  widget_class->size_allocate = crm_width_bin_size_allocate;
  widget_class->get_request_mode = crm_width_bin_get_request_mode;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 600,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                      G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_width_bin_init (CrmWidthBin *self)
{
  self->threshold = 600;
}

gboolean
crm_width_bin_get_narrow (CrmWidthBin *self)
{
  g_return_val_if_fail (CRM_IS_WIDTH_BIN (self), FALSE);

  return self->narrow;
}
