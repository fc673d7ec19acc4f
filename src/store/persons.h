/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * People and their addresses. Addresses are looked up in lower case; what we write to is kept as written.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* What an address is looked up by: lower case, the domain as U-labels. Caller frees. */
char *persons_key(const char *written);
struct person *persons_by_address(struct db *db, const char *lower, struct err *e);
struct person *persons_by_id(struct db *db, row_id id, struct err *e);
/* Who wrote something, as it is shown there. */
struct voice {
    row_id id;
    const char *public_name; /* NULL: without name, or gone */
    bool is_member;          /* or lead, of FORUM, now */
};
void voice_free(struct voice *v);
struct voice *persons_voice(struct db *db, row_id person, row_id forum, struct err *e);
/* Whose name PERSON's must not be mistaken for: who has published in IDEA (0: a new one) or in any discussion in which they have, for
 * a name stands beside all of their texts, and staff of any forum; all have a
 * public name. struct person. */
GPtrArray *persons_staff(struct db *db, struct err *e); /* of any forum, with a public name or without; id and name alone */
GPtrArray *persons_beside(struct db *db, row_id person, row_id idea, struct err *e);
GPtrArray *persons_all(struct db *db, struct err *e); /* struct person; without those who were erased */
/* A new person with one address; p->address is as written (kept), its lower case is the key. */
bool persons_add(struct db *db, const struct person *p, gint64 now, row_id *id_out, struct err *e);
bool persons_update(struct db *db, const struct person *p, struct err *e); /* name, language, confirmed, digest times */
bool persons_add_address(struct db *db, row_id person, const char *written, struct err *e);
/* All as written, the one that we write to first (char *). */
GPtrArray *persons_addresses(struct db *db, row_id person, struct err *e);
GArray *persons_follows(struct db *db, row_id person, struct err *e); /* ids of ideas */
/* Name, language, addresses, memberships and what they follow go; the row stays with time and reason. */
bool persons_erase(struct db *db, row_id person, const char *reason, gint64 now, struct err *e);
/* What notices say of the person (0: nobody) or the address (as persons_key()); those that wait are dropped. */
bool persons_erase_notices(struct db *db, row_id person, const char *address, struct err *e);
