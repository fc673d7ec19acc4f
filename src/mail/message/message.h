/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mail means, as plain data: the answer of a reader. Everything in it is valid UTF-8 without controls other
 * than tab and LF. The keys of `forumpost inspect --json` are these fields.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum message_kind {
    KIND_HUMAN,
    KIND_BOUNCE,     /* failed for good, or for now but given up */
    KIND_DELAY,      /* the mail server still tries */
    KIND_DELIVERED,  /* success report */
    KIND_COMPLAINT,  /* ARF, RFC 5965 */
    KIND_AUTO_REPLY, /* RFC 3834 */
    KIND_RECEIPT,    /* MDN, RFC 8098 */
    KIND_CALENDAR,
    KIND_BULK, /* a list's or a newsletter's mail */
    KIND_COMMAND,
    KIND_ENCRYPTED,
    KIND_EMPTY,
    KIND_REACTION, /* a click on an emoji, which is TEXT then */
};
#define N_KINDS (KIND_REACTION + 1)
const char *message_kind_name(enum message_kind kind); /* "auto-reply" */

struct mailbox {
    char *name;    /* decoded display name, "" if none */
    char *address; /* domain in lower case, IDN as U-labels */
};
struct attachment {
    char *name; /* NULL if none */
    char *type, *sha256;
    char *disposition, *content_id; /* NULL if none */
    guint64 n_bytes;
    /* Where it lies in the mail's own bytes, and in which encoding (enum transfer); n_raw 0: nowhere (mime/attached.h). */
    guint64 at, n_raw;
    guint32 transfer;
};
struct part {
    char *type;
    char *charset; /* NULL if none declared */
    char *sha256;  /* "" if nobody asked for it (without_sums) */
    guint64 n_bytes;
};
struct report_recipient {
    char *address;
    char *action;     /* "failed", "delayed", ... "" unknown */
    char *status;     /* "5.1.1", "" unknown */
    char *smtp;       /* "550", "" unknown */
    char *reason;     /* no_user mailbox_full blocked host policy too_big other */
    char *diagnostic; /* "" unknown */
    bool is_permanent;
};
struct forwarded {
    char *from, *date, *subject, *text; /* NULL where unknown */
    bool is_of_program;                 /* attached, and its header says that a program or a list sent it */
};
struct original {                           /* the mail that a bounce or complaint brings back */
    char *message_id, *subject, *from, *to; /* NULL where unknown */
};
/* What our own mail server found (mail/sender/auth.h). The words tell what it wrote, the flags what may be built on: "of From" means
 * for exactly the domain of the one mailbox in the one From field, and false where From is open to doubt. */
struct authentication {
    char *dmarc, *spf; /* "pass", "fail", "none", ... ; of several the first that is not "pass"; NULL where not stated */
    char *dkim;        /* the same of the signature that counts: From's, else one that passes */
    char *authserv_id;
    char *spf_domain, *dkim_domain; /* that passed (smtp.mailfrom, header.d), A-labels; NULL none */
    bool is_dmarc_of_from, is_spf_of_from, is_dkim_of_from;
};
struct spoken { /* what whoever led the reading found commanded; mail knows no commands (flow/spoken.h) */
    guint32 command;
    char *argument, *name; /* NULL none; of several lines, of one */
    gint64 number;
};

struct message {
    enum message_kind kind;
    GPtrArray *why;                                /* char * */
    bool may_reply;                                /* RFC 3834 */
    GPtrArray *from, *sender, *reply_to, *to, *cc; /* struct mailbox */
    char *return_path;                             /* "" null path, NULL unknown */
    char *subject;                                 /* "" if none */
    char *date;                                    /* RFC 3339, NULL if unusable */
    char *message_id;                              /* NULL if none */
    GPtrArray *in_reply_to, *references;           /* char *, oldest first, without <> */
    char *language;                                /* BCP 47, NULL if unsure */
    char *body, *body_from;                        /* "text/plain", "text/html", NULL */
    char *text, *signature, *elided;               /* "" if none */
    struct forwarded *forwarded;                   /* NULL if none */
    GPtrArray *attachments;                        /* struct attachment */
    char *structure;                               /* JSON text: nested arrays of content types */
    GPtrArray *parts;                              /* struct part */
    GPtrArray *recipients;                         /* struct report_recipient */
    struct original *original;                     /* NULL if none */
    struct authentication *authentication;         /* NULL if none is trusted */
    GPtrArray *defects;                            /* char * */
    /* Facts for the decision, beyond the contract of inspect */
    guint n_received;      /* Received fields */
    guint n_from;          /* From fields; more than one is suspicious */
    GPtrArray *loop_ids;   /* values of X-Forumpost-Loop, char * */
    GPtrArray *delivered;  /* addresses of Delivered-To, X-Original-To, Envelope-To; char * */
    bool is_spread;        /* marks of a list or of mail to many, or several authors: they speak, but nobody commands so */
    char *command_text;    /* where a command may stand, if that is less than TEXT; NULL: TEXT. See below */
    struct spoken *spoken; /* NULL: nobody has looked */
};

/* All arrays empty, all texts that cannot be NULL "". */
struct message *message_new(void);
void message_free(struct message *m);
void spoken_free(struct spoken *s);

/* The author's own words in the body of the mail: what TEXT has from attached files or from what stands in for an image
 * is not in it. Never NULL; M's. */
const char *message_command_text(const struct message *m);

/* For people and scripts: a{sv} with the contract's keys in its order; absent ones are left out (return_path) or maybe
 * types. Floating reference. variant.c */
GVariant *message_to_variant(const struct message *m);

/* For another process of this program. packed.c */
GBytes *message_pack(const struct message *m);
/* The N bytes come from where hostile ones were read: NULL unless they are whole and of our making; controls in texts become blanks. */
struct message *message_unpack(const guint8 *packed, gsize n);

struct mailbox *mailbox_new(const char *name, const char *address);
void mailbox_free(struct mailbox *b);

/* What the reader must be told about this installation. */
struct read_options {
    const char *own_domain;  /* NULL if unknown */
    const char *authserv_id; /* whose Authentication-Results are believed; NULL or "": nobody's */
    guint authserv_hops;     /* Received fields that may stand above those */
    bool without_sums;       /* of parts that are no attachments, which intake does not look at */
};
typedef struct message message_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(message_autoptr_t, message_free)
#define message_auto g_autoptr(message_autoptr_t)
