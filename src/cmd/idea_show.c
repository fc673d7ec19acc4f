/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See idea_show.h.
 */
#include "cmd/idea_show.h"

#include "base/hash.h"
#include "flow/filed.h"
#include "flow/phase.h"
#include "flow/step/idea_step.h"
#include "flow/view/reason.h"
#include "flow/view/similar.h"
#include "forum/left_out.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"
#include "store/topics.h"
#include "store/versions.h"

#include <string.h>

bool show_is_taken(const struct idea *idea)
{
    return idea->state == IDEA_WITHDRAWN || idea->state == IDEA_REMOVED;
}

bool show_is_inner(const struct door *d, const struct idea *idea)
{
    return idea->ring == RING_MEMBERS && !door_has(d, "all");
}

void show_numbers(JsonBuilder *b, const char *name, const GArray *ids)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (guint i = 0; ids != NULL && i < ids->len; i++)
        json_builder_add_int_value(b, g_array_index(ids, row_id, i));
    json_builder_end_array(b);
}

/* How PERSON is called, and whether that is an organisation. NULL: without a name. Caller frees. */
static char *name_of(const struct door *d, row_id person, bool *is_organisation_out, struct err *e)
{
    person_auto p = persons_by_id(d->gateway->db, person, e);

    *is_organisation_out = p != NULL && p->is_organisation;
    return p != NULL ? g_strdup(p->public_name) : NULL;
}

static char *forum_name(const struct door *d, row_id id, struct err *e)
{
    forum_auto f = forums_by_id(d->gateway->db, id, e);

    return g_strdup(f != NULL ? f->name : "?");
}

/* The furthest living proposal that it is part of; *OUT 0: none. */
static bool living_proposal(struct door *d, const struct idea *idea, row_id *out, struct err *e)
{
    row_id discussion = 0;

    if (!proposals_of_idea(d->gateway->db, idea->id, out, e) ||
        (*out != 0 && !proposals_discussion(d->gateway->db, *out, &discussion, e)))
        return false;
    idea_auto is = discussion != 0 ? ideas_by_id(d->gateway->db, discussion, e) : NULL;
    if (is == NULL || !(life_takes_support(is->state) || is->state == IDEA_DONE))
        *out = 0;
    return e->kind == ERR_NONE;
}

bool show_idea_head(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e)
{
    g_autoptr(GArray) forums = ideas_forums(d->gateway->db, idea->id, e);
    g_autofree char *home = forum_name(d, idea->forum_id, e);
    gint64 n_supporters = 0;
    row_id proposal = 0;

    if (forums == NULL || !ideas_count_supporters(d->gateway->db, idea->id, &n_supporters, e) ||
        !living_proposal(d, idea, &proposal, e))
        return false;
    json_number(b, "number", idea->id);
    g_autofree char *ref = filed_number(d->gateway, idea);
    json_text(b, "ref", ref);
    json_text(b, "forum", home);
    json_builder_set_member_name(b, "forums");
    json_builder_begin_array(b);
    for (guint i = 0; i < forums->len; i++) {
        g_autofree char *name = forum_name(d, g_array_index(forums, row_id, i), e);
        json_builder_add_string_value(b, name);
    }
    json_builder_end_array(b);
    json_text(b, "title", show_is_taken(idea) ? NULL : idea->title);
    json_text(b, "state", idea_state_name(idea->state));
    json_text(b, "ring", ring_name(idea->ring));
    json_number(b, "supporters", n_supporters);
    json_id(b, "proposal", proposal);
    return e->kind == ERR_NONE;
}

/* The fields of action that its proposals serve, each once. */
static bool set_fields(JsonBuilder *b, struct door *d, const GArray *proposals, struct err *e)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    json_builder_set_member_name(b, "fields");
    json_builder_begin_array(b);
    for (guint i = 0; i < proposals->len && e->kind == ERR_NONE; i++) {
        g_autoptr(GPtrArray) topics = topics_of_proposal(d->gateway->db, g_array_index(proposals, row_id, i), TOPIC_FIELD, e);
        for (guint k = 0; topics != NULL && k < topics->len; k++) {
            const struct topic *t = topics->pdata[k];
            if (g_hash_table_add(seen, g_strdup(t->name)))
                json_builder_add_string_value(b, t->name);
        }
    }
    json_builder_end_array(b);
    return e->kind == ERR_NONE;
}

/* The last step that led to its state, which says why. */
static const struct stage *last_stage(const GPtrArray *steps, const char *state)
{
    for (guint i = steps->len; i > 0; i--)
        if (strcmp(((const struct stage *)steps->pdata[i - 1])->to_state, state) == 0)
            return steps->pdata[i - 1];
    return NULL;
}

