/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails through a relay that is reached by TLS: libcurl on the default GLib main loop, several connections, kept and used
 * again. The certificate is verified against the host's name before anything is said, STARTTLS is required, and TLS older
 * than 1.2 is not spoken: a relay that cannot show who it is never sees a mail, nor the password. Differs from smtp_pool.h
 * in one point: a connection is made for a mail, so one that comes to nothing gives its mail back as SMTP_UNTRIED.
 */
#pragma once

#include "wire/way_out.h"

struct curl_pool;

struct curl_pool *curl_pool_new(const struct way_out_spec *spec, const struct smtp_pool_callbacks *callbacks, void *user,
                                struct err *e);
void curl_pool_wake(struct curl_pool *p);
void curl_pool_stop(struct curl_pool *p);
void curl_pool_cut(struct curl_pool *p);
bool curl_pool_is_busy(const struct curl_pool *p);
guint curl_pool_n_open(const struct curl_pool *p); /* of those that have a mail */
const char *curl_pool_trouble(const struct curl_pool *p);
void curl_pool_free(struct curl_pool *p);
