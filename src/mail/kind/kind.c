/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What kind of mail this is: see kind.h. The questions are asked in the order in which they are sure: parts
 * of a standard form, a mail server's report in words, fields and subjects of automatic mail, an invitation,
 * mail to many. What is left is a person's. The words and fields are data: bounces.def, auto.def.
 */
#include "mail/kind/kind.h"

#include "base/letter.h"
#include "mail/kind/kind_part.h"
#include "mail/kind/reaction.h"
#include "mail/report/dsn.h"
#include "mail/word/phrases.h"
#include "mail/word/subject.h"

#include <string.h>

enum evidence { reply, bulk };

struct field_row {
    const char *name, *value;
    enum evidence evidence;
};

static const struct field_row automatic_fields[] = {
#define HEADER(kind, name, value) {name, value, kind},
#include "mail/kind/auto.def"
};
static const struct field_row quiet_fields[] = {
#define QUIET(name, value) {name, value, reply},
#include "mail/kind/auto.def"
};
static const struct field_row hint_fields[] = {
#define HINT(name, value) {name, value, reply},
#include "mail/kind/auto.def"
};
static const struct field_row list_fields[] = {
#define LIST(name, value) {name, value, bulk},
#include "mail/kind/auto.def"
};
static const char *const mute_locals[] = {
#define MUTE(local) local,
#include "mail/kind/auto.def"
};
static const struct phrase titles[] = {
#define TITLE(language, phrase) {phrase, 0, language},
#include "mail/kind/auto.def"
};
static const struct phrase weak_titles[] = {
#define WEAK_TITLE(language, phrase) {phrase, 0, language},
#include "mail/kind/auto.def"
};
static const struct phrase report_titles[] = {
#define REPORT_TITLE(phrase) {phrase, 0, NULL},
#include "mail/kind/auto.def"
};
static const char *const report_senders[] = {
#define SENDER(local) local,
#include "mail/report/bounces.def"
};
static const struct phrase report_names[] = {
#define SENDER_NAME(phrase) {phrase, 0, NULL},
#include "mail/report/bounces.def"
};

static void add_why(struct message *m, const char *name, const char *value)
{
    g_autofree char *shown = g_utf8_substring(value, 0, MIN(80, g_utf8_strlen(value, -1)));

    g_ptr_array_add(m->why, g_strdup_printf("%s: %s", name, shown));
}

static bool says_no(const char *value)
{
    return letter_same(value, "no") || letter_same(value, "false") || letter_same(value, "none");
}

/* The first field of ROOT that a row of EVIDENCE names, NULL if none. */
static const struct header *find_field(const struct entity *root, const struct field_row *rows, gsize n_rows,
                                       enum evidence evidence)
{
    guint32 letters = 0; /* with which one of the rows begins: most fields are passed over by theirs */

    for (gsize row = 0; row < n_rows; row++)
        letters |= 1u << (rows[row].name[0] & 31);
    for (guint i = 0; i < root->headers->len; i++) {
        const struct header *h = g_ptr_array_index(root->headers, i);
        gsize n_looked_at = (letters & 1u << (h->name[0] & 31)) != 0 ? n_rows : 0;

        for (gsize row = 0; row < n_looked_at; row++)
            if (rows[row].evidence == evidence && (h->name[0] | 0x20) == (rows[row].name[0] | 0x20) &&
                letter_same(h->name, rows[row].name) &&
                g_ascii_strncasecmp(h->value, rows[row].value, strlen(rows[row].value)) == 0 && !says_no(h->value))
                return h;
    }
    return NULL;
}

/* LOCAL against "noreply*", "*-owner", "postmaster". */
static bool matches_local(const char *pattern, const char *local)
{
    gsize n = strlen(pattern), n_local = strlen(local);

    if (pattern[0] == '*')
        return n_local >= n - 1 && letter_same(local + n_local - (n - 1), pattern + 1);
    if (pattern[n - 1] == '*')
        return g_ascii_strncasecmp(local, pattern, n - 1) == 0 && !g_ascii_isalpha(local[n - 1]); /* bouncer is a name */
    return letter_same(local, pattern);
}

