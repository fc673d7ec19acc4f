/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See auth.h.
 */
#include "mail/auth.h"

#include <string.h>

/* Next word of a field: a token, or one of "; =" ; comments and quotes are passed over. */
static char *next_word(const char **at)
{
    const char *p = *at;

    for (;;) {
        p += strspn(p, " \t");
        if (*p != '(')
            break;
        for (guint depth = 0; *p != '\0'; p++) {
            if (*p == '\\' && p[1] != '\0')
                p++;
            else if (*p == '(')
                depth++;
            else if (*p == ')' && --depth == 0) {
                p++;
                break;
            }
        }
    }
    gsize n = *p == ';' || *p == '=' ? 1 : strcspn(p, " \t();=\"");
    if (*p == '"') {
        n = strcspn(p + 1, "\"");
        *at = p + 1 + n + (p[1 + n] == '"');
        return g_strndup(p + 1, n);
    }
    *at = p + n;
    return n > 0 ? g_ascii_strdown(p, (gssize)n) : (*at += *p != '\0', *p != '\0' ? g_strdup("") : NULL);
}

static void note(struct authentication *a, const char *method, const char *result)
{
    char **slot = strcmp(method, "dmarc") == 0  ? &a->dmarc
                  : strcmp(method, "dkim") == 0 ? &a->dkim
                  : strcmp(method, "spf") == 0  ? &a->spf
                                                : NULL;
    if (slot == NULL)
        return;
    /* several signatures: one that passes is enough */
    if (*slot == NULL || strcmp(result, "pass") == 0) {
        g_free(*slot);
        *slot = g_strdup(result);
    }
}

/* "id 1; dmarc=pass (p=none) header.from=x; spf=fail" */
static void read_results(const char *at, struct authentication *a)
{
    bool at_method = false;
    g_autofree char *word = NULL;

    while ((word = next_word(&at)) != NULL) {
        if (strcmp(word, ";") == 0) {
            at_method = true;
        } else if (at_method && *word != '\0') {
            g_autofree char *equals = next_word(&at);
            g_autofree char *result = equals != NULL && strcmp(equals, "=") == 0 ? next_word(&at) : NULL;
            word[strcspn(word, "/")] = '\0'; /* "dkim/1" */
            if (result != NULL)
                note(a, word, result);
            at_method = equals != NULL && strcmp(equals, ";") == 0;
        }
        g_clear_pointer(&word, g_free);
    }
}

struct authentication *auth_read(const struct entity *root, const char *authserv_id)
{
    if (authserv_id == NULL)
        return NULL;
    for (guint i = 0; i < root->headers->len; i++) {
        const struct header *h = g_ptr_array_index(root->headers, i);
        if (g_ascii_strcasecmp(h->name, "Authentication-Results") != 0)
            continue;
        const char *at = h->raw;
        g_autofree char *id = next_word(&at);
        if (id == NULL || g_ascii_strcasecmp(id, authserv_id) != 0)
            continue;
        struct authentication *a = g_new0(struct authentication, 1);
        a->authserv_id = g_steal_pointer(&id);
        read_results(at, a);
        return a;
    }
    return NULL;
}
