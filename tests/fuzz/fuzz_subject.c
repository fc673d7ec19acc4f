/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any text as a subject. What is left of it is UTF-8 and a piece of it, and a mark in front takes nothing
 * away from it.
 */
#include "mail/word/subject.h"

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
    g_autofree char *subject = g_utf8_make_valid(bytes, -1);

    subject_kind(subject);
    for (int takes_weak = 0; takes_weak < 2; takes_weak++) {
        g_autofree char *base = subject_base(subject, takes_weak), *marked = g_strconcat("Re: ", subject, NULL);
        g_autofree char *of_marked = subject_base(marked, true);
        require(g_utf8_validate(base, -1, NULL) && strstr(subject, base) != NULL);
        require(!takes_weak || strcmp(base, of_marked) == 0);
    }
    return 0;
}
