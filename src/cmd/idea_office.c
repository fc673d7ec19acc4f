/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an office says, from the command line: the draft of an official answer; see idea_office.h.
 */
#include "cmd/idea_office.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "cmd/idea_life.h"
#include "cmd/journal.h"
#include "flow/step/official.h"
#include "store/ideas.h"
#include "store/posts.h"

#include <stdio.h>
#include <string.h>

/* FILE, or standard input for "-", as text. */
static char *read_text(const char *file, struct err *e)
{
    g_autofree char *text = NULL;
    gsize n_bytes;

    if (!door_file(strcmp(file, "-") == 0 ? "/dev/stdin" : file, &text, &n_bytes, e))
        return NULL;
    g_strchomp(text);
    return g_steal_pointer(&text);
}

bool idea_answer_verb(struct door *d, struct err *e)
{
    idea_auto idea = door_idea(d, d->argv[0], e);
    person_auto by = idea != NULL ? door_person(d, door_text(d, "by"), e) : NULL;
    g_autofree char *text = by != NULL ? read_text(d->argv[1], e) : NULL;
    gint64 to = door_number(d, "to", 0);
    post_auto parent = text != NULL && to != 0 ? posts_by_number(d->gateway->db, idea->id, to, e) : NULL;
    enum official found;
    row_id hold;

    if (text == NULL)
        return false;
    if (to != 0 && (parent == NULL || parent->state != POST_PUBLISHED))
        return err_set(e, ERR_ABSENT, "idea %s has no public contribution %" G_GINT64_FORMAT, d->argv[0], to);
    struct official_text t = {.idea = idea, .parent = parent != NULL ? parent->id : 0, .person = by->id, .text = text};
    if (!official_draft(d->gateway, &t, clock_now(), &hold, &found, e))
        return false;
    if (found != OFFICIAL_DONE)
        return err_set(e, ERR_RULE, "no official answer to idea %s: %s", d->argv[0], official_sentence(found));
    door_say(d,
             "hold %" G_GINT64_FORMAT
             " waits for a second person, who is asked by mail; or: forumpost hold release %" G_GINT64_FORMAT " --as ADDRESS",
             hold, hold);
    return true;
}

bool hold_decide_official(struct door *d, const struct hold *h, const char *reason, struct err *e)
{
    const char *as = door_text(d, "as");
    enum official found;

    if (as == NULL)
        return err_set(e, ERR_INPUT,
                       "hold %" G_GINT64_FORMAT " is an official answer: say with --as ADDRESS which second person decides",
                       h->id);
    person_auto by = door_person(d, as, e);
    if (by == NULL)
        return false;
    bool ok = reason == NULL ? official_release(d->gateway, h, by->id, clock_now(), &found, e)
                             : official_refuse(d->gateway, h, by->id, reason, clock_now(), &found, e);
    if (!ok)
        return false;
    return found == OFFICIAL_DONE ||
           err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT " is not decided: %s", h->id, official_sentence(found));
}
