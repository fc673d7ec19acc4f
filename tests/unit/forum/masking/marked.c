/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See marked.h.
 */
#include "marked.h"

#include "forum/contact.h"
#include "mail/reply/reply.h"

#include <string.h>

#define LEAST_DIGITS  3 /* bytes of a piece that would tell something: with a digit ... */
#define LEAST_LETTERS 4 /* ... and without */
#define MOST_BESIDE   4 /* words of a line that may go with its secret */

struct mark {
    char *kind, *text;
    bool must_stay;
};

static const char *const kinds[] = {
    [CONTACT_PHONE] = "phone", [CONTACT_MAIL] = "mail",   [CONTACT_BANK] = "bank",     [CONTACT_ADDRESS] = "address",
    [CONTACT_PLATE] = "plate", [CONTACT_BIRTH] = "birth", [CONTACT_NUMBER] = "number",
};

static void mark_clear(gpointer mark)
{
    g_free(((struct mark *)mark)->kind);
    g_free(((struct mark *)mark)->text);
}

struct marked_sum *marked_sum_new(void)
{
    struct marked_sum *sum = g_new0(struct marked_sum, 1);

    sum->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return sum;
}

void marked_sum_free(struct marked_sum *sum)
{
    g_hash_table_unref(sum->rows);
    g_free(sum);
}

static struct marked_row *row_of(struct marked_sum *sum, const char *kind)
{
    struct marked_row *row = g_hash_table_lookup(sum->rows, kind);

    if (row == NULL) {
        row = g_new0(struct marked_row, 1);
        g_hash_table_insert(sum->rows, g_strdup(kind), row);
    }
    return row;
}

/* A line may go as a whole if it is a signature or says little beside its secret. */
static bool may_go(const char *rest, bool is_signature)
{
    g_auto(GStrv) words = g_strsplit(rest, " ", -1);
    guint n = 0;

    for (char **w = words; *w != NULL; w++)
        n += **w != '\0';
    return is_signature || n <= MOST_BESIDE;
}

/* The text as its author wrote it. REST_OUT: without what is in marks of what goes. OPEN_OUT: its lines of which all the rest must stay. */
static char *unmarked(const char *marked, GArray *marks, GString *open_out, GString *rest_out)
{
    GString *text = g_string_new(NULL);
    gsize line = 0; /* in REST_OUT */
    bool is_secret = false, is_signature = false;

    for (const char *p = marked, *end; *p != '\0'; p = end) {
        end = *p == '{' ? strchr(p, '}') + 1 : p + 1;
        if (*p == '{') {
            const char *blank = strchr(p, ' ');
            struct mark m = {.must_stay = p[1] == '=', .kind = g_strndup(p + 1, (gsize)(blank - p - 1))};
            m.text = g_strndup(blank + 1, (gsize)(end - 1 - blank - 1));
            is_secret |= !m.must_stay;
            is_signature |= strcmp(m.kind, "sign") == 0;
            g_string_append(text, m.text);
            g_string_append(rest_out, m.must_stay ? m.text : " ");
            g_array_append_val(marks, m);
        } else {
            g_string_append_c(text, *p);
            g_string_append_c(rest_out, *p);
        }
        if (*p != '\n' && *end != '\0')
            continue;
        if (!is_secret || !may_go(rest_out->str + line, is_signature))
            g_string_append(open_out, rest_out->str + line);
        line = rest_out->len;
        is_secret = is_signature = false;
    }
    return g_string_free(text, FALSE);
}

/* Does a piece of SECRET stand in PUBLIC, which is not in the REST of the text anyway? */
static bool leaks(const char *secret, const char *public, const char *rest)
{
    g_auto(GStrv) pieces = g_strsplit_set(secret, " ,/|<>", -1);

    for (char **p = pieces; *p != NULL; p++) {
        bool has_digit = strpbrk(*p, "0123456789") != NULL;
        if (strlen(*p) >= (has_digit ? LEAST_DIGITS : LEAST_LETTERS) && strstr(public, *p) != NULL && strstr(rest, *p) == NULL)
            return true;
    }
    return false;
}

