/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must happen once before mail is read. See message.h.
 */
#include "mail/message.h"

#include <gmime/gmime.h>

void mail_init(void)
{
    g_mime_init();
}
