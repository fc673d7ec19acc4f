/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plays tests/wire/NAME.lmtp against the dialogue; the format is in tests/wire/README. One test per file and
 * way of slicing: whole blocks, and byte by byte.
 */
#include "wire/lmtp.h"

#include <string.h>

struct play {
    struct lmtp *lmtp;
    struct lmtp_config config;
    GHashTable *refusals;         /* address -> reply */
    GString *said;                /* what the client says next, sent at the next turn */
    GString *expected;            /* the rest of D lines */
    struct lmtp_message *message; /* handed over and not looked at yet */
    bool is_expecting;            /* D lines were read and not compared yet */
    gsize slice;
    const char *file;
    guint line;
};

#define fail_at(p, ...)                                       \
    do {                                                      \
        g_autofree char *what = g_strdup_printf(__VA_ARGS__); \
        g_error("%s:%u: %s", (p)->file, (p)->line, what);     \
    } while (0)

static char *on_rcpt(void *user, const char *sender, const char *address)
{
    struct play *p = user;

    g_assert_nonnull(sender);
    return g_strdup(g_hash_table_lookup(p->refusals, address));
}

static void on_message(void *user, struct lmtp_message *m)
{
    struct play *p = user;

    if (p->message != NULL)
        fail_at(p, "a second message came before the first was looked at");
    p->message = m;
}

static const struct lmtp_callbacks callbacks = {.rcpt = on_rcpt, .message = on_message};

static void unescape(GString *into, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c != '\\') {
            g_string_append_c(into, *c);
            continue;
        }
        c++;
        if (*c == 'x') {
            g_string_append_c(into, (char)(g_ascii_xdigit_value(c[1]) * 16 + g_ascii_xdigit_value(c[2])));
            c += 2;
        } else {
            g_string_append_c(into, *c == 'r' ? '\r' : *c == 'n' ? '\n' : *c == 't' ? '\t' : *c == '0' ? '\0' : *c);
        }
    }
}

static struct lmtp *lmtp_of(struct play *p)
{
    if (p->lmtp == NULL)
        p->lmtp = lmtp_new(&callbacks, p, &p->config);
    return p->lmtp;
}

static void send_said(struct play *p)
{
    for (gsize at = 0; at < p->said->len; at += p->slice)
        lmtp_feed(lmtp_of(p), p->said->str + at, MIN(p->slice, p->said->len - at));
    g_string_truncate(p->said, 0);
}

static void check_silence(struct play *p)
{
    if (lmtp_output(lmtp_of(p))->len > 0)
        fail_at(p, "the server said more: %s", lmtp_output(p->lmtp)->str);
}

static void check_bytes(struct play *p)
{
    if (!p->is_expecting)
        return;
    g_assert_nonnull(p->message);
    g_assert_cmpmem(p->message->bytes->data, p->message->bytes->len, p->expected->str, (int)p->expected->len);
    g_clear_pointer(&p->message, lmtp_message_free);
    g_string_truncate(p->expected, 0);
    p->is_expecting = false;
}

static void play_server(struct play *p, const char *text)
{
    GString *out = lmtp_output(lmtp_of(p));
    const char *end;

    send_said(p);
    if (strcmp(text, "(closed)") == 0) {
        check_silence(p);
        g_assert_true(lmtp_is_closed(p->lmtp));
        return;
    }
    end = strstr(out->str, "\r\n");
    if (end == NULL || strlen(text) != (gsize)(end - out->str) || strncmp(out->str, text, strlen(text)) != 0)
        fail_at(p, "expected: %s\ngot: %s", text, out->str);
    g_string_erase(out, 0, end + 2 - out->str);
}

static void play_message(struct play *p, const char *text)
{
    g_autoptr(GString) seen = g_string_new(NULL);

    send_said(p);
    check_silence(p);
    if (p->message == NULL)
        fail_at(p, "no message was handed over");
    g_assert_true(lmtp_is_waiting(p->lmtp));
    g_string_append(seen, *p->message->sender != '\0' ? p->message->sender : "<>");
    for (guint i = 0; i < p->message->recipients->len; i++)
        g_string_append_printf(seen, " %s", (const char *)p->message->recipients->pdata[i]);
    g_assert_cmpstr(seen->str, ==, text);
    p->is_expecting = true;
}

