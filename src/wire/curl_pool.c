/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libcurl on the GLib main loop; see curl_pool.h. libcurl says which sockets and which time it waits for, the loop tells it
 * when they come.
 */
#include "wire/curl_pool.h"

#include "base/limits.h"
#include "base/secret.h"
#include "wire/curl_mail.h"
#include "wire/smtp_check.h"

#include <glib-unix.h>
#include <sys/socket.h>

#define PAUSE_LEAST_S  1
#define PAUSE_MOST_S   4   /* as smtp_pool.c: a confirmation waits for it */
#define PAUSE_DENIED_S 300 /* a wrong password that is tried again and again locks the account */

struct curl_pool {
    const struct smtp_pool_callbacks *callbacks;
    void *user;
    struct relay_url url;
    char *secret_file;
    bool is_token;
    CURLM *multi;
    struct curl_mail *mails;
    guint n_mails;
    GHashTable *sockets; /* fd -> nothing; open ones */
    guint timer;
    guint pause_s;
    gint64 retry_at_us;
    char *trouble;
    bool has_utf8, has_worked, is_stopping;
};

struct watch { /* of one socket */
    struct curl_pool *pool;
    guint source;
};

/* --- trouble --- */

static void go_away(struct curl_pool *p, const char *why, bool is_denied)
{
    p->pause_s = is_denied ? PAUSE_DENIED_S : p->pause_s == 0 ? PAUSE_LEAST_S : MIN(2 * p->pause_s, PAUSE_MOST_S);
    p->retry_at_us = g_get_monotonic_time() + p->pause_s * G_USEC_PER_SEC;
    p->has_worked = false;
    if (p->trouble != NULL)
        return;
    p->trouble = g_strdup(why);
    p->callbacks->reachable(p->user, why);
}

static void come_back(struct curl_pool *p)
{
    p->pause_s = 0;
    p->has_worked = true;
    if (p->trouble == NULL)
        return;
    g_clear_pointer(&p->trouble, g_free);
    p->callbacks->reachable(p->user, NULL);
}

/* --- mails --- */

static void give_back(struct curl_pool *p, struct curl_mail *m, const struct smtp_result *result)
{
    struct smtp_mail *mail = m->mail;

    p->callbacks->done(p->user, mail, result);
    curl_mail_unload(m);
}

static void on_ended(struct curl_pool *p, CURL *easy, CURLcode code)
{
    struct curl_mail *m;
    struct smtp_result result;
    g_autofree char *why = NULL;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&m);
    curl_multi_remove_handle(p->multi, easy);
    if (curl_mail_judge(m, code, &result, &why)) {
        if (result.outcome != SMTP_LOST)
            come_back(p);
        give_back(p, m, &result);
        return;
    }
    result = (struct smtp_result){.outcome = SMTP_UNTRIED, .status = "", .text = why};
    give_back(p, m, &result);
    go_away(p, why, code == CURLE_LOGIN_DENIED);
}

static void reap(struct curl_pool *p)
{
    CURLMsg *message;
    int n_left;

    while ((message = curl_multi_info_read(p->multi, &n_left)) != NULL)
        if (message->msg == CURLMSG_DONE)
            on_ended(p, message->easy_handle, message->data.result);
}

/* A mail that can be sent, or NULL. What cannot be is refused on the spot. */
static struct smtp_mail *next_mail(struct curl_pool *p)
{
    struct smtp_mail *mail;
    bool has_dots;

    while ((mail = p->callbacks->next(p->user)) != NULL) {
        const struct smtp_reply *reason = smtp_check(mail, true, &has_dots);
        if (reason == NULL)
            return mail;
        struct smtp_result result = {.outcome = SMTP_REFUSED, .status = reason->status, .text = reason->text};
        p->callbacks->done(p->user, mail, &result);
    }
    return NULL;
}

