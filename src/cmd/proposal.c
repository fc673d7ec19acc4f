/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost proposal: what was made of ideas, and what becomes of it.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/idea_life.h"
#include "cmd/idea_show.h"
#include "cmd/journal.h"
#include "flow/phase.h"
#include "flow/step/proposal.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <stdio.h>
#include <string.h>

/* "3,7" */
static GArray *parse_ideas(const struct door *d, const char *text, struct err *e)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (char **p = parts; *p != NULL; p++) {
        row_id id;
        if (!door_idea_id(d, g_strstrip(*p), &id, e))
            return NULL;
        bool is_there = false;
        for (guint i = 0; i < out->len; i++)
            is_there |= g_array_index(out, row_id, i) == id;
        if (!is_there)
            g_array_append_val(out, id);
    }
    if (out->len == 0)
        err_set(e, ERR_VALUE, "--from needs the number of at least one idea");
    return out->len > 0 ? g_steal_pointer(&out) : NULL;
}

/* A title that is none is a value that cannot be taken; else it is a rule, or something that is not there. */
static bool judge(const struct proposed_found *found, struct err *e)
{
    g_autofree char *sentence = proposed_sentence(found);
    enum err_kind kind = found->what == PROPOSED_NO_TITLE                                      ? ERR_VALUE
                         : found->what == PROPOSED_NO_IDEA || found->what == PROPOSED_NO_TOPIC ? ERR_ABSENT
                                                                                               : ERR_RULE;

    return found->what == PROPOSED_DONE || err_set(e, kind, "%s", sentence);
}

/* --field and --goal, each as often as given. */
static bool topics_of(struct door *d, row_id id, struct err *e)
{
    static const char *const names[] = {"field", "goal"};
    static const enum topic_kind kinds[] = {TOPIC_FIELD, TOPIC_GOAL};
    struct idea_change who = {.who = WHO_OPERATOR};
    struct proposed_found found;
    row_id discussion;

    for (guint k = 0; k < G_N_ELEMENTS(names); k++)
        for (char **name = door_list(d, names[k]); name != NULL && *name != NULL; name++) {
            idea_auto idea =
                proposals_discussion(d->gateway->db, id, &discussion, e) ? ideas_by_id(d->gateway->db, discussion, e) : NULL;
            if (idea == NULL || !proposal_serve(d->gateway, id, idea, kinds[k], *name, &who, clock_now(), &found, e) ||
                !judge(&found, e))
                return false;
        }
    return true;
}

static bool proposal_add_verb(struct door *d, struct err *e)
{
    struct proposed_found found;
    row_id id;
    forum_auto forum = door_forum(d, d->argv[0], e);
    g_autoptr(GArray) ideas = forum != NULL ? parse_ideas(d, door_text(d, "from"), e) : NULL;
    if (ideas == NULL)
        return false;
    const char *text = door_text(d, "text");
    if (text != NULL && (*text == '\0' || g_utf8_strlen(text, -1) > LIMIT_OFFICIAL_CHARS))
        return err_set(e, ERR_VALUE, "a proposal's text has 1 to %d characters", LIMIT_OFFICIAL_CHARS);
    struct proposal_plan plan = {.forum = forum,
                                 .title = door_text(d, "title"),
                                 .text = text,
                                 .language = forum->language,
                                 .ideas = ideas,
                                 .is_public = door_has(d, "public")};
    if (!proposal_begin(d->gateway, &plan, clock_now(), &id, &found, e) || !judge(&found, e))
        return false;
    g_autofree char *address = route_proposal_address(id, d->gateway->domain);
    if (plan.is_public)
        door_say(d, "proposal %" G_GINT64_FORMAT " is public: %s. Who follows its ideas is told.", id, address);
    else
        door_say(d,
                 "proposal %" G_GINT64_FORMAT
                 " is a draft, which its forum's members discuss; `forumpost proposal state %" G_GINT64_FORMAT
                 " proposed` makes it public: %s",
                 id, id, address);
    return topics_of(d, id, e);
}

/* Number as typed; *ID_OUT. NULL with a sentence. */
static struct idea *discussion_of(const struct door *d, const char *number, row_id *id_out, struct err *e)
{
    row_id idea = 0;

