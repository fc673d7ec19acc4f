/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost queue: the mails we owe and what became of them. Shows who by person number, never an address.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/notices.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "list";

struct listing {
    struct door *d;
    bool as_json;
};

static bool print_notice(const struct notice *n, void *user)
{
    const struct listing *l = user;

    if (!l->as_json) {
        g_autofree char *due = door_time(l->d, n->due_at);
        printf("%8" G_GINT64_FORMAT "  %-8s %-13s %-26s due %s  tries %" G_GINT64_FORMAT "%s%s\n", n->id,
               notice_state_name(n->state), stream_name(n->stream), n->purpose, due, n->n_tries,
               n->last_reply != NULL ? "  " : "", n->last_reply != NULL ? n->last_reply : "");
        return true;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "notice", n->id);
    json_text(b, "state", notice_state_name(n->state));
    json_text(b, "stream", stream_name(n->stream));
    json_text(b, "purpose", n->purpose);
    json_id(b, "person", n->person_id);
    json_id(b, "idea", n->idea_id);
    json_id(b, "post", n->post_id);
    json_id(b, "hold", n->hold_id);
    json_id(b, "digest", n->digest_id);
    json_time(b, "due_at", n->due_at, l->d);
    json_time(b, "sent_at", n->sent_at, l->d);
    json_number(b, "tries", n->n_tries);
    json_text(b, "last_reply", n->last_reply);
    json_print(b);
    return true;
}

int cmd_queue(const struct cmd_context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    g_autofree char *state = NULL;
    const GOptionEntry entries[] = {
        {"state", 0, 0, G_OPTION_ARG_STRING, &state, "due, claimed, sent, failed or dropped; without it what is still owed", "STATE"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object a line", NULL},
        G_OPTION_ENTRY_NULL};
    enum notice_state known;
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Lists the mails we owe.", entries, &code))
        return code;
    if (argc != 2 || strcmp(argv[1], "list") != 0)
        return door_usage("queue", usage);
    if (state != NULL && !notice_state_parse(state, &known))
        return door_usage("queue", "--state is due, claimed, sent, failed or dropped");
    if (!door_open(context, DB_READ, &d, &code))
        return code;
    struct listing l = {.d = &d, .as_json = json};
    code = notices_each(d.gateway->db, state, print_notice, &l, &e) ? 0 : door_fail("queue", &e);
    door_close(&d);
    return code;
}
