/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: what we sent, a line "%%", what came back. Checked besides memory: what stays and what is cut together hold
 * each sign of the text; without a memory nothing is cut; the whole text as its own memory leaves something.
 */
#include "forum/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

/* Marks of quotes may go alone. */
static gsize n_signs(const char *s)
{
    gsize n = 0;
    for (; *s; s++)
        n += strchr(" \t\n\r>", *s) == NULL;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *input = g_utf8_make_valid(bytes, -1);
    char *between = strstr(input, "\n%%\n");
    const char *text = between ? between + 4 : input;
    if (between)
        *between = '\0';
    g_autoptr(GBytes) memory = memory_of(input);
    g_autofree char *cut = NULL;
    g_autofree char *left = memory_cut(text, &memory, 1, &cut);
    require(n_signs(left) + n_signs(cut) == n_signs(text));
    g_autofree char *untouched = memory_cut(text, NULL, 0, NULL);
    require(strcmp(untouched, text) == 0);
    struct reply r;
    struct reply_context context = {.subject = "Re: x"};
    bool has_ours = memory_split(text, &context, &memory, 1, &r);
    require(has_ours == (*cut != '\0'));
    if (!has_ours)
        return 0;
    require(g_utf8_validate(r.text, -1, NULL));
    reply_clear(&r);
    return 0;
}
