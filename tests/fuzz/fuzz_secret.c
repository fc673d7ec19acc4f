/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a mail that may be encrypted: the reason is a word of ours.
 */
#include "mail/body/body.h"
#include "mail/kind/kind_secret.h"
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
    const char *why = kind_secret(m, root);

    require(why == NULL || g_utf8_validate(why, -1, NULL));
    return 0;
}
