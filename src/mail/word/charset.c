/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charset choice and conversion. See charset.h. UTF-8 and the Latin-1 family, nearly all of the mail there
 * is, are done here; everything else goes through iconv under the name of the superset that senders really
 * use.
 */
#include "mail/word/charset.h"

#include "mail/word/charset_guess.h"

#include <string.h>

/* windows-1252 0x80-0x9f; 0 where it is unassigned (the C1 control then, which cleaning drops) */
/* clang-format off */
static const guint16 cp1252_high[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};
/* clang-format on */

enum family { FAMILY_ASCII, FAMILY_UTF8, FAMILY_LATIN1, FAMILY_ICONV };

/* What a label stands for. Names for iconv are the supersets that mail programs mean by the narrower label.
 */
static const struct alias {
    const char *label;
    enum family family;
    const char *iconv_name;
} aliases[] = {
    {"utf-8", FAMILY_UTF8, NULL},
    {"utf8", FAMILY_UTF8, NULL},
    {"utf-8-sig", FAMILY_UTF8, NULL},
    {"utf8mb4", FAMILY_UTF8, NULL},
    {"unicode-1-1-utf-8", FAMILY_UTF8, NULL},
    {"us-ascii", FAMILY_ASCII, NULL},
    {"ascii", FAMILY_ASCII, NULL},
    {"ansi_x3.4-1968", FAMILY_ASCII, NULL},
    {"iso646-us", FAMILY_ASCII, NULL},
    {"646", FAMILY_ASCII, NULL},
    {"7bit", FAMILY_ASCII, NULL},
    {"8bit", FAMILY_ASCII, NULL},
    {"unknown", FAMILY_ASCII, NULL},
    {"unknown-8bit", FAMILY_ASCII, NULL},
    {"x-unknown", FAMILY_ASCII, NULL},
    {"default", FAMILY_ASCII, NULL},
    {"default_charset", FAMILY_ASCII, NULL},
    {"binary", FAMILY_ASCII, NULL},
    {"iso-8859-1", FAMILY_LATIN1, NULL},
    {"iso8859-1", FAMILY_LATIN1, NULL},
    {"iso_8859-1", FAMILY_LATIN1, NULL},
    {"iso-8859-1-windows-3.1-latin-1", FAMILY_LATIN1, NULL},
    {"iso88591", FAMILY_LATIN1, NULL},
    {"8859_1", FAMILY_LATIN1, NULL},
    {"latin1", FAMILY_LATIN1, NULL},
    {"latin-1", FAMILY_LATIN1, NULL},
    {"windows-1252", FAMILY_LATIN1, NULL},
    {"windows1252", FAMILY_LATIN1, NULL},
    {"cp1252", FAMILY_LATIN1, NULL},
    {"cp-1252", FAMILY_LATIN1, NULL},
    {"cp_1252", FAMILY_LATIN1, NULL},
    {"x-cp1252", FAMILY_LATIN1, NULL},
    {"ansi", FAMILY_LATIN1, NULL},
    {"x-ansi", FAMILY_LATIN1, NULL},
    {"we8mswin1252", FAMILY_LATIN1, NULL},
    {"we8iso8859p1", FAMILY_LATIN1, NULL},
    {"iso-8859-9", FAMILY_ICONV, "CP1254"},
    {"iso-8859-11", FAMILY_ICONV, "CP874"},
    {"tis-620", FAMILY_ICONV, "CP874"},
    {"windows-874", FAMILY_ICONV, "CP874"},
    {"iso-8859-8-i", FAMILY_ICONV, "ISO-8859-8"},
    {"iso-8859-8-e", FAMILY_ICONV, "ISO-8859-8"},
    {"iso-8859-6-i", FAMILY_ICONV, "ISO-8859-6"},
    {"gb2312", FAMILY_ICONV, "GB18030"},
    {"gb_2312-80", FAMILY_ICONV, "GB18030"},
    {"x-gbk", FAMILY_ICONV, "GB18030"},
    {"gbk", FAMILY_ICONV, "GB18030"},
    {"cp936", FAMILY_ICONV, "GB18030"},
    {"euc-cn", FAMILY_ICONV, "GB18030"},
    {"hz-gb-2312", FAMILY_ICONV, NULL},
    {"ks_c_5601-1987", FAMILY_ICONV, "CP949"},
    {"ks_c_5601", FAMILY_ICONV, "CP949"},
    {"euc-kr", FAMILY_ICONV, "CP949"},
    {"euckr", FAMILY_ICONV, "CP949"},
    {"shift_jis", FAMILY_ICONV, "CP932"},
    {"shift-jis", FAMILY_ICONV, "CP932"},
    {"x-sjis", FAMILY_ICONV, "CP932"},
    {"sjis", FAMILY_ICONV, "CP932"},
    {"windows-31j", FAMILY_ICONV, "CP932"},
    {"big5", FAMILY_ICONV, "BIG5-HKSCS"},
    {"x-x-big5", FAMILY_ICONV, "BIG5-HKSCS"},
    {"iso-2022-jp", FAMILY_ICONV, "ISO-2022-JP-2"},
    {"unicode-1-1-utf-7", FAMILY_ICONV, "UTF-7"},
    {"unicode", FAMILY_ICONV, "UTF-16BE"},
    {"utf-16", FAMILY_ICONV, "UTF-16BE"}, /* without a mark (RFC 2781 4.3) */
    {"utf16", FAMILY_ICONV, "UTF-16BE"},
    {"ucs-2", FAMILY_ICONV, "UTF-16BE"},
    {"macintosh", FAMILY_ICONV, "MACINTOSH"},
    {"x-mac-roman", FAMILY_ICONV, "MACINTOSH"},
};