static void set_reason(JsonBuilder *b, const struct idea *idea, const GPtrArray *steps)
{
    const struct stage *s = last_stage(steps, idea_state_name(idea->state));
    g_autofree char *code = s != NULL ? view_reason_code(s->reason) : NULL;
    const char *words = s == NULL ? NULL : code != NULL ? view_reason_words(s->reason) : s->reason;
    bool has_words = words != NULL && *words != '\0', is_forwarded = idea->state == IDEA_FORWARDED && has_words;
    g_autofree char *body = is_forwarded ? g_strstrip(g_strndup(words, strcspn(words, "\n"))) : NULL;

    json_text(b, "reason", has_words ? words : NULL);
    json_text(b, "reason_code", code);
    json_text(b, "forwarded_to", body);
}

static bool set_group(JsonBuilder *b, struct door *d, const struct idea *idea, const GPtrArray *steps, struct err *e)
{
    bool is_merged = idea->state == IDEA_MERGED;
    g_autoptr(GArray) group = is_merged ? NULL : ideas_group(d->gateway->db, idea->id, e);
    const struct stage *s = is_merged ? last_stage(steps, idea_state_name(IDEA_MERGED)) : NULL;

    for (guint i = 0; group != NULL && i < group->len; i++)
        if (g_array_index(group, row_id, i) == idea->id)
            g_array_remove_index(group, i--);
    json_id(b, "merged_into", is_merged ? idea->lead_id : 0);
    show_numbers(b, "merged", group);
    json_time(b, "merged_at", s != NULL ? s->at : 0, d);
    return e->kind == ERR_NONE;
}

static bool set_similar(JsonBuilder *b, struct door *d, const struct idea *idea, const struct post *opening, struct err *e)
{
    bool is_public = opening != NULL && opening->state == POST_PUBLISHED && idea->ring == RING_PUBLIC;
    g_autoptr(GPtrArray) near = is_public ? similar_ideas(d->gateway, idea, opening->text, e) : NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (guint i = 0; near != NULL && i < near->len; i++)
        g_array_append_val(ids, ((const struct idea *)near->pdata[i])->id);
    show_numbers(b, "similar", ids);
    return e->kind == ERR_NONE;
}

bool show_idea_rest(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e)
{
    struct db *db = d->gateway->db;
    gint64 n_followers, n_supporters, n_own, n_organisations, n_annulled, answered_at;
    bool is_organisation = false;
    g_autofree char *address = route_idea_address(idea->id, d->gateway->domain);
    post_auto opening = posts_opening(db, idea->id, e);
    g_autofree char *author =
        e->kind == ERR_NONE && !show_is_taken(idea) ? name_of(d, idea->author_id, &is_organisation, e) : NULL;
    g_autofree char *deadline = idea->deadline_at != 0 ? phase_date(d->gateway, idea->deadline_at, true) : NULL;
    g_autoptr(GPtrArray) steps = e->kind == ERR_NONE ? steps_of_idea(db, idea->id, 0, e) : NULL;
    g_autoptr(GArray) proposals = steps != NULL ? proposals_all_of_idea(db, idea->id, door_has(d, "all"), e) : NULL;

    if (proposals == NULL || !ideas_count(db, idea->id, &n_followers, &n_supporters, e) ||
        !ideas_count_own_supporters(db, idea->id, &n_own, e) || !ideas_count_organisations(db, idea->id, &n_organisations, e) ||
        !supports_count_annulled(db, idea->id, &n_annulled, e) || !posts_first_official(db, idea->id, &answered_at, e))
        return false;
    json_text(b, "address", address);
    json_time(b, "created_at", idea->created_at, d);
    json_time(b, "published_at", idea->published_at, d);
    json_text(b, "language", opening != NULL ? opening->language : NULL);
    json_text(b, "author", author);
    json_number(b, "supporters_own", n_own);
    json_flag(b, "organisation", is_organisation);
    json_number(b, "organisations", n_organisations);
    json_number(b, "supporters_annulled", n_annulled);
    json_number(b, "followers", n_followers);
    json_text(b, "deadline", deadline);
    json_time(b, "first_official_at", answered_at, d);
    show_numbers(b, "proposals", proposals);
    set_reason(b, idea, steps);
    return set_fields(b, d, proposals, e) && set_group(b, d, idea, steps, e) && set_similar(b, d, idea, opening, e);
}

/* ---- What happened */

/* As a proposal's states are called. */
static const char *state_of(const char *state, bool is_proposal)
{
    bool is_early = is_proposal && state != NULL && strcmp(state, idea_state_name(IDEA_PROPOSAL)) == 0;

    return is_early ? "proposed" : is_proposal && g_strcmp0(state, "reworked") == 0 ? "draft" : state;
}

