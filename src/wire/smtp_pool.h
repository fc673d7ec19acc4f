/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several SMTP connections to one relay on the default GLib main loop: opened when there is more mail than
 * the open ones can take at once, used again, closed when idle, tried again with growing pauses while the
 * relay is away. Nothing here waits; a connection that hangs costs the others nothing.
 */
#pragma once

#include "wire/smtp.h"

struct smtp_pool_callbacks {
    struct smtp_mail *(*next)(void *user); /* as in smtp.h; called only when a connection can send it at once */
    void (*done)(void *user, struct smtp_mail *mail, const struct smtp_result *result);
    bool (*is_waiting)(void *user); /* is there more mail than next() has given out? A guess will do */
    /* The relay has become unreachable (and why), or is back (NULL). Once per change. */
    void (*reachable)(void *user, const char *trouble);
};

struct smtp_pool;

/* ADDRESS is looked up anew for each connection. Strings are copied, CALLBACKS must outlive the pool. */
struct smtp_pool *smtp_pool_new(const char *address, const char *name, guint n_most, const struct smtp_pool_callbacks *callbacks,
                                void *user);
/* There may be mail. Cheap; call it whenever something may have changed, once a second at least. */
void smtp_pool_wake(struct smtp_pool *p);
/* No more mail is asked for; what is on its way is finished, then all connections end. */
void smtp_pool_stop(struct smtp_pool *p);
/* What is on its way comes back as lost, within this call. */
void smtp_pool_cut(struct smtp_pool *p);
bool smtp_pool_is_busy(const struct smtp_pool *p); /* a mail is on its way */
guint smtp_pool_n_open(const struct smtp_pool *p);
/* Why no connection can be had at present; NULL if none is wanted or one is open. */
const char *smtp_pool_trouble(const struct smtp_pool *p);
/* What is on its way comes back as lost. */
void smtp_pool_free(struct smtp_pool *p);
