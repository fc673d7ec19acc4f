/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of deeds; see deed.h.
 */
#include "flow/deed/deed.h"

#include "flow/deed/deeds.inc" /* the file of each row, so that none can be forgotten */

#define DEED(id, name, what) [ACTION_##id] = deed_##name,
static bool (*const deeds[])(struct deed *d, struct err *e) = {
#include "forum/deed.def"
};
#undef DEED

bool deed_do(struct deed *d, struct err *e)
{
    return deeds[d->decision->action](d, e);
}
