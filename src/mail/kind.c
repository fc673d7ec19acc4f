/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See kind.h.
 */
#include "mail/kind.h"

void kind_decide(struct message *m, const struct entity *root)
{
    (void)root;
    m->kind = KIND_HUMAN;
}
