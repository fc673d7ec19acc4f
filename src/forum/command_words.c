/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words and short sentences of every command, in every language; see command_words.h.
 *
 * A row is a pattern over folded words: "a|b" either, "a?" may be missing, "a|b?" either or none. Rows are written as people write;
 * they are folded before they are compared. Courtesies are taken out of a line first. A sentence belongs here if it can
 * mean nothing else as an answer to a mail of ours.
 */
#include "forum/command_words.h"

#include "forum/fold.h"

#include <string.h>

#define MAX_LINE_BYTES 1000 /* no row fits a longer one */

#define MAILS_DE "mails|mail|emails|email|nachrichten|benachrichtigungen|newsletter|infos|post|rundmails"
#define MAILS_EN "mails|mail|emails|email|messages|notifications|newsletters|newsletter"
#define MAILS_TR "eposta|epostalar|mail|mailler|mesaj|bildirim"
#define MAILS_PL "maili|maile|mail|wiadomości|emaili|powiadomień"

static const struct row {
    enum command command;
    const char *pattern;
} rows[] = {
    {COMMAND_YES, "ja|jawohl"},
    {COMMAND_YES, "ja ja|klar|sicher|genau|natürlich|sehr?|richtig|stimmt|passt|einverstanden"},
    {COMMAND_YES, "ja? das|dies|dieses? bin|war|ist ich"},
    {COMMAND_YES, "ja? ich bin das|es"},
    {COMMAND_YES, "ja? ich bins"},
    {COMMAND_YES, "ja? das|der|dieser|mein? text|beitrag|vorschlag? ist|kommt|stammt von mir"},
    {COMMAND_YES, "ja? ich habe das|ihn|es|den|diesen text|beitrag? geschrieben"},
    {COMMAND_YES, "ja? das|den|diesen? text|beitrag? habe ich geschrieben"},
    {COMMAND_YES, "ja? veröffentlichen|veroeffentlichen|veröffentlicht"},
    {COMMAND_YES, "ja? veröffentlichen|veroeffentlichen sie es|das|ihn|den|meinen|diesen? text|beitrag|idee?"},
    {COMMAND_YES, "ja? es|das|ihn|den|meinen|diesen? text|beitrag|idee? veröffentlichen|veroeffentlichen"},
    {COMMAND_YES, "ja das? bin|ist? ich|von? mir? veröffentlichen|veroeffentlichen sie? es|das|ihn|den|meinen? text|beitrag?"},
    {COMMAND_YES, "ja? sie dürfen|können es|das|ihn|den|meinen text|beitrag? veröffentlichen"},
    {COMMAND_YES, "ja? ich bin? einverstanden"},
    {COMMAND_YES, "ja? ich? stimme zu"},
    {COMMAND_YES, "ja? ich? bestätige|bestätigt es|das|dies?"},
    {COMMAND_YES, "ja freigeben|frei"},
    {COMMAND_YES, "yes|yep|yeah"},
    {COMMAND_YES, "yes? it|this|that is|was me|mine|i"},
    {COMMAND_YES, "yes? its|thats me|mine"},
    {COMMAND_YES, "yes i am|do|did|agree|confirm"},
    {COMMAND_YES, "yes? i wrote|confirm|approve this|it|that|the|my text|message?"},
    {COMMAND_YES, "i confirm|agree"},
    {COMMAND_YES, "yes? publish it|this|that|the|my? text|idea|post?"},
    {COMMAND_YES, "yes go ahead?"},
    {COMMAND_YES, "evet"},
    {COMMAND_YES, "evet? bu? benim|ben"},
    {COMMAND_YES, "evet? bunu|metni? ben yazdım"},
    {COMMAND_YES, "evet? onaylıyorum|yayınlayın|yayımlayın|yayınlansın"},
    {COMMAND_YES, "tak"},
    {COMMAND_YES, "tak? to ja|moje"},
    {COMMAND_YES, "tak? to? ja to? napisałem|napisałam"},
    {COMMAND_YES, "tak? potwierdzam|opublikuj|opublikować|opublikujcie"},
    {COMMAND_YES, "tak? zgadzam się"},

    {COMMAND_NO, "nein|nö|nee"},
    {COMMAND_NO, "nein? das bin|war ich nicht"},
    {COMMAND_NO, "nein? ich war|bin es|das nicht"},
    {COMMAND_NO, "nein? das|der|dieser text|beitrag|vorschlag? ist|kommt|stammt nicht von mir"},
    {COMMAND_NO, "nein? das|den|diesen text|beitrag? habe ich nicht geschrieben"},
    {COMMAND_NO, "nein? ich habe das|ihn|den|diesen text|beitrag? nicht geschrieben"},
    {COMMAND_NO, "nein? nicht veröffentlichen|veroeffentlichen"},
    {COMMAND_NO, "nein? veröffentlichen|veroeffentlichen sie das|ihn|es|den|diesen text|beitrag? nicht"},
    {COMMAND_NO, "no|nope"},
    {COMMAND_NO, "no? it|this|that was|is not me|mine"},
    {COMMAND_NO, "no? it|this|that wasnt|isnt me|mine"},
    {COMMAND_NO, "no? i did not|didnt write this|it|that|the text?"},
    {COMMAND_NO, "no? i didnt write this|it|that|the text?"},
    {COMMAND_NO, "no? do not|dont publish this|it|that|the? text?"},
    {COMMAND_NO, "no? dont publish this|it|that|the? text?"},
    {COMMAND_NO, "hayır"},
    {COMMAND_NO, "hayır? bu? benim|ben değil|değilim"},
    {COMMAND_NO, "hayır? yayınlamayın|yayımlamayın"},
    {COMMAND_NO, "nie"},
    {COMMAND_NO, "nie? to nie ja|moje"},
    {COMMAND_NO, "nie publikować|publikujcie|potwierdzam"},

    {COMMAND_RELEASE, "frei|freigeben|freigabe|freigegeben"},
    {COMMAND_RELEASE, "ja? ich? gebe das|es|ihn|den|die? text|beitrag|idee? frei"},
    {COMMAND_RELEASE, "release|released|approve|approved"},
    {COMMAND_RELEASE, "onayla|onaylandı|serbest"},
    {COMMAND_RELEASE, "zwolnij|zatwierdź|zatwierdzam|zwalniam"},

    {COMMAND_REJECT, "ablehnen|abgelehnt|ablehnung"},
    {COMMAND_REJECT, "reject|rejected"},
    {COMMAND_REJECT, "reddet|reddedildi|ret"},
    {COMMAND_REJECT, "odrzuć|odrzucam|odrzucić"},

    {COMMAND_STOP, "stopp|stop"},
    {COMMAND_STOP, "stop|stopp " MAILS_DE},
    {COMMAND_STOP, "abmelden|abmeldung|abbestellen|abbestellung|austragen|austragung|kündigen|deabonnieren"},
    {COMMAND_STOP, "mich abmelden|austragen|streichen"},
    {COMMAND_STOP, "mich? vom|von|aus dem|der|diesem? newsletter|verteiler|forum|liste|mailverteiler abmelden|austragen|streichen|löschen|nehmen|entfernen"},
    {COMMAND_STOP, "newsletter|" MAILS_DE " abbestellen|stoppen|abmelden|kündigen"},
    {COMMAND_STOP, "ich möchte|will|würde mich? abmelden|austragen|abbestellen"},
    {COMMAND_STOP, "ich möchte|will|würde mich? vom|von|aus dem|der|diesem? newsletter|verteiler|forum|liste abmelden|austragen"},
    {COMMAND_STOP, "ich melde mich ab"},
    {COMMAND_STOP, "ich bestelle|melde den|die|das? newsletter|" MAILS_DE "? ab"},
    {COMMAND_STOP, "melden|tragen|nehmen|streichen|löschen sie mich ab|aus"},
    {COMMAND_STOP, "melden|tragen|nehmen|streichen|löschen sie mich aus|von|vom dem|der|ihrem|ihrer|diesem|dieser? verteiler|liste|forum|newsletter|mailverteiler ab|heraus|raus?"},
    {COMMAND_STOP, "keine weiteren|weitere|solche|solchen? " MAILS_DE " mehr"},
    {COMMAND_STOP, "keine weiteren|weitere " MAILS_DE},
    {COMMAND_STOP, "keine weiteren|weitere? " MAILS_DE " mehr? an? mich? senden|schicken|zusenden"},
    {COMMAND_STOP, "mir? keine weiteren|weitere? " MAILS_DE " mehr? an? mich? senden|schicken|zusenden"},
    {COMMAND_STOP, "senden|schicken sie mir keine|nichts weiteren|weitere|solche? " MAILS_DE "? mehr?"},
    {COMMAND_STOP, "ich möchte|will|wünsche von|vom? ihnen|hier|diesem|diesen? forum? keine weiteren|weitere|solche? " MAILS_DE " mehr? erhalten|bekommen|haben?"},
    {COMMAND_STOP, "ich möchte|will nichts mehr von? ihnen|hier|davon? erhalten|bekommen|lesen|hören?"},
    {COMMAND_STOP, "unsubscribe|unsubscribed|signoff|leave"},
    {COMMAND_STOP, "unsubscribe|remove me from|off? this|the|your? list|forum|" MAILS_EN "?"},
    {COMMAND_STOP, "i want|would|wish like? to unsubscribe|leave this|the? forum|list?"},
    {COMMAND_STOP, "take me off|from this|the|your? list"},
    {COMMAND_STOP, "no more|further " MAILS_EN},
    {COMMAND_STOP, "stop sending|mailing|emailing me? these|this|any|more? " MAILS_EN "?"},
    {COMMAND_STOP, "do not|dont send me? any|more? more? " MAILS_EN},
    {COMMAND_STOP, "dont send me? any|more? more? " MAILS_EN},
    {COMMAND_STOP, "i do not|dont want to? receive|get? any|more? more? " MAILS_EN " anymore?"},
    {COMMAND_STOP, "i dont want to? receive|get? any|more? more? " MAILS_EN " anymore?"},
    {COMMAND_STOP, "dur|durdur|ayrıl"},
    {COMMAND_STOP, "abonelikten|aboneliği|listeden|üyelikten çık|çıkar|iptal|ayrıl et|edin|çıkarın?"},
    {COMMAND_STOP, "abonelikten|listeden çıkmak|ayrılmak istiyorum"},
    {COMMAND_STOP, "beni? listeden|gruptan? çıkarın|çıkar"},
    {COMMAND_STOP, "artık? daha? fazla? " MAILS_TR " istemiyorum|göndermeyin|yollamayın|almak? istemiyorum?"},
    {COMMAND_STOP, "wypisz|wypisać|wypisanie|rezygnuję|rezygnacja|wyrejestruj|odsubskrybuj"},
    {COMMAND_STOP, "wypisz|wypisać|wypisanie|wypiszcie|usuńcie|usuń mnie z tej? listy|forum|newslettera?"},
    {COMMAND_STOP, "wypisz|wypiszcie|wypisać mnie"},
    {COMMAND_STOP, "o wypisanie mnie? z? listy|forum|newslettera?"},
    {COMMAND_STOP, "nie chcę więcej " MAILS_PL},
    {COMMAND_STOP, "nie chcę otrzymywać|dostawać więcej? " MAILS_PL},
    {COMMAND_STOP, "nie wysyłać|wysyłajcie|przysyłać mi? więcej? " MAILS_PL},

    {COMMAND_HELP, "hilfe|hilf|help|yardım|pomoc"},

    {COMMAND_SHOW, "zeigen|zeige|zeig|anzeigen"},
    {COMMAND_SHOW, "zeigen sie? mir? den|ganzen|vollen? ganzen|vollen? text? an?"},
    {COMMAND_SHOW, "den? ganzen|vollen? text zeigen|anzeigen"},
    {COMMAND_SHOW, "show"},
    {COMMAND_SHOW, "show me? the|whole|full? whole|full? text"},
    {COMMAND_SHOW, "göster|pokaż|pokazać"},

    {COMMAND_DELETE, "löschen|loeschen|lösche|zurückziehen|zurueckziehen|löschung"},
    {COMMAND_DELETE, "löschen|loeschen sie den|diesen|meinen|die|meine|das|ihn|sie|es? text|beitrag|idee|antwort?"},
    {COMMAND_DELETE, "ich? möchte|will? den|diesen|meinen|die|diese|meine text|beitrag|idee|antwort löschen|zurückziehen|entfernen"},
    {COMMAND_DELETE, "ich ziehe den|diesen|meinen|die|diese|meine text|beitrag|idee|antwort zurück"},
    {COMMAND_DELETE, "delete|withdraw|erase"},
    {COMMAND_DELETE, "delete|withdraw|remove|erase my|this|the text|post|idea|reply|message"},
    {COMMAND_DELETE, "delete|withdraw it|this"},
    {COMMAND_DELETE, "sil|silin|usuń|usunąć|wycofaj|wycofuję"},
    {COMMAND_DELETE, "geri çek|çekin"},

    {COMMAND_UNDO, "zurück|zurueck|rückgängig|wiederherstellen"},
    {COMMAND_UNDO, "rückgängig machen"},
    {COMMAND_UNDO, "nicht löschen"},
    {COMMAND_UNDO, "undo|restore|undelete"},
    {COMMAND_UNDO, "geri al|alın"},
    {COMMAND_UNDO, "cofnij|przywróć"},

    {COMMAND_FORUM, "nur? dieses|das|diesem? forum"},
    {COMMAND_FORUM, "only? this|the? forum"},
    {COMMAND_FORUM, "bu? forum"},
    {COMMAND_FORUM, "to? forum"},
    {COMMAND_ALL, "alles|alle"},
    {COMMAND_ALL, "alles|alle abbestellen|abmelden|stoppen"},
    {COMMAND_ALL, "all|everything"},
    {COMMAND_ALL, "hepsi|hepsini|tümü"},
    {COMMAND_ALL, "wszystko|wszystkie"},
};

