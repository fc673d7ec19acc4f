/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What members say among themselves, on its way to everybody: a mail to a public address that answers an inner one, or says its
 * words. Nobody is told here that they are such words but those who may read them.
 */
#include "flow/facts_private.h"

#include "base/limits.h"
#include "flow/inner.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

#define LEFT_OUT       "[…]"
#define MOST_LOOKED_AT 20 /* of the addresses in To and Cc, and of the mails that are named */

/* Was what MESSAGE_ID names said among members? */
static bool is_inner(struct gateway *g, const char *message_id, struct err *e)
{
    struct looked_up unused = {.route.kind = ROUTE_IDEA};
    post_auto post = facts_post_named(g, message_id, &unused, e);
    idea_auto idea = post != NULL && !failed(e) ? ideas_by_id(g->db, post->idea_id, e) : NULL;

    return idea != NULL && idea->ring == RING_MEMBERS;
}

/* The newest of them: a program names in References all that was said before. What is among the OTHERS (NULL none) was looked at, and
 * what was found to be the answered post of a public idea. */
static bool has_inner(struct gateway *g, const GPtrArray *message_ids, const GPtrArray *others, const struct looked_up *l,
                      struct err *e)
{
    bool found = false;

    for (guint n = 0; n < MIN(message_ids->len, MOST_LOOKED_AT) && !found && !failed(e); n++) {
        const char *id = message_ids->pdata[message_ids->len - 1 - n];
        bool is_known = (l->parent != NULL && g_strcmp0(id, l->named) == 0) ||
                        (others != NULL && others->len <= MOST_LOOKED_AT &&
                         g_ptr_array_find_with_equal_func((GPtrArray *)others, id, g_str_equal, NULL));
        found = !is_known && is_inner(g, id, e);
    }
    return found;
}

/* Subjects of mails among members say so in their tag, which clients keep. */
static bool has_inner_tag(const char *text)
{
    return text != NULL && (strstr(text, "[intern idee-") != NULL || strstr(text, "[intern vorschlag-") != NULL);
}

/* Is M to members, too? */
static bool is_to_members(const struct gateway *g, const GPtrArray *addresses)
{
    bool found = false;

    for (guint i = 0; i < MIN(addresses->len, MOST_LOOKED_AT) && !found; i++) {
        struct route r;
        route_parse(((const struct mailbox *)addresses->pdata[i])->address, g->domain, g->key, &r);
        found = (r.kind == ROUTE_FORUM && r.ring == RING_MEMBERS) || (r.kind == ROUTE_IDEA && r.act == ACT_INNER);
        route_clear(&r);
    }
    return found;
}

/* Will everybody read it? */
static bool is_for_all(const struct looked_up *l)
{
    bool is_place = l->route.kind == ROUTE_FORUM || l->route.kind == ROUTE_IDEA;
    bool is_public = l->idea != NULL ? l->idea->ring == RING_PUBLIC : l->route.ring == RING_PUBLIC;
    bool takes_words = l->route.act <= ACT_INNER || l->route.act == ACT_SUPPORT;

    return is_place && is_public && takes_words && l->begins_inner == 0;
}

void facts_find_ring(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    if (!is_for_all(l) || failed(e))
        return;
    l->facts.is_from_inner = has_inner_tag(m->subject) || is_to_members(g, m->to) || is_to_members(g, m->cc) ||
                             has_inner(g, m->in_reply_to, NULL, l, e) || has_inner(g, m->references, m->in_reply_to, l, e);
}

/* What everybody can read where M goes: words of it are no secret, whoever else said them. */
static GPtrArray *known_there(struct gateway *g, const struct looked_up *l, struct err *e)
{
    GPtrArray *known = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    post_auto first = l->idea != NULL ? posts_by_number(g->db, l->idea->id, 1, e) : NULL;

    if (first != NULL)
        g_ptr_array_add(known, memory_of(first->text));
    if (l->parent != NULL)
        g_ptr_array_add(known, memory_of(l->parent->text));
    return known;
}

/* A new idea that is called as one of theirs. */
static bool is_called_so(struct gateway *g, const struct message *m, const struct looked_up *l, const struct inner *in,
                         struct err *e)
{
    g_autofree char *base = policy_base_subject(m->subject, true);
    g_autofree char *title = g_utf8_casefold(base, -1);
    bool found = false;

    for (guint i = 0; l->idea == NULL && *title != '\0' && i < in->titles->len && !found; i++) {
        row_id beside = 0;
        found = strcmp(in->titles->pdata[i], title) == 0 &&
                ideas_beside(g->db, g_array_index(in->ideas, row_id, i), &beside, e) && beside == 0;
    }
    return found;
}

/* What M may be saying of what only members read. */
struct suspects {
    GPtrArray *forums;        /* struct inner, each with something said */
    struct memory_set *older; /* of discussions about the very idea that are none of the newest */
    bool is_called;           /* as one of their ideas */
};

static void unref(gpointer in)
{
    inner_unref(in);
}

static bool has(const GArray *ids, row_id id)
{
    bool found = false;

    for (guint i = 0; i < ids->len && !found; i++)
        found = g_array_index(ids, row_id, i) == id;
    return found;
}

/* Of one forum, and, however long ago it was, what its members said about the very idea that M goes to. */
static void suspect(struct gateway *g, const struct message *m, const struct looked_up *l, row_id forum, gint64 now,
                    struct suspects *all, struct err *e)
{
    struct inner *in = inner_of(g, forum, now, e);
    row_id beside = 0;

