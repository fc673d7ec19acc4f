/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check, the part that looks at the net: what others find out about us before they take our mail, and whether ours
 * can come in at all. MX, SPF, DKIM, DMARC, the name of the host that sends, the imprint, the clock. Each complaint says which
 * record or line to write. Where nobody answers, that is said and nothing more is asked.
 */
#include "base/clock.h"
#include "cmd/check.h"
#include "wire/dns.h"
#include "wire/fetch.h"
#include "wire/relay_url.h"

#include <string.h>
#include <sys/timex.h>

#define CLOCK_OFF_S 60

struct net {
    struct check *c;
    struct dns *dns;
    const char *domain;
};

static GPtrArray *ask(struct net *n, const char *name, enum dns_type type)
{
    GPtrArray *answers = g_ptr_array_new_with_free_func(g_free);

    (void)dns_ask(n->dns, name, type, answers);
    return answers;
}

static void say(struct net *n, bool is_good, const char *aspect, const char *format, ...) G_GNUC_PRINTF(4, 5);
static void say(struct net *n, bool is_good, const char *aspect, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);

    if (is_good)
        check_say(n->c, OUTCOME_OK, aspect, text);
    else
        check_bad(n->c, aspect, ERR_CONFIG, text);
}

/* --- can mail come in --- */

static bool has_address(struct net *n, const char *host)
{
    g_autoptr(GPtrArray) four = ask(n, host, DNS_A), six = ask(n, host, DNS_AAAA);

    return four->len + six->len > 0;
}

static void check_mx(struct net *n)
{
    g_autoptr(GPtrArray) all = ask(n, n->domain, DNS_MX);

    if (all->len == 0)
        say(n, false, "mx",
            "%s has no MX record, so no mail for it gets here; write into its zone: %s. IN MX 10 HOST. with the host "
            "name of your mail server",
            n->domain, n->domain);
    for (guint i = 0; i < all->len; i++) {
        const char *host = strchr(all->pdata[i], ' ') + 1;
        if (*host == '\0')
            say(n, false, "mx", "%s says that it takes no mail (\"MX 0 .\", RFC 7505); name your mail server there instead",
                n->domain);
        else if (!has_address(n, host))
            say(n, false, "mx", "mail for %s goes to %s, which has no address; give it an A record", n->domain, host);
        else
            say(n, true, "mx", "mail for %s goes to %s", n->domain, host);
    }
}

/* --- will ours be believed --- */

/* The TXT records of NAME that begin with VERSION. */
static GPtrArray *records(struct net *n, const char *name, const char *version)
{
    g_autoptr(GPtrArray) all = ask(n, name, DNS_TXT);
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < all->len; i++)
        if (g_ascii_strncasecmp(all->pdata[i], version, strlen(version)) == 0)
            g_ptr_array_add(found, g_strdup(all->pdata[i]));
    return found;
}

static void check_spf(struct net *n)
{
    g_autoptr(GPtrArray) all = records(n, n->domain, "v=spf1");
    const char *first = all->len > 0 ? all->pdata[0] : "";

    if (all->len == 0)
        say(n, false, "spf",
            "%s does not say which hosts may send its mail, so many will not take it; write into its zone: %s. IN TXT "
            "\"v=spf1 mx -all\" (or, where a provider sends for you, what they tell you)",
            n->domain, n->domain);
    else if (all->len > 1)
        say(n, false, "spf", "%s has %u SPF records, and then none counts (RFC 7208 4.5); leave one", n->domain, all->len);
    else if (strstr(first, "+all") != NULL || g_str_has_suffix(first, " all"))
        say(n, false, "spf", "%s lets everybody send its mail (\"%s\"); end the record with -all", n->domain, first);
    else
        say(n, true, "spf", "%s", first);
}

/* The value of TAG in "a=1; b=2"; NULL if it is not there. Caller frees. */
static char *tag_of(const char *record, const char *tag)
{
    g_auto(GStrv) parts = g_strsplit(record, ";", -1);

    for (char **part = parts; *part != NULL; part++) {
        char *equals = strchr(*part, '=');
        if (equals == NULL)
            continue;
        *equals = '\0';
        if (g_ascii_strcasecmp(g_strstrip(*part), tag) == 0)
            return g_strstrip(g_strdup(equals + 1));
    }
    return NULL;
}

