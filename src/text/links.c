/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linkifier; see links.h. A word (what stands between blanks) is cut into what stands before an address, the
 * address, and the punctuation behind it. Linear in the text.
 */
#include "text/links.h"

#include "text/template.h"

#include <string.h>

#define LINK_MAX 2000 /* longer ones are no addresses a person follows */

static void put_escaped(GString *out, const char *s, gsize n)
{
    if (n == 0)
        return;
    g_autofree char *piece = g_strndup(s, n);

    escape_append(out, piece, ESCAPE_HTML);
}

/* RFC 3986 characters and letters beyond ASCII; not typographic quotes, dashes and blanks (U+2000 - U+206F). */
static bool is_uri_char(const char *s, gsize left)
{
    guchar c = (guchar)*s;

    if (c == 0xe2 && left > 1 && ((guchar)s[1] == 0x80 || (guchar)s[1] == 0x81))
        return false;
    if (c == 0xc2 && left > 1 && (guchar)s[1] <= 0xbf) /* no-break blank, angle quotes and the like */
        return false;
    return c >= 0x80 || g_ascii_isalnum(c) || (c != '\0' && strchr("-._~:/?#[]@!$&'()*+,;=%", c) != NULL);
}

/* How much of S (N bytes) is the address, without the punctuation a sentence puts behind it. */
static gsize uri_length(const char *s, gsize n)
{
    gsize length = 0;
    int open = 0;

    while (length < n && is_uri_char(s + length, n - length)) {
        open += s[length] == '(';
        open -= s[length] == ')';
        if (open < 0) /* the bracket was opened before the address */
            break;
        length++;
    }
    while (length > 0 && strchr(".,;:!?'([", s[length - 1]) != NULL)
        length--;
    return length;
}

static bool starts_uri(const char *s, gsize n)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};

    for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
        gsize length = strlen(schemes[i]);
        if (n > length && g_ascii_strncasecmp(s, schemes[i], length) == 0)
            return true;
    }
    return false;
}

static bool is_local_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("!#$%&*+-/=?^_`{|}~.", c) != NULL);
}

static bool is_domain_char(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.';
}

/* A bare mail address around the first "@" of the word. */
static bool find_address(const char *word, gsize n, gsize *start_out, gsize *length_out)
{
    const char *at = memchr(word, '@', n);

    if (at == NULL)
        return false;
    gsize start = (gsize)(at - word), end = start + 1;
    while (start > 0 && is_local_char(word[start - 1]))
        start--;
    while (end < n && is_domain_char(word[end]))
        end++;
    while (end > 0 && word[end - 1] == '.')
        end--;
    gsize domain = (gsize)(at - word) + 1;
    if (word + start == at || end <= domain + 2 || memchr(word + domain, '.', end - domain) == NULL)
        return false;
    *start_out = start;
    *length_out = end - start;
    return true;
}

static void put_link(GString *out, const char *scheme, const char *s, gsize n, const char *attributes)
{
    const char *at = *scheme != '\0' ? memchr(s, '@', n) : NULL;
    gsize before = at != NULL ? (gsize)(at - s) + 1 : n;

    g_string_append_printf(out, "<a%s href=\"%s", attributes, scheme);
    put_escaped(out, s, n);
    g_string_append(out, "\">");
    put_escaped(out, s, before);
    if (at != NULL)
        g_string_append(out, "<wbr>");
    put_escaped(out, s + before, n - before);
    g_string_append(out, "</a>");
}

/* RFC 6068: a line end is %0D%0A. */
static void put_query(GString *out, const char *name, const char *value, bool *is_first)
{
    g_autofree char *escaped = g_uri_escape_string(value, "\n", FALSE);
    g_auto(GStrv) lines = g_strsplit(escaped, "\n", -1);
    g_autofree char *joined = g_strjoinv("%0D%0A", lines);

    if (*value == '\0')
        return;
    g_string_append_printf(out, "%s%s=%s", *is_first ? "?" : "&amp;", name, joined);
    *is_first = false;
}

