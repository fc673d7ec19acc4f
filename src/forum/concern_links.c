/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links that a text leads elsewhere by; see concern.h.
 */
#include "forum/concern.h"

#include "base/hash.h"

#include <string.h>

/* clang-format off */
static const char *const shorteners[] = {
    "bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly", "rebrand.ly", "cutt.ly", "t.ly", "shorturl.at", "rb.gy",
    "tiny.cc", "bl.ink", "lnkd.in", "kurzelinks.de", "kurzlink.de", "s.id", "t1p.de", "dlvr.it", "adf.ly", "shorte.st", "soo.gd", "urlz.fr",
    "u.to", "x.gd", "qr.ae", "short.io", "surl.li", "tiny.one", "trib.al", "spoti.fi", "amzn.to", "fb.me", "wp.me", "db.tt",
};
/* clang-format on */

struct found {
    const char *own_domain, *own_pages;
    char *const *more;
    GHashTable *seen;
    bool is_shortened;
};

static bool is_shortener(const struct found *f, const char *host)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shorteners); i++)
        if (strcmp(host, shorteners[i]) == 0)
            return true;
    for (char *const *m = f->more; m != NULL && *m != NULL; m++)
        if (g_ascii_strcasecmp(host, *m) == 0)
            return true;
    return false;
}

static bool is_own(const struct found *f, const char *host, const char *address)
{
    const char *pages = f->own_pages != NULL && *f->own_pages != '\0' ? strstr(f->own_pages, "://") : NULL;
    gsize n = pages != NULL ? strlen(pages + 3) : 0;

    if (f->own_domain != NULL && g_ascii_strcasecmp(host, f->own_domain) == 0)
        return true;
    while (n > 0 && pages[3 + n - 1] == '/')
        n--;
    return n > 0 && g_ascii_strncasecmp(address, pages + 3, n) == 0 && strchr("/?#", address[n]) != NULL;
}

/* ADDRESS without its scheme, N bytes; IS_SURE: it had one, or begins with "www.". */
static void take(struct found *f, const char *address, gsize n, bool is_sure)
{
    while (n > 0 && strchr(".,;:!?)]}>\"'*_/", address[n - 1]) != NULL)
        n--;
    g_autofree char *whole = g_strndup(address, n);
    const char *at = g_ascii_strncasecmp(whole, "www.", 4) == 0 ? whole + 4 : whole;
    g_autofree char *host = g_ascii_strdown(at, (gssize)strcspn(at, "/?#:"));

    bool is_short = is_shortener(f, host) && at[strlen(host)] == '/';
    if (strchr(host, '.') == NULL || (!is_sure && !is_short) || is_own(f, host, at))
        return;
    f->is_shortened |= is_short;
    g_hash_table_add(f->seen, g_ascii_strdown(at, -1));
}

/* A run of signs without a blank: each scheme in it begins a link. */
static void look_at(struct found *f, const char *word, gsize n)
{
    const char *end = word + n, *at = g_strstr_len(word, (gssize)n, "://");

    if (at == NULL) {
        const char *from = word + strspn(word, "<([{\"'*_");
        bool is_www = from < end && g_ascii_strncasecmp(from, "www.", 4) == 0;
        if (from < end && (is_www || memchr(from, '/', (gsize)(end - from)) != NULL) &&
            memchr(from, '@', (gsize)(end - from)) == NULL)
            take(f, from, (gsize)(end - from), is_www);
        return;
    }
    while (at != NULL) {
        const char *from = at + 3, *next = g_strstr_len(from, end - from, "://");
        bool is_web = at >= word + 4 && (g_ascii_strncasecmp(at - 4, "http", 4) == 0 || g_ascii_tolower(at[-1]) == 's');
        gsize length = (gsize)((next != NULL ? next : end) - from);
        if (is_web)
            take(f, from, MIN(length, strcspn(from, "<>|\"")), true);
        at = next;
    }
}

guint concern_links(const char *text, const char *own_domain, const char *own_pages, char *const *more, guint most,
                    bool *shortened_out)
{
    struct found f = {.own_domain = own_domain, .own_pages = own_pages, .more = more};

    *shortened_out = false;
    if (strchr(text, '/') == NULL && strstr(text, "www.") == NULL && strstr(text, "WWW.") == NULL)
        return 0;
    f.seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    for (const char *p = text; *p != '\0' && g_hash_table_size(f.seen) < most;) {
        gsize n = strcspn(p, " \t\r\n");
        if (n > 4)
            look_at(&f, p, n);
        p += n + strspn(p + n, " \t\r\n");
    }
    guint found = g_hash_table_size(f.seen);
    *shortened_out = f.is_shortened;
    g_hash_table_unref(f.seen);
    return found;
}
