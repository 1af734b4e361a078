/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-titles.h"

#include <string.h>

#include "crm-text.h"

typedef struct
{
  const char *types; /* "people companies"; "*" is any */
  CrmTitle title;
  const char *words; /* titles, folded when they are read, between bars; numbers left out */
} Entry;

#define FIELD(name)               \
  {                               \
    CRM_ROLE_FIELD, name, NULL, 0 \
  }
#define LABELLED(name, label)      \
  {                                \
    CRM_ROLE_FIELD, name, label, 0 \
  }
#define PART(name, group)             \
  {                                   \
    CRM_ROLE_FIELD, name, NULL, group \
  }
#define ROLE(role, name) \
  {                      \
    role, name, NULL, 0  \
  }
#define GROUPED(role, name, group) \
  {                                \
    role, name, NULL, group        \
  }

/* English, Czech, Slovak, German, Polish, Korean, Indonesian, and the commonest words of French,
 * Spanish, Italian, Dutch and Japanese; and the exports of Google, Outlook, LinkedIn,
 * HubSpot, Twenty, Salesforce and Pipedrive. A title in two entries: the first that fits the type
 * counts. */
static const Entry entries[] = {
  /* Names */
  { "people", FIELD ("first_name"),
    "first name|given name|forename|firstname|givenname|name first name|jméno|křestní jméno|"
    "vorname|이름|nama depan|meno|krstné meno|"
    "prénom|nombre|nome|imię|voornaam|名|"
    "křestní" },
  { "people", FIELD ("middle_name"),
    "middle name|additional name|middlename|prostřední jméno|druhé jméno|zweiter vorname|"
    "weitere vornamen|중간 이름|nama tengah|deuxième prénom|segundo nombre|drugie imię" },
  { "people", FIELD ("last_name"),
    "last name|family name|surname|lastname|familyname|name last name|příjmení|nachname|"
    "familienname|성|nama belakang|nama keluarga|priezvisko|"
    "nom de famille|apellido|apellidos|cognome|sobrenome|nazwisko|achternaam|姓" },
  { "people", ROLE (CRM_ROLE_FULL_NAME, NULL),
    "name|full name|fullname|display name|contact name|contact|person|person name|"
    "jméno a příjmení|celé jméno|kontakt|osoba|vollständiger name|ansprechpartner|성명|"
    "담당자|담당자명|nama|nama lengkap|kontak|zobrazované jméno|anzeigename|lead name|meno a priezvisko|"
    "nom|nom complet|nombre completo|nome completo|imię i nazwisko|volledige naam|naam|氏名|名前|"
    "příjmení a jméno|jméno příjmení|příjmení jméno|vor und nachname|vorname nachname|"
    "nachname vorname|name vorname|priezvisko a meno|nazwisko i imię|nazwisko imię|성함" },
  { "people", FIELD ("salutation"),
    "name prefix|prefix|salutation|honorific|oslovení|titul|anrede|titel|호칭|sapaan|gelar|"
    "oslovenie|tytuł|zwrot grzecznościowy" },
  { "people", ROLE (CRM_ROLE_NAME_SUFFIX, NULL),
    "name suffix|suffix|generational suffix|namenszusatz|titul za jménem|akhiran" },
  { "people", FIELD ("nickname"),
    "nickname|nick name|přezdívka|spitzname|별명|닉네임|nama panggilan|panggilan|"
    "prezývka|pseudonim|rufname" },
  { "people", FIELD ("birthday"),
    "birthday|birth date|birthdate|date of birth|dob|datum narození|narozeniny|geburtstag|"
    "geburtsdatum|생일|생년월일|tanggal lahir|ulang tahun|"
    "anniversaire|cumpleaños|compleanno|verjaardag|aniversário|"
    "date de naissance|fecha de nacimiento|data di nascita|data urodzenia|geboortedatum|生年月日|"
    "narozen|narozena|datum nar|nar|dátum narodenia|narodeniny|geb datum|geboren|geboren am|"
    "urodziny|data ur|tgl lahir|출생일" },
  { "people", ROLE (CRM_ROLE_DATE_YEAR, "birthday"),
    "birth year|year of birth|geburtsjahr|rok narození|année de naissance|año de nacimiento|"
    "anno di nascita|rok urodzenia|생년|tahun lahir" },
  { "people", ROLE (CRM_ROLE_DATE_MONTH, "birthday"),
    "birth month|month of birth|geburtsmonat|měsíc narození|mois de naissance|mes de nacimiento|"
    "mese di nascita|miesiąc urodzenia|생월|bulan lahir" },
  { "people", ROLE (CRM_ROLE_DATE_DAY, "birthday"),
    "birth day|day of birth|den narození|jour de naissance|día de nacimiento|giorno di nascita|"
    "dzień urodzenia" },
  { "people", FIELD ("language"),
    "language|preferred language|jazyk|sprache|언어|bahasa|"
    "język" },

  /* E-mail addresses */
  { "people companies", FIELD ("emails"),
    "email|email address|email addresses|emails|email value|email primary|primary email|"
    "emails primary email|emails additional emails|additional emails|additional email addresses|"
    "secondary email|alternate email|mail|emailová adresa|elektronická pošta|email adresse|"
    "primäre email adresse|sekundäre email adresse|první email|druhý email|전자 메일 주소|전자 메일|"
    "adresse de messagerie|dirección de correo electrónico|adres e mail|emailový kontakt|"
    "이메일|이메일 주소|전자우편|alamat email|surel|"
    "adresse email|courriel|correo|correo electrónico|indirizzo email|adres email|メールアドレス|"
    "mailadresse|poczta|e posta|pošta|alamat surel|메일|메일 주소" },
  { "people companies", LABELLED ("emails", "Work"),
    "work email|business email|email work|person email work|pracovní email|firemní email|"
    "email geschäftlich|회사 이메일|email kantor|work email address|business email address|"
    "email pracovní|pracovný email|email służbowy|email firmowy|dienstliche email" },
  { "people companies", LABELLED ("emails", "Home"),
    "home email|personal email|private email|email home|person email home|osobní email|"
    "soukromý email|email privat|개인 이메일|email pribadi|"
    "email soukromý|súkromný email|email prywatny" },
  { "people companies", LABELLED ("emails", "Other"), "other email|email other" },
  { "people companies", ROLE (CRM_ROLE_ITEM_LABEL, "emails"), "email label|email type" },

  /* Phone numbers */
  { "people companies", FIELD ("phones"),
    "phone|phone number|phones|phone value|telephone|telephone number|tel|primary phone|"
    "phones primary phone number|phones additional phones|additional phones|contact number|"
    "telefon|telefonní číslo|tel číslo|telefonnummer|rufnummer|전화|전화번호|연락처|대표전화|"
    "telepon|nomor telepon|no telepon|no telp|nomor hp|no hp|telefónne číslo|numéro de téléphone|tél|"
    "phone numbers|phonenumbers|número de teléfono|"
    "téléphone|teléfono|telefono|telefone|numer telefonu|telefoon|telefoonnummer|電話番号|"
    "telefonní č|číslo telefonu|číslo telefónu|nr telefonu|nr tel|tel nr|전화 번호" },
  { "people companies", LABELLED ("phones", "Mobile"),
    "mobile|mobile phone|mobile phone number|mobile number|cell|cell phone|cellphone|phone mobile|"
    "mobil|mobilní telefon|mobilní číslo|handy|mobiltelefon|mobilnummer|휴대폰|휴대전화|핸드폰|"
    "ponsel|handphone|hp|whatsapp|mobile no|mobilný telefón|téléphone mobile|tél mobile|teléfono móvil|"
    "cellulare|telefon komórkowy|휴대전화 번호|휴대 전화|"
    "mobilní tel|gsm|telefon kom|komórka|telefon mobilny|mobilné číslo|handynummer|휴대폰번호|휴대폰 번호|"
    "휴대전화번호|핸드폰번호|핸드폰 번호|nomor ponsel|no ponsel|nomor whatsapp|no whatsapp|no wa|"
    "nomor handphone" },
  { "people companies", LABELLED ("phones", "Work"),
    "business phone|work phone|office phone|phone work|direct phone|company main phone|"
    "pracovní telefon|telefon do práce|telefon do zaměstnání|telefon geschäftlich|telefon firma|büro|회사 전화|"
    "직장 전화|근무처 전화|회사 대표 전화|téléphone bureau|tél bureau|teléfono del trabajo|"
    "telepon kantor|"
    "telefon służbowy|telefon firmowy|pracovný telefón|직장전화|사무실 전화" },
  { "people companies", LABELLED ("phones", "Home"),
    "home phone|home telephone|phone home|private phone|telefon domů|soukromý telefon|"
    "telefon privat|집 전화|집 전화 번호|telepon rumah|téléphone domicile|tél domicile|teléfono particular|"
    "telefon domowy|domácí telefon|자택 전화" },
  { "people companies", LABELLED ("phones", "Other"),
    "other phone|phone other|car phone|radio phone|callback|assistants phone|pager|pager number|"
    "weiteres telefon|další telefon|isdn|telex|tty tdd phone" },
  { "people companies", LABELLED ("phones", "Fax"),
    "fax|fax number|business fax|home fax|other fax|telefax|faxové číslo|faxnummer|팩스|fax geschäftlich|"
    "fax privat|weiteres fax|fax do zaměstnání|fax do práce|fax domů|télécopie|fax del trabajo|"
    "nomor faks" },
  { "people companies", ROLE (CRM_ROLE_ITEM_LABEL, "phones"), "phone label|phone type" },
  { "people companies", ROLE (CRM_ROLE_PHONE_COUNTRY, "phones"),
    "phones primary phone country code|phone country code|phone country" },
  { "people companies", ROLE (CRM_ROLE_CALLING_CODE, "phones"),
    "phones primary phone calling code|calling code|dialing code|dial code|phone prefix|předvolba|"
    "vorwahl" },

  /* Work */
  { "people deals", FIELD ("company"),
    "company|company name|organization|organisation|organization name|organisation name|employer|"
    "account|account name|primary company|associated company|person organization|firma|"
    "název firmy|společnost|organizace|zaměstnavatel|unternehmen|firmenname|arbeitgeber|"
    "회사|회사명|회사 이름|소속|기업|perusahaan|nama perusahaan|organisasi|instansi|companies|"
    "company account|firma názov|spoločnosť|nazwa firmy|nombre de la empresa|organización|"
    "société|entreprise|empresa|azienda|società|bedrijf|会社|会社名|"
    "firma organizace|podnik|firmenbezeichnung|zamestnávateľ|názov firmy|názov spoločnosti|"
    "pracodawca|직장|직장명|소속 회사|업체명|업체|고객사|거래처|거래처명|nama instansi|tempat bekerja|tempat kerja|"
    "odběratel|odberateľ|kontrahent" },
  { "people deals", ROLE (CRM_ROLE_COMPANY_DOMAIN, "company"),
    "company domain|company domain name|company website|company domain name link url|"
    "company url|domain|website domain|doména|web firmy|doména firmy|firmendomain|firmenwebseite|"
    "도메인|회사 도메인|domain perusahaan" },
  { "people", FIELD ("job_title"),
    "job title|jobtitle|position|role|occupation|organization title|title|pozice|funkce|"
    "pracovní pozice|pracovní zařazení|berufsbezeichnung|position beruf|stelle|직책|직위|직함|"
    "jabatan|posisi|pekerjaan|pracovní funkce|funkcia|pozícia|"
    "fonction|poste|cargo|puesto|qualifica|stanowisko|functie|役職|"
    "pracovná pozícia|pozice ve firmě|zaměstnání|povolání|zamestnanie|beruf|tätigkeit|zawód|직급|"
    "업무|직업" },
  { "people", FIELD ("department"),
    "department|organization department|oddělení|útvar|abteilung|부서|departemen|bagian|divisi|"
    "dział|oddelenie|bereich|부서명" },

  /* Addresses */
  { "people companies", PART ("street", 1),
    "street|street address|address street|address street address|business street|work street|"
    "mailing street|billing street|street name|address line|address address|address|"
    "address address street|office address|ulice|ulice a číslo|adresa|straße|strasse|adresse|"
    "straße und hausnummer|주소|도로명주소|상세주소|alamat|jalan|alamat kantor|work address|"
    "straße geschäftlich|ulice do zaměstnání|ulice do práce|근무지 주소 번지|billing address street|"
    "ulica|rue|rue bureau|calle|calle del trabajo|dirección|indirizzo|via|"
    "ulica i numer|ulica a číslo|ulice č p|ulice a č p|adres|adresa sídla|adresa bydliště|"
    "bydliště|sídlo|siedziba|상세 주소|도로명 주소|소재지|본사 주소|kantor pusat" },
  { "people companies", PART ("street", 30),
    "home street|other street|shipping street|home address|straße privat|weitere straße|ulice domů|"
    "shipping address street|"
    "alamat rumah|자택 주소" },
  { "people companies", PART ("city", 1),
    "city|town|suburb|address city|address address city|business city|work city|mailing city|"
    "billing city|location city|město|obec|stadt|ort|wohnort|도시|시|구|kota|kabupaten|"
    "ort geschäftlich|město do zaměstnání|město do práce|근무지 구 군 시|billing address city|mesto|"
    "ville bureau|ciudad de trabajo|ville|ciudad|città|cidade|miasto|stad|市区町村|"
    "miejscowość|kota kabupaten|시군구" },
  { "people companies", PART ("city", 30),
    "home city|other city|shipping city|ort privat|weiterer ort|město domů|shipping address city" },
  { "people companies", PART ("region", 1),
    "region|state|province|state province|county|address region|address state|business state|"
    "work state|mailing state|mailing state province|billing state|billing state province|"
    "state region|address address state|kraj|okres|bundesland|지역|시도|도|"
    "provinsi|wilayah|region geschäftlich|근무지 시 도|billing address state|state county|région|provincia|"
    "województwo|시 도" },
  { "people companies", PART ("region", 30),
    "home state|other state|shipping state|shipping state province|region privat|shipping address state" },
  { "people companies", PART ("postcode", 1),
    "postcode|post code|postal code|zip|zip code|zipcode|address postal code|address zip|"
    "business postal code|work postal code|mailing zip postal code|billing zip postal code|"
    "zip postal code|address address post code|address address postcode|psč|plz|postleitzahl|"
    "우편번호|우편 번호|kode pos|work zipcode|postleitzahl geschäftlich|psč do zaměstnání|psč do práce|"
    "근무지 우편 번호|mailing zip|billing address postal code|billing postal code|mailing postal code|billing code|code postal|code postal bureau|"
    "código postal|código postal del trabajo|cap|kod pocztowy" },
  { "people companies", PART ("postcode", 30),
    "home postal code|other postal code|shipping zip postal code|home zipcode|postleitzahl privat|"
    "psč domů|other zip|shipping address postal code|shipping postal code|shipping zip|shipping code" },
  { "people companies", PART ("country", 1),
    "country|country region|address country|business country region|business country|work country|"
    "mailing country|billing country|address address country|nation|stát|země|staat|land|"
    "국가|나라|negara|land region|land region geschäftlich|země oblast|země do zaměstnání|billing address country|"
    "krajina|pays|pays région|país|paese|kraj kraju|"
    "štát" },
  { "people companies", PART ("country", 30),
    "home country region|home country|other country region|other country|shipping country|"
    "land region privat|země domů|shipping address country" },
  { "people companies", GROUPED (CRM_ROLE_STREET_NUMBER, "street", 1),
    "street number|house number|číslo popisné|č p|hausnummer|건물번호|nomor rumah" },
  { "people companies", GROUPED (CRM_ROLE_STREET_MORE, "street", 1),
    "address 2|address line 2|street 2|street address 2|address address 2|business street 2|"
    "business street 3|address 3|address line 3|street 3|address address street 2|work address 2|"
    "address extended address|extended address|adresszusatz|adresa 2" },
  { "people companies", GROUPED (CRM_ROLE_STREET_MORE, "street", 30),
    "home street 2|home street 3|other street 2|other street 3|home address 2" },
  { "people companies", GROUPED (CRM_ROLE_PO_BOX, "street", 1),
    "po box|address po box|business address po box|p o box|postfach|poštovní přihrádka" },
  { "people companies", GROUPED (CRM_ROLE_PO_BOX, "street", 30),
    "home address po box|other address po box" },
  { "people companies", GROUPED (CRM_ROLE_WHOLE_ADDRESS, "street", 1),
    "address formatted|formatted address|full address|business address" },

  /* Links */
  { "people companies", LABELLED ("links", "linkedin"),
    "linkedin|linkedin url|linkedin profile|linkedin link url|linkedin profile url|url linkedin|"
    "linkedin company page" },
  { "people companies", LABELLED ("links", "x"),
    "twitter|twitter url|x link url|x url|twitter username|twitter handle|x handle" },
  { "people companies", LABELLED ("links", "facebook"),
    "facebook|facebook url|facebook company page" },
  { "people companies", FIELD ("links"),
    "url|urls|web|website|web site|web page|webpage|homepage|home page|website value|website url|"
    "profile url|profile link|personal web page|link|links|link url|webové stránky|webová stránka|odkaz|"
    "웹 페이지|page web|página web|sites|"
    "internetové stránky|webseite|internetseite|홈페이지|웹사이트|링크|situs web|situs|laman|"
    "strona www|strona internetowa|www|webová adresa|홈페이지 주소" },

  /* Anything about a person or a company */
  { "people", FIELD ("status"),
    "status|lead status|contact status|person status|lifecycle stage|stav|상태|zustand|keadaan" },
  { "people companies deals", FIELD ("lead_source"),
    "lead source|source|original source|zdroj|zdroj kontaktu|quelle|leadquelle|유입 경로|"
    "sumber|sumber prospek|"
    "źródło|zdroj leadu|herkunft|유입경로" },
  { "people companies deals", FIELD ("owner"),
    "owner|contact owner|company owner|deal owner|account owner|record owner|opportunity owner|"
    "assigned to|assigned user|assigned user name|lead owner|sales rep|vlastník|obchodník|zodpovídá|"
    "zuständig|besitzer|inhaber|betreuer|"
    "소유자|담당 영업|pemilik|penanggung jawab|"
    "opiekun|opiekun klienta|obchodný zástupca|obchodní zástupce|영업 담당자|영업담당" },
  { "people companies deals", FIELD ("tags"),
    "tags|tag|labels|label|categories|category|groups|group|group membership|keywords|štítky|"
    "kategorie|kategorien|skupiny|skupina|schlagwörter|schlagworte|gruppe|gruppen|태그|분류|범주|label kontak|"
    "stichwörter|catégories|categorías|"
    "kategori|tagar|grup|"
    "etykiety|tagi|značky|grupa|grupy|kategoria|kategória|그룹" },
  { "people companies deals", FIELD ("description"),
    "description|about|bio|popis|beschreibung|설명|소개|deskripsi|keterangan|"
    "opis" },
  { "people companies deals products", ROLE (CRM_ROLE_NOTE, NULL),
    "notes|note|comment|comments|remarks|remark|memo|poznámka|poznámky|komentář|notiz|notizen|"
    "bemerkung|bemerkungen|anmerkungen|메모|비고|노트|catatan|komentar|remarque|notas|uwagi|poznámky k osobe|"
    "notatka|notatki|anmerkung|비고란" },
  { "people", FIELD ("do_not_contact"),
    "do not contact|do not call|opted out|unsubscribed|nekontaktovat|nicht kontaktieren" },
  { "people", FIELD ("newsletter"), "newsletter|subscribed|marketing|odběr novinek|뉴스레터" },
  { "people", FIELD ("referred_by"), "referred by|doporučil|empfohlen von|추천인" },
  /* "Company ID" is the id of a company: only in a file of companies it is that of the row. */
  { "*", ROLE (CRM_ROLE_RECORD_ID, "external_id"),
    "id|record id|rec id|recid|uid|uuid|guid|external id|unique id|nr|identifikátor|번호" },
  { "people companies", ROLE (CRM_ROLE_RECORD_ID, "external_id"),
    "customer id|client id|customer number|kundennummer|číslo zákazníka|id kontaktu|고객번호|"
    "nomor pelanggan" },
  { "*", FIELD ("created_at"),
    "create date|created|created at|created date|created on|creation date|date created|date added|"
    "created time|datum vytvoření|vytvořeno|erstellt|erstellt am|erstelldatum|생성일|등록일|dibuat|"
    "tanggal dibuat" },

  /* Companies */
  { "companies", FIELD ("name"),
    "name|company|company name|organization|organisation|organization name|account|account name|"
    "firm|business name|firma|název|název firmy|společnost|obchodní firma|unternehmen|firmenname|"
    "회사|회사명|상호|기업명|업체명|perusahaan|nama perusahaan|nama|"
    "název společnosti|název organizace|názov|názov firmy|názov spoločnosti|spoločnosť|nazwa|"
    "nazwa firmy|name der firma|firmenbezeichnung|회사 이름|회사이름|상호명|법인명|업체|거래처|거래처명|고객사|"
    "nama instansi|instansi" },
  { "companies", FIELD ("domains"),
    "domain|domains|domain name|company domain|company domain name|domain name link url|"
    "email domain|doména|webová doména|firmendomain|도메인|domain perusahaan" },
  { "companies", FIELD ("industry"),
    "industry|sector|branch|obor|odvětví|branche|업종|산업|industri|bidang usaha|"
    "obor podnikání|odvetvie|branża|sektor|wirtschaftszweig|업태" },
  { "companies", FIELD ("employees"),
    "employees|number of employees|employee count|company size|headcount|počet zaměstnanců|"
    "no of employees|zaměstnanci|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|직원수|직원 수|종업원수|"
    "jumlah karyawan|karyawan|"
    "počet zamestnancov|zamestnanci|liczba pracowników|pracownicy|anzahl der mitarbeiter|"
    "mitarbeiteranzahl|anzahl der beschäftigten|임직원수|임직원 수|사원수|jumlah pegawai" },
  { "companies", FIELD ("annual_revenue"),
    "annual revenue|revenue|turnover|annual recurring revenue amount|roční obrat|obrat|"
    "jahresumsatz|umsatz|매출|연매출|매출액|pendapatan tahunan|omzet|"
    "ročný obrat|tržby|przychody|roczny przychód|obroty|연 매출|연간 매출" },
  { "companies deals products", ROLE (CRM_ROLE_CURRENCY, NULL),
    "currency|amount currency|annual recurring revenue currency|price currency|currency code|"
    "deal currency|currency of value|měna|währung|통화|mata uang|"
    "waluta|mena" },
  { "companies", FIELD ("registration_number"),
    "registration number|company number|ič|ičo|handelsregisternummer|사업자등록번호|"
    "사업자번호|nomor registrasi|nib|"
    "identifikační číslo|regon|krs|hrb|사업자 등록번호|사업자등록 번호|법인등록번호" },
  { "companies", FIELD ("vat_id"),
    "vat|vat id|vat number|tax id|tax number|dič|ustid|ust idnr|umsatzsteuer id|npwp|"
    "ič dph|daňové identifikační číslo|nip|steuernummer" },
  { "companies", FIELD ("founded"),
    "founded|year founded|founded year|založeno|rok založení|gegründet|gründungsjahr|설립일|"
    "설립연도|didirikan|tahun berdiri|"
    "založené|rok založenia|rok założenia|data założenia|gründung|설립일자|설립년도" },
  { "companies", FIELD ("parent"),
    "parent|parent company|parent account|mateřská firma|muttergesellschaft|모회사|"
    "perusahaan induk" },
  { "companies", FIELD ("status"), "status|company status|type|lifecycle stage|stav|상태" },

  /* Deals */
  { "deals", FIELD ("name"),
    "name|deal|deal name|deal title|title|opportunity|opportunity name|subject|název|"
    "název obchodu|obchod|příležitost|bezeichnung|geschäft|vorgang|거래|거래명|딜|"
    "nama|nama kesepakatan|transaksi|"
    "názov obchodu|obchodní případ|obchodný prípad|nazwa szansy|nazwa transakcji|transakcja|"
    "szansa|szansa sprzedaży|verkaufschance|auftrag|안건|안건명|nama proyek" },
  { "deals", FIELD ("amount"),
    "amount|value|deal value|deal amount|amount amount|sum|price|total|částka|hodnota|cena|betrag|"
    "wert|summe|금액|거래 금액|jumlah|nilai|"
    "hodnota obchodu|cena celkem|celková cena|suma|čiastka|kwota|wartość|vertragswert|"
    "auftragswert|auftragssumme|계약금액|거래금액|계약 금액|nilai transaksi|nilai proyek|nilai kontrak" },
  { "deals", FIELD ("stage"),
    "stage|deal stage|stage name|phase|status|fáze|stav|etapa|phase des geschäfts|단계|tahap|tahapan|"
    "fáza|etap|stadium|진행 단계|진행단계|영업 단계|진행상태" },
  { "deals", FIELD ("pipeline"), "pipeline|sales pipeline|파이프라인|saluran" },
  { "deals", FIELD ("probability"),
    "probability|deal probability|win probability|chance|pravděpodobnost|wahrscheinlichkeit|확률|probabilitas|"
    "peluang|"
    "pravdepodobnosť|prawdopodobieństwo|성공 확률|수주 확률" },
  { "deals", FIELD ("close_date"),
    "close date|closing date|expected close|expected close date|expected closing|"
    "předpokládané uzavření|datum uzavření|uzavření|abschlussdatum|voraussichtlicher abschluss|"
    "마감일|예상 마감일|tanggal penutupan|perkiraan penutupan|"
    "dátum uzavretia|data zamknięcia|abschluss|abschluss am|계약일|계약 예정일|마감 예정일|tanggal tutup|"
    "tanggal selesai" },
  { "deals", FIELD ("start_date"), "start date|start|datum zahájení|beginn|시작일|tanggal mulai" },
  { "deals", FIELD ("closed_at"), "closed|closed at|closed on|won time|uzavřeno|abgeschlossen am" },
  { "deals", FIELD ("contact"),
    "contact|contact name|contact person|primary contact|associated contact|point of contact|"
    "person|point of contact name|customer|kontakt|kontaktní osoba|osoba|ansprechpartner|"
    "kontaktperson|담당자|연락 담당자|kontak|narahubung|"
    "zákazník|klient|kunde|고객|고객명|pelanggan|osoba kontaktowa|kontaktná osoba" },
  { "deals", FIELD ("type"), "type|deal type|typ|typ obchodu|유형|jenis" },
  { "deals tasks", FIELD ("priority"),
    "priority|priorita|priorität|우선순위|prioritas|"
    "priorytet|중요도" },
  { "deals", FIELD ("lost_reason"),
    "lost reason|reason lost|closed lost reason|loss reason|důvod prohry|verlustgrund|실패 사유|"
    "alasan kalah" },
  { "deals", FIELD ("next_step"),
    "next step|další krok|nächster schritt|다음 단계|langkah berikutnya" },
  { "deals", FIELD ("products"), "products|product|produkty|produkt|produkte|제품|상품|produk" },

  /* Products */
  { "products", FIELD ("name"),
    "name|product|product name|item|title|název|produkt|název produktu|produktname|artikel|"
    "bezeichnung|제품|제품명|상품명|nama|nama produk|produk|"
    "název zboží|název položky|položka|zboží|názov|názov produktu|tovar|nazwa|nazwa produktu|"
    "towar|artikelbezeichnung|품명|품목|품목명|상품|nama barang|barang" },
  { "products", FIELD ("code"),
    "code|sku|product code|item number|article number|part number|kód|kód produktu|"
    "artikelnummer|제품 코드|상품 코드|kode|kode produk|"
    "kód zboží|kód položky|kód tovaru|kod|kod produktu|indeks|art nr|artikel nr|artikelnr|품목코드|"
    "품목 코드|상품코드|제품코드|kode barang" },
  { "products", FIELD ("price"),
    "price|unit price|list price|amount|price amount|cena|jednotková cena|preis|einzelpreis|"
    "가격|단가|harga|"
    "cena bez dph|cena za kus|cena netto|cena jednostkowa|stückpreis|verkaufspreis|preis netto|"
    "판매가|판매가격|harga satuan|harga jual" },
  { "products", FIELD ("description"),
    "description|popis|beschreibung|설명|deskripsi|"
    "opis" },

  /* Tasks, notes and activities */
  { "tasks", FIELD ("title"),
    "title|task|name|subject|to do|todo|summary|úkol|název|předmět|aufgabe|betreff|titel|"
    "할 일|제목|작업|tugas|judul|"
    "zadání|úloha|zadanie|할일|pekerjaan" },
  { "tasks", FIELD ("due"),
    "due|due date|deadline|due on|termín|datum splnění|fällig|fälligkeitsdatum|fällig am|기한|"
    "마감일|tenggat|jatuh tempo|"
    "termin|termin wykonania|fälligkeit|fällig bis|frist|마감|마감 기한|기한일|batas waktu|tenggat waktu" },
  { "tasks", FIELD ("status"),
    "status|done|completed|stav|hotovo|erledigt|상태|완료|selesai|"
    "stan|zrobione" },
  { "tasks", FIELD ("assignee"),
    "assignee|assigned to|owner|task owner|řešitel|přiřazeno|zuständig|zugewiesen an|담당자|"
    "ditugaskan kepada|"
    "riešiteľ|zodpovedný|zodpovědný|odpowiedzialny|verantwortlich|담당|penanggung jawab" },
  { "tasks", FIELD ("kind"), "kind|type|task type|typ|druh|art|유형|jenis" },
  { "tasks", FIELD ("remind"), "reminder|remind|připomenutí|erinnerung|알림|pengingat" },
  { "notes", FIELD ("title"), "title|subject|název|předmět|titel|betreff|제목|judul" },
  { "tasks notes activities", FIELD ("body"),
    "text|body|note|notes|description|content|details|comment|poznámka|popis|obsah|notiz|"
    "beschreibung|inhalt|내용|메모|설명|isi|catatan|keterangan|"
    "opis|treść" },
  { "tasks notes activities", FIELD ("about"),
    "about|related to|relates to|contact|person|company|associated with|concerns|týká se|kontakt|"
    "osoba|firma|betrifft|bezug|관련|tentang|terkait" },
  { "activities", FIELD ("kind"), "kind|type|activity type|activity|typ|druh|art|유형|jenis" },
  { "activities", FIELD ("subject"), "subject|title|name|předmět|název|betreff|제목|judul|subjek" },
  { "activities", FIELD ("when"),
    "when|date|date time|activity date|start|started|time|datum|kdy|čas|zeitpunkt|일시|날짜|"
    "tanggal|waktu" },
  { "activities", FIELD ("minutes"),
    "minutes|duration|length|délka|trvání|dauer|소요 시간|durasi|menit" },
  { "activities", FIELD ("outcome"), "outcome|result|výsledek|ergebnis|결과|hasil" },
  { "activities", FIELD ("direction"), "direction|směr|richtung|방향|arah" },
  { "activities", FIELD ("owner"), "owner|by|user|vlastník|benutzer|담당자|pemilik" },

  /* Members */
  { "members", FIELD ("name"), "name|full name|user|user name|jméno|이름|nama" },
  { "members", FIELD ("email"), "email|email address|user email|이메일|surel" },
};

