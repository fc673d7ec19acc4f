/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: the first line of the input as From, the rest as an Authentication-Results field. Checked besides memory: who is
 * proved is no more as soon as a second author, a second result that fails, or a Received field above is there.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ID "mx.example.org"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

/* Flags of what is proved: 1 DMARC, 2 SPF, 4 DKIM for From. */
static int proved(const char *above, const char *results, const char *more_results, const char *from, const char *more_from)
{
    static const struct read_options options = {"beteiligung.example.org", ID, 0};
    g_autofree char *mail = g_strconcat(above, "Authentication-Results: ", results, more_results, "\nFrom: ", from, more_from,
                                        "\nSubject: x\n\ntext\n", NULL);
    message_auto m = message_read(mail, strlen(mail), &options);
    const struct authentication *a = m->authentication;

    if (a == NULL)
        return 0;
    require(strcmp(a->authserv_id, ID) == 0);
    require(!(a->is_dmarc_of_from || a->is_spf_of_from || a->is_dkim_of_from) || (m->from->len == 1 && m->n_from == 1));
    require(!a->is_spf_of_from || strcmp(a->spf, "pass") == 0);
    return (a->is_dmarc_of_from ? 1 : 0) | (a->is_spf_of_from ? 2 : 0) | (a->is_dkim_of_from ? 4 : 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    mail_init();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    char *end = strchr(text, '\n');
    char *results = end != NULL ? end + 1 : text + strlen(text);

    if (end != NULL)
        *end = '\0';
    g_strdelimit(results, "\r\n", ' ');
    g_strdelimit(text, "\r", ' ');
    int flags = proved("", results, "", text, "");
    if (flags == 0)
        return 0;
    require(proved("", results, "", text, ", x@evil.example") == 0);
    require(proved("", results, "", text, "\nFrom: x@evil.example") == 0);
    require(proved("Received: from a by b\n", results, "", text, "") == 0);
    require((proved("", results, "; dmarc=fail", text, "") & 1) == 0);
    require((proved("", results, "; spf=fail", text, "") & 2) == 0);
    require(proved("", results, "; (", text, "") == 0);
    return 0;
}
