/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lock files; see lock.h.
 */
#include "store/lock.h"

#include "base/file.h"
#include "base/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct lock {
    int fd;
};

static void say_holder(int fd, const char *path, const char *duty, struct err *e)
{
    char holder[32] = "";
    ssize_t n = pread(fd, holder, sizeof(holder) - 1, 0);

    holder[n > 0 ? n : 0] = '\0';
    err_set(e, ERR_CONFIG, "another `forumpost %s` already works on this database (process %s, lock file %s)", duty,
            g_strchomp(holder), path);
}

/* False with errno EWOULDBLOCK if somebody else still has it when the time is over. */
static bool lock_within(int fd, guint wait_s)
{
    gint64 end = g_get_monotonic_time() + (gint64)wait_s * G_USEC_PER_SEC;

    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || g_get_monotonic_time() >= end)
            return false;
        g_usleep(G_USEC_PER_SEC / 20);
    }
    return true;
}

struct lock *lock_take(const char *db_path, const char *duty, guint wait_s, struct err *e)
{
    g_autofree char *real = realpath(db_path, NULL); /* two ways to one database meet at one lock */
    g_autofree char *path = g_strdup_printf("%s.%s.lock", real != NULL ? real : db_path, duty);
    g_autofree char *me = g_strdup_printf("%ld\n", (long)getpid());
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
        file_fail(path, "open the lock file", e);
        return NULL;
    }
    owner_give(fd, path);
    if (!lock_within(fd, wait_s)) {
        if (errno == EWOULDBLOCK)
            say_holder(fd, path, duty, e);
        else
            file_fail(path, "lock", e);
        close(fd);
        return NULL;
    }
    /* The number is only for the sentence above: a full disk must not keep us from working. */
    if (ftruncate(fd, 0) != 0 || pwrite(fd, me, strlen(me), 0) < 0)
        errno = 0;
    struct lock *lock = g_new0(struct lock, 1);
    lock->fd = fd;
    return lock;
}

void lock_free(struct lock *lock)
{
    if (lock == NULL)
        return;
    close(lock->fd);
    g_free(lock);
}
