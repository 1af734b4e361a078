/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs and other languages call the options that ours come with. A workspace in Czech
 * calls a stage "Nabídka"; a file from another one says "Proposal" or "Angebot". */

#include "config.h"

#include "crm-import-private.h"

#include <string.h>

#include "crm-text.h"

/* Of standard fields only: what users make means what they say */
static const struct
{
  const char *field; /* API name */
  const char *option; /* API name */
  const char *words; /* folded when they are read, between bars */
} synonyms[] = {
  { "status", "lead",
    "lead|neu|nový|nový kontakt|zájemce|potenciální|interessent|리드|잠재 고객|prospek|prospect|"
    "open lead|new lead" },
  { "status", "qualified",
    "qualified|sql|sales qualified lead|salesqualifiedlead|mql|"
    "marketing qualified lead|marketingqualifiedlead|kvalifikovaný|"
    "qualifiziert|적격|terkualifikasi" },
  { "status", "customer",
    "customer|client|zákazník|klient|kunde|kundin|고객|pelanggan|cliente|klient|"
    "klant|stálý zákazník|active customer|existing customer" },
  { "status", "former",
    "former|former customer|churned|ex customer|bývalý|bývalý zákazník|ehemalig|"
    "ehemaliger kunde|이전 고객|mantan pelanggan" },
  { "status", "not_a_fit",
    "not a fit|disqualified|junk|bad fit|nevhodný|ungeeignet|unpassend|부적합|"
    "tidak cocok" },
  { "status", "partner", "partner|partnerin|파트너|mitra" },
  { "status", "supplier", "supplier|vendor|dodavatel|lieferant|공급업체|pemasok" },

  { "stage", "new",
    "new|nový|nová|nové|neu|prospecting|appointment scheduled|lead in|신규|새로운|baru|"
    "appointmentscheduled" },
  { "stage", "qualified",
    "qualified|qualification|qualified to buy|qualifiedtobuy|kvalifikováno|"
    "kvalifikace|qualifiziert|needs analysis|contact made|적격|검증|kualifikasi|"
    "terkualifikasi" },
  { "stage", "meeting",
    "meeting|demo|demo scheduled|presentation scheduled|presentationscheduled|"
    "schůzka|termin|treffen|미팅|회의|pertemuan|rapat" },
  { "stage", "proposal",
    "proposal|quote|proposal price quote|proposal made|value proposition|nabídka|"
    "angebot|제안|견적|penawaran|proposal sent|contract sent" },
  { "stage", "negotiation",
    "negotiation|negotiation review|negotiations started|in negotiation|"
    "decision maker bought in|decisionmakerboughtin|jednání|vyjednávání|"
    "verhandlung|협상|negosiasi" },
  { "stage", "won",
    "won|closed won|closedwon|win|vyhráno|vyhraný|získáno|gewonnen|수주|성사|성공|menang|"
    "gagné|ganado|wygrane" },
  { "stage", "lost",
    "lost|closed lost|closedlost|loss|prohráno|prohraný|ztraceno|verloren|실주|실패|"
    "kalah|perdu|perdido|przegrane" },

  { "priority", "low", "low|nízká|niedrig|낮음|rendah|p3|p4" },
  { "priority", "medium", "medium|normal|střední|normální|běžná|mittel|보통|중간|sedang|biasa|p2" },
  { "priority", "high", "high|vysoká|hoch|높음|tinggi|p1" },
  { "priority", "urgent", "urgent|critical|urgentní|naléhavá|kritická|dringend|긴급|mendesak|p0" },

  { "type", "new", "new|new business|newbusiness|nový|nový obchod|neugeschäft|신규|baru" },
  { "type", "upsell", "upsell|existing business|existingbusiness|navýšení|erweiterung" },
  { "type", "renewal", "renewal|obnovení|prodloužení|verlängerung|갱신|perpanjangan" },

  { "lead_source", "website",
    "website|web|web site|webseite|webový formulář|online|웹사이트|situs web" },
  { "lead_source", "referral", "referral|word of mouth|doporučení|empfehlung|추천|rujukan" },
  { "lead_source", "event",
    "event|trade show|conference|veletrh|konference|akce|messe|"
    "veranstaltung|행사|acara" },
  { "lead_source", "advertisement",
    "advertisement|ad|ads|advertising|reklama|inzerát|werbung|anzeige|"
    "광고|iklan" },
  { "lead_source", "social_media",
    "social media|social|sociální sítě|soziale medien|소셜 미디어|"
    "media sosial" },
  { "lead_source", "cold_call", "cold call|phone inquiry|studený hovor|kaltakquise|콜드콜" },

  { "status", "to_do",
    "to do|todo|not started|open|k udělání|nezahájeno|otevřeno|offen|"
    "nicht begonnen|할 일|belum dimulai" },
  { "status", "in_progress",
    "in progress|started|probíhá|rozpracováno|in bearbeitung|진행 중|"
    "sedang berjalan" },
  { "status", "done",
    "done|completed|complete|finished|closed|hotovo|dokončeno|splněno|erledigt|"
    "abgeschlossen|완료|selesai|true|yes|ano|ja" },

  { "kind", "call", "call|phone call|hovor|telefonát|anruf|통화|전화|panggilan" },
  { "kind", "meeting", "meeting|schůzka|termin|besprechung|회의|미팅|rapat|pertemuan" },
  { "kind", "message", "message|sms|chat|zpráva|nachricht|메시지|pesan" },
  { "kind", "email", "email|mail|이메일|surel" },
  { "kind", "to_do", "to do|todo|task|úkol|aufgabe|할 일|tugas" },
};

static GHashTable *
build_table (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (synonyms); i++)
    {
      g_auto (GStrv) words = g_strsplit (synonyms[i].words, "|", -1);

      for (j = 0; words[j] != NULL; j++)
        {
          g_autofree char *folded = crm_title_normalise (words[j], NULL, NULL);
          char *key = g_strconcat (synonyms[i].field, "/", folded, NULL);
          GSList *options = g_hash_table_lookup (table, key);

          /* A status of a person and one of a task are called the same. */
          options = g_slist_append (options, (gpointer) synonyms[i].option);
          g_hash_table_insert (table, key, options);
        }
    }

  return table;
}

static GHashTable *
get_table (void)
{
  static GHashTable *table;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, build_table ());

  return table;
}

static const CrmOption *
find_by_name (const CrmField *field, const char *name)
{
  guint i;

  for (i = 0; i < field->n_options; i++)
    if (strcmp (field->options[i]->name, name) == 0)
      return field->options[i];

  return NULL;
}

const CrmOption *
crm_import_find_option (const CrmField *field, const char *text)
{
  const CrmOption *option;
  g_autofree char *folded = NULL;
  g_autofree char *key = NULL;
  const GSList *l;

  g_assert (field != NULL);
  g_assert (text != NULL);

  option = crm_field_find_option (field, text, 0);
  if (option != NULL || (field->flags & CRM_FIELD_STANDARD) == 0)
    return option;

  folded = crm_title_normalise (text, NULL, NULL);
  key = g_strconcat (field->name, "/", folded, NULL);
  for (l = g_hash_table_lookup (get_table (), key); l != NULL && option == NULL; l = l->next)
    option = find_by_name (field, l->data);

  return option;
}
