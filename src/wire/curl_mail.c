/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail through libcurl; see curl_mail.h.
 */
#include "wire/curl_mail.h"

#include "base/limits.h"

#include <string.h>

/* --- hearing --- */

static void begin_phase(struct curl_mail *m, enum curl_phase phase)
{
    m->phase = phase;
    smtp_reply_clear(&m->reply);
    m->reply.code = 0;
    g_string_truncate(m->line, 0);
}

/* What we say. Passwords pass here too: only the verb is looked at, and nothing is kept. */
static void hear_us(struct curl_mail *m, const char *said, gsize n)
{
    if (n >= 5 && g_ascii_strncasecmp(said, "MAIL ", 5) == 0)
        begin_phase(m, CURL_PHASE_MAIL);
    else if (n >= 5 && g_ascii_strncasecmp(said, "RCPT ", 5) == 0)
        begin_phase(m, CURL_PHASE_RCPT);
    else if (n >= 4 && g_ascii_strncasecmp(said, "DATA", 4) == 0)
        begin_phase(m, CURL_PHASE_DATA);
    else if (n >= 4 && g_ascii_strncasecmp(said, "QUIT", 4) == 0)
        m->is_over = true; /* libcurl ends what was refused; the answer to that is no answer to the mail */
    else if (m->phase == CURL_PHASE_HELLO)
        begin_phase(m, CURL_PHASE_HELLO);
    if (n >= 5 && g_ascii_strncasecmp(said, "EHLO ", 5) == 0)
        *m->has_utf8 = false; /* and again after STARTTLS: what was said in the clear does not count */
}

static void hear_relay(struct curl_mail *m, const char *said, gsize n)
{
    gsize n_used;
    struct smtp_reply reply = {0};

    if (n >= 12 && m->phase == CURL_PHASE_HELLO && g_ascii_strncasecmp(said + 4, "SMTPUTF8", 8) == 0)
        *m->has_utf8 = true;
    if (m->is_over || m->line->len + n > LIMIT_SMTP_REPLY_BYTES)
        return;
    g_string_append_len(m->line, said, (gssize)n);
    if (smtp_reply_read(m->line->str, m->line->len, &reply, &n_used) != SMTP_READ_WHOLE)
        return;
    smtp_reply_clear(&m->reply);
    m->reply = reply;
    g_string_truncate(m->line, 0);
}

static int on_talk(CURL *easy, curl_infotype type, char *said, size_t n, void *user)
{
    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        hear_us(user, said, n);
    else if (type == CURLINFO_HEADER_IN)
        hear_relay(user, said, n);
    return 0;
}

/* --- saying --- */

static size_t on_read(char *to, size_t size, size_t n, void *user)
{
    struct curl_mail *m = user;
    gsize room = size * n, left = m->mail->bytes->len - m->n_read;

    if (m->n_read == 0)
        begin_phase(m, CURL_PHASE_BODY);
    m->is_unfit = m->mail->needs_utf8 && !*m->has_utf8;
    if (m->is_unfit)
        return CURL_READFUNC_ABORT;
    gsize n_now = MIN(room, left);
    memcpy(to, m->mail->bytes->str + m->n_read, n_now);
    m->n_read += n_now;
    return n_now;
}

static void set_times(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)(LIMIT_SMTP_LOOKUP_S + LIMIT_SMTP_CONNECT_S + LIMIT_SMTP_EHLO_S));
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)LIMIT_SMTP_END_S);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)(LIMIT_SMTP_DATA_S + LIMIT_SMTP_END_S));
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 60L);
}

