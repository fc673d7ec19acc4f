/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail of ours as bytes: RFC 5322 and MIME, CRLF, 7-bit clean so that no relay re-encodes what was signed. Header and words are
 * written by hand because GMime mangles long generic headers and picks charsets of its own; what a mail carries beside its words
 * is made by GMime (enclosed.h) and put in whole. Pure and deterministic: the same
 * struct gives the same bytes. No CR, LF, NUL or other control of any field reaches a header or starts a part.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <stdbool.h>

struct raw_header {
    char *name, *value; /* value is UTF-8, one line; what is not ASCII becomes encoded words, <...> stays whole */
};

struct outgoing {
    char *from_name;       /* display name, NULL or "" for none */
    char *from_address;    /* must be there */
    char *to_name;         /* NULL for none */
    char *to_address;      /* must be there */
    char *reply_to;        /* address, NULL for none */
    char *subject;         /* NULL is "" */
    char *message_id;      /* local@domain without <>; must be there */
    char *in_reply_to;     /* the same, NULL for none */
    GPtrArray *references; /* char *, oldest first, without <>; the first and the last ones are written */
    gint64 date_at;        /* unix seconds */
    GTimeZone *zone;       /* of the Date field; NULL is UTC; a reference is owned */
    char *language;        /* Content-Language, NULL for none */
    char *auto_submitted;  /* "auto-generated", "auto-replied", NULL for none */
    GPtrArray *headers;    /* struct raw_header, in order; List-*, X-Forumpost-Loop, ... */
    char *text;            /* text/plain, LF; never NULL */
    bool is_flowed;        /* text is format=flowed already (text_flowed()) */
    char *html;            /* a whole document, LF; NULL: only the text */
    GBytes *picture;       /* enclosed_picture() that the HTML shows; a reference is owned; NULL none */
    GPtrArray *enclosed;   /* GBytes: enclosed_file(), enclosed_mail(), in order */
    bool has_8bit;         /* one of these has 8-bit text: the next hop must let it pass (8BITMIME) */
};

struct outgoing *outgoing_new(void);
void outgoing_add_header(struct outgoing *o, const char *name, const char *value);
void outgoing_add_reference(struct outgoing *o, const char *message_id);
void outgoing_enclose(struct outgoing *o, GBytes *entity); /* takes a reference */
void outgoing_free(struct outgoing *o);

/* Appends the mail to OUT (which need not be empty). False if a field that must be there is missing or an address or
 * id cannot be written (ERR_INPUT). *NEEDS_UTF8_OUT (may be NULL): an address has a local part that is not ASCII, so
 * the next hop must offer SMTPUTF8. Domains are written as A-labels. */
bool outgoing_compose(const struct outgoing *o, GString *out, bool *needs_utf8_out, struct err *e);

/* True if ADDRESS can stand in a header and an SMTP command: local@domain, no controls, no <> or blanks, length. */
bool outgoing_is_address(const char *address);

/* As it stands in headers and SMTP commands: domain as A-labels, an odd local part in quotes; NULL if that cannot be.
 * *NEEDS_UTF8_OUT becomes true if the local part is not ASCII. Caller frees. */
char *outgoing_written_address(const char *address, bool *needs_utf8_out);

typedef struct outgoing outgoing_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(outgoing_autoptr_t, outgoing_free)
#define outgoing_auto g_autoptr(outgoing_autoptr_t)
