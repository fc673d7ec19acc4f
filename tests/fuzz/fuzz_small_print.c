/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any text as a part that may be small print.
 */
#include "mail/body/small_print.h"

#include <glib.h>
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
    bool is_small_print = small_print_is(text), has_rule = small_print_has_rule(text);

    /* The same words are the same: what is asked may not depend on the place in memory, nor be changed by asking. */
    g_autofree char *copy = g_strdup(text);
    require(small_print_is(copy) == is_small_print && small_print_has_rule(copy) == has_rule && strcmp(copy, text) == 0);
    return 0;
}
