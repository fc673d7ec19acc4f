/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listener with real sockets in one thread: the client's side is blocking reads between turns of the main
 * loop.
 */
#include "wire/listen.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct house {
    struct listener *listener;
    char *dir, *address, *path;
    guint64 session; /* of the last message */
    guint n_messages, n_drained;
    GString *troubles;
};

static char *on_rcpt(void *user, const char *sender, const char *address)
{
    (void)user;
    (void)sender;
    return g_str_has_prefix(address, "dead") ? g_strdup("550 5.1.1 No such forum here") : NULL;
}

static void on_message(void *user, guint64 session, struct lmtp_message *m)
{
    struct house *h = user;

    h->session = session;
    h->n_messages++;
    lmtp_message_free(m);
}

static void on_drained(void *user)
{
    ((struct house *)user)->n_drained++;
}

static void on_trouble(void *user, const char *event, const char *detail)
{
    g_string_append_printf(((struct house *)user)->troubles, "%s: %s\n", event, detail);
}

static const struct listener_callbacks callbacks = {
    .rcpt = on_rcpt,
    .message = on_message,
    .drained = on_drained,
    .trouble = on_trouble,
};

static void turn(void)
{
    for (int i = 0; i < 20; i++)
        while (g_main_context_iteration(NULL, FALSE))
            ;
}

static void house_open(struct house *h, struct listener_config config)
{
    err_auto struct err e = {0};

    h->dir = g_dir_make_tmp("forumpost-listen-XXXXXX", NULL);
    h->path = g_build_filename(h->dir, "lmtp", NULL);
    h->address = g_strconcat("unix:", h->path, NULL);
    h->troubles = g_string_new(NULL);
    if (config.address == NULL)
        config.address = h->address;
    h->listener = listener_new(&config, &callbacks, h, &e);
    g_assert_cmpstr(e.text, ==, NULL);
    g_assert_nonnull(h->listener);
}

static void house_close(struct house *h)
{
    listener_free(h->listener);
    g_unlink(h->path);
    g_assert_cmpint(g_rmdir(h->dir), ==, 0);
    g_free(h->dir);
    g_free(h->path);
    g_free(h->address);
    g_string_free(h->troubles, TRUE);
}

static int dial(const struct house *h)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    g_strlcpy(un.sun_path, h->path, sizeof un.sun_path);
    g_assert_cmpint(connect(fd, (struct sockaddr *)&un, sizeof un), ==, 0);
    turn();
    return fd;
}

static void say(int fd, const char *text)
{
    g_assert_cmpint(send(fd, text, strlen(text), MSG_NOSIGNAL), ==, strlen(text));
    turn();
}

/* All that has arrived; "" if the server has hung up or said nothing. */
static char *hear(int fd)
{
    g_autofree char *buffer = g_malloc0(65536);
    gssize n;

    turn();
    n = recv(fd, buffer, 65535, MSG_DONTWAIT);
    return g_strndup(buffer, n > 0 ? (gsize)n : 0);
}

static void expect(int fd, const char *text)
{
    g_autofree char *heard = hear(fd);

    g_assert_cmpstr(heard, ==, text);
}

static void expect_gone(int fd)
{
    char c;

    turn();
    g_assert_cmpint(recv(fd, &c, 1, MSG_DONTWAIT), ==, 0);
    close(fd);
}

static int begin(const struct house *h)
{
    int fd = dial(h);
    g_autofree char *heard = NULL;

    expect(fd, "220 localhost LMTP forumpost\r\n");
    say(fd, "LHLO test\r\n");
    heard = hear(fd);
    g_assert_true(g_str_has_suffix(heard, "250 SIZE 26214400\r\n"));
    return fd;
}

#define MAIL "MAIL FROM:<a@b.de>\r\nRCPT TO:<x@y.de>\r\nRCPT TO:<dead@y.de>\r\nRCPT TO:<z@y.de>\r\nDATA\r\n"
#define GO                                                                             \
    "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n550 5.1.1 No such forum here\r\n250 2.1.5 Ok\r\n" \
    "354 End data with <CR><LF>.<CR><LF>\r\n"

static void test_answers_later(void)
{
    struct house h = {0};
    int fd;

    house_open(&h, (struct listener_config){0});
    fd = begin(&h);
    say(fd, MAIL "text\r\n.\r\n" MAIL "second\r\n.\r\n");
    expect(fd, GO);
    g_assert_cmpuint(h.n_messages, ==, 1);
    g_assert_true(listener_answer(h.listener, h.session, 1, "451 4.3.0 Later"));
    expect(fd, "");
    g_assert_true(listener_answer(h.listener, h.session, 0, "250 2.0.0 Ok"));
    expect(fd, "250 2.0.0 Ok\r\n451 4.3.0 Later\r\n" GO);
    g_assert_cmpuint(h.n_messages, ==, 2);
    close(fd);
    turn();
    g_assert_cmpuint(listener_n_sessions(h.listener), ==, 0);
    g_assert_false(listener_answer(h.listener, h.session, 0, "250 2.0.0 Nobody hears it"));
    house_close(&h);
}

