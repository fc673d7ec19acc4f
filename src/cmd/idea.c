/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost idea: the discussions, as a list and one by one. Shows public names, never an address.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/idea_life.h"
#include "cmd/idea_office.h"
#include "cmd/idea_show.h"
#include "cmd/journal.h"
#include "cmd/post.h"
#include "flow/step/takedown.h"
#include "flow/step/withdraw.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <stdio.h>

struct listing {
    struct door *d;
    GHashTable *forums; /* id -> struct forum */
    struct err *e;
};

static const struct forum *forum_of(const struct listing *l, row_id id)
{
    return g_hash_table_lookup(l->forums, &id);
}

static bool print_idea(const struct idea *idea, void *user)
{
    const struct listing *l = user;
    const struct forum *f = forum_of(l, idea->forum_id);
    const char *forum = f != NULL ? f->name : "?";

    if (!l->d->as_json) {
        printf("%6" G_GINT64_FORMAT "  %-14s %-16s %-8s %3" G_GINT64_FORMAT " posts  %s\n", idea->id, forum,
               idea_state_name(idea->state), ring_name(idea->ring), idea->n_posts,
               show_is_taken(idea) && !door_has(l->d, "all") ? "-" : idea->title);
        return true;
    }
    JsonBuilder *b = json_begin();
    bool ok = show_idea_head(b, l->d, idea, l->e);
    json_number(b, "posts", idea->n_posts);
    json_print(b);
    return ok;
}

static GHashTable *forums_by_row(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(d->gateway->db, e);
    GHashTable *table = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)forum_free);

    g_ptr_array_set_free_func(all, NULL);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        struct forum *f = all->pdata[i];
        g_hash_table_insert(table, &f->id, f);
    }
    return table;
}

static bool idea_list(struct door *d, struct err *e)
{
    struct listing l = {.d = d, .e = e};
    const char *state = door_text(d, "state"), *name = door_text(d, "forum");
    enum idea_state known;

    if (state != NULL && !idea_state_parse(state, &known)) {
        g_autofree char *names = g_strjoinv(", ", (char **)idea_state_names);
        return err_set(e, ERR_VALUE, "'%s' is not a state of ideas; they are %s", state, names);
    }
    forum_auto f = name != NULL ? door_forum(d, name, e) : NULL;
    g_autoptr(GHashTable) forums = e->kind == ERR_NONE ? forums_by_row(d, e) : NULL;
    l.forums = forums;
    return e->kind == ERR_NONE && ideas_each(d->gateway->db, f != NULL ? f->id : 0, state, print_idea, &l, e);
}

static char *name_of(struct door *d, row_id person, struct err *e)
{
    person_auto p = persons_by_id(d->gateway->db, person, e);

    return p != NULL ? g_strdup(p->public_name) : NULL;
}

/* Posts' numbers by row id, so that a parent can be named by its number. */
static gint64 number_of(const GPtrArray *posts, row_id id)
{
    for (guint i = 0; i < posts->len; i++) {
        const struct post *p = posts->pdata[i];
        if (p->id == id)
            return p->number;
    }
    return 0;
}

/* Taken back: the place stays, the words are not shown (`forumpost post show` does). */
static bool is_stub(const struct post *p)
{
    return p->state == POST_WITHDRAWN || p->state == POST_REMOVED;
}

static bool show_json(struct door *d, const struct idea *idea, struct err *e)
{
    g_autoptr(JsonBuilder) b = json_begin();

    if (!show_idea_head(b, d, idea, e) || !show_idea_rest(b, d, idea, e) || !show_history(b, d, idea, false, e) ||
        !show_posts(b, d, idea, e))
        return false;
    json_print(g_steal_pointer(&b));
    return true;
}

