/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact data in texts: written by hand (contact_texts.h) and generated; nothing of it may be left, and nothing else goes.
 * What is measured is what becomes public: reply_split(), then contact_mask().
 */
#include "mail/contact/contact.h"

#include "base/limits.h"
#include "mail/reply/reply.h"

#include "contact_texts.h"

#include <string.h>
#include <time.h>

static char *published(const char *text)
{
    struct reply_context context = {.subject = "Idee"};
    struct reply r;

    reply_split(text, &context, &r);
    char *masked = contact_mask(r.text, "de", "beteiligung.example.org", NULL);
    reply_clear(&r);
    return masked;
}

static void test_written(void)
{
    guint n = 0, n_found = 0, n_touched = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(contact_texts); i++) {
        g_autofree char *left = published(contact_texts[i].text);
        bool is_guard = contact_texts[i].secret == NULL;
        bool is_right = is_guard ? strcmp(left, contact_texts[i].text) == 0 : strstr(left, contact_texts[i].secret) == NULL;
        n += !is_guard;
        n_found += !is_guard && is_right;
        n_touched += is_guard && !is_right;
        if (!is_right)
            g_test_message("%s -> %s", contact_texts[i].text, left);
    }
    g_test_message("%u of %u found, %u guards touched", n_found, n, n_touched);
    g_assert_cmpuint(n_found * 100, >=, n * 97);
    g_assert_cmpuint(n_touched, ==, 0);
}

/* # is a digit */
static const char *const forms[] = {
    "0### #######",        "0###/#######",     "0###-#######",        "(0###) ### ## ##",  "+49 ### #######",
    "+49 (0) ### ####-##", "0049 ### #######", "01## ### ####",       "01##########",      "0#### / ## ## ##",
    "0### ## ## ## #",     "+43 1 #######",    "+41 44 ### ## ##",    "+33 1 ## ## ## ##", "01##/#### ###",
    "0#-#######",          "0### ####-0",      "0###\302\240#######", "+49-###-######",    "(0##) ########",
};
static const char *const frames[] = {
    "Mehr Bänke bitte.\n\nGruß\nErika\n%s",
    "Ich bin unter %s erreichbar.",
    "Tel.: %s",
    "Mehr Bänke (Rückfragen: %s), danke.",
    "More benches.\n\nBest\nErika\nPhone %s",
    "Call me on %s after six.",
    "Mehr Bänke bitte.\n\nErika Muster, Tel. %s",
    "Rufen Sie an: %s!",
    "Mehr Bänke.\n\nHerzlich\nErika Muster\nWaldweg 3\n45127 Essen\nHandy %s\n\nDiese E-Mail ist vertraulich. Bitte löschen.",
    "Meine Nummer: %s.",
    "%s ist meine Nummer.",
    "Frau Muster, %s, weiß mehr.",
    "My number is %s.",
    "Mehr Bänke.\n\nLG Erika %s",
    "Mehr Bänke.\n\n-- \nErika\n%s",
};

static char *fill(GRand *rand, const char *form)
{
    char *out = g_strdup(form);

    for (char *p = out; *p != '\0'; p++)
        if (*p == '#')
            *p = (char)('1' + g_rand_int_range(rand, 0, 9));
    if (strncmp(out, "01", 2) == 0 && g_ascii_isdigit(out[2]))
        out[2] = "567"[g_rand_int_range(rand, 0, 3)]; /* mobile */
    return out;
}

static void test_generated(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261127);
    guint n = 0, n_found = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(frames); k++) {
            g_autofree char *number = fill(rand, forms[i]);
            g_auto(GStrv) halves = g_strsplit(frames[k], "%s", 2);
            g_autofree char *text = g_strconcat(halves[0], number, halves[1], NULL);
            g_autofree char *left = published(text);
            bool is_found = strstr(left, number) == NULL && strstr(left, number + strlen(number) / 2) == NULL;
            n++;
            n_found += is_found;
            if (!is_found)
                g_test_message("%s -> %s", text, left);
        }
    g_test_message("%u of %u found", n_found, n);
    g_assert_cmpuint(n, ==, 300);
    g_assert_cmpuint(n_found * 100, >=, n * 97);
}

