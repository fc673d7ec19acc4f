/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saying "ready" to whoever started us: systemd (NOTIFY_SOCKET) and `forumpost serve` (a pipe whose descriptor stands in
 * FORUMPOST_READY_FD).
 */
#pragma once

void notify_ready(void);
