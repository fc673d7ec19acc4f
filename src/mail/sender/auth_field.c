/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See auth_field.h. A function for each rule of the grammar; false anywhere ends it all.
 */
#include "mail/sender/auth_field.h"

#include "mail/word/lex.h"

#include <stddef.h>
#include <string.h>

void auth_finding_free(struct auth_finding *f)
{
    char *texts[] = {f->method, f->result, f->header_from, f->header_d, f->header_i, f->mailfrom};

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(f);
}

/* Letters, digits and hyphens, in lower case. */
static bool take_keyword(const char **at, char **word_out)
{
    gsize n = 0;

    while (g_ascii_isalnum((*at)[n]) || (*at)[n] == '-')
        n++;
    *word_out = n > 0 ? g_ascii_strdown(*at, (gssize)n) : NULL;
    *at += n;
    return n > 0;
}

/* A word ends where a blank, a comment, the next finding or the end is. */
static bool is_end_of_word(const char *at)
{
    return *at == '\0' || strchr(" \t(;", *at) != NULL;
}

static bool take_sign(const char **at, char sign)
{
    return lex_cfws(at) && lex_char(at, sign) && lex_cfws(at);
}

/* "example.org", "anna@example.org", "@example.org", "\"a b\"@example.org", "\"anything\"": what stands behind "@", or all. */
static bool take_value(const char **at, char **value_out)
{
    bool is_quoted = **at == '"';
    g_autofree char *word = is_quoted ? lex_quoted(at, NULL) : lex_run(at);

    if (word == NULL)
        return false;
    if (is_quoted && lex_char(at, '@')) { /* a quoted local part */
        g_free(word);
        word = lex_run(at);
        if (*word == '\0' || strchr(word, '@') != NULL)
            return false;
    }
    const char *sign = strrchr(word, '@');
    if ((!is_quoted && *word == '\0') || (!is_quoted && sign != NULL && strchr(word, '@') != sign))
        return false;
    *value_out = g_strdup(sign != NULL ? sign + 1 : word);
    return is_end_of_word(*at);
}

/* Remembers the properties that are needed later. */
static void note_property(struct auth_finding *f, const char *ptype, const char *property, const char *value)
{
    static const struct {
        const char *ptype, *property;
        gsize offset;
    } wanted[] = {
        {"header", "from", offsetof(struct auth_finding, header_from)},
        {"header", "d", offsetof(struct auth_finding, header_d)},
        {"header", "i", offsetof(struct auth_finding, header_i)},
        {"smtp", "mailfrom", offsetof(struct auth_finding, mailfrom)},
    };

    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        if (strcmp(ptype, wanted[i].ptype) != 0 || strcmp(property, wanted[i].property) != 0)
            continue;
        char **slot = (char **)(void *)((char *)f + wanted[i].offset);
        if (*slot != NULL && g_ascii_strcasecmp(*slot, value) != 0)
            f->is_torn = true;
        g_free(*slot);
        *slot = g_strdup(value);
    }
}

/* "header.d=example.org" or "reason=\"text\"" */
static bool take_detail(const char **at, struct auth_finding *f)
{
    g_autofree char *first = NULL, *property = NULL, *value = NULL;

    if (!take_keyword(at, &first) || !lex_cfws(at))
        return false;
    if (**at == '=')
        return strcmp(first, "reason") == 0 && take_sign(at, '=') && take_value(at, &value);
    if (!take_sign(at, '.') || !take_keyword(at, &property) || !take_sign(at, '=') || !take_value(at, &value))
        return false;
    note_property(f, first, property, value);
    return true;
}

/* "dkim/1 = pass" */
static bool take_method(const char **at, struct auth_finding *f)
{
    g_autofree char *version = NULL;

    if (!lex_cfws(at) || !take_keyword(at, &f->method) || !lex_cfws(at))
        return false;
    f->is_known_version = true;
    if (**at == '/') {
        if (!take_sign(at, '/') || !take_keyword(at, &version))
            return false;
        f->is_known_version = strcmp(version, "1") == 0;
    }
    return take_sign(at, '=') && take_keyword(at, &f->result) && is_end_of_word(*at);
}

static bool take_finding(const char **at, GPtrArray *findings)
{
    struct auth_finding *f = g_new0(struct auth_finding, 1);

    g_ptr_array_add(findings, f);
    if (!take_method(at, f))
        return false;
    while (lex_cfws(at) && **at != ';' && **at != '\0')
        if (!take_detail(at, f))
            return false;
    return **at == ';' || **at == '\0';
}

/* "mx.example.org 1" */
static bool take_id(const char **at, char **id_out)
{
    bool has_pairs = false;

    if (!lex_cfws(at))
        return false;
    g_autofree char *id = **at == '"' ? lex_quoted(at, &has_pairs) : lex_token(at);
    if (id == NULL || *id == '\0' || has_pairs || !is_end_of_word(*at) || !lex_cfws(at))
        return false;
    if (g_ascii_isdigit(**at)) {
        g_autofree char *version = NULL;
        if (!take_keyword(at, &version) || strcmp(version, "1") != 0 || !lex_cfws(at))
            return false;
    }
    *id_out = g_steal_pointer(&id);
    return true;
}

/* "; none" and no more */
static bool is_none(const char *at)
{
    g_autofree char *word = NULL;

    return take_sign(&at, ';') && take_keyword(&at, &word) && strcmp(word, "none") == 0 && lex_cfws(&at) && *at == '\0';
}

bool auth_field_read(const char *raw, char **id_out, GPtrArray *findings)
{
    const char *at = raw;
    guint n_before = findings->len;
    g_autofree char *id = NULL;
    bool ok = take_id(&at, &id) && *at == ';';

    if (ok && !is_none(at))
        while (ok && *at != '\0')
            ok = lex_char(&at, ';') && take_finding(&at, findings);
    if (ok)
        *id_out = g_steal_pointer(&id);
    else
        g_ptr_array_set_size(findings, (gint)n_before);
    return ok;
}
