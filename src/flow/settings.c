/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of this program: the table for base/conf, and what a table cannot say (a domain must be one, a zone
 * must exist, what is left out follows from something else).
 */
#include "flow/settings.h"

#include "text/colour.h"

#include "wire/relay_url.h"

#include <stddef.h>
#include <string.h>

static const struct conf_setting table[] = {
#define SETTING(section, key, type, fallback, low, high, sentence) \
    {#section, #key, CONF_##type, fallback, low, high, sentence, NULL, offsetof(struct settings, section##_##key)},
#define CHOICE(section, key, choices, fallback, sentence) \
    {#section, #key, CONF_CHOICE, fallback, 0, 0, sentence, choices, offsetof(struct settings, section##_##key)},
#include "flow/settings.def"
#undef SETTING
#undef CHOICE
};

const struct conf_setting *settings_table(gsize *n_out)
{
    *n_out = G_N_ELEMENTS(table);
    return table;
}

static bool refuse(const struct settings *s, const char *section, const char *key, const char *why, struct err *e)
{
    guint line = conf_line(s->path, section, key);

    return line > 0 ? err_set(e, ERR_CONFIG, "%s:%u: [%s] %s: %s", s->path, line, section, key, why)
                    : err_set(e, ERR_CONFIG, "%s: [%s] %s: %s", s->path, section, key, why);
}

static bool is_label(const char *label)
{
    gsize length = strlen(label);

    if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (const char *p = label; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && *p != '-')
            return false;
    return true;
}

/* A name of the DNS with at least two labels, ASCII or IDN; "localhost" is no mail domain. */
static bool is_domain(const char *text)
{
    g_autofree char *ascii = g_hostname_to_ascii(text);

    if (ascii == NULL || strchr(ascii, '.') == NULL)
        return false;
    g_auto(GStrv) labels = g_strsplit(ascii, ".", -1);
    for (char **l = labels; *l != NULL; l++)
        if (!is_label(*l))
            return false;
    return true;
}

static bool is_address(const char *text)
{
    const char *at = strrchr(text, '@');

    if (at == NULL || at == text || strpbrk(text, " \t<>,;\"") != NULL)
        return false;
    return is_domain(at + 1);
}

bool settings_is_own_address(const struct settings *s, const char *address)
{
    const char *at = strrchr(address, '@');
    g_autofree char *given = at != NULL ? g_hostname_to_ascii(at + 1) : NULL;
    g_autofree char *own = g_hostname_to_ascii(s->initiative_domain);

    return given != NULL && own != NULL && g_ascii_strcasecmp(given, own) == 0;
}

/* https://HOST, with a port at most: what the pages link to is a path of that host. Plain http for the host's own machine,
 * where one tries it out. */
static bool is_web_address(const char *text)
{
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);

    if (uri == NULL || g_uri_get_userinfo(uri) != NULL || g_uri_get_query(uri) != NULL || g_uri_get_fragment(uri) != NULL ||
        *g_uri_get_path(uri) != '\0')
        return false;
    const char *host = g_uri_get_host(uri);
    bool is_here = g_strcmp0(host, "localhost") == 0 || g_strcmp0(host, "127.0.0.1") == 0 || g_strcmp0(host, "::1") == 0;
    return strcmp(g_uri_get_scheme(uri), "https") == 0 ? host != NULL && (is_here || is_domain(host))
                                                       : strcmp(g_uri_get_scheme(uri), "http") == 0 && is_here;
}

static bool is_language(const char *word)
{
    gsize length = strlen(word);

    for (const char *p = word; *p != '\0'; p++)
        if (!g_ascii_islower(*p))
            return false;
    return length == 2 || length == 3;
}

/* What follows from other settings where it was left out. */
static void complete(struct settings *s)
{
    g_autofree char *ascii = g_hostname_to_ascii(s->initiative_domain);
    g_autofree char *domain = g_hostname_to_unicode(ascii);
    g_autofree char *lower = g_utf8_strdown(domain, -1);

    g_free(s->initiative_domain);
    s->initiative_domain = g_steal_pointer(&lower);
    if (*s->initiative_contact == '\0') {
        g_free(s->initiative_contact);
        s->initiative_contact = g_strconcat("postmaster@", s->initiative_domain, NULL);
    }
    if (*s->dispatch_hello == '\0') {
        g_free(s->dispatch_hello);
        s->dispatch_hello = g_steal_pointer(&ascii);
    }
}

/* A provider's relay: can its URL be read, and is there what it needs? The secret itself is looked at by `check` and when
 * it is used. */
static bool examine_relay(const struct settings *s, const char *key, const char *relay, const char *secret_file, struct err *e)
{
    struct relay_url url;
    err_auto struct err why = {0};

    if (!relay_url_is(relay))
        return true;
    if (!relay_url_parse(relay, &url, &why))
        return refuse(s, "dispatch", key, why.text, e);
    bool lacks_secret = url.user != NULL && *secret_file == '\0';
    relay_url_clear(&url);
    return !lacks_secret || refuse(s, "dispatch", key, "who logs in needs relay_password_file", e);
}

/* An address that is told what happens: https, or http to this machine. */
static bool is_receiver(const char *text)
{
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;

    if (host == NULL || *host == '\0' || g_uri_get_userinfo(uri) != NULL || g_uri_get_fragment(uri) != NULL)
        return false;
    bool is_here = strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0;
    return strcmp(g_uri_get_scheme(uri), "https") == 0 || (strcmp(g_uri_get_scheme(uri), "http") == 0 && is_here);
}

static bool examine_news(const struct settings *s, struct err *e)
{
    if (*s->news_mastodon != '\0' && !is_web_address(s->news_mastodon))
        return refuse(s, "news", "mastodon",
                      "write https:// and the server's name such as https://social.example.org, nothing behind it", e);
    if (*s->news_mastodon != '\0' && *s->news_token_file == '\0')
        return refuse(s, "news", "mastodon", "who writes there needs token_file", e);
    if (*s->news_webhook != '\0' && !is_receiver(s->news_webhook))
        return refuse(s, "news", "webhook", "write an address such as https://example.org/hook", e);
    if (*s->news_webhook != '\0' && *s->news_secret_file == '\0')
        return refuse(s, "news", "webhook", "what is sent there is signed, which needs secret_file", e);
    if ((*s->news_mastodon != '\0' || *s->news_webhook != '\0') && *s->web_url == '\0')
        return refuse(s, "news", *s->news_mastodon != '\0' ? "mastodon" : "webhook",
                      "news lead to the pages: [web] url must be set", e);
    return true;
}

static bool examine_moderation(struct settings *s, struct err *e)
{
    if (!office_hours_parse(s->moderation_hours, &s->office))
        return refuse(s, "moderation", "hours", "write days and hours such as Mo-Fr 8-17 or Mo-Do 8-16:30, Fr 8-13", e);
    s->office.zone = s->zone;
    for (char **day = s->moderation_holidays; *day != NULL; day++)
        if (!office_hours_add_holiday(&s->office, *day))
            return refuse(s, "moderation", "holidays", "write days such as 2026-12-25, 2026-12-26", e);
    return true;
}

static bool examine(struct settings *s, struct err *e)
{
    if (!is_domain(s->initiative_domain))
        return refuse(s, "initiative", "domain", "write a mail domain such as beteiligung.example.org", e);
    if (*s->initiative_contact != '\0' && !is_address(s->initiative_contact))
        return refuse(s, "initiative", "contact", "write one mail address such as office@example.org", e);
    if (*s->initiative_data_protection != '\0' &&
        (!is_address(s->initiative_data_protection) || settings_is_own_address(s, s->initiative_data_protection)))
        return refuse(
            s, "initiative", "data_protection",
            "write one mail address such as dpo@example.org, not at the initiative's own domain: its mail comes to the gateway",
            e);
    if (*s->dispatch_csa_complaints != '\0' && !is_address(s->dispatch_csa_complaints))
        return refuse(s, "dispatch", "csa_complaints", "write one mail address such as csa-complaints@eco.de", e);
    if (*s->dispatch_hello != '\0' && !is_domain(s->dispatch_hello))
        return refuse(s, "dispatch", "hello", "write a host's full name such as mail.example.org", e);
    if (!examine_relay(s, "relay", s->dispatch_relay, s->dispatch_relay_password_file, e) ||
        !examine_relay(s, "forum_relay", s->dispatch_forum_relay, s->dispatch_relay_password_file, e) ||
        !examine_relay(s, "bulk_relay", s->dispatch_bulk_relay, s->dispatch_relay_password_file, e))
        return false;
    for (char **l = s->initiative_languages; *l != NULL; l++)
        if (!is_language(*l))
            return refuse(s, "initiative", "languages", "write language codes of two or three letters such as de, en", e);
    struct colours colours;
    if (!colours_of(s->page_accent, &colours))
        return refuse(s, "page", "accent", "write a dark colour such as #0b5563: text in it must be easy to read on white, 7:1",
                      e);
    s->zone = g_time_zone_new_identifier(s->initiative_timezone);
    if (s->zone == NULL)
        return refuse(s, "initiative", "timezone", "there is no such zone; write a name of the tz database such as Europe/Berlin",
                      e);
    if (*s->web_url != '\0' && !is_web_address(s->web_url))
        return refuse(s, "web", "url",
                      "write https:// and a host's full name such as https://beteiligung.example.org, nothing behind it", e);
    if (!examine_news(s, e) || !examine_moderation(s, e))
        return false;
    if (s->intake_listen.path == NULL && s->intake_listen.port == 25)
        return refuse(s, "intake", "listen", "LMTP must not be spoken on port 25 (RFC 2033); take a unix socket or another port",
                      e);
    return true;
}

bool settings_load(const char *path, struct settings *settings_out, struct err *e)
{
    settings_out->path = g_strdup(path != NULL ? path : SETTINGS_DEFAULT_PATH);
    if (conf_load(settings_out->path, table, G_N_ELEMENTS(table), settings_out, e) && examine(settings_out, e)) {
        complete(settings_out);
        return true;
    }
    settings_clear(settings_out);
    return false;
}

const char *settings_relay_of(const struct settings *s, enum stream stream)
{
    if (stream == STREAM_BULK && *s->dispatch_bulk_relay != '\0')
        return s->dispatch_bulk_relay;
    return stream != STREAM_TRANSACTIONAL && *s->dispatch_forum_relay != '\0' ? s->dispatch_forum_relay : s->dispatch_relay;
}

struct way_out_spec settings_way_out(const struct settings *s, const char *relay)
{
    return (struct way_out_spec){.relay = relay,
                                 .name = s->dispatch_hello,
                                 .n_most = (guint)s->dispatch_connections,
                                 .secret_file = s->dispatch_relay_password_file,
                                 .is_token = s->dispatch_relay_login == RELAY_LOGIN_TOKEN,
                                 .ca_file = s->dispatch_relay_ca_file};
}

const struct conf_setting *settings_difference(const struct settings *a, const struct settings *b)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].offset != offsetof(struct settings, log_level) && conf_differs(&table[i], a, b))
            return &table[i];
    return NULL;
}

void settings_clear(struct settings *settings)
{
    conf_clear(table, G_N_ELEMENTS(table), settings);
    g_clear_pointer(&settings->path, g_free);
    office_hours_clear(&settings->office);
    g_clear_pointer(&settings->zone, g_time_zone_unref);
}
