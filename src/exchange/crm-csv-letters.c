/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which letters languages are written with; to tell encodings in which the same bytes are other letters. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "crm-csv-encoding-private.h"

/* What a letter counts */
#define COMMON 1.0
#define RARE 0.6
#define OTHER_LANGUAGE 0.0
#define NO_LANGUAGE (-0.7)
#define RARE_IDEOGRAPH 0.2
#define RARE_SYLLABLE 0.5
#define WRONG_CASE (-1.0)
#define SIGN 0.5
#define ODD_SIGN (-0.5)
#define SIGN_IN_WORD (-1.0)
#define DAMAGED (-2.0)
#define MIXED_WORD (-0.4)

/* What domains of its country add to a language */
#define DOMAIN_BONUS 0.15

typedef struct
{
  GUnicodeScript script;
  const char *common; /* lower case, without ASCII */
  const char *rare;
  const char *domains; /* separated by spaces */
} Language;

static const Language languages[] = {
  { G_UNICODE_SCRIPT_LATIN, "äöüß", "éèáàâêôçó", "de at ch li" },
  { G_UNICODE_SCRIPT_LATIN, "éèàâçêôîï", "ëûùüœæÿ", "fr be ca lu" },
  { G_UNICODE_SCRIPT_LATIN, "áéíóúñ", "üçàèò", "es mx ar cl co pe" },
  { G_UNICODE_SCRIPT_LATIN, "ãáçéíóõêâ", "àôúü", "pt br" },
  { G_UNICODE_SCRIPT_LATIN, "àèéìòù", "îó", "it" },
  { G_UNICODE_SCRIPT_LATIN, "ëéïöè", "üóáê", "nl be" },
  { G_UNICODE_SCRIPT_LATIN, "åäö", "éüàæø", "se fi" },
  { G_UNICODE_SCRIPT_LATIN, "æøå", "éöäüòóô", "dk no" },
  { G_UNICODE_SCRIPT_LATIN, "áéíóúýčďěňřšťůž", "öüäľĺŕô", "cz" },
  { G_UNICODE_SCRIPT_LATIN, "áéíóúýčďľňšťžôä", "ĺŕöüěřů", "sk" },
  { G_UNICODE_SCRIPT_LATIN, "ąćęłńóśźż", "éüöä", "pl" },
  { G_UNICODE_SCRIPT_LATIN, "áéíóöőúüű", "ä", "hu" },
  { G_UNICODE_SCRIPT_LATIN, "čćđšž", "éöüäáó", "hr si rs ba me" },
  { G_UNICODE_SCRIPT_LATIN, "ăâîşţ", "éöüáóő", "ro md" },
  { G_UNICODE_SCRIPT_LATIN, "ăâîșț", "éöüáóő", "ro md" },
  { G_UNICODE_SCRIPT_LATIN, "çğıöşüİ", "âîûé", "tr" },
  { G_UNICODE_SCRIPT_LATIN, "äõöü", "šžéåæø", "ee" },
  { G_UNICODE_SCRIPT_LATIN, "āčēģīķļņšūž", "õöüé", "lv" },
  { G_UNICODE_SCRIPT_LATIN, "ąčęėįšųūž", "öüéłń", "lt" },
  { G_UNICODE_SCRIPT_LATIN, "áéíóúæö", "ðþýäüå", "is" },
  { G_UNICODE_SCRIPT_CYRILLIC, "оеаинтсрвлкмдпуяыьгзб", "чйхжшюцщэфъё", "ru by kz" },
  { G_UNICODE_SCRIPT_CYRILLIC, "оанивіертслкудмпзяьбг", "йчхцїжєшюфґщ", "ua" },
  { G_UNICODE_SCRIPT_CYRILLIC, "аиоентрсвлдкпмзъгубчя", "щжцшхйюфь", "bg" },
  { G_UNICODE_SCRIPT_CYRILLIC, "аоиенрсјтукдвлмпгзбч", "љњђћџцшжхф", "rs mk" },
  { G_UNICODE_SCRIPT_GREEK, "αιοετσνηυρπκμλωςδγχάέίόήύώ", "θφβξζψϊϋΐΰ", "gr cy" },
  { G_UNICODE_SCRIPT_HEBREW, "יוהלארתבשמןםנעדקפכחגצטסזךףץ", "", "il" },
  { G_UNICODE_SCRIPT_ARABIC, "اليمونترةبدسعفهكحجق", "شصطخذزضغثءئىؤأإآظپچژگ", "sa ae eg ir" },
  { G_UNICODE_SCRIPT_THAI, "านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถธศภณฟ", "ฉฐญฝษฬฮ่้็ิีัุู์ำึืๆ", "th" },
  { G_UNICODE_SCRIPT_HANGUL,
    "이다는에의을를가하고사인지기대로리서자시수정해그아은도부장일전제주성상과한보원공조구어스선나유경만동비안미진"
    "위연신소세여중계관행산업영치무내오우호문회학교라면들국모용실습발물직간차년월김박최강윤임한오신권황송류홍전"
    "민준현재승철희숙순옥병광길종태창남혜은지윤예채린빈우찬울부인천광구군읍길번층호회사주식품번화메일이름소명칭"
    "담당팀금액단가량합계고객처거래견적계약담비메모등록날짜생일코드별체식료건설산전기통신컴퓨터개북석섭범심노"
    "반배백복봉분란래려력렬령례록론료루른름림마말망매명목몽및방법변본불브블삼색생석설속손술습식실심악알암약양"
    "억언얼업었엄에역열염엽예온옥와완외요욕용운울원월육율융음응의익자작잔잘잠잡저적절점접존졸죄즉증직질집짓",
    "", "kr" },
  { G_UNICODE_SCRIPT_HIRAGANA,
    "日本人一大年中会社国東京都市区町村山田川中村小林佐藤鈴木高橋伊渡辺斎加吉松井上石原野島子美和郎太男名前氏住所電話番号"
    "郵便会員客様株式有限事務部長課担当者備考商品価格数量金額合計月火水木金土分時間生年月日性別女性男性注文県府北海道"
    "西南新横浜阪神戸福岡千葉埼玉愛知静丁目番地号室工業産製作開発営業経理総務技術学校病院銀行株",
    "", "jp" },
  { G_UNICODE_SCRIPT_HAN,
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多"
    "天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "市省区县路号有限公司电话手机邮箱姓名地址备注北京上海广州深圳南杭武汉成都西安重庆天津苏江浙山东河湖福建四川"
    "客户联系编码日期金额数量单价产品名称部门职务经理先生女士销售科技贸易实业集团楼室街镇村院银行伟芳娜敏静丽强磊军洋勇",
    "", "cn" },
  { G_UNICODE_SCRIPT_HAN,
    "的一是不了人我在有他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可里後小麼心多"
    "天而能好都然沒日於起還發成事只作當想看文無開手用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身"
    "王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜"
    "市省區縣路號有限公司電話手機郵箱姓名地址備註台臺北灣中高雄新竹桃園南港香九龍客戶聯絡編號日期金額數量單價產品"
    "稱部門職務經理先生女士銷售科技貿易實業集團樓室街鎮村院銀行段巷弄美英惠淑雅俊志明宏文傑玲芬",
    "", "tw hk" },
};

