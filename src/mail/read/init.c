/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must happen once before mail is read. See read.h.
 */
#include "mail/read/read.h"

#include <gmime/gmime.h>

/* What mail comes in, besides UTF-8 and the Latin-1 family. The C library reads the table of a charset from
 * disk when it is first used, and keeps it as long as a descriptor is open: a reader without files could not
 * decode Polish otherwise.
 */
static const char *const charsets[] = {
    "ISO-8859-2",  "ISO-8859-3",  "ISO-8859-4",    "ISO-8859-5",  "ISO-8859-6",  "ISO-8859-7", "ISO-8859-8",    "ISO-8859-9",
    "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",   "ISO-8859-15", "ISO-8859-16", "CP1250",     "CP1251",        "CP1253",
    "CP1254",      "CP1255",      "CP1256",        "CP1257",      "CP1258",      "KOI8-R",     "KOI8-U",        "CP437",
    "CP850",       "CP852",       "CP866",         "CP874",       "MACINTOSH",   "UTF-7",      "UTF-16",        "UTF-16BE",
    "UTF-16LE",    "UTF-32",      "GB18030",       "BIG5-HKSCS",  "CP932",       "EUC-JP",     "ISO-2022-JP-2", "CP949",
    "ISO-2022-KR", "EUC-TW",      "ISO-2022-JP-3", "ISO-2022-CN",
};

/* The descriptors stay open for the life of the process; GLib's data sets hold them, so that a second call finds them. */
static void keep_charsets(void)
{
    if (g_dataset_get_data(charsets, "open") != NULL)
        return;
    GPtrArray *open = g_ptr_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(charsets); i++)
        g_ptr_array_add(open, g_iconv_open("UTF-8", charsets[i]));
    g_dataset_set_data(charsets, "open", open);
}

void mail_init(void)
{
    g_mime_init();
    keep_charsets();
}
