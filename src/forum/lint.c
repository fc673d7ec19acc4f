/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules about issues of newsletters; see lint.h.
 */
#include "forum/lint.h"

#include "text/wrap.h"

#include <string.h>

#define WHERE_CHARS   70
#define CAPITAL_WORDS 3  /* in a row */
#define CAPITAL_CHARS 12 /* of one word: "UMWELTMINISTERIUM"; shorter ones are abbreviations */

struct look {
    const struct lint_issue *i;
    lint_found *found;
    void *user;
    enum lint what;
};

static void show(const struct look *l, const char *where)
{
    g_autofree char *short_one = text_shorten(where, WHERE_CHARS);

    l->found(l->what, short_one, l->user);
}

static void each_picture(const struct look *l, bool (*is_bad)(const struct markdown_link *p))
{
    for (guint i = 0; i < l->i->markdown->pictures->len; i++) {
        const struct markdown_link *p = l->i->markdown->pictures->pdata[i];
        if (is_bad(p))
            show(l, p->url);
    }
}

static bool is_remote(const struct markdown_link *p)
{
    return !g_str_has_prefix(p->url, "cid:");
}

static void find_remote(const struct look *l)
{
    each_picture(l, is_remote);
}

static bool has_no_description(const struct markdown_link *p)
{
    return *p->label == '\0';
}

static void find_no_alt(const struct look *l)
{
    each_picture(l, has_no_description);
}

/* The host of a web address, lower case, without "www."; NULL if it is none. Caller frees. */
static char *host_of(const char *url)
{
    const char *p = strstr(url, "://");
    const char *start = p != NULL ? p + 3 : url;
    gsize n = strcspn(start, "/?#:");
    g_autofree char *host = g_ascii_strdown(start, (gssize)n);

    if (strchr(host, '.') == NULL || strpbrk(host, " \t@") != NULL || n == 0)
        return NULL;
    return g_strdup(g_str_has_prefix(host, "www.") ? host + 4 : host);
}

static bool is_counter(const char *url)
{
    static const char *const hosts[] = {"bit.ly",
                                        "tinyurl.com",
                                        "t.co",
                                        "goo.gl",
                                        "ow.ly",
                                        "is.gd",
                                        "buff.ly",
                                        "lnkd.in",
                                        "t1p.de",
                                        "safelinks.protection.outlook.com",
                                        "urldefense.com",
                                        "urldefense.proofpoint.com",
                                        "click.mailchimp.com",
                                        "list-manage.com",
                                        "sendgrid.net",
                                        "mailjet.com",
                                        "google.com/url"};
    static const char *const marks[] = {"utm_source=", "utm_medium=", "utm_campaign=", "fbclid=", "gclid=", "mc_eid="};
    g_autofree char *host = host_of(url);

    for (gsize i = 0; host != NULL && i < G_N_ELEMENTS(hosts); i++) {
        gsize n = strlen(host), m = strlen(hosts[i]);
        if (strcmp(host, hosts[i]) == 0 || (n > m && host[n - m - 1] == '.' && strcmp(host + n - m, hosts[i]) == 0))
            return true;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (strstr(url, marks[i]) != NULL)
            return true;
    const char *inner = strstr(url, "://");
    return inner != NULL && (strstr(inner + 3, "http://") != NULL || strstr(inner + 3, "https://") != NULL ||
                             strstr(inner + 3, "http%3") != NULL || strstr(inner + 3, "https%3") != NULL);
}

static void find_redirector(const struct look *l)
{
    for (guint i = 0; i < l->i->markdown->links->len; i++) {
        const struct markdown_link *k = l->i->markdown->links->pdata[i];
        if (is_counter(k->url))
            show(l, k->url);
    }
}

static void find_disguised(const struct look *l)
{
    for (guint i = 0; i < l->i->markdown->links->len; i++) {
        const struct markdown_link *k = l->i->markdown->links->pdata[i];
        g_autofree char *shown = host_of(k->label), *real = host_of(k->url);
        if (shown == NULL || (real != NULL && strcmp(shown, real) == 0))
            continue;
        g_autofree char *where = g_strdup_printf("%s -> %s", k->label, k->url);
        show(l, where);
    }
}

static bool ends_sentence(const char *word)
{
    gsize n = strlen(word);

    while (n > 0 && strchr("\"')]", word[n - 1]) != NULL)
        n--;
    /* "2." and "z." go on */
    return n > 0 && (strchr("!?:", word[n - 1]) != NULL || (word[n - 1] == '.' && n > 3 && !g_ascii_isdigit(word[n - 2])));
}

static guint count_words(const char *line, GString *sentence, guint n, const struct look *l)
{
    g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);

    for (char **w = words; *w != NULL; w++) {
        if (**w == '\0')
            continue;
        g_string_append_printf(sentence, "%s%s", n > 0 ? " " : "", *w);
        n++;
        bool is_over = ends_sentence(*w);
        if (is_over && n > LINT_SENTENCE_WORDS)
            show(l, sentence->str);
        if (is_over) {
            g_string_truncate(sentence, 0);
            n = 0;
        }
    }
    return n;
}

static void find_sentence(const struct look *l)
{
    g_auto(GStrv) lines = g_strsplit(l->i->markdown->master, "\n", -1);
    g_autoptr(GString) sentence = g_string_new(NULL);

    for (char **line = lines; *line != NULL; line++) { /* a paragraph is one line */
        guint n = count_words(*line, sentence, 0, l);
        if (n > LINT_SENTENCE_WORDS)
            show(l, sentence->str);
        g_string_truncate(sentence, 0);
    }
}

