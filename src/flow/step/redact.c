/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See redact.h.
 */
#include "flow/step/redact.h"

#include "flow/step/content.h"
#include "flow/step/decision.h"
#include "forum/reason.h"
#include "forum/redact.h"
#include "store/duties.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/unsaid.h"
#include "store/versions.h"

#include <string.h>

struct cut { /* one order, and who gave it; borrowed */
    const struct post *post;
    const struct idea *idea;
    const struct redaction *what;
    const char *mark;
    row_id by, message;
    bool was_public; /* others could read it before, and quote it */
};

/* The title of what is an idea without the passages; NULL: none is in it. Caller frees. */
static char *cut_title(const struct cut *c, bool *found)
{
    return c->post->kind == POST_IDEA ? redaction_apply(c->what, c->idea->title, c->mark, found) : NULL;
}

/* TEXT without the passages; NULL: one of them is not in it, nor in the title of what is an idea. Caller frees. */
static char *cut_text(const struct cut *c, const char *text)
{
    bool found[LIMIT_PASSAGES] = {false};
    g_autofree char *out = redaction_apply(c->what, text, c->mark, found);
    g_autofree char *title = cut_title(c, found);

    for (guint i = 0; i < c->what->passages->len; i++)
        if (!found[i])
            return NULL;
    return out != NULL ? g_steal_pointer(&out) : g_strdup(text);
}

/* The decision, its line in the journal, and the mail to the author. */
static bool decide(struct gateway *g, const struct cut *c, const char *before, gint64 now, struct err *e)
{
    g_autofree char *title = cut_title(c, NULL);
    struct decision_made made = {.post = c->post,
                                 .idea = c->idea,
                                 .why = WHY_REDACTED,
                                 .by = c->by,
                                 .reason = c->what->reason,
                                 .text = before,
                                 .title = title != NULL ? c->idea->title : NULL};
    struct reason given = reason_read(c->what->reason);
    g_autofree char *detail = g_strdup_printf("n=%u code=%s", c->what->passages->len, given.code);
    row_id hold;

    if (!decision_add(g, &made, now, &hold, e))
        return false;
    struct event ev = {.at = now,
                       .kind = "post.redacted",
                       .about = {.message = c->message,
                                 .person = c->by,
                                 .forum = c->idea->forum_id,
                                 .idea = c->idea->id,
                                 .post = c->post->id,
                                 .hold = hold},
                       .detail = detail};
    struct notice n = {.purpose = PURPOSE_REDACTED,
                       .person_id = c->post->person_id,
                       .about = {.forum = c->idea->forum_id,
                                 .idea = c->idea->id,
                                 .post = c->post->id,
                                 .hold = hold,
                                 .message = c->post->message_id},
                       .detail = c->what->reason,
                       .due_at = now};
    return (!c->was_public || unsaid_redact(g->db, c->post, c->what->passages, hold, now, e)) && events_add(g->db, &ev, e) &&
           (hold == 0 || notices_add(g->db, &n, NULL, e));
}

/* Its title, and what it said before. */
static bool cut_around(struct gateway *g, const struct cut *c, struct err *e)
{
    g_autofree char *title = cut_title(c, NULL);
    g_autoptr(GPtrArray) before = versions_of_post(g->db, c->post->id, e);
    bool ok = before != NULL && (title == NULL || ideas_set_title(g->db, c->idea->id, title, e));

    for (guint i = 0; ok && i < before->len; i++) {
        const struct version *v = before->pdata[i];
        g_autofree char *text = redaction_apply(c->what, v->text, c->mark, NULL);
        ok = text == NULL || versions_set_text(g->db, v->id, text, e);
    }
    return ok;
}

/* Answers that quote it; what their authors say in their own words stays. */
static bool cut_quotes(struct gateway *g, const struct cut *c, struct err *e)
{
    g_autoptr(GPtrArray) all = posts_of_idea(g->db, c->post->idea_id, false, e);
    bool ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct post *later = all->pdata[i];
        g_autofree char *whole = later->id > c->post->id ? unsaid_whole(g->db, later, e) : NULL;
        g_autofree char *quoted = whole != NULL ? redaction_apply_quoted(c->what, whole, c->mark) : NULL;
        ok = e->kind == ERR_NONE && (quoted == NULL || posts_set_text(g->db, later, quoted, e));
    }
    return ok;
}

static bool has_moderator(struct gateway *g, row_id forum, gint64 now, bool *out, struct err *e)
{
    g_autoptr(GArray) shifts = duties_shifts(g->db, forum, 0, 0, now, e);

    *out = false;
    for (guint i = 0; shifts != NULL && i < shifts->len; i++)
        *out |= g_array_index(shifts, struct shift, i).rank == RANK_MODERATOR;
    return shifts != NULL;
}