static bool is_ascii(const char *bytes, gsize n)
{
    guint64 word;
    gsize i = 0;

    for (; i + sizeof word <= n; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; i < n; i++)
        if ((guchar)bytes[i] >= 0x80)
            return false;
    return true;
}

static void append_cp1252(GString *out, guchar c)
{
    gunichar u = c;

    if (c >= 0x80 && c < 0xa0 && cp1252_high[c - 0x80] != 0)
        u = cp1252_high[c - 0x80];
    if (u < 0x80) {
        g_string_append_c(out, (char)u);
    } else {
        char buffer[6];
        g_string_append_len(out, buffer, g_unichar_to_utf8(u, buffer));
    }
}

static char *from_cp1252(const char *bytes, gsize n)
{
    GString *out = g_string_sized_new(n + n / 8 + 1);

    for (gsize i = 0; i < n; i++) {
        gsize from = i;
        while (i < n && (guchar)bytes[i] < 0x80)
            i++;
        g_string_append_len(out, bytes + from, (gssize)(i - from));
        if (i < n)
            append_cp1252(out, (guchar)bytes[i]);
    }
    return g_string_free(out, FALSE);
}

/* Valid sequences stay, every other byte is read as windows-1252: text that two programs have put together.
 */
static char *from_mixed(const char *bytes, gsize n)
{
    GString *out = g_string_sized_new(n + n / 8 + 1);
    const char *at = bytes, *end = bytes + n;

    while (at < end) {
        const char *bad;
        g_utf8_validate_len(at, (gsize)(end - at), &bad);
        g_string_append_len(out, at, bad - at);
        if (bad < end)
            append_cp1252(out, (guchar)*bad++);
        at = bad;
    }
    return g_string_free(out, FALSE);
}

/* NUL is valid in no text but would end it; GLib's check takes it for the end. Blanks keep words apart. */
static char *without_nul(const char *bytes, gsize n)
{
    char *copy = g_memdup2(bytes, n);

    for (gsize i = 0; i < n; i++)
        if (copy[i] == '\0')
            copy[i] = ' ';
    return copy;
}

/* UTF-16 that says so by its mark, or by where the zeros of Latin letters are. */
static bool is_little_endian(const char *bytes, gsize n)
{
    guint n_even = 0, n_odd = 0;

    if (n >= 2 && (guchar)bytes[0] == 0xff && (guchar)bytes[1] == 0xfe)
        return true;
    for (gsize i = 0; i + 1 < MIN(n, 200); i += 2) {
        n_even += bytes[i] == '\0';
        n_odd += bytes[i + 1] == '\0';
    }
    return n_odd > n_even;
}

static const struct alias *find_alias(const char *label)
{
    for (guint i = 0; i < G_N_ELEMENTS(aliases); i++)
        if (g_ascii_strcasecmp(aliases[i].label, label) == 0)
            return &aliases[i];
    return NULL;
}

/* What g_utf8_validate_len() says, for bytes without NUL. Runs of ASCII are passed over eight at a time, letters of two bytes, which are
 * nearly all others here, without a call. */