/* The password, read anew. False: there is trouble, and it is said. */
static bool find_secret(struct curl_pool *p, char **secret_out)
{
    err_auto struct err e = {0};

    *secret_out = NULL;
    if (p->url.user == NULL)
        return true;
    *secret_out = secret_read(p->secret_file, &e);
    if (*secret_out == NULL)
        go_away(p, e.text, false);
    return *secret_out != NULL;
}

static bool start_one(struct curl_pool *p, struct curl_mail *m)
{
    char *secret;
    struct smtp_mail *mail;

    if (!find_secret(p, &secret))
        return false;
    mail = next_mail(p);
    if (mail != NULL) {
        curl_mail_load(m, mail, p->url.user, secret, p->is_token);
        curl_multi_add_handle(p->multi, m->easy);
    }
    secret_free(secret);
    return mail != NULL;
}

static guint count_busy(const struct curl_pool *p)
{
    guint n = 0;

    for (guint i = 0; i < p->n_mails; i++)
        n += p->mails[i].mail != NULL;
    return n;
}

/* Before one mail has gone through, one connection is tried and not all at once. */
static void fill(struct curl_pool *p)
{
    guint n_busy = count_busy(p);

    for (guint i = 0; i < p->n_mails; i++) {
        if (p->is_stopping || g_get_monotonic_time() < p->retry_at_us || (n_busy > 0 && !p->has_worked))
            return;
        if (p->mails[i].mail != NULL)
            continue;
        if (!start_one(p, &p->mails[i]))
            return;
        n_busy++;
    }
}

/* --- the loop --- */

static void act(struct curl_pool *p, curl_socket_t fd, int what)
{
    int n_running;

    curl_multi_socket_action(p->multi, fd, what, &n_running);
    reap(p);
    fill(p);
}

static gboolean on_ready(int fd, GIOCondition condition, gpointer data)
{
    struct watch *watch = data;
    int what = ((condition & (G_IO_IN | G_IO_HUP)) != 0 ? CURL_CSELECT_IN : 0) |
               ((condition & G_IO_OUT) != 0 ? CURL_CSELECT_OUT : 0) |
               ((condition & (G_IO_ERR | G_IO_NVAL)) != 0 ? CURL_CSELECT_ERR : 0);

    act(watch->pool, fd, what); /* WATCH may be gone after it; so is its source then */
    return G_SOURCE_CONTINUE;
}

static gboolean on_time(gpointer data)
{
    struct curl_pool *p = data;

    p->timer = 0;
    act(p, CURL_SOCKET_TIMEOUT, 0);
    return G_SOURCE_REMOVE;
}

static int on_timer(CURLM *multi, long ms, void *user)
{
    struct curl_pool *p = user;

    (void)multi;
    g_clear_handle_id(&p->timer, g_source_remove);
    if (ms >= 0)
        p->timer = g_timeout_add((guint)MIN(ms, G_MAXINT), on_time, p);
    return 0;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *of_socket)
{
    struct curl_pool *p = user;
    struct watch *watch = of_socket;
    GIOCondition condition =
        ((what & CURL_POLL_IN) != 0 ? G_IO_IN | G_IO_HUP : 0) | ((what & CURL_POLL_OUT) != 0 ? G_IO_OUT : 0) | G_IO_ERR;

    (void)easy;
    if (watch != NULL)
        g_clear_handle_id(&watch->source, g_source_remove);
    if (what == CURL_POLL_REMOVE) {
        curl_multi_assign(p->multi, fd, NULL);
        g_free(watch);
        return 0;
    }
    if (watch == NULL) {
        watch = g_new0(struct watch, 1);
        watch->pool = p;
        curl_multi_assign(p->multi, fd, watch);
    }
    watch->source = g_unix_fd_add(fd, condition, on_ready, watch);
    return 0;
}

static curl_socket_t on_open(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct curl_pool *p = user;
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);

    (void)purpose;
    if (fd >= 0)
        g_hash_table_add(p->sockets, GINT_TO_POINTER(fd));
    return fd >= 0 ? fd : CURL_SOCKET_BAD;
}

static int on_close(void *user, curl_socket_t fd)
{
    struct curl_pool *p = user;

    g_hash_table_remove(p->sockets, GINT_TO_POINTER(fd));
    return close(fd);
}