static void test_too_many(void)
{
    struct house h = {0};
    int fds[3];

    house_open(&h, (struct listener_config){.n_sessions = 2});
    for (int i = 0; i < 3; i++)
        fds[i] = dial(&h);
    expect(fds[2], "421 4.3.2 Too many sessions, please try again later\r\n");
    expect_gone(fds[2]);
    g_assert_cmpstr(h.troubles->str, ==, "session.refused: too many sessions\n");
    close(fds[0]);
    turn();
    fds[0] = begin(&h);
    close(fds[0]);
    close(fds[1]);
    house_close(&h);
}

static void sleep_turning(guint seconds)
{
    gint64 end = g_get_monotonic_time() + seconds * G_USEC_PER_SEC;

    while (g_get_monotonic_time() < end) {
        turn();
        g_usleep(20000);
    }
}

/* Idle sessions go, one that waits for our answers stays however long we take, one that trickles goes by
 * total time. */
static void test_times(void)
{
    struct house h = {0};
    int idle, waiting;

    house_open(&h, (struct listener_config){.idle_s = 1, .total_s = 2});
    idle = begin(&h);
    waiting = begin(&h);
    say(waiting, MAIL "text\r\n.\r\n");
    expect(waiting, GO);
    sleep_turning(3);
    expect(idle, "421 4.4.2 Timed out\r\n");
    expect_gone(idle);
    g_assert_cmpstr(h.troubles->str, ==, "session.timeout: idle\n");
    g_assert_true(listener_answer(h.listener, h.session, 0, "250 2.0.0 Ok"));
    g_assert_true(listener_answer(h.listener, h.session, 1, "250 2.0.0 Ok"));
    expect(waiting, "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n");
    sleep_turning(2);
    expect(waiting, "421 4.4.2 Timed out\r\n");
    expect_gone(waiting);
    house_close(&h);
}

static void test_trickle(void)
{
    struct house h = {0};
    int fd;
    guint n_said = 0;

    house_open(&h, (struct listener_config){.idle_s = 100, .total_s = 1});
    fd = begin(&h);
    say(fd, MAIL);
    expect(fd, GO);
    while (listener_n_sessions(h.listener) > 0 && n_said++ < 40) {
        say(fd, "x");
        g_usleep(100000);
    }
    expect(fd, "421 4.4.2 Timed out\r\n");
    g_assert_cmpstr(h.troubles->str, ==, "session.timeout: total\n");
    close(fd);
    house_close(&h);
}

/* What is in flight is finished: one session between messages, one in the middle of a message, one that
 * waits. */
static void test_stop(void)
{
    struct house h = {0};
    int idle, sending, waiting;

    house_open(&h, (struct listener_config){0});
    idle = begin(&h);
    sending = begin(&h);
    waiting = begin(&h);
    say(sending, MAIL "half");
    say(waiting, MAIL "text\r\n.\r\n");
    expect(sending, GO);
    expect(waiting, GO);
    listener_stop(h.listener);
    g_assert_false(g_file_test(h.path, G_FILE_TEST_EXISTS));
    expect(idle, "421 4.3.2 Shutting down, please try again later\r\n");
    expect_gone(idle);
    g_assert_true(listener_answer(h.listener, h.session, 0, "250 2.0.0 Ok"));
    g_assert_true(listener_answer(h.listener, h.session, 1, "250 2.0.0 Ok"));
    expect(waiting, "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n421 4.3.2 Shutting down, please try again later\r\n");
    expect_gone(waiting);
    g_assert_cmpuint(h.n_drained, ==, 0);
    say(sending, " and half\r\n.\r\n");
    g_assert_true(listener_answer(h.listener, h.session, 0, "250 2.0.0 Ok"));
    g_assert_true(listener_answer(h.listener, h.session, 1, "250 2.0.0 Ok"));
    expect(sending, "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n421 4.3.2 Shutting down, please try again later\r\n");
    expect_gone(sending);
    g_assert_cmpuint(h.n_drained, ==, 1);
    house_close(&h);
}

