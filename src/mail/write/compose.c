/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct outgoing to bytes; see compose.h. First everything that can be refused is checked, then the fields are
 * written in a fixed order (header_out.h), then the parts (body_out.h).
 */
#include "mail/write/compose.h"

#include "mail/write/body_out.h"
#include "mail/write/header_out.h"

#include "base/limits.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS_MAX    254 /* RFC 5321 4.5.3.1.3 */
#define LOCAL_PART_MAX 64

/* ---- The struct */
static void raw_header_free(gpointer data)
{
    struct raw_header *h = data;

    g_free(h->name);
    g_free(h->value);
    g_free(h);
}

struct outgoing *outgoing_new(void)
{
    struct outgoing *o = g_new0(struct outgoing, 1);

    o->references = g_ptr_array_new_with_free_func(g_free);
    o->headers = g_ptr_array_new_with_free_func(raw_header_free);
    o->enclosed = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    return o;
}

void outgoing_enclose(struct outgoing *o, GBytes *entity)
{
    g_ptr_array_add(o->enclosed, g_bytes_ref(entity));
}

void outgoing_add_header(struct outgoing *o, const char *name, const char *value)
{
    struct raw_header *h = g_new0(struct raw_header, 1);

    h->name = g_strdup(name);
    h->value = g_strdup(value);
    g_ptr_array_add(o->headers, h);
}

void outgoing_add_reference(struct outgoing *o, const char *message_id)
{
    g_ptr_array_add(o->references, g_strdup(message_id));
}

void outgoing_free(struct outgoing *o)
{
    if (o == NULL)
        return;
    char *texts[] = {o->from_name,  o->from_address, o->to_name,  o->to_address,     o->reply_to, o->subject,
                     o->message_id, o->in_reply_to,  o->language, o->auto_submitted, o->text,     o->html};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_ptr_array_unref(o->enclosed);
    g_clear_pointer(&o->picture, g_bytes_unref);
    g_ptr_array_unref(o->references);
    g_ptr_array_unref(o->headers);
    g_clear_pointer(&o->zone, g_time_zone_unref);
    g_free(o);
}

/* ---- Addresses */
static bool is_atext(guchar c)
{
    return g_ascii_isalnum(c) || c >= 0x80 || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool is_local_part(const char *local, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!is_atext((guchar)local[i]) && local[i] != '.')
            return false;
    return n > 0 && n <= LOCAL_PART_MAX;
}

static bool is_dot_atom(const char *local, gsize n)
{
    return local[0] != '.' && local[n - 1] != '.' && g_strstr_len(local, (gssize)n, "..") == NULL;
}

static bool is_domain(const char *domain)
{
    if (*domain == '[') {
        gsize n = strspn(domain + 1, "0123456789abcdefABCDEFIPv.:") + 1;
        return n > 1 && domain[n] == ']' && domain[n + 1] == '\0';
    }
    for (const char *c = domain; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '.' && *c != '_' && (guchar)*c < 0x80)
            return false;
    return *domain != '\0' && *domain != '.' && strstr(domain, "..") == NULL;
}

bool outgoing_is_address(const char *address)
{
    const char *at = address != NULL ? strrchr(address, '@') : NULL;

    return at != NULL && strlen(address) <= ADDRESS_MAX && g_utf8_validate(address, -1, NULL) &&
           is_local_part(address, (gsize)(at - address)) && is_domain(at + 1);
}

static bool is_ascii(const char *s)
{
    for (; *s != '\0'; s++)
        if ((guchar)*s >= 0x80)
            return false;
    return true;
}

