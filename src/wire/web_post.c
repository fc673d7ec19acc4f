/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See web_post.h. libcurl asks before it opens each socket, with the address that the name led to.
 */
#include "wire/web_post.h"

#include "base/limits.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* RFC 6890 and its successors: what is not an address of the world. */
static bool is_public_v4(guint32 a)
{
    static const struct {
        guint32 net;
        guint n_bits;
    } reserved[] = {
        {0x00000000, 8},  /* this network */
        {0x0A000000, 8},  /* private */
        {0x64400000, 10}, /* carriers' own */
        {0x7F000000, 8},  /* this machine */
        {0xA9FE0000, 16}, /* link; clouds tell secrets there */
        {0xAC100000, 12}, /* private */
        {0xC0000000, 24}, /* protocols */
        {0xC0000200, 24}, /* documentation */
        {0xC0A80000, 16}, /* private */
        {0xC6120000, 15}, /* measuring */
        {0xC6336400, 24}, /* documentation */
        {0xCB007100, 24}, /* documentation */
        {0xE0000000, 3},  /* many at once, and reserved */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++)
        if ((a ^ reserved[i].net) >> (32 - reserved[i].n_bits) == 0)
            return false;
    return true;
}

static bool is_public_v6(const guint8 *a)
{
    static const guint8 zeros[12] = {0}, mapped[12] = {[10] = 0xFF, [11] = 0xFF}, nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    guint32 last = (guint32)a[12] << 24 | (guint32)a[13] << 16 | (guint32)a[14] << 8 | a[15];

    if (memcmp(a, mapped, sizeof mapped) == 0 || memcmp(a, nat64, sizeof nat64) == 0)
        return is_public_v4(last);
    if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
        return is_public_v4((guint32)a[2] << 24 | (guint32)a[3] << 16 | (guint32)a[4] << 8 | a[5]);
    if (memcmp(a, zeros, sizeof zeros) == 0) /* none, loopback, the old form of IPv4 */
        return false;
    bool is_documentation = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8;
    return (a[0] & 0xE0) == 0x20 && !is_documentation; /* 2000::/3 is what is given to the world */
}

bool web_post_is_public(const void *address)
{
    const struct sockaddr *a = address;

    if (a->sa_family == AF_INET)
        return is_public_v4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    return a->sa_family == AF_INET6 && is_public_v6(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
}

struct guard {
    bool may_be_private, has_refused;
};

static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct guard *guard = user;

    (void)purpose;
    if (!guard->may_be_private && !web_post_is_public(&address->addr)) {
        guard->has_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_body(char *bytes, size_t size, size_t n, void *user)
{
    (void)bytes;
    (void)user;
    return size * n;
}

/* Does URL say an address itself? */
static bool says_address(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;

    return host != NULL && (g_hostname_is_ip_address(host) || g_ascii_strcasecmp(host, "localhost") == 0);
}

static void prepare(CURL *easy, const struct web_post *p, struct guard *guard, struct curl_slist *headers)
{
    curl_easy_setopt(easy, CURLOPT_URL, p->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, p->timeout_s != 0 ? (long)p->timeout_s : (long)LIMIT_NEWS_POST_S);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)LIMIT_NEWS_ANSWER_BYTES);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "forumpost");
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(p->body));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, p->body);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, guard);
    if (*p->ca_file != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, p->ca_file);
}

bool web_post_send(const struct web_post *p, long *status_out, struct err *e)
{
    struct guard guard = {.may_be_private = says_address(p->url)};
    CURL *easy = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    struct curl_slist *headers = NULL;
    char trouble[CURL_ERROR_SIZE] = "";

    *status_out = 0;
    if (easy == NULL)
        return err_set(e, ERR_LATER, "libcurl cannot be readied: out of memory");
    for (const char *const *h = p->headers; *h != NULL; h++)
        headers = curl_slist_append(headers, *h);
    headers = curl_slist_append(headers, "Expect:"); /* some servers wait for nothing then */
    prepare(easy, p, &guard, headers);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, trouble);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, status_out);
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
    if (guard.has_refused && code != CURLE_OK)
        return err_set(e, ERR_LATER, "its name leads to a private address");
    /* Once its status is there it has decided; what it says besides, and how it hangs up, is nothing to us. */
    return code == CURLE_OK || *status_out >= 200 ||
           err_set(e, ERR_LATER, "%s", *trouble != '\0' ? trouble : curl_easy_strerror(code));
}
