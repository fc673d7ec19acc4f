/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own text in their reply: whatever a client did to it, our lines go, and what people wrote between them
 * stays.
 */
#include "base/limits.h"
#include "forum/memory.h"

#include <string.h>
#include <time.h>

/* What we sent. */
#define POST                                                                                                   \
    "Im Forum Neue Mobilität schrieb Bernd B.:\n\nZwischen Essen und Bochum fehlt ein Radweg, der auch für " \
    "Kinder "                                                                                                  \
    "sicher ist.\nDie alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n\nSoll "   \
    "der Weg "                                                                                                 \
    "beleuchtet sein? Was meinen Sie dazu?\n\nAntworten Sie einfach auf diese Mail. Alle Beiträge:\n"         \
    "https://forum.example/idee/42\n"                                                                          \
    "Einstellungen:\nhttps://forum.example/p/20-20800-fedcba9876543210\n"

static const struct {
    const char *name, *text, *left;
} cuts[] = {
    {"as it was", "Ja, gern.\n\n" POST, "Ja, gern."},
    {"marked",
     "Ja, gern.\n\n> Im Forum Neue Mobilität schrieb Bernd B.:\n> \n> Zwischen Essen und Bochum fehlt ein "
     "Radweg, der "
     "auch für Kinder sicher ist.\n> Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der "
     "Stadt.\n>\n",
     "Ja, gern."},
    {"wrapped anew, marks on each line",
     "> Im Forum Neue Mobilität schrieb Bernd B.:\n> Zwischen Essen und Bochum\n> fehlt ein Radweg, der "
     "auch\n> für "
     "Kinder sicher ist. Die alte\n> Bahntrasse wäre dafür gut geeignet,\n> denn sie gehört schon der "
     "Stadt.\nJa!",
     "Ja!"},
    {"wrapped by a mail program without marks on the rest",
     "Ja!\n> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\nDie\n> alte "
     "Bahntrasse wäre "
     "dafür gut geeignet, denn sie gehört schon der Stadt.\n",
     "Ja!"},
    {"all in one line",
     "Ja!\nZwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist. Die alte Bahntrasse "
     "wäre dafür "
     "gut geeignet, denn sie gehört schon der Stadt.",
     "Ja!"},
    {"umlauts read as the wrong charset",
     "Ja!\n> Zwischen Essen und Bochum fehlt ein Radweg, der auch fÃ¼r Kinder sicher ist.\n> Die alte "
     "Bahntrasse wÃ¤re "
     "dafÃ¼r gut geeignet, denn sie gehÃ¶rt schon der Stadt.",
     "Ja!"},
    {"umlauts lost",
     "Ja!\n> Zwischen Essen und Bochum fehlt ein Radweg, der auch f?r Kinder sicher ist.\n> Die alte "
     "Bahntrasse w\xef\xbf\xbdre "
     "daf\xef\xbf\xbdr gut geeignet, denn sie geh?rt schon der Stadt.",
     "Ja!"},
    {"in capitals, other quotation marks and blanks",
     "Ja!\nZWISCHEN ESSEN UND BOCHUM FEHLT EIN RADWEG,\302\240DER AUCH FÜR KINDER  SICHER IST.\nDie alte "
     "»Bahntrasse« "
     "wäre dafür gut geeignet – denn sie gehört schon der Stadt",
     "Ja!"},
    {"links rewritten",
     "Ja!\nSoll der Weg beleuchtet sein? Was meinen Sie dazu?\nAntworten Sie einfach auf diese Mail. Alle "
     "Beiträge: "
     "<https://safe.example/?u=forum.example>\n",
     "Ja!"},
    {"answers between the lines, no marks",
     "Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\nDas stimmt.\nDie alte "
     "Bahntrasse "
     "wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n\nNein, dem Land.\n\nSoll der Weg "
     "beleuchtet sein? Was "
     "meinen Sie dazu? Antworten Sie einfach auf diese Mail.\n\n👍\n",
     "Das stimmt.\n\nNein, dem Land.\n\n👍"},
    {"answer on our line",
     "> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist. Stimmt!\n> Die alte "
     "Bahntrasse wäre "
     "dafür gut geeignet, denn sie gehört schon der Stadt.",
     "> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist. Stimmt!"},
    {"a link as the answer",
     "> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher "
     "ist.\nhttps://stadt.example/plan\n> Die "
     "alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.",
     "https://stadt.example/plan"},
    {"our link alone",
     "Ja!\n> Soll der Weg beleuchtet sein? Was meinen Sie dazu?\n> Antworten Sie einfach auf diese Mail. "
     "Alle "
     "Beiträge:\n> https://forum.example/idee/42",
     "Ja!"},
    {"a reader's own link of another day",
     "Ja!\nSoll der Weg beleuchtet sein? Was meinen Sie dazu?\nAntworten Sie einfach auf diese Mail. Alle "
     "Beiträge:\nhttps://forum.example/idee/42\n\nZwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher "
     "ist.\nhttps://forum.example/p/20-20801-0123456789abcdef\n",
     "Ja!"},
    {"nor another's, which is no answer",
     "Ja!\nZwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n"
     "https://forum.example/en/p/20-20801-0123456789abcdef\n",
     "Ja!\n\nhttps://forum.example/en/p/20-20801-0123456789abcdef"},
    {"our links alone, behind a mail server's",
     "Ja!\nZwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n"
     "https://eur01.safelinks.example/?url=https%3A%2F%2Fforum.example%2Fp%2F20-20801-0123456789abcdef&data=05%7C02\n"
     "https://eur01.safelinks.example/?url=https%3A%2F%2Fforum.example%2Fidee%2F42&data=05%7C02\n",
     "Ja!"},
    {"a link as the answer, behind a mail server's",
     "Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\nhttps://eur01.safelinks.example/?url=https%3A%2F%2Fstadt.example"
     "%2Fplan&data=05\nDie alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.",
     "https://eur01.safelinks.example/?url=https%3A%2F%2Fstadt.example%2Fplan&data=05"},
    {"words that people share", "Ein Radweg, der auch für Kinder sicher ist, das wäre gut.\n\nDer Weg fehlt.",
     "Ein Radweg, der auch für Kinder sicher ist, das wäre gut.\n\nDer Weg fehlt."},
    {"a phrase of ours, alone", "Soll der Weg beleuchtet sein?\n\nIch finde: ja.",
     "Soll der Weg beleuchtet sein?\n\nIch finde: ja."},
    {"nothing but ours", POST, ""},
    {"written behind a mark of ours, in a program that puts none",
     "Im Forum Neue Mobilität schrieb Bernd B.:\n\n"
     "> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n> Licht ja, aber nur bis 21 Uhr.\n"
     "> Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n\n"
     "Soll der Weg beleuchtet sein? Was meinen Sie dazu?\n\nAntworten Sie einfach auf diese Mail. Alle Beiträge:\n",
     "Licht ja, aber nur bis 21 Uhr."},
    {"written into a quote that the program marks whole",
     "Ja.\n\n> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n> Licht ja, aber nur bis 21 Uhr.\n"
     "> Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n",
     "Ja.\n\nLicht ja, aber nur bis 21 Uhr."},
    {"the same with fewer marks: somebody wrote it before",
     "Ja.\n\n> > Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n> Licht ja, aber nur bis 21 Uhr.\n"
     "> > Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n",
     "Ja.\n\n> Licht ja, aber nur bis 21 Uhr."},
    {"the same below all of ours",
     "> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n"
     "> Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n> Licht ja, aber nur bis 21 Uhr.\n",
     "> Licht ja, aber nur bis 21 Uhr."},
    {"nothing of ours", "Etwas ganz anderes.\n\nUnd noch\n\n\nmehr.", "Etwas ganz anderes.\n\nUnd noch\n\n\nmehr."},
    {"empty", "", ""},
};

