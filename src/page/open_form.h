/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forms that anybody may send, without captcha and without script: a field that people do not see, and a token that says when
 * the form was shown. Programs fill in every field, or answer at once, or send one form for ever.
 */
#pragma once

#include "page/page.h"

enum open_form {
    OPEN_FORM_FINE,
    OPEN_FORM_STALE, /* not ours, too old, or sent at once: shown again, the fields as they were */
    OPEN_FORM_ROBOT, /* the hidden field is filled in: looks as if it were taken */
};

/* action_path, form_token: for the form NAME ("abo neues"). Templates hold the hidden field "website". */
void open_form_set(const struct page *p, struct value *data, const char *name);
enum open_form open_form_check(const struct page *p, const char *name);
