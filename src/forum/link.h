/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links of our pages that only one person was given: what a token in a path proves, as route.h does for addresses. Pure. A
 * token is the ids it is about, the day on which it ends (days since 1970, UTC) and their MAC:
 *
 *     /c/HOLD-DAY-MAC                 answers the question whether a held text may be public
 *     /u/PERSON-SCOPE-ID-DAY-MAC      ends mails to that person; SCOPE and ID as in route.h
 *     /p/PERSON-DAY-MAC               a person's preferences
 *     /c/sSUBSCRIPTION-DAY-MAC        answers the question whether somebody wants a newsletter
 *     /u/sSUBSCRIPTION-DAY-MAC        ends it
 *     /s/NOTICE-DAY-MAC               opens the desk for whom that mail went to; once, and for minutes (page/session.h)
 *
 * A token of one kind proves nothing about another, and nothing to the mail side (nor the other way).
 */
#pragma once

#include "forum/route.h"

enum link_kind { LINK_CONFIRM, LINK_LEAVE, LINK_PREFERENCES, LINK_SUBSCRIBE, LINK_UNSUBSCRIBE, LINK_DESK };

struct link {
    enum link_kind kind;
    row_id hold;         /* LINK_CONFIRM */
    row_id person;       /* LINK_LEAVE, LINK_PREFERENCES */
    row_id subscription; /* LINK_SUBSCRIBE, LINK_UNSUBSCRIBE */
    enum leave leave;    /* LINK_LEAVE: what, and of which idea or forum */
    row_id id;           /* that one; LINK_DESK: the mail */
    gint64 expires_at;   /* rounded up to a whole day */
};

enum link_state { LINK_FALSE, LINK_EXPIRED, LINK_FINE };

/* Reads TOKEN, the last part of a path of KIND, tolerantly. OUT is filled unless it is LINK_FALSE. */
enum link_state link_read(enum link_kind kind, const char *token, const guint8 *key, gint64 now, struct link *out);
/* Is TOKEN, behind /c/ or /u/, about a newsletter? */
bool link_is_of_subscription(const char *token);
/* "/c/12-20500-..."; callers free. */
char *link_path(const struct link *l, const guint8 *key);
/* BASE is `[web] url`; PREFIX the language in front of the path ("/en"), "" of the first one. */
char *link_url(const char *base, const char *prefix, const struct link *l, const guint8 *key);
/* What a form on the page of TOKEN carries, so that a POST without it is nobody's wish. */
char *link_form_token(const char *token, const guint8 *key);
bool link_is_form_token(const char *token, const char *given, const guint8 *key);
