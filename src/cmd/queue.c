/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost queue: the mails we owe and what became of them. Shows who by person number, never an address.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/notices.h"

#include <stdio.h>

static bool print_notice(const struct notice *n, void *user)
{
    const struct door *d = user;

    if (!d->as_json) {
        g_autofree char *due = door_time(d, n->due_at);
        printf("%8" G_GINT64_FORMAT "  %-8s %-13s %-26s due %s  tries %" G_GINT64_FORMAT "%s%s\n", n->id,
               notice_state_name(n->state), stream_name(n->stream), purpose_name(n->purpose), due, n->n_tries,
               n->last_reply != NULL ? "  " : "", n->last_reply != NULL ? n->last_reply : "");
        return true;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "notice", n->id);
    json_text(b, "state", notice_state_name(n->state));
    json_text(b, "stream", stream_name(n->stream));
    json_text(b, "purpose", purpose_name(n->purpose));
    json_id(b, "person", n->person_id);
    json_id(b, "idea", n->about.idea);
    json_id(b, "post", n->about.post);
    json_id(b, "hold", n->about.hold);
    json_id(b, "digest", n->about.digest);
    json_time(b, "due_at", n->due_at, d);
    json_time(b, "sent_at", n->sent_at, d);
    json_number(b, "tries", n->n_tries);
    json_text(b, "last_reply", n->last_reply);
    json_print(b);
    return true;
}

static bool queue_list(struct door *d, struct err *e)
{
    return notices_each(d->gateway->db, door_text(d, "state"), print_notice, d, e);
}

static const struct door_option options[] = {
    {"state", DOOR_WORD, "due|claimed|sent|failed|dropped", "only mails in this state; without it what is still owed", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"list", "", "state json", DOOR_READS, queue_list, "the mails we owe, and why they are not out yet"},
    {0},
};
static const struct door_spec spec = {"queue", "The mails we owe, and what became of them.", verbs, options};

int cmd_queue(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
