/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message: making, freeing, its GVariant form. See message.h.
 */
#include "mail/message.h"

static const char *const kind_names[N_KINDS] = {
    [KIND_HUMAN] = "human",         [KIND_BOUNCE] = "bounce",       [KIND_DELAY] = "delay",
    [KIND_DELIVERED] = "delivered", [KIND_COMPLAINT] = "complaint", [KIND_AUTO_REPLY] = "auto-reply",
    [KIND_RECEIPT] = "receipt",     [KIND_CALENDAR] = "calendar",   [KIND_BULK] = "bulk",
    [KIND_COMMAND] = "command",     [KIND_ENCRYPTED] = "encrypted", [KIND_EMPTY] = "empty",
};

const char *message_kind_name(enum message_kind kind)
{
    return kind_names[kind];
}