static void test_cut(void)
{
    g_autoptr(GBytes) other = memory_of("Ein anderer Beitrag über etwas, das mit alledem gar nichts zu tun hat.");
    g_autoptr(GBytes) damaged = g_bytes_new("1234567", 7);
    g_autoptr(GBytes) post = memory_of(POST);
    GBytes *memories[] = {other, damaged, post};
    for (gsize i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_autofree char *left = memory_cut(cuts[i].text, memories, G_N_ELEMENTS(memories), NULL);
        g_test_message("%s", cuts[i].name);
        g_assert_cmpstr(left, ==, cuts[i].left);
        g_autoptr(GBytes) joined = memory_join(memories, G_N_ELEMENTS(memories));
        g_autofree char *same = memory_cut(cuts[i].text, &joined, 1, NULL);
        g_assert_cmpstr(same, ==, cuts[i].left);
        g_autofree char *forgotten = memory_cut(cuts[i].text, memories, 1, NULL);
        g_assert_cmpstr(forgotten, ==, cuts[i].text);
    }
}

/* Other scripts have no letters that are passed over. */
static void test_scripts(void)
{
    static const char *const posts[] = {
        "Между Эссеном и Бохумом не хватает велодорожки, безопасной и для детей в любое время года.",
        "بين إيسن وبوخوم لا يوجد مسار آمن للدراجات يصلح للأطفال أيضا في كل أوقات السنة كلها.",
        "Essen ile Bochum arasında çocuklar için de güvenli olan bir bisiklet yolu ne yazık ki hâlâ eksik.",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(posts); i++) {
        g_autoptr(GBytes) memory = memory_of(posts[i]);
        g_autofree char *text = g_strconcat("Ja!\n> ", posts[i], "\nGut.", NULL);
        g_autofree char *left = memory_cut(text, &memory, 1, NULL);
        g_assert_cmpstr(left, ==, "Ja!\n\nGut.");
    }
}

