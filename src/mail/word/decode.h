/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decoders of what mail wraps its text into. All take any bytes, run in linear time and never lose what they
 * do not understand: a thing that is no encoding is kept as it stands.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Base64 (RFC 2045 6.8) as mail has it: junk between the digits is skipped, padding may stand in the middle
 * (several encoded pieces joined) or be missing at the end. *BROKEN_OUT is set to true if any of that was
 * met. */
GBytes *decode_base64(const char *in, gsize n, bool *broken_out);
/* Quoted-printable (RFC 2045 6.7); "=" that starts no code stays. */
GBytes *decode_qp(const char *in, gsize n, bool *broken_out);
/* Unstructured header text (RFC 2047) to clean UTF-8 on one line. Bytes of adjacent words are joined before
 * their charset is read, so a character may be split over two words. *BROKEN_OUT (may be NULL) is set to true
 * for raw bytes that are not UTF-8 and for wrong charsets. Caller frees. */
char *decode_words(const char *raw, gsize n, bool *broken_out);
/* RFC 3676: joins flowed lines (LF ends), drops space-stuffing, keeps quote marks at the start of joined
 * quoted lines. Caller frees. */
char *decode_flowed(const char *text, bool is_delsp);
