/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Delivery reports in words: see dsn.h. No mail server has code of its own here. What all of them do is
 * written once: name the address at the start of a line, after a word like "to", or in the SMTP dialogue; say
 * why on the same line, the next ones, or above; and put the returned mail below. Their phrases are data
 * (bounces.def, reasons.def).
 */
#include "mail/report/dsn.h"

#include "base/limits.h"
#include "mail/report/dsn_code.h"
#include "mail/report/dsn_lines.h"
#include "mail/report/dsn_source.h"
#include "mail/word/phrases.h"

#include <string.h>

enum report_kind { bounce, delay, delivered, complaint };

static const enum message_kind kinds[] =
    {[bounce] = KIND_BOUNCE, [delay] = KIND_DELAY, [delivered] = KIND_DELIVERED, [complaint] = KIND_COMPLAINT};
static const char *const actions[] = {[bounce] = "failed", [delay] = "delayed", [delivered] = "delivered", [complaint] = ""};

static const struct phrase subject_rows[] = {
#define SUBJECT(kind, phrase) {phrase, kind, NULL},
#include "mail/report/bounces.def"
};
static const struct phrase first_rows[] = {
#define FIRST(phrase) {phrase, bounce, NULL},
#include "mail/report/bounces.def"
};
static const struct phrase opening_rows[] = {
#define OPENING(kind, phrase) {phrase, kind, NULL},
#include "mail/report/bounces.def"
};

static bool is_known(const GPtrArray *recipients, const char *address)
{
    for (guint i = 0; i < recipients->len; i++)
        if (g_ascii_strcasecmp(((struct report_recipient *)recipients->pdata[i])->address, address) == 0)
            return true;
    return false;
}

/* Without the marks that closed the address, and each line without its indent. Caller frees. */
static char *shown_words(const char *words)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *at = words + strspn(words, ">:;,.)\"' \t\n"); *at != '\0';) {
        gsize n = strcspn(at, "\n");

        g_string_append_len(out, at, (gssize)n);
        at += n + strspn(at + n, " \t\n");
        if (*at != '\0')
            g_string_append_c(out, '\n');
    }
    return g_strchomp(g_string_free(g_steal_pointer(&out), FALSE));
}

/* WORDS is taken over. */
static void add_recipient(struct message *m, const char *address, const char *action, char *words)
{
    struct report_recipient *r = report_recipient_new(address, action);

    g_free(r->diagnostic);
    r->diagnostic = words;
    dsn_code_judge(r);
    r->diagnostic = shown_words(words);
    g_free(words);
    g_ptr_array_add(m->recipients, r);
}

/* Whom mail about reports comes from and goes to is not whom it is about. */
static bool is_party(const struct message *m, const char *address)
{
    const GPtrArray *const lists[] = {m->from, m->to, m->sender, m->reply_to};
    g_autofree char *local = g_strndup(address, strcspn(address, "@"));

    if (g_ascii_strcasecmp(local, "postmaster") == 0 || g_ascii_strcasecmp(local, "mailer-daemon") == 0)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint k = 0; k < lists[i]->len; k++)
            if (g_ascii_strcasecmp(((struct mailbox *)lists[i]->pdata[k])->address, address) == 0)
                return true;
    return false;
}

static GPtrArray *spots_of_rank(const struct message *m, const struct dsn_lines *l, enum spot_rank rank, bool with_parties)
{
    GPtrArray *chosen = g_ptr_array_new();

    for (guint i = 0; i < l->spots->len; i++) {
        struct spot *s = g_ptr_array_index(l->spots, i);

        if (s->rank == rank && (with_parties || !is_party(m, s->address)))
            g_ptr_array_add(chosen, s);
    }
    return chosen;
}

static bool are_one_address(const GPtrArray *spots)
{
    for (guint i = 1; i < spots->len; i++)
        if (g_ascii_strcasecmp(((struct spot *)spots->pdata[i])->address, ((struct spot *)spots->pdata[0])->address) != 0)
            return false;
    return spots->len > 0;
}

/* The spots of the surest rank that there is; then an address that is the only one; then, if there is nobody
 * else, the parties. */