static void test_bytes(void)
{
    g_autoptr(GBytes) a = memory_of("eins zwei drei vier fünf"), b = memory_of("> Eins\n> zwei, drei VIER\n> fÃ¼nf.");
    g_autoptr(GBytes) none = memory_of("eins zwei drei"), twice = memory_of("a b c d a b c d a b c d");
    g_assert_cmpuint(g_bytes_get_size(a), ==, 2 * 8);
    g_assert_true(g_bytes_equal(a, b));
    g_assert_cmpuint(g_bytes_get_size(none), ==, 0);
    g_assert_cmpuint(g_bytes_get_size(twice), ==, 4 * 8);
    g_autoptr(GBytes) joined = memory_join((GBytes *[]){a, b, twice}, 3), empty = memory_join(NULL, 0);
    g_assert_cmpuint(g_bytes_get_size(joined), ==, (2 + 4) * 8);
    g_assert_cmpuint(g_bytes_get_size(empty), ==, 0);
    const guint64 *hashes = g_bytes_get_data(twice, NULL);
    for (gsize i = 1; i < 4; i++)
        for (gsize k = 0; k < i; k++)
            g_assert_cmpuint(hashes[k], !=, hashes[i]);
}

static const struct {
    const char *name, *subject, *body, *text, *signature;
} splits[] = {
    {"Outlook, answers between our lines", "AW: Radweg",
     "Hallo, siehe unten.\n\nVon: Forum <f@forum.example>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: "
     "Anna\nBetreff: "
     "Radweg\n\nIm Forum Neue Mobilität schrieb Bernd B.:\n\nZwischen Essen und Bochum fehlt ein Radweg, der "
     "auch für "
     "Kinder sicher ist.\nDas stimmt.\nDie alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon "
     "der Stadt.\n\n"
     "Soll der Weg beleuchtet sein? Was meinen Sie dazu?\n\nJa, unbedingt.\n\nAntworten Sie einfach auf "
     "diese Mail. Alle "
     "Beiträge:\nhttps://forum.example/idee/42\n",
     "Hallo, siehe unten.\n\nDas stimmt.\n\nJa, unbedingt.", ""},
    {"Outlook, answer above", "AW: Radweg",
     "Ja.\n\nVon: Forum <f@forum.example>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: Anna\nBetreff: "
     "Radweg\n\n" POST,
     "Ja.", ""},
    {"somebody else's mail below", "AW: Radweg",
     "Ja.\n\nVon: Carl <c@example.net>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: Anna\nBetreff: "
     "Radweg\n\nWas hältst du "
     "davon? Ich weiß nicht recht.\n",
     "Ja.", ""},
    {"unknown language above our text", "Vs: Radweg", "Kyllä.\n\nForum kirjoitti 3.5.2024 klo 10.15:\n\n" POST, "Kyllä.", ""},
    {"the author's last words above our text", "Vs: Radweg", "Kyllä.\n\nMinun kysymykseni 3 ja 5:\n\n" POST,
     "Kyllä.\n\nMinun kysymykseni 3 ja 5:", ""},
    {"a line above that says little without what is below", "Re: Radweg",
     "Ja.\n\nAm 3. Mai 2024 schrieb K:\n> Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.\n"
     "> Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon der Stadt.\n",
     "Ja.", ""},
    {"signature", "Re: Radweg", "Ja.\n-- \nAnna\n\n" POST, "Ja.", "-- \nAnna"},
    {"plain", "Radweg", "Ein Radweg fehlt.", "Ein Radweg fehlt.", ""},
};

static gsize n_letters(const char *s)
{
    gsize n = 0;
    for (; *s; s++)
        n += !g_ascii_isspace(*s);
    return n;
}

