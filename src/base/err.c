/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of a failure and the table of its fates; see err.h.
 */
#include "base/err.h"

#include <stdarg.h>
#include <sysexits.h>

static const struct fate {
    int exit_code;
    const char *lmtp;
} fates[] = {
    [ERR_NONE] = {0, "250 2.0.0 Ok"},
    [ERR_LATER] = {EX_TEMPFAIL, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_RATE] = {EX_TEMPFAIL, "451 4.7.1 Too much mail from senders that nothing proves, please try again later"},
    [ERR_SPACE] = {EX_TEMPFAIL, "452 4.3.1 Not enough room on the disk, please try again later"},
    [ERR_SENDER] = {EX_NOUSER, "550 5.1.1 Not accepted"},
    [ERR_INPUT] = {EX_USAGE, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_VALUE] = {EX_DATAERR, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_CONFIG] = {EX_CONFIG, "451 4.3.5 Not configured correctly, please try again later"},
    [ERR_RIGHTS] = {EX_NOPERM, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_RULE] = {EX_NOPERM, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_ABSENT] = {EX_NOINPUT, "451 4.3.0 Temporary failure, please try again later"},
    [ERR_OURS] = {EX_SOFTWARE, "451 4.3.0 Internal failure, please try again later"},
};

bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
    va_list args;

    if (e == NULL || e->kind != ERR_NONE)
        return false;
    va_start(args, format);
    e->kind = kind;
    e->text = g_strdup_vprintf(format, args);
    va_end(args);
    return false;
}

bool err_prefix(struct err *e, const char *format, ...)
{
    va_list args;

    if (e == NULL || e->kind == ERR_NONE)
        return false;
    va_start(args, format);
    g_autofree char *context = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *old = e->text;
    e->text = g_strdup_printf("%s: %s", context, old);
    return false;
}

bool err_take_gerror(struct err *e, enum err_kind kind, GError *error)
{
    g_autoptr(GError) owned = error;

    return err_set(e, kind, "%s", owned != NULL ? owned->message : "unknown failure");
}

void err_clear(struct err *e)
{
    g_clear_pointer(&e->text, g_free);
    e->kind = ERR_NONE;
}

int err_exit_code(enum err_kind kind)
{
    return fates[kind].exit_code;
}

const char *err_lmtp_reply(enum err_kind kind)
{
    return fates[kind].lmtp;
}
