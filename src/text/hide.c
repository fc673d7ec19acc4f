/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hiding of links; see hide.h. The text is cut into runs without blanks and brackets; in each the first thing that a
 * mail program would make a link is shown by its host, and the search goes on behind it. The work grows with
 * the length of the longest run times the links in it: callers shorten first.
 */
#include "text/hide.h"

#include <stdbool.h>
#include <string.h>

#define HOST_CHARS 60

/* What clients take for a web address without being told. A word before a forgotten blank ("Ende.De") costs little. */
static const char *const endings[] = {
    "app",   "at",   "be",   "biz", "ca", "cc",  "ch",     "click", "club", "cn", "co",  "com",  "cz",   "de",
    "dev",   "dk",   "es",   "eu",  "fr", "gl",  "gov",    "icu",   "info", "io", "it",  "link", "live", "ly",
    "me",    "mobi", "name", "net", "nl", "nrw", "online", "org",   "page", "pl", "ru",  "se",   "shop", "site",
    "store", "su",   "top",  "tr",  "tv", "ua",  "uk",     "us",    "vip",  "ws", "xyz",
};

struct find {
    gsize start, length; /* of the link in the run */
    gsize host, host_length;
    bool is_address;
};

static bool is_break(char c)
{
    return c == '\0' || g_ascii_isspace(c) || strchr("<>()[]{}\"|\\^`", c) != NULL;
}

/* Bytes of the character at S if a host may hold it, else 0: quotes and dashes beyond ASCII end it. */
static gsize host_char(const char *s)
{
    gunichar c = g_utf8_get_char(s);

    if (c == '-' || c == '.' || g_unichar_isalnum(c) || g_unichar_ismark(c))
        return (gsize)(g_utf8_next_char(s) - s);
    return 0;
}

static bool is_local_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("!#$%&*+-/=?_~.'", c) != NULL);
}

static bool is_known_ending(const char *label, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (strlen(endings[i]) == n && g_ascii_strncasecmp(endings[i], label, n) == 0)
            return true;
    return n > 4 && g_ascii_strncasecmp(label, "xn--", 4) == 0;
}

/* "example.org" in HOST (N bytes, without a final dot): does it end like one, or would only what follows say so? */
static bool looks_like_host(const char *host, gsize n, bool has_path)
{
    const char *dot = n > 0 ? g_strrstr_len(host, (gssize)n, ".") : NULL;

    if (dot == NULL || dot == host)
        return false;
    gsize n_label = n - (gsize)(dot + 1 - host);
    return n_label >= 2 && (has_path || is_known_ending(dot + 1, n_label));
}

static gsize host_run(const char *run, gsize at, gsize n)
{
    gsize length = 0, step;

    while (at + length < n && (step = host_char(run + at + length)) > 0)
        length += step;
    return length;
}

/* How far an address reaches that begins here, without the punctuation a sentence puts behind it. */
static gsize reach(const char *run, gsize at, gsize n)
{
    gsize end = n;

    while (end > at && strchr(".,;:!?'*_", run[end - 1]) != NULL)
        end--;
    return end;
}

static gsize host_length(const char *run, gsize at, gsize n)
{
    gsize length = host_run(run, at, n);

    while (length > 0 && run[at + length - 1] == '.')
        length--;
    return length;
}

/* "scheme://user@host/": the host is what stands behind the last "@" of the authority. */
static bool find_scheme(const char *run, gsize n, struct find *f)
{
    const char *colon = g_strstr_len(run, (gssize)n, "://");

    if (colon == NULL)
        return false;
    gsize at = (gsize)(colon - run), start = at, authority = at + 3;
    while (start > 0 && (g_ascii_isalnum(run[start - 1]) || strchr("+-.", run[start - 1]) != NULL))
        start--;
    gsize end = reach(run, authority, n), slash = authority;
    while (slash < end && strchr("/?#", run[slash]) == NULL)
        slash++;
    for (gsize i = authority; i < slash; i++)
        if (run[i] == '@')
            authority = i + 1;
    *f = (struct find){.start = start,
                       .length = end - start,
                       .host = authority,
                       .host_length = host_length(run, authority, slash)};
    return true;
}