/* Signs that people write around words and numbers, and those inside words */
#define SIGNS "„“”‚‘’‹›«»–—…•€£¥§©®™°·№¿¡ºª½¼¾²³±×´\u00a0₩、。・「」（）／：，！？～−－㈜㈱①②③"
#define SIGNS_IN_WORDS "’‘´·‑・ªº°"

static gboolean
is_ideographic (GUnicodeScript script)
{
  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HANGUL ||
         script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
}

static double
rate_letter (const Language *language, gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);
  gunichar lower = g_unichar_tolower (c);
  guint i;

  if (g_utf8_strchr (language->common, -1, lower) != NULL ||
      g_utf8_strchr (language->common, -1, c) != NULL)
    return COMMON;
  if (g_utf8_strchr (language->rare, -1, lower) != NULL)
    return RARE;

  if (language->script == G_UNICODE_SCRIPT_HIRAGANA &&
      (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA || c == 0x30fc))
    return c >= 0xff61 ? RARE : COMMON;
  if (script == G_UNICODE_SCRIPT_HANGUL && language->script == script)
    return RARE_SYLLABLE;
  if (is_ideographic (script))
    return script == language->script ||
                   (language->script == G_UNICODE_SCRIPT_HIRAGANA && script == G_UNICODE_SCRIPT_HAN)
               ? RARE_IDEOGRAPH
               : NO_LANGUAGE;

  for (i = 0; i < G_N_ELEMENTS (languages); i++)
    if (languages[i].script == language->script &&
        g_utf8_strchr (languages[i].common, -1, lower) != NULL)
      return OTHER_LANGUAGE;

  return NO_LANGUAGE;
}

/* A letter outside ASCII beside one of another script, in the same word */
static gboolean
is_mixed (gunichar c, gunichar neighbour)
{
  return neighbour < 0x80 && g_ascii_isalpha ((char) neighbour) &&
         g_unichar_get_script (c) != G_UNICODE_SCRIPT_LATIN;
}

/* What a character counts that is no letter, or stands where a letter of its kind does not;
 * %FALSE for letters: that depends on the language. */
