/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See portions.h. The pieces of the mail come with what is quoted above them (mail/reply); what our memory knows is marked as
 * quoted before, whatever the program did. Lines that name an entry cut the pieces into segments (portions_name.c), and
 * each segment gets the strongest evidence there is.
 */
#include "forum/portions.h"

#include <string.h>

#include "base/limits.h"
#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/memory.h"
#include "forum/portions_private.h"

#define MAX_INTRO_WORDS 12 /* "here are my answers:" */
#define MAX_TAIL_WORDS  2  /* of ours between an entry and the answer to it: the label of its address */

struct segment {
    GArray *entries; /* guint; NULL: nothing names one */
    enum portion_by by;
    bool is_unknown; /* it names one that there is not */
    GString *text;
};

static void segment_free(struct segment *s)
{
    if (s->entries != NULL)
        g_array_unref(s->entries);
    g_string_free(s->text, TRUE);
    g_free(s);
}

static struct segment *add_segment(GPtrArray *segments)
{
    struct segment *s = g_new0(struct segment, 1);

    s->text = g_string_new(NULL);
    g_ptr_array_add(segments, s);
    return s;
}

static void set_entry(struct segment *s, guint entry, enum portion_by by)
{
    s->entries = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(s->entries, entry);
    s->by = by;
}

/* ---- What is quoted */
static guint words_in(const char *text)
{
    guint n = 0;

    for (const char *p = text; *p != '\0';) {
        const char *end = p + strcspn(p, " \t\n");
        bool is_link = memchr(p, '@', (gsize)(end - p)) != NULL || strstr(p, "://") == p;
        bool has_letter = false;
        for (const char *c = p; c < end; c = g_utf8_next_char(c))
            has_letter |= g_unichar_isalpha(g_utf8_get_char(c));
        n += has_letter && !is_link;
        p = end + strspn(end, " \t\n");
    }
    return n;
}

/* The newest entry of a discussion, or one post of it; -1 none. */
static gint entry_of(const struct portions_mail *m, row_id idea, row_id post)
{
    gint found = -1;

    for (guint i = 0; i < m->n_entries; i++)
        if (m->entries[i].idea == idea && (post == 0 || m->entries[i].post == post))
            found = (gint)i;
    return found;
}

/* The entry whose own address begins at AT ("idee-42+7-311-..."); -1 none. */
static gint entry_at_address(const struct portions_mail *m, const char *at)
{
    char *end;
    gint64 idea = g_ascii_strtoll(at + 5, &end, 10);

    if (*end != '+' || !g_ascii_isdigit(end[1]))
        return -1;
    (void)g_ascii_strtoll(end + 1, &end, 10);
    if (*end != '-' || !g_ascii_isdigit(end[1]))
        return -1;
    gint64 post = g_ascii_strtoll(end + 1, NULL, 10);
    gint exact = entry_of(m, idea, post);
    return exact >= 0 ? exact : entry_of(m, idea, 0);
}

struct quoted { /* what the quotes say about entries */
    const struct portions_mail *m;
    const struct memory_index *index;
    GHashTable *seen; /* entry, as pointer */
};

static void see(struct quoted *q, gint entry)
{
    if (entry >= 0)
        g_hash_table_add(q->seen, GINT_TO_POINTER(entry));
}

struct place { /* the last words of an entry in a quote */
    gint entry;
    const char *end; /* behind them */
};

static void take_later(struct place *p, gint entry, const char *end)
{
    if (entry >= 0 && end >= p->end)
        *p = (struct place){entry, end};
}

static void look_at_addresses(struct quoted *q, const char *text, struct place *last)
{
    for (const char *at = strstr(text, "ide"); at != NULL; at = strstr(at + 3, "ide")) {
        if ((at[3] != 'e' && at[3] != 'a') || at[4] != '-')
            continue;
        gint entry = entry_at_address(q->m, at);
        see(q, entry);
        take_later(last, entry, at + strcspn(at, " \t\n<>|"));
    }
}

/* Headings, "3. More buses"; two of them in a row are the list at the top. What stands under a heading of its own was quoted, whatever
 * words of it were: a title has words of its idea's text. */
static void look_at_headings(struct quoted *q, const char *text, struct place *last)
{
    gint above = -1, lone = -1;

    for (const char *line = text; *line != '\0';) {
        const char *end = line + strcspn(line, "\n");
        gint entry = names_heading(line, (gsize)(end - line), q->m->entries, q->m->n_entries);
        bool is_blank = line[strspn(line, "> \t\r")] == '\n' || line[strspn(line, "> \t\r")] == '\0';
        if (entry >= 0 && above < 0)
            take_later(last, entry, end);
        else if (entry >= 0 && last->entry == above)
            *last = (struct place){-1, end};
        if (!is_blank && entry < 0)
            see(q, lone);
        lone = is_blank ? lone : above < 0 ? entry : -1;
        above = is_blank ? above : entry;
        line = end + (*end == '\n');
    }
    see(q, lone);
}