static bool is_local_of(const char *address, const char *const *patterns, gsize n)
{
    g_autofree char *local = g_strndup(address, strcspn(address, "@"));

    for (gsize i = 0; i < n; i++)
        if (matches_local(patterns[i], local))
            return true;
    return false;
}

bool kind_is_mute(const char *address)
{
    return is_local_of(address, mute_locals, G_N_ELEMENTS(mute_locals));
}

bool kind_is_sent_by_program(const struct entity *mail)
{
    return find_field(mail, automatic_fields, G_N_ELEMENTS(automatic_fields), reply) != NULL ||
           find_field(mail, list_fields, G_N_ELEMENTS(list_fields), bulk) != NULL;
}

static bool is_null_path(const struct message *m)
{
    return m->return_path != NULL &&
           (m->return_path[0] == '\0' || is_local_of(m->return_path, (const char *const[]){"mailer-daemon"}, 1));
}

/* Is the author a mail server, by its address or, what people are called too ("System Administrator"), by its name? */
static enum machine server_sender(const struct message *m)
{
    enum machine machine = MACHINE_NONE;
    struct phrases names;

    phrases_init(&names, report_names, G_N_ELEMENTS(report_names));
    for (guint i = 0; i < m->from->len; i++) {
        const struct mailbox *b = g_ptr_array_index(m->from, i);
        g_autofree char *name = phrases_fold(b->name, 200);
        g_autofree char *local = g_strdelimit(g_strndup(b->address, strcspn(b->address, "@")), "._-", ' ');
        g_autofree char *spoken = phrases_fold(local, 100);

        if (b->address[0] == '\0' || is_local_of(b->address, report_senders, G_N_ELEMENTS(report_senders)) ||
            phrases_best(&names, spoken) != NULL)
            machine = b->address[0] != '\0' || phrases_best(&names, name) != NULL ? MACHINE_SURE : machine;
        else if (phrases_best(&names, name) != NULL && machine == MACHINE_NONE)
            machine = is_null_path(m) ? MACHINE_SURE : MACHINE_MAYBE;
    }
    return machine;
}

/* A report as a whole, perhaps within a mixed one (a footer was added), but not in an attached mail. */
static bool has_report(const struct entity *root)
{
    for (const struct entity *e = root; e != NULL;
         e = g_str_has_prefix(e->type, "message/") && e != root ? entity_skip(root, e) : entity_next(root, e))
        if (g_str_equal(e->type, "multipart/report"))
            return true;
    return false;
}

static enum machine judge_machine(const struct message *m, const struct entity *root)
{
    enum machine by_name = server_sender(m);

    if (by_name == MACHINE_SURE || entity_header(root, "X-Failed-Recipients") != NULL || has_report(root) ||
        (is_null_path(m) && m->from->len == 0))
        return MACHINE_SURE;
    for (guint i = 0; i < m->from->len; i++)
        if (kind_is_mute(((struct mailbox *)m->from->pdata[i])->address))
            return MACHINE_MAYBE;
    return by_name != MACHINE_NONE || is_null_path(m) ||
                   find_field(root, automatic_fields, G_N_ELEMENTS(automatic_fields), reply) != NULL
               ? MACHINE_MAYBE
               : MACHINE_NONE;
}

/* The subject begins with a phrase of ROWS and the phrase ends there: a colon, a dash, a bracket or nothing
 * follows. */
static const struct phrase *find_title(const char *subject, const struct phrase *rows, gsize n_rows, bool must_end)
{
    g_autofree char *folded = phrases_fold(subject, 400);
    const char *start = folded + strspn(folded, " \"*");
    struct phrases index;
    const struct phrase *found;
    const char *rest;

    phrases_init(&index, rows, n_rows);
    found = phrases_at_start(&index, start);
    if (found == NULL || !must_end)
        return found;
    rest = start + strlen(found->text);
    rest += strspn(rest, " ");
    return rest[0] == '\0' || g_str_has_suffix(found->text, "]") || strchr(":-([|!.*\"", rest[0]) != NULL ||
                   g_str_has_prefix(rest, "\xe2\x80\x93") || g_str_has_prefix(rest, "\xef\xbc\x9a")
               ? found
               : NULL;
}

#define NOTE_BYTES       160 /* of a body that only says until when somebody is away */
#define LEAST_NOTE_TITLE 6   /* bytes of a title that counts above such a body */

