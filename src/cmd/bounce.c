/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost bounce: which of our mails came back or were complained about, what was made of it, and how to take that back.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/step/bounce.h"
#include "forum/given.h"
#include "store/bounces.h"
#include "store/messages.h"
#include "store/persons.h"

#include <stdio.h>

/* What an operator reads behind the deed. */
static const char *meaning_of(enum bounce_deed deed)
{
    static const char *const meanings[] = {
        [BOUNCE_NOTED] = "counts nothing",
        [BOUNCE_LATE] = "too old to count",
        [BOUNCE_COUNTED] = "counts a point",
        [BOUNCE_PAUSED] = "paused; a probe goes out",
        [BOUNCE_OFF] = "the probe came back: switched off",
        [BOUNCE_SPARED] = "spared: too many of that domain in one day",
        [BOUNCE_STOPPED] = "complaint: nothing unasked is sent any more",
    };

    return meanings[deed];
}

static void print_json(const struct bounce *b, const struct door *d)
{
    JsonBuilder *json = json_begin();

    json_number(json, "bounce", b->id);
    json_time(json, "at", b->at, d);
    json_text(json, "address", b->address);
    json_text(json, "domain", b->domain);
    json_id(json, "person", b->person_id);
    json_id(json, "notice", b->notice_id);
    json_text(json, "stream", stream_name((enum stream)b->stream));
    json_text(json, "kind", bounce_kind_names[b->kind]);
    json_text(json, "deed", bounce_deed_names[b->deed]);
    json_text(json, "status", *b->status != '\0' ? b->status : NULL);
    json_text(json, "said", b->said);
    json_flag(json, "report", b->message_id != 0);
    json_time(json, "undone_at", b->undone_at, d);
    json_print(json);
}

static bool print_bounce(const struct bounce *b, void *user)
{
    const struct door *d = user;

    if (d->as_json) {
        print_json(b, d);
        return true;
    }
    g_autofree char *at = door_time(d, b->at);
    printf("%6" G_GINT64_FORMAT "  %s  %-14s %s  %s%s%s%s%s%s\n", b->id, at, bounce_kind_names[b->kind],
           b->address != NULL ? b->address : b->domain, meaning_of(b->deed), b->undone_at != 0 ? " (taken back)" : "",
           *b->status != '\0' ? "  " : "", b->status, b->said != NULL ? "  " : "", b->said != NULL ? b->said : "");
    return true;
}

static bool list(struct door *d, struct err *e)
{
    return bounces_each(d->gateway->db, print_bounce, d, e);
}

/* The report as it came, behind one line about it. */
static bool show(struct door *d, struct err *e)
{
    row_id id;

    if (!door_id(d->argv[0], "a bounce", &id, e))
        return false;
    struct bounce *b = bounces_by_id(d->gateway->db, id, e);
    if (b == NULL)
        return e->kind == ERR_NONE &&
               err_set(e, ERR_ABSENT, "there is no bounce %s; `forumpost bounce list` shows them", d->argv[0]);
    (void)print_bounce(b, d);
    row_id message = b->message_id;
    bounce_free(b);
    if (d->as_json)
        return true;
    if (message == 0) {
        printf("\nOur own relay said so; there is no report.\n");
        return true;
    }
    g_autoptr(GBytes) bytes = messages_raw(d->gateway->db, d->settings.storage_spool, message, e);
    if (bytes == NULL)
        return false;
    printf("\n");
    gsize n;
    const char *data = g_bytes_get_data(bytes, &n);
    return fwrite(data, 1, n, stdout) == n || err_set(e, ERR_LATER, "cannot write the report");
}

static bool undo(struct door *d, struct err *e)
{
    g_autofree char *key = persons_key(d->argv[0]);

    if (!given_is_address(d->argv[0], e) || !bounce_undo(d->gateway, key, clock_now(), e))
        return false;
    door_say(d, "taken back: %s is written to again, and hears what was missed.", d->argv[0]);
    return true;
}

static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_READS, list, "what came back, newest first, and what was made of it"},
    {"show", "ID", "json", DOOR_READS, show, "one of them, with the report as it came"},
    {"undo", "ADDRESS", "", DOOR_CHANGES, undo, "write to an address again, whatever was reported"},
    {0},
};
static const struct door_spec spec = {"bounce", "Mails of ours that came back, and complaints.", verbs, NULL};

int cmd_bounce(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