/* What other programs put in front of a title to say whose it is */
static const struct
{
  const char *type;
  const char *prefixes;
} prefixes[] = {
  { "people",
    "person |contact |contact person |people |lead |customer |client |kontakt |kontaktní osoba |"
    "osoba |ansprechpartner |kontaktperson |담당자 |연락처 |kontak |narahubung " },
  { "companies",
    "company |organization |organisation |account |firm |primary company |associated company |"
    "firma |společnost |organizace |unternehmen |회사 |기업 |perusahaan |organisasi " },
  { "deals", "deal |opportunity |obchod |příležitost |geschäft |거래 |kesepakatan |peluang " },
  { "products", "product |item " },
  { "tasks", "task " },
  { "notes", "note " },
  { "activities", "activity |engagement " },
};

static GHashTable *
build_table (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint i, j, k;

  for (i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_auto (GStrv) types = g_strsplit (entries[i].types, " ", -1);
      g_auto (GStrv) words = g_strsplit (entries[i].words, "|", -1);

      for (j = 0; words[j] != NULL; j++)
        {
          g_autofree char *normal = crm_title_normalise (words[j], NULL, NULL);
          g_autofree char *folded = NULL;

          /* A number written in the table is meant. */
          if (strpbrk (words[j], "123456789") != NULL)
            folded = g_strdup (words[j]);

          for (k = 0; types[k] != NULL; k++)
            {
              char *key = g_strconcat (types[k], "/", folded != NULL ? folded : normal, NULL);

              if (g_hash_table_contains (table, key))
                g_free (key);
              else
                g_hash_table_insert (table, key, (gpointer) &entries[i].title);
            }
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

static const CrmTitle *
look_up (const char *type, const char *words)
{
  g_autofree char *own = g_strconcat (type, "/", words, NULL);
  g_autofree char *any = g_strconcat ("*/", words, NULL);
  const CrmTitle *title = g_hash_table_lookup (get_table (), own);

  return title != NULL ? title : g_hash_table_lookup (get_table (), any);
}

/* @words, and without the word for the type in front of it */
static const CrmTitle *
look_up_without_prefix (const char *type, const char *words)
{
  const CrmTitle *title = look_up (type, words);
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (prefixes) && title == NULL; i++)
    {
      g_auto (GStrv) list = NULL;

      if (strcmp (prefixes[i].type, type) != 0)
        continue;

      list = g_strsplit (prefixes[i].prefixes, "|", -1);
      for (j = 0; list[j] != NULL && title == NULL; j++)
        {
          g_autofree char *prefix = crm_text_fold (list[j]);

          if (g_str_has_prefix (words, prefix))
            title = look_up (type, words + strlen (prefix));
        }
    }

  return title;
}

static gboolean
is_small_number (const char *word)
{
  return g_ascii_isdigit (word[0]) &&
         (word[1] == '\0' || (g_ascii_isdigit (word[1]) && word[2] == '\0'));
}

/* What stands in brackets is taken out */
static char *
take_aside (const char *title, char **aside)
{
  const char *open = strchr (title, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;

  if (close == NULL || open == title)
    return g_strdup (title);

  if (aside != NULL)
    *aside = g_strstrip (g_strndup (open + 1, (gsize) (close - open - 1)));

  return g_strdup_printf ("%.*s %s", (int) (open - title), title, close + 1);
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p;

  for (p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\'' || c == 0x2019)
        continue;
      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }

  return g_strsplit (g_strchomp (out->str), " ", -1);
}

/* "primaryEmail" and "name.firstName", as programs call what they keep, with spaces between the
 * words; other titles as they are */
static char *
split_identifier (const char *title)
{
  GString *out = g_string_new (NULL);
  const char *p;

  if (!g_ascii_islower (*title) || strchr (title, ' ') != NULL)
    return g_string_free (g_string_append (out, title), FALSE);

  for (p = title; *p != '\0'; p++)
    {
      if (p > title && g_ascii_isupper (*p) && g_ascii_islower (p[-1]))
        g_string_append_c (out, ' ');
      g_string_append_c (out, *p);
    }

  return g_string_free (out, FALSE);
}

static char *
normalise (const char *title, gboolean keep_number, int *number, char **aside)
{
  g_autofree char *split = split_identifier (title);
  g_autofree char *rest = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint i;

  if (number != NULL)
    *number = 0;
  if (aside != NULL)
    *aside = NULL;

  rest = take_aside (split, aside);
  words = split_words (rest);
  for (i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];

      if (is_small_number (word) && !keep_number)
        {
          if (number != NULL && *number == 0)
            *number = atoi (word);
          continue;
        }

      /* "E-mail" and "e mail" are one word. */
      if (strcmp (word, "e") == 0 && words[i + 1] != NULL &&
          g_str_has_prefix (words[i + 1], "mail"))
        {
          g_string_append (out, out->len > 0 ? " e" : "e");
          continue;
        }
      if (out->len > 0 &&
          !(i > 0 && strcmp (words[i - 1], "e") == 0 && g_str_has_prefix (word, "mail")))
        g_string_append_c (out, ' ');
      g_string_append (out, word);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
crm_title_normalise (const char *title, int *number, char **aside)
{
  g_return_val_if_fail (title != NULL, NULL);

  return normalise (title, FALSE, number, aside);
}

/* "MailingStreet" → "Mailing Street"; %NULL where nothing is to be split. (transfer full) */
static char *
split_camel_case (const char *title)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p;

  for (p = title; *p != '\0'; p++)
    {
      if (p > title && g_ascii_isupper (*p) && g_ascii_islower (p[-1]))
        g_string_append_c (out, ' ');
      g_string_append_c (out, *p);
    }

  return out->len > strlen (title) ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

const CrmTitle *
crm_title_find (const char *type, const char *title, int *number)
{
  g_autofree char *whole = NULL;
  g_autofree char *words = NULL;
  const CrmTitle *found;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  words = normalise (title, FALSE, number, NULL);
  whole = normalise (title, TRUE, NULL, NULL);

  /* "Address 2" is the second line of an address, "Address 2 - City" the city of the second one. */
  found = look_up_without_prefix (type, whole);
  if (found != NULL)
    *number = 0;
  else
    found = look_up_without_prefix (type, words);

  if (found == NULL)
    {
      g_autofree char *split = split_camel_case (title);

      if (split != NULL)
        return crm_title_find (type, split, number);
    }

  return found;
}

GStrv
crm_title_list_prefixes (const char *type)
{
  guint i;

  g_return_val_if_fail (type != NULL, NULL);

  for (i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strcmp (prefixes[i].type, type) == 0)
      return g_strsplit (prefixes[i].prefixes, "|", -1);

  return g_new0 (char *, 1);
}