/* Nothing in the clear, to nobody who cannot prove the name; no file of the user's is read, no proxy taken. */
static void set_safety(CURL *easy, const char *ca_file)
{
    curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    if (*ca_file != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
}

bool curl_mail_init(struct curl_mail *m, const struct relay_url *url, const struct way_out_spec *spec, bool *has_utf8)
{
    bool is_v6 = strchr(url->host, ':') != NULL;
    g_autofree char *name = g_uri_escape_string(spec->name, NULL, FALSE);
    g_autofree char *where = g_strdup_printf("%s://%s%s%s:%u/%s", url->is_tls_at_once ? "smtps" : "smtp", is_v6 ? "[" : "",
                                             url->host, is_v6 ? "]" : "", url->port, name);

    *m = (struct curl_mail){.easy = curl_easy_init(), .has_utf8 = has_utf8, .line = g_string_new(NULL)};
    if (m->easy == NULL)
        return false;
    set_safety(m->easy, spec->ca_file);
    set_times(m->easy);
    curl_easy_setopt(m->easy, CURLOPT_URL, where); /* the path is our name for EHLO */
    curl_easy_setopt(m->easy, CURLOPT_PRIVATE, m);
    curl_easy_setopt(m->easy, CURLOPT_ERRORBUFFER, m->trouble);
    curl_easy_setopt(m->easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(m->easy, CURLOPT_DEBUGFUNCTION, on_talk);
    curl_easy_setopt(m->easy, CURLOPT_DEBUGDATA, m);
    curl_easy_setopt(m->easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(m->easy, CURLOPT_READDATA, m);
    curl_easy_setopt(m->easy, CURLOPT_UPLOAD, 1L);
    return true;
}

void curl_mail_log_in(struct curl_mail *m, const char *user, const char *secret, bool is_token)
{
    CURL *easy = m->easy;

    if (user == NULL || secret == NULL)
        return;
    curl_easy_setopt(easy, CURLOPT_USERNAME, user);
    curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, is_token ? "AUTH=XOAUTH2" : "AUTH=PLAIN");
    curl_easy_setopt(easy, CURLOPT_PASSWORD, is_token ? NULL : secret);
    curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, is_token ? secret : NULL);
}

void curl_mail_load(struct curl_mail *m, struct smtp_mail *mail, const char *user, const char *secret, bool is_token)
{
    m->mail = mail;
    m->n_read = 0;
    m->is_unfit = m->is_over = false;
    *m->trouble = '\0';
    begin_phase(m, CURL_PHASE_HELLO);
    m->recipients = curl_slist_append(NULL, mail->recipient);
    curl_easy_setopt(m->easy, CURLOPT_MAIL_FROM, mail->sender);
    curl_easy_setopt(m->easy, CURLOPT_MAIL_RCPT, m->recipients);
    curl_easy_setopt(m->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail->bytes->len);
    curl_mail_log_in(m, user, secret, is_token);
}

/* --- what it means --- */

/* As smtp_hear.c: a refused sender is nothing the recipient could help. */
static enum smtp_outcome outcome_of(const struct curl_mail *m)
{
    int class = m->reply.code / 100;

    if (class == 2 && m->phase == CURL_PHASE_BODY)
        return SMTP_TAKEN;
    if (m->reply.code == 0 || m->reply.code == 421 || class == 2 || class == 3)
        return SMTP_LOST;
    return class == 5 && m->phase != CURL_PHASE_MAIL ? SMTP_REFUSED : SMTP_LATER;
}

char *curl_mail_explain(const struct curl_mail *m, CURLcode code)
{
    const char *what = *m->trouble != '\0' ? m->trouble : curl_easy_strerror(code);

    if (code == CURLE_USE_SSL_FAILED)
        return g_strdup("the relay offers no STARTTLS (or somebody on the way takes it out), so nothing was said to it");
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return g_strdup_printf("the relay's certificate does not prove its name, so nothing was said to it: %s", what);
    if (code == CURLE_LOGIN_DENIED && m->reply.code != 0)
        return g_strdup_printf("the relay does not let us in: %d %s", m->reply.code, m->reply.text);
    if (code == CURLE_LOGIN_DENIED)
        return g_strdup_printf("the relay does not let us in: %s", what);
    if (m->reply.code >= 400)
        return g_strdup_printf("the relay says %d %s", m->reply.code, m->reply.text);
    return g_strdup_printf("the relay cannot be spoken to: %s", what);
}

bool curl_mail_judge(struct curl_mail *m, CURLcode code, struct smtp_result *result_out, char **why_out)
{
    static const struct smtp_result unfit = {SMTP_REFUSED, 0, "5.6.7", "the relay does not offer SMTPUTF8"};

    if (m->phase == CURL_PHASE_HELLO) {
        *why_out = curl_mail_explain(m, code);
        return false;
    }
    *result_out = (struct smtp_result){.outcome = code == CURLE_OK ? SMTP_TAKEN : outcome_of(m),
                                       .code = m->reply.code,
                                       .status = m->reply.status != NULL ? m->reply.status : "",
                                       .text = m->reply.text != NULL ? m->reply.text
                                               : *m->trouble != '\0' ? m->trouble
                                                                     : curl_easy_strerror(code)};
    if (m->is_unfit)
        *result_out = unfit;
    return true;
}

void curl_mail_unload(struct curl_mail *m)
{
    m->mail = NULL;
    curl_easy_setopt(m->easy, CURLOPT_MAIL_RCPT, NULL);
    g_clear_pointer(&m->recipients, curl_slist_free_all);
}

void curl_mail_clear(struct curl_mail *m)
{
    g_clear_pointer(&m->easy, curl_easy_cleanup);
    g_clear_pointer(&m->recipients, curl_slist_free_all);
    smtp_reply_clear(&m->reply);
    if (m->line != NULL)
        g_string_free(m->line, TRUE);
}
