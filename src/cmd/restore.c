/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost restore: puts a backup where forumpost.conf says the database and the spool are.
 */
#include "base/limits.h"
#include "cmd/actor.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/keep/backup.h"
#include "forum/given.h"

#include <stdio.h>

static void tell(const struct door *d, const struct restore_report *r)
{
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_time(b, "made_at", r->made_at, d);
        json_number(b, "blobs", r->n_blobs);
        json_number(b, "set_aside", r->n_failed);
        json_number(b, "owed", r->n_owed);
        json_number(b, "dropped", r->n_dropped);
        json_number(b, "next_idea", r->next_idea);
        json_print(b);
        return;
    }
    g_autofree char *at = door_time(d, r->made_at);
    printf("%s and %s are as they were at %s.\n"
           "What came after that is lost here: the mail server's log names its senders.\n",
           d->settings.storage_database, d->settings.storage_spool, at);
    if (r->n_owed > 0)
        printf(
            "%" G_GINT64_FORMAT " mails were owed then and will be sent, perhaps for the second time; a mailbox that knows the "
            "Message-ID shows it once.\n`forumpost queue list` names them. Without those about posts: move the database away and "
            "restore again with --drop-news.\n",
            r->n_owed);
    printf("The next new idea gets the number %" G_GINT64_FORMAT ".\n", r->next_idea);
}

static bool restore(struct door *d, struct err *e)
{
    struct restore_wish wish = {.drops_news = door_has(d, "drop-news"), .next_idea = door_number(d, "next-idea", 0)};
    struct restore_report report;
    g_autofree char *actor = actor_name(), *folder = given_line("a folder's name", d->argv[0], LIMIT_PATH_CHARS, e);

    if (folder == NULL || !restore_run(&d->settings, folder, &wish, actor, &report, e))
        return false;
    tell(d, &report);
    return true;
}

static const struct door_option options[] = {
    {"drop-news", DOOR_FLAG, NULL, "mails about posts and digests that were owed are not sent", 0, 0, 0},
    {"next-idea", DOOR_NUMBER, "NUMBER", "of the next new idea; without it a thousand behind the last one", 1, G_MAXINT32, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "FOLDER", "drop-news next-idea json", DOOR_SETTINGS, restore,
     "the gateway is stopped, and there is no database any more"},
    {0},
};
static const struct door_spec spec = {"restore", "Puts a backup where forumpost.conf says the database and the spool are.", verbs,
                                      options};

int cmd_restore(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
