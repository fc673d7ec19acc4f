/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving way to the others.
 */
#pragma once

#define PRIORITY_NICE 10

/* This process, and the threads and processes that it makes from now on, take the processor and, where Linux has it, the disk after
 * those who serve people. Who was started with a lower priority keeps it; failing is no harm. Before the first thread. */
void priority_give_way(void);