static void check_dkim(struct net *n)
{
    const char *selector = n->c->settings.dispatch_dkim_selector;

    if (*selector == '\0') {
        check_say(n->c, OUTCOME_NOTE, "dkim",
                  "[dispatch] dkim_selector is empty, so the key of your signatures is not looked for; write "
                  "there the selector that your mail server signs with (doc/postfix.md)");
        return;
    }
    g_autofree char *name = g_strdup_printf("%s._domainkey.%s", selector, n->domain);
    g_autoptr(GPtrArray) all = ask(n, name, DNS_TXT);
    g_autofree char *key = all->len > 0 ? tag_of(all->pdata[0], "p") : NULL,
                    *flags = all->len > 0 ? tag_of(all->pdata[0], "t") : NULL;
    if (all->len == 0)
        say(n, false, "dkim",
            "there is no key at %s, so no signature of ours can be checked; publish the one that your signer made there", name);
    else if (key == NULL || *key == '\0')
        say(n, false, "dkim", "the key at %s was taken back (p= is empty); publish the one that your signer uses", name);
    else if (flags != NULL && strchr(flags, 'y') != NULL)
        check_say(n->c, OUTCOME_NOTE, "dkim", "the key says that it is only a test (t=y); take that out once signatures pass");
    else
        say(n, true, "dkim", "there is a key at %s", name);
}

/* The domain's own record, or that of a domain above it (RFC 9989: the tree is walked). */
static char *find_dmarc(struct net *n, char **where_out)
{
    for (const char *domain = n->domain; domain != NULL && strchr(domain, '.') != NULL; domain = strchr(domain, '.') + 1) {
        g_autofree char *name = g_strconcat("_dmarc.", domain, NULL);
        g_autoptr(GPtrArray) all = records(n, name, "v=DMARC1");
        if (all->len == 0)
            continue;
        *where_out = g_steal_pointer(&name);
        return g_strdup(all->pdata[0]);
    }
    return NULL;
}

static void check_dmarc(struct net *n)
{
    g_autofree char *where = NULL;
    g_autofree char *record = find_dmarc(n, &where);
    g_autofree char *policy = record != NULL ? tag_of(record, "p") : NULL;

    if (record == NULL)
        say(n, false, "dmarc",
            "%s has no DMARC record, and large providers take no mail to many without one; write into its zone: _dmarc.%s. "
            "IN TXT \"v=DMARC1; p=none; rua=mailto:%s\"",
            n->domain, n->domain, n->c->settings.initiative_contact);
    else if (g_strcmp0(policy, "none") == 0)
        check_say(n->c, OUTCOME_NOTE, "dmarc",
                  "p=none: others may still write in our name; once SPF and DKIM pass, make it p=quarantine");
    else
        say(n, true, "dmarc", "%s: %s", where, record);
}

/* --- who sends --- */

static bool is_named(struct net *n, const char *address, const char *host)
{
    g_autofree char *reverse = dns_reverse_name(address);
    g_autoptr(GPtrArray) names = ask(n, reverse, DNS_PTR);

    for (guint i = 0; i < names->len; i++)
        if (g_ascii_strcasecmp(names->pdata[i], host) == 0)
            return true;
    return false;
}

/* Forwards and back: the name has an address, and the address has that name. */
static void check_host(struct net *n)
{
    const struct check *c = n->c;
    const char *host = *c->settings.dispatch_public_host != '\0' ? c->settings.dispatch_public_host : c->relay_name;

    if (host == NULL) {
        check_say(n->c, OUTCOME_NOTE, "host",
                  relay_url_is(c->settings.dispatch_relay)
                      ? "a provider sends for us: name and address of its hosts are its matter"
                      : "the mail server does not say its name; write it into [dispatch] public_host to have it looked at");
        return;
    }
    if (strchr(host, '.') == NULL) {
        say(n, false, "host", "the mail server calls itself %s, which is no full name; give it one (Postfix: myhostname)", host);
        return;
    }
    g_autoptr(GPtrArray) addresses = ask(n, host, DNS_A), six = ask(n, host, DNS_AAAA);
    g_ptr_array_extend_and_steal(addresses, g_steal_pointer(&six));
    if (addresses->len == 0)
        say(n, false, "host",
            "the mail server calls itself %s, and that name has no address; give it an A record, or tell the mail server its "
            "real name (Postfix: myhostname)",
            host);
    for (guint i = 0; i < addresses->len; i++) {
        const char *address = addresses->pdata[i];
        if (is_named(n, address, host))
            say(n, true, "host", "%s is %s, forwards and back", host, address);
        else
            say(n, false, "host",
                "%s is %s, but that address does not have this name (PTR), and many take no mail then; who gave you the "
                "address can set it to %s",
                host, address, host);
    }
}

