/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sits at the command line, as the journal names them.
 */
#pragma once

/* "operator LOGIN", "operator LOGIN as USER" where one became another (sudo, doas). Caller frees. */
char *actor_name(void);
