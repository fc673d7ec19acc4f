/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tries a relay; see curl_probe.h.
 */
#include "wire/curl_probe.h"

#include "base/secret.h"
#include "wire/curl_mail.h"

#include <string.h>

#define TIMEOUT_S 10

static enum err_kind kind_of(CURLcode code)
{
    return code == CURLE_LOGIN_DENIED || code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED ? ERR_CONFIG
                                                                                                                : ERR_LATER;
}

/* NOOP in the place of a mail: it comes after everything that a mail needs. */
static CURLcode ask(struct curl_mail *m)
{
    curl_easy_setopt(m->easy, CURLOPT_UPLOAD, 0L);
    curl_easy_setopt(m->easy, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(m->easy, CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(m->easy, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    return curl_easy_perform(m->easy);
}

static char *try(const struct way_out_spec *spec, const struct relay_url *url, const char *secret, struct err *e)
{
    struct curl_mail m = {0};
    bool has_utf8 = false;
    char *said = NULL;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !curl_mail_init(&m, url, spec, &has_utf8)) {
        err_set(e, ERR_LATER, "libcurl cannot be readied: out of memory");
        return NULL;
    }
    curl_mail_log_in(&m, url->user, secret, spec->is_token);
    CURLcode code = ask(&m);
    if (code == CURLE_OK) {
        said = g_strdup_printf("takes us behind TLS, its certificate proves the name%s%s%s; SMTPUTF8: %s",
                               url->user != NULL ? ", " : "", url->user != NULL ? url->user : "",
                               url->user != NULL ? " is let in" : "", has_utf8 ? "yes" : "no");
    } else {
        g_autofree char *why = curl_mail_explain(&m, code);
        err_set(e, kind_of(code), "%s", why);
    }
    curl_mail_clear(&m);
    return said;
}

char *curl_probe(const struct way_out_spec *spec, struct err *e)
{
    struct relay_url url;
    char *secret = NULL, *said = NULL;

    if (!relay_url_parse(spec->relay, &url, e))
        return NULL;
    if (url.user == NULL || (secret = secret_read(spec->secret_file, e)) != NULL)
        said = try(spec, &url, secret, e);
    secret_free(secret);
    relay_url_clear(&url);
    return said;
}
