/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See unsaid.h.
 */
#include "forum/unsaid.h"

#include "forum/redact.h"

#include <glib.h>

const char *unsaid_mark(enum unsaid_mark why, const char *language)
{
    bool is_german = language == NULL || g_str_has_prefix(language, "de");

    switch (why) {
    case UNSAID_WISH:
        return is_german ? "[auf Wunsch entfernt]" : "[removed on request]";
    case UNSAID_REMOVED:
        return is_german ? "[entfernt]" : "[removed]";
    case UNSAID_REDACTED:
        return redaction_mark(language);
    }
    return "";
}
