/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * S/MIME content (application/pkcs7-mime): what kind it is, and what is inside if it is only signed (RFC 5652, in DER or BER). No
 * signature is checked: the mail server says who wrote the mail. Pure, linear, no recursion.
 */
#pragma once

#include <glib.h>

enum cms { CMS_NONE, CMS_SIGNED, CMS_ENVELOPED };
enum cms cms_kind(GBytes *content);
/* The signed MIME entity; NULL if CONTENT is nothing of that kind or broken. At most as long as CONTENT. */
GBytes *cms_signed_content(GBytes *content);
