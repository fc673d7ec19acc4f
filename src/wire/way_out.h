/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way out to one relay, whatever is spoken on it. There are two engines, and the relay's form chooses: "unix:PATH" and
 * "inet:ADDRESS:PORT" are our own mail server, spoken to in the clear, pipelined, over libetpan's stream (smtp_pool.h);
 * "smtps://USER@HOST" and "smtp://HOST" are a provider's, spoken to by libcurl behind TLS whose certificate is verified
 * (curl_pool.h). Both behave the same towards their owner.
 */
#pragma once

#include "wire/smtp_pool.h"

struct way_out_spec {
    const char *relay;
    const char *name; /* ours, for EHLO */
    guint n_most;     /* connections at once */
    /* Of a URL only: */
    const char *secret_file; /* read for each mail, so that a new token is used at once; "" none */
    bool is_token;           /* what it holds is a token (XOAUTH2), not a password (PLAIN) */
    const char *ca_file;     /* certificates that are believed; "": the system's */
};

struct way_out;

/* Strings are copied, CALLBACKS must outlive it. NULL: ERR_CONFIG and a sentence. */
struct way_out *way_out_new(const struct way_out_spec *spec, const struct smtp_pool_callbacks *callbacks, void *user,
                            struct err *e);
/* As the functions of smtp_pool.h. */
void way_out_wake(struct way_out *w);
void way_out_stop(struct way_out *w);
void way_out_cut(struct way_out *w);
bool way_out_is_busy(const struct way_out *w);
guint way_out_n_open(const struct way_out *w);
const char *way_out_trouble(const struct way_out *w);
void way_out_free(struct way_out *w);
