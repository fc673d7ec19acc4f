/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an address of an idea or a proposal means; see route.h.
 */
#include "forum/route_private.h"

#include "base/token.h"

#include <string.h>

/* Does DETAIL begin like a token, if a damaged one? */
static bool is_tokenlike(const char *detail)
{
    g_autofree char *first = g_strndup(detail, strcspn(detail, "-"));
    const char *p = first;

    return route_parse_id(&p, '\0') >= 0;
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

    out->person = route_parse_id(&p, '-');
    out->post = out->person >= 0 ? route_parse_id(&p, '-') : -1;
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
    gint64 person = route_parse_id(&p, '-');
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

/* What stands in DETAIL before PERSON-POST-MAC, with that at *TOKEN_OUT; NULL: there is none. Caller frees. */
static char *before_token(const char *detail, const char **token_out)
{
    const char *at = detail + strlen(detail);

    for (guint hyphens = 0; hyphens < 3; at--) {
        if (at == detail)
            return NULL;
        hyphens += at[-1] == '-';
    }
    *token_out = at + 1;
    return g_strndup(detail, (gsize)(at - detail));
}

/* PERSON-POST-MAC, FORUM or FORUM-PERSON-POST-MAC behind "intern-". What proves itself is a token; anything else is the name of a forum,
 * which may look like one. */
static bool parse_inner(const char *rest, const guint8 *key, struct route *out)
{
    const char *token = NULL;

    parse_own_token(rest, key, out);
    if (out->has_token)
        return true;
    g_autofree char *name = before_token(rest, &token);
    if (name != NULL)
        parse_own_token(token, key, out);
    const char *forum = out->has_token ? name : rest;
    if (!route_is_local_part(forum))
        return false;
    out->name = g_strdup(forum);
    return true;
}

/* 42, 42+PERSON-POST-MAC, 42+WORD or 42+WORD-TOKEN behind "idee-". A token that was damaged on its way is a plain answer to the idea;
 * another word is an address that we do not have. */
void route_parse_idea(const char *rest, const guint8 *key, struct route *out)
{
    const char *plus = strchr(rest, '+');
    const char *p = rest, *detail = plus != NULL ? plus + 1 : "", *token = detail;

    out->idea = route_parse_id(&p, plus != NULL ? '+' : '\0');
    out->act = act_called(detail, &token);
    bool is_bare = out->act == ACT_NONE ? plus == NULL : *token == '\0' || out->act == ACT_INNER;
    if (out->idea <= 0 || (!is_bare && !is_tokenlike(token)))
        return;
    if (*token != '\0' && out->act == ACT_INNER) {
        out->kind = parse_inner(token, key, out) ? ROUTE_IDEA : ROUTE_UNKNOWN;
        return;
    }
    out->kind = ROUTE_IDEA;
    if (*token != '\0' && !(out->act == ACT_STOP && parse_stop_token(token, key, out)))
        parse_own_token(token, key, out);
}

/* 3 or 3+erledigt behind "vorschlag-". */
void route_parse_proposal(const char *rest, struct route *out)
{
    const char *plus = strchr(rest, '+');
    const char *p = rest, *token = "";

    out->proposal = route_parse_id(&p, plus != NULL ? '+' : '\0');
    out->act = plus != NULL ? act_called(plus + 1, &token) : ACT_NONE;
    bool is_act = out->act != ACT_NONE && out->act != ACT_AUTHOR; /* who made a proposal leads the forum */
    if (out->proposal > 0 && *token == '\0' && (plus == NULL || is_act))
        out->kind = ROUTE_IDEA;
    else
        out->proposal = 0;
}
