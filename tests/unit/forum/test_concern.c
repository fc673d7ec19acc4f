/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a text tells of others, and the links that it leads elsewhere by; then reasons as bits and as words.
 */
#include "base/limits.h"
#include "forum/concern.h"
#include "forum/whys.h"
#include "mail/contact/contact.h"

#include <string.h>
#include <time.h>

#define DOMAIN "beteiligung.example.org"

static bool is_personal(const char *text, const char *author)
{
    guint n;
    g_autofree char *masked = contact_mask(text, "de", DOMAIN, &n);

    return concern_is_personal(text, author, DOMAIN, n > 0);
}

static void test_personal(void)
{
    static const struct {
        bool is_personal;
        const char *text, *author;
    } rows[] = {
        /* Contact of others */
        {true, "Der Hund von Herrn Krause, Lindenstraße 12, 45127 Essen, bellt jede Nacht.", NULL},
        {true, "Bitte rufen Sie Frau Klein an: 0201 4711 882.", NULL},
        {true, "Mein Nachbar wohnt in der Lindenstraße 12, 45127 Essen, und parkt immer auf dem Radweg.", NULL},
        {true, "Schreiben Sie seiner Frau: klein@example.net", NULL},
        {true, "Klaus Meier ist unter 0171 4711882 zu erreichen.", NULL},
        {true, "Auf dem Radweg parkt jeden Tag ein Auto mit dem Kennzeichen E-AB 1234.", NULL},
        {true, "My neighbour lives at 12 Oak Road, Leeds LS1 4AP. He burns rubbish.", NULL},
        {true, "Die Nummer 0201 4711 882 gehört Herrn Krause.", NULL},
        /* The author's own, or nobody's */
        {false, "Ich wohne in der Lindenstraße 12, 45127 Essen. Dort fährt kein Bus.", NULL},
        {false, "Wir wohnen seit Jahren in der Lindenstraße 12 und hören den Lärm.", NULL},
        {false, "Rückfragen bitte an 0201 4711 882.", NULL},
        {false, "Sie erreichen mich unter 0171 4711882 oder erika@example.net.", NULL},
        {false, "Mein Auto mit dem Kennzeichen E-AB 1234 stand korrekt.", NULL},
        {false, "Frau Beispiel, Lindenstraße 12, 45127 Essen, bittet um mehr Busse.", "Erika Beispiel"},
        {false, "Familie Celik, Bochumer Straße 188, 45127 Essen", NULL},
        {false, "Ich, Ursula Behrens (71), Talstraße 60, 45127 Essen, bitte um eine Bank.", NULL},
        {false, "Mein Name ist Klaus Böhm, Lötzener Straße 20, 45127 Essen.", NULL},
        {false, "Ich bin die Frau Yilmaz aus der Gladbecker Str. 233, 45127 Essen.", NULL},
        {false, "Gez. Werner Maaß, Im Winkel 2, 46514 Schermbeck", NULL},
        {false, "Alles Gute, Ihr Nachbar Willi, 0209 40 30 20", NULL},
        {false, "I have lived at 14 Birch Grove, Leeds LS6 3QT for 22 years.", NULL},
        {false, "Mehr Busse in Essen.\n\nErika Beispiel\nLindenstraße 12\n45127 Essen\nTel. 0201 4711 882", NULL},
        {false, "Zuständig ist Frau Vogt im Rathaus, Telefon 0201 88 41 23.", NULL},
        {false, "Die Geschäftsstelle ist unter kontakt@" DOMAIN " erreichbar, sagt Herr Krause.", NULL},
        {false, "Herr Krause hat recht: Der Radweg an der Lindenstraße ist zu schmal.", NULL},
        /* Health and the like, beside a name */
        {true, "Frau Klein ist seit zwei Jahren dement und findet nicht nach Hause.", NULL},
        {true, "Der demente Herr Klein läuft oft auf die Straße.", NULL},
        {true, "Wegen der Depressionen von Frau Klein sollte dort eine Bank stehen.", NULL},
        {true, "Klaus Meier war im Gefängnis, das weiß hier jeder.", NULL},
        {true, "Everybody knows that Mrs Baker has cancer.", NULL},
        {false, "Menschen mit Demenz finden den Weg nicht. Frau Klein hat das gut beschrieben.", NULL},
        {false, "Ministerin Frau Klein hat ein Programm gegen Krebs vorgestellt.", NULL},
        {false, "Frau Dr. Klein hat einen Vortrag über Demenz gehalten.", NULL},
        {false, "Ich bin schwerbehindert und brauche eine Rampe.\n\nErika Beispiel", NULL},
        {false, "Frau Beispiel hat Diabetes.", "Erika Beispiel"},
        {false, "Wer Krebs hat, wartet zu lange auf einen Termin.", NULL},
        {false, "Meine Mutter ist dement. Sie braucht Bänke auf dem Weg.", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (is_personal(rows[i].text, rows[i].author) != rows[i].is_personal)
            g_test_fail_printf("%s: %s", rows[i].is_personal ? "let pass" : "taken", rows[i].text);
}

/* A long text is looked at as far as the limit goes. */
static void test_long(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i + 4 < LIMIT_CONCERN_WORDS; i++)
        g_string_append(text, "bus ");
    g_string_append(text, ". Frau Klein ist dement.");
    g_assert_true(is_personal(text->str, NULL));
    g_string_insert(text, 0, "bus bus bus ");
    g_assert_false(is_personal(text->str, NULL));
}

static void test_links(void)
{
    static char *const more[] = {(char *)"kurz.example", NULL};
    static const struct {
        const char *text;
        guint n;
        bool is_shortened;
    } rows[] = {
        {"Kein Link.", 0, false},
        {"Siehe https://a.example/1, https://b.example und www.c.example/x.", 3, false},
        {"Siehe https://a.example/1 und nochmals (https://a.example/1), auch http://www.a.example/1.", 1, false},
        {"https://" DOMAIN "/idee-7 und https://mitmachen.example/pages/3 https://mitmachen.example/pages", 0, false},
        {"https://mitmachen.example/pagesnot", 1, false},
        {"Alles unter https://bit.ly/3xYz.", 1, true},
        {"Alles unter bit.ly/3xYz!", 1, true},
        {"Der Weg von rabbit.lyon/nach", 0, false},
        {"kurz.example/abc", 1, true},
        {"und/oder, 3/4, Herr/Frau, km/h, a/b", 0, false},
        {"Mein Code http://a.example,https://b.example", 2, false},
        {"ftp://a.example/x mailto:a@b.example", 0, false},
        {"HTTPS://TinyURL.com/abc", 1, true},
    };
    bool is_shortened;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint n = concern_links(rows[i].text, DOMAIN, "https://mitmachen.example/pages/", more, LIMIT_LINKS, &is_shortened);
        if (n != rows[i].n || is_shortened != rows[i].is_shortened)
            g_test_fail_printf("%u links, %s: %s", n, is_shortened ? "shortened" : "plain", rows[i].text);
    }
    g_autoptr(GString) many = g_string_new(NULL);
    for (guint i = 0; i < LIMIT_LINKS + 5; i++)
        g_string_append_printf(many, "https://example.net/%u\n", i);
    g_assert_cmpuint(concern_links(many->str, DOMAIN, "", NULL, LIMIT_LINKS, &is_shortened), ==, LIMIT_LINKS);
}

