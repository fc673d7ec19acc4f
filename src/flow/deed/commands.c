/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of everybody and of who leads a forum, a line each: all are tried, then all are done, or none (a mistake, or PROBE), or their
 * writer is asked first.
 */
#include "flow/deed/deed.h"

#include "base/limits.h"
#include "flow/deed/everybody.h"
#include "flow/deed/order.h"
#include "flow/deed/voices.h"
#include "flow/step/answer.h"
#include "flow/step/told.h"
#include "flow/step/wish.h"
#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/order.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

static bool journal(const struct deed *d, const struct block_line *line, const char *kind, const char *why, struct err *e)
{
    g_autofree char *detail = g_strconcat("line=", command_row(line->command)->name, why != NULL ? " why=" : "", why, NULL);
    struct event ev = {.at = d->now,
                       .kind = kind,
                       .about.message = d->message,
                       .about.person = d->l->person != NULL ? d->l->person->id : 0,
                       .detail = detail};

    return events_add(d->g->db, &ev, e);
}

/* The lines of one mail, and what came of each. */
struct lines {
    const GPtrArray *all; /* struct block_line */
    GArray *came;         /* struct ordered */
    struct order_asked asked;
    bool is_probe, is_granted; /* somebody said yes to them */
    bool has_orders, is_wrong, is_changed, is_all_asked;
    bool is_below; /* a line needs more than its writer has: they are asked about all of them */
};

static const struct block_line *line_at(const struct lines *x, guint i)
{
    return x->all->pdata[i];
}

static struct ordered *came_at(const struct lines *x, guint i)
{
    return &g_array_index(x->came, struct ordered, i);
}

static bool is_order(const struct block_line *line)
{
    return command_row(line->command)->is_order;
}

/* Nothing of LINE is done before whoever owns the address said yes. */
static bool needs_owner(const struct deed *d, const struct lines *x, const struct block_line *line)
{
    return everybody_is_below(d, line) || (everybody_is_always_asked(line) && !x->is_granted);
}

/* Everybody's lines are looked at first, before anything is tried. */
static bool look_at_lines(const struct deed *d, struct lines *x, struct err *e)
{
    x->is_all_asked = true;
    for (guint i = 0; i < x->all->len; i++) {
        struct ordered o = {.came = CAME_DONE};
        x->has_orders |= is_order(line_at(x, i));
        if (is_order(line_at(x, i)))
            o.came = !d->decision->is_believed                                         ? CAME_UNPROVED
                     : !d->l->facts.leads_somewhere && d->l->facts.role <= ROLE_MEMBER ? CAME_UNCLEAR
                                                                                       : CAME_DONE;
        else if (!everybody_check(d, line_at(x, i), &o.came, e))
            return false;
        g_array_append_val(x->came, o);
        x->is_all_asked &= o.came == CAME_ASKED;
        x->is_below |= o.came == CAME_DONE && needs_owner(d, x, line_at(x, i));
        x->is_wrong |= o.came != CAME_DONE && o.came != CAME_ASKED;
    }
    return true;
}

/* One after the other, in a savepoint: an order may rest on the one before. */
static bool try_lines(const struct deed *d, struct lines *x, struct err *e)
{
    for (guint i = 0; i < x->all->len; i++) {
        const struct block_line *line = line_at(x, i);
        struct ordered *o = came_at(x, i);
        bool is_question = o->came == CAME_ASKED && line->command != COMMAND_WITHDRAW;
        if (o->came != CAME_DONE && o->came != CAME_ASKED)
            continue;
        if (!(is_order(line) ? order_do(d, line, &x->asked, o, e)
              : is_question  ? everybody_ask(d, line, e)
                             : everybody_carry_out(d, line, &o->why, e)))
            return false;
        x->is_changed |= o->came == CAME_CHANGED;
        x->is_wrong |= o->came == CAME_STEP || o->came == CAME_ROLE || o->came == CAME_IDEA;
    }
    return true;
}

/* What was right and is not done is understood; of orders the question says so. */
static char *tell_lines(const struct deed *d, const struct lines *x, bool is_done)
{
    GString *told = g_string_new(NULL);

    for (guint i = 0; i < x->all->len; i++) {
        const struct block_line *line = line_at(x, i);
        const struct ordered *o = came_at(x, i);
        bool is_right = o->came == CAME_DONE || o->came == CAME_ASKED || o->came == CAME_SECOND;
        enum came came = is_right && !is_done && line->command != COMMAND_PROBE ? CAME_WAITS : o->came;
        gint64 until = o->step != 0      ? o->step
                       : line->page != 0 ? line->page
                       : line->day != 0  ? when_day_ends(line->day, d->now, d->g->settings->zone)
                                         : 0;
        if (is_order(line))
            told_add_why(told, line, came, o->idea, until,
                         came == CAME_WAITS && o->will != NULL                          ? o->will
                         : o->publishes && (came == CAME_WAITS || came == CAME_CHANGED) ? TOLD_PUBLIC
                                                                                        : o->why);
        else
            told_add_why(told, line, came, everybody_about(d, line), until, o->why);
    }
    if (d->l->route.act >= ACT_SUBSCRIBE && d->l->command.argument != NULL && !contact_is_courtesy(d->l->command.argument))
        told_add(told, &(struct block_line){.written = "…"}, CAME_KEPT, 0, 0);
    return g_string_free(told, FALSE);
}

