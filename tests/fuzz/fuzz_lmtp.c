/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes to the LMTP dialogue, in slices whose sizes come from the input. Checked besides
 * memory: output lines end in CRLF and never hold a bare one, a message has a recipient and no more bytes
 * than came in.
 */
#include "wire/lmtp.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct fuzz {
    struct lmtp *lmtp;
    size_t n_in;
    guint n_open; /* recipients not answered yet */
    bool answers_at_once;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static char *on_rcpt(void *user, const char *sender, const char *address)
{
    (void)user;
    require(g_utf8_validate(sender, -1, NULL) && g_utf8_validate(address, -1, NULL));
    return *address == 'd' ? g_strdup("550 5.1.1 dead") : NULL;
}

static void answer_all(struct fuzz *f)
{
    guint n = f->n_open;

    f->n_open = 0;
    for (guint i = n; i-- > 0;)
        lmtp_answer(f->lmtp, i, "250 2.0.0 Ok");
}

static void on_message(void *user, struct lmtp_message *m)
{
    struct fuzz *f = user;

    require(m->recipients->len > 0 && m->bytes->len <= f->n_in && f->n_open == 0);
    f->n_open = m->recipients->len;
    lmtp_message_free(m);
    if (f->answers_at_once)
        answer_all(f);
}

static void check_output(GString *out)
{
    const char *at = out->str;

    require(strlen(out->str) == out->len);
    while (*at != '\0') {
        gsize n = strcspn(at, "\r\n");

        require(n >= 3 && at[n] == '\r' && at[n + 1] == '\n');
        at += n + 2;
    }
    g_string_truncate(out, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct lmtp_callbacks callbacks = {.rcpt = on_rcpt, .message = on_message};
    static const struct lmtp_config config = {.message_bytes = 500, .n_recipients = 3, .n_errors = 50};
    struct fuzz f = {0};
    size_t slice;

    if (size < 2)
        return 0;
    slice = data[0] % 64 + 1U;
    f.answers_at_once = data[1] & 1;
    f.lmtp = lmtp_new(&callbacks, &f, &config);
    for (size_t at = 2; at < size; at += slice) {
        size_t n = MIN(slice, size - at);

        f.n_in += n;
        lmtp_feed(f.lmtp, (const char *)data + at, n);
        check_output(lmtp_output(f.lmtp));
        if (data[at] % 3 == 0)
            answer_all(&f);
    }
    answer_all(&f);
    check_output(lmtp_output(f.lmtp));
    lmtp_free(f.lmtp);
    return 0;
}