    if (in == NULL || in->ideas->len == 0) {
        inner_unref(in);
        return;
    }
    g_ptr_array_add(all->forums, in);
    all->is_called = all->is_called || (m->subject != NULL && is_called_so(g, m, l, in, e));
    if (l->idea != NULL && !failed(e) && ideas_inner(g->db, l->idea->id, forum, &beside, e) && beside != 0 &&
        !has(in->ideas, beside))
        inner_remember(g, beside, all->older, e);
}

/* What they may be words of (struct memory_set, borrowed). */
static GPtrArray *sets_of(const struct suspects *all)
{
    GPtrArray *sets = g_ptr_array_new();

    for (guint i = 0; i < all->forums->len; i++)
        g_ptr_array_add(sets, ((const struct inner *)all->forums->pdata[i])->said);
    g_ptr_array_add(sets, all->older);
    return sets;
}

static bool says_of(const char *text, const struct suspects *all, const GPtrArray *known)
{
    g_autoptr(GPtrArray) sets = sets_of(all);

    return memory_has_run(text, (struct memory_set *const *)sets->pdata, sets->len, (GBytes *const *)known->pdata, known->len,
                          LIMIT_INNER_RUN_WORDS);
}

/* An answer to a mail of ours may quote a digest, in which both rings stand: then the new words alone count. In any other mail
 * what is passed on below them, too, for whoever wrote above it spoke to those who had read it. */
static bool is_said_of(struct gateway *g, const struct message *m, const struct looked_up *l, const struct suspects *all,
                       struct err *e)
{
    bool is_answer = l->route.has_token || l->shown != NULL || l->given != 0, is_new = l->idea == NULL && m->subject != NULL;
    const char *text = !is_answer ? m->body : l->facts.text != NULL ? l->facts.text : m->text;

    if (all->is_called || (!is_answer && has_inner_tag(text)))
        return true;
    g_autoptr(GPtrArray) known = known_there(g, l, e);
    return !failed(e) && (says_of(text, all, known) || (is_new && says_of(m->subject, all, known)));
}

/* Of every forum whose member PERSON is, or was: who left knows what was said. */
static void suspect_all(struct gateway *g, const struct message *m, const struct looked_up *l, row_id person, gint64 now,
                        struct suspects *all, struct err *e)
{
    g_autoptr(GArray) forums = members_knows(g->db, person, e);

    for (guint i = 0; forums != NULL && i < forums->len && !failed(e); i++)
        suspect(g, m, l, g_array_index(forums, row_id, i), now, all, e);
}

/* TEXT without their words; NULL: it has none. */
static char *without(const char *text, const struct suspects *all, const GPtrArray *known)
{
    g_autoptr(GPtrArray) sets = sets_of(all);

    return memory_replace_run(text, (struct memory_set *const *)sets->pdata, sets->len, (GBytes *const *)known->pdata, known->len,
                              LIMIT_INNER_RUN_WORDS, LEFT_OUT);
}

static bool is_called_theirs(struct gateway *g, const char *title, const struct suspects *all, struct err *e)
{
    const struct message named = {.subject = (char *)title};
    const struct looked_up new_idea = {0};
    bool found = false;

    for (guint i = 0; i < all->forums->len && !found; i++)
        found = is_called_so(g, &named, &new_idea, all->forums->pdata[i], e);
    return found;
}

/* A title for a new idea of TITLE and TEXT, which is without their words. One that is the title of theirs gives way to the first line. */
static char *title_without(struct gateway *g, const char *title, const char *text, const struct suspects *all,
                           const GPtrArray *known, struct err *e)
{
    const struct message untitled = {.subject = (char *)"", .text = (char *)text};

    if (!is_called_theirs(g, title, all, e))
        return without(title, all, known);
    g_autofree char *first = policy_title(&untitled, false);
    return g_strdup(is_called_theirs(g, first, all, e) ? LEFT_OUT : first);
}

bool facts_cut_inner_words(struct gateway *g, const struct hold *h, gint64 now, char **title_out, char **text_out, struct err *e)
{
    const struct message unnamed = {0};
    person_auto author = persons_by_address(g->db, h->address, e);
    idea_auto idea = h->about.idea != 0 && !failed(e) ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    post_auto parent = h->parent_id != 0 && !failed(e) ? posts_by_id(g->db, h->parent_id, e) : NULL;
    struct looked_up l = {.idea = idea, .parent = parent};
    g_autoptr(GPtrArray) spoken = g_ptr_array_new_with_free_func(unref);
    struct suspects all = {.forums = spoken, .older = memory_set_new()};

    *title_out = *text_out = NULL;
    if (author != NULL && !failed(e))
        suspect_all(g, &unnamed, &l, author->id, now, &all, e);
    g_autoptr(GPtrArray) known = !failed(e) ? known_there(g, &l, e) : NULL;
    if (known != NULL && !failed(e)) {
        *text_out = without(h->text, &all, known);
        *title_out =
            h->about.idea == 0 ? title_without(g, h->title, *text_out != NULL ? *text_out : h->text, &all, known, e) : NULL;
    }
    memory_set_free(all.older);
    return !failed(e);
}

void facts_find_inner_words(struct gateway *g, const struct message *m, gint64 now, struct looked_up *l, struct err *e)
{
    if (l->facts.is_from_inner || !is_for_all(l) || l->person == NULL || failed(e))
        return;
    g_autoptr(GPtrArray) spoken = g_ptr_array_new_with_free_func(unref);
    struct suspects all = {.forums = spoken, .older = memory_set_new()};
    suspect_all(g, m, l, l->person->id, now, &all, e);
    if (spoken->len > 0 && !failed(e))
        l->facts.is_from_inner = is_said_of(g, m, l, &all, e);
    memory_set_free(all.older);
}