static bool journal_lines(const struct deed *d, const struct lines *x, const char *kind, const char *why, struct err *e)
{
    for (guint i = 0; i < x->all->len; i++)
        if (!journal(d, line_at(x, i), kind, why, e))
            return false;
    return true;
}

/* Their writer is asked, with what was said about them now. */
static bool ask_about_orders(struct deed *d, const struct lines *x, struct err *e)
{
    const struct person *p = d->l->person;

    for (guint i = 0; i < x->all->len; i++)
        if (came_at(x, i)->mark != 0)
            ((struct block_line *)x->all->pdata[i])->number = came_at(x, i)->mark;
    g_autofree char *packed = order_pack(x->all), *told = tell_lines(d, x, false);
    struct wish w = {.written = ((struct mailbox *)d->m->from->pdata[0])->address,
                     .other = packed,
                     .told = told,
                     .person_id = p->id,
                     .message_id = d->message,
                     .language = p->language != NULL ? p->language : d->m->language,
                     .forum_id = d->l->forum != NULL ? d->l->forum->id : 0,
                     .idea_id = d->l->idea != NULL ? d->l->idea->id : 0,
                     .post_id = d->l->parent != NULL ? d->l->parent->id : 0};

    d->answer = PURPOSE_NONE; /* the question is it */
    return journal_lines(d, x, "command.asked", x->is_changed ? "changed" : NULL, e) &&
           wish_ask_order(d->g, &w, x->is_changed, d->now, e);
}

/* The wish that the lines of ALL are, with what was TOLD about them. */
static bool ask_below(const struct deed *d, const GPtrArray *all, const char *told, row_id post, bool *taken_out, struct err *e)
{
    const struct person *p = d->l->person;
    g_autofree char *packed = order_pack(all);
    struct wish w = {.written = ((struct mailbox *)d->m->from->pdata[0])->address,
                     .other = packed,
                     .told = told,
                     .person_id = p != NULL ? p->id : 0,
                     .message_id = d->message,
                     .language = p != NULL && p->language != NULL ? p->language : d->m->language,
                     .forum_id = d->l->forum != NULL ? d->l->forum->id : 0,
                     .idea_id = d->l->idea != NULL ? d->l->idea->id : 0,
                     .post_id = post,
                     .is_proved = d->decision->trust >= TRUST_DMARC};

    return wish_ask_command(d->g, &w, d->now, taken_out, e);
}

/* Nothing is done before whoever owns the address says yes. */
static bool ask_about_lines(struct deed *d, struct lines *x, struct err *e)
{
    g_autofree char *told = tell_lines(d, x, false);
    bool taken;

    if (!ask_below(d, x->all, told, 0, &taken, e))
        return false;
    for (guint i = 0; i < x->all->len && !taken; i++)
        came_at(x, i)->came = needs_owner(d, x, line_at(x, i)) ? CAME_UNPROVED : came_at(x, i)->came;
    if (taken)
        d->answer = PURPOSE_NONE; /* the question is it */
    else
        d->verdict->kind = VERDICT_REFUSED;
    d->told = tell_lines(d, x, false);
    return journal_lines(d, x, taken ? "command.asked" : "command.refused", taken ? NULL : "many", e);
}

static bool needs_yes(const struct deed *d, const struct lines *x)
{
    bool asks = !d->decision->has_token;

    for (guint i = 0; i < x->all->len; i++)
        asks |= is_order(line_at(x, i)) && (command_row(line_at(x, i)->command)->asks == ASKS_ALWAYS || came_at(x, i)->publishes);
    return x->has_orders && asks && !x->is_granted;
}

