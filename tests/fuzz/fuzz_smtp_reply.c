/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a relay's replies, read one after the other. Checked besides memory: each takes
 * some bytes, has a code of SMTP, texts that are UTF-8 without controls, a status of the code's class.
 */
#include "wire/smtp_reply.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static void check(const struct smtp_reply *r)
{
    require(r->code >= 200 && r->code <= 599);
    require(g_utf8_validate(r->text, -1, NULL));
    for (const char *p = r->text; *p != '\0'; p++)
        require((guchar)*p >= 0x20 || *p == '\n');
    require(*r->status == '\0' || *r->status == '0' + r->code / 100);
    require(strlen(r->status) <= strlen("5.999.999"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    gsize at = 0;

    while (at < size) {
        struct smtp_reply r = {0};
        gsize n = 0;

        if (smtp_reply_read(bytes + at, size - at, &r, &n) != SMTP_READ_WHOLE)
            break;
        require(n > 0 && n <= size - at);
        check(&r);
        smtp_reply_clear(&r);
        at += n;
    }
    return 0;
}
