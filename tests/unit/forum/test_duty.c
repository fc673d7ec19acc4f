/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whom a forum asks about a text. Each of a, b, c is one who moderates, l, k leads, o is of the office: "+" has duty, "-" is away, "*"
 * was asked before, a digit: when their next duty begins.
 */
#include "forum/duty.h"

#include <string.h>

static GArray *shifts_of(const char *who)
{
    GArray *out = g_array_new(FALSE, TRUE, sizeof(struct shift));

    for (const char *p = who; *p != '\0'; p++) {
        if (*p == ' ')
            continue;
        if (g_ascii_isalpha(*p)) {
            struct shift s = {.person_id = *p, .rank = *p == 'o' ? RANK_OFFICE : *p >= 'k' ? RANK_LEAD : RANK_MODERATOR};
            g_array_append_val(out, s);
            continue;
        }
        struct shift *s = &g_array_index(out, struct shift, out->len - 1);
        s->is_on = s->is_on || *p == '+';
        s->is_away = s->is_away || *p == '-';
        s->was_asked = s->was_asked || *p == '*';
        if (g_ascii_isdigit(*p))
            s->next_at = *p - '0';
    }
    return out;
}

static char *letters(const GArray *ids)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < ids->len; i++)
        g_string_append_c(out, (char)g_array_index(ids, row_id, i));
    return g_string_free(out, FALSE);
}

static void test_who(void)
{
    static const struct {
        const char *who, *first, *deputies;
    } cases[] = {
        {"", "", ""},
        {"a b c", "abc", "abc"},
        {"a* b* c*", "abc", "abc"}, /* no rota: everybody once more */
        {"a+* b c", "a", "bc"},     /* one on duty, then the others */
        {"a+* b2 c1", "a", "c"},    /* whose turn is next */
        {"a+* b1 c1", "a", "bc"},
        {"a* b+ c1", "b", "b"},    /* who came on duty meanwhile */
        {"a+* b- c", "a", "c"},    /* who is away is left out */
        {"a+* b1- c", "a", "c"},   /* also if their turn is next */
        {"a+- b c", "bc", "bc"},   /* on duty but away: the others */
        {"a+-* b-", "ab", "b"},    /* nobody is there: everybody */
        {"a-* b* c*", "bc", "bc"}, /* all were asked: again who is there */
        {"a-* b-*", "ab", "ab"},
        {"a+ b+ c", "ab", "ab"},
        {"a l o", "a", "a"}, /* who leads is asked where nobody moderates, or did not decide */
        {"a* l o", "a", "l"},
        {"a* l* o", "a", "al"}, /* all were asked: the office hears after three days */
        {"l o", "l", "l"},
        {"o", "o", "o"},
        {"a- l o", "l", "l"},
        {"a- l- o", "o", "al"},
        {"a+* b* l k", "a", "lk"},
        {"a l+ o", "l", "l"}, /* who leads and has duty */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) shifts = shifts_of(cases[i].who);
        g_autoptr(GArray) first = duty_first(shifts);
        g_autoptr(GArray) deputies = duty_deputies(shifts);
        g_autofree char *asked = letters(first), *then = letters(deputies);
        g_test_message("%s", cases[i].who);
        g_assert_cmpstr(asked, ==, cases[i].first);
        g_assert_cmpstr(then, ==, cases[i].deputies);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/duty/who", test_who);
    return g_test_run();
}
