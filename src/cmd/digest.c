/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost digest: makes the digests that are due; the clock does the same by itself. They are sent by dispatch.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/clock/digest_run.h"

#include <stdio.h>

#define CLOCK_SLACK_S 60 /* between the clocks of two machines */

/* A time that is still to come makes digests that are missing on the day itself: said, and done, since tests want it. */
static bool set_clock(const char *now, struct err *e)
{
    gint64 at;

    if (!clock_parse(now, &at))
        return err_set(e, ERR_VALUE, "--now is a time like 2026-03-02T07:00:00+01:00, not '%s'", now);
    if (at > clock_real() + CLOCK_SLACK_S)
        fputs("forumpost digest: --now lies ahead: what comes until then is left to later digests; meant for tests\n", stderr);
    clock_freeze(at);
    return true;
}

static bool run(struct door *d, struct err *e)
{
    struct digest_report report;

    if ((door_has(d, "now") && !set_clock(door_text(d, "now"), e)) || !digest_run(d->gateway, clock_now(), &report, e))
        return false;
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_number(b, "people", report.n_people);
        json_number(b, "digests", report.n_made);
        json_number(b, "posts", report.n_posts);
        json_print(b);
        return true;
    }
    printf("%" G_GINT64_FORMAT " digests made for %" G_GINT64_FORMAT " people whose hour it is, %" G_GINT64_FORMAT
           " posts in them\n",
           report.n_made, report.n_people, report.n_posts);
    return true;
}

static const struct door_option options[] = {
    {"now", DOOR_TEXT, "TIME", "as if it were then, for tests: 2026-03-02T07:00:00+01:00", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"run", "", "now json", DOOR_WORKS, run, "make those that are due; the clock does the same by itself"},
    {0},
};
static const struct door_spec spec = {"digest", "Makes digests. They are sent by dispatch.", verbs, options};

int cmd_digest(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
