/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How changes are worded that are not about the values of a record: of types, fields, options, views and the other
 * things that people make beside records, and of the states that records are in. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-history-private.h"
#include "crm-record.h"

/* What an act did to an object */
typedef enum
{
  VERB_ADDED,
  VERB_REMOVED,
  VERB_RENAMED,
  VERB_CHANGED,
} Verb;

/* The attributes of all of them that people know */
static const struct
{
  const char *attribute;
  const char *label;
} attribute_words[] = {
  { "label", N_ ("Name") },
  { "label_many", N_ ("Name of many") },
  { "name", N_ ("Short name") },
  { "icon", N_ ("Icon") },
  { "position", N_ ("Place") },
  { "color", N_ ("Color") },
  { "probability", N_ ("Probability") },
  { "outcome", N_ ("Outcome") },
  { "query", N_ ("Filter, sorting and columns") },
  { "layout", N_ ("Layout") },
  { "favorite", N_ ("Favorite") },
  { "flags", N_ ("Rules") },
  { "kind", N_ ("Kind") },
  { "fields", N_ ("What is compared") },
  { "level", N_ ("What it does") },
};

static gboolean
is_state (const CrmObjectChange *change)
{
  return g_str_equal (change->attribute, "state");
}

static gboolean
is_new (const CrmObjectChange *change)
{
  return is_state (change) && g_strcmp0 (change->new_text, "0") == 0;
}

/* Of two records that were told apart: what they are called; of a pin: whose timeline it is in */
static char *
describe_records (CrmWording *self, const char *sql, gint64 object_id)
{
  g_autoptr (CrmStatement) statement = crm_wording_prepare (self, sql);
  gint64 first;
  gint64 second;

  if (statement == NULL)
    return g_strdup ("");

  crm_statement_bind_int (statement, 1, object_id);
  if (!crm_wording_step (self, statement))
    return g_strdup ("");

  first = crm_statement_get_int (statement, 0);
  second = crm_statement_get_int (statement, 1);
  if (second == 0)
    return g_strdup (crm_wording_get_label (self, 0, first));

  /* Translators: the names of two records */
  return g_strdup_printf (_ ("%s and %s"), crm_wording_get_label (self, 0, first),
                          crm_wording_get_label (self, 0, second));
}

static char *
describe_pinned (CrmWording *self, gint64 object_id)
{
  return describe_records (self, "SELECT record_id, 0 FROM pin WHERE id = ?1", object_id);
}

static char *
describe_pair (CrmWording *self, gint64 object_id)
{
  return describe_records (self, "SELECT low_id, high_id FROM distinct_pair WHERE id = ?1",
                           object_id);
}

static char *
describe_rule (CrmWording *self, gint64 object_id)
{
  g_autoptr (CrmStatement) statement = NULL;
  const CrmRecordType *type = NULL;

  statement = crm_wording_prepare (self, "SELECT type_id FROM duplicate_rule WHERE id = ?1");
  if (statement != NULL)
    {
      crm_statement_bind_int (statement, 1, object_id);
      if (crm_wording_step (self, statement))
        type = crm_catalogue_get_type (self->catalogue, crm_statement_get_int (statement, 0));
    }

  return g_strdup (type != NULL ? type->label_many : _ ("a removed type"));
}

/* What it is called now, removed or not; %NULL for what has no name */
static char *
load_label (CrmWording *self, const char *object, gint64 object_id)
{
  g_autoptr (CrmStatement) statement = NULL;

  if (g_str_equal (object, "type"))
    statement = crm_wording_prepare (self, "SELECT label_many FROM record_type WHERE id = ?1");
  else if (g_str_equal (object, "field"))
    statement = crm_wording_prepare (self, "SELECT label FROM field WHERE id = ?1");
  else if (g_str_equal (object, "option"))
    statement = crm_wording_prepare (self, "SELECT label FROM option WHERE id = ?1");
  else if (g_str_equal (object, "view"))
    statement = crm_wording_prepare (self, "SELECT label FROM view WHERE id = ?1");
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, object_id);
  return g_strdup (crm_wording_step (self, statement) ? crm_statement_get_text (statement, 0) : "");
}

char *
crm_wording_describe_object (CrmWording *self, const char *object, gint64 object_id)
{
  g_autofree char *label = load_label (self, object, object_id);

  if (g_str_equal (object, "type"))
    return g_strdup_printf (_ ("Record type %s"), label);
  if (g_str_equal (object, "field"))
    return g_strdup_printf (_ ("Field %s"), label);
  if (g_str_equal (object, "option"))
    return g_strdup_printf (_ ("Option %s"), label);
  if (g_str_equal (object, "view"))
    return g_strdup_printf (_ ("View %s"), label);
  if (g_str_equal (object, "pin"))
    {
      label = describe_pinned (self, object_id);
      /* Translators: something pinned to the top of what happened to a record, and that record */
      return g_strdup_printf (_ ("Pin on %s"), label);
    }
  if (g_str_equal (object, "distinct_pair"))
    return describe_pair (self, object_id);
  if (g_str_equal (object, "duplicate_rule"))
    {
      label = describe_rule (self, object_id);
      /* Translators: a rule against duplicates, and the type it is for: "Rule for People" */
      return g_strdup_printf (_ ("Rule for %s"), label);
    }

  return g_strdup (_ ("Workspace"));
}

