/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: a relay that says any bytes, in pieces cut at NUL, while mails are sent to it over a real socket. Whatever it
 * says, no call waits, each mail comes back once, and the connection closes when the relay does.
 */
#include "wire/smtp.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define N_MAILS 3

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

struct office {
    struct smtp_mail mails[N_MAILS];
    guint n_given, n_back;
};

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static struct smtp_mail *on_next(void *user)
{
    struct office *o = user;

    return o->n_given < N_MAILS ? &o->mails[o->n_given++] : NULL;
}

static void on_done(void *user, struct smtp_mail *mail, const struct smtp_result *result)
{
    struct office *o = user;

    (void)mail;
    require(result->status != NULL && result->text != NULL);
    o->n_back++;
}

/* A listening socket with a name of the kernel's choice, which needs no file. */
static int listen_somewhere(struct endpoint *endpoint_out)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un any = {.sun_family = AF_UNIX};

    endpoint_out->length = sizeof endpoint_out->address;
    require(bind(fd, (struct sockaddr *)&any, sizeof(sa_family_t)) == 0 && listen(fd, 1) == 0);
    require(getsockname(fd, (struct sockaddr *)&endpoint_out->address, &endpoint_out->length) == 0);
    return fd;
}

/* All that can be done now. */
static void turn(struct smtp *c)
{
    for (int i = 0; i < 20 && !smtp_is_closed(c); i++) {
        struct pollfd fd = {.fd = smtp_fd(c), .events = smtp_events(c)};

        if (poll(&fd, 1, 0) <= 0)
            return;
        smtp_turn(c);
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct smtp_callbacks callbacks = {on_next, on_done};
    g_autoptr(GString) bytes = g_string_new("Subject: x\r\n\r\n.text\r\n");
    struct endpoint endpoint = {0};
    struct office o = {0};
    int listener = listen_somewhere(&endpoint);

    for (int i = 0; i < N_MAILS; i++)
        o.mails[i] = (struct smtp_mail){.sender = (char *)"", .recipient = (char *)"a@example.net", .bytes = bytes};
    struct smtp *c = smtp_open(&endpoint, "forum.example", &callbacks, &o, NULL);
    require(c != NULL);
    int relay = accept(listener, NULL, NULL);
    for (const uint8_t *at = data, *end = data + size; at < end && !smtp_is_closed(c);) {
        const uint8_t *nul = memchr(at, '\0', (size_t)(end - at));
        const uint8_t *stop = nul != NULL ? nul : end;
        (void)!send(relay, at, (size_t)(stop - at), MSG_NOSIGNAL | MSG_DONTWAIT);
        turn(c);
        smtp_wake(c);
        at = stop + 1;
    }
    close(relay);
    turn(c);
    require(smtp_is_closed(c));
    smtp_free(c);
    require(o.n_back == o.n_given);
    close(listener);
    return 0;
}