    if (!door_id(number, "a proposal", id_out, e) || !proposals_discussion(d->gateway->db, *id_out, &idea, e))
        return NULL;
    struct idea *found = idea != 0 ? ideas_by_id(d->gateway->db, idea, e) : NULL;
    if (found == NULL && e->kind == ERR_NONE)
        err_set(e, ERR_ABSENT, "there is no proposal %s; `forumpost proposal list` shows them", number);
    return found;
}

static void topics_json(JsonBuilder *b, struct door *d, row_id id, enum topic_kind kind, const char *name, struct err *e)
{
    g_autoptr(GPtrArray) topics = topics_of_proposal(d->gateway->db, id, kind, e);
    const char *last = "";

    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (guint i = 0; topics != NULL && i < topics->len; i++) {
        const struct topic *t = topics->pdata[i];
        if (strcmp(t->name, last) != 0)
            json_builder_add_string_value(b, t->name);
        last = t->name;
    }
    json_builder_end_array(b);
}

static bool set_head(JsonBuilder *b, struct door *d, row_id id, const struct idea *idea, const struct forum *f, struct err *e)
{
    g_autofree char *address = route_proposal_address(id, d->gateway->domain);
    g_autoptr(GArray) ideas = proposals_ideas(d->gateway->db, id, e);
    gint64 n_supporters = 0;

    if (ideas == NULL || !ideas_count_supporters(d->gateway->db, idea->id, &n_supporters, e))
        return false;
    json_number(b, "number", id);
    json_text(b, "title", show_is_taken(idea) ? NULL : idea->title);
    json_text(b, "forum", f->name);
    json_text(b, "state", proposal_state_name(idea));
    json_text(b, "address", address);
    json_number(b, "idea", idea->id);
    json_time(b, "created_at", idea->created_at, d);
    show_numbers(b, "ideas", ideas);
    json_number(b, "supporters", n_supporters);
    topics_json(b, d, id, TOPIC_FIELD, "fields", e);
    topics_json(b, d, id, TOPIC_GOAL, "goals", e);
    return e->kind == ERR_NONE;
}

/* When it was decided, and when it was done, as it stands now; and why. */
static bool set_decision(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e)
{
    g_autoptr(GPtrArray) steps = steps_of_idea(d->gateway->db, idea->id, 0, e);
    gint64 decided_at = 0, done_at = 0;
    const char *reason = NULL;

    for (guint i = 0; steps != NULL && i < steps->len; i++) {
        const struct stage *s = steps->pdata[i];
        bool is_decision = strcmp(s->to_state, "adopted") == 0 || strcmp(s->to_state, "not_pursued") == 0;
        if (is_decision && (decided_at == 0 || strcmp(s->to_state, idea_state_name(idea->state)) == 0))
            decided_at = s->at;
        if (strcmp(s->to_state, "proposal") == 0 || strcmp(s->to_state, "draft") == 0)
            decided_at = 0;
        done_at = strcmp(s->to_state, "done") == 0 ? s->at : strchr(s->to_state, ':') == NULL ? 0 : done_at;
        if (strcmp(s->to_state, idea_state_name(idea->state)) == 0 ||
            (strcmp(s->to_state, "draft") == 0 && proposal_is_draft(idea)))
            reason = s->reason;
    }
    json_time(b, "decided_at", decided_at, d);
    json_time(b, "done_at", done_at, d);
    json_text(b, "reason", reason);
    return steps != NULL;
}

/* What members say of a draft is shown only with --all. */
static bool show_discussion(JsonBuilder *b, struct door *d, const struct idea *idea, bool may_show, struct err *e)
{
    if (may_show)
        return show_posts(b, d, idea, e);
    json_builder_set_member_name(b, "posts");
    json_builder_begin_array(b);
    json_builder_end_array(b);
    return true;
}

