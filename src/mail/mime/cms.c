/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See cms.h. Only what lies on the way is read (RFC 5652 sections 3 and 5):
 *
 *     SEQUENCE { OID signedData, [0] { SEQUENCE { INTEGER, SET, SEQUENCE { OID, [0] { OCTET STRING
 *
 * and the string, which may come in pieces. Lengths may be indefinite, as programs write them that do not know the end yet.
 */
#include "mail/mime/cms.h"

#include <stdbool.h>
#include <string.h>

#define TAG_INTEGER       0x02
#define TAG_OCTETS        0x04
#define TAG_OCTETS_PIECES 0x24
#define TAG_OID           0x06
#define TAG_SEQUENCE      0x30
#define TAG_SET           0x31
#define TAG_CONTENT       0xa0
#define MOST_LENGTH_BYTES 4

struct der {
    const guint8 *at, *end;
};

/* One element's beginning; AT is behind it then. */
struct element {
    guint8 tag;
    bool is_indefinite; /* N is what is left then */
    gsize n;
};

static bool read_head(struct der *d, struct element *out)
{
    if (d->end - d->at < 2 || (d->at[0] & 0x1f) == 0x1f)
        return false;
    out->tag = *d->at++;
    guint8 first = *d->at++;
    out->is_indefinite = first == 0x80;
    out->n = first < 0x80 ? first : 0;
    guint n_bytes = first > 0x80 ? first & 0x7f : 0;
    if (n_bytes > MOST_LENGTH_BYTES || (gsize)(d->end - d->at) < n_bytes)
        return false;
    for (; n_bytes > 0; n_bytes--)
        out->n = out->n << 8 | *d->at++;
    gsize left = (gsize)(d->end - d->at);
    if (out->is_indefinite)
        out->n = left;
    return out->n <= left;
}

/* Into the next element, which must have that tag. */
static bool enter(struct der *d, guint8 tag)
{
    struct element e;

    if (!read_head(d, &e) || e.tag != tag)
        return false;
    d->end = d->at + e.n;
    return true;
}

static bool is_end(const struct element *e)
{
    return e->tag == 0 && e->n == 0 && !e->is_indefinite;
}

/* Over the next element, which must have that tag. */
static bool skip(struct der *d, guint8 tag)
{
    struct element e;
    guint n_open = 0;

    if (!read_head(d, &e) || e.tag != tag)
        return false;
    if (!e.is_indefinite) {
        d->at += e.n;
        return true;
    }
    for (n_open = 1; n_open > 0;) {
        if (!read_head(d, &e))
            return false;
        if (is_end(&e))
            n_open--;
        else if (e.is_indefinite)
            n_open++;
        else
            d->at += e.n;
    }
    return true;
}

static bool is_oid(struct der *d, const guint8 *oid, gsize n)
{
    struct element e;

    if (!read_head(d, &e) || e.tag != TAG_OID || e.is_indefinite)
        return false;
    bool is_equal = e.n == n && memcmp(d->at, oid, n) == 0;
    d->at += e.n;
    return is_equal;
}

/* ContentInfo: what kind, and D inside of it. */
static enum cms read_info(struct der *d)
{
    static const struct {
        guint8 oid[11];
        guint8 n;
        enum cms kind;
    } types[] = {
        {{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}, 9, CMS_SIGNED},
        {{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03}, 9, CMS_ENVELOPED},
        {{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06}, 9, CMS_ENVELOPED},              /* encryptedData */
        {{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17}, 11, CMS_ENVELOPED}, /* authEnvelopedData */
    };

    if (!enter(d, TAG_SEQUENCE))
        return CMS_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        struct der at = *d;
        if (is_oid(&at, types[i].oid, types[i].n)) {
            *d = at;
            return types[i].kind;
        }
    }
    return CMS_NONE;
}

static struct der der_of(GBytes *content)
{
    gsize n;
    const guint8 *bytes = g_bytes_get_data(content, &n);

    if (bytes == NULL) /* nothing in it */
        bytes = (const guint8 *)"";
    return (struct der){.at = bytes, .end = bytes + n};
}

enum cms cms_kind(GBytes *content)
{
    struct der d = der_of(content);

    return read_info(&d);
}

/* An octet string in one piece or in many. Constructed ones are transparent: their pieces come one after the other. */
static GByteArray *read_octets(struct der *d)
{
    GByteArray *out = g_byte_array_new();
    struct element e;
    guint n_open = 0;

    while (d->at < d->end && read_head(d, &e)) {
        bool is_first = out->len == 0 && n_open == 0;
        if (e.tag == TAG_OCTETS && !e.is_indefinite) {
            g_byte_array_append(out, d->at, (guint)e.n);
            d->at += e.n;
            if (n_open == 0 && is_first)
                return out;
        } else if (e.tag == TAG_OCTETS_PIECES) {
            if (!e.is_indefinite && is_first)
                d->end = d->at + e.n;
            n_open += e.is_indefinite || is_first ? 1 : 0;
        } else if (is_end(&e) && n_open > 1) {
            n_open--;
        } else {
            break;
        }
    }
    return out;
}

GBytes *cms_signed_content(GBytes *content)
{
    struct der d = der_of(content);

    if (read_info(&d) != CMS_SIGNED || !enter(&d, TAG_CONTENT) || !enter(&d, TAG_SEQUENCE) || !skip(&d, TAG_INTEGER) ||
        !skip(&d, TAG_SET) || !enter(&d, TAG_SEQUENCE) || !skip(&d, TAG_OID) || !enter(&d, TAG_CONTENT))
        return NULL;
    g_autoptr(GByteArray) octets = read_octets(&d);
    return octets->len > 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&octets)) : NULL;
}
