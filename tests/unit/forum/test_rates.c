/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates: at each limit the one before passes, the one at it does not.
 */
#include "base/limits.h"
#include "forum/rates.h"

/* N posts in the forum, of these N_IDEA in idea 1 and N_PERSON by person 1. */
static bool late_after(guint n, guint n_idea, guint n_person)
{
    g_autoptr(GArray) recent = g_array_new(FALSE, TRUE, sizeof(struct announcement));

    for (guint i = 0; i < n; i++) {
        struct announcement a = {.idea_id = i < n_idea ? 1 : 2, .person_id = i < n_person ? 1 : 2};
        g_array_append_val(recent, a);
    }
    return rates_is_late(recent, 1, 1);
}

static void test_late(void)
{
    g_assert_false(late_after(0, 0, 0));
    g_assert_false(late_after(LIMIT_TOLD_OF_PERSON - 1, 0, LIMIT_TOLD_OF_PERSON - 1));
    g_assert_true(late_after(LIMIT_TOLD_OF_PERSON, 0, LIMIT_TOLD_OF_PERSON));
    g_assert_false(late_after(LIMIT_TOLD_OF_IDEA - 1, LIMIT_TOLD_OF_IDEA - 1, 0));
    g_assert_true(late_after(LIMIT_TOLD_OF_IDEA, LIMIT_TOLD_OF_IDEA, 0));
    g_assert_false(late_after(LIMIT_TOLD_OF_FORUM - 1, 0, 0));
    g_assert_true(late_after(LIMIT_TOLD_OF_FORUM, 0, 0));
}

static void test_review(void)
{
    g_assert_false(rates_needs_review(MODERATION_NONE, ROLE_NONE, false, LIMIT_POSTS_PER_HOUR - 1));
    g_assert_true(rates_needs_review(MODERATION_NONE, ROLE_NONE, false, LIMIT_POSTS_PER_HOUR));
    g_assert_true(rates_needs_review(MODERATION_NONE, ROLE_LEAD, false, LIMIT_POSTS_PER_HOUR));
    g_assert_true(rates_needs_review(MODERATION_PRE, ROLE_MEMBER, false, 0));
    g_assert_false(rates_needs_review(MODERATION_PRE, ROLE_MODERATOR, false, 0));
    g_assert_false(rates_needs_review(MODERATION_PRE, ROLE_READER, true, 0));
    g_assert_true(rates_needs_review(MODERATION_PRE, ROLE_READER, true, LIMIT_POSTS_PER_HOUR));
    g_assert_false(rates_is_trusted(LIMIT_TRUST_AFTER - 1, 0));
    g_assert_true(rates_is_trusted(LIMIT_TRUST_AFTER, 0));
    g_assert_false(rates_is_trusted(LIMIT_TRUST_AFTER, 1));
}

static void test_moderators(void)
{
    g_assert_true(rates_may_ask_moderators(LIMIT_MODERATE_PER_HOUR - 1, LIMIT_MODERATE_OF_PERSON - 1));
    g_assert_false(rates_may_ask_moderators(LIMIT_MODERATE_PER_HOUR, 0));
    g_assert_false(rates_may_ask_moderators(LIMIT_MODERATE_OF_PERSON, LIMIT_MODERATE_OF_PERSON));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rates/late", test_late);
    g_test_add_func("/rates/review", test_review);
    g_test_add_func("/rates/moderators", test_moderators);
    return g_test_run();
}