static void test_own_addresses_stay(void)
{
    g_autofree char *text = published("Schreiben Sie an idee-7@beteiligung.example.org, nicht an mich.");

    g_assert_cmpstr(text, ==, "Schreiben Sie an idee-7@beteiligung.example.org, nicht an mich.");
}

static void test_words(void)
{
    guint n;
    g_autofree char *de = contact_mask("Tel. 0201 5550123, a@example.net", "de-AT", NULL, &n);
    g_autofree char *en = contact_mask("Tel. 0201 5550123", NULL, NULL, NULL);

    g_assert_cmpstr(de, ==, "Tel. [Telefonnummer entfernt], [E-Mail-Adresse entfernt]");
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpstr(en, ==, "Tel. [telephone number removed]");
}

/* 2 MiB of what could be made expensive: whole and valid; what it costs is printed. */
static void test_hostile(void)
{
    static const char *const units[] = {"0",       "0 ",   "@",          "a@",      "a@b",    "(",    "+",
                                        "12 A ",   "Tel ", "12345 Ab ",  "DE89 ",   "(at)",   "E-A ", "www.",
                                        "Aweg 1 ", "ü",    "1\n",        "a.",      "X@x.x ", "01 ",  "0201 5550123 x ",
                                        "+4",      "+ ",   "Tel 12345 ", "E-AB 1 ", "(0",     "1-",   "Am "};

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 2 * 1024 * 1024)
            g_string_append(text, units[i]);
        clock_t start = clock();
        g_autofree char *masked = contact_mask(text->str, "de", NULL, NULL);
        guint ms = (guint)((clock() - start) * 1000 / CLOCKS_PER_SEC);
        g_test_message("'%s': %u ms", units[i], ms);
        g_assert_true(g_utf8_validate(masked, -1, NULL));
        g_string_free(text, TRUE);
    }
}

/* LIMIT_CONTACT_LOOKS: up to it the words before a number count, beyond it a number that has a telephone's plan is one whatever they
 * are; mail and IBAN are found on both sides. */
static void test_looks(void)
{
    static const char *const end = "Tel. 555012 Aktenzeichen 0231 5550123 a@example.net DE89370400440532013000 Musterstraße";

    for (int many = 0; many < 2; many++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < (many ? LIMIT_CONTACT_LOOKS : LIMIT_CONTACT_LOOKS / 4); i++)
            g_string_append(text, "Posten 55501,\n");
        g_string_append(text, end);
        g_autofree char *masked = contact_mask(text->str, "de", NULL, NULL);
        g_assert_true((strstr(masked, "Tel. 555012 ") != NULL) == many);
        g_assert_true((strstr(masked, "Aktenzeichen 0231 5550123") == NULL) == many);
        g_assert_null(strstr(masked, "a@example.net"));
        g_assert_null(strstr(masked, "DE89"));
        g_assert_nonnull(strstr(masked, "Posten 55501,\nPosten"));
        g_assert_true(g_str_has_suffix(masked, " Musterstraße"));
    }
}

/* A domain of more letters than any has is cut between two of them. */
static void test_long_domain(void)
{
    for (guint n = 100; n < 140; n++) {
        g_autoptr(GString) text = g_string_new("a@b.c");
        for (guint i = 0; i < n; i++)
            g_string_append(text, i % 3 == 0 ? "a" : "ä");
        g_string_append(text, "€€€");
        g_autofree char *masked = contact_mask(text->str, "de", NULL, NULL);
        g_assert_true(g_utf8_validate(masked, -1, NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/contact/written", test_written);
    g_test_add_func("/contact/generated", test_generated);
    g_test_add_func("/contact/own-addresses-stay", test_own_addresses_stay);
    g_test_add_func("/contact/words", test_words);
    g_test_add_func("/contact/hostile", test_hostile);
    g_test_add_func("/contact/long-domain", test_long_domain);
    g_test_add_func("/contact/looks", test_looks);
    return g_test_run();
}
