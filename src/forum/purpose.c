/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of mails; see purpose.h.
 */
#include "forum/purpose.h"

#include <stddef.h>

#define PURPOSE(id, text, ...) [PURPOSE_##id] = {.word = text, __VA_ARGS__},
static const struct purpose_row rows[N_PURPOSES] = {
    [PURPOSE_NONE] = {.word = "none", .about = ABOUT_NOTHING},
#include "forum/purpose.def"
};
#undef PURPOSE

#define PURPOSE(id, text, ...) [PURPOSE_##id] = text,
const char *const purpose_names[N_PURPOSES + 1] = {
    [PURPOSE_NONE] = "none",
#include "forum/purpose.def"
};
#undef PURPOSE

const struct purpose_row *purpose_row(enum purpose p)
{
    return &rows[p];
}

const char *purpose_name(enum purpose p)
{
    return rows[p].word;
}
