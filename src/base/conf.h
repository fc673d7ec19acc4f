/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a configuration file (sections, `key = value`, `#` comments; GKeyFile's dialect) into a plain struct that a
 * table of settings describes. Strict: an unknown section or key, a key given twice, a missing one and an unfit
 * value are errors that name the file, the line, the key and what to do (ERR_CONFIG; ERR_RIGHTS if the file
 * may not be read). Relative paths mean the folder of the configuration file. Knows no setting by name.
 */
#pragma once

#include "base/conf_endpoint.h"

enum conf_type {
    CONF_TEXT,     /* char *: one line of LOW to HIGH characters */
    CONF_LINES,    /* char *: the same, with \n for further lines */
    CONF_NUMBER,   /* gint64: LOW to HIGH */
    CONF_MODE,     /* gint64: octal file mode, LOW to HIGH */
    CONF_FLAG,     /* bool: yes or no */
    CONF_WORDS,    /* char **: LOW to HIGH words between commas or blanks */
    CONF_CHOICE,   /* gint64: index in CHOICES */
    CONF_PATH,     /* char *: absolute path; "" where LOW is 0 and nothing was given */
    CONF_ENDPOINT, /* struct conf_endpoint: unix:PATH or inet:ADDRESS:PORT; or nothing if FALLBACK is "" */
    CONF_RELAY,    /* char *: the same, or what has :// in it, as it is; "" where LOW is 0 */
};

struct conf_setting {
    const char *section, *key;
    enum conf_type type;
    const char *fallback; /* as it would be written in the file; NULL: must be given */
    gint64 low, high;
    const char *sentence; /* what it means, for people */
    const char *choices;  /* CONF_CHOICE: words between blanks; else NULL */
    gsize offset;         /* of the field in the caller's struct */
};

/* Fills the struct at BASE (all zero before) from PATH. On failure nothing stays in BASE. */
bool conf_load(const char *path, const struct conf_setting *settings, gsize n_settings, void *base, struct err *e);
/* Frees what conf_load() allocated and zeroes the fields. */
void conf_clear(const struct conf_setting *settings, gsize n_settings, void *base);
/* Does the setting have another value in the struct at A than in the one at B, both filled by conf_load()? */
bool conf_differs(const struct conf_setting *setting, const void *a, const void *b);
/* Line of the file (from 1) that gives the key, 0 if none does; for errors that are found later. */
guint conf_line(const char *path, const char *section, const char *key);
/* What a value of the type looks like: "a number from 1 to 20". Caller frees. */
char *conf_expectation(const struct conf_setting *setting);
