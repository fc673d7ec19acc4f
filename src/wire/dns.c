/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The resolver library; see dns.h.
 */
#include "wire/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

#define ANSWER_BYTES 65535
#define WAIT_S       2
#define TRIES        2

struct dns {
    struct __res_state state;
};

static bool use_server(struct dns *d, const char *server, struct err *e)
{
    g_auto(GStrv) parts = g_strsplit(server, ":", 2);
    guint64 port = NS_DEFAULTPORT;
    struct sockaddr_in *at = &d->state.nsaddr_list[0];

    *at = (struct sockaddr_in){.sin_family = AF_INET};
    if (inet_pton(AF_INET, parts[0], &at->sin_addr) != 1 ||
        (parts[1] != NULL && !g_ascii_string_to_unsigned(parts[1], 10, 1, G_MAXUINT16, &port, NULL)))
        return err_set(e, ERR_VALUE, "'%s' is no name server; write ADDRESS or ADDRESS:PORT, such as 9.9.9.9", server);
    at->sin_port = htons((guint16)port);
    d->state.nscount = 1;
    return true;
}

struct dns *dns_new(const char *server, struct err *e)
{
    struct dns *d = g_new0(struct dns, 1);

    if (res_ninit(&d->state) != 0) {
        g_free(d);
        err_set(e, ERR_LATER, "the system's resolver cannot be readied");
        return NULL;
    }
    d->state.retrans = WAIT_S;
    d->state.retry = TRIES;
    d->state.options &= ~(gulong)(RES_DNSRCH | RES_DEFNAMES);
    if (server == NULL || use_server(d, server, e))
        return d;
    dns_free(d);
    return NULL;
}

void dns_free(struct dns *d)
{
    if (d == NULL)
        return;
    res_nclose(&d->state);
    g_free(d);
}

static char *name_at(const ns_msg *message, const guint8 *at)
{
    char name[NS_MAXDNAME];

    if (dn_expand(ns_msg_base(*message), ns_msg_end(*message), at, name, sizeof name) < 0)
        return NULL;
    return g_ascii_strdown(name, -1);
}

static char *text_of(const guint8 *data, gsize n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (gsize at = 0; at < n && at + 1 + data[at] <= n; at += 1 + (gsize)data[at])
        g_string_append_len(text, (const char *)data + at + 1, data[at]);
    return g_utf8_make_valid(text->str, -1);
}

static char *address_of(int family, const guint8 *data)
{
    char text[INET6_ADDRSTRLEN];

    return g_strdup(inet_ntop(family, data, text, sizeof text));
}

/* NULL for a record that is not what it says it is. */
static char *answer_of(const ns_msg *message, const ns_rr *record, enum dns_type type)
{
    const guint8 *data = ns_rr_rdata(*record);
    gsize n = ns_rr_rdlen(*record);
    g_autofree char *host = NULL;

    switch (type) {
    case DNS_A:
        return n == 4 ? address_of(AF_INET, data) : NULL;
    case DNS_AAAA:
        return n == 16 ? address_of(AF_INET6, data) : NULL;
    case DNS_MX:
        host = n > 2 ? name_at(message, data + 2) : NULL;
        return host != NULL ? g_strdup_printf("%u %s", data[0] << 8 | data[1], host) : NULL;
    case DNS_TXT:
        return text_of(data, n);
    case DNS_PTR:
        return name_at(message, data);
    }
    return NULL;
}

static enum dns_outcome read_answers(const guint8 *answer, int n, int wanted, enum dns_type type, GPtrArray *answers_out)
{
    ns_msg message;
    ns_rr record;
    enum dns_outcome outcome = DNS_NONE;

    if (ns_initparse(answer, n, &message) != 0)
        return DNS_SILENT;
    for (int i = 0; i < ns_msg_count(message, ns_s_an); i++) {
        if (ns_parserr(&message, ns_s_an, i, &record) != 0 || (int)ns_rr_type(record) != wanted)
            continue;
        char *text = answer_of(&message, &record, type);
        if (text == NULL)
            continue;
        g_ptr_array_add(answers_out, text);
        outcome = DNS_FOUND;
    }
    return outcome;
}

enum dns_outcome dns_ask(struct dns *d, const char *name, enum dns_type type, GPtrArray *answers_out)
{
    static const ns_type types[] =
        {[DNS_A] = ns_t_a, [DNS_AAAA] = ns_t_aaaa, [DNS_MX] = ns_t_mx, [DNS_TXT] = ns_t_txt, [DNS_PTR] = ns_t_ptr};
    g_autofree char *ascii = g_hostname_to_ascii(name);
    g_autofree guint8 *answer = g_malloc(ANSWER_BYTES);
    int n = res_nquery(&d->state, ascii != NULL ? ascii : name, ns_c_in, (int)types[type], answer, ANSWER_BYTES);

    if (n >= 0)
        return read_answers(answer, MIN(n, ANSWER_BYTES), (int)types[type], type, answers_out);
    return d->state.res_h_errno == HOST_NOT_FOUND || d->state.res_h_errno == NO_DATA ? DNS_NONE : DNS_SILENT;
}

char *dns_reverse_name(const char *address)
{
    guint8 bytes[16];
    g_autoptr(GString) name = g_string_new(NULL);

    if (inet_pton(AF_INET, address, bytes) == 1)
        return g_strdup_printf("%u.%u.%u.%u.in-addr.arpa", bytes[3], bytes[2], bytes[1], bytes[0]);
    if (inet_pton(AF_INET6, address, bytes) != 1)
        return NULL;
    for (int i = 15; i >= 0; i--)
        g_string_append_printf(name, "%x.%x.", bytes[i] & 15, bytes[i] >> 4);
    return g_strconcat(name->str, "ip6.arpa", NULL);
}
