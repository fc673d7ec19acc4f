/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any text for the detector of contact data. Finds are in order, apart, whole characters; the masked text is UTF-8, and
 * all that was not found is still in it.
 */
#include "mail/contact/contact.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    g_autoptr(GArray) spans = contact_spans(text, strlen(text));
    const char *at = text;
    guint n_masked = 0, n_told = 0;

    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        require(c->at >= at && c->n > 0 && c->at + c->n <= text + strlen(text));
        require(g_utf8_validate(c->at, (gssize)c->n, NULL) && g_utf8_validate(at, c->at - at, NULL));
        n_masked += c->kind < N_CONTACT_MASKED;
        at = c->at + c->n;
    }
    g_autofree char *masked = contact_mask(text, size % 2 == 0 ? "de" : NULL, NULL, &n_told);
    require(g_utf8_validate(masked, -1, NULL) && n_told == n_masked);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **l = lines; *l != NULL; l++)
        contact_is_line(*l, strlen(*l));
    return 0;
}
