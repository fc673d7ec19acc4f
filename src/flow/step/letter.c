/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See letter.h.
 */
#include "flow/step/letter.h"

#include "base/limits.h"
#include "forum/access.h"
#include "forum/when.h"
#include "mail/contact/contact.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/remarks.h"

#include <string.h>

#define DAY_S 86400

const char *letter_word(enum letter found)
{
    static const char *const words[N_LETTERS] =
        {[LETTER_DONE] = NULL,           [LETTER_EMPTY] = "empty", [LETTER_OWN] = "same",     [LETTER_GONE] = "not_here",
         [LETTER_NOBODY] = "no_address", [LETTER_MANY] = "many",   [LETTER_ENOUGH] = "enough"};

    return words[found];
}

static gint64 kept_until(const struct gateway *g, gint64 now)
{
    return when_days_over(now, g->settings->retention_removed_days, g->settings->zone);
}

static bool journal(struct gateway *g, const struct hold *h, const char *kind, row_id person, row_id message, gint64 now,
                    struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = person,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id};

    return events_add(g->db, &ev, e);
}

static enum letter judge(const struct idea *idea, const struct person *author, const char *text, row_id person)
{
    bool is_text = text != NULL && *text != '\0' && g_utf8_strlen(text, -1) <= LIMIT_OFFICIAL_CHARS;

    if (idea->state == IDEA_WITHDRAWN || idea->state == IDEA_REMOVED || idea->state == IDEA_REJECTED)
        return LETTER_GONE;
    if (idea->author_id == person)
        return LETTER_OWN;
    if (author == NULL || author->address == NULL || author->is_suspended)
        return LETTER_NOBODY;
    return is_text ? LETTER_DONE : LETTER_EMPTY;
}

/* An author hears of an idea so often, and nobody writes more than a person would. */
static bool find_room(struct gateway *g, const struct idea *idea, row_id person, gint64 now, enum letter *found, struct err *e)
{
    gint64 n_idea = 0, n_writer = 0;

    if (*found != LETTER_DONE)
        return true;
    if (!remarks_count_of_idea(g->db, idea->id, REMARK_LETTER, now - DAY_S, &n_idea, e) ||
        !remarks_count_of_writer(g->db, person, now - DAY_S, &n_writer, e))
        return false;
    *found = n_idea >= LIMIT_LETTERS_OF_IDEA ? LETTER_MANY : n_writer >= LIMIT_LETTERS_OF_WRITER ? LETTER_ENOUGH : *found;
    return true;
}

char *letter_returned(const char *word, const char *text)
{
    return g_strconcat(word, "\n", text, NULL);
}

bool letter_send(struct gateway *g, const struct idea *idea, const char *text, row_id person, row_id message, gint64 now,
                 enum letter *found_out, char **said_out, struct err *e)
{
    person_auto author = persons_by_id(g->db, idea->author_id, e);

    *said_out = NULL;
    *found_out = judge(idea, author, text, person);
    if (e->kind != ERR_NONE || !find_room(g, idea, person, now, found_out, e) || *found_out != LETTER_DONE)
        return e->kind == ERR_NONE;
    g_autofree char *key = persons_key(author->address);
    struct hold h = holds_to(idea, HOLD_LETTER, key, now);
    h.about.message = message;
    h.ring = RING_MEMBERS;
    h.language = author->language;
    h.asked_at = now;
    h.is_proved = true;
    h.expires_at = kept_until(g, now);
    *said_out = contact_mask(text, author->language, g->domain, NULL);
    struct remark r = {.at = now, .kind = REMARK_LETTER, .person_id = person, .message_id = message, .text = *said_out};
    if (!holds_add(g->db, &h, &h.id, e))
        return false;
    r.hold_id = h.id;
    return remarks_add(g->db, &r, e) && journal(g, &h, "letter.sent", person, message, now, e) &&
           notices_add_of_hold(g->db, PURPOSE_LETTER, author->id, &h, *said_out, now, e);
}

