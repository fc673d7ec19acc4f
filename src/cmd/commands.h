/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every door, one line each; main.c has the table.
 */
#pragma once

#include "cmd/cmd.h"

cmd_fn cmd_check;
cmd_fn cmd_clock;
cmd_fn cmd_deliver;
cmd_fn cmd_demo;
cmd_fn cmd_digest;
cmd_fn cmd_dispatch;
cmd_fn cmd_event;
cmd_fn cmd_explain;
cmd_fn cmd_forum;
cmd_fn cmd_hold;
cmd_fn cmd_idea;
cmd_fn cmd_init;
cmd_fn cmd_inspect;
cmd_fn cmd_intake;
cmd_fn cmd_member;
cmd_fn cmd_person;
cmd_fn cmd_queue;
cmd_fn cmd_retry;
cmd_fn cmd_serve;
cmd_fn cmd_stats;