/* --- outside --- */

void curl_pool_wake(struct curl_pool *p)
{
    fill(p);
}

void curl_pool_stop(struct curl_pool *p)
{
    p->is_stopping = true;
}

void curl_pool_cut(struct curl_pool *p)
{
    static const struct smtp_result lost = {SMTP_LOST, 0, "", "we had to end before the relay answered"};
    static const struct smtp_result untried = {SMTP_UNTRIED, 0, "", "we had to end before the relay was reached"};

    p->is_stopping = true;
    for (guint i = 0; i < p->n_mails; i++) {
        struct curl_mail *m = &p->mails[i];

        if (m->mail == NULL)
            continue;
        curl_multi_remove_handle(p->multi, m->easy);
        give_back(p, m, m->phase == CURL_PHASE_HELLO ? &untried : &lost);
    }
}

bool curl_pool_is_busy(const struct curl_pool *p)
{
    return count_busy(p) > 0;
}

guint curl_pool_n_open(const struct curl_pool *p)
{
    return count_busy(p);
}

const char *curl_pool_trouble(const struct curl_pool *p)
{
    return p->trouble;
}

static bool prepare(struct curl_pool *p, const struct way_out_spec *spec)
{
    p->multi = curl_multi_init();
    if (p->multi == NULL)
        return false;
    curl_multi_setopt(p->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(p->multi, CURLMOPT_SOCKETDATA, p);
    curl_multi_setopt(p->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(p->multi, CURLMOPT_TIMERDATA, p);
    curl_multi_setopt(p->multi, CURLMOPT_MAXCONNECTS, (long)spec->n_most);
    for (; p->n_mails < spec->n_most; p->n_mails++) {
        struct curl_mail *m = &p->mails[p->n_mails];
        if (!curl_mail_init(m, &p->url, spec, &p->has_utf8))
            return false;
        curl_easy_setopt(m->easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
        curl_easy_setopt(m->easy, CURLOPT_OPENSOCKETDATA, p);
        curl_easy_setopt(m->easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
        curl_easy_setopt(m->easy, CURLOPT_CLOSESOCKETDATA, p);
    }
    return true;
}

struct curl_pool *curl_pool_new(const struct way_out_spec *spec, const struct smtp_pool_callbacks *callbacks, void *user,
                                struct err *e)
{
    struct curl_pool *p = g_new0(struct curl_pool, 1);

    p->callbacks = callbacks;
    p->user = user;
    p->secret_file = g_strdup(spec->secret_file);
    p->is_token = spec->is_token;
    p->mails = g_new0(struct curl_mail, spec->n_most);
    p->sockets = g_hash_table_new(NULL, NULL);
    if (relay_url_parse(spec->relay, &p->url, e) && ((curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && prepare(p, spec)) ||
                                                     err_set(e, ERR_LATER, "libcurl cannot be readied: out of memory")))
        return p;
    curl_pool_free(p);
    return NULL;
}

/* Whether the relay answers to QUIT is not waited for: it is said, and nothing can be read any more. */
static void shut_sockets(struct curl_pool *p)
{
    GHashTableIter i;
    gpointer fd;

    g_hash_table_iter_init(&i, p->sockets);
    while (g_hash_table_iter_next(&i, &fd, NULL))
        (void)shutdown(GPOINTER_TO_INT(fd), SHUT_RD);
}

void curl_pool_free(struct curl_pool *p)
{
    if (p == NULL)
        return;
    curl_pool_cut(p);
    shut_sockets(p);
    for (guint i = 0; i < p->n_mails; i++)
        curl_mail_clear(&p->mails[i]);
    if (p->multi != NULL)
        curl_multi_cleanup(p->multi);
    g_clear_handle_id(&p->timer, g_source_remove);
    g_hash_table_unref(p->sockets);
    relay_url_clear(&p->url);
    g_free(p->mails);
    g_free(p->secret_file);
    g_free(p->trouble);
    g_free(p);
}
