/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost backup: a copy of everything, made while the gateway works.
 */
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/keep/backup.h"
#include "forum/given.h"

#include <stdio.h>

static bool backup(struct door *d, struct err *e)
{
    struct backup_report report;
    g_autofree char *folder = given_line("a folder's name", d->argv[0], LIMIT_PATH_CHARS, e);

    if (folder == NULL || !backup_make(d->gateway, folder, &report, e))
        return false;
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_text(b, "backup", folder);
        json_time(b, "made_at", report.made_at, d);
        json_number(b, "bytes", report.n_bytes);
        json_number(b, "blobs", report.n_blobs);
        json_number(b, "set_aside", report.n_failed);
        json_print(b);
        return true;
    }
    printf("%s: %.1f MB, with %" G_GINT64_FORMAT " large mails and %" G_GINT64_FORMAT " that were set aside; verified\n", folder,
           (double)report.n_bytes / 1e6, report.n_blobs, report.n_failed);
    return true;
}

static const struct door_verb verbs[] = {
    {"", "FOLDER", "json", DOOR_WORKS | DOOR_GIVES_WAY, backup, "FOLDER is made, and must not be there before"},
    {0},
};
static const struct door_spec spec = {"backup",
                                      "Copies the database and the spool while the gateway works, and verifies the copy.", verbs,
                                      NULL};

int cmd_backup(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