static void test_split(void)
{
    g_autoptr(GBytes) post = memory_of(POST);
    for (gsize i = 0; i < G_N_ELEMENTS(splits); i++) {
        struct reply r;
        struct reply_context context = {.subject = splits[i].subject};
        g_test_message("%s", splits[i].name);
        if (!memory_split(splits[i].body, &context, &post, 1, &r))
            reply_split(splits[i].body, &context, &r);
        g_assert_cmpstr(r.text, ==, splits[i].text);
        g_assert_cmpstr(r.signature, ==, splits[i].signature);
        g_assert_cmpuint(n_letters(r.text) + n_letters(r.signature) + n_letters(r.elided), ==, n_letters(splits[i].body));
        reply_clear(&r);
    }
}

static char *repeated(const char *unit, gsize n)
{
    GString *out = g_string_sized_new(strlen(unit) * n + 1);
    for (gsize i = 0; i < n; i++)
        g_string_append(out, unit);
    return g_string_free(out, FALSE);
}

#define DELETED                                                                                                             \
    "Ich wünsche mir ein Ticket für das ganze Ruhrgebiet, denn jeden Morgen fahre ich mit drei verschiedenen Bahnen zur " \
    "Arbeit nach Essen."

/* What others quoted of a deleted text, in the middle of their lines, too. */
static void test_replace(void)
{
    static const struct {
        const char *text, *left; /* NULL: nothing changes */
    } cases[] = {
        {DELETED, "[…]."},
        {"Sie schreiben: „" DELETED "“ Da stimme ich zu.", "Sie schreiben: „[…].“ Da stimme ich zu."},
        {"> Ich wünsche mir ein Ticket für das ganze Ruhrgebiet,\n> denn jeden Morgen fahre ich\n\nGenau.", "> […]\n\nGenau."},
        {"Ein Ticket für das ganze Ruhrgebiet wünsche ich mir auch.", NULL},
        {"", NULL},
    };
    g_autoptr(GBytes) memory = memory_of(DELETED), nothing = memory_of("kurz");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *left = memory_replace(cases[i].text, memory, "[…]");
        g_assert_cmpstr(left, ==, cases[i].left);
        g_assert_null(memory_replace(cases[i].text, nothing, "[…]"));
    }
}

/* Two whose words are nearly all the same say the same; what somebody said before is not another one's. */
static void test_taken(void)
{
    g_autoptr(GBytes) memory = memory_of(DELETED), short_one = memory_of("Ein Ticket für alle, bitte.");
    g_autofree char *more =
        g_strconcat("Liebe Leute, gestern stand hier: ", DELETED, " Das sehe ich gar nicht so wie Sie.", NULL);
    g_autoptr(GBytes) left =
        memory_without(memory, "Denn jeden Morgen fahre ich mit drei verschiedenen Bahnen zur Arbeit nach Essen!");

    g_assert_true(memory_is_same("Guten Tag, " DELETED, memory));
    g_assert_false(memory_is_same(more, memory));
    g_assert_false(memory_is_same("Ich wünsche mir ein Ticket für das ganze Ruhrgebiet, denn jeden Morgen fahre ich", memory));
    g_assert_false(memory_is_same("Ein Ticket für alle, bitte.", short_one)); /* no long run */
    g_assert_nonnull(left);
    g_assert_null(memory_replace("Jeden Morgen fahre ich mit drei verschiedenen Bahnen zur Arbeit nach Essen.", left, "[…]"));
    g_assert_null(memory_without(memory, "Jeden Morgen fahre ich mit der Bahn."));
    g_assert_null(memory_without(left, "Jeden Morgen fahre ich mit drei verschiedenen Bahnen zur Arbeit nach Essen."));
}

