/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost hold: what waits for its author's yes or for a moderator, and the decision at the desk.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/content.h"
#include "store/forums.h"
#include "store/holds.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "list | show ID | release ID | reject ID REASON";

static void print_hold(struct door *d, const struct hold *h, bool with_text, bool as_json, struct err *e)
{
    forum_auto f = forums_by_id(d->gateway->db, h->forum_id, e);
    const char *forum = f != NULL ? f->name : "?";

    if (!as_json) {
        g_autofree char *since = door_time(d, h->created_at);
        printf("%6" G_GINT64_FORMAT "  %-7s %-9s %-14s since %s  %s%s\n", h->id, hold_kind_name(h->kind),
               hold_state_name(h->state), forum, since, h->title, h->kind == HOLD_CONFIRM && h->asked_at == 0 ? "  (not asked yet)" : "");
        if (with_text)
            printf("\n%s\n", h->text);
        return;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "hold", h->id);
    json_text(b, "kind", hold_kind_name(h->kind));
    json_text(b, "state", hold_state_name(h->state));
    json_text(b, "forum", forum);
    json_id(b, "idea", h->idea_id);
    json_id(b, "post", h->post_id);
    json_text(b, "ring", ring_name(h->ring));
    json_text(b, "title", h->title);
    json_time(b, "created_at", h->created_at, d);
    json_time(b, "asked_at", h->asked_at, d);
    json_time(b, "expires_at", h->expires_at, d);
    json_text(b, "reason", h->reason);
    if (with_text)
        json_text(b, "text", h->text);
    json_print(b);
}

static bool hold_list(struct door *d, bool as_json, struct err *e)
{
    g_autoptr(GPtrArray) open = holds_open(d->gateway->db, e);

    for (guint i = 0; open != NULL && i < open->len; i++)
        print_hold(d, open->pdata[i], false, as_json, e);
    return open != NULL && e->kind == ERR_NONE;
}

/* At the desk a moderator decides as the operator; only what waits for one can be decided so. */
static bool decide(struct door *d, const char *verb, const struct hold *h, const char *reason, struct err *e)
{
    if (h->kind != HOLD_REVIEW)
        return err_set(e, ERR_INPUT, "hold %" G_GINT64_FORMAT " waits for its author; nobody else can say yes", h->id);
    if (h->state != HOLD_OPEN)
        return err_set(e, ERR_INPUT, "hold %" G_GINT64_FORMAT " was decided before: %s", h->id, hold_state_name(h->state));
    if (!db_begin(d->gateway->db, e))
        return false;
    bool ok = strcmp(verb, "release") == 0 ? content_release(d->gateway, h, 0, clock_now(), e)
                                           : content_reject(d->gateway, h, 0, reason, clock_now(), e);
    return ok && db_commit(d->gateway->db, e);
}

static bool act(struct door *d, char **argv, bool as_json, struct err *e)
{
    guint64 id = 0;

    if (strcmp(argv[1], "list") == 0)
        return hold_list(d, as_json, e);
    if (!g_ascii_string_to_unsigned(argv[2], 10, 1, G_MAXINT64, &id, NULL))
        return err_set(e, ERR_INPUT, "'%s' is not the number of a hold", argv[2]);
    hold_auto h = holds_by_id(d->gateway->db, (row_id)id, e);
    if (h == NULL)
        return err_set(e, ERR_ABSENT, "there is no hold %s", argv[2]);
    if (strcmp(argv[1], "show") == 0) {
        print_hold(d, h, true, as_json, e);
        return e->kind == ERR_NONE;
    }
    return decide(d, argv[1], h, argv[3], e);
}

int cmd_hold(const struct cmd_context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object a line", NULL},
                                    G_OPTION_ENTRY_NULL};
    static const struct {
        const char *verb;
        int argc;
        bool writes;
    } verbs[] = {{"list", 2, false}, {"show", 3, false}, {"release", 3, true}, {"reject", 4, true}};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Shows what waits, and decides what waits for a moderator.", entries, &code))
        return code;
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (argc != verbs[i].argc || strcmp(argv[1], verbs[i].verb) != 0)
            continue;
        if (!door_open(context, verbs[i].writes ? DB_WRITE : DB_READ, &d, &code))
            return code;
        code = act(&d, argv, json, &e) ? 0 : door_fail("hold", &e);
        door_close(&d);
        return code;
    }
    return door_usage("hold", usage);
}
