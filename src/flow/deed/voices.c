/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See voices.h. What the words do is what they do at an idea; only which one it is stands in the line.
 */
#include "flow/deed/voices.h"

#include "base/limits.h"
#include "flow/step/support.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/notices.h"

bool voices_are(enum command c)
{
    return c == COMMAND_ENDORSE || c == COMMAND_UNENDORSE || c == COMMAND_WATCH;
}

bool voices_check(const struct deed *d, const struct idea *idea, enum came *out, struct err *e)
{
    const struct facts *f = &d->l->facts;
    gint64 n = d->decision->trust >= TRUST_DMARC ? f->n_pending_proved : f->n_pending;
    enum support found;

    *out = CAME_DONE;
    if (d->decision->is_believed)
        return true;
    if (!support_may_ask(d->g, idea, d->l->came_at, &found, e))
        return false;
    *out = found == SUPPORT_ADDED && n < LIMIT_HELD_PER_MAILBOX ? CAME_ASKED : CAME_UNPROVED;
    return true;
}

static bool give(const struct deed *d, const struct idea *idea, const char **why_out, struct err *e)
{
    g_autofree struct member *m = members_find(d->g->db, idea->forum_id, d->l->person->id, e);
    enum support found;

    if (e->kind != ERR_NONE || !support_give(d->g, idea, d->l->person, m != NULL ? m->role : ROLE_NONE, d->message, "mail",
                                             d->l->came_at, d->now, &found, e))
        return false;
    *why_out = support_word(found);
    return true;
}

bool voices_do(const struct deed *d, const struct block_line *line, row_id id, const char **why_out, struct err *e)
{
    idea_auto idea = ideas_by_id(d->g->db, id, e);
    row_id person = d->l->person->id;
    bool ended;

    if (idea == NULL)
        return false;
    if (line->command == COMMAND_ENDORSE)
        return give(d, idea, why_out, e);
    if (line->command == COMMAND_WATCH)
        return support_follow(d->g, idea, person, d->message, d->now, e);
    if (!support_take_back(d->g, idea, person, d->message, d->now, &ended, e))
        return false;
    *why_out = ended ? "back" : "none";
    return true;
}

bool voices_ask(const struct deed *d, row_id id, struct err *e)
{
    idea_auto idea = ideas_by_id(d->g->db, id, e);
    bool may_reply = d->m->may_reply && *d->sender != '\0';
    row_id hold;

    return idea != NULL && support_ask(d->g, idea, d->from, d->m->language, d->decision->trust >= TRUST_DMARC, may_reply,
                                       d->message, d->now, &hold, e);
}

bool voices_tell(const struct deed *d, const struct block_line *line, row_id id, const char *why, struct err *e)
{
    idea_auto idea = ideas_by_id(d->g->db, id, e);

    if (idea == NULL)
        return false;
    struct notice n = {.purpose = line->command == COMMAND_WATCH ? PURPOSE_FOLLOWED : PURPOSE_SUPPORTED,
                       .person_id = d->l->person->id,
                       .about.forum = idea->forum_id,
                       .about.idea = idea->id,
                       .about.message = d->message,
                       .detail = why,
                       .due_at = d->now};
    return notices_add(d->g->db, &n, NULL, e);
}
