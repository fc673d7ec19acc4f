/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How what is held about a person is written, and its parts; private to cmd/person_*.c. Each part is a list; for people a heading
 * with lines, with --json an array of one object. A part is true if it could be read.
 */
#pragma once

#include "cmd/door.h"
#include "store/persons.h"

struct held {
    struct door *d;
    JsonBuilder *json;    /* NULL for people */
    struct person *p;     /* NULL: nobody confirmed the address */
    GPtrArray *addresses; /* as written */
    struct err *e;
};

/* person_held.c: one part */
void held_begin(struct held *h, const char *name, const char *heading);
void held_end(struct held *h);
void held_begin_line(struct held *h);
void held_end_line(struct held *h);
void held_put_text(struct held *h, const char *name, const char *text);
void held_put_time(struct held *h, const char *name, gint64 at);
void held_put_id(struct held *h, const char *name, const char *before, row_id id);
void held_put_words(struct held *h, const char *name, const char *text);

/* person_roles.c: what they are and want */
bool person_show_members(struct held *h);
bool person_show_duties(struct held *h);
bool person_show_follows(struct held *h);
bool person_show_supports(struct held *h);
bool person_show_steps(struct held *h);
bool person_show_subscriptions(struct held *h);
bool person_show_consents(struct held *h);

/* person_words.c: what was said */
bool person_show_posts(struct held *h);
bool person_show_versions(struct held *h);
bool person_show_holds(struct held *h);
bool person_show_wishes(struct held *h);
bool person_show_remarks(struct held *h);
bool person_show_letters(struct held *h);
bool person_show_letters_written(struct held *h);
bool person_show_mails(struct held *h);
bool person_show_failed(struct held *h);
bool person_show_notices(struct held *h);
bool person_show_bounces(struct held *h);
