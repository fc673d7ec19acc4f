/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public pages as files: the same bytes that the web process answers, a .gz beside what it would compress, a tombstone
 * (NAME.gone.html, for 410) where something was taken back, a page that leads on where something moved, and nothing where there is
 * nothing. A folder remembers up to which line of the journal it is true; a run looks at what happened since. It looks at everything
 * if asked, or if settings, templates, program or database are others than those the folder was written from, or the machine was
 * started anew (what was written before it went down may not have reached the disk).
 */
#pragma once

#include "flow/settings.h"
#include "page/folder.h"

struct publish_report {
    bool is_all;
    guint n_pages, n_written, n_removed; /* looked at; files that are new or others; files that are gone */
};

struct publisher;
/* SETTINGS and FOLDER must outlive it. */
struct publisher *publisher_open(const struct settings *settings, struct folder *folder, struct err *e);
void publisher_close(struct publisher *p); /* NULL is nothing */
/* Brings the folder up to date. Files that hold everything (open data, figures, sitemap) wait until the last ones are a few seconds old,
 * unless IS_WHOLE. False: some of it is as it was, and the next run does it again. */
bool publisher_run(struct publisher *p, bool is_all, bool is_whole, gint64 now, struct publish_report *out, struct err *e);
/* Has anybody committed since the last run, did a forum close in the meantime, or do large files wait? */
bool publisher_is_due(struct publisher *p, gint64 now);
/* The templates are read again; then everything is looked at. */
bool publisher_reload(struct publisher *p, struct err *e);
