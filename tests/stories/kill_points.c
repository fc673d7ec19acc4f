/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kill -9 of ourselves at a place that is named, for kills.py: linked into forumpost-crash around sqlite3_step() (ld's --wrap), so that no
 * line of what is installed knows of it. Each COMMIT is two places, before it and behind it; each other statement that writes is one,
 * before it. FORUMPOST_KILL is "commit N" (from 1, two for each COMMIT) or "write N"; FORUMPOST_KILL_COUNT names a file that says how many
 * there were.
 */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __real_sqlite3_step(sqlite3_stmt *s);
int __wrap_sqlite3_step(sqlite3_stmt *s);

static unsigned n_commits, n_writes;

static void say_how_many(void)
{
    FILE *file = fopen(getenv("FORUMPOST_KILL_COUNT"), "w");

    if (file != NULL) {
        fprintf(file, "%u %u\n", n_commits, n_writes);
        fclose(file);
    }
}

static void pass(const char *kind, unsigned n)
{
    const char *wanted = getenv("FORUMPOST_KILL");
    char here[32];

    snprintf(here, sizeof here, "%s %u", kind, n);
    if (wanted != NULL && strcmp(wanted, here) == 0)
        kill(getpid(), SIGKILL);
}

int __wrap_sqlite3_step(sqlite3_stmt *s)
{
    const char *sql = sqlite3_sql(s);

    if (n_commits + n_writes == 0 && getenv("FORUMPOST_KILL_COUNT") != NULL)
        atexit(say_how_many);
    if (sql == NULL || strcmp(sql, "COMMIT") != 0) {
        if (sqlite3_stmt_readonly(s) == 0)
            pass("write", ++n_writes);
        return __real_sqlite3_step(s);
    }
    pass("commit", ++n_commits);
    int rc = __real_sqlite3_step(s);
    pass("commit", ++n_commits);
    return rc;
}
