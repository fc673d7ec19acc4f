/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates: at each limit the one before passes, the one at it does not.
 */
#include "base/limits.h"
#include "forum/rates.h"

#define NOW 1772400000

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

/* N mails about idea 1, each SECONDS before the one before it, the newest a second ago. */
static GArray *told(guint n, bool is_post, gint64 seconds)
{
    GArray *told = g_array_new(FALSE, TRUE, sizeof(struct forum_mail));

    for (guint i = 0; i < n; i++) {
        struct forum_mail t = {.idea_id = 1, .is_post = is_post, .at = NOW - 1 - i * seconds};
        g_array_append_val(told, t);
    }
    return told;
}

static void test_reader(void)
{
    g_autoptr(GArray) four = told(LIMIT_POSTS_OF_IDEA - 1, true, 1), five = told(LIMIT_POSTS_OF_IDEA, true, 1);
    g_autoptr(GArray) slow = told(LIMIT_POSTS_OF_IDEA, true, 900); /* the first of them 3601 s ago */
    g_autoptr(GArray) day = told(LIMIT_POSTS_A_DAY - 1, true, 3600), full = told(LIMIT_POSTS_A_DAY, true, 3600);
    g_autoptr(GArray) news = told(LIMIT_POSTS_A_DAY, false, 1);
    g_autoptr(GArray) room = told(LIMIT_FORUM_MAILS_A_DAY - 1, false, 60), all = told(LIMIT_FORUM_MAILS_A_DAY, false, 60);

    g_assert_true(rates_may_tell_post(four, 1, NOW));
    g_assert_false(rates_may_tell_post(five, 1, NOW));
    g_assert_true(rates_may_tell_post(five, 2, NOW));
    g_assert_true(rates_may_tell_post(slow, 1, NOW));
    g_assert_true(rates_may_tell_post(day, 2, NOW));
    g_assert_false(rates_may_tell_post(full, 2, NOW));
    g_assert_true(rates_may_tell_post(news, 1, NOW));
    g_assert_cmpint(rates_forum_at(room, NOW + 500, NOW), ==, NOW);
    g_assert_cmpint(rates_forum_at(all, NOW + 86400, NOW), ==, NOW + 86400);
    g_assert_cmpint(rates_forum_at(all, NOW + 500, NOW), ==, NOW - 1 - 29 * 60 + 86400); /* the morning is too soon */
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
    g_assert_true(rates_may_ask_moderators(LIMIT_MODERATE_OF_PERSON - 1));
    g_assert_false(rates_may_ask_moderators(LIMIT_MODERATE_OF_PERSON));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rates/late", test_late);
    g_test_add_func("/rates/reader", test_reader);
    g_test_add_func("/rates/review", test_review);
    g_test_add_func("/rates/moderators", test_moderators);
    return g_test_run();
}
