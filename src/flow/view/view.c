/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See view.h.
 */
#include "flow/view/view.h"

#include "forum/route.h"
#include "forum/whys.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/proposals.h"
#include "text/wrap.h"

#include <string.h>

#define TITLE_SHORT_CHARS 40

void view_set_taken(struct value *data, const char *key, char *text)
{
    value_set(data, key, value_take(text));
}

void view_set_short(struct value *data, const char *key, const char *text)
{
    view_set_taken(data, key, text_shorten(text, TITLE_SHORT_CHARS));
}

char *view_date_time(const struct view *v, gint64 at)
{
    return templates_date_time(v->t, v->language, at, v->g->settings->zone);
}

/* PATTERN with what stands for {{first}} and {{last}} in it. */
static char *pattern(const struct view *v, const char *key, const char *first, const char *last)
{
    g_autoptr(GString) out = g_string_new(templates_word(v->t, v->language, key));

    g_string_replace(out, "{{first}}", first, 1);
    g_string_replace(out, "{{last}}", last, 1);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static const char *weekday(const struct view *v, int day)
{
    g_autofree char *key = g_strdup_printf("weekday_%d", day);

    return templates_word(v->t, v->language, key);
}

char *view_office_hours(const struct view *v)
{
    const struct office_hours *o = &v->g->settings->office;
    g_autoptr(GString) out = g_string_new(NULL);

    for (int first = 1, last; first <= 7; first = last + 1) {
        for (last = first;
             last < 7 && o->days[last + 1].from == o->days[first].from && o->days[last + 1].to == o->days[first].to;)
            last++;
        if (o->days[first].to == 0)
            continue;
        g_autofree char *from = g_strdup_printf("%d:%02d", o->days[first].from / 60, o->days[first].from % 60),
                        *to = g_strdup_printf("%d:%02d", o->days[first].to / 60, o->days[first].to % 60);
        g_autofree char *days =
            first == last ? g_strdup(weekday(v, first)) : pattern(v, "office_days", weekday(v, first), weekday(v, last));
        g_autofree char *times = pattern(v, "office_times", from, to);
        g_string_append_printf(out, "%s%s, %s", out->len > 0 ? "; " : "", days, times);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

void view_set_initiative(struct value *data, const struct view *v)
{
    const struct settings *s = v->g->settings;

    value_set_line(data, "initiative", s->initiative_title);
    view_set_short(data, "initiative_short", s->initiative_title);
    value_set_line(data, "operator", s->initiative_operator);
    value_set_string(data, "imprint", s->initiative_imprint);
    value_set_line(data, "contact", s->initiative_contact);
    value_set_line(data, "domain", s->initiative_domain);
    value_set_number(data, "raw_days", s->retention_raw_days);
    value_set_number(data, "other_days", s->retention_other_days);
    value_set_number(data, "log_days", s->retention_log_days);
    view_set_taken(data, "privacy_address", g_strdup_printf("datenschutz@%s", s->initiative_domain));
    view_set_taken(data, "help_address", g_strdup_printf("hilfe@%s", s->initiative_domain));
}

void view_set_forum(struct value *data, const struct view *v, const struct forum *forum)
{
    value_set_line(data, "forum_title", forum->title);
    value_set_line(data, "ministry", forum->ministry);
    view_set_taken(data, "forum_address", route_forum_address(forum->name, v->g->domain));
    value_set_bool(data, "is_moderated", forum->moderation == MODERATION_PRE);
    if (forum->closed_at != 0)
        view_set_taken(data, "closed", templates_date(v->t, v->language, forum->closed_at, v->g->settings->zone));
}

/* Of which proposal IDEA is the discussion; 0 of none, which is so of all that are not on their way to become one. */
static row_id proposal_of(const struct view *v, const struct idea *idea)
{
    err_auto struct err e = {0};
    row_id proposal = 0;
    bool is_early = idea->state == IDEA_PUBLISHED || idea->state == IDEA_ASSIGNED || idea->state == IDEA_IN_DELIBERATION ||
                    idea->state == IDEA_MERGED;

    return !is_early && proposals_of_discussion(v->g->db, idea->id, &proposal, &e) ? proposal : 0;
}

/* KEY "thing", "the_thing" or "of_thing": what people call it, with its number. */
static void set_called(struct value *data, const char *key, const struct view *v, row_id idea, row_id proposal)
{
    g_autofree char *word = g_strconcat(key, proposal != 0 ? "_proposal" : "_idea", NULL);
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, proposal != 0 ? proposal : idea);

    view_set_taken(data, key, pattern(v, word, number, ""));
}

static void set_thing(struct value *data, const struct view *v, row_id idea, row_id proposal)
{
    set_called(data, "thing", v, idea, proposal);
    set_called(data, "the_thing", v, idea, proposal);
    set_called(data, "of_thing", v, idea, proposal);
    view_set_taken(data, "code",
                   g_strdup_printf("%s%" G_GINT64_FORMAT, proposal != 0 ? "V" : "", proposal != 0 ? proposal : idea));
    value_set_bool(data, "is_proposal", proposal != 0);
    if (proposal != 0)
        value_set_number(data, "proposal_number", proposal);
    else
        value_set_number(data, "number", idea);
}

void view_set_thing(struct value *data, const struct view *v, const struct idea *idea)
{
    set_thing(data, v, idea->id, proposal_of(v, idea));
}

row_id view_set_thing_of(struct value *data, const struct view *v, row_id idea)
{
    err_auto struct err e = {0};
    row_id proposal = 0;

    if (!proposals_of_discussion(v->g->db, idea, &proposal, &e))
        proposal = 0;
    set_thing(data, v, idea, proposal);
    return proposal;
}

/* Only a public discussion has an address for everybody. */
static char *address_of_idea(const struct view *v, const struct idea *idea, row_id proposal)
{
    const struct gateway *g = v->g;

    if (proposal != 0 && idea->ring == RING_PUBLIC)
        return route_proposal_address(proposal, g->domain);
    return idea->ring == RING_PUBLIC || v->reader == 0
               ? route_idea_address(idea->id, g->domain)
               : route_reply_address(idea->id, idea->ring, v->reader, 0, g->domain, g->key);
}

bool view_is_reworked(const struct view *v, const struct idea *idea)
{
    err_auto struct err e = {0};
    bool is_reworked = false, may_be = idea->ring == RING_PUBLIC && idea->state == IDEA_IN_REVIEW && idea->published_at != 0;

    return may_be && proposals_is_reworked(v->g->db, idea->id, &is_reworked, &e) && is_reworked;
}

const char *view_state_word(const struct view *v, const struct idea *idea)
{
    bool is_draft = idea->ring == RING_MEMBERS && idea->state == IDEA_PROPOSAL && proposal_of(v, idea) != 0;
    g_autofree char *key = g_strconcat("state_",
                                       is_draft                    ? "draft"
                                       : view_is_reworked(v, idea) ? "reworked"
                                                                   : idea_state_name(idea->state),
                                       NULL);

    return templates_word(v->t, v->language, key);
}

/* What members talk about is called nothing while it is taken back: what it is then. */
static const char *title_beside(const struct view *v, const struct idea *talk)
{
    err_auto struct err e = {0};
    row_id id = 0;
    idea_auto about = ideas_beside(v->g->db, talk->id, &id, &e) && id != 0 ? ideas_by_id(v->g->db, id, &e) : NULL;

    return about == NULL ? talk->title
                         : templates_word(v->t, v->language,
                                          about->state == IDEA_WITHDRAWN ? "withdrawn_idea"
                                          : about->state == IDEA_REMOVED ? "removed_idea"
                                                                         : "hidden_idea");
}

const char *view_idea_title(const struct view *v, const struct idea *idea)
{
    /* What goes to many is written once for all of them. */
    bool is_own = !v->is_for_many && v->reader != 0 && v->reader == idea->author_id && *idea->title != '\0';

    if (is_own)
        return idea->title;
    if (idea->ring == RING_MEMBERS && *idea->title == '\0')
        return title_beside(v, idea);
    if (idea->state == IDEA_WITHDRAWN)
        return templates_word(v->t, v->language, "withdrawn_idea");
    if (idea->state == IDEA_REMOVED)
        return templates_word(v->t, v->language, "removed_idea");
    if (view_is_reworked(v, idea))
        return templates_word(v->t, v->language, "reworked_proposal");
    if (idea->state == IDEA_IN_REVIEW && v->is_for_many)
        return templates_word(v->t, v->language, "hidden_idea"); /* of what others wrote in it before */
    return idea->title;
}

/* Where everybody can read it; NULL: there are no pages, or it is not on one. */
static char *url_of_idea(const struct view *v, const struct idea *idea, row_id proposal)
{
    const struct settings *s = v->g->settings;
    bool is_there = idea->ring == RING_PUBLIC && idea->published_at != 0 && idea->state != IDEA_IN_REVIEW &&
                    idea->state != IDEA_WITHDRAWN && idea->state != IDEA_REMOVED;
    bool is_second = v->language != NULL && strcmp(v->language, s->initiative_languages[0]) != 0 &&
                     g_strv_contains((const char *const *)s->initiative_languages, v->language);

    if (!is_there || *s->web_url == '\0')
        return NULL;
    return g_strdup_printf("%s%s%s/%s/%" G_GINT64_FORMAT, s->web_url, is_second ? "/" : "", is_second ? v->language : "",
                           proposal != 0 ? "vorschlag" : "idee", proposal != 0 ? proposal : idea->id);
}

/* Where those who read IDEA, which is among members, write about it: what begins there is read by nobody else. */
static char *inner_address(const struct view *v, const struct idea *idea, row_id proposal)
{
    err_auto struct err e = {0};
    row_id beside = 0;

    if (idea->ring != RING_MEMBERS || proposal != 0)
        return proposal != 0 && idea->ring == RING_MEMBERS ? route_inner_proposal_address(proposal, v->g->domain) : NULL;
    g_autoptr(GArray) forums =
        ideas_beside(v->g->db, idea->id, &beside, &e) && beside != 0 ? ideas_forums(v->g->db, beside, &e) : NULL;
    bool is_there = false;
    for (guint i = 0; forums != NULL && i < forums->len; i++)
        is_there |= g_array_index(forums, row_id, i) == idea->forum_id;
    if (!is_there) /* it moved on without them */
        return NULL;
    forum_auto forum = forums->len > 1 ? forums_by_id(v->g->db, idea->forum_id, &e) : NULL;
    return e.kind == ERR_NONE ? route_inner_address(beside, forum != NULL ? forum->name : NULL, v->g->domain) : NULL;
}

void view_set_idea(struct value *data, const struct view *v, const struct idea *idea)
{
    const char *title = view_idea_title(v, idea);
    row_id proposal = proposal_of(v, idea);

    set_thing(data, v, idea->id, proposal);
    view_set_taken(data, "tag",
                   g_strdup_printf("%s%s-%" G_GINT64_FORMAT, idea->ring == RING_MEMBERS ? "intern " : "",
                                   proposal != 0 ? "vorschlag" : "idee", proposal != 0 ? proposal : idea->id));
    value_set_line(data, "idea_title", title);
    view_set_short(data, "title_short", title);
    view_set_taken(data, "idea_address", address_of_idea(v, idea, proposal));
    g_autofree char *url = url_of_idea(v, idea, proposal), *inner = inner_address(v, idea, proposal);
    value_set_string(data, "idea_url", url);
    value_set_line(data, "inner_address", inner);
    value_set_bool(data, "is_public", idea->ring == RING_PUBLIC);
    value_set_bool(data, "is_reworked", view_is_reworked(v, idea));
    value_set_bool(data, "was_withdrawn", idea->state == IDEA_WITHDRAWN);
    value_set_bool(data, "was_removed", idea->state == IDEA_REMOVED);
}

static bool is_other_language(const char *of_text, const char *of_mail)
{
    return of_text != NULL && g_ascii_strncasecmp(of_text, of_mail, MIN(strcspn(of_text, "-"), strlen(of_mail))) != 0;
}

static void set_kind(struct value *data, enum post_kind kind)
{
    value_set_bool(data, "is_idea", kind == POST_IDEA);
    value_set_bool(data, "is_reply", kind == POST_REPLY);
    value_set_bool(data, "is_official", kind == POST_OFFICIAL);
    value_set_bool(data, "is_note", kind == POST_NOTE);
}

/* TEXT is the post's, shortened or not. */
void view_set_post(struct value *data, const struct view *v, const struct post *post, const struct person *author,
                   const char *text)
{
    set_kind(data, post->kind);
    value_set_line(data, "author", author != NULL ? author->public_name : NULL);
    value_set_string(data, "text", text);
    view_set_taken(data, "received", view_date_time(v, post->at));
    value_set_line(data, "edited", NULL);
    if (post->edited_at != 0 && post->is_edit_shown)
        view_set_taken(data, "edited", templates_date(v->t, v->language, post->edited_at, v->g->settings->zone));
    if (is_other_language(post->language, v->language))
        value_set_line(data, "text_language", post->language);
}

bool view_set_forums(struct value *data, const struct view *v, struct err *e)
{
    struct value *list = value_list();
    g_autoptr(GPtrArray) forums = forums_all(v->g->db, e);

    for (guint i = 0; forums != NULL && i < forums->len; i++) {
        const struct forum *forum = forums->pdata[i];
        if (forum->closed_at != 0 && forum->closed_at <= v->now)
            continue;
        struct value *entry = value_map();
        value_set_bool(entry, "is_first", value_length(list) == 0);
        value_set_line(entry, "title", forum->title);
        view_set_taken(entry, "address", route_forum_address(forum->name, v->g->domain));
        value_append(list, entry);
    }
    value_set(data, "forums", list);
    return forums != NULL;
}

void view_set_whys(struct value *data, const struct hold *h)
{
    guint whys = whys_of(h), reasons = whys & ~(WHYS(WHY_CORRECTED) | WHYS(WHY_REPORTED));

    value_set_bool(data, "is_why_forum", (whys & WHYS(WHY_FORUM)) != 0);
    value_set_bool(data, "is_why_rate", (whys & WHYS(WHY_RATE)) != 0);
    value_set_bool(data, "is_why_name", (whys & WHYS(WHY_NAME)) != 0);
    value_set_bool(data, "is_why_impostor", (whys & WHYS(WHY_IMPOSTOR)) != 0);
    value_set_bool(data, "is_why_late", (whys & WHYS(WHY_LATE)) != 0);
    value_set_bool(data, "is_why_personal", (whys & WHYS(WHY_PERSONAL)) != 0);
    value_set_bool(data, "is_why_links", (whys & WHYS(WHY_LINKS)) != 0);
    value_set_bool(data, "is_why_reported", h->why == WHY_REPORTED);
    value_set_bool(data, "was_reported", h->why == WHY_CORRECTED && (whys & WHYS(WHY_REPORTED)) != 0);
    value_set_bool(data, "is_why_corrected", (whys & WHYS(WHY_CORRECTED)) != 0);
    value_set_bool(data, "is_several", (reasons & (reasons - 1)) != 0);
}
