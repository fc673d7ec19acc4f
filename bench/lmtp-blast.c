/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Delivers mails by LMTP over many connections at once and says how fast they were taken. Sender and
 * recipient of each are the first addresses of its From and To fields. One thread; each session does as a
 * mail server does: envelope in one write, body after the 354, the next mail after the answer.
 *
 *     lmtp-blast -a inet:127.0.0.1:10024 -c 50 -n 10000 FOLDER
 *
 * prints one line; exit 1 if any mail was not taken.
 */
#include "meter.h"
#include "wire/endpoint.h"

#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct mail {
    char *envelope; /* MAIL, RCPT, DATA */
    GString *body;  /* dot-stuffed, CRLF, with the final dot */
};

struct blast {
    struct endpoint to;
    GPtrArray *mails;
    guint n_wanted, n_begun, n_ended, n_refused, n_open;
    GArray *times; /* double, seconds from MAIL to the last answer */
    gsize n_bytes;
    GMainLoop *loop;
};

enum step { STEP_GREETING, STEP_LHLO, STEP_MAIL, STEP_RCPT, STEP_DATA, STEP_END };

struct session {
    struct blast *blast;
    int fd;
    enum step step;
    bool was_refused;
    const struct mail *mail;
    double begun_at;
    GString *in, *out;
    guint write_id;
};

static void close_session(struct session *s)
{
    struct blast *b = s->blast;

    g_clear_handle_id(&s->write_id, g_source_remove);
    close(s->fd);
    g_string_free(s->in, TRUE);
    g_string_free(s->out, TRUE);
    g_free(s);
    if (--b->n_open == 0)
        g_main_loop_quit(b->loop);
}

static gboolean on_writable(int fd, GIOCondition condition, gpointer data)
{
    struct session *s = data;
    gssize n = write(fd, s->out->str, s->out->len);

    (void)condition;
    if (n > 0)
        g_string_erase(s->out, 0, n);
    if (s->out->len > 0 && (n >= 0 || errno == EAGAIN))
        return G_SOURCE_CONTINUE;
    s->write_id = 0;
    return G_SOURCE_REMOVE;
}

static void say(struct session *s, const char *bytes, gsize n)
{
    g_string_append_len(s->out, bytes, (gssize)n);
    if (s->write_id == 0 && on_writable(s->fd, G_IO_OUT, s) == G_SOURCE_CONTINUE)
        s->write_id = g_unix_fd_add(s->fd, G_IO_OUT, on_writable, s);
}

static void begin_mail(struct session *s)
{
    struct blast *b = s->blast;

    if (b->n_begun == b->n_wanted) {
        shutdown(s->fd, SHUT_WR);
        return;
    }
    s->mail = b->mails->pdata[b->n_begun++ % b->mails->len];
    s->begun_at = meter_now();
    s->was_refused = false;
    s->step = STEP_MAIL;
    say(s, s->mail->envelope, strlen(s->mail->envelope));
}

static void end_mail(struct session *s, bool is_taken)
{
    struct blast *b = s->blast;
    double took = meter_now() - s->begun_at;

    g_array_append_val(b->times, took);
    b->n_ended++;
    b->n_bytes += s->mail->body->len;
    if (!is_taken)
        b->n_refused++;
    begin_mail(s);
}

static void on_reply(struct session *s, char class)
{
    bool is_yes = class == '2' || class == '3';

    switch (s->step) {
    case STEP_GREETING:
        say(s, "LHLO blast\r\n", 12);
        s->step = STEP_LHLO;
        return;
    case STEP_LHLO:
        begin_mail(s);
        return;
    case STEP_MAIL:
    case STEP_RCPT:
        s->was_refused = s->was_refused || !is_yes;
        s->step++;
        return;
    case STEP_DATA:
        if (class == '3') {
            say(s, s->mail->body->str, s->mail->body->len);
            s->step = STEP_END;
            return;
        }
        say(s, "RSET\r\n", 6);
        s->was_refused = true;
        s->step = STEP_END;
        return;
    case STEP_END:
        end_mail(s, is_yes && !s->was_refused);
        return;
    }
}

static gboolean on_readable(int fd, GIOCondition condition, gpointer data)
{
    struct session *s = data;
    char buffer[8192];
    gssize n = read(fd, buffer, sizeof buffer);
    char *end;
    gsize at = 0;

    (void)condition;
    if (n <= 0) {
        close_session(s);
        return G_SOURCE_REMOVE;
    }
    g_string_append_len(s->in, buffer, n);
    while ((end = strstr(s->in->str + at, "\r\n")) != NULL) {
        const char *line = s->in->str + at;

        at = (gsize)(end - s->in->str) + 2;
        if (line[3] != '-')
            on_reply(s, line[0]);
    }
    g_string_erase(s->in, 0, (gssize)at);
    return G_SOURCE_CONTINUE;
}