char *
crm_wording_describe_attribute (const char *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (attribute_words); i++)
    if (g_str_equal (attribute_words[i].attribute, attribute))
      return g_strdup (_ (attribute_words[i].label));

  return NULL;
}

/* What a program reads is not for people */
char *
crm_wording_describe_object_value (CrmWording *self,
                                   const CrmObjectChange *change,
                                   const char *text)
{
  static const char *const shown[] = { "label",       "label_many", "color",
                                       "probability", "outcome",    "layout" };

  if (text == NULL || text[0] == '\0')
    return NULL;
  if (is_state (change))
    return g_strdup (g_str_equal (text, "0") ? _ ("There") : _ ("Removed"));
  if (g_str_equal (change->attribute, "favorite"))
    return g_strdup (g_str_equal (text, "0") ? _ ("No") : _ ("Yes"));
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (change->attribute, shown[i]))
      return g_strdup (text);

  return NULL;
}

static char *
describe_type (Verb verb, const char *label, const char *new_label)
{
  switch (verb)
    {
    case VERB_ADDED:
      return g_strdup_printf (_ ("Added the record type %s"), label);

    case VERB_REMOVED:
      return g_strdup_printf (_ ("Removed the record type %s"), label);

    case VERB_RENAMED:
      return g_strdup_printf (_ ("Renamed the record type %s to %s"), label, new_label);

    case VERB_CHANGED:
    default:
      return g_strdup_printf (_ ("Changed the record type %s"), label);
    }
}

static char *
describe_field (Verb verb, const char *label, const char *new_label)
{
  switch (verb)
    {
    case VERB_ADDED:
      return g_strdup_printf (_ ("Added the field %s"), label);

    case VERB_REMOVED:
      return g_strdup_printf (_ ("Removed the field %s"), label);

    case VERB_RENAMED:
      return g_strdup_printf (_ ("Renamed the field %s to %s"), label, new_label);

    case VERB_CHANGED:
    default:
      return g_strdup_printf (_ ("Changed the field %s"), label);
    }
}

static char *
describe_option (Verb verb, const char *label, const char *new_label)
{
  switch (verb)
    {
    case VERB_ADDED:
      return g_strdup_printf (_ ("Added the option %s"), label);

    case VERB_REMOVED:
      return g_strdup_printf (_ ("Removed the option %s"), label);

    case VERB_RENAMED:
      return g_strdup_printf (_ ("Renamed the option %s to %s"), label, new_label);

    case VERB_CHANGED:
    default:
      return g_strdup_printf (_ ("Changed the option %s"), label);
    }
}

static char *
describe_view (Verb verb, const char *label, const char *new_label)
{
  switch (verb)
    {
    case VERB_ADDED:
      return g_strdup_printf (_ ("Added the view %s"), label);

    case VERB_REMOVED:
      return g_strdup_printf (_ ("Removed the view %s"), label);

    case VERB_RENAMED:
      return g_strdup_printf (_ ("Renamed the view %s to %s"), label, new_label);

    case VERB_CHANGED:
    default:
      return g_strdup_printf (_ ("Changed the view %s"), label);
    }
}

static Verb
get_verb (const CrmObjectChange *change)
{
  if (is_state (change))
    return is_new (change) ? VERB_ADDED : VERB_REMOVED;
  /* Of a type both words change at once, and the one for many is what people read */
  if (g_str_equal (change->attribute,
                   g_str_equal (change->object, "type") ? "label_many" : "label") &&
      change->old_text != NULL && change->new_text != NULL)
    return VERB_RENAMED;

  return VERB_CHANGED;
}

/* What an act did to one object, as the whole act is told */
static char *
describe_main_change (CrmWording *self, const CrmObjectChange *change)
{
  Verb verb = get_verb (change);
  g_autofree char *label = NULL;

  label = verb == VERB_RENAMED ? g_strdup (change->old_text)
                               : load_label (self, change->object, change->object_id);
  if (g_str_equal (change->object, "type"))
    return describe_type (verb, label, change->new_text);
  if (g_str_equal (change->object, "field"))
    return describe_field (verb, label, change->new_text);
  if (g_str_equal (change->object, "option"))
    return describe_option (verb, label, change->new_text);
  if (g_str_equal (change->object, "view"))
    return describe_view (verb, label, change->new_text);
  if (g_str_equal (change->object, "pin"))
    {
      label = describe_pinned (self, change->object_id);
      return g_strdup_printf (is_new (change) ? _ ("Pinned an entry of %s")
                                              : _ ("Unpinned an entry of %s"),
                              label);
    }
  if (g_str_equal (change->object, "distinct_pair"))
    {
      label = describe_pair (self, change->object_id);
      /* Translators: the names of two records: "Said that Ann Lee and Anna Lee are not duplicates" */
      return g_strdup_printf (is_new (change) ? _ ("Said that %s are not duplicates")
                                              : _ ("Took back that %s are not duplicates"),
                              label);
    }
  if (g_str_equal (change->object, "duplicate_rule"))
    {
      label = describe_rule (self, change->object_id);
      if (is_state (change))
        return g_strdup_printf (is_new (change) ? _ ("Added a rule against duplicates for %s")
                                                : _ ("Removed a rule against duplicates for %s"),
                                label);
      return g_strdup_printf (_ ("Changed a rule against duplicates for %s"), label);
    }

  return g_strdup (_ ("Changed the workspace"));
}

