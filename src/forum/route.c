/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an address or a Message-ID of ours means; see route.h.
 */
#include "forum/route_private.h"

#include "base/token.h"

#include <string.h>

/* 12 decimal digits are more rows than a database of ours can hold. */
#define MAX_ID_DIGITS 12

/* Reads digits as people copy them (o for 0, l and i for 1) up to STOP or the end; -1 if there is anything else. */
static gint64 parse_id(const char **p, char stop)
{
    gint64 value = 0;
    int digits = 0;

    for (; **p != '\0' && **p != stop; (*p)++, digits++) {
        char c = **p;
        if (c == 'o')
            c = '0';
        else if (c == 'l' || c == 'i')
            c = '1';
        if (!g_ascii_isdigit(c) || digits == MAX_ID_DIGITS)
            return -1;
        value = value * 10 + (c - '0');
    }
    if (digits == 0 || **p != stop)
        return -1;
    if (stop != '\0')
        (*p)++;
    return value;
}

static const char *skip_word(const char *text, const char *word)
{
    gsize n = strlen(word);

    return strncmp(text, word, n) == 0 ? text + n : NULL;
}

/* HOLD-MAC or NOTICE-MAC behind one of the words. */
static bool parse_one(const char *rest, const char *purpose, const guint8 *key, row_id *id_out)
{
    const char *p = rest;
    gint64 id = parse_id(&p, '-');

    if (id <= 0)
        return false;
    g_autofree char *subject = g_strdup_printf("%s:%" G_GINT64_FORMAT, purpose, id);
    *id_out = id;
    return token_verify(key, subject, p);
}