char *outgoing_written_address(const char *address, bool *needs_utf8_out)
{
    if (!outgoing_is_address(address))
        return NULL;
    const char *at = strrchr(address, '@');
    gsize n = (gsize)(at - address);
    g_autofree char *local = g_strndup(address, n);
    char *labels = NULL; /* libidn2's, not GLib's */
    if (!is_ascii(at + 1) && idn2_to_ascii_8z(at + 1, &labels, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
        return NULL;
    *needs_utf8_out = *needs_utf8_out || !is_ascii(local);
    const char *quote = is_dot_atom(local, n) ? "" : "\"";
    char *written = g_strconcat(quote, local, quote, "@", labels != NULL ? labels : at + 1, NULL);
    free(labels);
    return written;
}

/* ---- Checks */
struct checked {
    char *from, *to, *reply_to; /* as written_address() gives them */
};

static void checked_clear(struct checked *c)
{
    g_free(c->from);
    g_free(c->to);
    g_free(c->reply_to);
}

/* Fields that this file writes itself, and those that are never ours to write. */
static bool is_reserved(const char *name)
{
    static const char *const names[] = {"From",           "To",           "Cc",         "Bcc",         "Reply-To",
                                        "Subject",        "Date",         "Message-ID", "In-Reply-To", "References",
                                        "Auto-Submitted", "MIME-Version", "Sender",     "Received",    "Return-Path"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(name, names[i]) == 0)
            return true;
    return g_ascii_strncasecmp(name, "Content-", 8) == 0;
}

static bool is_word(const char *s)
{
    for (const char *c = s; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && *c != '-')
            return false;
    return *s != '\0' && strlen(s) <= 40;
}

static bool check(const struct outgoing *o, struct checked *c, bool *needs_utf8, struct err *e)
{
    c->from = outgoing_written_address(o->from_address, needs_utf8);
    c->to = outgoing_written_address(o->to_address, needs_utf8);
    if (c->from == NULL)
        return err_set(e, ERR_INPUT, "the sender's address cannot be written");
    if (c->to == NULL)
        return err_set(e, ERR_INPUT, "the recipient's address cannot be written");
    if (o->reply_to != NULL && (c->reply_to = outgoing_written_address(o->reply_to, needs_utf8)) == NULL)
        return err_set(e, ERR_INPUT, "the address for replies cannot be written");
    if (o->message_id == NULL || !header_out_is_id(o->message_id))
        return err_set(e, ERR_INPUT, "the message id cannot be written");
    if (o->text == NULL)
        return err_set(e, ERR_INPUT, "the mail has no text");
    if (o->auto_submitted != NULL && !is_word(o->auto_submitted))
        return err_set(e, ERR_INPUT, "Auto-Submitted is no word");
    if (o->language != NULL && !is_word(o->language))
        return err_set(e, ERR_INPUT, "the language is no tag");
    return true;
}

/* ---- Fields */
static bool put_date(GString *out, const struct outgoing *o, struct err *e)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(o->date_at);
    g_autoptr(GDateTime) t = NULL;

    if (utc == NULL)
        return err_set(e, ERR_INPUT, "the date cannot be written");
    t = o->zone != NULL ? g_date_time_to_timezone(utc, o->zone) : g_date_time_ref(utc);
    gint64 offset = g_date_time_get_utc_offset(t) / G_USEC_PER_SEC / 60;
    gint64 minutes = ABS(offset);
    g_string_append_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d %c%02d%02d\r\n", days[g_date_time_get_day_of_week(t) - 1],
                           g_date_time_get_day_of_month(t), months[g_date_time_get_month(t) - 1], g_date_time_get_year(t),
                           g_date_time_get_hour(t), g_date_time_get_minute(t), g_date_time_get_second(t), offset < 0 ? '-' : '+',
                           (int)(minutes / 60), (int)(minutes % 60));
    return true;
}

static void put_references(GString *out, const struct outgoing *o)
{
    const char *const *ids = (const char *const *)o->references->pdata;
    guint n = o->references->len;

    if (n <= LIMIT_REFERENCES_OUT) {
        header_out_ids(out, "References", ids, n);
        return;
    }
    const char *few[LIMIT_REFERENCES_OUT];
    few[0] = ids[0];
    for (guint i = 1; i < LIMIT_REFERENCES_OUT; i++)
        few[i] = ids[n - LIMIT_REFERENCES_OUT + i];
    header_out_ids(out, "References", few, LIMIT_REFERENCES_OUT);
}

static bool put_extra(GString *out, const struct outgoing *o, struct err *e)
{
    for (guint i = 0; i < o->headers->len; i++) {
        const struct raw_header *h = g_ptr_array_index(o->headers, i);
        if (is_reserved(h->name) || !header_out_raw(out, h->name, h->value))
            return err_set(e, ERR_INPUT, "the header %s cannot be written", h->name);
    }
    return true;
}

static bool put_header(GString *out, const struct outgoing *o, const struct checked *c, struct err *e)
{
    const char *id = o->message_id;

    if (!put_date(out, o, e))
        return false;
    header_out_mailbox(out, "From", o->from_name, c->from);
    header_out_mailbox(out, "To", o->to_name, c->to);
    if (c->reply_to != NULL)
        header_out_mailbox(out, "Reply-To", NULL, c->reply_to);
    header_out_text(out, "Subject", o->subject);
    header_out_ids(out, "Message-ID", &id, 1);
    if (o->in_reply_to != NULL)
        header_out_ids(out, "In-Reply-To", (const char *const *)&o->in_reply_to, 1);
    put_references(out, o);
    if (o->language != NULL)
        header_out_raw(out, "Content-Language", o->language);
    if (o->auto_submitted != NULL)
        header_out_raw(out, "Auto-Submitted", o->auto_submitted);
    if (!put_extra(out, o, e))
        return false;
    g_string_append(out, "MIME-Version: 1.0\r\n");
    return true;
}

