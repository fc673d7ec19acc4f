/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a mail that may be a click on an emoji: what was clicked is UTF-8 and short, never a sentence.
 */
#include "mail/body/body.h"
#include "mail/kind/reaction.h"
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    message_auto m = message_new();
    entity_auto root = entity_parse((const char *)data, size, m->defects);
    const char *subject = entity_value(root, "Subject");

    body_choose(m, root);
    g_free(m->subject);
    m->subject = g_strdup(subject != NULL ? subject : "");
    g_autofree char *emoji = reaction_of(m, root);

    require(emoji == NULL || (g_utf8_validate(emoji, -1, NULL) && strlen(emoji) <= 200));
    return 0;
}
