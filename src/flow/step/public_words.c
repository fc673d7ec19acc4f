/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See public_words.h.
 */
#include "flow/step/public_words.h"

#include "flow/step/concern.h"
#include "forum/contact.h"
#include "forum/personal.h"
#include "forum/policy.h"

#include <string.h>

bool public_words_are_public(const struct looked_up *l)
{
    return (l->idea != NULL ? l->idea->ring : l->route.ring) == RING_PUBLIC;
}

const char *public_words_language(const struct gateway *g, const struct message *m)
{
    return m->language != NULL ? m->language : g->settings->initiative_languages[0];
}

const char *public_words_author(const struct message *m)
{
    const struct mailbox *first = m->from->len > 0 ? m->from->pdata[0] : NULL;

    return first != NULL ? first->name : NULL;
}

char *public_words_make(const struct gateway *g, const char *text, const char *language, const char *author, bool is_public,
                        struct public_made *out)
{
    guint n_personal, n_contact = 0;
    g_autofree char *ours = personal_hide(text, g->domain, language, &n_personal);
    g_autofree char *kept = contact_cut(ours, &out->n_cut);
    g_autofree char *made = is_public ? contact_mask(kept, language, g->domain, &n_contact) : NULL;

    out->n_masked = n_personal + n_contact;
    out->whys = is_public ? concern_find(g, kept, author, n_contact > 0) : 0; /* members may give each other their numbers */
    return is_public ? g_steal_pointer(&made) : g_steal_pointer(&kept);
}

struct public_words *public_words_new(const struct gateway *g, const struct message *m, const struct looked_up *l,
                                      const char *text)
{
    struct public_words *w = g_new0(struct public_words, 1);

    w->of = g_strdup(text);
    w->language = g_strdup(public_words_language(g, m));
    w->is_public = public_words_are_public(l);
    struct public_made made;
    w->text = public_words_make(g, text, w->language, public_words_author(m), w->is_public, &made);
    w->n_cut = made.n_cut;
    w->n_masked = made.n_masked;
    w->whys = made.whys;
    if (l->idea == NULL) {
        g_autofree char *title = policy_title(m, l->facts.answers_notice);
        w->title = w->is_public ? contact_mask(title, w->language, g->domain, &w->n_title) : g_steal_pointer(&title);
    }
    return w;
}

void public_words_free(struct public_words *w)
{
    if (w == NULL)
        return;
    g_free(w->of);
    g_free(w->language);
    g_free(w->text);
    g_free(w->title);
    g_free(w);
}

bool public_words_are_of(const struct public_words *w, const struct gateway *g, const struct message *m,
                         const struct looked_up *l, const char *text)
{
    return w != NULL && w->is_public == public_words_are_public(l) && (w->title == NULL) == (l->idea != NULL) &&
           strcmp(w->language, public_words_language(g, m)) == 0 && strcmp(w->of, text) == 0;
}

bool public_words_weigh(struct gateway *g, const struct public_words *w, struct looked_up *l, gint64 now, struct err *e)
{
    l->facts.whys = w->whys;
    return l->forum == NULL || concern_settle(g, l->forum, l->idea, l->person != NULL ? l->person->id : 0,
                                              policy_is_proved(&l->facts), now, &l->facts.whys, e);
}
