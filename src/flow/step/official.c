/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Official answers and notes; see official.h.
 */
#include "flow/step/official.h"

#include "flow/step/announce.h"
#include "flow/step/second.h"
#include "flow/step/version.h"
#include "forum/access.h"
#include "mail/contact/contact.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

static bool role_of(struct gateway *g, row_id forum, row_id person, enum role *out, struct err *e)
{
    g_autofree struct member *m = members_find(g->db, forum, person, e);

    *out = m != NULL ? m->role : ROLE_NONE;
    return e->kind == ERR_NONE;
}

/* What stops a text of an office at IDEA, whoever writes it. Also where an idea takes no contributions any more an office may answer. */
static enum official judge_text(const struct official_text *t)
{
    const char *p = t->text != NULL ? t->text : "";

    while (g_ascii_isspace(*p))
        p++;
    if (*p == '\0' || g_utf8_strlen(p, -1) > LIMIT_OFFICIAL_CHARS)
        return OFFICIAL_EMPTY;
    return life_is_readable(t->idea->state) ? OFFICIAL_DONE : OFFICIAL_NOT_HERE;
}

static bool write_down(struct gateway *g, const struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                       struct err *e)
{
    struct event ev = *what;

    ev.at = now;
    ev.about.forum = idea->forum_id;
    ev.about.idea = idea->id;
    ev.about.post = p->id;
    return events_add(g->db, &ev, e);
}

