/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What many people are called by, to tell a column of first names from one of family names and which
 * of the two a whole name begins with. A hint, never a proof: it is asked of many values at once. */

#include "config.h"

#include "crm-import-profile-private.h"

#include <stdlib.h>
#include <string.h>

/* Folded, sorted; in English, Czech and Slovak, German, Indonesian, Polish, French, Spanish, Italian, and in
 * Latin letters of Korean */
static const char *const names[] = {
  "adam",       "adela",     "adi",        "adrian",    "agnieszka", "agus",      "ahmad",
  "alan",       "alena",     "alessandro", "alex",      "alexander", "alexandra", "alice",
  "amanda",     "amelia",    "amy",        "ana",       "andi",      "andre",     "andrea",
  "andreas",    "andrew",    "andrzej",    "angela",    "anita",     "anna",      "anne",
  "anthony",    "antonin",   "antonio",    "arthur",    "ava",       "ayu",       "bambang",
  "barbara",    "barbora",   "ben",        "benjamin",  "bernd",     "birgit",    "bohumil",
  "bozena",     "brian",     "budi",       "carl",      "carlos",    "carol",     "caroline",
  "charles",    "charlotte", "chris",      "christian", "christina", "christine", "christopher",
  "claire",     "claudia",   "dan",        "dana",      "daniel",    "daniela",   "david",
  "deborah",    "dedi",      "denis",      "dewi",      "diana",     "dirk",      "dominik",
  "donald",     "dwi",       "edward",     "eko",       "elena",     "eliska",    "elizabeth",
  "emily",      "emma",      "eric",       "erik",      "ethan",     "eva",       "ewa",
  "felix",      "florian",   "francesco",  "francois",  "frank",     "frantisek", "gabriel",
  "gabriela",   "george",    "giovanni",   "giulia",    "grace",     "hana",      "hannah",
  "hans",       "hedvika",   "heike",      "helen",     "helena",    "hendra",    "henry",
  "indah",      "ingrid",    "irena",      "isabella",  "ivan",      "ivana",     "jack",
  "jacob",      "jakub",     "james",      "jan",       "jana",      "jane",      "jaroslav",
  "jason",      "javier",    "jean",       "jennifer",  "jens",      "jessica",   "jiri",
  "jitka",      "joan",      "joanna",     "joao",      "johann",    "johannes",  "john",
  "jonas",      "jonathan",  "jose",       "josef",     "joseph",    "josh",      "juan",
  "julia",      "julie",     "julien",     "kamil",     "karel",     "karen",     "karl",
  "karolina",   "katarzyna", "katerina",   "katharina", "kathrin",   "kevin",     "klaus",
  "krzysztof",  "lachlan",   "ladislav",   "laura",     "lenka",     "leon",      "leonie",
  "liam",       "libor",     "linda",      "lisa",      "lucas",     "lucia",     "lucie",
  "luis",       "lukas",     "luke",       "magdalena", "marcel",    "marco",     "marek",
  "margaret",   "maria",     "marie",      "mario",     "mark",      "marketa",   "marta",
  "martin",     "martina",   "mary",       "matej",     "matthew",   "matthias",  "max",
  "maximilian", "melissa",   "mia",        "michael",   "michaela",  "michal",    "michelle",
  "miguel",     "milan",     "miroslav",   "mohamed",   "monika",    "muhammad",  "nancy",
  "natalie",    "nicolas",   "nicole",     "nina",      "noah",      "nur",       "oliver",
  "olivia",     "ondrej",    "pablo",      "pamela",    "patricia",  "patrick",   "paul",
  "paula",      "pavel",     "pavla",      "peter",     "petr",      "petra",     "philip",
  "philipp",    "pierre",    "piotr",      "putri",     "rachel",    "radek",     "ralf",
  "rebecca",    "renata",    "richard",    "rina",      "rizki",     "robert",    "roman",
  "ruth",       "ryan",      "sabine",     "sam",       "samuel",    "sandra",    "sara",
  "sarah",      "sebastian", "sharon",     "silvia",    "simon",     "siti",      "slamet",
  "sofia",      "sophie",    "sri",        "stanislav", "stefan",    "stefanie",  "stephen",
  "steven",     "sunita",    "susan",      "susanne",   "tereza",    "thomas",    "tim",
  "timothy",    "tobias",    "tom",        "tomas",     "tomasz",    "tri",       "ulrich",
  "ursula",     "uwe",       "vaclav",     "veronika",  "victoria",  "viktor",    "vojtech",
  "wahyu",      "walter",    "wayan",      "william",   "wolfgang",  "yusuf",     "zdenek",
  "zoe",        "zuzana",
};

static int
compare_names (gconstpointer key, gconstpointer element)
{
  return strcmp (key, *(const char *const *) element);
}

gboolean
crm_given_name_is_known (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);

  return bsearch (word, names, G_N_ELEMENTS (names), sizeof names[0], compare_names) != NULL;
}
