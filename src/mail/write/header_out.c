/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Header fields; see header_out.h. A value is cut into words at white space; a word goes on the line if it still
 * fits, else on the next one. Neighbouring words that need it are encoded together, blanks included.
 */
#include "mail/write/header_out.h"

#include <string.h>

#define LINE_COLUMNS   78
#define ENCODED_CHARS  75  /* RFC 2047 2 */
#define ENCODED_AROUND 12  /* "=?utf-8?Q?" and "?=" */
#define WORD_MAX       900 /* a word that cannot be cut must leave the line below 998 */
#define ID_MAX         500

struct field {
    GString *out;
    gsize column;
};

static void field_begin(struct field *f, GString *out, const char *name)
{
    f->out = out;
    g_string_append(out, name);
    g_string_append_c(out, ':');
    f->column = strlen(name) + 1;
}

static void field_end(struct field *f)
{
    g_string_append_len(f->out, "\r\n", 2);
}

static void fold(struct field *f)
{
    g_string_append_len(f->out, "\r\n ", 3);
    f->column = 1;
}

/* A blank or a fold before something N columns long. */
static void space_for(struct field *f, gsize n, bool is_first)
{
    if (!is_first && f->column + 1 + n > LINE_COLUMNS) {
        fold(f);
        return;
    }
    g_string_append_c(f->out, ' ');
    f->column++;
}

static void put_word(struct field *f, const char *word, gsize n, bool is_first)
{
    space_for(f, n, is_first);
    g_string_append_len(f->out, word, (gssize)n);
    f->column += n;
}

