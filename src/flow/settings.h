/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration of one installation as plain data: a typed field for each line of settings.def, named
 * SECTION_KEY. Read once at start-up and handed down; nothing else reads the file.
 */
#pragma once

#include "base/conf.h"
#include "base/limits.h"
#include "forum/office_hours.h"
#include "forum/purpose.h"
#include "wire/way_out.h"

#define SETTINGS_FIELD_TEXT     char *
#define SETTINGS_FIELD_LINES    char *
#define SETTINGS_FIELD_PATH     char *
#define SETTINGS_FIELD_NUMBER   gint64
#define SETTINGS_FIELD_MODE     gint64
#define SETTINGS_FIELD_FLAG     bool
#define SETTINGS_FIELD_WORDS    char **
#define SETTINGS_FIELD_ENDPOINT struct conf_endpoint
#define SETTINGS_FIELD_RELAY    char *

/* [retention] withdrawn */
enum withdrawn { WITHDRAWN_DELETE, WITHDRAWN_KEEP };

/* [dispatch] relay_login */
enum relay_login { RELAY_LOGIN_PASSWORD, RELAY_LOGIN_TOKEN };

/* For example initiative_domain (char *), intake_listen (struct conf_endpoint), dispatch_connections (gint64).
 * Texts are never NULL. What may be left out is already filled in: contact, hello. log_level is an
 * enum log_level. initiative_domain is lower case, IDN as U-labels. */
struct settings {
#define SETTING(section, key, type, fallback, low, high, sentence) SETTINGS_FIELD_##type section##_##key;
#define CHOICE(section, key, choices, fallback, sentence)          gint64 section##_##key;
#include "flow/settings.def"
#undef SETTING
#undef CHOICE
    char *path;                 /* of the file that was read */
    GTimeZone *zone;            /* of initiative_timezone */
    struct office_hours office; /* of moderation_hours and moderation_holidays, in that zone */
};

/* The file that is read if nobody names one. */
#define SETTINGS_DEFAULT_PATH SYSCONFDIR "/forumpost.conf"

/* PATH NULL: SETTINGS_DEFAULT_PATH. SETTINGS_OUT is all zero before and stays so on failure. */
bool settings_load(const char *path, struct settings *settings_out, struct err *e);
void settings_clear(struct settings *settings);
/* Is ADDRESS at the initiative's own domain, where nobody but the gateway reads? */
bool settings_is_own_address(const struct settings *s, const char *address);
/* The way out to RELAY, one of the settings' relays; borrows from S. */
struct way_out_spec settings_way_out(const struct settings *s, const char *relay);
/* Which relay takes mails of STREAM. */
const char *settings_relay_of(const struct settings *s, enum stream stream);
/* The first setting that differs and takes a new start (all but the level of the log); NULL none. */
const struct conf_setting *settings_difference(const struct settings *a, const struct settings *b);
/* The table behind it, for the manual page's test and `forumpost check`, which says what the file gives and what it leaves. */
const struct conf_setting *settings_table(gsize *n_out);

/* `settings_auto struct settings s = {0};` */
#define settings_auto __attribute__((cleanup(settings_clear)))
