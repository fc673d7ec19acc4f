/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See signature.h.
 */
#include "mail/sender/signature.h"

#include "base/letter.h"

#include <string.h>

#define COPIED "dsia" /* tags that verifiers copy; each is one letter */

static bool is_signature(const char *name)
{
    static const char *const names[] = {"DKIM-Signature", "ARC-Message-Signature", "ARC-Seal", "DomainKey-Signature"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (letter_same(name, names[i]))
            return true;
    return false;
}

/* Of an address: atoms, dots and "@" (RFC 5322 3.2.3); UTF-8 as well. */
static bool is_plain(char c)
{
    return g_ascii_isalnum(c) || ((guchar)c & 0x80) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.@", c) != NULL);
}

/* The characters of a value, "=3B" decoded (RFC 6376 2.11). */
static bool is_plain_value(const char *from, const char *to)
{
    for (const char *p = from; p < to; p++) {
        char c = *p;
        if (c == '=' && to - p > 2 && g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2])) {
            c = (char)(g_ascii_xdigit_value(p[1]) << 4 | g_ascii_xdigit_value(p[2]));
            p += 2;
        }
        if (!is_plain(c))
            return false;
    }
    return true;
}

static void strip(const char **from, const char **to)
{
    while (*from < *to && g_ascii_isspace(**from))
        ++*from;
    while (*to > *from && g_ascii_isspace((*to)[-1]))
        --*to;
}

/* "v=1; d=example.org; i=@example.org; ..." */
static bool is_plain_signature(const char *raw)
{
    guint n_seen[sizeof COPIED - 1] = {0};

    for (const char *at = raw, *end; *at != '\0'; at = *end == ';' ? end + 1 : end) {
        end = at + strcspn(at, ";");
        const char *equals = memchr(at, '=', (gsize)(end - at));
        if (equals == NULL)
            continue;
        const char *name = at, *name_end = equals, *value = equals + 1, *value_end = end;
        strip(&name, &name_end);
        strip(&value, &value_end);
        const char *copied = name_end - name == 1 ? strchr(COPIED, g_ascii_tolower(*name)) : NULL;
        if (copied != NULL && (n_seen[copied - COPIED]++ > 0 || !is_plain_value(value, value_end)))
            return false;
    }
    return true;
}

bool signatures_are_plain(const struct entity *root)
{
    for (guint i = 0; i < root->headers->len; i++) {
        const struct header *h = root->headers->pdata[i];
        if (is_signature(h->name) && !is_plain_signature(h->raw))
            return false;
    }
    return true;
}