static glong count_capitals(const char *word)
{
    glong n = 0;

    for (const char *p = word; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_islower(c) || g_unichar_isdigit(c))
            return 0;
        n += g_unichar_isupper(c);
    }
    return n > 1 ? n : 0;
}

static void look_for_capitals(const struct look *l, const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
    guint in_row = 0;

    for (char **w = words; *w != NULL; w++) {
        glong n = count_capitals(*w);
        in_row = n > 0 ? in_row + 1 : **w == '\0' ? in_row : 0;
        if (n >= CAPITAL_CHARS || in_row == CAPITAL_WORDS)
            show(l, *w);
    }
}

static void find_capitals(const struct look *l)
{
    look_for_capitals(l, l->i->subject);
    look_for_capitals(l, l->i->markdown->master);
}

static void find_imprint(const struct look *l)
{
    if (!l->i->has_imprint)
        show(l, "[initiative] imprint");
}

static void find_subject(const struct look *l)
{
    if (g_utf8_strlen(l->i->subject, -1) > LINT_SUBJECT_CHARS)
        show(l, l->i->subject);
}

static void find_attachment(const struct look *l)
{
    for (guint i = 0; l->i->files != NULL && i < l->i->files->len; i++) {
        const struct issue_file *f = l->i->files->pdata[i];
        if (f->n_bytes > LINT_ATTACHMENT_BYTES)
            show(l, f->name);
    }
}

/* An office writes from a role or from its own domain; who knows none of both is taken for a person. */
static bool is_private(const struct lint_issue *i, const char *address)
{
    static const char *const providers[] = {"gmx.",     "web.de",   "t-online.", "gmail.",  "googlemail.", "freenet.",
                                            "outlook.", "hotmail.", "yahoo.",    "icloud.", "posteo.",     "mailbox.org",
                                            "aol.",     "arcor.",   "online.de", "live."};
    const char *at = strrchr(address, '@');

    if (at == NULL || g_ascii_strcasecmp(at + 1, i->own_domain) == 0 || g_ascii_strcasecmp(address, i->contact) == 0)
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(providers); k++)
        if (g_ascii_strncasecmp(at + 1, providers[k], strlen(providers[k])) == 0)
            return true;
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    return strchr(local, '.') != NULL; /* first.last@ */
}

static void find_private(const struct look *l)
{
    g_auto(GStrv) words = g_strsplit_set(l->i->source, " \t\n<>()[]\"',;:", -1);

    for (char **w = words; *w != NULL; w++) {
        g_autofree char *address = g_strdup(*w);
        gsize n = strlen(address);
        while (n > 0 && strchr(".!?*_", address[n - 1]) != NULL)
            address[--n] = '\0';
        const char *at = strchr(address, '@');
        if (at != NULL && at != address && strchr(at, '.') != NULL && is_private(l->i, address))
            show(l, address);
    }
}

static void find_html(const struct look *l)
{
    if (l->i->markdown->has_html)
        show(l, "<...>");
}

/* The line below the head of a table in Markdown: "|---|:--:|". */
static bool is_ruler(const char *line)
{
    return strchr(line, '|') != NULL && strstr(line, "--") != NULL && line[strspn(line, "|-: \t\r")] == '\0';
}

static void find_table(const struct look *l)
{
    g_auto(GStrv) lines = g_strsplit(l->i->source, "\n", -1);

    for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
        if (is_ruler(lines[i]) && strchr(lines[i - 1], '|') != NULL)
            show(l, lines[i - 1]);
}

static bool is_sign(gunichar c)
{
    return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) || (c >= 0x2b00 && c <= 0x2bff);
}

static void find_signs(const struct look *l)
{
    for (const char *p = l->i->subject; *p != '\0'; p = g_utf8_next_char(p))
        if (is_sign(g_utf8_get_char(p))) {
            show(l, l->i->subject);
            return;
        }
}

static const struct rule {
    const char *name;
    void (*find)(const struct look *l);
} rules[N_LINTS] = {
    [LINT_REMOTE] = {"lint-remote", find_remote},
    [LINT_REDIRECTOR] = {"lint-redirector", find_redirector},
    [LINT_DISGUISED] = {"lint-disguised", find_disguised},
    [LINT_NO_ALT] = {"lint-no-alt", find_no_alt},
    [LINT_SENTENCE] = {"lint-sentence", find_sentence},
    [LINT_CAPITALS] = {"lint-capitals", find_capitals},
    [LINT_IMPRINT] = {"lint-imprint", find_imprint},
    [LINT_SUBJECT] = {"lint-subject", find_subject},
    [LINT_ATTACHMENT] = {"lint-attachment", find_attachment},
    [LINT_PRIVATE] = {"lint-private", find_private},
    [LINT_HTML] = {"lint-html", find_html},
    [LINT_TABLE] = {"lint-table", find_table},
    [LINT_SIGNS] = {"lint-signs", find_signs},
};

void lint_look(const struct lint_issue *i, lint_found *found, void *user)
{
    for (enum lint what = 0; what < N_LINTS; what++) {
        struct look l = {i, found, user, what};
        rules[what].find(&l);
    }
}

const char *lint_name(enum lint what)
{
    return rules[what].name;
}
