/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail through libcurl: what it is told, and what the conversation it had means. The words of the conversation are
 * heard as they go by, because libcurl's own result does not say which command was refused.
 */
#pragma once

#include "wire/relay_url.h"
#include "wire/smtp.h"
#include "wire/smtp_reply.h"
#include "wire/way_out.h"

#include <curl/curl.h>

/* How far the conversation came: what was said last. */
enum curl_phase { CURL_PHASE_HELLO, CURL_PHASE_MAIL, CURL_PHASE_RCPT, CURL_PHASE_DATA, CURL_PHASE_BODY };

struct curl_mail {
    CURL *easy;
    struct curl_slist *recipients;
    struct smtp_mail *mail; /* NULL: free */
    gsize n_read;           /* of its bytes */
    enum curl_phase phase;
    struct smtp_reply reply; /* to what was said last; code 0 while there is none */
    GString *line;           /* of a reply that has not ended */
    bool *has_utf8;          /* the relay offers SMTPUTF8; its owner's, kept from connection to connection */
    bool is_over;            /* QUIT was said */
    bool is_unfit;           /* it needs SMTPUTF8, and the relay has none */
    char trouble[CURL_ERROR_SIZE];
};

/* Readies M for mails to the relay URL. HAS_UTF8 must outlive it. NULL: out of memory. */
bool curl_mail_init(struct curl_mail *m, const struct relay_url *url, const struct way_out_spec *spec, bool *has_utf8);
/* Puts MAIL on it, with who logs in; SECRET is copied and may be NULL. */
void curl_mail_load(struct curl_mail *m, struct smtp_mail *mail, const char *user, const char *secret, bool is_token);
/* The same of the login alone. */
void curl_mail_log_in(struct curl_mail *m, const char *user, const char *secret, bool is_token);
/* What to think of a conversation that did not come about; the relay's own words where it said some. Caller frees. */
char *curl_mail_explain(const struct curl_mail *m, CURLcode code);
/* After libcurl has ended with CODE: what became of the mail. RESULT_OUT lives as long as M is not loaded again. False:
 * the mail itself was not at stake; *WHY_OUT says why no conversation came about (caller frees). */
bool curl_mail_judge(struct curl_mail *m, CURLcode code, struct smtp_result *result_out, char **why_out);
/* The mail is off it; to be used again. */
void curl_mail_unload(struct curl_mail *m);
void curl_mail_clear(struct curl_mail *m);