/* All or nothing: all are tried, and undone if one is wrong, or it is a probe, or their writer must say yes first. */
static bool do_lines(struct deed *d, struct lines *x, struct err *e)
{
    if (!look_at_lines(d, x, e))
        return false;
    if (x->is_below && !x->is_wrong && !x->is_probe)
        return ask_about_lines(d, x, e);
    if (!db_savepoint(d->g->db, e) || (!x->is_wrong && !x->is_below && !try_lines(d, x, e)))
        return false;
    bool asks = !x->is_wrong && !x->is_probe && (needs_yes(d, x) || x->is_changed);
    bool is_done = !x->is_wrong && !x->is_probe && !asks;
    bool is_answered = x->asked.is_alone && !asks && x->has_orders && came_at(x, 0)->came != CAME_ROLE &&
                       came_at(x, 0)->came != CAME_IDEA && came_at(x, 0)->came != CAME_UNPROVED &&
                       came_at(x, 0)->came != CAME_UNCLEAR;
    if (!is_done && !(is_answered && x->is_wrong)) { /* alone, what was refused changed nothing, and its answer stands */
        db_savepoint_undo(d->g->db);
        d->verdict->post_id = d->verdict->hold_id = 0; /* they are gone again */
    } else if (!db_savepoint_keep(d->g->db, e))
        return false;
    if (x->is_wrong)
        d->verdict->kind = VERDICT_REFUSED;
    if (asks)
        return ask_about_orders(d, x, e);
    bool is_voice = is_done && x->all->len == 1 && came_at(x, 0)->came == CAME_DONE && voices_are(line_at(x, 0)->command);
    if (is_voice && d->answer != PURPOSE_NONE &&
        !voices_tell(d, line_at(x, 0), everybody_about(d, line_at(x, 0)), came_at(x, 0)->why, e))
        return false;
    if (is_answered || is_voice || (is_done && x->is_all_asked))
        d->answer = PURPOSE_NONE; /* the deed's own mail, or the question, says it */
    d->told = tell_lines(d, x, is_done);
    return journal_lines(d, x, is_done ? "command.done" : "command.refused",
                         is_done       ? NULL
                         : x->is_probe ? "probe"
                                       : "mistake",
                         e);
}

/* "weiterleiten an" of "weiterleiten|forward an|to?": its first word in each place; of what has none the address that says
 * it. Caller frees. */
static char *word_of(enum command c)
{
    GString *out = g_string_new(NULL);
    const char *pattern = NULL;
    enum command is = COMMAND_NONE;

    for (guint n = 0; is != c && (pattern = command_words_row(n, &is)) != NULL; n++)
        ;
    g_auto(GStrv) acts = pattern == NULL ? command_act_words(c) : NULL;
    g_auto(GStrv) parts = g_strsplit(pattern != NULL ? pattern : *acts, " ", -1);
    for (char **p = parts; *p != NULL; p++)
        if (strchr("*#%", **p) == NULL)
            g_string_append_printf(out, "%s%.*s", out->len > 0 ? " " : "", (int)strcspn(*p, "|?"), *p);
    return g_string_free(out, FALSE);
}

/* The line of TEXT that says C, as it is written; of an action address none does. Caller frees. */
static char *line_saying(const char *text, const struct command_line *said, const char *argument)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", LIMIT_COMMAND_LINES);
    enum command c = said->command;

    for (char **l = lines; *l != NULL; l++) {
        g_autofree char *word = g_strndup(*l, strcspn(*l, ":"));
        if (command_words_match(word) == c)
            return g_strstrip(g_strdup(*l));
    }
    g_autofree char *word = word_of(c);
    return g_strconcat(word, said->name != NULL ? " " : "", said->name != NULL ? said->name : "", argument != NULL ? ": " : "",
                       argument, NULL);
}

/* One word that is no line of a block. */
static GPtrArray *line_alone(const char *text, const struct command_line *c, const char *argument)
{
    GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)block_line_free);
    struct block_line *l = g_new0(struct block_line, 1);

    *l = (struct block_line){.command = c->command,
                             .number = c->number,
                             .name = g_strdup(c->name),
                             .argument = g_strdup(argument),
                             .has_colon = argument != NULL,
                             .written = line_saying(text, c, argument)};
    g_ptr_array_add(out, l);
    return out;
}

static bool do_all(struct deed *d, const GPtrArray *all, struct lines *x, struct err *e)
{
    const struct block_line *first = all->pdata[0];
    g_autoptr(GArray) came = g_array_new(FALSE, TRUE, sizeof(struct ordered));

    g_array_set_clear_func(came, (GDestroyNotify)ordered_clear);
    x->all = all;
    x->came = came;
    x->is_probe = first->command == COMMAND_PROBE;
    /* Of what is removed no mail about the idea speaks. */
    x->asked.is_alone = all->len == 1 && first->command != COMMAND_REMOVE && first->command != COMMAND_RESTORE;
    return do_lines(d, x, e);
}

bool deed_commands(struct deed *d, struct err *e)
{
    const GPtrArray *lines = d->l->command.lines;
    struct lines x = {.asked.since = d->l->seen_at};
    g_autoptr(GPtrArray) alone =
        lines == NULL ? line_alone(message_command_text(d->m), &d->l->command, d->decision->argument) : NULL;

    return do_all(d, lines != NULL ? lines : alone, &x, e);
}