static bool parse_moderate(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->hold = parse_id(&p, '-');
    out->person = out->hold > 0 ? parse_id(&p, '-') : -1;
    if (out->person <= 0)
        return false;
    g_autofree char *subject = g_strdup_printf("moderate:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, out->hold, out->person);
    return token_verify(key, subject, p);
}

static bool parse_subscription(const char *local, const guint8 *key, struct route *out)
{
    for (gsize i = 0; i < N_READERS; i++) {
        const char *rest = skip_word(local, route_reader_words[i]);
        if (rest == NULL || *rest != '+')
            continue;
        out->reader = (enum reader)i;
        out->has_token = parse_one(rest + 1, route_reader_words[i], key, &out->subscription);
        out->kind = out->has_token ? ROUTE_SUBSCRIPTION : ROUTE_UNKNOWN;
        return true;
    }
    return false;
}

static bool parse_issue(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->issue = parse_id(&p, '-');
    out->editor = out->issue > 0 ? parse_id(&p, '-') : -1;
    if (out->editor <= 0)
        return false;
    g_autofree char *subject = route_issue_subject(out->issue, out->editor);
    return token_verify(key, subject, p);
}

/* PERSON-SCOPE-ID-MAC behind "stopp+". */
static bool parse_leave(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->person = parse_id(&p, '-');
    gint64 what = out->person > 0 ? parse_id(&p, '-') : -1;
    row_id id = what >= LEAVE_ASK && what <= LEAVE_ALL ? parse_id(&p, '-') : -1;
    if (id < 0)
        return false;
    out->leave = (enum leave)what;
    if (out->leave == LEAVE_IDEA)
        out->idea = id;
    else
        out->forum = id;
    g_autofree char *subject = route_leave_subject(out->person, out->leave, id);
    return token_verify(key, subject, p);
}

/* Does DETAIL begin like a token, if a damaged one? */
static bool is_tokenlike(const char *detail)
{
    g_autofree char *first = g_strndup(detail, strcspn(detail, "-"));
    const char *p = first;

    return parse_id(&p, '\0') >= 0;
}

/* What may stand behind the + of an idea's or a proposal's address, beside a token. */
static const struct {
    const char *word;
    enum act act;
} acts[] = {
    {"intern", ACT_INNER},
    {"members", ACT_INNER},
    {"mitglieder", ACT_INNER},
    {"erledigt", ACT_DONE},
    {"done", ACT_DONE},
    {"beraten", ACT_DELIBERATE},
    {"deliberate", ACT_DELIBERATE},
    {"antwort", ACT_ANSWER},
    {"answer", ACT_ANSWER},
    {"autor", ACT_AUTHOR},
    {"author", ACT_AUTHOR},
    {"weiter", ACT_FORWARD},
    {"forward", ACT_FORWARD},
    {"hinweis", ACT_NOTE},
    {"note", ACT_NOTE},
    {"folgen", ACT_FOLLOW},
    {"follow", ACT_FOLLOW},
    {"stopp", ACT_STOP},
    {"stop", ACT_STOP},
    {"dafuer", ACT_SUPPORT},
    {"support", ACT_SUPPORT},
};

/* DETAIL is the word, or begins with it and a hyphen; *REST_OUT: what stands behind that, "" nothing. */
static enum act act_called(const char *detail, const char **rest_out)
{
    gsize n = strcspn(detail, "-");

    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        if (strlen(acts[i].word) == n && strncmp(detail, acts[i].word, n) == 0) {
            *rest_out = detail + n + (detail[n] == '-');
            return acts[i].act;
        }
    return ACT_NONE;
}

const char *route_act_word(guint i, enum act *act_out)
{
    if (i >= G_N_ELEMENTS(acts))
        return NULL;
    *act_out = acts[i].act;
    return acts[i].word;
}

/* PERSON-POST-MAC; one that was damaged on its way is none. */
static void parse_own_token(const char *token, const guint8 *key, struct route *out)
{
    const char *p = token;

    out->person = parse_id(&p, '-');
    out->post = out->person >= 0 ? parse_id(&p, '-') : -1;
    g_autofree char *subject =
        g_strdup_printf("reply:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, out->idea, out->person, out->post);
    out->has_token = out->post >= 0 && token_verify(key, subject, p);
    if (!out->has_token)
        out->person = out->post = 0;
}

/* PERSON-MAC behind "stopp-". */
static bool parse_stop_token(const char *token, const guint8 *key, struct route *out)
{
    const char *p = token;
    gint64 person = parse_id(&p, '-');
    g_autofree char *subject = route_leave_subject(person, LEAVE_IDEA, out->idea);

    if (person <= 0 || !token_verify(key, subject, p))
        return false;
    out->kind = ROUTE_LEAVE;
    out->act = ACT_NONE;
    out->leave = LEAVE_IDEA;
    out->person = person;
    out->has_token = true;
    return true;
}

/* 42, 42+PERSON-POST-MAC, 42+WORD or 42+WORD-TOKEN behind "idee-". A token that was damaged on its way is a plain answer to the idea;
 * another word is an address that we do not have. */
static void parse_idea(const char *rest, const guint8 *key, struct route *out)
{
    const char *plus = strchr(rest, '+');
    const char *p = rest, *detail = plus != NULL ? plus + 1 : "", *token = detail;

    out->idea = parse_id(&p, plus != NULL ? '+' : '\0');
    out->act = act_called(detail, &token);
    if (out->idea <= 0 || (plus != NULL && out->act == ACT_NONE && !is_tokenlike(detail)))
        return;
    out->kind = ROUTE_IDEA;
    if (*token != '\0' && !(out->act == ACT_STOP && parse_stop_token(token, key, out)))
        parse_own_token(token, key, out);
}

/* 3 or 3+erledigt behind "vorschlag-". */
static void parse_proposal(const char *rest, struct route *out)
{
    const char *plus = strchr(rest, '+');
    const char *p = rest, *token = "";

    out->proposal = parse_id(&p, plus != NULL ? '+' : '\0');
    out->act = plus != NULL ? act_called(plus + 1, &token) : ACT_NONE;
    bool is_act = out->act != ACT_NONE && out->act != ACT_AUTHOR; /* who made a proposal leads the forum */
    if (out->proposal > 0 && *token == '\0' && (plus == NULL || is_act))
        out->kind = ROUTE_IDEA;
    else
        out->proposal = 0;
}

char *route_fold_name(const char *name)
{
    static const struct {
        gunichar letter;
        const char *ascii;
    } written_out[] = {{0xe4, "ae"}, {0xf6, "oe"}, {0xfc, "ue"}, {0xdf, "ss"}};

    if (g_str_is_ascii(name)) /* nearly all are */
        return g_ascii_strdown(name, -1);
    g_autofree char *composed = g_utf8_validate(name, -1, NULL) ? g_utf8_normalize(name, -1, G_NORMALIZE_NFC) : NULL;
    g_autofree char *lower = composed != NULL ? g_utf8_strdown(composed, -1) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *p = lower; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p), base[4];
        const char *ascii = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(written_out); i++)
            if (written_out[i].letter == c)
                ascii = written_out[i].ascii;
        if (ascii != NULL)
            g_string_append(out, ascii);
        else if (c < 0x80)
            g_string_append_c(out, (char)c);
        else if (g_unichar_fully_decompose(c, FALSE, base, G_N_ELEMENTS(base)) > 1 && base[0] < 0x80)
            g_string_append_c(out, (char)base[0]);
        else
            return NULL;
    }
    return lower != NULL ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *route_skeleton(const char *folded)
{
    GString *out = g_string_sized_new(strlen(folded));

    for (const char *p = folded; *p != '\0'; p++) {
        char c = *p == '0' ? 'o' : *p == '1' || *p == 'i' ? 'l' : *p;
        bool is_written_out = c == 'e' && out->len > 0 && strchr("aou", out->str[out->len - 1]) != NULL;
        bool is_double = out->len > 0 && out->str[out->len - 1] == c;
        if (!is_written_out && !is_double && strchr("-._", c) == NULL)
            g_string_append_c(out, c);
    }
    return g_string_free(out, FALSE);
}

