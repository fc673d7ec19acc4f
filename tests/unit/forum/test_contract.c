/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people were promised they may write: each word in each language, where it counts, whose it is, how much proof it needs and
 * whether its writer is asked. The table is the promise; command.def is how it is kept.
 */
#include "forum/command_explain.h"
#include "forum/command_block.h"
#include "forum/command_help.h"
#include "forum/command_language.h"
#include "forum/command_words.h"
#include "forum/order.h"

#include <string.h>

#define H WHERE_HELP
#define F WHERE_FORUM
#define I WHERE_IDEA
#define Q WHERE_QUESTION
#define R WHERE_RECEIPT
#define M COMMAND_ROLE(ROLE_MODERATOR)
#define L COMMAND_ROLE(ROLE_LEAD)
#define O COMMAND_ROLE(ROLE_OFFICE)

struct promise {
    enum command command;
    const char *said; /* lines, "|" between, each as somebody writes it */
    unsigned where;   /* at least there */
    unsigned roles;   /* exactly; 0 everybody's */
    enum trust trust; /* at least */
    enum asks asks;
};

/* clang-format off */
static const struct promise promises[] = {
    {COMMAND_YES, "ja|ja das bin ich|yes|evet|tak", Q, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_NO, "nein|nein das war ich nicht|no|hayır|nie", Q, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_HELP, "hilfe|hilfe?|help|yardım|pomoc", H | F | I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_STOP, "stopp|keine mails mehr|bitte abmelden|stop|no more mails|dur|koniec", F | I | Q, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_UNSUBSCRIBE, "abbestellen energie|abmelden energie|unsubscribe energie|abonelikten çık energie|wypisz energie", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_SUBSCRIBE, "abonnieren energie|abo energie|anmelden energie|anmelden|subscribe|abone ol|abone ol energie|subskrybuj", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_EACH, "sofort|each|hemen|od razu|sofort energie", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_DAILY, "täglich|daily|günlük|codziennie", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_WEEKLY, "wöchentlich|weekly|haftalık|co tydzień|co tydzień energie", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_PAUSE, "pause|duraklat|pauza|pause bis 10.4.|pause energie bis 10. April", H | F, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_HOUR, "stunde 18|hour 18|saat 18|godzina 18", H, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_WEEKDAY, "wochentag mo|wochentag So|weekday monday|gün pazartesi|dzień tygodnia środa", H, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_LANGUAGE, "sprache en|language de|dil tr|język pl", H, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_STATUS, "status|durum|status 17|status #17|status idee-17|status V3|status vorschlag-3|durum V3", H | I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_EXPLAIN, "hilfe stunde|help hour|yardım saat|pomoc godzina", H | F | I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_SEARCH, "suche: radweg|search: bike|ara: bisiklet|szukaj: rower", H | F, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_THREAD, "verlauf|thread|geçmiş|przebieg|verlauf 17|verlauf 17 2|thread V3 2|verlauf idee-17 2", H | I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_LIST, "liste|list|lista|liste energie|liste energie in Beratung|list energie published", H | F, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_DATA, "meine daten|my data|verilerim|moje dane", H, 0, TRUST_NONE, ASKS_ALWAYS},
    {COMMAND_ORGANISATION, "organisation: BUND Essen|organization: X|kurum: X|organizacja: X", H | R, 0, TRUST_CONFIRMED, ASKS_ALWAYS},
    {COMMAND_NAME, "name: Erika B.|ad: Erika|nazwa: Erika|name: ohne|anonym|anonymous|anonim|anonimowo", H | R, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_ADDRESS, "adresse e@example.org|address e@example.org|adres e@example.org", H, 0, TRUST_DMARC, ASKS_ALWAYS},
    {COMMAND_DELETE, "löschen|delete|sil|usuń", I | H, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_WITHDRAW, "löschen 17|löschen 17/2|delete 17|sil 17|usuń 17", H, 0, TRUST_NONE, ASKS_BELOW},
    {COMMAND_UNDO, "zurück|undo|geri al|cofnij", Q, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_ERASE, "alles löschen|delete everything|her şeyi sil|usuń wszystko", H, 0, TRUST_NONE, ASKS_ALWAYS},
    {COMMAND_SUPPORT, "dafür|+1|unterstützen|support|destekle|popieram", I, 0, TRUST_CONFIRMED, ASKS_NEVER},
    {COMMAND_UNSUPPORT, "nicht mehr|nicht dafür|unsupport|desteği çek|wycofaj", I, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_ENDORSE, "dafür 17|+1 #17|unterstützen idee-17|support 17|destekle 17|popieram 17|dafür V3|dafür vorschlag-3|ich bin dafür 17", H | I, 0, TRUST_NONE, ASKS_BELOW},
    {COMMAND_UNENDORSE, "nicht mehr 17|nicht dafür 17|nicht mehr dafür 17|nicht mehr V3|unsupport 17|desteği çek 17|wycofaj 17", H | I, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_WATCH, "folgen 17|folgen V3|follow 17|takip 17|obserwuj 17", H | I, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_REPORT, "melden|report|bildir|zgłoś|melden: Das ist eine Beleidigung.", I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_FOLLOW, "folgen|follow|takip|obserwuj", I, 0, TRUST_DMARC, ASKS_BELOW},
    {COMMAND_OK, "ok|tamam", I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_INSTEAD, "zu 17|zu #17|to 17|fikir 17|do 17", I | F, 0, TRUST_CONFIRMED, ASKS_BELOW},
    {COMMAND_CORRECT, "neu: Ein anderer Text.|new: Another text.|yeni: Metin.|nowe: Tekst.", I | Q, 0, TRUST_DMARC, ASKS_NEVER},
    {COMMAND_COMPLAINT, "beschwerde: Nein.|complaint: No.|itiraz: Hayır.|skarga: Nie.", Q, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_ASSIGN, "zuordnen|assign|zuordnen energie|zuordnen 17|zuordnen 17 energie", H | I, M | L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_MOVE, "verschieben nach energie|move to energie|verschieben 17 nach energie", H | I, M | L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_STATE, "stand in Beratung|state in deliberation|stand 17 in Beratung|stand nicht weiterverfolgt: zu teuer|stand V3 beschlossen", H | I, M | L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_FORWARD, "weiterleiten an: Stadt Essen|forward to: City|weiterleiten 17 an: Stadt Essen", H | I, M | L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_MERGE, "zusammenführen mit 17|merge into 17|zusammenführen 9 mit 17", H | I, M | L, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_UNMERGE, "trennen|unmerge|trennen 17", H | I, M | L, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_ANSWER, "antwort: Wir prüfen das.|answer: We look at it.", I, O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_NOTE, "hinweis: Bitte sachlich.|note: Please be factual.", I, M | L, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_REMOVE, "entfernen 17 werbung_partei|entfernen werbung|remove 17: It is an advert.", H | I, M | O, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_RESTORE, "wiederherstellen 17: ein Irrtum|restore 17: a mistake", H | I, M | O, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_PROPOSE, "vorschlag 3,7: Ein Titel|proposal 3, 7: A title", H | F | I, L | O, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_PLUS, "vorschlag V3 plus 9|proposal V3 plus 9", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_MINUS, "vorschlag V3 ohne 9|proposal V3 minus 9", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_FIELD, "vorschlag V3 feld bildung|proposal V3 field bildung", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_GOAL, "vorschlag V3 ziel klima|proposal V3 goal klima", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_TITLE, "vorschlag V3 titel: Neu|proposal V3 title: New", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_PHASE, "phase zuhoeren bis 10.4.2026", H, O, TRUST_TOKEN, ASKS_ALWAYS},
    {COMMAND_DEADLINE, "frist 3.5.|deadline 2026-05-03|frist 17 10. April: Die Prüfung", H | I, L | O, TRUST_TOKEN, ASKS_NEVER},
    {COMMAND_DUTY, "dienst an|duty on|dienst bis 10.4.", H | F, M | L, TRUST_DMARC, ASKS_NEVER},
    {COMMAND_RELIEVED, "dienst aus|duty off", H | F, M | L, TRUST_DMARC, ASKS_NEVER},
    {COMMAND_AWAY, "urlaub bis 10.4.|away until 2026-04-10|urlaub an", H | F, M | L, TRUST_DMARC, ASKS_NEVER},
    {COMMAND_BACK, "urlaub aus|away off", H | F, M | L, TRUST_DMARC, ASKS_NEVER},
    {COMMAND_RELEASE, "frei|release", WHERE_MODERATION, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_REJECT, "ablehnen werbung|reject: No.|ablehnen: Das ist Werbung.", WHERE_MODERATION, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_TO, "nach energie|to energie", WHERE_MODERATION, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_ASK, "fragen: Wo ist das?|ask: Where?", WHERE_MODERATION, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_STANDS, "bleibt: Aus diesem Grund.|stands: For that reason.", WHERE_MODERATION, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_PROBE, "dry run|probe\nstatus 17", H | F | I, 0, TRUST_NONE, ASKS_NEVER},
    {COMMAND_END, "ende|end", H | F | I, 0, TRUST_NONE, ASKS_NEVER},
};
/* clang-format on */