static GPtrArray *choose_spots(const struct message *m, const struct dsn_lines *l)
{
    for (int with_parties = 0; with_parties < 2; with_parties++) {
        for (enum spot_rank rank = SPOT_LINE; rank > SPOT_NONE; rank--) {
            g_autoptr(GPtrArray) chosen = spots_of_rank(m, l, rank, with_parties == 1);

            if (chosen->len > 0)
                return g_steal_pointer(&chosen);
        }
        g_autoptr(GPtrArray) lone = spots_of_rank(m, l, SPOT_NONE, false);
        if (are_one_address(lone))
            return g_steal_pointer(&lone);
    }
    return g_ptr_array_new();
}

/* "(expanded from: <a@b>)" on the same line or the next: the address that we wrote to. Caller frees; or NULL.
 */
static char *expanded_from(const struct dsn_lines *l, const struct spot *s)
{
    for (guint line = s->line; line < MIN(s->line + 2, l->n_report); line++) {
        const char *at = strstr(l->lines[line], "(expanded from");
        char *address = at == NULL ? NULL : dsn_address(at + strcspn(at, ":<") + (at[strcspn(at, ":<")] == ':'));

        if (address != NULL && strchr(address, '@') != NULL)
            return address;
        g_free(address);
    }
    return NULL;
}

static void take_spots(struct message *m, const struct dsn_lines *l, const char *action)
{
    g_autoptr(GPtrArray) spots = choose_spots(m, l);

    for (guint i = 0; i < spots->len && m->recipients->len < LIMIT_REPORT_RECIPIENTS; i++) {
        const struct spot *s = g_ptr_array_index(spots, i);

        g_autofree char *first = expanded_from(l, s);
        const char *address = first != NULL ? first : s->address;

        if (!is_known(m->recipients, address))
            add_recipient(m, address, action, dsn_said_of_spot(l, spots, i));
    }
}

/* Exim, Google and others name them in the header. */
static bool take_failed_header(struct message *m, const struct entity *root, const struct dsn_lines *l, const char *text,
                               const char *action)
{
    const char *field = entity_raw(root, "X-Failed-Recipients");
    g_auto(GStrv) addresses = field == NULL ? NULL : g_strsplit(field, ",", LIMIT_REPORT_RECIPIENTS);

    for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++) {
        g_autofree char *address = dsn_address(addresses[i]);
        g_autofree char *words = dsn_words_about(text, address);

        if (address[0] != '\0' && !is_known(m->recipients, address))
            add_recipient(m, address, action, words[0] == '\0' ? dsn_said_in_all(l) : g_steal_pointer(&words));
    }
    return m->recipients->len > 0;
}

/* Nobody is named: then it is the one the returned mail was for. */
static void take_from_original(struct message *m, const struct dsn_lines *l, const char *action)
{
    g_autofree char *address = NULL;

    if (m->original != NULL && m->original->to != NULL && strchr(m->original->to, ',') == NULL)
        address = dsn_address(m->original->to);
    if (address != NULL && strchr(address, '@') == NULL)
        g_clear_pointer(&address, g_free);
    add_recipient(m, address == NULL ? "" : address, action, dsn_said_in_all(l));
}

static const struct phrase *find_phrase(const struct phrase *rows, gsize n_rows, const char *folded)
{
    struct phrases index;

    phrases_init(&index, rows, n_rows);
    return phrases_best(&index, folded);
}

/* The kind that its words make of a report: a delay is only one if nothing says that it was given up. */
static const struct phrase *judge_words(const struct message *m, const struct dsn_lines *l, const char **where_out)
{
    g_autoptr(GString) report = g_string_new(NULL);
    g_autofree char *subject = phrases_fold(m->subject, 400), *folded = NULL;
    const struct phrase *titled, *said, *first = NULL;
    struct phrases index;
    const char *at;

    for (guint i = 0; i < l->n_report && report->len < LIMIT_DIAGNOSTIC_BYTES * 4; i++)
        g_string_append_printf(report, "%s\n", l->lines[i]);
    folded = phrases_fold(report->str, -1);
    phrases_init(&index, opening_rows, G_N_ELEMENTS(opening_rows));
    first = phrases_first(&index, folded, &at);
    said = phrases_best(&index, folded);
    titled = find_phrase(subject_rows, G_N_ELEMENTS(subject_rows), subject);
    *where_out = titled != NULL ? "Subject" : "text";
    if (titled != NULL && titled->value != bounce)
        return titled;
    if (first != NULL && first->value == delay)
        said = first;
    return titled != NULL && (said == NULL || said->value == bounce) ? titled : said;
}

