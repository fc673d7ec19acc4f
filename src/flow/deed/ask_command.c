/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NICHT MEHR, FOLGEN, STOPP, ZU 17 from somebody whom nothing proves: whoever owns the address is asked, and JA does it.
 */
#include "flow/deed/deed.h"

#include "store/ideas.h"

/* To be told no more of an idea is all that STOPP means there. */
static enum command meant(enum command c)
{
    return c == COMMAND_STOP ? COMMAND_MUTE : c;
}

/* Nobody is asked about what would be refused. */
static bool is_possible(const struct deed *d, bool *out, struct err *e)
{
    idea_auto other = d->l->command.command == COMMAND_INSTEAD ? ideas_by_id(d->g->db, d->l->command.number, e) : NULL;

    *out = d->l->command.command != COMMAND_INSTEAD || may_stand_for(d, other);
    return e->kind == ERR_NONE;
}

bool deed_ask_command(struct deed *d, struct err *e)
{
    const struct command_line *c = &d->l->command;
    struct command_line word = {.command = meant(c->command), .name = c->name, .number = c->number};
    g_autoptr(GPtrArray) all = line_alone(message_command_text(d->m), &word, NULL);
    g_autoptr(GString) told = g_string_new(NULL);
    const struct block_line *line = all->pdata[0];
    bool is_possible_now, taken = false;

    if (!is_possible(d, &is_possible_now, e))
        return false;
    if (!is_possible_now) {
        d->answer = d->decision->is_believed ? PURPOSE_ERROR_INSTEAD : PURPOSE_NONE;
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    told_add(told, line, CAME_WAITS, c->command == COMMAND_INSTEAD ? c->number : d->l->idea->id, 0);
    if (!ask_below(d, all, told->str, d->l->own != NULL && c->command == COMMAND_INSTEAD ? d->l->own->id : 0, &taken, e))
        return false;
    if (!taken)
        d->verdict->kind = VERDICT_REFUSED;
    return journal(d, line, taken ? "command.asked" : "command.refused", taken ? NULL : "many", e);
}
