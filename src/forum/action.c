/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names; see action.h.
 */
#include "forum/action.h"

const char *trust_name(enum trust t)
{
    static const char *const names[] = {"T0", "T1", "T2", "T3", "T4"};

    return names[t];
}
