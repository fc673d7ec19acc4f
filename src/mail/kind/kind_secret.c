/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See kind_secret.h. A part of a form that holds a whole mail is enough, wherever it stands but in an attached mail: what lies beside
 * it is the sentence of a product or the foot of a list. What may as well be a file that somebody attached (an enveloped smime.p7m,
 * something .asc) counts only if nothing else was said.
 */
#include "mail/kind/kind_secret.h"

#include "mail/mime/cms.h"
#include "mail/mime/pgp.h"

#include <string.h>

#define PGP_BEGIN     "-----BEGIN PGP MESSAGE-----"
#define WORDS_OF_LINK 120 /* in a mail that is a link to a protected one */

/* Pages where a protected mail waits: a link there and few words. */
static const char *const link_pages[] = {
    "/encryption/retrieve.ashx",
    "/encryption/store.ashx",
    "outlook.office365.com/encryption",
    "mail.proton.me/eo/",
    "mail.protonmail.com/eo/",
    "app.tuta.com/mail/",
    "mail.tutanota.com/#mail/",
    "app.tuta.com/#mail/",
    "res.cisco.com/websafe",
    "secure.virtru.com/",
    "zixmessagecenter.com",
    "zixmail.net/s/",
    "encrypt.barracudanetworks.com",
    "switch.egress.com",
    "portal.seppmail",
    "securemail.proofpoint",
};
/* Files that hold a protected mail, without regard to case; "*" stands for anything. */
static const char *const file_names[] = {
    "*.rpmsg", "securedoc*.html", "securedoc*.htm", "securemessageatt.htm*", "secmail.html", "secure-email.htm*",
};

static bool is_type(const struct entity *e, const char *type)
{
    return strcmp(e->type, type) == 0;
}

static bool has_name(const struct entity *e)
{
    if (e->name == NULL)
        return false;
    g_autofree char *lower = g_utf8_strdown(e->name, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(file_names); i++)
        if (g_pattern_match_simple(file_names[i], lower))
            return true;
    return false;
}

/* Has TEXT more than N words? Looks no further. */
static bool has_more_words(const char *text, guint n)
{
    static const char *const blanks = " \t\n\v\f\r";

    text += strspn(text, blanks);
    for (guint i = 0; i < n && *text != '\0'; i++) {
        text += strcspn(text, blanks);
        text += strspn(text, blanks);
    }
    return *text != '\0';
}

static bool is_pkcs7(const struct entity *e)
{
    bool is_named = e->name != NULL && g_str_has_suffix(e->name, ".p7m");

    return is_type(e, "application/pkcs7-mime") || is_type(e, "application/x-pkcs7-mime") || is_named;
}

static bool has_armour(const struct entity *e)
{
    gsize n = 0;
    const char *bytes = e->content != NULL ? g_bytes_get_data(e->content, &n) : NULL;

    while (n > 0 && g_ascii_isspace(*bytes)) {
        bytes++;
        n--;
    }
    return n >= strlen(PGP_BEGIN) && memcmp(bytes, PGP_BEGIN, strlen(PGP_BEGIN)) == 0;
}

/* IS_SILENT: nobody said anything beside it. */
static const char *judge_part(const struct entity *root, const struct entity *e, bool is_silent)
{
    if (is_type(e, "multipart/encrypted"))
        return e->type;
    if (is_type(e, "application/pgp-encrypted"))
        return e->type;
    if (is_type(e, "application/x-microsoft-rpmsg-message") || has_name(e))
        return "a protected mail as a file";
    if (e->content != NULL && is_pkcs7(e) && (e == root || is_silent) && cms_kind(e->content) == CMS_ENVELOPED)
        return e->type;
    if (is_silent && g_str_has_prefix(e->type, "application/") && has_armour(e))
        return "PGP message as a file";
    return NULL;
}

static bool is_link(const char *body)
{
    if (has_more_words(body, WORDS_OF_LINK))
        return false;
    g_autofree char *lower = g_ascii_strdown(body, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(link_pages); i++)
        if (strstr(lower, link_pages[i]) != NULL)
            return true;
    return false;
}

const char *kind_secret(const struct message *m, const struct entity *root)
{
    bool is_silent = !has_more_words(m->body, 0);

    for (const struct entity *e = root; e != NULL;) {
        bool is_mail = g_str_has_prefix(e->type, "message/") && e != root;
        const char *why = is_mail ? NULL : judge_part(root, e, is_silent);
        if (why != NULL)
            return why;
        e = is_mail ? entity_skip(root, e) : entity_next(root, e);
    }
    if (pgp_is_message(m->body))
        return "PGP message in the text";
    return m->in_reply_to->len + m->references->len == 0 && is_link(m->body) ? "a link to a protected mail" : NULL;
}
