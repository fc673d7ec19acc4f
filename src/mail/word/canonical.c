/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key of a mailbox; see canonical.h.
 */
#include "mail/word/canonical.h"

#include "mail/word/address.h"

#include <stdbool.h>
#include <string.h>

/* `"a b"` to `a b`: a quoted local part names the same mailbox as the bare one (RFC 5321 4.1.2). */
static void cut_quotes(GString *local)
{
    if (local->len < 2 || local->str[0] != '"' || local->str[local->len - 1] != '"')
        return;
    GString *bare = g_string_new(NULL);
    for (gsize i = 1; i + 1 < local->len; i++) {
        if (local->str[i] == '\\' && i + 2 < local->len)
            i++;
        g_string_append_c(bare, local->str[i]);
    }
    g_string_assign(local, bare->str);
    g_string_free(bare, TRUE);
}

static void cut_detail(GString *local)
{
    const char *plus = strchr(local->str, '+');

    if (plus != NULL && plus != local->str)
        g_string_truncate(local, (gsize)(plus - local->str));
}

static void cut_dots(GString *local)
{
    gsize n = 0;

    for (gsize i = 0; i < local->len; i++)
        if (local->str[i] != '.')
            local->str[n++] = local->str[i];
    if (n > 0)
        g_string_truncate(local, n);
}

/* Of nearly all addresses each sign is one of ASCII, which is composed already. Caller frees. */
static char *lower_and_composed(const char *address)
{
    if (g_str_is_ascii(address))
        return g_ascii_strdown(address, -1);
    g_autofree char *lower = g_utf8_strdown(address, -1);
    char *composed = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
    return composed != NULL ? composed : g_steal_pointer(&lower);
}

char *canonical_address(const char *address)
{
    g_autofree char *folded = address_fold(address);
    g_autofree char *text = lower_and_composed(folded);
    const char *at = strrchr(text, '@');

    if (at == NULL)
        return g_strdup(text);
    g_autoptr(GString) local = g_string_new_len(text, at - text);
    g_autofree char *domain = g_strdup(at + 1);
    if (g_str_has_suffix(domain, "."))
        domain[strlen(domain) - 1] = '\0';
    bool is_gmail = strcmp(domain, "gmail.com") == 0 || strcmp(domain, "googlemail.com") == 0;
    cut_quotes(local);
    cut_detail(local);
    if (is_gmail)
        cut_dots(local);
    return g_strconcat(local->str, "@", is_gmail ? "gmail.com" : domain, NULL);
}
