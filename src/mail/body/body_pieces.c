/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See body_pieces.h. HTML is made text at most once, and only where a look at its size and at some words of the plain form
 * beside it does not show already that both say the same.
 */
#include "mail/body/body_pieces.h"

#include "base/limits.h"
#include "mail/body/body_words.h"
#include "mail/body/small_print.h"
#include "mail/html/html.h"
#include "mail/message/defect.h"

#include <string.h>

struct chooser {
    bool with_files;
    gsize n_html_left; /* bytes of HTML that may still be made text */
    GPtrArray *defects;
};

static bool is_type(const struct entity *e, const char *type)
{
    return strcmp(e->type, type) == 0;
}

bool body_is_readable(const struct entity *e)
{
    static const char *const others[] = {"text/calendar",      "text/x-vcalendar", "text/vcard",      "text/x-vcard",
                                         "text/directory",     "text/x-amp-html",  "text/watch-html", "text/css",
                                         "text/javascript",    "text/csv",         "text/xml",        "text/rtf",
                                         "text/rfc822-headers"};

    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (is_type(e, others[i]))
            return false;
    return e->text != NULL && !g_str_has_suffix(e->type, "+json") && !g_str_has_suffix(e->type, "+xml");
}

bool body_is_unpacked(const struct entity *e)
{
    return g_str_has_prefix(e->type, "application/") && (e->text != NULL || e->embedded != NULL || e->children != NULL);
}

bool body_is_file(const struct entity *e)
{
    bool is_marked = e->disposition != NULL && strcmp(e->disposition, "attachment") == 0;

    return !body_is_unpacked(e) && (is_marked || (e->name != NULL && e->parent != NULL && g_str_has_prefix(e->type, "text/")));
}

static bool has_words(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (!g_unichar_isspace(c) && c != 0xfeff && c != 0x200b && c != 0x200c && c != 0x200d && c != 0x2060)
            return true;
    }
    return false;
}

static void piece_free(gpointer data)
{
    struct piece *p = data;

    g_free(p->text);
    g_clear_pointer(&p->defects, g_ptr_array_unref);
    g_free(p);
}

static GPtrArray *pieces_new(void)
{
    return g_ptr_array_new_with_free_func(piece_free);
}

/* Everything of FROM, which is empty then. */
static void move(GPtrArray *to, GPtrArray *from)
{
    while (from->len > 0)
        g_ptr_array_add(to, g_ptr_array_steal_index(from, 0));
}

/* Makes text of HTML if that was not done yet. */
static const char *piece_text(struct chooser *c, struct piece *p)
{
    if (p->text != NULL)
        return p->text;
    gsize n = strlen(p->entity->text);
    if (!p->is_html) {
        p->text = g_strdup(p->entity->text);
    } else if (n > c->n_html_left) {
        defect_add(c->defects, "html-too-long");
        p->text = g_strdup("");
    } else {
        c->n_html_left -= n;
        p->defects = g_ptr_array_new_with_free_func(g_free);
        p->text = html_to_text(p->entity->text, p->defects);
    }
    return p->text;
}

static bool any_html(const GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++)
        if (((const struct piece *)g_ptr_array_index(pieces, i))->is_html)
            return true;
    return false;
}

static bool any_words(const GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++)
        if (has_words(((const struct piece *)g_ptr_array_index(pieces, i))->entity->text))
            return true;
    return false;
}

static word_set *words_of(struct chooser *c, const GPtrArray *pieces)
{
    word_set *words = word_set_new();

    for (guint i = 0; i < pieces->len; i++)
        word_set_add(words, piece_text(c, g_ptr_array_index(pieces, i)));
    return words;
}

#define PROBES       8  /* words of the plain form that are looked for in the HTML as it stands */
#define PROBE_BYTES  5  /* the shortest of them */
#define MORE_LETTERS 60 /* that HTML may have beyond twice the plain form */

static gsize n_letters(const GPtrArray *pieces)
{
    gsize n = 0;

    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        n += p->is_html ? html_letters(p->entity->text) : strlen(p->entity->text);
    }
    return n;
}

/* Are the first plain words of ASCII letters found in HTML, nearly all of them? */
static bool has_probes(const char *plain, const char *html)
{
    guint n_tried = 0, n_found = 0;

    for (const char *at = plain; *at != '\0' && n_tried < PROBES;) {
        gsize n = 0;
        while (g_ascii_isalpha(at[n]))
            n++;
        bool is_whole = n >= PROBE_BYTES && (guchar)at[n] < 0x80 && (at == plain || (guchar)at[-1] < 0x80);
        if (is_whole) {
            n_tried++;
            n_found += memmem(html, strlen(html), at, n) != NULL;
        }
        at += n > 0 ? n : 1;
    }
    return n_tried >= PROBES / 2 && n_found + 1 >= n_tried;
}

/* A look that costs little: true if PLAIN surely says what RICH says. */
static bool clearly_same(const GPtrArray *plain, const GPtrArray *rich)
{
    if (plain->len != 1 || rich->len != 1)
        return false;
    const struct piece *a = g_ptr_array_index(plain, 0), *b = g_ptr_array_index(rich, 0);
    return n_letters(rich) <= 2 * n_letters(plain) + MORE_LETTERS && has_probes(a->entity->text, b->entity->text);
}

static gsize n_spoilt(struct chooser *c, const GPtrArray *pieces)
{
    gsize n = 0;

    for (guint i = 0; i < pieces->len; i++)
        for (const char *at = piece_text(c, g_ptr_array_index(pieces, i)); (at = strstr(at, "\357\277\275")) != NULL; at += 3)
            n++;
    return n;
}

