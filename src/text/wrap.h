/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain text that goes out. A master text has one logical line for each paragraph or list item and LF between them;
 * templates mark headings and the footer in it by control characters that no value can hold. From one master come
 * both parts of a mail: text/plain with format=flowed (RFC 3676) and accessible HTML, with the same words.
 * Pure; linear time; needs no locale.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define MARK_HEADING    '\001' /* first character of a line: a heading of the mail */
#define MARK_SUBHEADING '\002' /* a heading below it, e.g. of a digest's entry */
#define MARK_TOPIC      '\031' /* as MARK_SUBHEADING: the title of what people wrote, e.g. of a digest's idea */
#define MARK_ENTRY      '\005' /* a heading below that, e.g. of one post */
#define MARK_FOOTER     '\003' /* a line of its own: here the signature starts, written as "-- " */
#define MARK_WORD       '\006' /* a line of its own: one word to answer with, large */
#define MARK_PEOPLE \
    '\007'                 /* a line of its own: what follows somebody wrote (frame of a quote), or with "official" an office
                                   (thick frame), until a line with "end". A quote in plain text */
#define MARK_STRONG '\016' /* after the quote signs of a line: the title of what is quoted */
#define MARK_BUTTON '\017' /* a line of its own, fields parted by MARK_FIELD: label, address, text that the answer begins */
#define MARK_QUIET  '\020' /* with (\\n is a line end). Links of the HTML part only; the second kind is less loud */
#define MARK_LINK   '\021' /* the same: label, address, subject. Plain text has "label:" and the address below it */
#define MARK_BRAND  '\022' /* the first line: who writes */
#define MARK_WAY    '\027' /* a line of its own: label, web address: a button; in plain text as MARK_LINK */
/* Inside a line: a link (label, MARK_FIELD, web address), whose address plain text has below the line; bold words. */
#define MARK_ANCHOR     '\023'
#define MARK_ANCHOR_END '\024'
#define MARK_BOLD       '\025'
#define MARK_BOLD_END   '\026'
#define MARK_FIELD      '\037'
#define MARK_BLOCK      '\030' /* a line of its own with a number: here a part stands that was made before (text/block.h) */
#define MARK_LANGUAGE \
    '\004' /* a line of its own with a language tag: what follows is in that language; without
                                   one: in the mail's again. Not visible */

/* Width in columns: characters, wide ones count two, combining ones none. */
guint text_width(const char *text, gsize n_bytes);

/* What somebody else wrote, made fit for a value: LF, no controls, no blanks at line ends, no run of more than one
 * empty line, and hard-wrapped paragraphs joined to logical lines where the sender's client had broken them. Lists,
 * quotes and lines that were meant short stay. Caller frees. */
char *text_unwrap(const char *text);
/* Puts "> " before each line (">" where the line is a quote already or empty). Caller frees. */
char *text_quote(const char *text);
/* The first N_CHARS characters, cut at a word with " ..." if it is longer; one line. Caller frees. */
char *text_shorten(const char *text, guint n_chars);

/* The text/plain part: format=flowed lines of at most 72 columns (longer only where one word is), soft breaks with a
 * trailing blank, space-stuffed, "-- " kept. LF line ends. PLACES (struct text_place; NULL none): the blocks that it names. Caller
 * frees. */
char *text_flowed(const char *master, const GArray *places);

struct mail_look;
struct mail_picture;
/* The text/html part, in a look and with a logo (NULL none; text/mail_style.h), with its blocks (PLACES; NULL none): a whole
 * document with lang, title, headings, lists, quotes and links; no remote resource, no script, readable in light and dark. Only http, https and mailto become links, and none inside quotes, because what
 * is quoted in a mail of ours is not yet anybody's word. Caller frees. */
char *text_html(const char *master, const char *language, const char *title, const struct mail_look *look,
                const struct mail_picture *picture, const GArray *places);
/* The inner part of it only: escaped blocks for a page. HEADING_LEVEL is the level of MARK_HEADING. */
void text_html_blocks(GString *out, const char *master, guint heading_level);
/* The same for a mail in its look. */
void text_html_mail_blocks(GString *out, const char *master, const struct mail_look *look);