/* Where it stands: its home first. Caller frees. */
static char *forum_titles(struct door *d, const struct idea *idea, struct err *e)
{
    g_autoptr(GArray) ids = ideas_forums(d->gateway->db, idea->id, e);
    g_autoptr(GString) out = g_string_new("");

    for (guint i = 0; ids != NULL && i < ids->len && e->kind == ERR_NONE; i++) {
        forum_auto f = forums_by_id(d->gateway->db, g_array_index(ids, row_id, i), e);
        if (f != NULL)
            g_string_append_printf(out, "%s%s", i > 0 ? " and " : "", f->title);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool show_text(struct door *d, const struct idea *idea, const GPtrArray *posts, struct err *e)
{
    g_autofree char *address = route_idea_address(idea->id, d->gateway->domain), *forums = forum_titles(d, idea, e);
    bool is_hidden = show_is_inner(d, idea);

    printf("Idea %" G_GINT64_FORMAT ": %s\n%s, %s, %s, %s\n", idea->id, show_is_taken(idea) ? "-" : idea->title, forums,
           idea_state_name(idea->state), ring_name(idea->ring), address);
    for (guint i = 0; i < posts->len && !is_hidden; i++) {
        const struct post *p = posts->pdata[i];
        g_autofree char *name = name_of(d, p->person_id, e);
        g_autofree char *at = door_time(d, p->at);
        gint64 parent = p->parent_id != 0 ? number_of(posts, p->parent_id) : 0;
        printf("\n#%" G_GINT64_FORMAT "  %s  %s  %s%s", p->number, name != NULL ? name : "(without name)", at,
               post_kind_name(p->kind), p->state == POST_PUBLISHED ? "" : ", not public: ");
        printf("%s", p->state == POST_PUBLISHED ? "" : post_state_name(p->state));
        if (parent != 0)
            printf("  to #%" G_GINT64_FORMAT, parent);
        printf("\n%s\n", is_stub(p) ? "" : p->text);
    }
    return e->kind == ERR_NONE;
}

static bool idea_show(struct door *d, struct err *e)
{
    idea_auto idea = door_idea(d, d->argv[0], e);

    if (idea == NULL)
        return false;
    g_autoptr(GPtrArray) posts = posts_of_idea(d->gateway->db, idea->id, !door_has(d, "all"), e);
    if (posts == NULL)
        return false;
    return d->as_json ? show_json(d, idea, e) : show_text(d, idea, posts, e);
}

/* The post that the idea is. */
static struct post *first_post(const struct door *d, struct err *e)
{
    g_autofree char *given = g_strconcat(d->argv[0], "#1", NULL);

    return door_post(d, given, e);
}

static bool idea_withdraw(struct door *d, struct err *e)
{
    post_auto p = first_post(d, e);

    if (p == NULL)
        return false;
    if (!withdraw_is_possible(p))
        return err_set(e, ERR_RULE, "idea %s is %s", d->argv[0], post_state_name(p->state));
    if (!withdraw_post(d->gateway, p, 0, clock_now(), e))
        return false;
    door_say(d, "idea %s is withdrawn for its author, who is told how to undo it. What was sent before cannot be called back.",
             d->argv[0]);
    return true;
}

static bool idea_remove(struct door *d, struct err *e)
{
    post_auto p = first_post(d, e);

    return p != NULL && door_take_down(d, p, POST_REMOVED, e);
}

static bool idea_restore(struct door *d, struct err *e)
{
    post_auto p = first_post(d, e);
    const char *reason = p != NULL ? door_reason(d, e) : NULL;

    return p != NULL && e->kind == ERR_NONE && takedown_undo(d->gateway, p, reason, clock_now(), e);
}

static const struct door_option options[] = {
    {"reason", DOOR_TEXT, "TEXT", "why; its author reads it, too", 0, 0, 0},
    {"forum", DOOR_TEXT, "NAME", "only of this forum", 0, 0, 0},
    {"state", DOOR_TEXT, "STATE", "only in this state", 0, 0, 0},
    {"by", DOOR_TEXT, "ADDRESS", "who writes, of the forum's office", 0, 0, 0},
    {"to", DOOR_NUMBER, "POST", "the contribution that is answered; without it the idea", 1, G_MAXINT32, 0},
    {"also", DOOR_FLAG, NULL, "it stays where it is, and is shown there, too", 0, 0, 0},
    {"not-also", DOOR_FLAG, NULL, "it is not shown there any more", 0, 0, 0},
    {"all", DOOR_FLAG, NULL,
     "also what is not public: posts, those that only members read, and titles that were taken back and are not deleted yet", 0,
     0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"list", "", "forum state all json", DOOR_READS, idea_list, "the ideas"},
    {"show", "NUMBER", "all json", DOOR_READS, idea_show, "one with its posts"},
    {"withdraw", "NUMBER", "", DOOR_CHANGES, idea_withdraw, "for its author, who asked for it otherwise than by mail"},
    {"remove", "NUMBER", "reason!", DOOR_CHANGES, idea_remove, "title and text are not public any more; what others wrote stays"},
    {"state", "NUMBER STATE", "reason", DOOR_CHANGES, idea_state_verb, "one step on; its author and who follows it are told"},
    {"merge", "NUMBER INTO", "reason", DOOR_CHANGES, idea_merge_verb, "it goes on with another one, its address stays"},
    {"unmerge", "NUMBER", "reason", DOOR_CHANGES, idea_unmerge_verb, "it goes its own way again"},
    {"move", "NUMBER FORUM", "reason also not-also", DOOR_CHANGES, idea_move_verb,
     "to another forum; or shown there, too, or no more"},
    {"support", "NUMBER ADDRESS", "", DOOR_CHANGES, idea_support_verb, "count a person who signed for it otherwise than by mail"},
    {"annul", "NUMBER ADDRESS", "reason!", DOOR_CHANGES, idea_annul_verb,
     "a support that is none: it is gone, and does not come back"},
    {"deadline", "NUMBER DATE", "reason", DOOR_CHANGES, idea_deadline_verb,
     "until when its next step is due; none: no more said"},
    {"answer", "NUMBER FILE", "by! to", DOOR_CHANGES, idea_answer_verb, "draft an official answer; a second person releases it"},
    {"restore", "NUMBER", "reason", DOOR_CHANGES, idea_restore, "public again, what was hidden or removed"},
    {0},
};
static const struct door_spec spec = {"idea", "The discussions.", verbs, options};

int cmd_idea(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
