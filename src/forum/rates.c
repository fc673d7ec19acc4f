/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rates; see rates.h.
 */
#include "forum/rates.h"

#include "base/limits.h"

#define HOUR_S 3600
#define DAY_S  (24 * HOUR_S)

bool rates_may_tell_post(const GArray *told, row_id idea, gint64 now)
{
    guint n = 0, n_idea = 0;

    for (guint i = 0; i < told->len; i++) {
        const struct forum_mail *t = &g_array_index(told, struct forum_mail, i);
        n += t->is_post != 0;
        n_idea += t->is_post != 0 && t->idea_id == idea && t->at > now - HOUR_S;
    }
    return n < LIMIT_POSTS_A_DAY && n_idea < LIMIT_POSTS_OF_IDEA;
}

gint64 rates_forum_at(const GArray *told, gint64 morning, gint64 now)
{
    if (told->len < LIMIT_FORUM_MAILS_A_DAY)
        return now;
    return MAX(morning, g_array_index(told, struct forum_mail, LIMIT_FORUM_MAILS_A_DAY - 1).at + DAY_S);
}

gint64 rates_news_at(gint64 n, gint64 last_at, gint64 morning, gint64 now)
{
    gint64 next = n > 0 ? MAX(last_at + LIMIT_NEWS_EVERY_S, now) : now;

    return n >= LIMIT_NEWS_A_DAY ? MAX(next, morning) : next;
}

bool rates_is_late(const GArray *recent, row_id idea, row_id person)
{
    guint n_idea = 0, n_person = 0;

    for (guint i = 0; i < recent->len; i++) {
        const struct announcement *a = &g_array_index(recent, struct announcement, i);
        n_idea += a->idea_id == idea;
        n_person += a->person_id == person;
    }
    return recent->len >= LIMIT_TOLD_OF_FORUM || n_idea >= LIMIT_TOLD_OF_IDEA || n_person >= LIMIT_TOLD_OF_PERSON;
}

bool rates_is_trusted(gint64 n_released, gint64 n_refused)
{
    return n_released >= LIMIT_TRUST_AFTER && n_refused == 0;
}

bool rates_needs_review(enum moderation moderation, enum role role, bool is_trusted, gint64 n_posts)
{
    bool is_staff = role == ROLE_LEAD || role == ROLE_MODERATOR || role == ROLE_OFFICE;

    return (moderation == MODERATION_PRE && !is_staff && !is_trusted) || n_posts >= LIMIT_POSTS_PER_HOUR;
}

bool rates_may_ask_moderators(gint64 n)
{
    return n < LIMIT_MODERATE_OF_PERSON;
}
