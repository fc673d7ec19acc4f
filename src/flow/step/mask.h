/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of foreign servers and programs without the addresses in them.
 */
#pragma once

/* TEXT with "..." in place of every word that has an @ in it. Caller frees. */
char *mask_addresses(const char *text);
