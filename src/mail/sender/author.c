/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See author.h. address.c reads addresses as they come; here only what the standard allows counts.
 */
#include "mail/sender/author.h"

#include "mail/word/address.h"
#include "mail/word/lex.h"

#include <string.h>

/* "local@domain" without anything in between, as it is written. NULL if there is none at AT. */
static char *take_addr_spec(const char **at)
{
    const char *p = *at;
    bool has_pairs = false;
    g_autofree char *local = *p == '"' ? lex_quoted(&p, &has_pairs) : lex_atom(&p);

    if (local == NULL || has_pairs || !lex_char(&p, '@'))
        return NULL;
    g_autofree char *domain = lex_atom(&p);
    if (domain == NULL)
        return NULL;
    char *address = g_strndup(*at, (gsize)(p - *at));
    *at = p;
    return address;
}

/* "<local@domain>" */
static char *take_angle(const char **at)
{
    const char *p = *at;

    if (!lex_char(&p, '<'))
        return NULL;
    g_autofree char *address = take_addr_spec(&p);
    if (address == NULL || !lex_char(&p, '>'))
        return NULL;
    *at = p;
    return g_steal_pointer(&address);
}

/* Over the words of a name. */
static bool skip_phrase(const char **at)
{
    g_autofree char *word = NULL;

    do {
        g_free(word);
        word = **at == '"' ? lex_quoted(at, NULL) : lex_atom(at);
        if (!lex_cfws(at))
            return false;
    } while (word != NULL);
    return true;
}

/* The one address in RAW, folded; NULL if that is not what RAW is. */
static char *one_address(const char *raw)
{
    const char *at = raw;

    if (!lex_cfws(&at))
        return NULL;
    g_autofree char *first = take_addr_spec(&at);
    if (!lex_cfws(&at) || (first == NULL && !skip_phrase(&at)))
        return NULL;
    g_autofree char *angle = take_angle(&at);
    if (!lex_cfws(&at) || *at != '\0' || (first == NULL && angle == NULL))
        return NULL;
    g_autofree char *a = first != NULL ? address_fold(first) : NULL;
    g_autofree char *b = angle != NULL ? address_fold(angle) : NULL;
    /* `a@b <a@b>` is no mailbox by the letter, but often met, and nobody can read two from it */
    if (a != NULL && b != NULL && strcmp(a, b) != 0)
        return NULL;
    return a != NULL ? g_steal_pointer(&a) : g_steal_pointer(&b);
}

/* The raw text of the one From field; NULL if there is none or more, or if others may see another one. */
static const char *one_field(const struct entity *root)
{
    const struct header *from = entity_header(root, "From");

    return from != NULL && !from->is_loose && entity_count(root, "From") == 1 ? from->raw : NULL;
}

/* The header was cut or mended: what else stood in it is not known here. */
static bool is_damaged(const struct message *m)
{
    return g_ptr_array_find_with_equal_func(m->defects, "header-too-large", g_str_equal, NULL) ||
           g_ptr_array_find_with_equal_func(m->defects, "control-in-header", g_str_equal, NULL);
}

char *author_domain(const struct entity *root, const struct message *m)
{
    const char *raw = one_field(root);
    g_autofree char *address = raw != NULL && m->from->len == 1 && !is_damaged(m) ? one_address(raw) : NULL;

    if (address == NULL || strcmp(address, ((const struct mailbox *)m->from->pdata[0])->address) != 0)
        return NULL;
    return address_domain_ascii(strrchr(address, '@') + 1);
}
