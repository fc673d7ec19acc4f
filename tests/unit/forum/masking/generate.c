/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts as citizens might write them, put together by chance from how they begin, what they say about a place or a price, how they
 * give an address away, and how they end. See marked.h. In a form # is a digit, * a small letter, $ a capital.
 */
#include "marked.h"

#include <string.h>

/* clang-format off */
struct frame {
    const char *before, *after;
};

static const char *const starts[2][8] = {
    {"Guten Tag, der Radweg am Kanal ist zu schmal.", "Hallo, unser Park braucht mehr Schatten.", "Liebe Verwaltung, die Ampel ist zu kurz.",
     "Im Winter ist der Gehweg oft glatt.", "Ich wünsche mir ein Café für alle Generationen.", "Sehr geehrte Damen und Herren,\n\nder Bus kommt zu selten.",
     "moin, die turnhalle ist undicht.", "Mein Vorschlag: mehr Bäume vor der Schule."},
    {"Hello, the bus is always late.", "Dear team, our park needs more shade.", "The crossing near the school is dangerous.",
     "I would like a repair café in the library.", "Please plant more trees.", "The path along the canal is too narrow.",
     "hi all, the gym roof is leaking.", "My idea: longer opening hours."},
};

/* What is nobody's secret. */
static const char *const open[2][30] = {
    {"Das war schon {=year 20##} so.", "Seit {=year 19##} hat sich nichts getan.", "Es kostet {=price #.#00 Euro}.", "Das sind {=price ##,#0 €} im Monat.",
     "Geplant sind {=price #,# Mio. Euro}.", "Nach {=law § #2 Abs. # BauGB} ginge das.", "So steht es in {=law Art. 2# GG}.", "Siehe {=file Az. ##-##.0#/0###-20##}.",
     "Die {=file Drucksache ##/#####} liegt vor.", "Es ist der {=file Bebauungsplan Nr. 0##/##}.", "Die {=file Vorlage 0###/20##} sagt es.",
     "Der Bus {=route #4#} hält dort.", "Die {=route S#} und die {=route U1#} sind voll.", "Um {=time 1#:#5 Uhr} ist es dunkel.", "Von {=time 0#.30 - 1#.00 Uhr} staut es sich.",
     "Am {=date 1#.0#.20##} war die Sitzung.", "Vom {=date 0#.0#. bis 2#.0#.2026} ist gesperrt.", "Es sind {=number #.### Menschen}.", "Rund {=number ## %} sind dafür.",
     "Der Weg ist {=number #,#0 m} breit.", "In der {=place Hauptstraße ##} ist ein Loch.", "An der {=place Ringstraße #}, gleich an der Schule, fehlt Licht.",
     "Das betrifft {=place ##### Essen} und {=place Bochum}.", "Bei Gefahr gilt {=public 112}.", "Die Auskunft {=public 115} wusste nichts.",
     "Wir haben {=number ##### Unterschriften}.", "Die Rechnung {=file ####-######} ist bezahlt.", "Tempo {=number 30} auf der {=place B 2##} reicht.",
     "Die Kundennummer {=file ### ### ####} steht dabei.", "Der Zähler {=file Nr. ########} ist alt."},
    {"It was like that in {=year 20##}.", "Since {=year 19##} nothing has changed.", "It costs {=price £#,#00}.", "That is {=price #.#0 pounds} a day.",
     "{=price #.# million USD} were promised.", "See {=law Section 10#} of the act.", "Under {=law Article #} that is possible.", "The file {=file ##/0####/FUL} is open.",
     "See reference {=file AB-####-##}.", "Bus {=route ##} stops there.", "Routes {=route ##} and {=route ##} are full.", "At {=time #.30 pm} it is dark.",
     "From {=time 10am to #pm} it is crowded.", "The meeting was on {=date 1# May 20##}.", "On {=date 0#/1#/20##} it rained.", "There are {=number #,### people}.",
     "About {=number ##%} agree.", "It is {=number #.# m} wide.", "On {=place Mill Lane} there is a hole.", "The school at {=place ## High Street} needs a fence.",
     "Call {=public 999} in danger.", "The line {=public 0800 11##} was busy.", "We have {=number ##### signatures}.", "Invoice {=file ####-####} is paid.",
     "A limit of {=number 20 mph} will do.", "The order {=file no. ########} is late.", "In {=year 20##} it was {=number ###}, now {=number ###}.",
     "Paragraph {=law #.#.#} says so.", "Room {=number #.1#} is free.", "Version {=file #.#.##} has it."},
};