static const struct formula_row {
    enum formula formula;
    const char *pattern;
} formulas[] = {
    {FORMULA_GREETING, "hallo|guten|liebes|liebe|lieber|sehr|moin|grüß|servus|hi|hello|dear|merhaba|sayın|dzień|cześć|szanowni"},
    {FORMULA_CLOSING, "mit? freundlichen|freundlichem|besten|herzlichen|vielen|lieben grüßen|gruß|gruessen"},
    {FORMULA_CLOSING, "viele|beste|liebe|herzliche|freundliche|schöne? grüße|gruß|gruesse"},
    {FORMULA_CLOSING, "hochachtungsvoll|mfg|vg|lg|bg|ihr|ihre|danke|merci"},
    {FORMULA_CLOSING, "danke|dank sehr|schön|ihnen|euch|im? voraus?"},
    {FORMULA_CLOSING, "vielen|besten|herzlichen dank für? ihre|die? mühe|hilfe|arbeit?"},
    {FORMULA_CLOSING, "schönen|einen|ein? schönen|schönes? tag|abend|wochenende noch?"},
    {FORMULA_CLOSING, "kind|best|warm? regards|wishes|best|cheers|sincerely|thanks"},
    {FORMULA_CLOSING, "yours? sincerely|faithfully|truly"},
    {FORMULA_CLOSING, "thank|many you|thanks very? much?"},
    {FORMULA_CLOSING, "saygılarımla|selamlar|sevgiler|teşekkürler|iyi günler?"},
    {FORMULA_CLOSING, "z poważaniem"},
    {FORMULA_CLOSING, "z? pozdrawiam|pozdrowieniami|dziękuję|dzięki bardzo?"},
};

