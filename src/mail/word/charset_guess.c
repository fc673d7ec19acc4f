/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See charset_guess.h.
 */
#include "mail/word/charset_guess.h"

#include <errno.h>
#include <string.h>

#define SAMPLE_BYTES     4096 /* that are tried, from the first byte that is no ASCII */
#define LEAST_HIGH_BYTES 8    /* fewer of them prove nothing */
#define ESCAPE           '\033'

enum script { SCRIPT_SIMPLIFIED, SCRIPT_TRADITIONAL, SCRIPT_JAPANESE, SCRIPT_KOREAN, SCRIPT_CYRILLIC };

static const struct candidate {
    const char *name; /* for iconv */
    enum script script;
} candidates[] = {
    {"GB18030", SCRIPT_SIMPLIFIED}, {"BIG5-HKSCS", SCRIPT_TRADITIONAL}, {"EUC-JP", SCRIPT_JAPANESE},
    {"CP932", SCRIPT_JAPANESE},     {"CP949", SCRIPT_KOREAN},           {"CP1251", SCRIPT_CYRILLIC},
    {"KOI8-U", SCRIPT_CYRILLIC},    {"ISO-8859-5", SCRIPT_CYRILLIC},    {"CP866", SCRIPT_CYRILLIC},
};

/* The signs that stand most often in a text; for Japanese kana say more. */
static const char *const frequent[] = {
    [SCRIPT_SIMPLIFIED] =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
        "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力它与长把机十民第公"
        "此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加请路车市谢您",
    [SCRIPT_TRADITIONAL] =
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種"
        "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日者意無力它與長把機十民第公"
        "此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加請路車市謝您",
    [SCRIPT_JAPANESE] =
        "日一国人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選"
        "立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用駅車置道木",
    [SCRIPT_KOREAN] =
        "이다는을의에가하고지한로기도은를사어자리나시대으서해인그라일정아들수있것과만스전여구제보부주동장상원게면성안오니습합공"
        "국경와연까적내우마원용무세위비소신거관조회선미요더든했교심민바생차때야분계문당개두터발저강계모양학치계영음려진건방",
    [SCRIPT_CYRILLIC] = "оеаинтсрвлкмі",
};

char *charset_decode(const char *bytes, gsize n, const char *name, guint *n_impossible_out)
{
    GIConv cd = g_iconv_open("UTF-8", name);
    if (cd == (GIConv)-1)
        return NULL;
    GString *out = g_string_sized_new(n + n / 2 + 16);
    char *in = (char *)bytes, chunk[4096];
    gsize left = n;

    *n_impossible_out = 0;
    for (bool flushed = false; !flushed;) {
        char *to = chunk;
        gsize room = sizeof chunk;
        flushed = left == 0; /* some charsets hold the last character back */
        gsize rc = flushed ? g_iconv(cd, NULL, NULL, &to, &room) : g_iconv(cd, &in, &left, &to, &room);
        int error = errno;
        g_string_append_len(out, chunk, to - chunk);
        if (rc == (gsize)-1 && error != E2BIG && left > 0) {
            g_string_append(out, "\357\277\275");
            ++*n_impossible_out;
            in++;
            left--;
        }
    }
    g_iconv_close(cd);
    for (gsize i = 0; i < out->len; i++)
        if (out->str[i] == '\0')
            out->str[i] = ' ';
    g_autofree char *text = g_string_free(out, FALSE);
    /* iconv's UTF-8 ("utf%8" is one) and UCS-4 go beyond U+10FFFF. */
    return g_utf8_validate(text, -1, NULL) ? g_steal_pointer(&text) : g_utf8_make_valid(text, -1);
}

const char *charset_by_escapes(const char *bytes, gsize n)
{
    static const struct {
        const char *sequence, *name;
    } sequences[] = {
        {"\033$B", "ISO-2022-JP-2"}, {"\033$@", "ISO-2022-JP-2"}, {"\033$(D", "ISO-2022-JP-2"}, {"\033(I", "ISO-2022-JP-3"},
        {"\033$)C", "ISO-2022-KR"},  {"\033$)A", "ISO-2022-CN"},  {"\033$A", "ISO-2022-JP-2"},
    };
    const char *end = bytes + n;

    for (const char *at = memchr(bytes, ESCAPE, n); at != NULL; at = memchr(at + 1, ESCAPE, (gsize)(end - at - 1)))
        for (gsize i = 0; i < G_N_ELEMENTS(sequences); i++) {
            gsize n_sequence = strlen(sequences[i].sequence);
            if ((gsize)(end - at) >= n_sequence && memcmp(at, sequences[i].sequence, n_sequence) == 0)
                return sequences[i].name;
        }
    return NULL;
}