static const char *const phones[2][18] = {
    {"0### #######", "0###/#######", "0###-######", "(0###) ### ## ##", "+49 ### #######", "+49 (0)###/#######", "0049 1## #######", "015# #### ####",
     "017########", "0#### / ## ## #", "016#.#######", "0 1 7 # # # # # # # #", "O17# ### ####", "017#_#######", "0###  ##  ##  ##", "+4917########", "0###–######",
     "null eins sieben # # # # # # # #"},
    {"020 7### ####", "07### ######", "07### ### ###", "+44 7### ######", "+44 (0)20 7### ####", "0113 ### ####", "(0113) ### ####", "07###-######",
     "(55#) ###-####", "55#-###-####", "+1 55# ### ####", "0044 7### ######", "07#########", "0 7 # # # # # # # # #", "O7### ######", "07###.######", "01### ######",
     "oh seven # # # # # # # # #"},
};
static const struct frame calls[2][12] = {
    {{"Meine Nummer ist ", "."}, {"Sie erreichen mich unter ", ", gern abends."}, {"Tel.: ", ""}, {"Rufen Sie mich an: ", "!"}, {"Handy ", ", Danke"},
     {"Rückfragen bitte an Frau Sommer (", ")."}, {"Ich helfe gern, ", "."}, {"Schreibt mir bei WhatsApp, ", ", ich antworte."}, {"Bitte Rückruf unter ", ", es eilt."},
     {"Mein Mann weiß mehr: ", ""}, {"tel ", " ruft an"}, {"Kontakt: Petra Sommer, ", ""}},
    {{"My number is ", "."}, {"You can reach me on ", " most evenings."}, {"Phone: ", ""}, {"Call me: ", "!"}, {"Mobile ", ", thanks"},
     {"Ask Mrs Summer (", ")."}, {"I can help, ", "."}, {"Text me on ", ", I will answer."}, {"Please ring ", " after six."},
     {"My husband knows more: ", ""}, {"tel ", " call me"}, {"Contact: Petra Summer, ", ""}},
};

static const char *const mails[2][14] = {
    {"****.*****@*****.example", "*****##@web.example", "****_***@mail.*****.example", "*****(at)*****.example", "***** (at) *****.example", "****[at]*****.example",
     "***** @ *****.example", "*****.**** at ***** punkt de", "****(ät)*****.de", "*****[ät]*****.example", "***** [at] ***** [punkt] de", "****(at)*****(dot)de",
     "*****.*****@*****-*****.example", "<*****@*****.example>"},
    {"****.*****@*****.example", "*****##@mail.example", "****_***@mail.*****.example", "*****(at)*****.example", "***** (at) *****.example", "****[at]*****.example",
     "***** @ *****.example", "***** at ***** dot com", "****(at)*****(dot)com", "*****[ät]*****.example", "***** [at] ***** [dot] org", "***** AT ***** DOT com",
     "*****.*****@*****-*****.example", "<*****@*****.example>"},
};
static const struct frame writes[2][8] = {
    {{"Meine Mail: ", ""}, {"Schreiben Sie mir an ", ", danke."}, {"Bitte an ", " antworten."}, {"E-Mail ", "."}, {"Wer mitmacht, meldet sich bei ", "!"},
     {"Ich bin ", " und freue mich."}, {"Kontakt: ", ""}, {"mail an ", " reicht"}},
    {{"My mail: ", ""}, {"Write to ", ", thanks."}, {"Please answer to ", " only."}, {"E-mail ", "."}, {"Who joins in writes to ", "!"},
     {"I am ", " and happy to help."}, {"Contact: ", ""}, {"mail ", " is fine"}},
};

static const char *const streets[2][12] = {
    {"Waldweg ##", "Friedrich-Ebert-Str. #-#", "Kastanienallee ##a", "Am Alten Markt #", "Unter den Eichen ##", "Im Winkel #", "Schillerstraße # b", "Bergstr. ###",
     "Kleine Gasse #", "Zum Sportplatz #", "Waldweg Nr. ##", "An der Mühle ##"},
    {"## Oak Road", "#a Church Street", "Flat #, ## Park Avenue", "### Baker Street", "# The Crescent", "## Station Rd", "# Rose Cottage Lane", "## Queen's Drive",
     "# Maple Close", "### Victoria Terrace", "## St Mary's Road", "# Mill Court"},
};
static const char *const towns[2][4] = {{", 4#### Essen", ", 4#### Bad Sassendorf", ", D-4#### Bochum", "\n4#### Hagen"},
                                       {", Leeds LS# #AB", ", London NW# #XE", ", Bradford BD1# #PQ", "\nYork YO## #AA"}};
