/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading address fields. See address.h. One pass collects a phrase until something ends the mailbox; what
 * the phrase was is decided then.
 */
#include "mail/word/address.h"

#include "base/limits.h"
#include "mail/message/message.h"
#include "mail/word/charset.h"
#include "mail/word/decode.h"

#include <idn2.h>
#include <stdbool.h>
#include <string.h>

#define MAX_LABEL_BYTES  63 /* RFC 1035 2.3.4 */
#define MAX_DOMAIN_BYTES 253

struct scan {
    const char *at;
    GString *phrase;  /* words before an address, raw, quotes removed */
    GString *angle;   /* what stood in <>, valid if has_angle */
    GString *comment; /* the last (comment): the name in the old style `a@b (Name)` */
    bool has_angle, has_quoted;
};

static void scan_comment(struct scan *s)
{
    guint depth = 0;

    g_string_truncate(s->comment, 0);
    for (; *s->at != '\0'; s->at++) {
        if (*s->at == '\\' && s->at[1] != '\0')
            s->at++;
        else if (*s->at == '(' && depth++ == 0)
            continue;
        else if (*s->at == ')' && --depth == 0)
            break;
        g_string_append_c(s->comment, *s->at);
    }
    if (*s->at == ')')
        s->at++;
}

/* IN_LOCAL: the quotes belong to a local part and stay ("john doe"@x). */
static void scan_quoted(struct scan *s)
{
    const char *close = s->at + 1;

    while (*close != '\0' && *close != '"')
        close += *close == '\\' && close[1] != '\0' ? 2 : 1;
    if (*close == '"' && close[1] == '@') {
        g_string_append_len(s->phrase, s->at, close + 1 - s->at);
        s->at = close + 1;
        return;
    }
    for (s->at++; *s->at != '\0' && s->at < close; s->at++) {
        if (*s->at == '\\' && s->at[1] != '\0')
            s->at++;
        g_string_append_c(s->phrase, *s->at);
    }
    s->has_quoted = true;
    if (*s->at == '"')
        s->at++;
}

static void scan_angle(struct scan *s)
{
    bool in_quotes = false;

    g_string_truncate(s->angle, 0);
    s->has_angle = true;
    for (s->at++; *s->at != '\0' && (in_quotes || *s->at != '>'); s->at++) {
        if (*s->at == '"')
            in_quotes = !in_quotes;
        if (*s->at == '<' && !in_quotes)
            g_string_truncate(s->angle, 0); /* "<<a@b>>" */
        else
            g_string_append_c(s->angle, *s->at);
    }
    while (*s->at == '>')
        s->at++;
}

/* Word after word up to a separator, which is left standing. */
static void scan_mailbox(struct scan *s)
{
    g_string_truncate(s->phrase, 0);
    g_string_truncate(s->comment, 0);
    s->has_angle = s->has_quoted = false;
    while (*s->at != '\0') {
        if (*s->at == '"') {
            scan_quoted(s);
        } else if (*s->at == '(') {
            scan_comment(s);
        } else if (*s->at == '<') {
            if (s->has_angle)
                return; /* "a <a@b> c <c@d>": the comma is missing */
            scan_angle(s);
        } else if (*s->at == ',' || *s->at == ';') {
            return;
        } else if (s->has_angle && !g_ascii_isspace(*s->at)) {
            return;
        } else {
            g_string_append_c(s->phrase, *s->at++);
        }
    }
}

char *address_fold(const char *address)
{
    const char *at = strrchr(address, '@');
    g_autofree char *domain = NULL;
    char *unicode = NULL;

    if (at == NULL)
        return g_strdup(address);
    domain = g_str_is_ascii(at + 1) ? g_ascii_strdown(at + 1, -1) : g_utf8_strdown(at + 1, -1);
    if (strstr(domain, "xn--") != NULL && idn2_to_unicode_8z8z(domain, &unicode, 0) == IDN2_OK) {
        g_free(domain);
        domain = g_strdup(unicode);
        idn2_free(unicode);
    }
    gsize n = (gsize)(at + 1 - address), n_domain = strlen(domain);
    char *folded = g_malloc(n + n_domain + 1);
    memcpy(folded, address, n);
    memcpy(folded + n, domain, n_domain + 1);
    return folded;
}