/* Letters of Western Europe stand between others that are ASCII; two-byte signs and Cyrillic words do not. Nothing but umlauts is
 * German, however many of them stand together. */
static bool is_dense(const char *bytes, gsize n)
{
    guint n_high = 0, n_beside = 0, n_umlauts = 0;

    for (gsize i = 0; i < n; i++) {
        if ((guchar)bytes[i] < 0x80)
            continue;
        n_high++;
        n_umlauts += strchr("\344\366\374\337\304\326\334", bytes[i]) != NULL;
        n_beside += (i > 0 && (guchar)bytes[i - 1] >= 0x80) || (i + 1 < n && (guchar)bytes[i + 1] >= 0x80);
    }
    return n_high >= LEAST_HIGH_BYTES && n_umlauts < n_high && n_beside * 2 >= n_high;
}

static bool is_kana(gunichar c)
{
    return c >= 0x3041 && c <= 0x30ff;
}

static bool is_ideograph(gunichar c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf);
}

static bool is_hangul(gunichar c)
{
    return c >= 0xac00 && c <= 0xd7a3;
}

static int score_sign(gunichar c, enum script script)
{
    bool is_frequent = g_utf8_strchr(frequent[script], -1, c) != NULL;

    if ((c >= 0x3000 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff5e))
        return 2;
    if (is_kana(c))
        return script == SCRIPT_JAPANESE ? 4 : -1;
    if (is_hangul(c))
        return script == SCRIPT_KOREAN ? (is_frequent ? 4 : 1) : -4;
    if (is_ideograph(c))
        return script == SCRIPT_KOREAN ? -1 : is_frequent ? 4 : 1;
    return -4; /* half-width kana, boxes, private use, Greek */
}

/* A word in mixed case is none: in the wrong charset small letters come out as capitals. No word mixes scripts. */
static int score_cyrillic(gunichar before, gunichar c)
{
    if (c < 0x400 || c > 0x4ff)
        return -2;
    if (before < 0x80 && g_ascii_isalpha((char)before))
        return -6;
    if (g_unichar_isupper(c) && g_unichar_islower(before))
        return -4;
    return g_utf8_strchr(frequent[SCRIPT_CYRILLIC], -1, g_unichar_tolower(c)) != NULL ? 2 : 0;
}

/* Points for each hundred bytes that are no ASCII. */
static int score(const struct candidate *candidate, const char *bytes, gsize n, gsize n_high)
{
    guint n_impossible;
    g_autofree char *text = charset_decode(bytes, n, candidate->name, &n_impossible);
    int points = 0;
    gunichar before = 0;

    if (text == NULL)
        return G_MININT;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c >= 0x80 && candidate->script == SCRIPT_CYRILLIC)
            points += 2 * score_cyrillic(before, c); /* of one byte each */
        else if (c >= 0x80 && c != 0xfffd)
            points += 2 * score_sign(c, candidate->script);
        before = c;
    }
    points -= 40 * (int)MAX(n_impossible, 1) - 40; /* the sample's last one may be cut */
    return points * 100 / (int)n_high;
}

#define LEAST_SCORE 100 /* one point a byte: a third of the signs are frequent ones */
#define CLEAR_SCORE 180

const char *charset_guess(const char *bytes, gsize n, bool must_be_clear)
{
    gsize from = 0, n_high = 0;
    const char *best = NULL;
    int best_score = must_be_clear ? CLEAR_SCORE : LEAST_SCORE;

    while (from < n && (guchar)bytes[from] < 0x80)
        from++;
    bytes += from;
    n = MIN(n - from, SAMPLE_BYTES);
    if (!is_dense(bytes, n))
        return NULL;
    for (gsize i = 0; i < n; i++)
        n_high += (guchar)bytes[i] >= 0x80;
    for (gsize i = 0; i < G_N_ELEMENTS(candidates); i++) {
        int points = score(&candidates[i], bytes, n, n_high);
        if (points > best_score) {
            best_score = points;
            best = candidates[i].name;
        }
    }
    return best;
}
