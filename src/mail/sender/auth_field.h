/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One Authentication-Results field (RFC 8601 2.2), read strictly: what does not parse gives nothing at all. Wider than the
 * letter in two points that leave no doubt where a word ends: an unquoted value may hold : / [ ] ? = (addresses of IPv6 and
 * base64 come bare), and a reason may stand behind properties. Stricter in one: an authserv-id with a quoted pair in
 * it is none, so that a mail server can take away fields with our id by the looks of it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct auth_finding {                                   /* "dmarc=pass header.from=example.org" */
    char *method, *result;                              /* lower case */
    bool is_known_version;                              /* method version 1, or none given */
    bool is_torn;                                       /* one of the properties below stands there twice and differs */
    char *header_from, *header_d, *header_i, *mailfrom; /* what stands behind "@", or all; NULL not given, "" empty */
};

/* RAW unfolded. False if it does not parse, or is of a version that we do not know. On true *ID_OUT is the authserv-id
 * (never empty; caller frees) and struct auth_finding were added to FINDINGS, none for "none". */
bool auth_field_read(const char *raw, char **id_out, GPtrArray *findings);
void auth_finding_free(struct auth_finding *f);
