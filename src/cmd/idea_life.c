/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leading an idea on from the command line, where the operator may whatever a person may; see idea_life.h.
 */
#include "cmd/idea_life.h"

#include "base/clock.h"
#include "base/limits.h"
#include "cmd/journal.h"
#include "flow/filed.h"
#include "flow/phase.h"
#include "flow/step/idea_step.h"
#include "flow/step/idea_place.h"
#include "flow/step/support.h"
#include "forum/given.h"
#include "store/ideas.h"
#include "store/proposals.h"

#include <string.h>

bool door_idea_id(const struct door *d, const char *number, row_id *id_out, struct err *e)
{
    g_autofree char *plain = filed_line(d->gateway, number);

    return door_id(plain != NULL ? plain : number, "an idea", id_out, e);
}

struct idea *door_idea(const struct door *d, const char *number, struct err *e)
{
    row_id id;
    struct idea *idea = door_idea_id(d, number, &id, e) ? ideas_by_id(d->gateway->db, id, e) : NULL;

    if (idea == NULL && e->kind == ERR_NONE)
        err_set(e, ERR_ABSENT, "there is no idea %s; `forumpost idea list` shows them", number);
    return idea;
}

/* What the operator says, and why. */
static bool change_of(const struct door *d, struct idea_change *c, struct err *e)
{
    *c = (struct idea_change){.who = WHO_OPERATOR, .reason = door_reason(d, e)};
    return e->kind == ERR_NONE;
}

/* The refusal as a sentence, with what would be possible. */
static bool judge(const struct door *d, const struct idea *idea, enum life_answer found, struct err *e)
{
    row_id proposal = 0;

    g_autoptr(GString) possible = g_string_new(NULL);
    unsigned next = life_next(idea->state, WHO_OPERATOR, true);

    if (found == LIFE_GRANTED)
        return true;
    for (unsigned s = IDEA_SUBMITTED; s <= IDEA_REMOVED; s++)
        if ((next & 1U << s) != 0)
            g_string_append_printf(possible, "%s%s", possible->len > 0 ? ", " : "", idea_state_name((enum idea_state)s));
    if (found == LIFE_IN_PROPOSAL && proposals_of_idea(d->gateway->db, idea->id, &proposal, e))
        return err_set(e, ERR_RULE,
                       "idea %" G_GINT64_FORMAT " is part of proposal %" G_GINT64_FORMAT
                       " and goes where that goes; `forumpost proposal state %" G_GINT64_FORMAT "` leads it",
                       idea->id, proposal, proposal);
    if (found == LIFE_DAY_OVER)
        return err_set(e, ERR_RULE, "%s", life_answer_sentence(found));
    return err_set(e, ERR_RULE, "idea %" G_GINT64_FORMAT " is %s: %s; from there it can become %s", idea->id,
                   idea_state_name(idea->state), life_answer_sentence(found), possible->len > 0 ? possible->str : "nothing else");
}

bool idea_state_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    enum idea_state to;

    if (!idea_state_parse(d->argv[1], &to)) {
        g_autofree char *names = g_strjoinv(", ", (char **)idea_state_names);
        return err_set(e, ERR_VALUE, "'%s' is not a state of ideas; they are %s", d->argv[1], names);
    }
    idea_auto idea = change_of(d, &c, e) ? door_idea(d, d->argv[0], e) : NULL;
    if (idea == NULL)
        return false;
    c.to = to;
    bool has_own_verb = (life_next(idea->state, WHO_OPERATOR, true) & 1U << to) == 0 && to != idea->state;
    bool is_led = false;
    if (has_own_verb)
        return idea_is_led(d->gateway, idea, &is_led, e) && judge(d, idea, is_led ? LIFE_IN_PROPOSAL : LIFE_NO_STEP, e);
    if (!idea_step(d->gateway, idea, &c, clock_now(), &found, e) || !judge(d, idea, found, e))
        return false;
    door_say(d, "idea %s is %s. Its author and who follows it are told.", d->argv[0], idea_state_name(to));
    return true;
}

