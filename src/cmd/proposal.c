/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost proposal: what was made of ideas, and what becomes of it.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/idea_life.h"
#include "cmd/journal.h"
#include "flow/step/proposal.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/proposals.h"

#include <stdio.h>
#include <string.h>

/* "3,7" */
static GArray *parse_ideas(const char *text, struct err *e)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (char **p = parts; *p != NULL; p++) {
        row_id id;
        if (!door_id(g_strstrip(*p), "an idea", &id, e))
            return NULL;
        g_array_append_val(out, id);
    }
    if (out->len == 0)
        err_set(e, ERR_INPUT, "--from needs the number of at least one idea");
    return out->len > 0 ? g_steal_pointer(&out) : NULL;
}

static bool proposal_add_verb(struct door *d, struct err *e)
{
    const char *title = door_text(d, "title");
    row_id id;

    if (*title == '\0' || g_utf8_strlen(title, -1) > LIMIT_TITLE_CHARS)
        return err_set(e, ERR_INPUT, "a title has 1 to %d characters", LIMIT_TITLE_CHARS);
    forum_auto forum = door_forum(d, d->argv[0], e);
    g_autoptr(GArray) ideas = forum != NULL ? parse_ideas(door_text(d, "from"), e) : NULL;
    if (ideas == NULL || !proposal_begin(d->gateway, forum, title, ideas, clock_now(), &id, e))
        return false;
    g_autofree char *address = route_proposal_address(id, d->gateway->domain);
    door_say(d, "proposal %" G_GINT64_FORMAT " is public: %s. Who follows its ideas is told.", id, address);
    return true;
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

static bool members(JsonBuilder *b, struct door *d, row_id id, const struct idea *idea, const struct forum *f, struct err *e)
{
    g_autofree char *address = route_proposal_address(id, d->gateway->domain);
    g_autoptr(GArray) ideas = proposals_ideas(d->gateway->db, id, e);

    json_number(b, "number", id);
    json_text(b, "title", idea->title);
    json_text(b, "forum", f->name);
    json_text(b, "state", idea_state_name(idea->state));
    json_text(b, "address", address);
    json_number(b, "idea", idea->id);
    json_time(b, "created_at", idea->created_at, d);
    json_builder_set_member_name(b, "ideas");
    json_builder_begin_array(b);
    for (guint i = 0; ideas != NULL && i < ideas->len; i++)
        json_builder_add_int_value(b, g_array_index(ideas, row_id, i));
    json_builder_end_array(b);
    return ideas != NULL;
}

static bool print_one(struct door *d, row_id id, const struct idea *idea, bool is_whole, struct err *e)
{
    forum_auto f = forums_by_id(d->gateway->db, idea->forum_id, e);

    if (f == NULL)
        return false;
    if (!d->as_json) {
        printf("%6" G_GINT64_FORMAT "  %-14s %-16s %s\n", id, f->name, idea_state_name(idea->state), idea->title);
        return true;
    }
    JsonBuilder *b = json_begin();
    if (!members(b, d, id, idea, f, e) || (is_whole && !idea_life_json(b, d, idea, f, e))) {
        g_object_unref(b);
        return false;
    }
    json_print(b);
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

static bool proposal_state_verb(struct door *d, struct err *e)
{
    const char *reason = door_text(d, "reason");
    enum idea_state to;
    enum life_answer found;
    row_id id;

    if (!idea_state_parse(d->argv[1], &to) || !proposal_is_state(to))
        return err_set(e, ERR_INPUT,
                       "'%s' is not a state of proposals; they are proposal, adopted, in_progress, done, not_pursued",
                       d->argv[1]);
    if (reason != NULL && g_utf8_strlen(reason, -1) > LIMIT_REASON_CHARS)
        return err_set(e, ERR_INPUT, "the reason has more than %d characters", LIMIT_REASON_CHARS);
    idea_auto idea = discussion_of(d, d->argv[0], &id, e);
    if (idea == NULL || !proposal_lead(d->gateway, id, idea, to, reason, clock_now(), &found, e))
        return false;
    if (found != LIFE_GRANTED)
        return err_set(e, ERR_RULE, "proposal %s is %s: %s", d->argv[0], idea_state_name(idea->state),
                       life_answer_sentence(found));
    door_say(d, "proposal %s is %s, and so are its ideas. Who follows or supports them is told.", d->argv[0],
             idea_state_name(to));
    return true;
}

static const struct door_option options[] = {
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"from", DOOR_TEXT, "NUMBERS", "the ideas that it is made of: 3,7", 0, 0, 0},
    {"reason", DOOR_TEXT, "TEXT", "why; everybody reads it", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"add", "FORUM", "title! from!", DOOR_CHANGES, proposal_add_verb, "make one of ideas"},
    {"list", "", "json", DOOR_READS, proposal_list_verb, "the proposals"},
    {"show", "NUMBER", "json", DOOR_READS, proposal_show_verb, "one, with its ideas and its history"},
    {"state", "NUMBER STATE", "reason", DOOR_CHANGES, proposal_state_verb,
     "one step on, with its ideas; who follows them is told"},
    {0},
};
static const struct door_spec spec = {"proposal", "What was made of ideas, and what becomes of it.", verbs, options};

int cmd_proposal(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