static bool find_mail(const char *run, gsize n, struct find *f)
{
    const char *sign = memchr(run, '@', n);

    if (sign == NULL)
        return false;
    gsize at = (gsize)(sign - run), start = at, length = host_length(run, at + 1, n);
    while (start > 0 && is_local_char(run[start - 1]))
        start--;
    if (start >= 7 && g_ascii_strncasecmp(run + start - 7, "mailto:", 7) == 0)
        start -= 7;
    if (start == at || length == 0 || memchr(run + at + 1, '.', length) == NULL)
        return false;
    *f = (struct find){.start = start,
                       .length = at + 1 + length - start,
                       .host = at + 1,
                       .host_length = length,
                       .is_address = true};
    return true;
}

static bool find_bare(const char *run, gsize n, struct find *f)
{
    for (gsize at = 0; at < n;) {
        gsize whole = host_run(run, at, n);
        gsize length = host_length(run, at, at + whole);
        bool has_path = at + whole < n && whole == length && strchr("/:", run[at + whole]) != NULL;
        bool is_www = length > 4 && g_ascii_strncasecmp(run + at, "www.", 4) == 0;
        if (is_www || looks_like_host(run + at, length, has_path)) {
            gsize end = has_path ? reach(run, at, n) : at + length;
            *f = (struct find){.start = at, .length = MAX(end, at + length) - at, .host = at, .host_length = length};
            return true;
        }
        at += whole > 0 ? whole : (gsize)(g_utf8_next_char(run + at) - (run + at));
    }
    return false;
}

static void put_host(GString *out, const char *host, gsize n)
{
    g_autofree char *text = g_strndup(host, n);
    g_autofree char *lower = g_utf8_strdown(text, -1);
    glong n_chars = g_utf8_strlen(lower, -1);
    const char *end = n_chars > HOST_CHARS ? g_utf8_offset_to_pointer(lower, HOST_CHARS) : lower + strlen(lower);

    for (const char *p = lower; p < end; p++) {
        if (*p == '.')
            g_string_append(out, "·");
        else
            g_string_append_c(out, *p);
    }
    if (n_chars > HOST_CHARS)
        g_string_append(out, "…");
}

static bool is_earlier(bool found, const struct find *f, struct find *best, bool has_best)
{
    if (!found || (has_best && f->start >= best->start))
        return has_best;
    *best = *f;
    return true;
}

/* What comes first in the run; a scheme before an address before a bare host where two begin at the same place. */
static bool find_first(const char *run, gsize n, struct find *out)
{
    struct find f = {0};
    bool has = is_earlier(find_scheme(run, n, &f), &f, out, false);

    has = is_earlier(find_mail(run, n, &f), &f, out, has);
    return is_earlier(find_bare(run, n, &f), &f, out, has);
}

static void hide_run(GString *out, const char *run, gsize n, const char *link, const char *address)
{
    struct find f = {0};

    while (n > 0 && find_first(run, n, &f)) {
        g_string_append_len(out, run, (gssize)f.start);
        g_string_append_printf(out, "[%s ", f.is_address ? address : link);
        put_host(out, run + f.host, f.host_length);
        g_string_append_c(out, ']');
        run += f.start + f.length;
        n -= f.start + f.length;
    }
    g_string_append_len(out, run, (gssize)n);
}

char *text_hide_links(const char *text, const char *link, const char *address)
{
    GString *out = g_string_sized_new(strlen(text));

    while (*text != '\0') {
        gsize n = 0;
        while (!is_break(text[n]))
            n++;
        hide_run(out, text, n, link, address);
        text += n;
        for (n = 0; text[n] != '\0' && is_break(text[n]); n++)
            continue;
        g_string_append_len(out, text, (gssize)n);
        text += n;
    }
    return g_string_free(out, FALSE);
}
