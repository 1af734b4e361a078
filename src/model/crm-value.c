/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-value.h"

#include <string.h>

struct _CrmValue
{
  gatomicrefcount ref_count;
  CrmValueShape shape;
  union
  {
    struct
    {
      gint64 number; /* of money: thousandths */
      char currency[4];
    };
    struct
    {
      CrmItem *items;
      guint n_items;
    };
    /* Behind the reference count in one block: there are very many of these. */
    char text[1];
  };
};

G_DEFINE_BOXED_TYPE (CrmValue, crm_value, crm_value_ref, crm_value_unref)

static CrmValue *
new_value (CrmValueShape shape, gsize size)
{
  CrmValue *self = g_malloc (size);

  g_atomic_ref_count_init (&self->ref_count);
  self->shape = shape;

  return self;
}

static void
set_item (CrmItem *item,
          const char *text,
          const char *label,
          const char *key,
          gint64 id,
          gint64 type_id)
{
  item->text = g_strdup (text);
  item->label = label != NULL && *label != '\0' ? g_strdup (label) : NULL;
  item->key = g_strdup (key);
  item->id = id;
  item->type_id = type_id;
}

static void
clear_item (gpointer data)
{
  CrmItem *item = data;

  g_free (item->text);
  g_free (item->label);
  g_free (item->key);
}

/* The text of a choice or relation is only read along with the id; it may be missing or be old. */
static gboolean
item_equal (const CrmItem *a, const CrmItem *b)
{
  if (a->id != b->id)
    return FALSE;
  if (a->id != 0)
    return TRUE;

  return g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->label, b->label) == 0 &&
         g_strcmp0 (crm_item_get_key (a), crm_item_get_key (b)) == 0;
}

CrmValue *
crm_value_new_text (const char *text)
{
  CrmValue *self;
  gsize length;

  if (text == NULL || *text == '\0')
    return NULL;

  length = strlen (text);
  self = new_value (CRM_VALUE_TEXT,
                    MAX (sizeof (CrmValue), G_STRUCT_OFFSET (CrmValue, text) + length + 1));
  memcpy (self->text, text, length + 1);

  return self;
}

CrmValue *
crm_value_new_integer (gint64 integer)
{
  CrmValue *self = new_value (CRM_VALUE_INTEGER, sizeof (CrmValue));

  self->number = integer;

  return self;
}

CrmValue *
crm_value_new_money (gint64 thousandths, const char *currency)
{
  CrmValue *self;

  g_return_val_if_fail (currency != NULL && strlen (currency) == 3, NULL);

  self = new_value (CRM_VALUE_MONEY, sizeof (CrmValue));
  self->number = thousandths;
  memcpy (self->currency, currency, sizeof self->currency);

  return self;
}

CrmValue *
crm_value_new_item (const char *text, const char *label, const char *key, gint64 id, gint64 type_id)
{
  CrmValue *self = new_value (CRM_VALUE_ITEMS, sizeof (CrmValue));

  self->items = g_new (CrmItem, 1);
  self->n_items = 1;
  set_item (self->items, text, label, key, id, type_id);

  return self;
}

CrmValue *
crm_value_new_items_take (GArray *items)
{
  CrmValue *self;
  gsize n_items;

  g_return_val_if_fail (items != NULL, NULL);

  if (items->len == 0)
    {
      g_array_unref (items);
      return NULL;
    }

  self = new_value (CRM_VALUE_ITEMS, sizeof (CrmValue));
  self->items = g_array_steal (items, &n_items);
  self->n_items = (guint) n_items;
  g_array_unref (items);

  return self;
}

GArray *
crm_item_array_new (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CrmItem));

  g_array_set_clear_func (items, clear_item);

  return items;
}

void
crm_item_array_add (GArray *items,
                    const char *text,
                    const char *label,
                    const char *key,
                    gint64 id,
                    gint64 type_id)
{
  CrmItem item;

  g_return_if_fail (items != NULL);

  set_item (&item, text, label, key, id, type_id);
  g_array_append_val (items, item);
}