static bool is_utf8(const char *bytes, gsize n)
{
    const guchar *p = (const guchar *)bytes, *end = p + n;

    while (p < end) {
        guint64 word;
        while (end - p >= (gssize)sizeof word && (memcpy(&word, p, sizeof word), (word & 0x8080808080808080u) == 0))
            p += sizeof word;
        while (p < end && *p < 0x80)
            p++;
        if (p == end)
            break;
        bool is_pair = *p >= 0xc2 && *p < 0xe0 && end - p >= 2 && (p[1] & 0xc0) == 0x80;
        gssize length = is_pair ? 2 : *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 1;
        if (!is_pair && (end - p < length || !g_utf8_validate_len((const char *)p, (gsize)length, NULL)))
            return false;
        p += length;
    }
    return true;
}

static char *by_family(const char *bytes, gsize n, enum family family, bool *mismatch)
{
    bool is_plain = is_ascii(bytes, n);

    *mismatch |= is_plain == (family == FAMILY_LATIN1);
    if (is_plain)
        return g_strndup(bytes, n);
    return family == FAMILY_UTF8 ? from_mixed(bytes, n) : from_cp1252(bytes, n);
}

/* Whether ASCII bytes may mean something else than ASCII. */
static bool is_stateful(const char *label)
{
    return g_ascii_strncasecmp(label, "utf", 3) == 0 || g_ascii_strncasecmp(label, "ucs", 3) == 0 ||
           g_ascii_strncasecmp(label, "iso-2022", 8) == 0 || g_ascii_strncasecmp(label, "hz", 2) == 0 ||
           g_ascii_strncasecmp(label, "unicode", 7) == 0 || g_ascii_strncasecmp(label, "ebcdic", 6) == 0 ||
           g_ascii_strncasecmp(label, "ibm", 3) == 0 || g_ascii_strncasecmp(label, "cp", 2) == 0;
}

/* What the label says, if there is such a charset; *N_IMPOSSIBLE_OUT characters could not be read. */
static char *by_label(const char *bytes, gsize n, const char *label, const struct alias *alias, guint *n_impossible_out)
{
    const char *name = alias != NULL && alias->iconv_name != NULL ? alias->iconv_name : label;

    if (strcmp(name, "UTF-16BE") == 0 && is_little_endian(bytes, n))
        name = "UTF-16LE";
    return charset_decode(bytes, n, name, n_impossible_out);
}

static char *decode_as(const char *bytes, gsize n, const char *name)
{
    guint n_impossible;

    return charset_decode(bytes, n, name, &n_impossible);
}

static guint n_high_bytes(const char *bytes, gsize n)
{
    guint n_high = 0;

    for (gsize i = 0; i < n; i++)
        n_high += (guchar)bytes[i] >= 0x80;
    return n_high;
}

static bool has_wide_units(const char *label)
{
    return g_ascii_strncasecmp(label, "utf-16", 6) == 0 || g_ascii_strncasecmp(label, "utf16", 5) == 0 ||
           g_ascii_strncasecmp(label, "utf-32", 6) == 0 || g_ascii_strncasecmp(label, "ucs", 3) == 0 ||
           g_ascii_strncasecmp(label, "unicode", 7) == 0 || g_ascii_strncasecmp(label, "iso-10646", 9) == 0;
}

#define PROOF_OF_UTF8 4 /* bytes beyond ASCII that are valid UTF-8; other charsets make that of fewer by chance */

/* Through iconv: as the label says unless it is wrong, that is if the bytes are UTF-8 or cannot be read by it and can by another. */
static char *by_iconv(const char *bytes, gsize n, const char *label, const struct alias *alias, bool *mismatch)
{
    guint n_impossible = 0, n_better = 0;
    bool is_wide = has_wide_units(label);
    g_autofree char *text = by_label(bytes, n, label, alias, &n_impossible);

    if (text == NULL)
        return NULL;
    bool is_utf8 = !is_wide && g_utf8_validate_len(bytes, n, NULL);
    guint n_high = is_utf8 ? n_high_bytes(bytes, n) : 0;
    if (n_high >= PROOF_OF_UTF8 || (n_high > 0 && n_impossible > 0)) {
        *mismatch = true;
        return g_strndup(bytes, n);
    }
    *mismatch |= n_impossible > 0;
    const char *name = n_impossible > 0 && !is_wide ? charset_guess(bytes, n, true) : NULL;
    g_autofree char *better = name != NULL ? charset_decode(bytes, n, name, &n_better) : NULL;
    return better != NULL && n_better < n_impossible ? g_steal_pointer(&better) : g_steal_pointer(&text);
}

