/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is held about a person, written twice at once: as values for the template of the mail, and as JSON (RFC 8259) in J->own_data, the file
 * that goes along with it. Keys of the file are English and stay; times are RFC 3339; what is not known is left out. An idea is
 * {"idea": 7}, a proposal {"proposal": 3}.
 */
#pragma once

#include "flow/out/render_job.h"

struct own_rows { /* of one kind */
    struct job *j;
    struct value *all, *row; /* of the template: a list, and the map that is filled now; owned by the list */
    bool has_field;          /* of the row in the file */
};

/* The file from its first to its last brace. */
void own_begin(struct job *j);
void own_end(struct job *j);

/* One value outside of rows: NAME in the file, KEY in ENTRY. NULL and 0: nothing. */
void own_set_one_line(struct value *entry, const char *key, struct job *j, const char *name, const char *text);
void own_set_one_time(struct value *entry, const char *key, struct job *j, const char *name, gint64 at);
void own_set_one_number(struct value *entry, const char *key, struct job *j, const char *name, gint64 number);

/* Rows NAME of the file, which own_set_rows() puts under KEY into ENTRY. */
struct own_rows own_rows_begin(struct job *j, const char *name);
void own_set_rows(struct value *entry, const char *key, struct own_rows *rows);
void own_row_begin(struct own_rows *rows);
void own_row_end(struct own_rows *rows);
/* Fields of the row, the same KEY on both sides. */
void own_set_line(struct own_rows *rows, const char *key, const char *text);
void own_set_time(struct own_rows *rows, const char *key, gint64 at);
void own_set_number(struct own_rows *rows, const char *key, gint64 number);
void own_set_flag(struct own_rows *rows, const char *key, bool is_true);
/* NAME itself in the file, what the reader's language calls a KIND of that NAME in the mail. */
void own_set_word(struct own_rows *rows, const char *key, const char *kind, const char *name);
/* Several lines, "text": quoted in the mail (text_quoted). NULL and "": none. */
void own_set_words(struct own_rows *rows, const char *text);
/* Which idea or proposal; 0: none. */
void own_set_thing(struct own_rows *rows, row_id idea);

/* KIND_NAME in the reader's language, NAME itself if there is no such word; borrowed. */
const char *own_word(struct job *j, const char *kind, const char *name);
