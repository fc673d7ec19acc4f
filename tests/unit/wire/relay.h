/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A relay for tests, in a thread of its own, that misbehaves as its table says: by greeting, by recipient, by
 * speed.
 */
#pragma once

#include "wire/endpoint.h"

#include <glib.h>

struct relay_habits {
    const char *greeting;         /* NULL: "220 relay ESMTP\r\n" */
    const char *ehlo;             /* NULL: PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES */
    gboolean accepts_data_anyway; /* 354 although no recipient was taken */
    gboolean trickles;            /* replies leave byte by byte */
    gboolean reads_slowly;
    gboolean greets_for_ever;  /* a line of the banner every 50 ms, and no last one */
    gboolean stops_reading;    /* after 354 */
    const char *hangs_at;      /* a command that is never answered; NULL none */
    gboolean never_says_taken; /* the mail is read, the final answer does not come */
};

struct relay {
    struct relay_habits habits;
    struct endpoint endpoint;
    int fd;
    GThread *thread;
    GString *log;      /* the commands of all connections, one a line */
    GPtrArray *bodies; /* GString, as received and unstuffed */
    guint n_connections;
    gint is_over; /* whoever was kept waiting is let go */
};

/* Recipients that begin with NNN- ("550-x@y") are answered NNN at RCPT, dataNNN- after the dot, mailNNN- in
 * the sender at MAIL, with NNN.1.1's class as status; close- hangs up at RCPT, closedata- after the dot. */
struct relay *relay_start(const struct relay_habits *habits);
/* Waits until the last client has gone; after it log and bodies may be looked at. */
void relay_stop(struct relay *r);
void relay_free(struct relay *r);
