/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of everybody, a line each: all are checked, then all are done, or none (a mistake, or PROBE). What is only read is read when
 * the answer is sent.
 */
#include "flow/deed/deed.h"

#include "flow/step/leave.h"
#include "flow/step/settle.h"
#include "flow/step/told.h"
#include "forum/access.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"

#include <string.h>

static bool is_all(const struct block_line *line)
{
    static const char *const words[] = {"alle", "alles", "all", "everything", "hepsi", "wszystko", NULL};

    return line->command == COMMAND_UNSUBSCRIBE && g_strv_contains(words, line->name != NULL ? line->name : "");
}

/* Which forum or idea the line is about: the one named, else the one written to; 0 none. */
static row_id about(const struct deed *d, const struct block_line *line)
{
    enum wants wants = command_row(line->command)->wants;

    if (line->name != NULL || (wants != WANTS_FORUM && wants != WANTS_IDEA))
        return line->number;
    if (wants == WANTS_IDEA)
        return d->l->idea != NULL ? d->l->idea->id : 0;
    return d->l->forum != NULL ? d->l->forum->id : 0;
}

/* A number that the world does not know is no idea to who may not read it. */
static bool check_idea(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    row_id id = about(d, line);
    idea_auto idea = id != 0 ? ideas_by_id(d->g->db, id, e) : NULL;
    const struct person *p = d->l->person;
    g_autofree struct member *m = idea != NULL && p != NULL && d->decision->is_believed ? members_find(d->g->db, idea->forum_id, p->id, e) : NULL;
    bool is_author = idea != NULL && p != NULL && d->decision->is_believed && p->id == idea->author_id;
    bool is_readable = idea != NULL && access_may_read(idea, m != NULL ? m->role : ROLE_NONE, is_author);

    if (!is_readable && (id != 0 || line->command == COMMAND_THREAD))
        *out = CAME_IDEA;
    return e->kind == ERR_NONE;
}

static bool check_forum(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    row_id id = about(d, line);
    bool is_delivery = line->command == COMMAND_EACH || line->command == COMMAND_DAILY || line->command == COMMAND_WEEKLY ||
                       line->command == COMMAND_PAUSE;

    if (id == 0 && !is_all(line) && (line->name != NULL || !is_delivery)) {
        *out = CAME_FORUM;
    } else if (is_delivery) {
        g_autoptr(GPtrArray) all = members_of_person(d->g->db, d->l->person->id, e);
        bool is_in = all != NULL && id == 0 && all->len > 0;
        for (guint i = 0; all != NULL && i < all->len; i++)
            is_in |= ((const struct member *)all->pdata[i])->forum_id == id;
        *out = is_in ? CAME_DONE : CAME_MEMBER;
    }
    return e->kind == ERR_NONE;
}

static bool check(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    const struct command_row *row = command_row(line->command);

    *out = CAME_DONE;
    if (line->command == COMMAND_NONE)
        *out = CAME_UNCLEAR;
    else if (row->trust != TRUST_NONE && !d->decision->is_believed)
        *out = CAME_UNPROVED;
    else if (row->wants == WANTS_IDEA)
        return check_idea(d, line, out, e);
    else if (row->wants == WANTS_FORUM)
        return check_forum(d, line, out, e);
    else if ((row->wants == WANTS_HOUR && line->number < 0) || (row->wants == WANTS_WEEKDAY && line->number == 0) ||
             (row->wants == WANTS_LANGUAGE && settle_language_called(d->g, line->name) == NULL))
        *out = CAME_VALUE;
    return true;
}

static bool unsubscribe(const struct settle *s, const struct block_line *line, row_id forum, struct err *e)
{
    return leave_stop(s->g, s->person->id, is_all(line) ? LEAVE_ALL : LEAVE_FORUM, forum, s->message, s->now, e);
}

static bool carry_out(const struct deed *d, const struct block_line *line, struct err *e)
{
    struct settle s = {.g = d->g, .person = d->l->person, .message = d->message, .now = d->now};
    row_id id = about(d, line);

    if (line->command == COMMAND_SUBSCRIBE)
        return settle_subscribe(&s, id, e);
    if (line->command == COMMAND_UNSUBSCRIBE)
        return unsubscribe(&s, line, id, e);
    if (line->command == COMMAND_EACH)
        return settle_delivery(&s, id, DELIVERY_EACH, e);
    if (line->command == COMMAND_DAILY)
        return settle_delivery(&s, id, DELIVERY_DAILY, e);
    if (line->command == COMMAND_WEEKLY)
        return settle_delivery(&s, id, DELIVERY_WEEKLY, e);
    if (line->command == COMMAND_PAUSE)
        return settle_delivery(&s, id, DELIVERY_NONE, e);
    if (line->command == COMMAND_HOUR)
        return settle_hour(&s, (int)line->number, e);
    if (line->command == COMMAND_WEEKDAY)
        return settle_weekday(&s, (int)line->number, e);
    if (line->command == COMMAND_LANGUAGE)
        return settle_language(&s, settle_language_called(d->g, line->name), e);
    return true; /* read when the answer is sent */
}

static bool journal(const struct deed *d, const struct block_line *line, bool is_done, const char *why, struct err *e)
{
    g_autofree char *detail = g_strconcat("line=", command_row(line->command)->name, why != NULL ? " why=" : "", why, NULL);
    struct event ev = {.at = d->now, .kind = (char *)(is_done ? "command.done" : "command.refused"), .message_id = d->message,
                       .person_id = d->l->person != NULL ? d->l->person->id : 0, .detail = detail};

    return events_add(d->g->db, &ev, e);
}

bool deed_commands(struct deed *d, struct err *e)
{
    const GPtrArray *lines = d->l->command.lines;
    g_autofree enum came *found = g_new0(enum came, lines->len);
    g_autoptr(GString) told = g_string_new(NULL);
    bool is_probe = ((const struct block_line *)lines->pdata[0])->command == COMMAND_PROBE, is_right = true;

    for (guint i = 0; i < lines->len; i++) {
        if (!check(d, lines->pdata[i], &found[i], e))
            return false;
        is_right &= found[i] == CAME_DONE;
    }
    for (guint i = 0; i < lines->len; i++) {
        const struct block_line *line = lines->pdata[i];
        bool is_done = is_right && !is_probe;
        if ((is_done && !carry_out(d, line, e)) || !journal(d, line, is_done, is_probe ? "probe" : is_done ? NULL : "mistake", e))
            return false;
        bool waits = found[i] == CAME_DONE && !is_done && line->command != COMMAND_PROBE;
        told_add(told, line, waits ? CAME_WAITS : found[i], about(d, line));
    }
    if (!is_right)
        d->verdict->kind = VERDICT_REFUSED;
    d->told = g_string_free(g_steal_pointer(&told), FALSE);
    return true;
}
