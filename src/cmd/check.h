/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of `forumpost check` share: one line an aspect, and the exit code of the first bad one.
 */
#pragma once

#include "base/err.h"
#include "flow/settings.h"

enum outcome { OUTCOME_OK, OUTCOME_NOTE, OUTCOME_BAD };

struct check {
    struct settings settings;
    gboolean as_json;
    int code;         /* of the first bad outcome */
    char *relay_name; /* what our own mail server calls itself; NULL unknown */
};

void check_say(struct check *c, enum outcome outcome, const char *aspect, const char *text);
void check_bad(struct check *c, const char *aspect, enum err_kind kind, const char *text);

/* Root becomes the user that serves, for good, so that everything after it is tried with their rights. False: it is said,
 * and nothing more can be tried. */
bool check_user(struct check *c);
/* Folders and files: permission or absence, and what to type; room on the disk; what the shipped unit would hide. Can the
 * database be opened? */
bool check_paths(struct check *c);
/* Where the mail server delivers: can it be opened, who may deliver, does somebody listen. */
void check_listen(struct check *c);
/* The pages, where there are any. */
void check_web(struct check *c);
/* What others find out about us: MX, SPF, DKIM, DMARC, names of the host, imprint, clock. SERVER: a name server to ask, NULL
 * the system's. After check_relay(). */
void check_net(struct check *c, const char *server);
/* The mail server that takes ours. */
void check_relay(struct check *c);
