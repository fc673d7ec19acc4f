/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a line of the journal is for the world: a new idea, an official answer, a proposal, an issue of a newsletter, in the words
 * of a template (channel-idea, channel-official, channel-proposal, channel-issue). Nobody's name stands in it: what other servers have
 * copied cannot be taken back.
 */
#pragma once

#include "flow/gateway.h"
#include "text/templates.h"

struct news_item {
    row_id event_id;
    gint64 at;
    const char *kind;         /* "idea", "official", "proposal", "issue" */
    gint64 number;            /* of the idea, proposal or issue */
    char *title, *text, *url; /* the template's subject and body, and where it can be read */
};
void news_item_clear(struct news_item *x);

/* Is this line of a kind that news tell of? Pure. */
bool news_is_told(const struct event *ev);
/* False without E: it is not public (any more), or was told before. URLs need [web] url. */
bool news_item_make(struct gateway *g, const struct templates *t, const struct event *ev, struct news_item *out, struct err *e);
