/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-store-private.h"

#define MAX_RECORDS 10000

typedef struct
{
  CrmNews news; /* first, so that the public part is the address */
  gatomicrefcount ref_count;
} NewsBox;

G_DEFINE_BOXED_TYPE (CrmNews, crm_news, crm_news_ref, crm_news_unref)

CrmNews *
crm_news_new (void)
{
  NewsBox *box = g_new0 (NewsBox, 1);

  g_atomic_ref_count_init (&box->ref_count);
  box->news.created = g_array_new (FALSE, FALSE, sizeof (gint64));
  box->news.updated = g_array_new (FALSE, FALSE, sizeof (gint64));
  box->news.removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  box->news.types = g_array_new (FALSE, FALSE, sizeof (gint64));
  return &box->news;
}

CrmNews *
crm_news_ref (CrmNews *self)
{
  NewsBox *box = (NewsBox *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&box->ref_count);
  return self;
}

void
crm_news_unref (CrmNews *self)
{
  NewsBox *box = (NewsBox *) self;

  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&box->ref_count))
    return;

  g_array_unref (self->created);
  g_array_unref (self->updated);
  g_array_unref (self->removed);
  g_array_unref (self->types);
  g_free (box);
}

void
crm_news_add_type (CrmNews *self, gint64 type_id)
{
  for (guint i = 0; i < self->types->len; i++)
    if (g_array_index (self->types, gint64, i) == type_id)
      return;
  g_array_append_val (self->types, type_id);
}

void
crm_news_add (CrmNews *self, GArray *ids, gint64 id)
{
  if (self->everything)
    return;

  if (self->created->len + self->updated->len + self->removed->len >= MAX_RECORDS)
    {
      self->everything = TRUE;
      g_array_set_size (self->created, 0);
      g_array_set_size (self->updated, 0);
      g_array_set_size (self->removed, 0);
      return;
    }
  g_array_append_val (ids, id);
}
