/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any text as the HTML of a mail; what comes out is UTF-8.
 */
#include "mail/html/html.h"
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    mail_init();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *raw = g_strndup((const char *)data, size);
    g_autofree char *html = g_utf8_make_valid(raw, -1);
    g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = html_to_text(html, defects);

    if (!g_utf8_validate(text, -1, NULL))
        abort();
    return 0;
}