static const struct frame homes[2][8] = {
    {{"Ich wohne ", " und höre alles."}, {"Meine Adresse ist ", "."}, {"Wohnhaft: ", ""}, {"Wir wohnen seit Jahren ", ", gleich daneben."},
     {"Meine Anschrift: Petra Sommer, ", "."}, {"Antwort bitte per Post an Petra Sommer, ", ", danke."}, {"Bei mir zu Hause, ", ", wackelt alles."}, {"Mein Haus, ", ", steht daneben."}},
    {{"I live at ", " and hear it all."}, {"My address is ", "."}, {"Address: ", ""}, {"We have lived at ", " for years."},
     {"My address: Petra Summer, ", "."}, {"Please answer by post to my home, ", ", thanks."}, {"At my home, ", ", everything shakes."}, {"My house, ", ", is next to it."}},
};

static const char *const plates[2][8] = {{"E-$$ ####", "BO-$$ ##", "RE $$ ###", "DO-$ ###", "GE-$$###", "MH - $$ ###", "HER-$$-##", "E-$$ ##E"},
                                        {"AB1# $$$", "LX0# $$$", "AB1#$$$", "YK1# $$$", "M-$$ ####", "BD0# $$$", "LS#2 $$$", "E-$$ ###"}};
static const struct frame cars[2][8] = {
    {{"Das Auto ", " parkt jeden Tag auf dem Weg."}, {"Kennzeichen: ", ""}, {"Der weiße Lieferwagen (", ") steht im Weg."}, {"Der Wagen mit dem Nummernschild ", " raste vorbei."},
     {"Ein schwarzer SUV, ", ", blockiert die Einfahrt."}, {"Falschparker: ", ", schon wieder."}, {"Der Pkw ", " gehört abgeschleppt."}, {"Der Fahrer des Motorrads ", " ist zu laut."}},
    {{"The car ", " blocks the path every day."}, {"Number plate: ", ""}, {"The white van (", ") is in the way."}, {"A lorry with registration ", " raced past."},
     {"A black SUV, ", ", blocks the gate."}, {"The vehicle ", " should be towed."}, {"The plate is ", ", again."}, {"The driver of the motorbike ", " is too loud."}},
};

static const struct frame accounts[2][6] = {
    {{"Spenden bitte an ", ", danke."}, {"IBAN: ", ""}, {"Unser Konto ist ", "."}, {"Überweisen Sie es auf ", "!"}, {"Meine Bankverbindung: ", ""}, {"Der Verein hat die IBAN ", " bei der Sparkasse."}},
    {{"Donations to ", ", thank you."}, {"IBAN: ", ""}, {"Our account is ", "."}, {"Please transfer it to ", "!"}, {"My bank details: ", ""}, {"The club has the IBAN ", " at the bank."}},
};

static const char *const signatures[2][8] = {
    {"Mit freundlichen Grüßen\nPetra Sommer\n{sign Waldweg ##}\n{sign 4#### Essen}", "Viele Grüße\n\nPetra Sommer\n{sign Tel. 0### #######}\n{sign petra.*****@*****.example}",
     "MfG\nP. Sommer\n{sign Mobil: 017# #######}", "Beste Grüße\nPetra Sommer\n{sign Vorsitzende}\n{sign Förderverein ****** e. V.}\n{sign Ringstr. ##, 4#### Hagen}\n{sign Fon 0### / ######}",
     "Gruß, Petra\n\n-- \n{sign Petra Sommer, Schillerstr. #}\n{sign www.*****.example}", "Herzliche Grüße\nPetra Sommer\n\n{sign Petra Sommer | Waldweg ## | 4#### Essen | 0### ######}",
     "Danke und Gruß\nPetra\n{sign 0### / #######}", "Liebe Grüße\nFamilie Sommer\n{sign Am Hang #}\n{sign 4#### Witten}\n{sign T: +49 #### ######}"},
    {"Kind regards\nPetra Summer\n{sign ## Oak Road}\n{sign Leeds LS# #AB}", "Best wishes\n\nPetra Summer\n{sign Phone 0113 ### ####}\n{sign petra.*****@*****.example}",
     "Thanks\nP. Summer\n{sign Mobile: 07### ######}", "Yours sincerely\nPetra Summer\n{sign Chair}\n{sign Friends of ******}\n{sign ## Park Avenue, York YO## #AA}\n{sign Tel 01### ######}",
     "Best, Petra\n\n-- \n{sign Petra Summer, ## Mill Lane}\n{sign www.*****.example}", "Cheers\nPetra Summer\n\n{sign Petra Summer | ## Oak Road | Leeds | 0113 ### ####}",
     "Thanks again\nPetra\n{sign 07### ######}", "Regards\nThe Summers\n{sign # Hill Street}\n{sign York YO## #AA}\n{sign T: +44 #### ######}"},
};
/* clang-format on */

