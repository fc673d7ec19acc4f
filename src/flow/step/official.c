/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Official answers and notes; see official.h.
 */
#include "flow/step/official_private.h"

#include "flow/step/announce.h"
#include "forum/access.h"
#include "mail/contact/contact.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

bool official_role_of(struct gateway *g, row_id forum, row_id person, enum role *out, struct err *e)
{
    g_autofree struct member *m = members_find(g->db, forum, person, e);

    *out = m != NULL ? m->role : ROLE_NONE;
    return e->kind == ERR_NONE;
}

/* What stops a text of an office at IDEA, whoever writes it. Also where an idea takes no contributions any more an office may answer. */
enum official official_judge_text(const struct official_text *t)
{
    const char *p = t->text != NULL ? t->text : "";

    while (g_ascii_isspace(*p))
        p++;
    if (*p == '\0' || g_utf8_strlen(p, -1) > LIMIT_OFFICIAL_CHARS)
        return OFFICIAL_EMPTY;
    return life_is_readable(t->idea->state) ? OFFICIAL_DONE : OFFICIAL_NOT_HERE;
}

bool official_write_down(struct gateway *g, const struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                         struct err *e)
{
    struct event ev = *what;

    ev.at = now;
    ev.about.forum = idea->forum_id;
    ev.about.idea = idea->id;
    ev.about.post = p->id;
    return events_add(g->db, &ev, e);
}