static bool set_rest(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e)
{
    gint64 n_followers = 0, n_supporters = 0, n_organisations = 0, answered_at = 0;
    bool is_draft = proposal_is_draft(idea), may_show = !is_draft || door_has(d, "all");
    post_auto text = posts_opening(d->gateway->db, idea->id, e);
    g_autofree char *deadline = idea->deadline_at != 0 ? phase_date(d->gateway, idea->deadline_at, true) : NULL;

    if (e->kind != ERR_NONE || !ideas_count(d->gateway->db, idea->id, &n_followers, &n_supporters, e) ||
        !ideas_count_organisations(d->gateway->db, idea->id, &n_organisations, e) ||
        !posts_first_official(d->gateway->db, idea->id, &answered_at, e))
        return false;
    json_text(b, "text", may_show && text != NULL && text->state == POST_PUBLISHED ? text->text : NULL);
    json_time(b, "published_at", is_draft ? 0 : idea->published_at, d);
    json_number(b, "followers", n_followers);
    json_number(b, "organisations", n_organisations);
    json_text(b, "deadline", deadline);
    json_time(b, "first_official_at", answered_at, d);
    return set_decision(b, d, idea, e) && show_history(b, d, idea, true, e) && show_discussion(b, d, idea, may_show, e);
}

static bool print_one(struct door *d, row_id id, const struct idea *idea, bool is_whole, struct err *e)
{
    forum_auto f = forums_by_id(d->gateway->db, idea->forum_id, e);

    if (f == NULL)
        return false;
    if (!d->as_json) {
        printf("%6" G_GINT64_FORMAT "  %-14s %-16s %s\n", id, f->name, proposal_state_name(idea), idea->title);
        return true;
    }
    g_autoptr(JsonBuilder) b = json_begin();
    if (!set_head(b, d, id, idea, f, e) || (is_whole && !set_rest(b, d, idea, e)))
        return false;
    json_print(g_steal_pointer(&b));
    return true;
}

static bool proposal_list_verb(struct door *d, struct err *e)
{
    g_autoptr(GArray) all = proposals_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        row_id id = g_array_index(all, row_id, i), discussion;
        idea_auto idea =
            proposals_discussion(d->gateway->db, id, &discussion, e) ? ideas_by_id(d->gateway->db, discussion, e) : NULL;
        if (idea == NULL || !print_one(d, id, idea, false, e))
            return false;
    }
    return all != NULL;
}

static bool proposal_show_verb(struct door *d, struct err *e)
{
    row_id id;
    idea_auto idea = discussion_of(d, d->argv[0], &id, e);

    return idea != NULL && print_one(d, id, idea, true, e);
}

static bool change_ideas(struct door *d, row_id id, bool is_drop, const struct idea_change *who, struct err *e)
{
    const char *given = door_text(d, is_drop ? "drop" : "add");
    g_autoptr(GArray) ideas = given != NULL ? parse_ideas(d, given, e) : NULL;
    struct proposed_found found;

    for (guint i = 0; ideas != NULL && i < ideas->len; i++) {
        row_id discussion, idea = g_array_index(ideas, row_id, i);
        idea_auto p =
            proposals_discussion(d->gateway->db, id, &discussion, e) ? ideas_by_id(d->gateway->db, discussion, e) : NULL;
        bool ok = p != NULL && (is_drop ? proposal_drop_idea(d->gateway, id, p, idea, who, clock_now(), &found, e)
                                        : proposal_add_idea(d->gateway, id, p, idea, who, clock_now(), &found, e));
        if (!ok || !judge(&found, e))
            return false;
    }
    return given == NULL || ideas != NULL;
}

static bool proposal_set_verb(struct door *d, struct err *e)
{
    struct idea_change who = {.who = WHO_OPERATOR, .reason = door_reason(d, e)};
    const char *title = door_text(d, "title");
    struct proposed_found found = {.what = PROPOSED_DONE};
    row_id id;
    idea_auto idea = e->kind == ERR_NONE ? discussion_of(d, d->argv[0], &id, e) : NULL;

    if (idea == NULL)
        return false;
    if (title == NULL && door_text(d, "add") == NULL && door_text(d, "drop") == NULL && door_list(d, "field") == NULL &&
        door_list(d, "goal") == NULL)
        return err_set(e, ERR_INPUT, "say what: --title, --add, --drop, --field or --goal");
    if (title != NULL && (!proposal_rename(d->gateway, id, idea, title, &who, clock_now(), &found, e) || !judge(&found, e)))
        return false;
    return change_ideas(d, id, false, &who, e) && change_ideas(d, id, true, &who, e) && topics_of(d, id, e);
}

