/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a mail whose parts are weighed. Each part that is read is the mail's own, once, and its text is UTF-8.
 */
#include "mail/body/body_pieces.h"
#include "mail/mime/structure.h"
#include "mail/read/read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    mail_init();
    return 0;
}

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static bool is_within(const struct entity *root, const struct entity *wanted)
{
    for (const struct entity *e = root; e != NULL; e = entity_next(root, e))
        if (e == wanted)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
    entity_auto root = entity_parse((const char *)data, size, defects);
    bool is_from_file = false;
    g_autoptr(GPtrArray) pieces = body_pieces(root, &is_from_file, defects);

    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        require(p->text != NULL && g_utf8_validate(p->text, -1, NULL) && is_within(root, p->entity));
        for (guint k = 0; k < i; k++)
            require(((const struct piece *)g_ptr_array_index(pieces, k))->entity != p->entity);
    }
    return 0;
}
