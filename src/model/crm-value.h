/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CrmItem:
 * @text: address, number, domain or URL; for a relation the label of the
 *   record it points to, filled in when read; for a choice its label, likewise
 * @label: "Work", "Home"… or a link's kind; may be %NULL
 * @key: normal form by which two items are the same; may be %NULL (then @text)
 * @id: option or record id, 0 for others
 * @type_id: type of the record that a relation points to, 0 for others
 */
typedef struct
{
  char *text;
  char *label;
  char *key;
  gint64 id;
  gint64 type_id;
} CrmItem;

/**
 * CrmValue:
 *
 * One value of one field: immutable, reference counted, may be shared by threads. A
 * missing value is always %NULL, never an empty #CrmValue.
 */
typedef struct _CrmValue CrmValue;

typedef enum
{
  CRM_VALUE_TEXT, /* text, longtext, date */
  CRM_VALUE_INTEGER, /* integer, decimal, percent, checkbox, datetime, rating */
  CRM_VALUE_MONEY,
  CRM_VALUE_ITEMS, /* choice(s), emails, phones, domains, links, relation(s), member */
} CrmValueShape;

#define CRM_TYPE_VALUE (crm_value_get_type ())
GType crm_value_get_type (void);

/* %NULL for %NULL or "" */
CrmValue *crm_value_new_text (const char *text);
CrmValue *crm_value_new_integer (gint64 integer);
CrmValue *crm_value_new_money (gint64 thousandths, const char *currency);

/* One item. Each argument may be %NULL or 0 */
CrmValue *crm_value_new_item (const char *text,
                              const char *label,
                              const char *key,
                              gint64 id,
                              gint64 type_id);
/* Takes the array of #CrmItem (made with crm_item_array_new()); %NULL if it is empty. */
CrmValue *crm_value_new_items_take (GArray *items);

/* A GArray of CrmItem that frees its items */
GArray *crm_item_array_new (void);
void crm_item_array_add (GArray *items,
                         const char *text,
                         const char *label,
                         const char *key,
                         gint64 id,
                         gint64 type_id);

/* By what an item is told from others where it has no id: its key, else its text; (transfer none) (nullable) */
const char *crm_item_get_key (const CrmItem *item);
/* Whether @other means the same as @item: by the id where @item has one, else by the key */
gboolean crm_item_is_same (const CrmItem *item, const CrmItem *other);
gboolean crm_item_array_has (const GArray *items, const CrmItem *item);

CrmValue *crm_value_ref (CrmValue *self);
void crm_value_unref (CrmValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmValue, crm_value_unref)

/* Both may be %NULL. Items are compared in order: choices and relations by id alone, others by
 * text, label and key (so that a corrected spelling is a change although the key stays). */
gboolean crm_value_equal (const CrmValue *a, const CrmValue *b);

/* The items of @a and behind them those of @b that @a does not have, by key or id. Both may be
 * %NULL. (transfer full) (nullable) */
CrmValue *crm_value_unite (CrmValue *a, CrmValue *b);

CrmValueShape crm_value_get_shape (const CrmValue *self);
const char *crm_value_get_text (
    const CrmValue *self); /* of an items value: the first item's text */
gint64 crm_value_get_integer (
    const CrmValue *self); /* of money: thousandths; of items: the first id */
const char *crm_value_get_currency (const CrmValue *self);
guint crm_value_get_n_items (const CrmValue *self);
const CrmItem *crm_value_get_item (const CrmValue *self, guint index);
/* Whether one of the items means the same as @item; @self: (nullable) */
gboolean crm_value_has_item (const CrmValue *self, const CrmItem *item);

G_END_DECLS