static gint quoted_above(struct quoted *q, const char *text)
{
    struct place last = {-1, text};

    look_at_headings(q, text, &last);
    g_autoptr(GArray) hits = memory_index_find(q->index, text);
    for (guint i = 0; i < hits->len; i++) {
        const struct memory_hit *hit = &g_array_index(hits, struct memory_hit, i);
        see(q, (gint)hit->which);
        take_later(&last, (gint)hit->which, hit->end);
    }
    look_at_addresses(q, text, &last);
    if (last.entry < 0)
        return -1;
    /* Below the last entry stands our own end: who writes there may mean all of it. */
    guint newest = q->m->n_entries - 1;
    bool is_last = q->m->entries[last.entry].number == q->m->entries[newest].number;
    return is_last && q->m->n_entries > 1 && words_in(last.end) > MAX_TAIL_WORDS ? -1 : last.entry;
}

/* ---- Segments */
static void append_line(GString *text, const char *line, gsize n)
{
    if (text->len > 0)
        g_string_append_c(text, '\n');
    g_string_append_len(text, line, (gssize)n);
}

static bool is_blank(const char *line, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isspace(line[i]))
            return false;
    return true;
}

/* Cuts TEXT where a line names an entry. ABOVE: the entry quoted above it, -1 none. */
static void cut_piece(GPtrArray *segments, const char *text, gint above, const struct names *names)
{
    struct segment *s = add_segment(segments);
    bool is_start = true;

    if (above >= 0)
        set_entry(s, (guint)above, PORTION_QUOTE);
    for (const char *line = text; *line != '\0';) {
        gsize n = strcspn(line, "\n");
        struct name name = {0};
        if (names_find(names, line, n, is_start, above >= 0, &name)) {
            s = add_segment(segments);
            s->by = PORTION_NUMBER;
            s->is_unknown = name.is_unknown;
            s->entries = name.entries;
            append_line(s->text, name.rest, (gsize)(line + n - name.rest));
        } else {
            append_line(s->text, line, n);
        }
        is_start = is_blank(line, n) || s->by == PORTION_NUMBER;
        line += n + (line[n] == '\n');
    }
}

/* ---- Greetings */
/* Nothing but courtesies, and a name below them: "Danke." above "Das ist falsch." is none. */
static enum formula formula_of(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    enum formula found = FORMULA_NONE;

    for (char **l = lines; *l != NULL; l++) {
        enum formula f = command_words_formula(g_strstrip(*l));
        if (**l == '\0')
            continue;
        if (f == FORMULA_NONE && !(found == FORMULA_CLOSING && contact_is_signature(*l)))
            return FORMULA_NONE;
        found = f != FORMULA_NONE ? f : found;
    }
    return found;
}

/* "Guten Tag,\n\nhere are my answers:" */
static bool is_intro(const char *text)
{
    gsize n = strlen(text);

    while (n > 0 && g_ascii_isspace(text[n - 1]))
        n--;
    return n > 0 && text[n - 1] == ':' && words_in(text) <= MAX_INTRO_WORDS;
}

static void join(GString *into, const char *text, bool is_before)
{
    if (*text == '\0')
        return;
    if (is_before) {
        g_autofree char *both = into->len > 0 ? g_strconcat(text, "\n\n", into->str, NULL) : g_strdup(text);
        g_string_assign(into, both);
    } else {
        if (into->len > 0)
            g_string_append(into, "\n\n");
        g_string_append(into, text);
    }
}

static void trim(GString *text)
{
    gsize from = 0;

    while (text->len > 0 && g_ascii_isspace(text->str[text->len - 1]))
        g_string_truncate(text, text->len - 1);
    for (gsize i = 0; i < text->len && g_ascii_isspace(text->str[i]); i++)
        from = text->str[i] == '\n' ? i + 1 : from;
    g_string_erase(text, 0, (gssize)from);
}

/* Courtesies are no answer of their own: they stay with the one beside them. */
static void join_formulas(GPtrArray *segments)
{
    for (guint i = 0; i < segments->len;) {
        struct segment *s = segments->pdata[i];
        trim(s->text);
        enum formula f = s->by == PORTION_NUMBER ? FORMULA_NONE : formula_of(s->text->str);
        bool has_next = i + 1 < segments->len, is_lead = i == 0 && s->by != PORTION_NUMBER && is_intro(s->text->str);
        struct segment *next = has_next ? segments->pdata[i + 1] : NULL, *before = i > 0 ? segments->pdata[i - 1] : NULL;
        struct segment *to = f == FORMULA_CLOSING && before != NULL       ? before
                             : (f != FORMULA_NONE || is_lead) && has_next ? next
                             : f != FORMULA_NONE                          ? before
                                                                          : NULL;
        if (s->text->len > 0 && to == NULL && f == FORMULA_NONE) {
            i++;
            continue;
        }
        if (to != NULL)
            join(to->text, s->text->str, to == next);
        g_ptr_array_remove_index(segments, i); /* nothing is left, or all of it stands elsewhere */
    }
}