/* What is asked for; the discussion is the caller's. */
static struct idea *read_change(const struct door *d, struct idea_change *c, row_id *id_out, struct err *e)
{
    *c = (struct idea_change){.who = WHO_OPERATOR, .reason = door_reason(d, e)};
    if (e->kind == ERR_NONE && !proposal_state_parse(d->argv[1], &c->to))
        err_set(e, ERR_VALUE,
                "'%s' is not a state of proposals; they are draft, proposed, adopted, in_progress, done, not_pursued",
                d->argv[1]);
    return e->kind == ERR_NONE ? discussion_of(d, d->argv[0], id_out, e) : NULL;
}

static bool judge_step(const struct door *d, const struct idea *idea, enum life_answer found, struct err *e)
{
    return found == LIFE_GRANTED ||
           err_set(e, ERR_RULE, "proposal %s is %s: %s", d->argv[0], proposal_state_name(idea), life_answer_sentence(found));
}

static bool lead(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    row_id id;
    idea_auto idea = read_change(d, &c, &id, e);
    g_autofree char *words = idea != NULL ? proposal_public_words(d->gateway, idea, e) : NULL;

    if (words == NULL || (proposal_is_publication(idea, c.to) && !door_is_shown(d, words, e)) ||
        !proposal_lead(d->gateway, id, idea, &c, clock_now(), &found, e) || !judge_step(d, idea, found, e))
        return false;
    door_say(d, "proposal %s is %s, and so are its ideas. Who follows or supports them is told.", d->argv[0], d->argv[1]);
    return true;
}

/* What a draft says is shown before everybody reads it. */
static bool proposal_state_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    row_id id;
    idea_auto idea = read_change(d, &c, &id, e);
    g_autofree char *words = idea != NULL ? proposal_public_words(d->gateway, idea, e) : NULL;

    if (words == NULL)
        return false;
    if (proposal_is_publication(idea, c.to) &&
        (!judge_step(d, idea, proposal_judge(d->gateway, idea, id, &c), e) || !door_show(d, words, e)))
        return false;
    return door_change(d, lead, e);
}

static const struct door_option options[] = {
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"from", DOOR_TEXT, "NUMBERS", "the ideas that it is made of: 3,7", 0, 0, 0},
    {"reason", DOOR_TEXT, "TEXT", "why; everybody reads it", 0, 0, 0},
    {"text", DOOR_TEXT, "TEXT", "what it says", 0, 0, 0},
    {"public", DOOR_FLAG, NULL, "no draft: everybody hears of it", 0, 0, 0},
    {"yes", DOOR_FLAG, NULL, "do not ask whether everybody shall read it", 0, 0, 0},
    {"add", DOOR_TEXT, "NUMBERS", "ideas that become part of it", 0, 0, 0},
    {"drop", DOOR_TEXT, "NUMBERS", "ideas that are part of it no more", 0, 0, 0},
    {"all", DOOR_FLAG, NULL, "also what is not public", 0, 0, 0},
    {"field", DOOR_LIST, "NAME", "a field of action that it serves", 0, 0, 0},
    {"goal", DOOR_LIST, "NAME", "a goal that it serves", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"add", "FORUM", "title! from! text field goal public", DOOR_CHANGES, proposal_add_verb, "make one of ideas"},
    {"set", "NUMBER", "title add drop reason field goal", DOOR_CHANGES, proposal_set_verb, "change it"},
    {"list", "", "json", DOOR_READS, proposal_list_verb, "the proposals"},
    {"show", "NUMBER", "all json", DOOR_READS, proposal_show_verb, "one, with its ideas and its history"},
    {"state", "NUMBER STATE", "reason yes", DOOR_WORKS, proposal_state_verb,
     "one step on, with its ideas; who follows them is told"},
    {0},
};
static const struct door_spec spec = {"proposal", "What was made of ideas, and what becomes of it.", verbs, options};

int cmd_proposal(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
