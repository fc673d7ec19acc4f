/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sits at the desk. A link of ours opened it: the mail with that link is the session's row (notice, detail fresh, used,
 * closed), so a link opens once and ends LIMIT_DESK_LINK_S after its mail went out, and logging out ends it here and not only in
 * the browser. The cookie names that mail and proves it; it goes with no request that another site causes (SameSite=Strict).
 */
#pragma once

#include "page/page.h"

struct session {
    row_id notice, person; /* 0: nobody */
    char *secret;          /* the cookie's value: what form tokens are made of */
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

/* form_token of a form at the desk, and whether it came back. */
void session_set_form(const struct page *p, const struct session *s, struct value *data);
bool session_is_form(const struct page *p, const struct session *s);
/* Forums (row_id) where PERSON decides now. NULL failure. */
GArray *session_forums(struct page *p, row_id person, struct err *e);