/* JA to a word that stood alone: its deed, as if its mail came now. What it answers is the idea's, not the question's. */
static bool grant_word(struct deed *sub, const struct block_line *line, const struct looked_up *l, bool *refused_out,
                       struct err *e)
{
    const struct command_row *row = command_row(line->command);
    bool is_own = line->command != COMMAND_INSTEAD || (l->own != NULL && l->own->person_id == l->person->id);
    struct decision decision = {.verdict = VERDICT_ACCEPTED, .rule = row->name, .action = row->action, .trust = TRUST_CONFIRMED};
    struct verdict verdict = {.kind = VERDICT_ACCEPTED};

    if (!is_own || (row->where == WHERE_IDEA && l->idea == NULL))
        return answer_send_why(sub->g, l, PURPOSE_ERROR_WISH_EXPIRED, NULL, sub->from, sub->m->language, sub->message, sub->now,
                               e);
    sub->decision = &decision;
    sub->verdict = &verdict;
    sub->answer = row->answer;
    bool ok = deed_do(sub, e) && (sub->answer == PURPOSE_NONE || answer_send_why(sub->g, l, sub->answer, sub->why, sub->from,
                                                                                 sub->m->language, sub->message, sub->now, e));
    *refused_out = verdict.kind == VERDICT_REFUSED;
    return ok;
}

/* Of what was kept nothing is left that could be said yes to. */
static bool grant_nothing(struct deed *d)
{
    d->answer = PURPOSE_ERROR_WISH_EXPIRED;
    d->verdict->kind = VERDICT_REFUSED;
    return true;
}

/* The last line of the answer to a yes that came to nothing. */
static void tell_open(struct deed *sub)
{
    GString *told = g_string_new(sub->told);

    told_add(told, &(struct block_line){.command = COMMAND_YES, .written = "JA"}, CAME_OPEN, 0, 0);
    g_free(sub->told);
    sub->told = g_string_free(told, FALSE);
}

/* L borrows all of it; W's lines are done by who said yes, at the place where they were written. */
static bool grant_at(struct deed *d, const struct wish *w, const GPtrArray *lines, struct looked_up *l, bool *refused_out,
                     struct err *e)
{
    struct lines x = {.is_granted = true, .asked.is_granted = true, .asked.seen = w->seen};
    struct decision decision = *d->decision;
    struct deed sub = *d;
    const struct block_line *first = lines->pdata[0];
    const struct command_row *row = command_row(first->command);

    decision.is_believed = decision.has_token = true;
    l->command = (struct command_line){.command = first->command, .number = first->number};
    sub.l = l;
    sub.decision = &decision;
    sub.answer = PURPOSE_COMMANDS;
    sub.why = NULL;
    if (!row->is_line && !row->is_order) {
        d->answer = PURPOSE_NONE;
        return grant_word(&sub, first, l, refused_out, e);
    }
    bool ok = do_all(&sub, lines, &x, e);
    *refused_out = x.is_wrong;
    if (ok && x.is_wrong && sub.answer != PURPOSE_NONE)
        tell_open(&sub);
    d->answer = sub.answer;
    d->told = sub.told;
    return ok;
}

/* JA to the question about orders, or about what somebody said whom nothing proved: as if their mail came now, from who said yes. */
static bool grant_orders(struct deed *d, const struct wish *w, bool *refused_out, struct err *e)
{
    g_autoptr(GPtrArray) lines = w->other != NULL ? order_unpack(w->other) : NULL;
    idea_auto idea = w->idea_id != 0 ? ideas_by_id(d->g->db, w->idea_id, e) : NULL;
    forum_auto forum = w->forum_id != 0 && e->kind == ERR_NONE ? forums_by_id(d->g->db, w->forum_id, e) : NULL;
    post_auto post = w->post_id != 0 && e->kind == ERR_NONE ? posts_by_id(d->g->db, w->post_id, e) : NULL;
    struct looked_up l = *d->l; /* borrows all of it */
    row_id id;

    if (e->kind != ERR_NONE)
        return false;
    if (lines == NULL)
        return grant_nothing(d);
    if (!wish_person(d->g, w, d->now, &id, e))
        return false;
    person_auto person = id != 0 ? persons_by_id(d->g->db, id, e) : NULL;
    if (person == NULL || (w->person_id != 0 && w->person_id != id))
        return e->kind == ERR_NONE && grant_nothing(d);
    l.came_at = w->created_at; /* what our question promised is true */
    l.person = person;
    l.idea = idea;
    l.forum = forum;
    l.parent = l.own = post;
    return grant_at(d, w, lines, &l, refused_out, e);
}