/* ---- Parts */
static void put_part(GString *out, const char *subtype, const char *parameter, const char *text)
{
    bool is_7bit = body_out_is_7bit(text);

    g_string_append_printf(out,
                           "Content-Type: text/%s; charset=utf-8%s\r\n"
                           "Content-Transfer-Encoding: %s\r\n\r\n",
                           subtype, parameter, is_7bit ? "7bit" : "quoted-printable");
    if (is_7bit)
        body_out_7bit(out, text);
    else
        body_out_quoted_printable(out, text);
}

static guint64 hash_of(const char *s) /* FNV-1a */
{
    guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);

    for (; *s != '\0'; s++)
        hash = (hash ^ (guchar)*s) * G_GUINT64_CONSTANT(1099511628211);
    return hash;
}

static bool is_within(GBytes *entity, const char *word)
{
    gsize n = 0;
    const void *data = entity != NULL ? g_bytes_get_data(entity, &n) : NULL;

    return data != NULL && memmem(data, n, word, strlen(word)) != NULL;
}

static bool is_anywhere(const struct outgoing *o, const char *word)
{
    bool found =
        strstr(o->text, word) != NULL || (o->html != NULL && strstr(o->html, word) != NULL) || is_within(o->picture, word);

    for (guint i = 0; !found && i < o->enclosed->len; i++)
        found = is_within(o->enclosed->pdata[i], word);
    return found;
}

/* Holds "=_", which neither quoted-printable nor base64 does; a 7-bit part is looked through. *HASH goes on to the next one. */
static char *choose_boundary(const struct outgoing *o, guint64 *hash)
{
    for (;; (*hash)++) {
        g_autofree char *boundary = g_strdup_printf("=_%016" G_GINT64_MODIFIER "x", *hash);
        if (!is_anywhere(o, boundary)) {
            (*hash)++;
            return g_steal_pointer(&boundary);
        }
    }
}

static void begin_multipart(GString *out, const char *type, const char *boundary, const char *encoding)
{
    g_string_append_printf(out, "Content-Type: multipart/%s; boundary=\"%s\"\r\n%s\r\n--%s\r\n", type, boundary, encoding,
                           boundary);
}

/* Ends with a line end of its own, as entities do not. */
static void put_entity(GString *out, GBytes *entity)
{
    gsize n;
    const char *data = g_bytes_get_data(entity, &n);

    g_string_append_len(out, data, (gssize)n);
}

/* RFC 2387: the HTML and the picture that it shows. */
static void put_html(GString *out, const struct outgoing *o, guint64 *hash)
{
    if (o->picture == NULL) {
        put_part(out, "html", "", o->html);
        return;
    }
    g_autofree char *boundary = choose_boundary(o, hash);
    begin_multipart(out, "related; type=\"text/html\"", boundary, "");
    put_part(out, "html", "", o->html);
    g_string_append_printf(out, "\r\n--%s\r\n", boundary);
    put_entity(out, o->picture);
    g_string_append_printf(out, "\r\n--%s--\r\n", boundary);
}

static void put_words(GString *out, const struct outgoing *o, guint64 *hash)
{
    const char *flowed = o->is_flowed ? "; format=flowed" : "";

    if (o->html == NULL) {
        put_part(out, "plain", flowed, o->text);
        return;
    }
    g_autofree char *boundary = choose_boundary(o, hash);
    begin_multipart(out, "alternative", boundary, "");
    put_part(out, "plain", flowed, o->text);
    g_string_append_printf(out, "\r\n--%s\r\n", boundary);
    put_html(out, o, hash);
    g_string_append_printf(out, "\r\n--%s--\r\n", boundary);
}

static void put_body(GString *out, const struct outgoing *o)
{
    guint64 hash = hash_of(o->message_id); /* different for each mail; that it stands in none of the parts is looked at */

    if (o->enclosed->len == 0) {
        put_words(out, o, &hash);
        return;
    }
    g_autofree char *boundary = choose_boundary(o, &hash);
    begin_multipart(out, "mixed", boundary, o->has_8bit ? "Content-Transfer-Encoding: 8bit\r\n" : "");
    put_words(out, o, &hash);
    for (guint i = 0; i < o->enclosed->len; i++) {
        g_string_append_printf(out, "\r\n--%s\r\n", boundary);
        put_entity(out, o->enclosed->pdata[i]);
    }
    g_string_append_printf(out, "\r\n--%s--\r\n", boundary);
}

bool outgoing_compose(const struct outgoing *o, GString *out, bool *needs_utf8_out, struct err *e)
{
    struct checked c = {0};
    bool needs_utf8 = false;
    gsize start = out->len;

    bool is_ok = check(o, &c, &needs_utf8, e) && put_header(out, o, &c, e);
    if (is_ok)
        put_body(out, o);
    else
        g_string_truncate(out, start);
    checked_clear(&c);
    if (needs_utf8_out != NULL)
        *needs_utf8_out = needs_utf8;
    return is_ok;
}