/* The local part of ADDRESS folded, if its domain is ours. */
static char *own_local_part(const char *address, const char *domain)
{
    const char *at = strrchr(address, '@');

    if (at == address || !route_is_own(address, domain))
        return NULL;
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    return route_fold_name(local);
}

static const struct {
    const char *local;
    enum route_kind kind;
} roles[] = {{"postmaster", ROUTE_OPERATOR}, {"abuse", ROUTE_OPERATOR},      {"hilfe", ROUTE_HELP},
             {"help", ROUTE_HELP},           {"datenschutz", ROUTE_PRIVACY}, {"privacy", ROUTE_PRIVACY}};

static bool parse_role_address(const char *local, struct route *out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(local, roles[i].local) == 0) {
            out->kind = roles[i].kind;
            return true;
        }
    return false;
}

bool route_is_local_part(const char *folded)
{
    gsize n = strspn(folded, "abcdefghijklmnopqrstuvwxyz0123456789-._");

    return n > 0 && folded[n] == '\0' && g_ascii_isalnum(folded[0]) && g_ascii_isalnum(folded[n - 1]) &&
           strstr(folded, "..") == NULL && strpbrk(folded, "abcdefghijklmnopqrstuvwxyz") != NULL;
}

static const char *skip_bounce(const char *local)
{
    for (gsize i = 0; i < N_STREAMS; i++) {
        const char *rest = skip_word(local, route_bounce_words[i]);
        if (rest != NULL)
            return rest;
    }
    return NULL;
}

bool route_is_taken(const char *folded)
{
    static const char *const words[] = {"ja",          "moderation", "bounce",   "bounce-forum",  "bounce-news", "idee",
                                        "idea",        "vorschlag",  "proposal", "mailer-daemon", "bestellung",  "leser",
                                        "abbestellen", "ausgabe",    "stopp",    "uebersicht",    "frage"};

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(folded, roles[i].local) == 0)
            return true;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return skip_word(folded, "idee-") != NULL || skip_word(folded, "idea-") != NULL || skip_word(folded, "vorschlag-") != NULL ||
           skip_word(folded, "proposal-") != NULL;
}

bool route_is_file_word(const char *folded)
{
    g_auto(GStrv) words = g_strsplit(folded, ".", -1);

    return strcmp(folded, "index") == 0 || g_strv_contains((const char *const *)words, "html") ||
           g_strv_contains((const char *const *)words, "gone");
}

bool route_is_own(const char *address, const char *domain)
{
    const char *at = strrchr(address, '@');

    if (at != NULL && g_str_is_ascii(at + 1) && g_str_is_ascii(domain)) /* they are their own ASCII form */
        return g_ascii_strcasecmp(at + 1, domain) == 0;
    g_autofree char *given = at != NULL ? g_hostname_to_ascii(at + 1) : NULL;
    g_autofree char *own = g_hostname_to_ascii(domain);

    return given != NULL && own != NULL && g_ascii_strcasecmp(given, own) == 0;
}

/* What may stand behind the + of a forum's address. Anything else is no address: a slip of the hand in "+intern" must
 * not publish what was meant for the members. */
static const struct extension {
    const char *word;
    enum ring ring;
} extensions[] = {
    {"intern", RING_MEMBERS},
    {"members", RING_MEMBERS},
    {"mitglieder", RING_MEMBERS},
};

/* The same of a newsletter's. */
static const struct {
    const char *word;
    enum list_word means;
} list_words[] = {
    {"abo", LIST_WORD_SUBSCRIBE},
    {"subscribe", LIST_WORD_SUBSCRIBE},
    {"abmelden", LIST_WORD_UNSUBSCRIBE},
    {"unsubscribe", LIST_WORD_UNSUBSCRIBE},
};