static bool judge(struct gateway *g, const struct post *p, const struct idea *idea, const struct idea_change *c, gint64 now,
                  enum redact *found_out, struct err *e)
{
    bool is_own, is_moderated;

    if (!posts_is_own(g->db, p->id, c->person, &is_own, e) || !has_moderator(g, idea->forum_id, now, &is_moderated, e))
        return false;
    bool has_right = c->who == WHO_MODERATOR || (c->who == WHO_LEAD && !is_moderated);
    *found_out = !has_right || is_own || p->kind == POST_OFFICIAL ? REDACT_NOT_YOURS
                 : p->state != POST_PUBLISHED                     ? REDACT_NOT_HERE
                                                                  : REDACT_DONE;
    return true;
}

bool redact_post(struct gateway *g, const struct post *p, const struct idea_change *c, const char *argument, gint64 now,
                 enum redact *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    redaction_auto what = {0};

    if (idea == NULL || !judge(g, p, idea, c, now, found_out, e) || *found_out != REDACT_DONE)
        return e->kind == ERR_NONE;
    bool is_one = redaction_read(argument, &what);
    struct cut cut = {.post = p,
                      .idea = idea,
                      .what = &what,
                      .mark = redaction_mark(p->language),
                      .by = c->person,
                      .message = c->message,
                      .was_public = true};
    g_autofree char *whole = unsaid_whole(g->db, p, e);
    if (whole == NULL)
        return false;
    g_autofree char *text = is_one ? cut_text(&cut, whole) : NULL;
    *found_out = text != NULL ? REDACT_DONE : REDACT_NO_PASSAGE;
    return text == NULL || (posts_set_text(g->db, p, text, e) && cut_around(g, &cut, e) && cut_quotes(g, &cut, e) &&
                            decide(g, &cut, whole, now, e));
}

bool redact_held(struct gateway *g, const struct hold *h, const char *argument, row_id moderator, gint64 now,
                 enum redact *found_out, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    redaction_auto what = {0};
    enum access access;

    if (idea == NULL)
        return false;
    bool is_one = redaction_read(argument, &what), is_version = h->why == WHY_CORRECTED;
    struct cut cut = {.post = p,
                      .idea = idea,
                      .what = &what,
                      .mark = redaction_mark(p->language),
                      .by = moderator,
                      .was_public = h->why == WHY_REPORTED};
    g_autofree char *whole = unsaid_whole(g->db, p, e);
    if (whole == NULL)
        return false;
    const char *before = is_version ? h->text : whole;
    g_autofree char *text = is_one ? cut_text(&cut, before) : NULL;
    *found_out = text != NULL ? REDACT_DONE : REDACT_NO_PASSAGE;
    if (text == NULL)
        return true;
    struct hold shorter = *h; /* borrows its texts */
    shorter.text = text;
    if (!content_release_cut(g, &shorter, moderator, text, now, &access, e))
        return false;
    *found_out = access == ACCESS_GRANTED ? REDACT_DONE : access == ACCESS_OWN_TEXT ? REDACT_NOT_YOURS : REDACT_NOT_HERE;
    return *found_out != REDACT_DONE ||
           (cut_around(g, &cut, e) && (!cut.was_public || cut_quotes(g, &cut, e)) && decide(g, &cut, before, now, e));
}

/* The title as it was before H, if that was cut and nobody changed it since. */
static bool undo_title(struct gateway *g, const struct hold *h, const struct post *p, const char *mark, struct err *e)
{
    idea_auto idea = *h->title != '\0' ? ideas_by_id(g->db, p->idea_id, e) : NULL;

    if (idea == NULL)
        return e->kind == ERR_NONE;
    return !redaction_is_of(idea->title, h->title, mark) || ideas_set_title(g->db, idea->id, h->title, e);
}

bool redact_undo(struct gateway *g, const struct hold *h, gint64 now, bool *done_out, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);
    const char *mark = p != NULL ? redaction_mark(p->language) : NULL;
    bool has_later;

    g_autofree char *text = p != NULL ? unsaid_whole(g->db, p, e) : NULL;
    if (text == NULL || !holds_is_redacted_since(g->db, p->id, h->id, &has_later, e))
        return false;
    bool is_cut = redaction_is_of(text, h->text, mark) || (*h->title != '\0' && strcmp(text, h->text) == 0);
    *done_out = p->state == POST_PUBLISHED && *h->text != '\0' && is_cut && !has_later;
    struct event ev = {.at = now,
                       .kind = "post.restored",
                       .about = {.forum = h->about.forum, .idea = p->idea_id, .post = p->id, .hold = h->id}};
    return !*done_out || (posts_set_text(g->db, p, h->text, e) && unsaid_redact_undo(g->db, h->id, now, e) &&
                          undo_title(g, h, p, mark, e) && events_add(g->db, &ev, e));
}
