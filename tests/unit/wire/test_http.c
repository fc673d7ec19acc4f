/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The HTTP server with real sockets in one thread: the client writes bytes as they are, the loop turns, the answer is read.
 */
#include "wire/http.h"

#include "base/limits.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BODY "Guten Tag"

struct house {
    struct http_server *server;
    guint n_answered;
    GString *seen; /* of the last request */
    GString *troubles;
};

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static void note(GString *seen, const char *what, GHashTable *fields)
{
    g_autoptr(GList) names = fields != NULL ? g_list_sort(g_hash_table_get_keys(fields), compare) : NULL;

    g_string_append_printf(seen, " %s:", fields != NULL ? what : "-");
    for (GList *l = names; l != NULL && g_list_length(names) < 10; l = l->next)
        g_string_append_printf(seen, "%s=%s;", (const char *)l->data, (const char *)g_hash_table_lookup(fields, l->data));
}

static void on_request(void *user, const struct http_request *q, struct http_response *r)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "other"};
    struct house *h = user;

    h->n_answered++;
    g_string_printf(h->seen, "%s %s", methods[q->method], q->path);
    note(h->seen, "query", q->query);
    note(h->seen, "form", q->form);
    r->status = 200;
    r->body = g_bytes_new_static(BODY, strlen(BODY));
    http_response_add(r, "X-Two", "one\r\nSet-Cookie: two");
}

static void on_trouble(void *user, const char *event, const char *detail)
{
    g_string_append_printf(((struct house *)user)->troubles, "%s %s\n", event, detail);
}

static const struct http_callbacks callbacks = {on_request, on_trouble};

static void house_open(struct house *h, const struct http_config *wanted)
{
    struct http_config config = wanted != NULL ? *wanted : (struct http_config){0};
    err_auto struct err e = {0};

    *h = (struct house){.seen = g_string_new(NULL), .troubles = g_string_new(NULL)};
    config.address = "inet:127.0.0.1:0";
    h->server = http_server_new(&config, &callbacks, h, &e);
    g_assert_nonnull(h->server);
}

static void house_close(struct house *h)
{
    http_server_free(h->server);
    g_string_free(h->seen, TRUE);
    g_string_free(h->troubles, TRUE);
}

static void turn(guint ms)
{
    gint64 end = g_get_monotonic_time() + ms * 1000;

    do
        g_main_context_iteration(NULL, FALSE);
    while (g_get_monotonic_time() < end || g_main_context_pending(NULL));
}

static int dial(const struct house *h)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(http_server_port(h->server)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_assert_cmpint(connect(fd, (struct sockaddr *)&to, sizeof to), ==, 0);
    return fd;
}