/* Said around a command, never one itself; pairs are written with a blank. */
static const char *const courtesies[] = {
    "bitte", "danke", "gerne", "gern", "vielen dank", "besten dank", "herzlichen dank", "ok", "okay", "doch", "hiermit",
    "sofort", "umgehend", "mal", "please", "thanks", "thank you", "kindly", "lütfen", "teşekkürler", "teşekkür ederim",
    "proszę", "dziękuję",
};

/* How a line begins that takes something back, in any language of ours. */
static const char *const objections[] = {
    "aber", "nicht", "kein", "keine", "nein", "doch", "erst", "noch", "nur", "ohne", "wenn", "falls", "oder", "ps", "warum",
    "but",  "not",   "no",   "only",  "without", "if", "unless", "why", "ama", "fakat", "değil", "ale", "nie", "tylko",
};

/* One word of a pattern, "a|b|c" of N bytes: does WORD fit? Pattern and word are folded. */
static bool choice_fits(const char *choice, gsize n, const char *word)
{
    gsize n_word = strlen(word);

    for (const char *p = choice, *end = choice + n; p < end;) {
        const char *bar = memchr(p, '|', (gsize)(end - p));
        gsize length = (gsize)((bar != NULL ? bar : end) - p);
        if (length == n_word && memcmp(p, word, n_word) == 0)
            return true;
        p += length + 1;
    }
    return false;
}

