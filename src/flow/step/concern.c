/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See concern.h.
 */
#include "flow/step/concern.h"

#include "base/limits.h"
#include "forum/concern.h"
#include "forum/rates.h"
#include "store/forums.h"
#include "store/posts.h"

guint concern_find(const struct gateway *g, const char *text, const char *author, bool has_contact)
{
    const struct settings *s = g->settings;
    bool is_shortened;
    guint most = MIN((guint)s->moderation_links, LIMIT_LINKS),
          n = concern_links(text, g->domain, s->web_url, s->moderation_shorteners, most, &is_shortened);

    return (n >= most || is_shortened ? WHYS(WHY_LINKS) : 0) |
           (concern_is_personal(text, author, g->domain, has_contact) ? WHYS(WHY_PERSONAL) : 0);
}

bool concern_settle(struct gateway *g, const struct forum *forum, const struct idea *idea, row_id person, bool is_proved,
                    gint64 now, guint *whys, struct err *e)
{
    struct idea none = {.forum_id = forum->id};
    enum role role = ROLE_NONE;
    gint64 n_released = 0, n_refused = 0;

    if ((*whys & WHYS(WHY_LINKS)) == 0 || person == 0 || !is_proved)
        return true;
    if (!members_voice(g->db, idea != NULL ? idea : &none, person, &role, e) ||
        !posts_standing(g->db, person, forum->id, now - LIMIT_TRUST_S, LIMIT_TRUST_POSTS, &n_released, &n_refused, e))
        return false;
    if (role >= ROLE_MEMBER || rates_is_trusted(n_released, n_refused))
        *whys &= ~WHYS(WHY_LINKS);
    return true;
}
