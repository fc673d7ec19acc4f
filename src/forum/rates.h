/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast people are told and moderators asked, so that one writer, one quarrel or one busy hour does not fill everybody's
 * mailbox. What is over a rate is not lost: readers get it in one mail with others, moderators when there is room.
 * Pure; the counting is done by whoever knows the rows.
 */
#pragma once

#include "forum/model.h"

struct announcement { /* one publication, see store/announcements.h */
    row_id post_id, forum_id, idea_id, person_id;
    gint64 at;
    int late; /* 0 told one by one, 1 waits to be told with others, 2 was */
};

/* A mail that a forum brought to one reader (store/notices.h). */
struct forum_mail {
    row_id notice_id, idea_id;
    int is_post; /* of one post alone */
    gint64 at;
};
/* May a post in IDEA be a mail of its own to who was TOLD (struct forum_mail, the newest first) so much within a day? */
bool rates_may_tell_post(const GArray *told, row_id idea, gint64 now);
/* When such a reader may get one more mail that a forum brings: NOW, or in the MORNING, or later, when a day has room again. */
gint64 rates_forum_at(const GArray *told, gint64 morning, gint64 now);
/* When somebody may be sent the next mail with news of ideas, who got N of them within a day, the last one at LAST_AT: not within the
 * hour, and after the sixth not before the MORNING. NOW: at once. */
gint64 rates_news_at(gint64 n, gint64 last_at, gint64 morning, gint64 now);
/* Is a post of PERSON in IDEA to be told together with others? RECENT (struct announcement): those of the same forum
 * within the hour. */
bool rates_is_late(const GArray *recent, row_id idea, row_id person);
/* Must a moderator look first? N_POSTS: of the author within the hour. */
bool rates_needs_review(enum moderation moderation, enum role role, bool is_trusted, gint64 n_posts);
/* Are the texts of somebody not read first any more, of whom N_RELEASED were released and N_REFUSED lately refused or removed? */
bool rates_is_trusted(gint64 n_released, gint64 n_refused);
/* May the moderators of a forum be asked about one more text of an author, after N of theirs within the hour? */
bool rates_may_ask_moderators(gint64 n);