bool official_tell(struct gateway *g, enum purpose purpose, row_id person, const struct post *p, row_id forum, row_id hold,
                   const char *reason, gint64 now, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = person,
                       .about.forum = forum,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold,
                       .detail = reason,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

static bool is_among(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

/* Who could release it: others of the office, else who leads; OTHERS: everybody who could. Not who wrote it. row_id; caller owns. */
static GArray *choose_seconds(struct gateway *g, row_id forum, row_id writer, bool others, struct err *e)
{
    g_autoptr(GArray) all = members_seconds(g->db, forum, e), office = all != NULL ? members_office(g->db, forum, e) : NULL;
    g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(row_id)), rest = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (guint i = 0; office != NULL && i < all->len; i++) {
        row_id id = g_array_index(all, row_id, i);
        if (id == writer)
            continue;
        g_array_append_val(rest, id);
        if (is_among(office, id))
            g_array_append_val(first, id);
    }
    if (office == NULL)
        return NULL;
    return others || first->len == 0 ? g_steal_pointer(&rest) : g_steal_pointer(&first);
}

bool official_ask_seconds(struct gateway *g, const struct post *p, row_id forum, row_id hold, row_id writer, bool others,
                          gint64 now, struct err *e)
{
    g_autoptr(GArray) seconds = choose_seconds(g, forum, writer, others, e);

    for (guint i = 0; seconds != NULL && i < seconds->len; i++) {
        row_id second = g_array_index(seconds, row_id, i);
        bool asked = false;
        if (others && !holds_was_sent(g->db, hold, second, &asked, e))
            return false;
        if (!asked && !official_tell(g, PURPOSE_RELEASE_SECOND, second, p, forum, hold, NULL, now, e))
            return false;
    }
    return seconds != NULL;
}

static bool has_other(const GArray *seconds, row_id person)
{
    for (guint i = 0; i < seconds->len; i++)
        if (g_array_index(seconds, row_id, i) != person)
            return true;
    return false;
}

/* The post as it will stand; a note is public with it. */
static bool add_post(struct gateway *g, const struct official_text *t, enum post_kind kind, gint64 now, struct post *out,
                     struct err *e)
{
    post_auto first = t->parent == 0 ? posts_by_number(g->db, t->idea->id, 1, e) : NULL;

    *out = (struct post){.idea_id = t->idea->id,
                         .parent_id = t->parent != 0  ? t->parent
                                      : first != NULL ? first->id
                                                      : 0,
                         .person_id = t->person,
                         .message_id = t->message,
                         .kind = kind,
                         .state = kind == POST_NOTE ? POST_PUBLISHED : POST_IN_REVIEW,
                         .at = now,
                         .text = t->text,
                         .language = t->language};
    return e->kind == ERR_NONE && posts_add(g->db, out, e);
}

/* Until when a draft waits, and when others are asked. */
bool official_set_times(struct gateway *g, row_id hold, gint64 now, struct err *e)
{
    const struct office_hours *o = &g->settings->office;

    return holds_set_expiry(g->db, hold, office_hours_after(o, now, LIMIT_SECOND_S), e) &&
           holds_set_next(g->db, hold, NEXT_DEPUTY, office_hours_open(o, office_hours_after(o, now, LIMIT_SECOND_OTHERS_S)), e);
}

/* TEXT waits to stand as P, or instead of what stands there, for the second person; PERSON wrote it and is shown how it will stand. */
static bool wait_for_second(struct gateway *g, const struct idea *idea, const struct post *p, const char *text, row_id person,
                            row_id message, gint64 now, row_id *hold_out, struct err *e)
{
    person_auto writer = persons_by_id(g->db, person, e);
    g_autofree char *address = writer != NULL && writer->address != NULL ? persons_key(writer->address) : NULL;
    struct hold h = {.kind = HOLD_SECOND,
                     .state = HOLD_OPEN,
                     .about = {.message = message, .forum = idea->forum_id, .idea = idea->id, .post = p->id},
                     .parent_id = p->parent_id,
                     .ring = idea->ring,
                     .address = address != NULL ? address : "",
                     .title = "",
                     .text = text,
                     .language = p->language,
                     .created_at = now,
                     .asked_at = now,
                     .decided_by = person != p->person_id ? person : 0,
                     .why = p->state == POST_PUBLISHED ? WHY_CORRECTED : 0};
    struct event ev = {.kind = "hold.opened", .detail = "kind=second", .about.message = message, .about.person = person};

    if (writer == NULL || !holds_add(g->db, &h, hold_out, e))
        return false;
    ev.about.hold = *hold_out;
    return official_set_times(g, *hold_out, now, e) &&
           official_ask_seconds(g, p, idea->forum_id, *hold_out, person, false, now, e) &&
           official_tell(g, PURPOSE_OFFICIAL_DRAFTED, person, p, idea->forum_id, *hold_out, NULL, now, e) &&
           official_write_down(g, p, idea, &ev, now, e);
}

bool official_draft(struct gateway *g, const struct official_text *t, gint64 now, row_id *hold_out, enum official *found_out,
                    struct err *e)
{
    enum role role;
    g_autoptr(GArray) seconds = members_seconds(g->db, t->idea->forum_id, e);

    *hold_out = 0;
    if (seconds == NULL || !official_role_of(g, t->idea->forum_id, t->person, &role, e))
        return false;
    *found_out = !official_may_draft(role) ? OFFICIAL_NOT_YOURS : official_judge_text(t);
    if (*found_out == OFFICIAL_DONE && !has_other(seconds, t->person))
        *found_out = OFFICIAL_NO_SECOND;
    if (*found_out != OFFICIAL_DONE)
        return true;
    struct post p;
    return add_post(g, t, POST_OFFICIAL, now, &p, e) &&
           wait_for_second(g, t->idea, &p, t->text, t->person, t->message, now, hold_out, e);
}

/* The answer stands; everybody who is to know hears of it. */
bool official_publish(struct gateway *g, struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                      struct err *e)
{
    p->at = now;
    p->state = POST_PUBLISHED;
    return ideas_follow(g->db, idea->id, p->person_id, false, e) && announce_post(g, p, idea->forum_id, now, e) &&
           official_write_down(g, p, idea, what, now, e);
}

bool official_correct(struct gateway *g, const struct post *p, row_id person, const char *text, row_id message, gint64 now,
                      row_id *hold_out, enum official *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    g_autoptr(GArray) seconds = idea != NULL ? choose_seconds(g, idea->forum_id, person, false, e) : NULL;
    enum role role;

    *hold_out = 0;
    if (seconds == NULL || !official_role_of(g, idea->forum_id, person, &role, e))
        return false;
    struct official_text t = {.idea = idea, .text = text};
    *found_out = !official_may_draft(role)    ? OFFICIAL_NOT_YOURS
                 : p->state != POST_PUBLISHED ? OFFICIAL_NOT_HERE
                 : seconds->len == 0          ? OFFICIAL_NO_SECOND
                                              : official_judge_text(&t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    g_autofree char *masked = contact_mask_but_phones(text, p->language, g->domain);
    return wait_for_second(g, idea, p, masked, person, message, now, hold_out, e);
}

bool official_note(struct gateway *g, const struct official_text *t, gint64 now, row_id *post_out, enum official *found_out,
                   struct err *e)
{
    struct event ev = {.kind = "post.note", .about.message = t->message, .about.person = t->person};
    enum role role;
    struct post p;

    *post_out = 0;
    if (!official_role_of(g, t->idea->forum_id, t->person, &role, e))
        return false;
    *found_out = !official_may_note(role) ? OFFICIAL_NOT_YOURS : official_judge_text(t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!add_post(g, t, POST_NOTE, now, &p, e))
        return false;
    *post_out = p.id;
    return official_publish(g, &p, t->idea, &ev, now, e);
}

const char *official_word(enum official o)
{
    static const char *const words[N_OFFICIALS] = {
        [OFFICIAL_DONE] = NULL,           [OFFICIAL_NOT_YOURS] = "not_yours", [OFFICIAL_NO_SECOND] = "no_second",
        [OFFICIAL_NOT_HERE] = "not_here", [OFFICIAL_EMPTY] = "empty",         [OFFICIAL_SAME] = "same",
        [OFFICIAL_DECIDED] = "decided",   [OFFICIAL_CHANGED] = "changed",     [OFFICIAL_LOST] = "lost",
    };

    return words[o];
}

const char *official_sentence(enum official o)
{
    static const char *const sentences[N_OFFICIALS] = {
        [OFFICIAL_DONE] = "it is done",
        [OFFICIAL_NOT_YOURS] = "that person has not the role for it in this forum; `forumpost member list` shows who has",
        [OFFICIAL_NO_SECOND] = "nobody else of the forum's office, and nobody who leads it, could release it",
        [OFFICIAL_NOT_HERE] = "the idea is not public, or no more",
        [OFFICIAL_EMPTY] = "the text says nothing, or is too long",
        [OFFICIAL_SAME] = "who wrote it does not release it",
        [OFFICIAL_DECIDED] = "it was decided before",
        [OFFICIAL_LOST] = "who wrote it has not the role for it any more; it can be refused",
        [OFFICIAL_CHANGED] = "the idea has gone on meanwhile, and that step does not lead from where it is",
    };

    return sentences[o];
}