static void play_answer(struct play *p, const char *text)
{
    char *reply;
    guint64 index = g_ascii_strtoull(text, &reply, 10);

    check_bytes(p);
    lmtp_answer(p->lmtp, (guint)index, g_strchug(reply));
}

static void play_limit(struct play *p, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 2);
    guint n = (guint)g_ascii_strtoull(words[1], NULL, 10);

    if (strcmp(words[0], "message") == 0)
        p->config.message_bytes = n;
    else if (strcmp(words[0], "recipients") == 0)
        p->config.n_recipients = n;
    else if (strcmp(words[0], "errors") == 0)
        p->config.n_errors = n;
    else
        fail_at(p, "unknown limit");
}

static void play_client(struct play *p, const char *text, bool is_raw)
{
    if (p->said->len == 0)
        check_silence(p);
    if (is_raw)
        unescape(p->said, text);
    else
        g_string_append_printf(p->said, "%s\r\n", text);
}

static void play_line(struct play *p, const char *line)
{
    const char *text = strchr(line, ' ') != NULL ? strchr(line, ' ') + 1 : "";

    if (*line == '\0' || *line == '#')
        return;
    if (g_str_has_prefix(line, "S: "))
        play_server(p, text);
    else if (g_str_has_prefix(line, "C:"))
        play_client(p, text, false);
    else if (g_str_has_prefix(line, "C> "))
        play_client(p, text, true);
    else if (g_str_has_prefix(line, "M: "))
        play_message(p, text);
    else if (g_str_has_prefix(line, "D: "))
        unescape(p->expected, text);
    else if (g_str_has_prefix(line, "A: "))
        play_answer(p, text);
    else if (g_str_has_prefix(line, "limit "))
        play_limit(p, text);
    else if (g_str_has_prefix(line, "refuse "))
        g_hash_table_insert(p->refusals, g_strndup(text, strcspn(text, " ")), g_strdup(text + strcspn(text, " ") + 1));
    else
        fail_at(p, "cannot read: %s", line);
}

static void play_file(const char *path, gsize slice)
{
    g_autofree char *content = NULL;
    g_auto(GStrv) lines = NULL;
    struct play p = {.file = path, .slice = slice, .config = {.name = "foo.edu"}};

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    lines = g_strsplit(content, "\n", -1);
    p.refusals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    p.said = g_string_new(NULL);
    p.expected = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        p.line++;
        play_line(&p, *line);
    }
    send_said(&p);
    check_bytes(&p);
    check_silence(&p);
    lmtp_free(p.lmtp);
    g_string_free(p.said, TRUE);
    g_string_free(p.expected, TRUE);
    g_hash_table_unref(p.refusals);
}

static void test_blocks(gconstpointer path)
{
    play_file(path, G_MAXUINT16);
}

static void test_bytes(gconstpointer path)
{
    play_file(path, 1);
}

static void test_sevens(gconstpointer path)
{
    play_file(path, 7);
}

int main(int argc, char **argv)
{
    g_autofree char *dir = g_build_filename(g_getenv("top_srcdir"), "tests", "wire", NULL);
    g_autoptr(GDir) files = g_dir_open(dir, 0, NULL);
    const char *name;
    guint n = 0;

    g_test_init(&argc, &argv, NULL);
    g_assert_nonnull(files);
    while ((name = g_dir_read_name(files)) != NULL) {
        g_autofree char *blocks = g_strdup_printf("/wire/transcript/%s/blocks", name);
        g_autofree char *sevens = g_strdup_printf("/wire/transcript/%s/sevens", name);
        g_autofree char *bytes = g_strdup_printf("/wire/transcript/%s/bytes", name);

        if (!g_str_has_suffix(name, ".lmtp"))
            continue;
        g_test_add_data_func_full(blocks, g_build_filename(dir, name, NULL), test_blocks, g_free);
        g_test_add_data_func_full(sevens, g_build_filename(dir, name, NULL), test_sevens, g_free);
        g_test_add_data_func_full(bytes, g_build_filename(dir, name, NULL), test_bytes, g_free);
        n++;
    }
    g_assert_cmpuint(n, >, 0);
    return g_test_run();
}
