/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line an aspect that `forumpost check` looked at; see check.h.
 */
#include "cmd/check.h"

#include "cmd/door.h"

#include <stdio.h>

void check_say(struct check *c, enum outcome outcome, const char *aspect, const char *text)
{
    static const char *const words[] = {[OUTCOME_OK] = "ok", [OUTCOME_NOTE] = "note", [OUTCOME_BAD] = "BAD"};

    if (!c->as_json) {
        printf("%-5s %-14s %s\n", words[outcome], aspect, text);
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "aspect", aspect);
    json_text(b, "outcome", outcome == OUTCOME_BAD ? "bad" : words[outcome]);
    json_text(b, "text", text);
    json_print(b);
}

void check_bad(struct check *c, const char *aspect, enum err_kind kind, const char *text)
{
    check_say(c, OUTCOME_BAD, aspect, text);
    if (c->code == 0)
        c->code = err_exit_code(kind);
}
