/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Given names and what their bearers are called. Each line is one name in several languages with its short
 * forms, folded; a word may be in several lines. */

#include "config.h"

#include "crm-duplicate-text-private.h"

#include <string.h>

static const char *const lines[] = {
  "aaron aron",
  "abigail abby gail",
  "abraham abe abram ibrahim",
  "achmad ahmad ahmed akhmad",
  "adalbert vojtech vojta bela wojciech wojtek",
  "adam adamek adas",
  "agnes aneta anezka agnieszka aga",
  "albert al bert bertik",
  "albrecht al bert",
  "alexander alex alec al sasha sasa sascha xander sandro aleksandr aleksander alexandr alessandro "
  "alejandro olek ales alexandros iskandar lex",
  "alexandra alex sasha sasa sandra sandy ola aleksandra alessandra alejandra saska",
  "alfred fred alf freddy fredy",
  "alice alica alicja ala ali",
  "alison ali ally allie",
  "alois lojza luis aloysius alojz",
  "amanda mandy",
  "ana ann anna anne annie anya anicka anca andulka anka hana hanna hannah nan nancy ania anita anja "
  "anneke annette",
  "andreas andrew andrej andrei andrzej andre andrea andy drew ondrej ondra andres jedrzej andras",
  "andrea andy andie andrejka",
  "angela angie angelika",
  "anthony antonin tonda tony anton antoni antonio toni tonicek antoine ant",
  "antonia tonka toni tonicka antonie",
  "barbara barb barbie babs bara barbora barunka basia bobbie baska",
  "bartholomew bart bartolomej bartosz bartek",
  "beatrice bea trixie beata beatrix",
  "benedict ben benedikt",
  "benjamin ben benny benji benyamin",
  "bernard bernie bernhard berny",
  "bohumil bohus bohous",
  "bohuslav bohus slavek",
  "bozena bozka bozenka",
  "bradley brad",
  "bretislav breta",
  "bridget biddy bridie brigita brigitte gitta gita",
  "calvin cal",
  "cameron cam",
  "carl karl karel charles carlos charlie chuck carlo karol karlik kaja chas chaz",
  "caroline karolina karoline carol carrie caro lina carolina",
  "catherine katherine kate katy kathy cathy kitty kat katerina katka kaca katarina katarzyna kasia "
  "kathleen kathryn katrin katja katya ekaterina yekaterina caterina catalina katie cath",
  "cecilia cecilie cilka celia cissy cilia",
  "charlotte lottie lotte charlie sarlota",
  "chester chet",
  "christian christoph christopher chris kit christof krystof krzysztof krzys kristof cristobal kryst "
  "topher kristian cristian krystian",
  "christina christine chris tina chrissy kristyna kristina krystyna krista kristine cristina tyna kris "
  "kristen kirsten",
  "clara klara klarka claire clare",
  "claudia klaudia klaudie claudie",
  "clifford cliff",
  "clement klement clem",
  "constance connie konstancie",
  "constantin konstantin kostya costa",
  "cornelius neil connie kornel",
  "cynthia cindy cyndi",
  "daniel dan danny danek daniil danya danil",
  "daniela dana danka danielle dani",
  "david dave davy davey davidek dawid",
  "deborah deb debbie debra",
  "dennis den denis denny",
  "denise denisa dee",
  "dmitri dmitry dima dimitri dimitrij mitya dmytro",
  "dolores lola dolly",
  "dominic dominik nick dom domingo domca dominick",
  "dominika domca nika dominica",
  "donald don donnie donny",
  "dorothy dot dottie dolly dora dorota dorothea dorka thea",
  "douglas doug",
  "dusan dusa",
  "edmund ed eddie ned edmond",
  "edward ed eddie ted teddy ned eduard eda edvard edouard eduardo eddy",
  "eleanor elena ellie nell nora ella lena eleonora elinor nellie helena helen ellen",
  "elias ilja ilya eliska",
  "elizabeth liz beth betty lizzie eliza elisabeth bess libby liza elsa alzbeta betka bety eliska "
  "elzbieta ela isabel elise lisa lisbeth bettina elisa alzbetka bette",
  "emanuel manny emmanuel manuel manu",
  "emil emilek emile emilio",
  "emily em emmy emilia emilie emilka millie",
  "eric rick erik ricky erich rik",
  "ernest ernie arnost ernst ernesto",
  "eugene gene evzen eugen zhenya evgeny yevgeny eugeniusz",
  "eva eve evelyn evicka ewa evka",
  "felix felicio",
  "ferdinand fernando ferda fernand",
  "florence flo flora flossie",
  "frances fran francie frantiska francesca franciska franziska francoise",
  "francis frank franz frantisek franta fran francisco francesco paco pancho franciszek franek fanda "
  "francois frankie fero ferenc",
  "frederick fred freddy freddie fritz friedrich bedrich rick fryderyk federico frederic frederik "
  "fredrik frederico",
  "gabriel gabe gabo gabor",
  "gabriela gabi gabriella gabrielle gaby gabika",
  "gary gareth garry gaz",
  "george georg jiri jirka jura jorge jerzy jurek yuri jurgen georges giorgio jorg gyorgy geordie jorgen "
  "jirik juri yuriy",
  "gerald gerry jerry gerard gerhard gerardo",
  "geraldine gerry geri",
  "gertrude trudy gert trude gertruda",
  "gilbert gil bert",
  "gregory greg gregor rehor grzegorz grisha grigori gregorio grigory",
  "gustav gus gusta gustavo gustaw august",
  "harold harry hal harald",
  "hedwig hedvika heda hedy jadwiga jadzia",
  "helen helena helenka lenka lena ilona jelena yelena elena ellen",
  "henry harry hank henrik heinrich jindrich jindra henryk heinz heiner enrique enrico hal henri hendrik",
  "herbert herb bert",
  "howard howie",
  "hugo hugh hughie huw",
  "ignatius ignac hynek inigo ignacio ignacy",
  "irena irene irenka irina ira",
  "isaac ike izak ishak",
  "isabella isabel bella izabela iza isabelle izzy belle",
  "ivan vanya jan ivo john",
  "ivana iva ivanka",
  "jacob jakub jake kuba jack jakob jacques jaime jacobo yakub kubik james jim jimmy",
  "jacqueline jackie jacqui",
  "james jim jimmy jamie jem jaime",
  "jan honza john johnny jack hans johann johannes juan ivan ian sean jean jenda janek johny hanus jon "
  "giovanni gianni joao jens yohanes yohan evan shaun shawn jasiek",
  "jana janicka janka jane joan johana johanna janet hana joanna asia jeanne giovanna juana jenny",
  "jane jan janie jenny",
  "janet jan jen",
  "jaromir jarek mirek jarda",
  "jaroslav jarda jarek slavek jaroslaw yaroslav",
  "jaroslava jarka jarmila slavka jara",
  "jason jase jay",
  "jeffrey jeff geoff geoffrey jeffery gottfried",
  "jennifer jen jenny jenn jenni",
  "jeremy jerry jeremias jem jeremiah jeroen jeronym",
  "jessica jess jessie",
  "jill gill jillian gillian",
  "jitka judith judy judita judit jutta",
  "joel joe",
  "jonathan jon jonny nathan john johnny jonatan",
  "joseph joe joey josef pepa jozef pepik jose pepe beppe giuseppe yusuf jo josephus joska jozka sepp "
  "youssef yosef iosif jupp",
  "josephine jo josie josefina josefa pepina fina",
  "joshua josh",
  "juliana julie julia jul julka jules juliane giulia jill",
  "julius jules julek julian julio",
  "karin karina katrin karen",
  "kamil kamilek camil",
  "kamila kamilka camilla camille cami milla",
  "kenneth ken kenny",
  "kevin kev",
  "kimberly kim kimberley",
  "kvetoslava kveta kvetuse",
  "ladislav lada laco ladik vladislav laszlo wladyslaw",
  "lawrence larry lars laurence vavrinec lorenzo lorenz wawrzyniec laurent laurie lenz lawrie",
  "laura laurie lora lorka",
  "leonard leo len lenny leon lennie leonhard leonardo",
  "leopold leo polda poldi",
  "leslie les lesley",
  "libuse liba libuska",
  "lillian lily lil lilian lilly liliana",
  "louis lou louie ludvik ludwig luis luigi lewis ludek ludovic lew luiz lutz",
  "louise lou louisa luisa lulu ludovika luise",
  "lubomir lubos lubor luba lubos",
  "lucas luke lukas luka luca lukasz lukasek lucky",
  "lucy lucia lucie lucka lucinka lucyna luz",
  "ludmila lida lidka ludmilla liduska mila",
  "magdalena magda lena madeleine magdalene madlenka majda madeline maddie majka",
  "marcel marcello marcelo marceli",
  "marcela marcelka marcella",
  "marek mark marc marco marcus markus marko marcos",
  "margaret maggie meg peggy marge margie rita marketa margareta margarita gosia malgorzata marketka "
  "greta gretchen madge margot margarete marga marguerite daisy",
  "maria marie mary marya mia marika maruska majka mari mariana molly polly miriam mitzi mariam marysia "
  "maja maryna manka marenka",
  "marian mario mariusz marius",
  "marianne mariana marianna majka marianna",
  "martha marta patty martulka martha",
  "martin marty martinek mato marcin martino maarten martinus",
  "martina martinka tina martyna",
  "matthew matt mattie matej matous mateusz mateo matteo matthias mathias mates matyas matias matti "
  "mathieu matthieu maciej maciek matthaus",
  "maximilian max maxim maxmilian maximilien maks maksim maxwell",
  "melanie mel melania",
  "melissa mel missy",
  "michael mike mick mickey michal misa misha mikhail miguel michel michele micky mischa mikael mitch "
  "mihai mikolaj majkl mihail",
  "michaela misa michala misha michelle mikaela michalina",
  "milan milos milanek",
  "milena milenka mila milada milka",
  "miloslav milos mila slavek",
  "miloslava mila milka slavka",
  "miriam mirka mirjam mimi",
  "miroslav mirek mira miro slavek miroslaw",
  "miroslava mirka slavka mira",
  "mohammad muhammad mohamed mohammed muhamad mohamad moh muh mochamad muhamed mehmet mamad",
  "monica monika mon moni monique",
  "nadezda nadia nada nadja nadya nadine nadezhda",
  "natalie natalia natasha natalka nat natasa nataliya natascha",
  "nathaniel nat nate nathan nathanael",
  "nicholas nick nicky nico nicolas nikolas mikulas niklas nikola klaus nikolai mikolaj nicola kolya "
  "claus miklos nikita nikolay nik",
  "nicole nicky nikola nicola nikol nika nikoleta nikki",
  "norman norm",
  "oldrich olda ulrich uli oldrich ulli",
  "oleg olek oleh",
  "olga olina olinka helga olenka",
  "oliver ollie oli olivier noll",
  "olivia liv livia ollie livie",
  "oscar oskar ossie",
  "otakar ota ottokar otik",
  "otto ota otik",
  "pamela pam pammy",
  "patricia pat patty trish patsy patrice patrycja tricia paddy",
  "patrick pat paddy patrik patryk patricio",
  "paul pavel pablo paolo pawel pavlik pauli paulus paulo paavo pal pavlo pasha",
  "paula pavla paulina pauline pavlina polly pavlinka paola",
  "penelope penny",
  "peter petr pete pedro piotr pierre pietro pyotr petya peta pita peto petrus pieter petrik per peder "
  "piotrek",
  "petra petruska petronela peta petronella",
  "philip phil filip pip felipe philipp philippe fil phillip flip filippo",
  "premysl premek",
  "rachel rae rachelle raquel rahel",
  "radek radoslav radomir radovan radim rada radoslaw",
  "rafael raphael rafal rafi rafa",
  "raymond ray raimund ramon raimond",
  "rebecca becky becca rebeka reba bekah",
  "regina gina reggie",
  "reginald reg reggie reinhold",
  "richard rick dick rich ricky richie risa riccardo ricardo rysiek ryszard rik ritchie rici",
  "robert bob rob bobby robbie bert roberto robin robertek robi bobek",
  "roderick rod roddy",
  "roger rodger rog ruediger ruedi",
  "roman romek romain",
  "ronald ron ronnie ronny ronaldo",
  "rose rosa rosie ruzena rosalie rosemary ruza rosario rozalie roza",
  "rostislav rosta",
  "rudolf rudolph rudy ruda rolf rudi rodolfo",
  "russell russ rusty",
  "samantha sam sammy",
  "samuel sam sammy samo samuele",
  "sarah sara sally sadie sarka",
  "sebastian seb bastian basti sebastien baska",
  "sharon shari sherry",
  "sidney sid sydney",
  "simon simeon sim szymon simone simao",
  "simona simone simonka mona",
  "sofia sophia sophie zofie zofia sonja sonia zosia sofie sonya sona sofi",
  "stanislav standa stanley stan stanislaw stas slavek stanislas stano",
  "stella estelle estella",
  "stephanie steph stephania stefania stepanka stevie stefanie",
  "stephen steve steven stefan stepan esteban etienne szczepan stevie istvan stef stefano stephan "
  "steffen stepanek",
  "stuart stewart stu",
  "susan sue susie suzanne zuzana suzie susanne zuzka zuza susanna zuzanna suzan suzana susi sanne",
  "svatopluk sva svata",
  "svetlana sveta svetla lana",
  "sylvia silvia silvie sylvie silva sylva",
  "tatiana tanya tana tania tatjana tanja",
  "teresa terri tess terry theresa terez tereza terezka therese terka tessa resi terezie",
  "terence terry terrence",
  "thaddeus tadeas tadeusz tad thad tadek",
  "theodore ted teddy theo teodor fedor bohdan theodor teo fyodor",
  "thomas tom tommy tomas tomasz tomek tomaso tommaso tomik thom tomasek toma",
  "timothy tim timmy timotej timo tymoteusz timotheus",
  "tobias toby tobiasz tobi",
  "ursula urs uschi ursulka ursel orsola",
  "vaclav vasek vena wenzel wenceslas waclaw vasa vasik vaclavek wacek",
  "vaclava vendula vasa",
  "valentina valya tina valentyna",
  "valentine val valentin valentyn valentino",
  "vasily basil vasil vasya vasyl",
  "veronica ronnie vera veronika roni nika vercha verunka weronika veronique verka",
  "victor vic vik viktor vitek vittorio wiktor",
  "victoria vicky tori viki viktoria viktorie vika vicki wiktoria",
  "vincent vince vinny vincenc vincenzo vinnie vicente cenek",
  "viola violet violetta viola",
  "virginia ginny ginger",
  "vitezslav vitek slavek victor",
  "vit vitek vitus guy vito wit",
  "vladimir vlada vladja vova volodya wladimir vladko volodymyr mira vladek",
  "vlastimil vlasta",
  "vlastimila vlasta",
  "walter walt wally wat valter gualtiero walther",
  "william bill will billy willy liam vilem wilhelm guillermo guillaume wim vila willem viliam guglielmo "
  "willie wille",
  "winifred winnie freda fred",
  "wolfgang wolf wolfi",
  "yusuf jusuf yosef",
  "zachary zach zack zacharias zak zac",
  "zdenek zdena zdenda sidonius",
  "zdenka zdena zdenicka",
  "zygmunt zikmund sigmund siegmund",
};