/* Which command LINE alone is; END and PROBE only count among others. */
static enum command said(const char *line)
{
    struct block_line order = {0};
    struct command_line c;
    enum command found;

    command_parse(line, &c);
    found = c.command == COMMAND_BLOCK ? ((const struct block_line *)c.lines->pdata[0])->command : c.command;
    command_clear(&c);
    if (found == COMMAND_NONE || found == COMMAND_UNDO) {
        found = order_read(line, &order) ? order.command : found;
        g_free(order.name);
        g_free(order.argument);
    }
    return found == COMMAND_NONE ? command_words_match(line) : found;
}

static bool is_kept(const struct promise *p)
{
    const struct command_row *row = command_row(p->command);
    bool is_right = true;

    if ((row->where & p->where) != p->where || row->roles != p->roles || row->trust < p->trust || row->asks != p->asks) {
        g_test_message("%s: where %x for %x, roles %x for %x, trust %d for %d, asks %d for %d", row->name, row->where, p->where,
                       row->roles, p->roles, row->trust, p->trust, row->asks, p->asks);
        is_right = false;
    }
    g_auto(GStrv) lines = g_strsplit(p->said, "|", -1);
    for (char **l = lines; *l != NULL; l++) {
        enum command is = said(*l);
        if (is != p->command) {
            g_test_message("\"%s\" is %s, not %s", *l, command_row(is)->name, row->name);
            is_right = false;
        }
    }
    return is_right;
}