/* "Bis 3. 1. nicht im Haus.": a line or two with a day in it. */
static bool is_short_note(const char *body)
{
    guint n_numbers = 0;

    if (strlen(body) > NOTE_BYTES)
        return false;
    for (const char *p = body; *p != '\0'; p++)
        n_numbers += g_ascii_isdigit(*p) && !g_ascii_isdigit(p[1]);
    return n_numbers >= 2;
}

/* Begins the subject with words of absence, the other mail's own behind them? */
static bool is_note_of_absence(const struct message *m)
{
    const struct phrase *sure = find_title(m->subject, titles, G_N_ELEMENTS(titles), false);
    const struct phrase *found = sure != NULL ? sure : find_title(m->subject, weak_titles, G_N_ELEMENTS(weak_titles), false);

    return found != NULL && strlen(found->text) >= LEAST_NOTE_TITLE && is_short_note(m->body);
}

/* Two fields that say little each and together what only a program writes. */
static bool has_pair(const struct entity *root)
{
    static const struct {
        struct field_row one;
        const char *other;
    } pairs[] = {
#define PAIR(name, value, other) {{name, value, reply}, other},
#include "mail/kind/auto.def"
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (find_field(root, &pairs[i].one, 1, reply) != NULL && entity_header(root, pairs[i].other) != NULL)
            return true;
    return false;
}

bool kind_is_weak_title(const char *subject)
{
    const struct phrase *found = find_title(subject, weak_titles, G_N_ELEMENTS(weak_titles), true);

    return found != NULL && strlen(found->text) >= LEAST_NOTE_TITLE;
}

#define LEAST_SAID 40 /* bytes of a body that says something */

/* "Out of Office" as the whole subject of a new letter in which nobody speaks of themselves and no day stands: that is its matter. */
static bool is_matter(const struct message *m, const struct phrase *title)
{
    static const char *const selves[] = {" ich ", " bin ", " i ",      " i'm ",  " je ",    " wir ",
                                         " we ",  " ik ",  " jestem ", " sono ", " estoy ", "nicht im"};
    bool is_answer = m->in_reply_to->len + m->references->len > 0;

    if (title == NULL || is_answer || strlen(m->subject) > strlen(title->text) || strlen(m->body) < LEAST_SAID ||
        strpbrk(m->body, "0123456789") != NULL)
        return false;
    g_autofree char *folded = phrases_fold(m->body, 2000), *padded = g_strconcat(" ", folded, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(selves); i++)
        if (strstr(padded, selves[i]) != NULL)
            return false;
    return true;
}

/* Evidence in the order of its weight: fields that only machines write, subjects that only they write, and what a person
 * may write too, which needs a second sign. */
static bool is_automatic(struct message *m, const struct entity *root)
{
    const struct header *h = find_field(root, automatic_fields, G_N_ELEMENTS(automatic_fields), reply);
    bool is_quiet = is_null_path(m) || find_field(root, quiet_fields, G_N_ELEMENTS(quiet_fields), reply) != NULL;
    bool has_hint = find_field(root, hint_fields, G_N_ELEMENTS(hint_fields), reply) != NULL;
    const struct phrase *title = find_title(m->subject, titles, G_N_ELEMENTS(titles), true);

    if (h != NULL) {
        add_why(m, h->name, h->value);
        return true;
    }
    if (g_strcmp0(root->report_type, "tlsrpt") == 0 ||
        find_title(m->subject, report_titles, G_N_ELEMENTS(report_titles), false) != NULL ||
        (title != NULL && (is_quiet || has_hint || !is_matter(m, title))) ||
        (is_quiet && find_title(m->subject, weak_titles, G_N_ELEMENTS(weak_titles), true) != NULL) ||
        (has_hint && kind_is_weak_title(m->subject)) || (is_note_of_absence(m) && !is_matter(m, title))) {
        add_why(m, "Subject", m->subject);
        return true;
    }
    /* Forms write from the null path too, but they answer nobody. */
    bool is_answer = m->in_reply_to->len + m->references->len > 0 || subject_kind(m->subject) == MARKER_REPLY;
    if (is_null_path(m) && is_answer) {
        add_why(m, "Return-Path", "<>");
        return true;
    }
    if (has_pair(root)) {
        add_why(m, "fields", "of a rule that answers");
        return true;
    }
    return false;
}

/* A person speaks on a list: their mail comes with the list's fields and is a person's all the same. */
static bool is_discussion(const struct message *m, const struct entity *root)
{
    const char *post = entity_value(root, "List-Post"), *precedence = entity_value(root, "Precedence");

    if (post != NULL && g_ascii_strncasecmp(post, "NO", 2) != 0)
        return true;
    if (m->in_reply_to->len > 0 || m->references->len > 0 || subject_kind(m->subject) == MARKER_REPLY)
        return true;
    return precedence != NULL && g_ascii_strncasecmp(precedence, "list", 4) == 0 && entity_header(root, "List-Id") != NULL;
}

static bool is_bulk(struct message *m, const struct entity *root)
{
    const struct header *h = find_field(root, automatic_fields, G_N_ELEMENTS(automatic_fields), bulk);

    if (h == NULL || is_discussion(m, root))
        return false;
    add_why(m, h->name, h->value);
    return true;
}

static enum message_kind choose(struct message *m, const struct entity *root)
{
    enum message_kind kind = KIND_HUMAN;
    const struct entity *wrapped = dsn_wrapped(root);
    enum machine machine = judge_machine(m, root);
    const char *what = NULL;

    if ((machine != MACHINE_NONE && dsn_read_parts(m, root, &kind)) || dsn_read_json(m, &kind))
        return kind;
    if (wrapped != NULL && server_sender(m) != MACHINE_NONE && dsn_read_parts(m, wrapped, &kind))
        return kind;
    if (find_title(m->subject, titles, G_N_ELEMENTS(titles), true) == NULL && dsn_read_words(m, root, machine, &kind))
        return kind;
    if (kind_is_unsubscribe(m, root))
        return KIND_COMPLAINT;
    g_autofree char *emoji = reaction_of(m, root);
    if (emoji != NULL) {
        add_why(m, "reaction", emoji);
        g_free(m->command_text);
        m->command_text = g_steal_pointer(&emoji);
        return KIND_REACTION;
    }
    if (is_automatic(m, root))
        return KIND_AUTO_REPLY;
    if ((what = kind_report_file(m, root)) != NULL) {
        add_why(m, "report", what);
        return KIND_AUTO_REPLY;
    }
    if ((what = kind_calendar_method(root)) != NULL) {
        add_why(m, "text/calendar", what);
        return KIND_CALENDAR;
    }
    if (is_bulk(m, root))
        return KIND_BULK;
    return kind_of_content(m, root);
}

/* RFC 3834 section 2: what no machine may answer, whoever wrote it. */
static bool may_reply(const struct message *m, const struct entity *root)
{
    if (is_null_path(m) || m->from->len == 0 || g_str_equal(root->type, "multipart/report"))
        return false;
    if (m->return_path != NULL && kind_is_mute(m->return_path))
        return false;
    for (guint i = 0; i < m->from->len; i++)
        if (kind_is_mute(((struct mailbox *)m->from->pdata[i])->address))
            return false;
    return find_field(root, quiet_fields, G_N_ELEMENTS(quiet_fields), reply) == NULL;
}

void kind_decide(struct message *m, const struct entity *root)
{
    m->kind = choose(m, root);
    /* Several authors are none who commands, supports or says yes: RFC 5322 3.6.2 lets a letter have them, and a forger. */
    m->is_spread = find_field(root, list_fields, G_N_ELEMENTS(list_fields), bulk) != NULL || m->n_from > 1 || m->from->len > 1;
    switch (m->kind) {
    case KIND_HUMAN:
    case KIND_COMMAND:
    case KIND_ENCRYPTED:
    case KIND_EMPTY:
    case KIND_CALENDAR:
        m->may_reply = may_reply(m, root);
        break;
    case KIND_BOUNCE:
    case KIND_DELAY:
    case KIND_DELIVERED:
    case KIND_COMPLAINT:
    case KIND_AUTO_REPLY:
    case KIND_RECEIPT:
    case KIND_BULK:
    case KIND_REACTION:
        m->may_reply = false;
        break;
    }
}