/* The messages of all sessions together may only take so much memory. */
static void test_held(void)
{
    struct house h = {0};
    int one, two;

    house_open(&h, (struct listener_config){.held_bytes = 100});
    one = begin(&h);
    two = begin(&h);
    say(one, MAIL "0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
    expect(one, GO);
    say(two, MAIL "0123456789012345678901234567890123456789\r\n.\r\n");
    expect(two, GO "452 4.3.1 Too much mail at once, please try again later\r\n"
                   "452 4.3.1 Too much mail at once, please try again later\r\n");
    close(one);
    turn();
    say(two, MAIL "0123456789012345678901234567890123456789\r\n.\r\n");
    expect(two, GO);
    g_assert_cmpuint(h.n_messages, ==, 1);
    close(two);
    house_close(&h);
}

/* A peer that sends commands and never reads the replies must not fill our memory. */
static void test_deaf_peer(void)
{
    struct house h = {0};
    g_autoptr(GString) noops = g_string_new(NULL);
    gsize n_sent = 0;
    gssize n;
    int fd;

    house_open(&h, (struct listener_config){0});
    fd = begin(&h);
    for (int i = 0; i < 10000; i++)
        g_string_append(noops, "NOOP\r\n");
    for (int i = 0; i < 1000; i++) {
        n = send(fd, noops->str, noops->len, MSG_DONTWAIT | MSG_NOSIGNAL);
        turn();
        if (n < 0)
            break;
        n_sent += (gsize)n;
    }
    g_assert_cmpuint(n_sent, <, 4 * 1024 * 1024);
    close(fd);
    turn();
    g_assert_cmpuint(listener_n_sessions(h.listener), ==, 0);
    house_close(&h);
}

static void expect_refused(const char *address, enum err_kind kind, const char *part)
{
    err_auto struct err e = {0};
    struct listener_config config = {.address = address};

    g_assert_null(listener_new(&config, &callbacks, NULL, &e));
    g_assert_nonnull(e.text);
    g_assert_nonnull(strstr(e.text, part));
    g_assert_cmpint(e.kind, ==, kind);
}

static void test_addresses(void)
{
    g_autofree char *long_name = g_strnfill(200, 'x');
    g_autofree char *long_path = g_strconcat("unix:/tmp/", long_name, NULL);

    expect_refused("inet:127.0.0.1:25", ERR_CONFIG, "port 25");
    expect_refused("inet:[::1]:25", ERR_CONFIG, "port 25");
    expect_refused("inet:127.0.0.1", ERR_CONFIG, "inet:ADDRESS:PORT");
    expect_refused("inet:127.0.0.1:70000", ERR_CONFIG, "inet:ADDRESS:PORT");
    expect_refused("inet:::1:10024", ERR_CONFIG, "inet:ADDRESS:PORT");
    expect_refused("unix:relative", ERR_CONFIG, "absolute");
    expect_refused("unix:", ERR_CONFIG, "unix:PATH");
    expect_refused("/tmp/x", ERR_CONFIG, "neither unix:PATH nor inet:");
    expect_refused(long_path, ERR_CONFIG, "bytes");
    expect_refused("unix:/nonexistent/forumpost/lmtp", ERR_CONFIG, "cannot listen");
}

static void test_unix_file(void)
{
    struct house h = {0};
    struct stat st;

    house_open(&h, (struct listener_config){.mode = 0600});
    g_assert_cmpint(stat(h.path, &st), ==, 0);
    g_assert_cmpuint(st.st_mode & 0777, ==, 0600);
    expect_refused(h.address, ERR_CONFIG, "another process is listening");
    listener_free(h.listener);
    h.listener = NULL;
    g_assert_false(g_file_test(h.path, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_set_contents(h.path, "precious", -1, NULL));
    expect_refused(h.address, ERR_CONFIG, "file of another kind");
    g_assert_true(g_file_test(h.path, G_FILE_TEST_EXISTS));
    house_close(&h);
}

/* A killed process leaves its file: bind one and close it without removing it. */
static void test_stale_file(void)
{
    struct house h = {0};
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    struct listener_config config = {0};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    house_open(&h, config);
    listener_free(h.listener);
    g_strlcpy(un.sun_path, h.path, sizeof un.sun_path);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&un, sizeof un), ==, 0);
    close(fd);
    g_assert_true(g_file_test(h.path, G_FILE_TEST_EXISTS));
    config.address = h.address;
    h.listener = listener_new(&config, &callbacks, &h, NULL);
    g_assert_nonnull(h.listener);
    close(begin(&h));
    turn();
    house_close(&h);
}

static void test_inet(void)
{
    struct house h = {0};
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    house_open(&h, (struct listener_config){.address = "inet:127.0.0.1:0", .name = "mx.example.org"});
    g_assert_cmpuint(listener_port(h.listener), !=, 0);
    in.sin_port = htons(listener_port(h.listener));
    g_assert_cmpint(connect(fd, (struct sockaddr *)&in, sizeof in), ==, 0);
    expect(fd, "220 mx.example.org LMTP forumpost\r\n");
    say(fd, "QUIT\r\n");
    expect(fd, "221 2.0.0 Bye\r\n");
    expect_gone(fd);
    house_close(&h);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/listen/answers-later", test_answers_later);
    g_test_add_func("/wire/listen/too-many", test_too_many);
    g_test_add_func("/wire/listen/times", test_times);
    g_test_add_func("/wire/listen/trickle", test_trickle);
    g_test_add_func("/wire/listen/stop", test_stop);
    g_test_add_func("/wire/listen/held", test_held);
    g_test_add_func("/wire/listen/deaf-peer", test_deaf_peer);
    g_test_add_func("/wire/listen/addresses", test_addresses);
    g_test_add_func("/wire/listen/unix-file", test_unix_file);
    g_test_add_func("/wire/listen/stale-file", test_stale_file);
    g_test_add_func("/wire/listen/inet", test_inet);
    return g_test_run();
}
