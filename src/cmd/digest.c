/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost digest: makes the digests that are due; the clock does the same by itself. They are sent by dispatch.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/digest_run.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "run";

static int run(struct door *d, bool as_json)
{
    struct digest_report report;
    err_auto struct err e = {0};

    if (!digest_run(d->gateway, clock_now(), &report, &e))
        return door_fail("digest", &e);
    if (as_json) {
        JsonBuilder *b = json_begin();
        json_number(b, "people", report.n_people);
        json_number(b, "digests", report.n_made);
        json_number(b, "posts", report.n_posts);
        json_print(b);
        return 0;
    }
    printf("%" G_GINT64_FORMAT " digests made for %" G_GINT64_FORMAT " people whose hour it is, %" G_GINT64_FORMAT
           " posts in them\n",
           report.n_made, report.n_people, report.n_posts);
    return 0;
}

int cmd_digest(const struct cmd_context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    g_autofree char *now = NULL;
    const GOptionEntry entries[] = {
        {"now", 0, 0, G_OPTION_ARG_STRING, &now, "as if it were then, for tests: 2026-03-02T07:00:00+01:00", "TIME"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object", NULL},
        G_OPTION_ENTRY_NULL};
    struct door d = {0};
    gint64 at;
    int code;

    if (!door_options(&argc, &argv, usage, "Makes the digests that are due.", entries, &code))
        return code;
    if (argc != 2 || strcmp(argv[1], "run") != 0)
        return door_usage("digest", usage);
    if (now != NULL && !clock_parse(now, &at))
        return door_usage("digest", "--now is a time like 2026-03-02T07:00:00+01:00");
    if (now != NULL)
        clock_freeze(at);
    if (!door_open(context, DB_WRITE, &d, &code))
        return code;
    code = run(&d, json);
    door_close(&d);
    return code;
}