/* Valid UTF-8, one line, controls gone, single blanks. */
static char *one_line(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    char *to = valid;

    for (const char *from = valid; *from != '\0'; from++) {
        guchar c = (guchar)*from;
        if (c == 0xc2 && (guchar)from[1] < 0xa0) { /* C1 */
            from++;
            c = ' ';
        }
        if (c > ' ' && c != 0x7f)
            *to++ = (char)c;
        else if (to > valid && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > valid && to[-1] == ' ')
        to--;
    *to = '\0';
    return g_steal_pointer(&valid);
}

static bool is_ascii(const char *s, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if ((guchar)s[i] >= 0x80)
            return false;
    return true;
}

/* Safe in a phrase too: RFC 2047 5 (3). */
static bool is_q_safe(guchar c)
{
    return g_ascii_isalnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

static bool q_is_shorter(const char *s, gsize n)
{
    gsize q = 0;

    for (gsize i = 0; i < n; i++)
        q += is_q_safe((guchar)s[i]) || s[i] == ' ' ? 1 : 3;
    return q <= (n + 2) / 3 * 4;
}

static gsize q_width(const char *s, gsize n)
{
    return n > 1 || (!is_q_safe((guchar)*s) && *s != ' ') ? 3 * n : 1;
}

static void put_q(GString *out, const char *s, gsize n)
{
    static const char hex[] = "0123456789ABCDEF";

    for (gsize i = 0; i < n; i++) {
        guchar c = (guchar)s[i];
        if (c == ' ') {
            g_string_append_c(out, '_');
        } else if (is_q_safe(c)) {
            g_string_append_c(out, (char)c);
        } else {
            char code[3] = {'=', hex[c >> 4], hex[c & 15]};
            g_string_append_len(out, code, 3);
        }
    }
}

/* Behind the last blank of the first N bytes, if that is not too soon: some programs show a blank between two encoded words, and
 * a second one there is seen by nobody. */
static gsize behind_blank(const char *s, gsize n)
{
    for (gsize at = n; at > n / 2; at--)
        if (s[at - 1] == ' ')
            return at;
    return n;
}

/* How many bytes of whole characters fit into ROOM encoded characters; of more the end of a word, if there is one. */
static gsize encoded_fit(const char *s, gsize n, gsize room, bool is_q)
{
    gsize taken = 0, used = 0;

    while (taken < n) {
        gsize one = (gsize)(g_utf8_next_char(s + taken) - (s + taken));
        gsize width = is_q ? used + q_width(s + taken, one) : (taken + one + 2) / 3 * 4;
        if (width > room)
            break;
        used = width;
        taken += one;
    }
    return taken < n ? behind_blank(s, taken) : taken;
}

static void put_encoded_word(struct field *f, const char *s, gsize n, bool is_q)
{
    gsize before = f->out->len;

    g_string_append(f->out, is_q ? "=?utf-8?Q?" : "=?utf-8?B?");
    if (is_q) {
        put_q(f->out, s, n);
    } else {
        g_autofree char *base64 = g_base64_encode((const guchar *)s, n);
        g_string_append(f->out, base64);
    }
    g_string_append_len(f->out, "?=", 2);
    f->column += f->out->len - before;
}

static void put_encoded(struct field *f, const char *s, gsize n)
{
    bool is_q = q_is_shorter(s, n);

    while (n > 0) {
        space_for(f, ENCODED_AROUND + 16, false);
        gsize room = MIN(LINE_COLUMNS - f->column, ENCODED_CHARS) - ENCODED_AROUND;
        gsize taken = encoded_fit(s, n, room, is_q);
        put_encoded_word(f, s, taken, is_q);
        s += taken;
        n -= taken;
    }
}

static bool is_misread(const char *word, gsize n)
{
    return g_strstr_len(word, (gssize)n, "=?") != NULL || g_strstr_len(word, (gssize)n, "?=") != NULL;
}

static gsize word_length(const char *s)
{
    return strcspn(s, " ");
}

/* Must the word be encoded? In a value with structure only what is not ASCII may be. */
static bool is_needy(const char *word, gsize n, bool has_structure)
{
    if (!is_ascii(word, n))
        return true;
    return !has_structure && (n > LINE_COLUMNS - 4 || is_misread(word, n));
}

/* Length of the run of words from S on that must be encoded; 0 if the first one need not be. */
static gsize needy_run(const char *s, bool has_structure)
{
    gsize run = 0;

    while (s[run] != '\0') {
        gsize start = run == 0 ? 0 : run + 1, n = word_length(s + start);
        if (n == 0 || !is_needy(s + start, n, has_structure))
            break;
        run = start + n;
    }
    return run;
}

static void put_words(struct field *f, const char *line, bool has_structure)
{
    bool is_first = true;

    while (*line != '\0') {
        gsize n = needy_run(line, has_structure);
        if (n > 0) {
            put_encoded(f, line, n);
        } else {
            n = word_length(line);
            put_word(f, line, n, is_first);
        }
        line += n;
        line += *line == ' ';
        is_first = false;
    }
}

void header_out_text(GString *out, const char *name, const char *text)
{
    g_autofree char *line = one_line(text);
    struct field f;

    field_begin(&f, out, name);
    put_words(&f, line, false);
    field_end(&f);
}

/* RFC 5322 atext and blanks. */
static bool is_atoms(const char *s)
{
    for (; *s != '\0'; s++)
        if (!g_ascii_isalnum(*s) && strchr("!#$%&'*+-/=?^_`{|}~ ", *s) == NULL)
            return false;
    return true;
}

static void put_phrase(struct field *f, const char *display)
{
    gsize n = strlen(display);

    if (!is_ascii(display, n) || is_misread(display, n) || n > 60) {
        put_encoded(f, display, n);
    } else if (is_atoms(display)) {
        put_words(f, display, false);
    } else {
        g_autoptr(GString) quoted = g_string_new("\"");
        for (; *display != '\0'; display++) {
            if (*display == '"' || *display == '\\')
                g_string_append_c(quoted, '\\');
            g_string_append_c(quoted, *display);
        }
        g_string_append_c(quoted, '"');
        put_word(f, quoted->str, quoted->len, true);
    }
}

void header_out_mailbox(GString *out, const char *name, const char *display, const char *address)
{
    g_autofree char *phrase = one_line(display);
    g_autofree char *angle = g_strconcat("<", address, ">", NULL);
    struct field f;

    field_begin(&f, out, name);
    if (*phrase != '\0') {
        put_phrase(&f, phrase);
        put_word(&f, angle, strlen(angle), false);
    } else {
        put_word(&f, address, strlen(address), true);
    }
    field_end(&f);
}

bool header_out_is_id(const char *id)
{
    gsize n = strlen(id);

    for (gsize i = 0; i < n; i++)
        if (id[i] <= ' ' || id[i] >= 0x7f || id[i] == '<' || id[i] == '>')
            return false;
    return n > 0 && n <= ID_MAX && strchr(id, '@') != NULL;
}

void header_out_ids(GString *out, const char *name, const char *const *ids, guint n_ids)
{
    struct field f;
    bool is_first = true;

    for (guint i = 0; i < n_ids; i++) {
        if (!header_out_is_id(ids[i]))
            continue;
        if (is_first)
            field_begin(&f, out, name);
        g_autofree char *angle = g_strconcat("<", ids[i], ">", NULL);
        put_word(&f, angle, strlen(angle), is_first);
        is_first = false;
    }
    if (!is_first)
        field_end(&f);
}

static bool is_field_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (*c <= ' ' || *c >= 0x7f || *c == ':')
            return false;
    return *name != '\0' && strlen(name) <= 60;
}

static bool words_can_be_written(const char *line)
{
    while (*line != '\0') {
        gsize n = word_length(line);
        bool has_structure = memchr(line, '<', n) != NULL || memchr(line, '"', n) != NULL;
        if (has_structure && (!is_ascii(line, n) || n > WORD_MAX))
            return false;
        line += n;
        line += *line == ' ';
    }
    return true;
}

bool header_out_raw(GString *out, const char *name, const char *value)
{
    g_autofree char *line = one_line(value);
    struct field f;

    if (!is_field_name(name) || !words_can_be_written(line))
        return false;
    field_begin(&f, out, name);
    put_words(&f, line, true);
    field_end(&f);
    return true;
}
