/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What reading costs: `bench/read DIR [ROUNDS]` reads every *.eml below DIR with message_read() and, beside
 * it, parses it with GMime and decodes its text parts. Prints CPU microseconds a mail, the median of the
 * rounds.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static void collect(const char *dir, GPtrArray *mails)
{
    g_autoptr(GDir) d = g_dir_open(dir, 0, NULL);
    const char *name;

    while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        char *bytes;
        gsize n;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            collect(path, mails);
        else if (g_str_has_suffix(name, ".eml") && g_file_get_contents(path, &bytes, &n, NULL))
            g_ptr_array_add(mails, g_bytes_new_take(bytes, n));
    }
}

static double cpu_us(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

static void read_ours(const char *bytes, gsize n)
{
    message_free(message_read(bytes, n, NULL));
}

static void decode_part(GMimeObject *parent, GMimeObject *part, gpointer user)
{
    (void)parent;
    (void)user;
    if (GMIME_IS_TEXT_PART(part))
        g_free(g_mime_text_part_get_text((GMimeTextPart *)part));
}

static void read_gmime(const char *bytes, gsize n)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

    if (message != NULL) {
        g_mime_message_foreach(message, decode_part, NULL);
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Median over the rounds of CPU microseconds a mail */
static double measure(const GPtrArray *mails, guint n_rounds, void (*read)(const char *, gsize))
{
    g_autofree double *rounds = g_new(double, n_rounds);

    for (guint r = 0; r < n_rounds; r++) {
        double start = cpu_us();
        for (guint i = 0; i < mails->len; i++) {
            gsize n;
            const char *bytes = g_bytes_get_data(g_ptr_array_index(mails, i), &n);
            read(bytes, n);
        }
        rounds[r] = (cpu_us() - start) / mails->len;
    }
    qsort(rounds, n_rounds, sizeof *rounds, by_value);
    return rounds[n_rounds / 2];
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    guint n_rounds = argc > 2 ? (guint)MAX(g_ascii_strtoull(argv[2], NULL, 10), 1) : 5;

    if (argc < 2) {
        fputs("usage: read DIR [ROUNDS]\n", stderr);
        return 2;
    }
    mail_init();
    collect(argv[1], mails);
    if (mails->len == 0) {
        fprintf(stderr, "read: no *.eml below %s\n", argv[1]);
        return 2;
    }
    measure(mails, 1, read_ours);
    double gmime = measure(mails, n_rounds, read_gmime), ours = measure(mails, n_rounds, read_ours);
    printf("read: %u mails, %.1f us CPU a mail completely read; GMime's bare parse with text decoding %.1f us\n", mails->len,
           ours, gmime);
    return 0;
}
