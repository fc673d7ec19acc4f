/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one row about this database: signing key and instance name. Made by init.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct installation *installation_get(struct db *db, struct err *e);               /* freed with installation_free */
bool installation_put(struct db *db, const struct installation *i, struct err *e); /* once */
void installation_free(struct installation *i);