static bool add_step(JsonBuilder *b, struct door *d, const struct stage *s, bool is_proposal, struct err *e)
{
    g_autofree char *code = view_reason_code(s->reason);
    const char *words = code != NULL ? view_reason_words(s->reason) : s->reason;
    stored_message_auto mail = s->message_id != 0 && door_has(d, "all") ? messages_by_id(d->gateway->db, s->message_id, e) : NULL;

    json_builder_begin_object(b);
    json_time(b, "at", s->at, d);
    json_text(b, "from", state_of(s->from_state, is_proposal));
    json_text(b, "to", state_of(s->to_state, is_proposal));
    json_text(b, "by", s->by);
    json_text(b, "by_second", s->by_second);
    json_text(b, "reason", words != NULL && *words != '\0' ? words : NULL);
    json_text(b, "code", code);
    json_id(b, "proposal", s->proposal_id);
    json_text(b, "message", mail != NULL ? mail->key : NULL);
    json_builder_end_object(b);
    return e->kind == ERR_NONE;
}

bool show_history(JsonBuilder *b, struct door *d, const struct idea *idea, bool is_proposal, struct err *e)
{
    g_autoptr(GPtrArray) steps = steps_of_idea(d->gateway->db, idea->id, 0, e);

    json_builder_set_member_name(b, "history");
    json_builder_begin_array(b);
    for (guint i = 0; steps != NULL && i < steps->len; i++)
        if (!add_step(b, d, steps->pdata[i], is_proposal, e))
            return false;
    json_builder_end_array(b);
    return steps != NULL;
}

/* ---- What was written */

/* Taken back: the place stays, the words are not shown (`forumpost post show` does). */
static bool is_stub(const struct post *p)
{
    return p->state == POST_WITHDRAWN || p->state == POST_REMOVED;
}

static gint64 number_of(struct door *d, row_id id, struct err *e)
{
    post_auto p = id != 0 ? posts_by_id(d->gateway->db, id, e) : NULL;

    return p != NULL ? p->number : 0;
}

static guint masked_in(struct door *d, const struct post *p, struct err *e)
{
    g_autofree char *line = p->message_id != 0 ? messages_left_out(d->gateway->db, p->message_id, e) : NULL;
    struct left_out l;

    left_out_read(line, &l);
    guint n = l.n_masked;
    left_out_clear(&l);
    return n;
}

static bool add_post(JsonBuilder *b, struct door *d, const struct idea *idea, const struct post *p, struct err *e)
{
    g_autoptr(GPtrArray) versions = versions_of_post(d->gateway->db, p->id, e);
    bool is_organisation = false;
    g_autofree char *name = versions != NULL && !is_stub(p) ? name_of(d, p->person_id, &is_organisation, e) : NULL;
    forum_auto f = p->kind == POST_OFFICIAL && e->kind == ERR_NONE ? forums_by_id(d->gateway->db, idea->forum_id, e) : NULL;
    gint64 parent = number_of(d, p->parent_id, e);

    if (e->kind != ERR_NONE)
        return false;
    json_builder_begin_object(b);
    json_number(b, "post", p->id);
    json_number(b, "number", p->number);
    json_text(b, "ring", ring_name(idea->ring));
    json_number(b, "idea", p->idea_id);
    json_id(b, "parent", parent);
    json_text(b, "person", name);
    json_flag(b, "organisation", is_organisation);
    json_time(b, "at", p->at, d);
    json_text(b, "kind", post_kind_name(p->kind));
    json_text(b, "state", post_state_name(p->state));
    json_text(b, "ministry", f != NULL ? f->ministry : NULL);
    json_number(b, "version", 1 + (gint64)versions->len);
    json_time(b, "edited_at", p->edited_at, d);
    json_number(b, "masked", masked_in(d, p, e));
    json_text(b, "text", is_stub(p) ? NULL : p->text);
    json_builder_end_object(b);
    return e->kind == ERR_NONE;
}

static bool add_posts_of(JsonBuilder *b, struct door *d, row_id id, struct err *e)
{
    idea_auto idea = ideas_by_id(d->gateway->db, id, e);
    g_autoptr(GPtrArray) posts = idea != NULL ? posts_of_idea(d->gateway->db, id, !door_has(d, "all"), e) : NULL;

    bool is_hidden = idea != NULL && show_is_inner(d, idea);
    for (guint i = 0; posts != NULL && !is_hidden && i < posts->len; i++)
        if (!add_post(b, d, idea, posts->pdata[i], e))
            return false;
    return posts != NULL;
}

/* Those of the idea, of what goes on with it, and with --all what members say of it. */
bool show_posts(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e)
{
    g_autoptr(GArray) ids = ideas_group(d->gateway->db, idea->id, e);
    g_autoptr(GArray) inner = ids != NULL && door_has(d, "all") ? ideas_inner_all(d->gateway->db, idea->id, e) : NULL;

    if (inner != NULL)
        g_array_append_vals(ids, inner->data, inner->len);
    json_builder_set_member_name(b, "posts");
    json_builder_begin_array(b);
    for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!add_posts_of(b, d, g_array_index(ids, row_id, i), e))
            return false;
    json_builder_end_array(b);
    return e->kind == ERR_NONE;
}