char *
crm_wording_describe_object_change (CrmWording *self, const CrmObjectChange *change)
{
  g_autofree char *attribute = crm_wording_describe_attribute (change->attribute);
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (is_state (change) || attribute == NULL)
    return describe_main_change (self, change);

  old_text = crm_wording_describe_object_value (self, change, change->old_text);
  new_text = crm_wording_describe_object_value (self, change, change->new_text);
  if (old_text != NULL && new_text != NULL)
    return g_strdup_printf (_ ("%s: %s → %s"), attribute, old_text, new_text);
  if (new_text != NULL)
    return g_strdup_printf (_ ("%s: %s"), attribute, new_text);
  if (old_text != NULL)
    return g_strdup_printf (_ ("%s: removed %s"), attribute, old_text);

  /* Translators: a property of a field or view, that is not worth showing in full */
  return g_strdup_printf (_ ("%s changed"), attribute);
}

/* The object that the act was about: a type before its fields, a field before its options, what came or went
 * before what was changed, and a name before anything else */
char *
crm_wording_describe_objects (CrmWording *self, gint64 act_id)
{
  g_autoptr (CrmStatement) statement = NULL;
  CrmObjectChange change;

  statement = crm_wording_prepare (
      self, "SELECT object, object_id, attribute, old, new FROM catalogue_change"
            " WHERE set_id IN (SELECT id FROM change_set WHERE act_id = ?1)"
            " ORDER BY object = 'type' DESC, object = 'field' DESC, set_id,"
            " attribute = 'state' DESC,"
            " attribute = 'label_many' DESC, attribute = 'label' DESC, object_id LIMIT 1");
  if (statement == NULL)
    return g_strdup ("");

  crm_statement_bind_int (statement, 1, act_id);
  if (!crm_wording_step (self, statement))
    return g_strdup (_ ("Changed the workspace"));

  change.object = crm_statement_get_text (statement, 0);
  change.object_id = crm_statement_get_int (statement, 1);
  change.attribute = crm_statement_get_text (statement, 2);
  change.old_text = crm_statement_get_text (statement, 3);
  change.new_text = crm_statement_get_text (statement, 4);
  return describe_main_change (self, &change);
}

/* States */

static int
parse_state (const char *text)
{
  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : -1;
}

char *
crm_wording_describe_state (const char *state)
{
  switch (parse_state (state))
    {
    case CRM_STATE_LIVE:
      return g_strdup (_ ("In use"));

    case CRM_STATE_TRASHED:
      return g_strdup (_ ("In the trash"));

    case CRM_STATE_UNDONE:
      return g_strdup (_ ("Undone"));

    case CRM_STATE_MERGED:
      return g_strdup (_ ("Merged"));

    default:
      return NULL;
    }
}

char *
crm_wording_describe_state_change (CrmWording *self,
                                   const char *old_state,
                                   const char *new_state,
                                   gint64 other_id)
{
  int from = parse_state (old_state);
  int to = parse_state (new_state);

  if (from < 0)
    return g_strdup (_ ("Created"));
  if (to < 0)
    return g_strdup (_ ("Deleted for good"));
  if (to == CRM_STATE_TRASHED)
    return g_strdup (_ ("Moved to the trash"));
  if (to == CRM_STATE_UNDONE)
    return g_strdup (_ ("Its creation was undone"));
  if (to == CRM_STATE_MERGED && other_id != 0)
    return g_strdup_printf (_ ("Merged into %s"), crm_wording_get_label (self, 0, other_id));
  if (to == CRM_STATE_MERGED)
    return g_strdup (_ ("Merged"));

  switch (from)
    {
    case CRM_STATE_TRASHED:
      return g_strdup (_ ("Restored from the trash"));

    case CRM_STATE_UNDONE:
      return g_strdup (_ ("Its creation was redone"));

    case CRM_STATE_MERGED:
    default:
      return g_strdup (_ ("Separated again"));
    }
}

gint64
crm_wording_find_merged_into (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);

      if (change->field_id == CRM_CHANGE_FIELD_MERGED_INTO && change->new_text != NULL)
        return g_ascii_strtoll (change->new_text, NULL, 10);
    }

  return 0;
}