static bool tell(struct gateway *g, enum purpose purpose, row_id person, const struct post *p, row_id forum, row_id hold,
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

static bool ask_seconds(struct gateway *g, const struct post *p, row_id forum, row_id hold, row_id writer, bool others,
                        gint64 now, struct err *e)
{
    g_autoptr(GArray) seconds = choose_seconds(g, forum, writer, others, e);

    for (guint i = 0; seconds != NULL && i < seconds->len; i++) {
        row_id second = g_array_index(seconds, row_id, i);
        bool asked = false;
        if (others && !holds_was_sent(g->db, hold, second, &asked, e))
            return false;
        if (!asked && !tell(g, PURPOSE_RELEASE_SECOND, second, p, forum, hold, NULL, now, e))
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
static bool set_times(struct gateway *g, row_id hold, gint64 now, struct err *e)
{
    const struct office_hours *o = &g->settings->office;

    return holds_set_expiry(g->db, hold, office_hours_after(o, now, LIMIT_SECOND_S), e) &&
           holds_set_next(g->db, hold, NEXT_DEPUTY, office_hours_open(o, office_hours_after(o, now, LIMIT_SECOND_OTHERS_S)), e);
}

static bool keep_draft(struct gateway *g, const struct official_text *t, gint64 now, row_id *hold_out, struct err *e)
{
    person_auto writer = persons_by_id(g->db, t->person, e);
    g_autofree char *address = writer != NULL && writer->address != NULL ? persons_key(writer->address) : NULL;
    struct post p;

    if (writer == NULL || !add_post(g, t, POST_OFFICIAL, now, &p, e))
        return false;
    struct hold h = {.kind = HOLD_SECOND,
                     .state = HOLD_OPEN,
                     .about.message = t->message,
                     .about.forum = t->idea->forum_id,
                     .about.idea = p.idea_id,
                     .parent_id = p.parent_id,
                     .about.post = p.id,
                     .ring = t->idea->ring,
                     .address = address != NULL ? address : "",
                     .title = "",
                     .text = t->text,
                     .language = t->language,
                     .created_at = now,
                     .asked_at = now,
                     .expires_at = now + LIMIT_SECOND_S};
    struct event ev = {.kind = "hold.second", .about.message = t->message, .about.person = t->person};
    if (!holds_add(g->db, &h, hold_out, e))
        return false;
    ev.about.hold = *hold_out;
    return set_times(g, *hold_out, now, e) && ask_seconds(g, &p, h.about.forum, *hold_out, t->person, false, now, e) &&
           tell(g, PURPOSE_OFFICIAL_DRAFTED, t->person, &p, h.about.forum, *hold_out, NULL, now, e) &&
           write_down(g, &p, t->idea, &ev, now, e);
}

bool official_draft(struct gateway *g, const struct official_text *t, gint64 now, row_id *hold_out, enum official *found_out,
                    struct err *e)
{
    enum role role;
    g_autoptr(GArray) seconds = members_seconds(g->db, t->idea->forum_id, e);

    *hold_out = 0;
    if (seconds == NULL || !role_of(g, t->idea->forum_id, t->person, &role, e))
        return false;
    *found_out = !official_may_draft(role) ? OFFICIAL_NOT_YOURS : judge_text(t);
    if (*found_out == OFFICIAL_DONE && !has_other(seconds, t->person))
        *found_out = OFFICIAL_NO_SECOND;
    return *found_out != OFFICIAL_DONE || keep_draft(g, t, now, hold_out, e);
}

/* Who wrote what would appear: of a draft that waits decided_by says who wrote its last version, else it is its first writer. */
static row_id last_writer(const struct hold *h, const struct post *p)
{
    return h->state == HOLD_OPEN && h->decided_by != 0 ? h->decided_by : p->person_id;
}

bool official_may_decide(struct gateway *g, const struct hold *h, row_id person, enum official *found_out, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    enum role role, of_writer;

    if (h->kind == HOLD_SECOND && h->about.post == 0)
        return second_may_decide(g, h, person, found_out, e);
    if (h->kind != HOLD_SECOND || idea == NULL)
        return err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " is no draft of an official answer", h->id);
    if (!role_of(g, idea->forum_id, person, &role, e) || !role_of(g, idea->forum_id, p->person_id, &of_writer, e))
        return false;
    enum post_state waits = h->why == WHY_CORRECTED ? POST_PUBLISHED : POST_IN_REVIEW;
    *found_out = !official_may_release(role)                  ? OFFICIAL_NOT_YOURS
                 : last_writer(h, p) == person                ? OFFICIAL_SAME
                 : h->state != HOLD_OPEN || p->state != waits ? OFFICIAL_DECIDED
                 : !life_is_readable(idea->state)             ? OFFICIAL_NOT_HERE
                 : !official_may_draft(of_writer)             ? OFFICIAL_LOST
                                                              : OFFICIAL_DONE;
    return true;
}

/* Decides H; another answer may have come before. */
static bool decide(struct gateway *g, const struct hold *h, enum hold_state state, row_id by, const char *reason, gint64 now,
                   enum official *found_out, struct err *e)
{
    struct hold decided =
        {.id = h->id, .state = state, .decided_at = now, .decided_by = by, .about.post = h->about.post, .reason = reason};
    bool changed;

    if (!holds_decide(g->db, &decided, &changed, e))
        return false;
    *found_out = changed ? OFFICIAL_DONE : OFFICIAL_DECIDED;
    return true;
}

/* The answer stands; everybody who is to know hears of it. */
static bool publish(struct gateway *g, struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                    struct err *e)
{
    p->at = now;
    p->state = POST_PUBLISHED;
    return ideas_follow(g->db, idea->id, p->person_id, false, e) && announce_post(g, p, idea->forum_id, now, e) &&
           write_down(g, p, idea, what, now, e);
}

bool official_release(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e)
{
    if (!official_may_decide(g, h, by, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    if (!decide(g, h, HOLD_RELEASED, by, NULL, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    if (h->about.post == 0)
        return second_make(g, h, by, now, found_out, e);
    post_auto p = posts_by_id(g->db, h->about.post, e);
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    if (idea == NULL)
        return false;
    if (h->why == WHY_CORRECTED)
        return version_replace(g, p, h->text, h->about.message, now, e) &&
               tell(g, PURPOSE_OFFICIAL_RELEASED, last_writer(h, p), p, idea->forum_id, h->id, NULL, now, e);
    if (!posts_set_time(g->db, p->id, now, e) || !posts_publish(g->db, p->id, e))
        return false;
    g_autofree char *detail = g_strdup_printf("second=%" G_GINT64_FORMAT, by);
    struct event ev = {.kind = "post.official",
                       .about.message = p->message_id,
                       .about.person = p->person_id,
                       .about.hold = h->id,
                       .detail = detail};
    return publish(g, p, idea, &ev, now, e) &&
           tell(g, PURPOSE_OFFICIAL_RELEASED, p->person_id, p, idea->forum_id, h->id, NULL, now, e);
}

/* Not public, and never will be. */
static bool drop(struct gateway *g, const struct hold *h, const struct event *what, gint64 now, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    struct event ev = *what;

    if (h->about.post == 0)
        return second_drop(g, h, what, now, e);
    ev.about.hold = h->id;
    return idea != NULL && (p->state != POST_IN_REVIEW || posts_take(g->db, p->id, POST_REJECTED, NULL, now, e)) &&
           write_down(g, p, idea, &ev, now, e);
}

static bool tell_writer(struct gateway *g, const struct hold *h, enum purpose purpose, const char *reason, gint64 now,
                        struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;

    if (h->about.post == 0)
        return second_tell(g, h, purpose == PURPOSE_OFFICIAL_REFUSED ? PURPOSE_STEP_REFUSED : PURPOSE_STEP_EXPIRED, reason, now,
                           e);
    return p != NULL && tell(g, purpose, p->person_id, p, h->about.forum, h->id, reason, now, e);
}

bool official_refuse(struct gateway *g, const struct hold *h, row_id by, const char *reason, gint64 now, enum official *found_out,
                     struct err *e)
{
    struct event ev = {.kind = "hold.rejected", .about.person = by};

    if (!official_may_decide(g, h, by, found_out, e))
        return false;
    if (*found_out == OFFICIAL_NOT_HERE || *found_out == OFFICIAL_LOST)
        *found_out = OFFICIAL_DONE; /* refused it may be for that very reason */
    if (*found_out == OFFICIAL_DONE && (reason == NULL || *reason == '\0'))
        *found_out = OFFICIAL_EMPTY;
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!decide(g, h, HOLD_REJECTED, by, reason, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_REFUSED, reason, now, e);
}

bool official_revise(struct gateway *g, const struct hold *h, row_id person, const char *text, gint64 now,
                     enum official *found_out, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    struct event ev = {.kind = "hold.revised", .about.person = person, .about.hold = h->id};

    if (e->kind != ERR_NONE || !official_may_decide(g, h, person, found_out, e))
        return false;
    if (p == NULL) /* a step has no text of its own */
        *found_out = OFFICIAL_NOT_HERE;
    if (*found_out != OFFICIAL_DONE)
        return true;
    struct official_text t = {.idea = idea, .text = text};
    *found_out = judge_text(&t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    g_autofree char *masked = contact_mask_but_phones(text, p->language, g->domain);
    return holds_revise(g->db, h->id, masked, person, e) && (h->why == WHY_CORRECTED || posts_set_text(g->db, p, masked, e)) &&
           set_times(g, h->id, now, e) && write_down(g, p, idea, &ev, now, e) &&
           tell(g, PURPOSE_RELEASE_SECOND, p->person_id, p, idea->forum_id, h->id, NULL, now, e);
}

bool official_correct(struct gateway *g, const struct post *p, row_id person, const char *text, row_id message, gint64 now,
                      row_id *hold_out, enum official *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    person_auto writer = idea != NULL ? persons_by_id(g->db, person, e) : NULL;
    g_autofree char *address = writer != NULL && writer->address != NULL ? persons_key(writer->address) : NULL;
    g_autoptr(GArray) seconds = writer != NULL ? choose_seconds(g, idea->forum_id, person, false, e) : NULL;
    enum role role;

    *hold_out = 0;
    if (seconds == NULL || !role_of(g, idea->forum_id, person, &role, e))
        return false;
    struct official_text t = {.idea = idea, .text = text};
    *found_out = !official_may_draft(role)    ? OFFICIAL_NOT_YOURS
                 : p->state != POST_PUBLISHED ? OFFICIAL_NOT_HERE
                 : seconds->len == 0          ? OFFICIAL_NO_SECOND
                                              : judge_text(&t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    g_autofree char *masked = contact_mask_but_phones(text, p->language, g->domain);
    struct hold h = {.kind = HOLD_SECOND,
                     .state = HOLD_OPEN,
                     .about = {.message = message, .forum = idea->forum_id, .idea = idea->id, .post = p->id},
                     .parent_id = p->parent_id,
                     .ring = idea->ring,
                     .address = address != NULL ? address : "",
                     .title = "",
                     .text = masked,
                     .language = p->language,
                     .created_at = now,
                     .asked_at = now,
                     .decided_by = person != p->person_id ? person : 0,
                     .why = WHY_CORRECTED};
    struct event ev = {.kind = "hold.second", .about.message = message, .about.person = person};
    if (!holds_add(g->db, &h, hold_out, e))
        return false;
    ev.about.hold = *hold_out;
    return set_times(g, *hold_out, now, e) && ask_seconds(g, p, idea->forum_id, *hold_out, person, false, now, e) &&
           tell(g, PURPOSE_OFFICIAL_DRAFTED, person, p, idea->forum_id, *hold_out, NULL, now, e) &&
           write_down(g, p, idea, &ev, now, e);
}

bool official_ask_others(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    struct event ev = {.kind = "hold.deputised", .about.hold = h->id};
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;

    if (e->kind != ERR_NONE || !holds_set_next(g->db, h->id, NEXT_NONE, 0, e))
        return false;
    return p == NULL || idea == NULL ||
           (ask_seconds(g, p, idea->forum_id, h->id, last_writer(h, p), true, now, e) && write_down(g, p, idea, &ev, now, e));
}

bool official_take_back(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e)
{
    row_id writer = 0;
    struct event ev = {.kind = "hold.withdrawn", .about.person = by};

    if (!second_writer(g, h, &writer, e))
        return false;
    *found_out = writer != by || h->kind != HOLD_SECOND ? OFFICIAL_NOT_YOURS : OFFICIAL_DONE;
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!decide(g, h, HOLD_REJECTED, by, NULL, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_BACK, NULL, now, e);
}

bool official_expire(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    struct event ev = {.kind = "hold.expired"};
    enum official found;

    if (!decide(g, h, HOLD_EXPIRED, 0, NULL, now, &found, e) || found != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_EXPIRED, NULL, now, e);
}

bool official_note(struct gateway *g, const struct official_text *t, gint64 now, row_id *post_out, enum official *found_out,
                   struct err *e)
{
    struct event ev = {.kind = "post.note", .about.message = t->message, .about.person = t->person};
    enum role role;
    struct post p;

    *post_out = 0;
    if (!role_of(g, t->idea->forum_id, t->person, &role, e))
        return false;
    *found_out = !official_may_note(role) ? OFFICIAL_NOT_YOURS : judge_text(t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!add_post(g, t, POST_NOTE, now, &p, e))
        return false;
    *post_out = p.id;
    return publish(g, &p, t->idea, &ev, now, e);
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