bool idea_merge_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    idea_auto idea = change_of(d, &c, e) ? door_idea(d, d->argv[0], e) : NULL;
    idea_auto into = idea != NULL ? door_idea(d, d->argv[1], e) : NULL;

    if (into == NULL || !idea_merge(d->gateway, idea, into, &c, clock_now(), &found, e))
        return false;
    if (found == LIFE_NO_STEP)
        return err_set(e, ERR_RULE,
                       "idea %s (%s) cannot go on with idea %s (%s): both must be open, in the same ring, and not in one group",
                       d->argv[0], idea_state_name(idea->state), d->argv[1], idea_state_name(into->state));
    if (!judge(d, idea, found, e))
        return false;
    door_say(d, "idea %s goes on with idea %s; its address is still taken", d->argv[0], d->argv[1]);
    return true;
}

bool idea_unmerge_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    idea_auto idea = change_of(d, &c, e) ? door_idea(d, d->argv[0], e) : NULL;

    if (idea == NULL || !idea_unmerge(d->gateway, idea, &c, clock_now(), &found, e))
        return false;
    return found != LIFE_NO_STEP ? judge(d, idea, found, e) : err_set(e, ERR_RULE, "idea %s is not merged", d->argv[0]);
}

/* Beside its home, or no more. */
static bool show_in(struct door *d, const struct idea *idea, const struct forum *forum, const struct idea_change *c,
                    struct err *e)
{
    bool shown = door_has(d, "also");
    enum life_answer found;

    if (shown && door_has(d, "not-also"))
        return err_set(e, ERR_INPUT, "--also and --not-also contradict each other");
    if (!idea_show_in(d->gateway, idea, forum, shown, c, clock_now(), &found, e))
        return false;
    if (found == LIFE_IS_THERE)
        return err_set(e, ERR_RULE, "idea %s is %sshown in %s", d->argv[0], shown ? "already " : "not ", forum->name);
    return found == LIFE_GRANTED || err_set(e, ERR_RULE, "idea %s is %s in the %s ring: %s", d->argv[0],
                                            idea_state_name(idea->state), ring_name(idea->ring),
                                            shown ? "it is not shown in another forum, or that forum is closed"
                                                  : "that is its home, or it stands there with the idea that it goes on with");
}

bool idea_move_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    idea_auto idea = change_of(d, &c, e) ? door_idea(d, d->argv[0], e) : NULL;
    forum_auto to = idea != NULL ? door_forum(d, d->argv[1], e) : NULL;

    if (to == NULL)
        return false;
    if (door_has(d, "also") || door_has(d, "not-also"))
        return show_in(d, idea, to, &c, e);
    if (!idea_move(d->gateway, idea, to, &c, clock_now(), &found, e))
        return false;
    if (found == LIFE_IS_THERE)
        return err_set(e, ERR_RULE, "idea %s is in that forum already", d->argv[0]);
    return found == LIFE_GRANTED ||
           err_set(e, ERR_RULE, "idea %s is %s and is not moved", d->argv[0], idea_state_name(idea->state));
}

bool idea_deadline_verb(struct door *d, struct err *e)
{
    struct idea_change c;
    enum life_answer found;
    bool is_none = strcmp(d->argv[1], "none") == 0;
    gint64 at = is_none ? 0 : phase_day(d->gateway, d->argv[1], true);

    if (!is_none && at == 0)
        return err_set(e, ERR_VALUE, "a day is like 2026-05-03, or none, not '%s'", d->argv[1]);
    idea_auto idea = change_of(d, &c, e) ? door_idea(d, d->argv[0], e) : NULL;
    return idea != NULL && idea_set_deadline(d->gateway, idea, at, &c, clock_now(), &found, e) && judge(d, idea, found, e);
}

bool idea_support_verb(struct door *d, struct err *e)
{
    idea_auto idea = door_idea(d, d->argv[0], e);
    person_auto person = idea != NULL ? door_person(d, d->argv[1], e) : NULL;
    enum support found;

    if (person == NULL || !support_give(d->gateway, idea, person, ROLE_NONE, 0, "cli", 0, clock_now(), &found, e))
        return false;
    return found == SUPPORT_ADDED || err_set(e, ERR_RULE, "idea %s: %s", d->argv[0], support_sentence(found));
}

bool idea_annul_verb(struct door *d, struct err *e)
{
    idea_auto idea = door_idea(d, d->argv[0], e);
    person_auto person = idea != NULL ? door_person(d, d->argv[1], e) : NULL;
    const char *reason = person != NULL ? door_reason(d, e) : NULL;
    bool ended;

    if (reason == NULL || !support_annul(d->gateway, idea, person->id, reason, clock_now(), &ended, e))
        return false;
    return ended || err_set(e, ERR_RULE, "idea %s: nothing to annul, that person does not support it", d->argv[0]);
}