const char *
crm_item_get_key (const CrmItem *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  return item->key != NULL ? item->key : item->text;
}

gboolean
crm_item_is_same (const CrmItem *item, const CrmItem *other)
{
  g_return_val_if_fail (item != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (item->id != 0)
    return other->id == item->id;

  return g_strcmp0 (crm_item_get_key (other), crm_item_get_key (item)) == 0;
}

gboolean
crm_item_array_has (const GArray *items, const CrmItem *item)
{
  g_return_val_if_fail (items != NULL, FALSE);

  for (guint i = 0; i < items->len; i++)
    if (crm_item_is_same (item, &g_array_index (items, CrmItem, i)))
      return TRUE;

  return FALSE;
}

gboolean
crm_value_has_item (const CrmValue *self, const CrmItem *item)
{
  for (guint i = 0; self != NULL && i < crm_value_get_n_items (self); i++)
    if (crm_item_is_same (item, crm_value_get_item (self, i)))
      return TRUE;

  return FALSE;
}

CrmValue *
crm_value_ref (CrmValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
crm_value_unref (CrmValue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->shape == CRM_VALUE_ITEMS)
    {
      for (guint i = 0; i < self->n_items; i++)
        clear_item (&self->items[i]);
      g_free (self->items);
    }

  g_free (self);
}

gboolean
crm_value_equal (const CrmValue *a, const CrmValue *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->shape != b->shape)
    return FALSE;

  switch (a->shape)
    {
    case CRM_VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;

    case CRM_VALUE_INTEGER:
      return a->number == b->number;

    case CRM_VALUE_MONEY:
      return a->number == b->number && strcmp (a->currency, b->currency) == 0;

    case CRM_VALUE_ITEMS:
      if (a->n_items != b->n_items)
        return FALSE;
      for (guint i = 0; i < a->n_items; i++)
        if (!item_equal (&a->items[i], &b->items[i]))
          return FALSE;
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}

CrmValue *
crm_value_unite (CrmValue *a, CrmValue *b)
{
  CrmValue *const sides[] = { a, b };
  g_autoptr (GArray) items = NULL;

  g_return_val_if_fail (a == NULL || a->shape == CRM_VALUE_ITEMS, NULL);
  g_return_val_if_fail (b == NULL || b->shape == CRM_VALUE_ITEMS, NULL);

  items = crm_item_array_new ();
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    for (guint i = 0; sides[side] != NULL && i < sides[side]->n_items; i++)
      {
        const CrmItem *item = &sides[side]->items[i];

        if (side == 0 || !crm_item_array_has (items, item))
          crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
      }
  return crm_value_new_items_take (g_steal_pointer (&items));
}

CrmValueShape
crm_value_get_shape (const CrmValue *self)
{
  g_return_val_if_fail (self != NULL, CRM_VALUE_TEXT);

  return self->shape;
}

const char *
crm_value_get_text (const CrmValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->shape)
    {
    case CRM_VALUE_TEXT:
      return self->text;

    case CRM_VALUE_ITEMS:
      return self->items[0].text;

    case CRM_VALUE_INTEGER:
    case CRM_VALUE_MONEY:
    default:
      return NULL;
    }
}

gint64
crm_value_get_integer (const CrmValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  switch (self->shape)
    {
    case CRM_VALUE_INTEGER:
    case CRM_VALUE_MONEY:
      return self->number;

    case CRM_VALUE_ITEMS:
      return self->items[0].id;

    case CRM_VALUE_TEXT:
    default:
      return 0;
    }
}

const char *
crm_value_get_currency (const CrmValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->shape == CRM_VALUE_MONEY ? self->currency : NULL;
}

guint
crm_value_get_n_items (const CrmValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape == CRM_VALUE_ITEMS ? self->n_items : 0;
}

const CrmItem *
crm_value_get_item (const CrmValue *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->shape == CRM_VALUE_ITEMS && index < self->n_items, NULL);

  return &self->items[index];
}