/* Does the pattern from P on fit the WORDS from there on? It splits only at words that may be missing: a row has few. */
static bool pattern_matches(const char *p, char *const *words)
{
    if (*p == '\0')
        return *words == NULL;
    gsize n = strcspn(p, " ");
    const char *next = p[n] == ' ' ? p + n + 1 : p + n;
    bool may_miss = p[n - 1] == '?';
    if (*words != NULL && choice_fits(p, may_miss ? n - 1 : n, *words) && pattern_matches(next, words + 1))
        return true;
    return may_miss && pattern_matches(next, words);
}

/* A row as it is compared: each word folded, the signs of the pattern kept. */
static char *fold_pattern(const char *pattern)
{
    GString *out = g_string_new(NULL);

    while (*pattern != '\0') {
        gsize n = strcspn(pattern, " |?");
        g_autofree char *word = g_strndup(pattern, n);
        g_autofree char *folded = fold_words(word);
        g_string_append(out, folded);
        pattern += n;
        if (*pattern != '\0')
            g_string_append_c(out, *pattern++);
    }
    return g_string_free(out, FALSE);
}

/* The tables as they are compared, in their order. */
struct folded {
    char *rows[G_N_ELEMENTS(rows)], *formulas[G_N_ELEMENTS(formulas)], *courtesies[G_N_ELEMENTS(courtesies)],
        *objections[G_N_ELEMENTS(objections)];
};