static void open_session(struct blast *b)
{
    struct session *s = g_new0(struct session, 1);
    int on = 1;

    s->blast = b;
    s->in = g_string_new(NULL);
    s->out = g_string_new(NULL);
    s->fd = socket(b->to.address.ss_family, SOCK_STREAM, 0);
    if (connect(s->fd, (const struct sockaddr *)&b->to.address, b->to.length) != 0)
        g_error("cannot connect: %s", g_strerror(errno));
    if (!endpoint_is_unix(&b->to))
        setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    g_unix_set_fd_nonblocking(s->fd, TRUE, NULL);
    g_unix_fd_add(s->fd, G_IO_IN | G_IO_HUP, on_readable, s);
    b->n_open++;
}

/* The first address of the field NAME ("From:"), as simply as our own generator writes it. */
static char *address_of(const char *mail, const char *name)
{
    g_autofree char *start = g_strconcat("\n", name, NULL);
    const char *field = g_str_has_prefix(mail, name) ? mail : strstr(mail, start);
    g_autofree char *line = NULL;
    const char *open;

    if (field == NULL)
        return g_strdup("");
    field += *field == '\n';
    line = g_strndup(field + strlen(name), strcspn(field + strlen(name), "\r\n,"));
    open = strchr(line, '<');
    return open != NULL ? g_strndup(open + 1, strcspn(open + 1, ">")) : g_strdup(g_strstrip(line));
}

/* One line with CRLF instead of LF, and one dot more if it begins with one. */
static void add_line(GString *body, const char *line)
{
    gsize n = strlen(line);

    if (n > 0 && line[n - 1] == '\r')
        n--;
    if (*line == '.')
        g_string_append_c(body, '.');
    g_string_append_len(body, line, (gssize)n);
    g_string_append(body, "\r\n");
}

static struct mail *load(const char *path)
{
    g_autofree char *text = NULL, *from = NULL, *to = NULL;
    g_auto(GStrv) lines = NULL;
    struct mail *m = g_new0(struct mail, 1);

    if (!g_file_get_contents(path, &text, NULL, NULL))
        g_error("cannot read %s", path);
    from = address_of(text, "From:");
    to = address_of(text, "To:");
    m->envelope = g_strdup_printf("MAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n", from, to);
    m->body = g_string_new(NULL);
    lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL && (line[1] != NULL || **line != '\0'); line++)
        add_line(m->body, *line);
    g_string_append(m->body, ".\r\n");
    return m;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *load_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *mails = g_ptr_array_new();
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
        if (g_str_has_suffix(name, ".eml"))
            g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(mails, load(names->pdata[i]));
    return mails;
}

static void report(struct blast *b, guint n_sessions, double took)
{
    double cpu = meter_cpu();

    g_array_sort(b->times, meter_compare);
    printf("lmtp-blast sessions=%u mails=%u refused=%u unanswered=%u kb_each=%.1f seconds=%.3f per_second=%.0f "
           "p50_ms=%.2f p99_ms=%.2f max_ms=%.2f own_cpu_us=%.0f\n",
           n_sessions, b->n_ended, b->n_refused, b->n_wanted - b->n_ended,
           b->n_ended > 0 ? (double)b->n_bytes / b->n_ended / 1000 : 0, took, b->n_ended / took,
           meter_percentile(b->times, 0.5) * 1e3, meter_percentile(b->times, 0.99) * 1e3, meter_percentile(b->times, 1) * 1e3,
           b->n_ended > 0 ? cpu / b->n_ended * 1e6 : 0);
}

int main(int argc, char **argv)
{
    g_autofree char *address = NULL;
    gint n_sessions = 50, n_mails = 10000;
    const GOptionEntry entries[] = {
        {"address", 'a', 0, G_OPTION_ARG_STRING, &address, "unix:PATH or inet:ADDRESS:PORT", "ADDRESS"},
        {"sessions", 'c', 0, G_OPTION_ARG_INT, &n_sessions, "sessions at once (50)", "N"},
        {"mails", 'n', 0, G_OPTION_ARG_INT, &n_mails, "mails in all, the folder's over and over (10000)", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) options = g_option_context_new("FOLDER");
    struct blast b = {.times = g_array_new(FALSE, FALSE, sizeof(double))};
    err_auto struct err e = {0};
    double begun_at;

    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, NULL) || argc != 2 || address == NULL)
        g_error("usage: lmtp-blast -a ADDRESS [-c SESSIONS] [-n MAILS] FOLDER");
    if (!endpoint_parse(address, &b.to, &e))
        g_error("%s", e.text);
    b.mails = load_folder(argv[1]);
    if (b.mails->len == 0)
        g_error("no .eml in %s", argv[1]);
    b.n_wanted = (guint)n_mails;
    b.loop = g_main_loop_new(NULL, FALSE);
    begun_at = meter_now();
    for (gint i = 0; i < n_sessions; i++)
        open_session(&b);
    g_main_loop_run(b.loop);
    report(&b, (guint)n_sessions, meter_now() - begun_at);
    return b.n_refused > 0 || b.n_ended < b.n_wanted;
}