/* Damaged UTF-8 stays UTF-8: most of what is no ASCII is valid. */
static bool is_mostly_utf8(const char *bytes, gsize n)
{
    guint n_high = n_high_bytes(bytes, n), n_bad = 0;
    const char *at = bytes, *end = bytes + n;

    while (!g_utf8_validate_len(at, (gsize)(end - at), &at)) {
        n_bad++;
        at++;
    }
    return n_bad * 4 < n_high;
}

/* Neither ASCII nor UTF-8 nor what a label says: a charset that makes sense of it. NULL: windows-1252 does as well. */
static char *by_guess(const char *bytes, gsize n, enum family family, bool *mismatch)
{
    const char *name = is_mostly_utf8(bytes, n) ? NULL : charset_guess(bytes, n, family == FAMILY_LATIN1);

    *mismatch |= name != NULL;
    return name != NULL ? decode_as(bytes, n, name) : NULL;
}

char *charset_to_utf8(const char *bytes, gsize n, const char *declared, bool *mismatch_out)
{
    bool unused = false, *mismatch = mismatch_out != NULL ? mismatch_out : &unused;
    const struct alias *alias = declared != NULL ? find_alias(declared) : NULL;
    enum family family = declared == NULL ? FAMILY_ASCII : alias == NULL ? FAMILY_ICONV : alias->family;
    bool is_plain = is_ascii(bytes, n) && memchr(bytes, '\0', n) == NULL;
    const char *escaped = is_plain && (family != FAMILY_ICONV || !is_stateful(declared)) ? charset_by_escapes(bytes, n) : NULL;

    if (escaped != NULL) {
        *mismatch = true;
        char *text = decode_as(bytes, n, escaped);
        if (text != NULL)
            return text;
    }
    if (is_plain && (family != FAMILY_ICONV || !is_stateful(declared)))
        return g_strndup(bytes, n);
    if (family == FAMILY_ICONV) {
        char *text = by_iconv(bytes, n, declared, alias, mismatch);
        if (text != NULL)
            return text;
        *mismatch = true;
        family = FAMILY_ASCII;
    }
    g_autofree char *copy = memchr(bytes, '\0', n) != NULL ? without_nul(bytes, n) : NULL;
    const char *input = copy != NULL ? copy : bytes;
    if (!is_ascii(input, n) && is_utf8(input, n)) { /* nearly all: no need to guess */
        *mismatch |= family == FAMILY_LATIN1;       /* real Latin-1 is hardly ever valid UTF-8 by chance */
        return g_strndup(input, n);
    }
    char *text = by_guess(input, n, family, mismatch);
    return text != NULL ? text : by_family(input, n, family, mismatch);
}

static bool is_bidi_control(const guchar *p)
{
    return p[0] == 0xe2 && ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) || (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
}

enum cleaning { CLEAN_TEXT, CLEAN_LINE, CLEAN_NAME };

/* A sign of ASCII, or a byte of another that nothing has to be asked about: nearly all bytes of a text. */
static inline bool is_kept(guchar c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0x80 && c != 0xc2 && c != 0xe2);
}

static void clean(char *text, enum cleaning how)
{
    const guchar *from = (const guchar *)text;
    guchar *to = (guchar *)text;

    if (g_str_has_prefix(text, "\357\273\277"))
        from += 3;
    while (*from != '\0') {
        const guchar *run = from;
        while (is_kept(*from))
            from++;
        gsize n = (gsize)(from - run);
        if (to != run)
            memmove(to, run, n);
        to += n;
        if (*from == '\0') {
            break;
        } else if (*from == '\r' && from[1] == '\n') {
            from++; /* the LF comes next */
        } else if (*from == '\r' || *from == '\n') {
            *to++ = how == CLEAN_TEXT ? '\n' : ' ';
            from++;
        } else if (*from == '\t') {
            *to++ = how == CLEAN_TEXT ? '\t' : ' ';
            from++;
        } else if (*from < 0x20 || *from == 0x7f) {
            from++;
        } else if (*from == 0xc2 && from[1] < 0xa0) { /* C1 */
            from += 2;
        } else if (how == CLEAN_NAME && *from == 0xe2 && is_bidi_control(from)) {
            from += 3;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

void charset_clean_text(char *text)
{
    clean(text, CLEAN_TEXT);
}

void charset_clean_line(char *text)
{
    clean(text, CLEAN_LINE);
}

void charset_clean_name(char *text)
{
    clean(text, CLEAN_NAME);
}
