/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a moderator takes out: passages in the quotation marks of several languages, wrapped otherwise than in the text; everywhere, in quotes
 * of it too; and nothing beside it.
 */
#include "forum/redact.h"

#include "base/limits.h"

#define MARK "[von der Moderation gekürzt]"

static void test_read(void)
{
    static const struct {
        const char *argument, *passages, *reason;
    } cases[] = {
        {"\"Herr Meier\"", "Herr Meier", ""},
        {"\"Herr Meier\" personendaten", "Herr Meier", "personendaten"},
        {"„Herr Meier“ personendaten: Bitte ohne Namen.", "Herr Meier", "personendaten: Bitte ohne Namen."},
        {"„eins zwei”, \"drei\" Beleidigung", "eins zwei|drei", "Beleidigung"},
        {"»a b« «c d»", "a b|c d", ""},
        {"“one” \"two\"", "one|two", ""},
        {"\"von\nder Zeile\"\nwerbung", "von\nder Zeile", "werbung"},
        {"Herr Meier", NULL, NULL},
        {"\"Herr Meier", NULL, NULL},
        {"\"\" \"x\"", NULL, NULL},
        {NULL, NULL, NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        redaction_auto r;
        g_test_message("%s", cases[i].argument);
        bool is_one = redaction_read(cases[i].argument, &r);
        g_assert_true(is_one == (cases[i].passages != NULL));
        if (!is_one)
            continue;
        g_ptr_array_add(r.passages, NULL);
        g_autofree char *all = g_strjoinv("|", (char **)r.passages->pdata);
        g_ptr_array_set_size(r.passages, (int)r.passages->len - 1);
        g_assert_cmpstr(all, ==, cases[i].passages);
        g_assert_cmpstr(r.reason, ==, cases[i].reason);
    }
}

static void test_many(void)
{
    g_autoptr(GString) s = g_string_new(NULL);

    for (guint i = 0; i <= LIMIT_PASSAGES; i++) {
        redaction_auto r;
        g_string_append_printf(s, "\"passage %u\" ", i);
        g_assert_true(redaction_read(s->str, &r) == (i < LIMIT_PASSAGES));
    }
}

static void test_apply(void)
{
    static const struct {
        const char *argument, *text, *out;
    } cases[] = {
        {"\"Herr Meier\"", "Da wohnt Herr Meier. Herr\nMeier ist laut.", "Da wohnt " MARK ". " MARK " ist laut."},
        {"\"laut. Und\nfrech\" \"a.b\"", "Er ist laut. Und frech, axb a.b.", "Er ist " MARK ", axb " MARK "."},
        {"\"Frau Meier\"", "Herr Meier", NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        redaction_auto r;
        bool found[LIMIT_PASSAGES] = {false};
        g_assert_true(redaction_read(cases[i].argument, &r));
        g_autofree char *out = redaction_apply(&r, cases[i].text, redaction_mark("de"), found);
        g_assert_cmpstr(out, ==, cases[i].out);
        g_assert_true(found[0] == (out != NULL));
        g_assert_true(out == NULL || redaction_is_of(out, cases[i].text, MARK));
    }
}

static void test_quoted_and_back(void)
{
    redaction_auto r;

    g_assert_true(redaction_read("\"Herr Meier ist laut\"", &r));
    g_autofree char *out =
        redaction_apply_quoted(&r, "> Ja, Herr Meier ist\n> laut.\nHerr Meier ist laut, meine ich auch.\n> Ende", MARK);
    g_assert_cmpstr(out, ==, "> Ja, " MARK ".\nHerr Meier ist laut, meine ich auch.\n> Ende");
    g_assert_null(redaction_apply_quoted(&r, "Herr Meier ist laut\n> nein", MARK));
    g_assert_false(redaction_is_of("a " MARK " c, neu", "a b c", MARK));
    g_assert_false(redaction_is_of("a " MARK " d", "a b c", MARK));
    g_assert_true(redaction_is_of("a " MARK " c", "a b c", MARK));
    g_assert_cmpstr(redaction_mark(NULL), ==, MARK);
    g_assert_cmpstr(redaction_mark("en"), ==, "[shortened by the moderators]");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/redact/read", test_read);
    g_test_add_func("/redact/many", test_many);
    g_test_add_func("/redact/apply", test_apply);
    g_test_add_func("/redact/quoted-and-back", test_quoted_and_back);
    return g_test_run();
}
