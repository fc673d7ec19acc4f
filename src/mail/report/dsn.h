/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports about mail: delivery reports (RFC 3464, RFC 6533), feedback reports (RFC 5965), receipts (RFC
 * 8098), and the reports in words that mail servers wrote before and beside the standards. Pure, linear,
 * bounded by base/limits.h. kind_decide() asks them in this order; each says what it found or nothing.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* Parts of standard form, in a mail that a machine wrote (see kind.c): a person who forwards a report sends
 * such parts, too. True if there are any; *KIND_OUT is then KIND_BOUNCE, KIND_DELAY, KIND_DELIVERED,
 * KIND_COMPLAINT or KIND_RECEIPT, and m->recipients, m->original and m->why are filled. */
bool dsn_read_parts(struct message *m, const struct entity *root, enum message_kind *kind_out);
/* How surely the header shows that a machine wrote the mail, as far as reports go. */
enum machine {
    MACHINE_NONE,  /* a person's, for all we know: only a mail whose very first words are a report's is one */
    MACHINE_MAYBE, /* no answers wanted, null return path, Auto-Submitted: it must say that something failed,
                    * for whom and why; with a null path the beginning of the subject is enough */
    MACHINE_SURE,  /* a mail server by name or field: any phrase of a report is enough */
};
/* A report in words. Otherwise as above. */
bool dsn_read_words(struct message *m, const struct entity *root, enum machine machine, enum message_kind *kind_out);
/* A notification of a mail service as JSON (Amazon SES over SNS). */
bool dsn_read_json(struct message *m, enum message_kind *kind_out);

/* The report that a gateway put into a mail of its own: the root of the attached mail, NULL if there is none.
 */
const struct entity *dsn_wrapped(const struct entity *root);

/* The groups of fields of a delivery status in TEXT (UTF-8, LF), one a recipient, into m->recipients. Fields
 * before the first recipient are the message's. REPORT: the report's words, for those whose fields say too
 * little. */
void dsn_read_groups(struct message *m, const char *text, const char *report);
/* What TEXT says about ADDRESS: the lines at it and after it. Caller frees; "" if it is not mentioned. */
char *dsn_words_about(const char *text, const char *address);
/* Header fields of TEXT, which begins with a header block or holds one after some lines, into m->original. */
void dsn_read_original(struct message *m, const char *text);
/* The same of lines, the last one NULL, from which on it begins. */
void dsn_read_original_lines(struct message *m, char **lines);