/* Labels of letters, digits and hyphens between single dots. */
static bool is_host_name(const char *ascii)
{
    g_auto(GStrv) labels = g_strsplit(ascii, ".", -1);

    for (char **l = labels; *l != NULL; l++)
        if (**l == '\0' || (*l)[0] == '-' || strspn(*l, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(*l))
            return false;
    return labels[0] != NULL;
}

/* Small letters, digits and dots, and hyphens only between them, as nearly all domains are: what IDNA leaves as it is. */
static bool is_plain_domain(const char *domain)
{
    gsize n = strlen(domain), n_label = 0;

    for (const char *p = domain; *p != '\0'; p++) {
        bool is_letter = g_ascii_islower(*p) || g_ascii_isdigit(*p);
        bool is_between = (*p == '-' || *p == '.') && n_label > 0 && (g_ascii_islower(p[1]) || g_ascii_isdigit(p[1]));
        n_label = *p == '.' ? 0 : n_label + 1;
        if ((!is_letter && !is_between) || n_label > MAX_LABEL_BYTES)
            return false;
    }
    return n > 0 && n <= MAX_DOMAIN_BYTES;
}

char *address_domain_ascii(const char *domain)
{
    char *ascii = NULL;

    if (is_plain_domain(domain))
        return g_strdup(domain);
    if (idn2_to_ascii_8z(domain, &ascii, IDN2_NONTRANSITIONAL) != IDN2_OK)
        return NULL;
    g_autofree char *lower = g_ascii_strdown(ascii, -1);
    idn2_free(ascii);
    return is_host_name(lower) ? g_steal_pointer(&lower) : NULL;
}

/* RAW with an address in it: blanks out, route (`@a,@b:x@y`) off, domain folded. Encoded words stay as they are: RFC 2047
 * section 5 forbids them in an address, and who decodes them reads another address than the mail server did. */
static char *clean_address(const char *raw)
{
    const char *start = raw;

    if (*raw == '@') {
        const char *colon = strchr(raw, ':');
        start = colon != NULL ? colon + 1 : raw;
    }
    g_autofree char *address = g_strdup(start);
    charset_clean_name(address);
    char *to = address;
    bool in_quotes = false;
    for (const char *from = address; *from != '\0'; from++) {
        if (*from == '"')
            in_quotes = !in_quotes;
        if (in_quotes || *from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    return address_fold(address);
}

/* What stands in an address field and is none: shown for people, decoded, unless it would look like an address then. */
static char *clean_word(const char *raw)
{
    g_autofree char *decoded = decode_words(raw, strlen(raw), NULL);

    return clean_address(strchr(decoded, '@') == NULL ? decoded : raw);
}

static char *clean_name(const char *raw)
{
    char *name = decode_words(raw, strlen(raw), NULL);
    char *to = name;

    charset_clean_name(name);
    g_strstrip(name);
    for (const char *from = name; *from != '\0'; from++)
        if (*from != ' ' || to == name || to[-1] != ' ')
            *to++ = *from;
    *to = '\0';
    gsize n = strlen(name);
    if (n >= 2 && (name[0] == '\'' || name[0] == '"') && name[n - 1] == name[0]) { /* Outlook's 'Name' */
        memmove(name, name + 1, n - 2);
        name[n - 2] = '\0';
    }
    return name;
}

static void add(GPtrArray *list, const char *name_raw, const char *address_raw)
{
    bool is_address = strchr(address_raw, '@') != NULL;
    g_autofree char *name = clean_name(name_raw);
    g_autofree char *address = is_address ? clean_address(address_raw) : clean_word(address_raw);

    g_ptr_array_add(list, mailbox_new(name, address));
}

/* A phrase without angle brackets: its word with "@" is the address, the words before are the name. */
static void add_phrase(struct scan *s, GPtrArray *list)
{
    g_autofree char *phrase = g_strstrip(g_strdup(s->phrase->str));
    char *at = strrchr(phrase, '@');

    if (*phrase == '\0')
        return;
    if (at == NULL) {
        add(list, *s->comment->str != '\0' ? s->comment->str : "", phrase);
        return;
    }
    if (at[-1 + (at == phrase)] == '"') { /* quoted local part */
        add(list, s->comment->str, phrase);
        return;
    }
    char *word = at;
    while (word > phrase && !g_ascii_isspace(word[-1]))
        word--;
    if (word > phrase && word == at) { /* "a @ b.c": blanks around the sign */
        add(list, s->comment->str, phrase);
        return;
    }
    g_autofree char *address = g_strdup(word);
    *word = '\0';
    add(list, *phrase != '\0' ? phrase : s->comment->str, address);
}

static void finish(struct scan *s, GPtrArray *list)
{
    if (!s->has_angle) {
        add_phrase(s, list);
        return;
    }
    g_strstrip(s->angle->str);
    if (*s->angle->str == '\0' && *s->phrase->str == '\0')
        return;
    bool has_name = s->phrase->str[strspn(s->phrase->str, " \t\r\n")] != '\0';
    add(list, has_name ? s->phrase->str : s->comment->str, s->angle->str);
}

/* "Müller, Anna <a@b>": the words before a comma belong to the name that follows, if they hold no address. */
static bool is_name_piece(const struct scan *s)
{
    if (s->has_angle || s->has_quoted || *s->at != ',' || strchr(s->phrase->str, '@') != NULL)
        return false;
    const char *rest = s->at + 1;
    gsize n = strcspn(rest, ",;@\"");
    return memchr(rest, '<', n) != NULL && s->phrase->str[strspn(s->phrase->str, " \t")] != '\0';
}

/* "Friends: a@b, c@d;" */
static void skip_group_name(struct scan *s)
{
    gsize n = strcspn(s->at, ":,;@<\"(");

    if (s->at[n] == ':' && s->at[n + 1] != ':')
        s->at += n + 1;
}

void address_parse(const char *raw, GPtrArray *list)
{
    g_autoptr(GString) phrase = g_string_new(NULL), angle = g_string_new(NULL), comment = g_string_new(NULL);
    g_autoptr(GString) carried = g_string_new(NULL);
    struct scan s = {.at = raw, .phrase = phrase, .angle = angle, .comment = comment};
    guint n_start = list->len;

    while (*s.at != '\0' && list->len - n_start < LIMIT_ADDRESSES) {
        skip_group_name(&s);
        scan_mailbox(&s);
        if (is_name_piece(&s)) {
            g_string_append_printf(carried, "%s, ", g_strchomp(phrase->str));
        } else {
            g_string_prepend(phrase, carried->str);
            g_string_truncate(carried, 0);
            finish(&s, list);
        }
        while (*s.at == ',' || *s.at == ';' || g_ascii_isspace(*s.at))
            s.at++;
    }
}

char *address_bare(const char *raw)
{
    const char *open = strchr(raw, '<');
    g_autofree char *inner = open != NULL ? g_strndup(open + 1, strcspn(open + 1, ">")) : g_strdup(raw);

    return clean_address(g_strstrip(inner));
}