#define LACKING 2 /* words of the HTML that a sentence of a program in its place lacks, at least */
#define LETTER  40
#define MORE    3 /* times as many words */
#define AND     10

/* Two forms of a text. "Your program cannot show this mail" has few of the words that the HTML has; a form that was cut has them
 * but lacks most. In both cases the HTML is what was written. */
static bool is_said_by(struct chooser *c, const GPtrArray *plain, const GPtrArray *rich)
{
    if (clearly_same(plain, rich))
        return true;
    g_autoptr(word_set) a = words_of(c, plain), b = words_of(c, rich);
    guint n_a = word_set_size(a), n_b = word_set_size(b), n_shared = word_set_shared(a, b);
    bool is_letter = n_a > LETTER && n_b < n_a; /* no program says so much, and the HTML says less */
    if (n_b - n_shared < LACKING || is_letter || n_spoilt(c, rich) > n_spoilt(c, plain))
        return true;
    return 2 * n_shared >= n_a && n_b <= MORE * n_a + AND;
}

static void choose(struct chooser *c, const struct entity *e, GPtrArray *out);

/* Of the forms of one text: the first plain one or the last (richest) one with HTML, of those that say something. Other kinds of text
 * stand in for a plain one that is not there. */
static void choose_alternative(struct chooser *c, const struct entity *e, GPtrArray *out)
{
    g_autoptr(GPtrArray) plain = pieces_new(), rich = pieces_new();

    for (guint i = 0; i < e->children->len; i++) {
        g_autoptr(GPtrArray) form = pieces_new();
        const struct entity *child = g_ptr_array_index(e->children, i);
        choose(c, child, form);
        bool is_rich = any_html(form);
        if ((!is_rich && plain->len > 0) || !any_words(form))
            continue;
        g_ptr_array_set_size(is_rich ? rich : plain, 0);
        move(is_rich ? rich : plain, form);
    }
    move(out, rich->len > 0 && (plain->len == 0 || !is_said_by(c, plain, rich)) ? rich : plain);
}

/* Text leaves below E, not those of an attached mail. */
static void choose(struct chooser *c, const struct entity *e, GPtrArray *out)
{
    bool is_mail = g_str_has_prefix(e->type, "message/") && e->parent != NULL;

    if (body_is_readable(e) && (c->with_files || !body_is_file(e))) {
        struct piece *p = g_new0(struct piece, 1);
        p->entity = e;
        p->is_html = is_type(e, "text/html");
        g_ptr_array_add(out, p);
    }
    if (e->children == NULL || is_mail)
        return;
    if (is_type(e, "multipart/alternative")) {
        choose_alternative(c, e, out);
        return;
    }
    for (guint i = 0; i < e->children->len; i++)
        choose(c, g_ptr_array_index(e->children, i), out);
}

#define LEAST_REPEATED 4 /* words; "Ja" in a part of its own is said there */

/* Do the pieces of the other form, all together, say nearly every word of P? */
static bool is_repeated(struct chooser *c, struct piece *p, word_set *others)
{
    g_autoptr(word_set) words = word_set_new();

    word_set_add(words, piece_text(c, p));
    guint n = word_set_size(words);
    return n >= LEAST_REPEATED && 10 * word_set_shared(words, others) >= 9 * n;
}

/* Programs that know no alternative send both forms side by side. */
static void drop_repeated(struct chooser *c, GPtrArray *pieces)
{
    for (guint rich = 1; rich + 1 > 0; rich--) { /* HTML that plain text repeats goes first */
        g_autoptr(word_set) others = word_set_new();
        bool any = false;
        for (guint i = 0; i < pieces->len; i++) {
            struct piece *p = g_ptr_array_index(pieces, i);
            any = any || p->is_html == (rich == 1);
            if (p->is_html != (rich == 1))
                word_set_add(others, piece_text(c, p));
        }
        if (!any || word_set_size(others) == 0)
            return;
        for (guint i = pieces->len; i-- > 0;) {
            struct piece *p = g_ptr_array_index(pieces, i);
            if (p->is_html == (rich == 1) && is_repeated(c, p, others))
                g_ptr_array_remove_index(pieces, i);
        }
    }
}

static void drop_silent(struct chooser *c, GPtrArray *pieces)
{
    for (guint i = pieces->len; i-- > 0;)
        if (!has_words(piece_text(c, g_ptr_array_index(pieces, i))))
            g_ptr_array_remove_index(pieces, i);
}

/* A part of its own that speaks of the mail, beside parts that do not, is nobody's text. */
static void mark_small_print(GPtrArray *pieces)
{
    guint n_marked = 0;

    for (guint i = 0; pieces->len > 1 && i < pieces->len; i++) {
        struct piece *p = g_ptr_array_index(pieces, i);
        p->is_small_print = small_print_is(p->text);
        n_marked += p->is_small_print;
    }
    for (guint i = 0; n_marked == pieces->len && i < pieces->len; i++)
        ((struct piece *)g_ptr_array_index(pieces, i))->is_small_print = false;
}

GPtrArray *body_pieces(const struct entity *root, bool *is_from_file_out, GPtrArray *defects)
{
    struct chooser c = {.n_html_left = LIMIT_HTML_ALL_BYTES, .defects = defects};
    GPtrArray *pieces = pieces_new();

    choose(&c, root, pieces);
    c.with_files = pieces->len == 0;
    if (c.with_files)
        choose(&c, root, pieces);
    *is_from_file_out = c.with_files;
    drop_silent(&c, pieces);
    drop_repeated(&c, pieces);
    mark_small_print(pieces);
    return pieces;
}