void links_append_mailto(GString *out, const char *label, const char *address, const char *subject, const char *body,
                         const char *attributes)
{
    g_autofree char *escaped = g_uri_escape_string(address, "@+", FALSE);
    bool is_first = true;

    g_string_append_printf(out, "<a%s href=\"mailto:%s", attributes, escaped);
    put_query(out, "subject", subject, &is_first);
    put_query(out, "body", body, &is_first);
    g_string_append(out, "\">");
    escape_append(out, label, ESCAPE_HTML);
    g_string_append(out, "</a>");
}

void links_append_web(GString *out, const char *label, const char *url, const char *attributes)
{
    gsize n = strlen(url);
    bool is_web = starts_uri(url, n) && uri_length(url, n) == n && n <= LINK_MAX && !g_str_has_prefix(url, "mailto:");

    if (is_web) {
        g_string_append_printf(out, "<a%s href=\"", attributes);
        escape_append(out, url, ESCAPE_HTML);
        g_string_append(out, "\">");
    }
    escape_append(out, label, ESCAPE_HTML);
    if (is_web)
        g_string_append(out, "</a>");
}

/* The address in WORD: where it starts, and what goes before it in a link. Its length; 0 none. */
static gsize find_link(const char *word, gsize n, gsize *start_out, const char **scheme_out)
{
    gsize start = 0, length;

    while (start < n && !g_ascii_isalpha(word[start])) /* "(https://", "<https://" */
        start++;
    length = starts_uri(word + start, n - start) ? uri_length(word + start, n - start) : 0;
    *scheme_out = "";
    if (length == 0 || !starts_uri(word + start, length)) {
        length = 0;
        if (find_address(word, n, &start, &length))
            *scheme_out = "mailto:";
    }
    *start_out = start;
    return length <= LINK_MAX ? length : 0;
}

static void put_word(GString *out, const char *word, gsize n, const char *attributes)
{
    const char *scheme;
    gsize start, length = find_link(word, n, &start, &scheme);

    if (length == 0) {
        put_escaped(out, word, n);
        return;
    }
    put_escaped(out, word, start);
    put_link(out, scheme, word + start, length, attributes);
    put_escaped(out, word + start + length, n - start - length);
}

/* Where the next sign stands without which no address is one; NULL nowhere. */
static const char *next_sign(const char *text)
{
    const char *sign = strpbrk(text, "@:");

    while (sign != NULL && *sign == ':' && (sign[1] == ' ' || sign[1] == '\0')) /* a sentence's colon */
        sign = strpbrk(sign + 1, "@:");
    return sign;
}

/* Only the words with such a sign are looked at. */
void links_append(GString *out, const char *text, const char *attributes)
{
    for (const char *sign; (sign = next_sign(text)) != NULL;) {
        const char *word = sign;
        while (word > text && word[-1] != ' ' && word[-1] != '\t')
            word--;
        put_escaped(out, text, (gsize)(word - text));
        gsize n = strcspn(word, " \t");
        put_word(out, word, n, attributes);
        text = word + n;
    }
    escape_append(out, text, ESCAPE_HTML);
}

void links_each(const char *text, links_piece *each, void *user)
{
    const char *plain = text; /* from here on nothing was handed over */

    while (*text != '\0' && next_sign(text) != NULL) {
        text += strspn(text, " \t");
        gsize n = strcspn(text, " \t"), start;
        const char *scheme;
        gsize length = find_link(text, n, &start, &scheme);
        if (length > 0) {
            g_autofree char *href = g_strdup_printf("%s%.*s", scheme, (int)length, text + start);
            if (text + start > plain)
                each(plain, (gsize)(text + start - plain), NULL, user);
            each(text + start, length, href, user);
            plain = text + start + length;
        }
        text += n;
    }
    if (*plain != '\0')
        each(plain, strlen(plain), NULL, user);
}