/* The body's first words are a report's; stars and lines drawn above them do not count. */
static bool opens_as_report(const char *body)
{
    static const char *const marks = " \t\n*-=_#|";
    struct phrases index;
    g_autofree char *folded = phrases_fold(body + strspn(body, marks), 300);

    phrases_init(&index, first_rows, G_N_ELEMENTS(first_rows));
    return phrases_at_start(&index, folded) != NULL;
}

/* "complaint about message from ..." with the mail attached, as some providers send it to those who asked for
 * it. */
static const struct phrase *titled_complaint(const struct message *m, const struct entity *root)
{
    g_autofree char *subject = NULL;
    const struct phrase *titled;

    if (m->body[strspn(m->body, " \t\n")] != '\0')
        return NULL;
    subject = phrases_fold(m->subject, 400);
    titled = find_phrase(subject_rows, G_N_ELEMENTS(subject_rows), subject);
    if (titled == NULL || titled->value != complaint)
        return NULL;
    for (const struct entity *e = root; e != NULL; e = entity_next(root, e))
        if (dsn_is_attached_mail(e) && e != root)
            return titled;
    return NULL;
}

/* In a mail that may be a machine's a phrase alone proves nothing: a form mailer hands on a person's words.
 */
static bool is_proved(const struct message *m, const struct dsn_lines *l, enum machine machine)
{
    g_autofree char *subject = phrases_fold(m->subject, 400), *report = NULL;
    struct phrases index;
    bool has_address = false;

    if (machine != MACHINE_MAYBE)
        return true;
    phrases_init(&index, subject_rows, G_N_ELEMENTS(subject_rows));
    if (m->return_path != NULL && m->return_path[0] == '\0' && phrases_at_start(&index, subject) != NULL)
        return true;
    for (guint i = 0; i < l->spots->len; i++)
        has_address = has_address || ((struct spot *)l->spots->pdata[i])->rank > SPOT_NONE;
    report = dsn_said_in_all(l);
    phrases_init(&index, opening_rows, G_N_ELEMENTS(opening_rows));
    g_autofree char *folded = phrases_fold(report, -1);
    return has_address && dsn_code_is_explained(report) && phrases_best(&index, folded) != NULL;
}

static void read_recipients(struct message *m, const struct entity *root, const struct dsn_lines *l, const char *text,
                            const char *action)
{
    if (!take_failed_header(m, root, l, text, action))
        take_spots(m, l, action);
    if (m->recipients->len == 0)
        take_from_original(m, l, action);
}

bool dsn_read_words(struct message *m, const struct entity *root, enum machine machine, enum message_kind *kind_out)
{
    bool is_report = machine != MACHINE_NONE || (m->in_reply_to->len == 0 && opens_as_report(m->body));
    const struct phrase *judged = is_report ? NULL : titled_complaint(m, root);
    g_autofree char *text = NULL;
    const char *where = "Subject";
    struct dsn_lines l = {0};

    if (!is_report && judged == NULL)
        return false;
    text = dsn_report_text(m, root);
    dsn_lines_read(text, &l);
    if (judged == NULL && is_proved(m, &l, machine))
        judged = judge_words(m, &l, &where);
    if (judged != NULL) {
        *kind_out = kinds[judged->value];
        g_ptr_array_add(m->why, g_strdup_printf("%s: \"%s\"", where, judged->text));
        dsn_find_original(m, root);
        if (m->original == NULL)
            dsn_read_original_lines(m, l.lines + l.copy_at);
        if (judged->value != complaint)
            read_recipients(m, root, &l, text, actions[judged->value]);
    }
    dsn_lines_clear(&l);
    return judged != NULL;
}