/* Whichever twelve words in a row somebody has, one of the phrases is among them. */
static void test_phrases(void)
{
    static const char text[] =
        "Wir wollen, dass der Bus öfter fährt: alle zehn Minuten bis zum Markt und am Abend bis um elf, sagt's "
        "weiter; siehe https://bus.example/plan und die Karte, auf der man den ganzen Weg bis zur Schule sieht.";
    g_autoptr(GPtrArray) phrases = memory_phrases(text),
                         none = memory_phrases("Nur elf Wörter sind keine zwölf, auch kein Lauf.");
    g_autofree char *plain = g_strdup(text);
    g_auto(GStrv) words = NULL;

    char *link = strstr(plain, "https://bus.example/plan");
    memset(link, ' ', strlen("https://bus.example/plan")); /* counts in no run */
    g_strdelimit(plain, ",.:;", ' ');
    g_autoptr(GRegex) blanks = g_regex_new(" +", 0, 0, NULL);
    words = g_regex_split(blanks, g_strstrip(plain), 0);
    for (guint i = 0; i + 12 <= g_strv_length(words); i++) {
        g_autoptr(GString) run = g_string_new(" ");
        bool found = false;
        for (guint k = 0; k < 12; k++)
            g_string_append_printf(run, "%s ", words[i + k]);
        for (guint k = 0; k < phrases->len; k++) {
            g_autofree char *padded = g_strdup_printf(" %s ", (const char *)phrases->pdata[k]);
            found |= strstr(run->str, padded) != NULL;
        }
        g_test_message("%s", run->str);
        g_assert_true(found);
    }
    g_assert_cmpuint(none->len, ==, 0);
    for (guint k = 0; k < phrases->len; k++)
        g_assert_null(strstr(phrases->pdata[k], "example")); /* links are rewritten */
}

/* LIMIT_INNER_RUN_WORDS: so many words in a row, whatever stands between them; what is known anyhow does not count. */
static void test_run(void)
{
    static const char inner[] = "Wir planen den Standort an der Zeche im Norden, sagt es noch keinem.";
    static const struct {
        const char *text;
        bool has, has_beside_known;
    } cases[] = {
        {"Wir planen den Standort an der Zeche. Ist das gut?", true, true},
        {"> wir PLANEN\n> den „Standort“\n> an der", true, true},
        {"Wir planen den Standort an anderer Stelle.", false, false},  /* five */
        {"An der Zeche im Norden, sagt es noch keinem.", true, false}, /* all but four of them are known */
        {"Etwas ganz anderes, das niemand von uns gesagt hat.", false, false},
        {"", false, false},
    };
    g_autoptr(GBytes) known = memory_of("Zeche im Norden, sagt es noch keinem.");
    struct memory_set *sets[] = {memory_set_new(), memory_set_new()}; /* the first stays empty */
    memory_set_add(sets[1], inner);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(memory_has_run(cases[i].text, sets, 2, NULL, 0, LIMIT_INNER_RUN_WORDS), ==, cases[i].has);
        g_assert_cmpint(memory_has_run(cases[i].text, sets, 2, &known, 1, LIMIT_INNER_RUN_WORDS), ==, cases[i].has_beside_known);
        g_assert_false(memory_has_run(cases[i].text, sets, 1, &known, 1, LIMIT_INNER_RUN_WORDS));
    }
    g_assert_cmpuint(memory_set_bytes(sets[1]), >=, memory_set_bytes(sets[0]));
    memory_set_free(sets[0]);
    memory_set_free(sets[1]);
    memory_set_free(NULL);
}

static void test_hostile(void)
{
    static const char *const units[] = {"\n", "> ", ">\n", "a ", "a\n", "a@b ", "http://x ", "\xc3\xa4", "?a", "@", ":-)\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *body = repeated(units[i], LIMIT_TEXT_BYTES / strlen(units[i]));
        clock_t start = clock();
        g_autoptr(GBytes) memory = memory_of(body);
        g_autofree char *left = memory_cut(body, &memory, 1, NULL);
        guint ms = (guint)((clock() - start) * 1000 / CLOCKS_PER_SEC);
        g_test_message("%u: %u ms", (guint)i, ms);
        g_assert_cmpuint(g_bytes_get_size(memory), <=, LIMIT_MEMORY_WORDS * 8);
    }
    /* LIMIT_MEMORY_WORDS: what is beyond is not ours */
    g_autofree char *many = repeated("w ", LIMIT_MEMORY_WORDS);
    g_autofree char *text = g_strconcat(g_strchomp(many), "\nx\n", NULL);
    g_autoptr(GBytes) memory = memory_of(text);
    g_autofree char *left = memory_cut(text, &memory, 1, NULL);
    g_assert_true(strcmp(left, "x") == 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/memory/cut", test_cut);
    g_test_add_func("/memory/scripts", test_scripts);
    g_test_add_func("/memory/bytes", test_bytes);
    g_test_add_func("/memory/split", test_split);
    g_test_add_func("/memory/replace", test_replace);
    g_test_add_func("/memory/taken", test_taken);
    g_test_add_func("/memory/phrases", test_phrases);
    g_test_add_func("/memory/run", test_run);
    g_test_add_func("/memory/hostile", test_hostile);
    return g_test_run();
}