static void judge_marks(struct marked_sum *sum, const GArray *marks, const char *public, const char *rest)
{
    for (guint i = 0; i < marks->len; i++) {
        const struct mark *m = &g_array_index(marks, struct mark, i);
        bool is_right = m->must_stay ? strstr(public, m->text) != NULL : !leaks(m->text, public, rest);
        struct marked_row *row = row_of(sum, m->kind);
        row->n++;
        row->n_right += is_right;
        sum->n_untouchables += m->must_stay;
        sum->n_touched += m->must_stay && !is_right;
        sum->n_secrets += !m->must_stay;
        sum->n_hidden += !m->must_stay && is_right;
        if (!is_right)
            g_test_message("%s {%s %s} -> %s", m->must_stay ? "TOUCHED" : "LEAKED", m->kind, m->text, public);
    }
}

/* Every find that is masked must have something of a secret in it. */
static void judge_finds(struct marked_sum *sum, const GArray *marks, const char *text)
{
    g_autoptr(GArray) spans = contact_spans(text, strlen(text));

    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        bool is_secret = false;
        for (guint k = 0; k < marks->len; k++) {
            const struct mark *m = &g_array_index(marks, struct mark, k);
            const char *at = m->must_stay ? NULL : strstr(text, m->text);
            is_secret |= at != NULL && at < c->at + c->n && c->at < at + strlen(m->text);
        }
        if (c->kind >= N_CONTACT_MASKED || is_secret)
            continue;
        row_of(sum, kinds[c->kind])->n_false++;
        sum->n_false++;
        g_test_message("FALSE %s: %.*s", kinds[c->kind], (int)c->n, c->at);
    }
}

static void judge_words(struct marked_sum *sum, const char *open, const char *public)
{
    g_auto(GStrv) words = g_strsplit_set(open, " \n", -1);

    for (char **w = words; *w != NULL; w++)
        if (strlen(*w) >= LEAST_LETTERS && strstr(public, *w) == NULL) {
            sum->n_lost_words++;
            g_test_message("LOST %s -> %s", *w, public);
        }
}

void marked_judge(struct marked_sum *sum, const char *marked)
{
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
    g_autoptr(GString) open = g_string_new(NULL);
    g_autoptr(GString) rest = g_string_new(NULL);
    struct reply_context context = {.subject = "Idee"};
    struct reply r;
    guint n_cut;

    g_array_set_clear_func(marks, mark_clear);
    g_autofree char *text = unmarked(marked, marks, open, rest);
    reply_split(text, &context, &r);
    g_autofree char *kept = contact_cut(r.text, &n_cut);
    g_autofree char *public = contact_mask(kept, "de", "beteiligung.example.org", NULL);
    sum->n_texts++;
    judge_marks(sum, marks, public, rest->str);
    judge_finds(sum, marks, kept);
    judge_words(sum, open->str, public);
    reply_clear(&r);
}

static int by_word(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

void marked_print(const struct marked_sum *sum, const char *title)
{
    g_autoptr(GList) words = g_list_sort(g_hash_table_get_keys(sum->rows), by_word);

    g_test_message(
        "figure: %s: %u texts; %u of %u hidden (recall %.1f %%), %u finds that are no secret, %u of %u untouchables touched, "
        "%u words lost",
        title, sum->n_texts, sum->n_hidden, sum->n_secrets, 100.0 * sum->n_hidden / MAX(sum->n_secrets, 1), sum->n_false,
        sum->n_touched, sum->n_untouchables, sum->n_lost_words);
    for (const GList *w = words; w != NULL; w = w->next) {
        const struct marked_row *row = g_hash_table_lookup(sum->rows, w->data);
        const char *word = w->data;
        if (*word == '=')
            g_test_message("figure:   %-10s %3u of %3u left alone", word + 1, row->n_right, row->n);
        else
            g_test_message("figure:   %-10s %3u of %3u hidden, recall %5.1f %%, precision %5.1f %%", word, row->n_right, row->n,
                           100.0 * row->n_right / MAX(row->n, 1), 100.0 * row->n_right / MAX(row->n_right + row->n_false, 1));
    }
}

char **marked_read(const char *name)
{
    g_autofree char *path = g_build_filename(g_getenv("top_srcdir"), "tests", "unit", "forum", "masking", name, NULL);
    g_autofree char *all = NULL;

    g_assert_true(g_file_get_contents(path, &all, NULL, NULL));
    const char *first = strstr(all, "----\n");
    g_assert_nonnull(first);
    return g_strsplit(first + 5, "\n----\n", -1);
}