static gboolean
rate_sign (gunichar before, gunichar c, gunichar after, double *rate)
{
  gboolean in_word = (g_unichar_isalpha (before) && (g_unichar_isalpha (after) || after >= 0x80)) ||
                     (before >= 0x80 && g_unichar_isalpha (after));

  if (c == 0xfffd || !g_unichar_isdefined (c) || g_unichar_iscntrl (c) ||
      g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
    *rate = DAMAGED;
  else if (g_utf8_strchr (SIGNS, -1, c) != NULL)
    *rate = in_word && g_utf8_strchr (SIGNS_IN_WORDS, -1, c) == NULL ? SIGN_IN_WORD : SIGN;
  else if (!g_unichar_isalpha (c) && !g_unichar_ismark (c))
    *rate = in_word ? SIGN_IN_WORD : ODD_SIGN;
  else if (g_unichar_isupper (c) && g_unichar_islower (before))
    *rate = WRONG_CASE;
  /* "ŠKODA", not "šKODA" */
  else if (g_unichar_islower (c) && g_unichar_isupper (after) && g_unichar_isupper (before))
    *rate = WRONG_CASE;
  else
    return FALSE;

  return TRUE;
}

/* Adds up what is the same in all languages; counts each letter in @letters, and which scripts they
 * are of. */
static double
count_letters (const char *text, GHashTable *letters, guint *n_chars)
{
  const char *p;
  gunichar before = ' ';
  double sum = 0;

  *n_chars = 0;
  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar after = g_utf8_get_char (g_utf8_next_char (p));
      double rate;

      if (c >= 0x80 && rate_sign (before, c, after, &rate))
        {
          sum += rate;
        }
      else if (c >= 0x80)
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (letters, GUINT_TO_POINTER (c)));

          g_hash_table_insert (letters, GUINT_TO_POINTER (c), GUINT_TO_POINTER (n + 1));
          if (is_mixed (c, before) || is_mixed (c, after))
            sum += MIXED_WORD;
        }
      *n_chars += c >= 0x80 ? 1 : 0;
      before = c;
    }

  return sum;
}

static gboolean
has_script (GHashTable *letters, GUnicodeScript script)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, letters);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      GUnicodeScript found = g_unichar_get_script (GPOINTER_TO_UINT (key));

      if (found == script || (is_ideographic (found) && is_ideographic (script)))
        return TRUE;
    }

  return FALSE;
}

static double
rate_letters (GHashTable *letters, const Language *language)
{
  GHashTableIter iter;
  gpointer key, value;
  double sum = 0;

  g_hash_table_iter_init (&iter, letters);
  while (g_hash_table_iter_next (&iter, &key, &value))
    sum += rate_letter (language, GPOINTER_TO_UINT (key)) * GPOINTER_TO_UINT (value);

  return sum;
}

static gboolean
has_domain (const char *text, const char *domain)
{
  g_autofree char *ending = g_strconcat (".", domain, NULL);
  gsize size = strlen (ending);
  const char *p = text;

  while ((p = strstr (p, ending)) != NULL)
    {
      p += size;
      if (!g_ascii_isalnum (*p) && *p != '.')
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_domains (const char *text, const char *domains)
{
  g_auto (GStrv) names = g_strsplit (domains, " ", -1);
  guint i;

  for (i = 0; names[i] != NULL; i++)
    if (has_domain (text, names[i]))
      return TRUE;

  return FALSE;
}

/* Whether the language can be written in what @converter converts to */
static gboolean
is_writable (const Language *language, GIConv converter)
{
  char block[64];
  char *from = (char *) language->common;
  gsize n_left = strlen (from);

  /* No list of ideographs is all in one encoding. */
  if (is_ideographic (language->script) || converter == (GIConv) -1)
    return TRUE;
  while (n_left > 0)
    {
      char *to = block;
      gsize n_space = sizeof block;

      if (g_iconv (converter, &from, &n_left, &to, &n_space) == (gsize) -1 && errno != E2BIG)
        return FALSE;
    }

  return TRUE;
}

double
crm_csv_letters_rate (const char *text, const char *encoding)
{
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);
  guint n_chars;
  double signs = count_letters (text, letters, &n_chars);
  double best = DAMAGED;
  GIConv converter;
  guint i;

  if (n_chars == 0)
    return 0;
  if (g_hash_table_size (letters) == 0)
    return signs / n_chars;

  converter = g_iconv_open (encoding, "UTF-8");

  for (i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      double rate;

      if (!has_script (letters, languages[i].script) || !is_writable (&languages[i], converter))
        continue;
      rate = (signs + rate_letters (letters, &languages[i])) / n_chars;
      if (has_domains (text, languages[i].domains))
        rate += DOMAIN_BONUS;
      best = MAX (best, rate);
    }
  if (converter != (GIConv) -1)
    g_iconv_close (converter);

  return best;
}
