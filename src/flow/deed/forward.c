/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A citizen's mail that somebody of staff passed on to a forum or an idea. Whoever is said to have written it is asked like somebody
 * whom nothing proves; what staff wrote above it stays beside the hold. Out of its phase it is kept like any text that came too late,
 * for who leads the forum to read and pass on once more: nothing proved whose it is, so no later phase asks by itself.
 */
#include "flow/deed/deed.h"

#include "flow/pose.h"
#include "flow/step/content.h"
#include "forum/contact.h"
#include "forum/forward.h"
#include "mail/word/language.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/persons.h"
#include "store/remarks.h"

struct knowing { /* who is of staff; a failure is looked at afterwards */
    struct gateway *g;
    struct err *e;
};

static bool is_of_staff(const char *address, void *user)
{
    struct knowing *k = user;
    g_autofree char *key = persons_key(address);
    person_auto p = persons_by_address(k->g->db, key, k->e);
    g_autoptr(GPtrArray) all = p != NULL ? members_of_person(k->g->db, p->id, k->e) : NULL;
    bool found = false;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        enum role role = ((const struct member *)all->pdata[i])->role;
        found |= role == ROLE_MODERATOR || role == ROLE_LEAD || role == ROLE_OFFICE;
    }
    return found;
}

static char *title_of(const struct forward *f)
{
    message_auto m = message_new(); /* a title is made of a mail */

    g_free(m->subject);
    g_free(m->text);
    m->subject = g_strdup(f->subject);
    m->text = g_strdup(f->text);
    return policy_title(m, false);
}

/* Moderators read it, who are told nobody's address. */
static bool keep_note(const struct deed *d, const char *note, struct err *e)
{
    g_autofree char *masked = contact_mask(note, public_words_language(d->g, d->m), d->g->domain, NULL);
    struct remark r = {.hold_id = d->verdict->hold_id,
                       .at = d->now,
                       .kind = REMARK_NOTE,
                       .person_id = d->l->person->id,
                       .message_id = d->message,
                       .text = masked};

    return *note == '\0' || remarks_add(d->g->db, &r, e);
}

static bool ask_writer(struct deed *d, const struct forward *f, struct err *e)
{
    const struct looked_up *l = d->l;
    g_autofree char *guessed = language_guess(f->text), *named = title_of(f), *key = persons_key(f->address);
    const char *language = guessed != NULL ? guessed : public_words_language(d->g, d->m);
    struct public_made made;
    g_autofree char *text = public_words_make(d->g, f->text, language, f->name, true, &made);
    g_autofree char *title = contact_mask(named, language, d->g->domain, NULL);
    row_id asked;
    enum why pose = WHY_FORUM; /* what a forward says of its writer proves nothing, but whose name it is a moderator must see */
    pose_find_name(d->g, f->name, 0, false, &pose, e);
    struct content c = {.forum = l->forum,
                        .idea = l->idea,
                        .ring = RING_PUBLIC,
                        .address = key,
                        .title = l->idea != NULL ? l->idea->title : title,
                        .text = text,
                        .language = language,
                        .message = d->message,
                        .yes = YES_FORWARD,
                        .pose = pose,
                        .whys = made.whys,
                        .came_at = l->came_at,
                        .at = d->now};

    if (e->kind != ERR_NONE)
        return false;
    if (d->decision->verdict == VERDICT_REFUSED) { /* nobody is asked before a phase takes it */
        d->is_kept = true;
        return content_keep_late(d->g, &c, true, &d->verdict->hold_id, e) && keep_note(d, f->note, e);
    }
    if (!holds_forwarded(d->g->db, gateway_mailbox(d->g, key), l->forum->id, text, &asked, e))
        return false;
    if (asked != 0) { /* two of an office pass on the same mail: its writer is asked once */
        d->verdict->hold_id = asked;
        d->verdict->kind = VERDICT_REFUSED;
        d->answer = d->m->may_reply ? PURPOSE_ERROR_FORWARD : PURPOSE_NONE;
        d->why = "twice";
        return keep_note(d, f->note, e);
    }
    d->answer = d->m->may_reply ? PURPOSE_FORWARDED : PURPOSE_NONE;
    return content_ask(d->g, &c, true, &d->verdict->hold_id, e) && keep_note(d, f->note, e);
}

bool deed_forward(struct deed *d, struct err *e)
{
    struct knowing k = {d->g, e};
    struct forward_facts facts = {.text = d->l->facts.text != NULL ? d->l->facts.text : d->m->text,
                                  .from = d->from,
                                  .own_domain = d->g->domain,
                                  .is_staff = is_of_staff,
                                  .user = &k};
    struct forward f = {0};
    enum forward_found found = forward_find(d->m, &facts, &f);
    bool ok = e->kind == ERR_NONE;

    if (ok && found == FORWARD_IS_CLEAR) {
        ok = ask_writer(d, &f, e);
    } else {
        d->verdict->kind = VERDICT_REFUSED;
        d->answer = d->m->may_reply ? PURPOSE_ERROR_FORWARD : PURPOSE_NONE;
        d->why = forward_word(found);
    }
    forward_clear(&f);
    return ok;
}
