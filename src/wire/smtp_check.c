/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checks mails before they are sent; see smtp_check.h.
 */
#include "wire/smtp_check.h"

#include "base/limits.h"

#include <string.h>

static bool is_sendable_address(const struct smtp_mail *mail, const char *address)
{
    bool is_ascii = true;

    if (strlen(address) > LIMIT_SMTP_ADDRESS_BYTES || !g_utf8_validate(address, -1, NULL))
        return false;
    for (const char *p = address; *p != '\0'; p++) {
        if ((guchar)*p <= 0x20 || *p == 0x7f || *p == '<' || *p == '>')
            return false;
        is_ascii = is_ascii && (guchar)*p < 0x80;
    }
    return is_ascii || mail->needs_utf8;
}

/* Lines end in CRLF, no other CR or LF is anywhere, none is over 998 octets (RFC 5322 2.1.1), the last one
 * ends. *HAS_DOTS_OUT: one begins with a dot. */
static bool is_sendable_body(const GString *bytes, bool *has_dots_out)
{
    const char *at = bytes->str, *end = bytes->str + bytes->len;

    *has_dots_out = false;
    while (at < end) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));

        if (lf == NULL || lf == at || lf[-1] != '\r' || lf - at > 999)
            return false;
        if (memchr(at, '\r', (gsize)(lf - at)) != lf - 1)
            return false;
        *has_dots_out = *has_dots_out || *at == '.';
        at = lf + 1;
    }
    return true;
}

const struct smtp_reply *smtp_check(const struct smtp_mail *mail, bool has_utf8, bool *has_dots_out)
{
    static const struct smtp_reply bad_address = {0, "5.1.3", "the address cannot be written in SMTP"};
    static const struct smtp_reply bad_body = {0, "5.6.0", "the mail's lines cannot be sent by SMTP"};
    static const struct smtp_reply no_utf8 = {0, "5.6.7", "the relay does not offer SMTPUTF8"};

    if (!is_sendable_address(mail, mail->sender) || !is_sendable_address(mail, mail->recipient) || *mail->recipient == '\0')
        return &bad_address;
    if (!is_sendable_body(mail->bytes, has_dots_out))
        return &bad_body;
    return mail->needs_utf8 && !has_utf8 ? &no_utf8 : NULL;
}

void smtp_append_stuffed(GString *out, const GString *bytes)
{
    const char *at = bytes->str, *end = at + bytes->len;

    while (at < end) {
        const char *next = (const char *)memchr(at, '\n', (gsize)(end - at)) + 1; /* is_sendable_body: it is there */

        if (*at == '.')
            g_string_append_c(out, '.');
        g_string_append_len(out, at, next - at);
        at = next;
    }
}