/* ---- Evidence */
static void add_evidence(const struct portions_mail *m, struct segment *s, const struct quoted *q)
{
    GHashTableIter iter;
    gpointer entry;

    if (s->is_unknown || s->by == PORTION_NUMBER)
        return;
    if (m->given >= 0) {
        g_clear_pointer(&s->entries, g_array_unref);
        set_entry(s, (guint)m->given, PORTION_GIVEN);
    } else if (s->entries == NULL && m->n_entries == 1) {
        set_entry(s, 0, PORTION_ONLY);
    } else if (s->entries == NULL && g_hash_table_size(q->seen) == 1) {
        g_hash_table_iter_init(&iter, q->seen);
        (void)g_hash_table_iter_next(&iter, &entry, NULL);
        set_entry(s, (guint)GPOINTER_TO_INT(entry), PORTION_QUOTE);
    }
}

static void portion_free(struct portion *p)
{
    g_free(p->text);
    g_free(p);
}

static struct portion *portion_for(GPtrArray *parts, enum portion_by by, guint entry)
{
    for (guint i = 0; i < parts->len; i++) {
        struct portion *p = parts->pdata[i];
        if ((p->by == PORTION_UNCLEAR) == (by == PORTION_UNCLEAR) && (by == PORTION_UNCLEAR || p->entry == entry))
            return p;
    }
    struct portion *p = g_new0(struct portion, 1);
    *p = (struct portion){.by = by, .entry = entry, .text = g_strdup("")};
    g_ptr_array_add(parts, p);
    return p;
}

static void add_text(struct portion *p, const char *text)
{
    char *both = *p->text != '\0' ? g_strconcat(p->text, "\n\n", text, NULL) : g_strdup(text);

    g_free(p->text);
    p->text = both;
}

static GPtrArray *portions_of(const GPtrArray *segments)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)portion_free);
    g_autoptr(GString) unclear = g_string_new(NULL);

    for (guint i = 0; i < segments->len; i++) {
        const struct segment *s = segments->pdata[i];
        if (s->is_unknown || s->entries == NULL || s->entries->len == 0)
            join(unclear, s->text->str, false);
        else
            for (guint k = 0; k < s->entries->len; k++)
                add_text(portion_for(parts, s->by, g_array_index(s->entries, guint, k)), s->text->str);
    }
    if (parts->len > LIMIT_DIGEST_ANSWERS) { /* a slip, or a trick: all of it is asked about */
        g_ptr_array_set_size(parts, 0);
        g_string_truncate(unclear, 0);
        for (guint i = 0; i < segments->len; i++)
            join(unclear, ((const struct segment *)segments->pdata[i])->text->str, false);
    }
    if (unclear->len > 0)
        add_text(portion_for(parts, PORTION_UNCLEAR, 0), unclear->str);
    return parts;
}

static GPtrArray *memories_of(const struct portions_mail *m)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

    for (gsize i = 0; i < m->n_sent; i++)
        g_ptr_array_add(all, g_bytes_ref(m->sent[i]));
    for (guint i = 0; i < m->n_entries; i++)
        g_ptr_array_add(all, memory_of(m->entries[i].text));
    return all;
}

GPtrArray *portions_split(const struct portions_mail *m)
{
    g_autoptr(GPtrArray) memories = memories_of(m), segments = g_ptr_array_new_with_free_func((GDestroyNotify)segment_free);
    g_autofree char *body = memory_quote(m->body, (GBytes *const *)memories->pdata, memories->len);
    g_autoptr(GPtrArray) pieces = reply_pieces(body, m->context);
    g_autofree const char **texts = g_new0(const char *, m->n_entries + 1);
    for (guint i = 0; i < m->n_entries; i++)
        texts[i] = m->entries[i].text;
    struct memory_index *index = memory_index_new(texts, m->n_entries);
    struct quoted q = {m, index, g_hash_table_new(NULL, NULL)};
    struct names names;

    names_init(&names, pieces, m->entries, m->n_entries);
    for (guint i = 0; i < pieces->len; i++) {
        const struct reply_piece *x = pieces->pdata[i];
        gint above = quoted_above(&q, x->above);
        cut_piece(segments, x->text, above, &names);
    }
    join_formulas(segments);
    for (guint i = 0; i < segments->len; i++)
        add_evidence(m, segments->pdata[i], &q);
    names_clear(&names);
    g_hash_table_unref(q.seen);
    memory_index_free(index);
    return portions_of(segments);
}
