/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quotas; see quota.h.
 */
#include "flow/quota.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "forum/policy.h"
#include "store/messages.h"

#include <sys/statvfs.h>

#define HOUR_S 3600
#define MB     ((gint64)1024 * 1024)
#define ROOM_KNOWN_US \
    G_USEC_PER_SEC /* a disk with room is not asked again for so long; what comes meanwhile the mark allows for */

struct tally {
    gint64 n, n_bytes;
};

struct quota {
    GMutex mutex;       /* of what follows */
    GHashTable *passed; /* gateway_mailbox() -> struct tally, not stored yet */
    gint64 n_bytes;     /* of all unproved ones that passed */
};

struct quota *quota_new(void)
{
    struct quota *q = g_new0(struct quota, 1);

    g_mutex_init(&q->mutex);
    q->passed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    return q;
}

void quota_free(struct quota *q)
{
    if (q == NULL)
        return;
    g_hash_table_unref(q->passed);
    g_mutex_clear(&q->mutex);
    g_free(q);
}

static bool folder_has_room(const char *folder, gint64 low, struct err *e)
{
    struct statvfs disk;

    if (statvfs(folder, &disk) != 0) /* whoever wants to write there will say what is wrong */
        return true;
    gint64 free_mb = (gint64)((guint64)disk.f_bavail * disk.f_frsize / (guint64)MB);
    return free_mb >= low ||
           err_set(e, ERR_SPACE, "%s: %" G_GINT64_FORMAT " MB are free, less than low_water_mb = %" G_GINT64_FORMAT, folder,
                   free_mb, low);
}

bool quota_has_room(struct gateway *g, struct err *e)
{
    gint64 low = g->settings->storage_low_water_mb, now_us = g_get_monotonic_time();

    if (low == 0 || now_us < g->room_until_us)
        return true;
    g_autofree char *folder = g_path_get_dirname(g->settings->storage_database);
    bool has_room = folder_has_room(folder, low, e) && folder_has_room(g->settings->storage_spool, low, e);
    g->room_until_us = has_room ? now_us + ROOM_KNOWN_US : 0;
    return has_room;
}

/* Of all unproved senders together. */
static bool admit_all(struct quota *q, struct gateway *g, gsize n_bytes, gint64 now, struct err *e)
{
    gint64 most = g->settings->intake_unproved_mb_per_hour_all * MB;

    if (most == 0)
        return true;
    gint64 n = messages_unproved_bytes(g->db, now - HOUR_S, now, e);
    if (n < 0)
        return false;
    n += q->n_bytes;
    return n == 0 || n + (gint64)n_bytes <= most ||
           err_set(e, ERR_RATE, "unproved senders sent %" G_GINT64_FORMAT " MB within the hour", n / MB);
}

/* One mailbox in From. A single mail is always taken, or it would wait for ever. */
static bool admit_sender(struct quota *q, struct gateway *g, const char *from, bool counts, gsize n_bytes, gint64 now,
                         struct err *e)
{
    const struct settings *s = g->settings;
    gint64 mailbox = gateway_mailbox(g, from);
    const struct tally *passed = g_hash_table_lookup(q->passed, &mailbox);
    struct tally before = passed != NULL ? *passed : (struct tally){0}, sum = {0};
    gint64 most = MAX(s->intake_unproved_mails_per_hour, LIMIT_COUNTED);

    if (!messages_tally(g->db, from, now - HOUR_S + 1, now, most, &sum.n, &sum.n_bytes, e))
        return false;
    sum.n += before.n;
    sum.n_bytes += before.n_bytes;
    if (counts && s->intake_unproved_mails_per_hour != 0 && sum.n >= s->intake_unproved_mails_per_hour)
        return err_set(e, ERR_RATE, "one unproved sender sent %" G_GINT64_FORMAT " mails within the hour", sum.n);
    if (s->intake_unproved_mb_per_hour != 0 && sum.n_bytes != 0 &&
        sum.n_bytes + (gint64)n_bytes > s->intake_unproved_mb_per_hour * MB)
        return err_set(e, ERR_RATE, "one unproved sender sent %" G_GINT64_FORMAT " MB within the hour", sum.n_bytes / MB);
    struct tally after = {before.n + counts, before.n_bytes + (gint64)n_bytes};
    g_hash_table_insert(q->passed, g_memdup2(&mailbox, sizeof mailbox), g_memdup2(&after, sizeof after));
    return true;
}

static bool admit(struct quota *q, struct gateway *g, const char *from, bool is_person, gsize n_bytes, gint64 now, struct err *e)
{
    if (!admit_all(q, g, n_bytes, now, e) || (from != NULL && !admit_sender(q, g, from, is_person, n_bytes, now, e)))
        return false;
    q->n_bytes += (gint64)n_bytes;
    return true;
}

bool quota_admit(struct quota *q, struct gateway *g, const struct message *m, const char *envelope_from, gsize n_bytes,
                 gint64 now, struct err *e)
{
    enum standing standing = m != NULL ? policy_standing(m, envelope_from) : STANDING_NONE;
    g_autofree char *from = m != NULL ? facts_from_address(m) : NULL;

    if (!quota_has_room(g, e))
        return false;
    if (standing == STANDING_PROVED)
        return true;
    g_mutex_lock(&q->mutex);
    bool ok = admit(q, g, from, standing == STANDING_PERSON, n_bytes, now, e);
    g_mutex_unlock(&q->mutex);
    return ok;
}

void quota_settle(struct quota *q, struct gateway *g, const struct message *m, const char *envelope_from, gsize n_bytes)
{
    enum standing standing = m != NULL ? policy_standing(m, envelope_from) : STANDING_NONE;
    g_autofree char *from = m != NULL ? facts_from_address(m) : NULL;
    gint64 mailbox = gateway_mailbox(g, from);

    if (standing == STANDING_PROVED)
        return;
    g_mutex_lock(&q->mutex);
    struct tally *passed = from != NULL ? g_hash_table_lookup(q->passed, &mailbox) : NULL;
    q->n_bytes -= (gint64)n_bytes;
    if (passed != NULL) {
        passed->n -= standing == STANDING_PERSON;
        passed->n_bytes -= (gint64)n_bytes;
        if (passed->n_bytes <= 0)
            g_hash_table_remove(q->passed, &mailbox);
    }
    g_mutex_unlock(&q->mutex);
}