/* --- page and clock --- */

static void check_page(struct net *n, const char *aspect, const char *url, gint64 *date_out)
{
    err_auto struct err e = {0};
    long status = 0;

    if (!fetch_look(url, &status, date_out, &e))
        say(n, false, aspect, "%s cannot be reached: %s; some providers (T-Online) look there before they take mail", url,
            e.text);
    else if (status >= 400)
        say(n, false, aspect, "%s answers %ld; some providers (T-Online) look there before they take mail", url, status);
    else
        say(n, true, aspect, "%s can be reached", url);
}

static bool is_url(const char *text)
{
    return g_str_has_prefix(text, "http://") || g_str_has_prefix(text, "https://");
}

/* Mail from the future or the past looks forged, and tokens and digests go by the clock. */
static void check_clock(struct net *n, gint64 date)
{
    struct timex state = {0};
    gint64 off = date != 0 ? clock_now() - date : 0;

    if (ABS(off) > CLOCK_OFF_S)
        say(n, false, "clock",
            "this machine's clock is %" G_GINT64_FORMAT " seconds %s; let it be set by the network (systemd-timesyncd, chrony)",
            ABS(off), off > 0 ? "ahead" : "behind");
    else if (adjtimex(&state) == TIME_ERROR || (state.status & STA_UNSYNC) != 0)
        check_say(n->c, OUTCOME_NOTE, "clock",
                  "nothing keeps this machine's clock right; let it be set by the network (systemd-timesyncd, chrony)");
    else
        say(n, true, "clock", "it is kept right");
}

/* --- all of it --- */

/* Names that are nobody's (RFC 2606, RFC 6761): of a demo or a test. */
static bool is_reserved(const char *domain)
{
    static const char *const ends[] = {".example", ".test",        ".invalid",     ".localhost",
                                       ".local",   ".example.org", ".example.com", ".example.net"};
    g_autofree char *dotted = g_strconcat(".", domain, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(dotted, ends[i]))
            return true;
    return false;
}

static bool is_online(struct net *n)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(g_free);

    if (dns_ask(n->dns, n->domain, DNS_MX, answers) != DNS_SILENT)
        return true;
    check_say(n->c, OUTCOME_NOTE, "net",
              "no name server answers, so MX, SPF, DKIM, DMARC, the host's name, page and clock were not looked at; "
              "try again when there is a network");
    return false;
}

void check_net(struct check *c, const char *server)
{
    err_auto struct err e = {0};
    struct net n = {.c = c, .domain = c->settings.initiative_domain};
    gint64 date = 0;

    if (server == NULL && is_reserved(n.domain)) {
        check_say(c, OUTCOME_NOTE, "net",
                  "the domain is one for examples and tests: MX, SPF, DKIM, DMARC, host name and page were not looked at");
        return;
    }
    n.dns = dns_new(server, &e);
    if (n.dns == NULL) {
        check_bad(c, "net", e.kind, e.text);
        return;
    }
    if (is_online(&n)) {
        check_mx(&n);
        check_spf(&n);
        check_dkim(&n);
        check_dmarc(&n);
        check_host(&n);
        if (is_url(c->settings.initiative_imprint))
            check_page(&n, "imprint", c->settings.initiative_imprint, &date);
        if (is_url(c->settings.web_url))
            check_page(&n, "page", c->settings.web_url, &date);
        check_clock(&n, date);
    }
    dns_free(n.dns);
}