/* As many as a setting may name, each of them. */
/* Names and numbers without a full stop: each is looked at within so many words, however long the sentence is. */
static void test_endless(void)
{
    static const char *const units[] = {"Frau Klein ", "Frau Klein ist ", "Karl Klein 0201 1234567 ",
                                        "mein Nachbar 0201 1234567 und "};

    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *text = g_string_new(NULL);
        for (guint n = 0; n < LIMIT_CONCERN_WORDS; n++)
            g_string_append(text, units[i]);
        clock_t start = clock();
        g_assert_cmpint(concern_is_personal(text->str, "Erika Beispiel", DOMAIN, true), ==, i > 1);
        g_assert_false(concern_is_personal(text->str, "Erika Beispiel", DOMAIN, false));
        g_test_message("%s: %u ms", units[i], (guint)((clock() - start) * 1000 / CLOCKS_PER_SEC));
        g_string_free(text, TRUE);
    }
}

static void test_shorteners(void)
{
    g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(g_free);
    bool is_shortened;

    for (guint i = 0; i < LIMIT_SHORTENERS; i++)
        g_ptr_array_add(more, g_strdup_printf("s%u.example", i));
    g_ptr_array_add(more, NULL);
    for (guint i = 0; i < LIMIT_SHORTENERS; i++) {
        g_autofree char *text = g_strdup_printf("(%s/x)", (char *)more->pdata[i]);
        g_assert_cmpuint(concern_links(text, DOMAIN, NULL, (char **)more->pdata, 3, &is_shortened), ==, 1);
        g_assert_true(is_shortened);
    }
}

static void test_whys(void)
{
    guint whys = WHYS(WHY_FORUM) | WHYS(WHY_LINKS) | WHYS(WHY_PERSONAL);
    enum why first = whys_first(whys);
    g_autofree char *also = whys_words(whys, WHYS(first), " "), *none = whys_words(WHYS(WHY_LATE), WHYS(WHY_LATE), " ");
    struct hold h = {.why = first, .also = also};

    g_assert_cmpint(first, ==, WHY_PERSONAL);
    g_assert_cmpstr(also, ==, "links forum");
    g_assert_null(none);
    g_assert_cmpuint(whys_of(&h), ==, whys);
    g_assert_cmpuint(whys_parse(NULL), ==, 0);
    for (guint i = 0; why_names[i] != NULL; i++) { /* each has its place in the order */
        g_autofree char *word = whys_words(WHYS(i), 0, " ");
        g_assert_cmpstr(word, ==, why_names[i]);
        g_assert_cmpint(whys_first(WHYS(i)), ==, i);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/concern/personal", test_personal);
    g_test_add_func("/concern/long", test_long);
    g_test_add_func("/concern/endless", test_endless);
    g_test_add_func("/concern/links", test_links);
    g_test_add_func("/concern/shorteners", test_shorteners);
    g_test_add_func("/concern/whys", test_whys);
    return g_test_run();
}
