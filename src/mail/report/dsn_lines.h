/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a report in words: where its own words end and the returned mail begins, and the addresses in
 * them. For dsn_*.c only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What an address's place on its line says: how surely it is the failed one. */
enum spot_rank {
    SPOT_NONE,       /* an address somewhere: a contact, a sender */
    SPOT_TRANSCRIPT, /* in an SMTP dialogue: "RCPT TO:<a@b>", "550 <a@b>... User unknown" */
    SPOT_NAMED,      /* after a word like "to" or "recipient" */
    SPOT_LINE,       /* its line begins with it, but for bullets and blanks */
};

struct spot {
    char *address;
    guint line;    /* number of its line */
    guint rest_at; /* where on the line its text goes on */
    enum spot_rank rank;
};

struct dsn_lines {
    char **lines;     /* all of them */
    guint n_report;   /* how many are the report's own; the returned mail begins at copy_at */
    guint copy_at;    /* first line of the returned mail's header; the number of lines if there is none */
    GPtrArray *spots; /* struct spot, of the report's own lines */
};

void dsn_lines_read(const char *text, struct dsn_lines *out);
void dsn_lines_clear(struct dsn_lines *l);
/* "Name: ..." with a name as header fields have it; the length of the name, 0 if the line is none. */
gsize dsn_header_name(const char *line);
/* What is said of the address at number AT of SPOTS, the ones taken for failed (a selection of l->spots).
 * Caller frees. */
char *dsn_said_of_spot(const struct dsn_lines *l, GPtrArray *spots, guint at);
/* All of the report, for one with a single recipient. Caller frees. */
char *dsn_said_in_all(const struct dsn_lines *l);