static bool parse_list(const char *local, struct route *out)
{
    const char *plus = strchr(local, '+');

    for (gsize i = 0; plus != NULL && plus > local && i < G_N_ELEMENTS(list_words); i++)
        if (strcmp(plus + 1, list_words[i].word) == 0) {
            out->kind = ROUTE_LIST;
            out->name = g_strndup(local, (gsize)(plus - local));
            out->word = list_words[i].means;
            return true;
        }
    return false;
}

static void parse_forum(const char *local, struct route *out)
{
    const char *plus = strchr(local, '+');
    const struct extension *known = NULL;

    for (gsize i = 0; plus != NULL && i < G_N_ELEMENTS(extensions); i++)
        if (strcmp(plus + 1, extensions[i].word) == 0)
            known = &extensions[i];
    if (plus != NULL && known == NULL)
        return;
    out->kind = ROUTE_FORUM;
    out->name = plus != NULL ? g_strndup(local, (gsize)(plus - local)) : g_strdup(local);
    out->ring = known != NULL ? known->ring : RING_PUBLIC;
}

void route_parse(const char *address, const char *domain, const guint8 *key, struct route *out)
{
    const char *rest;

    memset(out, 0, sizeof *out);
    g_autofree char *local = own_local_part(address, domain);
    if (local == NULL) {
        if (g_ascii_strcasecmp(address, "postmaster") == 0) /* RFC 5321 4.5.1: also without a domain */
            out->kind = ROUTE_OPERATOR;
        return;
    }
    out->kind = ROUTE_UNKNOWN;
    if (parse_role_address(local, out) || parse_subscription(local, key, out) || parse_list(local, out))
        return;
    if ((rest = skip_word(local, "idee-")) != NULL || (rest = skip_word(local, "idea-")) != NULL)
        parse_idea(rest, key, out);
    else if ((rest = skip_word(local, "vorschlag-")) != NULL || (rest = skip_word(local, "proposal-")) != NULL)
        parse_proposal(rest, out);
    else if ((rest = skip_word(local, "ja+")) != NULL)
        out->kind = parse_one(rest, "confirm", key, &out->hold) ? ROUTE_CONFIRM : ROUTE_UNKNOWN;
    else if ((rest = skip_word(local, "moderation+")) != NULL)
        out->kind = parse_moderate(rest, key, out) ? ROUTE_MODERATE : ROUTE_UNKNOWN;
    else if ((rest = skip_bounce(local)) != NULL)
        out->kind = parse_one(rest, "bounce", key, &out->notice) ? ROUTE_BOUNCE : ROUTE_UNKNOWN;
    else if ((rest = skip_word(local, "uebersicht+")) != NULL)
        out->kind = parse_one(rest, "digest", key, &out->notice) ? ROUTE_DIGEST : ROUTE_UNKNOWN;
    else if ((rest = skip_word(local, "frage+")) != NULL)
        out->kind = parse_one(rest, "wish", key, &out->wish) ? ROUTE_WISH : ROUTE_UNKNOWN;
    else if ((rest = skip_word(local, "stopp+")) != NULL)
        out->kind = parse_leave(rest, key, out) ? ROUTE_LEAVE : ROUTE_UNKNOWN;
    else if ((rest = skip_word(local, "ausgabe+")) != NULL)
        out->kind = parse_issue(rest, key, out) ? ROUTE_ISSUE : ROUTE_UNKNOWN;
    else
        parse_forum(local, out);
    if (out->kind == ROUTE_ISSUE || out->kind == ROUTE_CONFIRM || out->kind == ROUTE_MODERATE || out->kind == ROUTE_BOUNCE ||
        out->kind == ROUTE_DIGEST || out->kind == ROUTE_LEAVE || out->kind == ROUTE_WISH)
        out->has_token = true;
}

void route_clear(struct route *r)
{
    g_clear_pointer(&r->name, g_free);
}

bool route_parse_message_id(const char *message_id, const char *domain, const guint8 *key, row_id *post_out, row_id *notice_out)
{
    g_autofree char *local = own_local_part(message_id, domain);
    const char *rest;

    *post_out = *notice_out = 0;
    if (local == NULL)
        return false;
    if ((rest = skip_word(local, "post-")) != NULL)
        return parse_one(rest, "post-id", key, post_out);
    if ((rest = skip_word(local, "notice-")) != NULL)
        return parse_one(rest, "notice-id", key, notice_out);
    return false;
}