static struct folded *fold_tables(void)
{
    struct folded *f = g_new(struct folded, 1);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        f->rows[i] = fold_pattern(rows[i].pattern);
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++)
        f->formulas[i] = fold_pattern(formulas[i].pattern);
    for (gsize i = 0; i < G_N_ELEMENTS(courtesies); i++) {
        g_autofree char *word = fold_words(courtesies[i]);
        f->courtesies[i] = g_strdup_printf(" %s ", word);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(objections); i++)
        f->objections[i] = fold_words(objections[i]);
    return f;
}

/* Folding them costs milliseconds, so it is done once; GLib keeps them, beside the table and as long as the process. Of two
 * threads that come first together one keeps its own in vain. */
static const struct folded *folded_tables(void)
{
    struct folded *f = g_dataset_get_data(rows, "folded");

    if (f == NULL) {
        f = fold_tables();
        g_dataset_set_data(rows, "folded", f);
    }
    return f;
}

/* Takes every courtesy out of a folded line. */
static char *without_courtesies(const struct folded *tables, const char *folded)
{
    g_autoptr(GString) s = g_string_new(NULL);

    g_string_printf(s, " %s ", folded);
    for (gsize i = 0; i < G_N_ELEMENTS(courtesies); i++) {
        const char *whole = tables->courtesies[i];
        for (char *at = strstr(s->str, whole); at != NULL; at = strstr(s->str, whole))
            g_string_erase(s, at - s->str, (gssize)strlen(whole) - 1);
    }
    return g_strstrip(g_strdup(s->str));
}

enum command command_words_match(const char *line)
{
    const struct folded *tables = folded_tables();
    g_autofree char *folded = strlen(line) <= MAX_LINE_BYTES ? fold_words(line) : g_strdup("");
    g_autofree char *bare = without_courtesies(tables, folded);

    if (*bare == '\0')
        return COMMAND_NONE;
    g_auto(GStrv) words = g_strsplit(bare, " ", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (pattern_matches(tables->rows[i], words))
            return rows[i].command;
    return COMMAND_NONE;
}

enum formula command_words_formula(const char *line)
{
    const struct folded *tables = folded_tables();
    g_autofree char *folded = strlen(line) <= MAX_LINE_BYTES ? fold_words(line) : g_strdup("");
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);

    if (words[0] == NULL)
        return FORMULA_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        char *first[] = {words[0], NULL};
        bool is_greeting = formulas[i].formula == FORMULA_GREETING;
        if (pattern_matches(tables->formulas[i], is_greeting ? first : words))
            return is_greeting && g_strv_length(words) > 6 ? FORMULA_NONE : formulas[i].formula;
    }
    return FORMULA_NONE;
}

bool command_words_objects(const char *line)
{
    const struct folded *tables = folded_tables();
    g_autofree char *folded = fold_words(line);
    gsize n = strcspn(folded, " ");

    for (gsize i = 0; i < G_N_ELEMENTS(objections); i++) {
        const char *word = tables->objections[i];
        if (strlen(word) == n && memcmp(word, folded, n) == 0)
            return true;
    }
    return false;
}