/* Does PERSON lead the forum still, and can be reached? */
static bool may_hear(struct gateway *g, row_id forum, row_id person, bool *may_out, struct err *e)
{
    g_autofree struct member *m = members_find(g->db, forum, person, e);
    person_auto p = m != NULL && m->role > ROLE_MEMBER ? persons_by_id(g->db, person, e) : NULL;

    *may_out = p != NULL && p->address != NULL && !p->is_suspended;
    return e->kind == ERR_NONE;
}

/* Who wrote, 0 nobody who is still there; what they wrote (NULL: it is not kept any more), which the caller frees. */
static bool find_writer(struct gateway *g, const struct hold *h, row_id *person_out, char **text_out, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(g->db, h->id, e);
    bool may = false;

    *person_out = 0;
    *text_out = NULL;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *r = all->pdata[i];
        if (r->kind != REMARK_LETTER)
            continue;
        *person_out = r->person_id;
        g_free(*text_out);
        *text_out = g_strdup(r->text);
    }
    if (all == NULL || (*person_out != 0 && !may_hear(g, h->about.forum, *person_out, &may, e)))
        return false;
    *person_out = may ? *person_out : 0;
    return true;
}

bool letter_failed(struct gateway *g, const struct notice *n, gint64 now, struct err *e)
{
    hold_auto h = n->purpose == PURPOSE_LETTER ? holds_by_id(g->db, n->about.hold, e) : NULL;
    g_autofree char *text = NULL;
    bool is_told = false;
    row_id writer = 0;

    if (h == NULL)
        return e->kind == ERR_NONE;
    if (!find_writer(g, h, &writer, &text, e) || !notices_is_owed(g->db, h->id, PURPOSE_ERROR_LETTER, &is_told, e))
        return false;
    if (writer == 0 || text == NULL || is_told)
        return true;
    g_autofree char *detail = letter_returned("returned", text);
    return notices_add_of_hold(g->db, PURPOSE_ERROR_LETTER, writer, h, detail, now, e) &&
           journal(g, h, "letter.returned", writer, 0, now, e);
}

/* Else everybody who leads the forum. */
static bool tell_all(struct gateway *g, const struct hold *h, const char *said, gint64 now, bool *heard_out, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_forum(g->db, h->about.forum, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        bool may = false;
        if (m->role > ROLE_MEMBER && !may_hear(g, h->about.forum, m->person_id, &may, e))
            return false;
        if (may && !notices_add_of_hold(g->db, PURPOSE_LETTER_ANSWER, m->person_id, h, said, now, e))
            return false;
        *heard_out |= may;
    }
    return all != NULL;
}

bool letter_answer(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now, bool *heard_out,
                   struct err *e)
{
    g_autofree char *said = contact_mask(text, h->language, g->domain, NULL);
    person_auto author = persons_by_address(g->db, h->address, e);
    struct remark r = {.hold_id = h->id,
                       .at = now,
                       .kind = REMARK_ANSWER,
                       .person_id = author != NULL ? author->id : 0,
                       .message_id = message,
                       .text = said};
    g_autofree char *letter = NULL;
    gint64 n = 0;
    row_id writer;

    *heard_out = false;
    if (e->kind != ERR_NONE || !find_writer(g, h, &writer, &letter, e) ||
        !remarks_count_of_idea(g->db, h->about.idea, REMARK_ANSWER, now - DAY_S, &n, e))
        return false;
    if (n >= LIMIT_LETTERS_OF_IDEA)
        return true; /* they have it back: nobody reads more of it in a day */
    *heard_out = writer != 0;
    if (!(writer != 0 ? notices_add_of_hold(g->db, PURPOSE_LETTER_ANSWER, writer, h, said, now, e)
                      : tell_all(g, h, said, now, heard_out, e)))
        return false;
    return !*heard_out || (remarks_add(g->db, &r, e) && holds_set_expiry(g->db, h->id, kept_until(g, now), e) &&
                           journal(g, h, "letter.answered", r.person_id, message, now, e));
}