/* A name and the lines that it is in; built once, never changed then */
static gpointer
build_index (gpointer data)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (GStrv) names = g_strsplit (lines[i], " ", -1);

      for (guint j = 0; names[j] != NULL; j++)
        {
          GArray *groups = g_hash_table_lookup (index, names[j]);

          if (groups == NULL)
            {
              groups = g_array_new (FALSE, FALSE, sizeof (guint));
              g_hash_table_insert (index, g_strdup (names[j]), groups);
            }
          g_array_append_val (groups, i);
        }
    }

  return index;
}

static GArray *
find_groups (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, build_index, NULL), name);
}

gboolean
crm_duplicate_is_nickname (const char *a, const char *b)
{
  GArray *of_a;
  GArray *of_b;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  of_a = find_groups (a);
  of_b = of_a != NULL ? find_groups (b) : NULL;
  for (guint i = 0; of_b != NULL && i < of_a->len; i++)
    for (guint j = 0; j < of_b->len; j++)
      if (g_array_index (of_a, guint, i) == g_array_index (of_b, guint, j))
        return TRUE;

  return FALSE;
}

guint
crm_duplicate_get_name_groups (const char *name, guint *groups, guint groups_size)
{
  GArray *of_name;
  guint n = 0;

  g_return_val_if_fail (name != NULL, 0);

  of_name = find_groups (name);
  for (n = 0; of_name != NULL && n < of_name->len && n < groups_size; n++)
    groups[n] = g_array_index (of_name, guint, n);

  return n;
}

char **
crm_duplicate_list_nicknames (const char *name, guint limit)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GArray *groups;

  g_return_val_if_fail (name != NULL, NULL);

  groups = find_groups (name);
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      g_auto (GStrv) names = g_strsplit (lines[g_array_index (groups, guint, i)], " ", -1);

      for (guint j = 0; names[j] != NULL && found->len < limit; j++)
        if (!g_str_equal (names[j], name))
          g_ptr_array_add (found, g_strdup (names[j]));
    }
  g_ptr_array_add (found, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}
