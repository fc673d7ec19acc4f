/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a server's answer says about one recipient: SMTP reply code (RFC 5321), enhanced status (RFC 3463),
 * and the reason in words (reasons.def). Pure.
 */
#pragma once

#include "mail/message/message.h"

struct dsn_codes {
    char smtp[4];    /* "550", "" if none */
    char status[16]; /* "5.1.1", "" if none */
    bool is_paired;  /* the two stand side by side: a server's own words */
};

/* The codes in TEXT. Numbers that only look like codes (addresses of hosts, versions, dates) are passed over;
 * a code beside a code counts more than one alone, of equals the first. */
void dsn_code_read(const char *text, struct dsn_codes *out);
/* Whether TEXT says anything that a table or a code explains. */
bool dsn_code_is_telling(const char *text);
/* The same without what a word or two may mean: a code, or a phrase that is only said of mail. */
bool dsn_code_is_explained(const char *text);
/* R has address, action ("failed", "delayed", "delivered", ...) and what was stated of status and diagnostic.
 * Fills smtp, status, reason and is_permanent. Where no status is stated it becomes the one the words stand
 * for. */
void dsn_code_judge(struct report_recipient *r);

/* Of the Status field and the code that SPOKEN holds the one that says more; either may be "". What the
 * refusing server said itself counts more than what the reporting one made of it. */
const char *dsn_code_better_status(const char *field, const struct dsn_codes *spoken);

struct report_recipient *report_recipient_new(const char *address, const char *action);