static void test_promises(void)
{
    guint n_broken = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(promises); i++)
        n_broken += !is_kept(&promises[i]);
    g_assert_cmpuint(n_broken, ==, 0);
}

static bool is_said_in(enum command c, const char *language)
{
    const char *pattern;
    enum command of;
    bool is_said = false;

    for (guint n = 0; !is_said && (pattern = command_words_row(n, &of)) != NULL; n++) {
        g_autofree char *words = of == c ? command_words_in(pattern, language) : NULL;
        is_said = words != NULL;
    }
    return is_said;
}

/* Whatever may be written is explained, and everybody's words can be said in all four languages, staff's in two. */
static void test_languages(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(promises); i++) {
        enum command c = promises[i].command;
        bool is_for_all =
            promises[i].roles == 0 && (promises[i].where & WHERE_MODERATION) == 0 && c != COMMAND_PROBE && c != COMMAND_END;
        for (guint n = 0; command_languages[n] != NULL; n++) {
            bool is_wanted = is_for_all || (n < 2 && c != COMMAND_PROBE); /* "probe" is TEST's, too */
            if (is_wanted && !is_said_in(c, command_languages[n]))
                g_test_message("%s is not said in %s", command_row(c)->name, command_languages[n]);
            g_assert_true(!is_wanted || is_said_in(c, command_languages[n]));
        }
    }
    for (guint c = COMMAND_NONE + 1; c < N_COMMANDS; c++) {
        g_assert_true(c == COMMAND_BLOCK || command_help((enum command)c, "de") != NULL);
        g_assert_true(c == COMMAND_BLOCK || command_help((enum command)c, "en") != NULL);
    }
}

/* What may stand behind the + of an idea's address, and what that orders. */
static void test_addresses(void)
{
    static const struct {
        const char *word;
        enum command command;
        const char *name;
    } rows[] = {{"+erledigt", COMMAND_STATE, "umgesetzt"}, {"+done", COMMAND_STATE, "umgesetzt"},
                {"+beraten", COMMAND_STATE, "beraten"},    {"+antwort", COMMAND_ANSWER, NULL},
                {"+answer", COMMAND_ANSWER, NULL},         {"+weiter", COMMAND_FORWARD, NULL},
                {"+autor", COMMAND_LETTER, NULL},          {"+author", COMMAND_LETTER, NULL}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) words = command_act_words(rows[i].command);
        const char *word, *name = NULL;
        enum act act;
        guint n = 0;
        g_assert_true(g_strv_contains((const char *const *)words, rows[i].word));
        while ((word = route_act_word(n, &act)) != NULL && strcmp(word, rows[i].word + 1) != 0)
            n++;
        g_assert_nonnull(word);
        g_assert_cmpint(command_of_act(act, &name), ==, rows[i].command);
        g_assert_cmpstr(name, ==, rows[i].name);
    }
}

/* HILFE WORD: in every language; what is nearly one of ours; a question to a person is none. */
static void test_explained(void)
{
    static const struct {
        const char *word, *language;
        bool is_known;
        enum command first; /* of those that are found */
    } rows[] = {{"stunde", "de", true, COMMAND_HOUR},    {"hour", "en", true, COMMAND_HOUR},
                {"saat", "tr", true, COMMAND_HOUR},      {"godzina", "pl", true, COMMAND_HOUR},
                {"phase", "de", true, COMMAND_PHASE},    {"alles loschen", NULL, true, COMMAND_ERASE},
                {"stude", NULL, false, COMMAND_HOUR},    {"pausse", NULL, false, COMMAND_PAUSE},
                {"zzzzzzzz", NULL, false, COMMAND_NONE}, {"verlauf", "de", true, COMMAND_THREAD}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(explained_auto_t) x = {0};
        command_explain(rows[i].word, &x);
        g_test_message("%s", rows[i].word);
        g_assert_cmpint(x.is_known, ==, rows[i].is_known);
        g_assert_cmpstr(x.language, ==, rows[i].language);
        g_assert_cmpint(x.n > 0 ? x.commands[0] : COMMAND_NONE, ==, rows[i].first);
    }
    g_assert_true(command_can_explain("stunde") && command_can_explain("alles loschen"));
    g_assert_false(command_can_explain("wie melde ich mich ab"));
    g_assert_false(command_can_explain(""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions(); /* the table is wanted whole */
    g_test_add_func("/contract/promises", test_promises);
    g_test_add_func("/contract/languages", test_languages);
    g_test_add_func("/contract/addresses", test_addresses);
    g_test_add_func("/contract/explained", test_explained);
    return g_test_run();
}
