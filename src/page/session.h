/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sits at the desk. A link of ours opened it: the mail with that link is the session's row (notice, detail fresh, used,
 * closed), so a link opens once and ends LIMIT_DESK_LINK_S after its mail went out, and logging out ends it here and not only in
 * the browser. The cookie names that mail and proves it; it goes with no request that another site causes (SameSite=Strict).
 */
#pragma once

#include "page/page.h"

struct session {
    row_id notice; /* 0: nobody sits there */
    row_id person; /* 0 beside a notice: an editor whom we know by their address alone */
    char *address; /* whose mailbox opened it, as persons_key() */
    char *secret;  /* the cookie's value: what form tokens are made of */
    gint64 ends_at;
};
void session_clear(struct session *s);

/* Asks for a link for ADDRESS; nothing is sent to who decides nowhere, or had enough within the hour, and nobody is told. */
bool session_ask(struct page *p, const char *address, struct err *e);
/* Does the link of NOTICE still open the desk? */
bool session_may_open(struct page *p, row_id notice, bool *may_out, struct err *e);
/* Opens it: *DONE_OUT false if it was used meanwhile. Sets the cookie. */
bool session_open(struct page *p, row_id notice, bool *done_out, struct err *e);
bool session_read(struct page *p, struct session *out, struct err *e);
bool session_close(struct page *p, const struct session *s, struct err *e);

/* What PERSON (0 none) and whoever reads ADDRESS has to do here now; asked at each request. */
struct session_work {
    GPtrArray *members; /* struct member: forums where they are staff */
    GPtrArray *lists;   /* struct list: newsletters that they edit */
};
bool session_work(struct page *p, row_id person, const char *address, struct session_work *out, struct err *e);
void session_work_clear(struct session_work *w);

/* form_token of a form at the desk, and whether it came back. */
void session_set_form(const struct page *p, const struct session *s, struct value *data);
bool session_is_form(const struct page *p, const struct session *s);