/* Writes BYTES while the loop turns. */
static void put(int fd, const char *bytes, gsize n)
{
    while (n > 0) {
        gssize done = send(fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (done > 0) {
            bytes += done;
            n -= (gsize)done;
        } else if (errno != EAGAIN)
            return; /* hung up on us */
        g_main_context_iteration(NULL, FALSE);
    }
}

/* What comes until the other side is silent or gone. Caller frees. */
static char *heard(int fd)
{
    GString *out = g_string_new(NULL);
    char buffer[4096];

    for (int i = 0; i < 40; i++) {
        turn(5);
        gssize n = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (n == 0)
            break;
        if (n > 0)
            g_string_append_len(out, buffer, n);
        else if (out->len > 0)
            break;
    }
    return g_string_free(out, FALSE);
}

static char *ask(const struct house *h, const char *bytes, gsize n)
{
    int fd = dial(h);
    char *answer;

    put(fd, bytes, n);
    answer = heard(fd);
    close(fd);
    return answer;
}

static void is_seen(struct house *h, const char *request, const char *status, const char *seen)
{
    g_autofree char *answer = ask(h, request, strlen(request));

    g_test_message("%s -> %s", request, answer);
    g_assert_true(g_str_has_prefix(answer, status));
    if (seen != NULL)
        g_assert_cmpstr(h->seen->str, ==, seen);
}

#define HOST "Host: evil.example\r\n"

static void test_requests(void)
{
    struct house h;

    house_open(&h, NULL);
    is_seen(&h, "GET /c/1-2?q=Stra%C3%9Fe+neu&a=%26 HTTP/1.1\r\n" HOST "\r\n", "HTTP/1.1 200",
            "GET /c/1-2 query:a=&;q=Straße neu; -:");
    is_seen(&h, "GET /a%0Db%00c HTTP/1.1\r\n" HOST "\r\n", "HTTP/1.1 200", "GET /ab -: -:");
    is_seen(&h, "OPTIONS / HTTP/1.1\r\n" HOST "\r\n", "HTTP/1.1 200", "other / -: -:");
    is_seen(&h,
            "POST /u HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 40\r\n\r\n"
            "List-Unsubscribe=One-Click&n=%C3%A4+b%0A",
            "HTTP/1.1 200", "POST /u -: form:List-Unsubscribe=One-Click;n=ä b\n;");
    is_seen(&h, "POST /u HTTP/1.1\r\n" HOST "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 200",
            "POST /u -: -:");
    is_seen(&h, "POST /u HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", "HTTP/1.1 200", "POST /u -: -:");
    house_close(&h);
}

static void test_multipart(void)
{
    static const char body[] = "--xyz\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n"
                               "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nfile\r\n--xyz--\r\n";
    struct house h;
    g_autofree char *request = g_strdup_printf("POST /u HTTP/1.1\r\n" HOST "Content-Type: multipart/form-data; boundary=xyz\r\n"
                                               "Content-Length: %zu\r\n\r\n%s",
                                               strlen(body), body);

    house_open(&h, NULL);
    is_seen(&h, request, "HTTP/1.1 200", "POST /u -: form:List-Unsubscribe=One-Click;");
    house_close(&h);
}

/* HEAD has the length and no body; the next request on the same connection is answered; a header is one line. */
static void test_head_and_again(void)
{
    struct house h;
    static const char head[] = "HEAD / HTTP/1.1\r\n" HOST "\r\n", get[] = "GET / HTTP/1.1\r\n" HOST "\r\n";

    house_open(&h, NULL);
    int fd = dial(&h);
    put(fd, head, strlen(head));
    g_autofree char *first = heard(fd);
    g_assert_nonnull(strstr(first, "Content-Length: 9\r\n"));
    g_assert_true(g_str_has_suffix(first, "\r\n\r\n"));
    g_assert_null(strstr(first, "\r\nSet-Cookie"));
    put(fd, get, strlen(get));
    g_autofree char *second = heard(fd);
    g_assert_true(g_str_has_suffix(second, "\r\n\r\n" BODY));
    g_assert_cmpuint(h.n_answered, ==, 2);
    close(fd);
    house_close(&h);
}

static void test_too_large(void)
{
    struct house h;
    g_autoptr(GString) request = g_string_new(NULL);
    g_autofree char *much = g_strnfill(LIMIT_HTTP_BODY_BYTES + 1, 'a');
    g_autofree char *wide = g_strnfill(LIMIT_HTTP_CONNECTION_BYTES, 'a');

    house_open(&h, NULL);
    g_string_printf(request,
                    "POST / HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
                    LIMIT_HTTP_BODY_BYTES + 1);
    is_seen(&h, request->str, "HTTP/1.1 413", NULL);
    g_string_printf(request, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n",
                    LIMIT_HTTP_BODY_BYTES + 1, much);
    g_autofree char *nothing = ask(&h, request->str, request->len);
    g_assert_cmpstr(nothing, ==, ""); /* the length was not said before: hung up on */
    g_string_printf(request, "GET / HTTP/1.1\r\n" HOST "X: %s\r\n\r\n", wide);
    is_seen(&h, request->str, "HTTP/1.1 431", NULL);
    g_assert_cmpuint(h.n_answered, ==, 0);
    house_close(&h);
}

static void test_too_many_fields(void)
{
    struct house h;
    g_autoptr(GString) body = g_string_new("x=0");

    for (int i = 0; i < LIMIT_HTTP_FIELDS; i++)
        g_string_append_printf(body, "&n%d=1", i);
    g_autofree char *request = g_strdup_printf("POST / HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
                                               "Content-Length: %zu\r\n\r\n%s",
                                               body->len, body->str);
    house_open(&h, NULL);
    is_seen(&h, request, "HTTP/1.1 200", "POST / -: -:");
    house_close(&h);
}

/* 60 that say nothing: never more than there is room for, and a request behind them is answered all the same. */
static void slow_clients(const struct http_config *config, const char *trouble)
{
    static const char begun[] = "GET / HTTP/1.1\r\nX: ", get[] = "GET / HTTP/1.1\r\n" HOST "\r\n";
    int slow[60];
    struct house h;

    house_open(&h, config);
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++) {
        slow[i] = dial(&h);
        put(slow[i], begun, strlen(begun));
        g_assert_cmpuint(http_server_n_connections(h.server), <=, config->n_connections);
    }
    int fd = dial(&h);
    put(fd, get, strlen(get));
    gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (h.n_answered == 0 && g_get_monotonic_time() < end)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(h.n_answered, ==, 1);
    g_assert_nonnull(strstr(h.troubles->str, trouble));
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++)
        close(slow[i]);
    close(fd);
    house_close(&h);
}

static void test_slow_clients(void)
{
    struct http_config config = {.n_connections = 8, .request_s = 1};

    slow_clients(&config, "http.");
}

/* Whoever may take half a minute may not while others wait outside. */
static void test_full(void)
{
    struct http_config config = {.n_connections = 30, .request_s = 30}; /* all places are taken */

    slow_clients(&config, "http.full");
}

static void test_unix_socket(void)
{
    g_autofree char *folder = g_dir_make_tmp("test_http_XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "web.sock", NULL);
    g_autofree char *address = g_strconcat("unix:", path, NULL);
    struct http_config config = {.address = address};
    err_auto struct err e = {0};
    struct house h = {0};
    struct http_server *s = http_server_new(&config, &callbacks, &h, &e);

    g_assert_nonnull(s);
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    g_assert_null(http_server_new(&config, &callbacks, &h, &e));
    g_assert_cmpint(e.kind, ==, ERR_CONFIG);
    http_server_free(s);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/requests", test_requests);
    g_test_add_func("/http/multipart", test_multipart);
    g_test_add_func("/http/head-and-again", test_head_and_again);
    g_test_add_func("/http/too-large", test_too_large);
    g_test_add_func("/http/too-many-fields", test_too_many_fields);
    g_test_add_func("/http/slow-clients", test_slow_clients);
    g_test_add_func("/wire/http/full", test_full);
    g_test_add_func("/http/unix-socket", test_unix_socket);
    return g_test_run();
}
