/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A walk through a page's template as a browser would read it, stopping at each tag of ours; see page_lint.h.
 */
#include "text/page_lint.h"

#include <string.h>

enum place { PLACE_TEXT, PLACE_TAG, PLACE_VALUE, PLACE_COMMENT };

struct lint {
    const char *name, *source, *at;
    enum place place;
    char quote;        /* of PLACE_VALUE; 0 not quoted */
    const char *value; /* where the attribute's value starts */
    const char *attribute;
    gsize n_attribute;
    struct err *e;
};

static bool refuse(const struct lint *l, const char *why)
{
    guint line = 1;

    for (const char *p = l->source; p < l->at; p++)
        line += *p == '\n';
    return err_set(l->e, ERR_CONFIG, "template %s, line %u: %s", l->name, line, why);
}

static bool is_attribute(const struct lint *l, const char *name)
{
    return l->n_attribute == strlen(name) && g_ascii_strncasecmp(l->attribute, name, l->n_attribute) == 0;
}

static bool is_address_attribute(const struct lint *l)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "cite", "poster", "data", "srcset"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (is_attribute(l, names[i]))
            return true;
    return false;
}

/* NAME (N characters) is one that the program makes whole addresses for. */
static bool is_made_here(const char *name, gsize n)
{
    static const char *const ends[] = {"href", "path", "url"};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        gsize length = strlen(ends[i]);
        if (n >= length && strncmp(name + n - length, ends[i], length) == 0)
            return true;
    }
    return false;
}

/* Does the value at hand begin with words of the template that say what kind of address it is? */
static bool is_begun(const struct lint *l)
{
    static const char *const starts[] = {"/", "#", "?", "mailto:", "https://"};

    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(l->value, starts[i]))
            return true;
    return false;
}

/* A value of NAME (N characters) lands where we are. */
static bool check_value(const struct lint *l, const char *name, gsize n)
{
    switch (l->place) {
    case PLACE_TEXT:
        return true;
    case PLACE_TAG:
        return refuse(l, "a value as the name of a tag or an attribute");
    case PLACE_COMMENT:
        return refuse(l, "a value in a comment");
    case PLACE_VALUE:
        if (l->quote == 0)
            return refuse(l, "a value in an attribute without quotes");
        if (is_address_attribute(l) && !is_begun(l) && !is_made_here(name, n))
            return refuse(l, "an address that begins with a value whose name does not end in href, path or url");
        return true;
    }
    return true;
}

/* At "{{": moves behind the tag. */
static bool walk_tag_of_ours(struct lint *l)
{
    const char *name = l->at + 2;
    const char *end = strstr(name, "}}");

    if (end == NULL)
        return refuse(l, "a tag without an end");
    if (*name == '{' || *name == '&')
        return refuse(l, "a value without escaping");
    if (*name == '=')
        return refuse(l, "other delimiters");
    if (strchr("#^/!>", *name) == NULL) {
        while (*name == ' ')
            name++;
        gsize n = strcspn(name, " }");
        if (!check_value(l, name, n))
            return false;
    } else if (*name == '>' && l->place != PLACE_TEXT)
        return refuse(l, "a part inside a tag");
    l->at = end + 2;
    return true;
}

static bool begin_attribute(struct lint *l)
{
    l->attribute = l->at;
    while (*l->at != '\0' && strchr(" \t\r\n=>/{", *l->at) == NULL)
        l->at++;
    l->n_attribute = (gsize)(l->at - l->attribute);
    if (l->n_attribute > 2 && g_ascii_strncasecmp(l->attribute, "on", 2) == 0)
        return refuse(l, "an attribute that is code");
    if (is_attribute(l, "style") || is_attribute(l, "srcdoc"))
        return refuse(l, "an attribute that is code; style.css says how things look");
    if (*l->at != '=')
        return true;
    l->at++;
    l->quote = *l->at == '"' || *l->at == '\'' ? *l->at++ : 0;
    l->value = l->at;
    l->place = PLACE_VALUE;
    return true;
}

static bool begin_tag(struct lint *l)
{
    if (g_str_has_prefix(l->at, "<!--")) {
        l->place = PLACE_COMMENT;
        l->at += 4;
        return true;
    }
    if (g_ascii_strncasecmp(l->at, "<script", 7) == 0 || g_ascii_strncasecmp(l->at, "<style", 6) == 0)
        return refuse(l, "pages hold no code");
    l->at++;
    if (g_str_has_prefix(l->at, "{{"))
        return refuse(l, "a value as the name of a tag or an attribute");
    l->at += strcspn(l->at, " \t\r\n>{");
    l->place = PLACE_TAG;
    return true;
}

static bool is_end_of_value(const struct lint *l)
{
    return l->quote != 0 ? *l->at == l->quote : strchr(" \t\r\n>", *l->at) != NULL;
}

/* One step that is no tag of ours. */
static bool walk(struct lint *l)
{
    switch (l->place) {
    case PLACE_TEXT:
        if (*l->at == '<')
            return begin_tag(l);
        break;
    case PLACE_COMMENT:
        if (g_str_has_prefix(l->at, "-->"))
            l->place = PLACE_TEXT;
        break;
    case PLACE_TAG:
        if (*l->at == '>')
            l->place = PLACE_TEXT;
        else if (g_ascii_isalpha(*l->at))
            return begin_attribute(l);
        break;
    case PLACE_VALUE:
        if (is_end_of_value(l)) {
            l->place = l->quote == 0 && *l->at == '>' ? PLACE_TEXT : PLACE_TAG;
        }
        break;
    }
    l->at++;
    return true;
}

bool page_lint(const char *name, const char *source, struct err *e)
{
    struct lint l = {.name = name, .source = source, .at = source, .value = "", .attribute = "", .e = e};

    while (*l.at != '\0')
        if (!(g_str_has_prefix(l.at, "{{") ? walk_tag_of_ours(&l) : walk(&l)))
            return false;
    return l.place == PLACE_TEXT || refuse(&l, "a tag or comment without an end");
}
