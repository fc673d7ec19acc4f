/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One GET by libcurl; see fetch.h.
 */
#include "wire/fetch.h"

#include <curl/curl.h>
#include <glib.h>
#include <string.h>

#define TIMEOUT_S  10L
#define MOST_BYTES (4L * 1024 * 1024)
#define REDIRECTS  5L

static size_t on_header(char *line, size_t size, size_t n, void *user)
{
    gint64 *date = user;
    gsize length = size * n;

    if (length > 5 && g_ascii_strncasecmp(line, "date:", 5) == 0) {
        g_autofree char *value = g_strndup(line + 5, length - 5);
        time_t at = curl_getdate(g_strstrip(value), NULL);
        *date = at > 0 ? (gint64)at : 0;
    }
    return length;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *user)
{
    (void)bytes;
    (void)user;
    return size * n;
}

static void prepare(CURL *easy, const char *url, gint64 *date_out)
{
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, REDIRECTS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, MOST_BYTES);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "forumpost-check");
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, date_out);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
}

bool fetch_look(const char *url, long *status_out, gint64 *date_out, struct err *e)
{
    CURL *easy = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    char trouble[CURL_ERROR_SIZE] = "";
    CURLcode code;

    *status_out = 0;
    *date_out = 0;
    if (easy == NULL)
        return err_set(e, ERR_LATER, "libcurl cannot be readied: out of memory");
    prepare(easy, url, date_out);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, trouble);
    code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, status_out);
    curl_easy_cleanup(easy);
    return code == CURLE_OK || err_set(e, ERR_LATER, "%s", *trouble != '\0' ? trouble : curl_easy_strerror(code));
}