static int chance(GRand *rand, int n)
{
    return g_rand_int_range(rand, 0, n);
}

static char *fill(GRand *rand, const char *form)
{
    static const char letters[] = "abdefgklmnoprstu";
    char *out = g_strdup(form);

    for (char *p = out; *p != '\0'; p++)
        if (*p == '#')
            *p = (char)('1' + chance(rand, 9));
        else if (*p == '*')
            *p = letters[chance(rand, 16)];
        else if (*p == '$')
            *p = (char)('A' + chance(rand, 26));
    return out;
}

/* With a check sum that is right (ISO 7064), in one of the ways that people write it. */
static char *iban(GRand *rand)
{
    char digits[19] = {0}, country[] = "DE";
    guint rest = 0;
    GString *out = g_string_new(NULL);
    int way = chance(rand, 6);

    for (int i = 0; i < 18; i++) {
        digits[i] = (char)('0' + chance(rand, 10));
        rest = (rest * 10 + (guint)(digits[i] - '0')) % 97;
    }
    rest = (rest * 10000 + 1314) % 97; /* D is 13, E is 14 */
    guint check = 98 - (rest * 100) % 97;
    g_string_printf(out, "%s%02u%s", country, check, digits);
    for (gsize i = way < 4 ? 4 : 0; i > 0 && i < out->len; i += 5)
        g_string_insert_c(out, (gssize)i, way == 1 ? '-' : way == 2 ? '.' : ' ');
    if (way == 3)
        g_string_insert_c(out, 2, ' '); /* "DE 89 ..." */
    if (way == 5)
        g_string_ascii_down(out);
    return g_string_free(out, FALSE);
}

static void add_open(GString *out, GRand *rand, int language)
{
    g_autofree char *sentence = fill(rand, open[language][chance(rand, G_N_ELEMENTS(open[0]))]);

    g_string_append_printf(out, " %s", sentence);
}

static void add_secret(GString *out, GRand *rand, const char *kind, const struct frame *f, char *secret)
{
    /* what some put on a line of its own, others into a sentence */
    g_string_append(out, strchr(f->before, ':') != NULL && chance(rand, 2) ? "\n" : " ");
    g_string_append_printf(out, "%s{%s %s}%s", f->before, kind, secret, *f->after != '\0' ? f->after : "\n");
    g_free(secret);
}

static char *street(GRand *rand, int language)
{
    const char *form = streets[language][chance(rand, G_N_ELEMENTS(streets[0]))];
    g_autofree char *both = g_strconcat(form, chance(rand, 2) ? towns[language][chance(rand, 4)] : "", NULL);

    return fill(rand, both);
}

#define PICK(rand, language, list) (&(list)[language][chance(rand, G_N_ELEMENTS((list)[0]))])

char *marked_generate(guint32 seed, guint i)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed_array((guint32[]){seed, i}, 2);
    GString *out = g_string_new(NULL);
    int l = i % 3 == 2; /* every third in English */

    g_string_append(out, starts[l][chance(rand, G_N_ELEMENTS(starts[0]))]);
    add_open(out, rand, l);
    switch (i % 7) {
    case 0:
    case 1:
        add_secret(out, rand, "phone", PICK(rand, l, calls), fill(rand, *PICK(rand, l, phones)));
        break;
    case 2:
        add_secret(out, rand, "mail", PICK(rand, l, writes), fill(rand, *PICK(rand, l, mails)));
        break;
    case 3:
        add_secret(out, rand, "address", PICK(rand, l, homes), street(rand, l));
        break;
    case 4:
        add_secret(out, rand, "plate", PICK(rand, l, cars), fill(rand, *PICK(rand, l, plates)));
        break;
    case 5:
        add_secret(out, rand, "bank", PICK(rand, l, accounts), iban(rand));
        break;
    default:
        break;
    }
    for (int n = chance(rand, 3); n >= 0; n--)
        add_open(out, rand, l);
    if (i % 7 == 6 || chance(rand, 4) == 0) {
        g_autofree char *end = fill(rand, *PICK(rand, l, signatures));
        g_string_append_printf(out, "\n\n%s", end);
    }
    return g_string_free(out, FALSE);
}
