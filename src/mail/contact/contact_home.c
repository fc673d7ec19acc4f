/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who lives there, and in which town: what streets of every order of words have around them; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define POSTCODE   5  /* digits */
#define MAX_THING  50 /* bytes of what a street is said beside */
#define MAX_BEFORE 4  /* words of it */

/* clang-format off */
/* Who lives there. */
static const char *const homes[] = {
    "wohne", "wohnen", "wohnhaft", "wohn", "wohnt", "gewohnt", "adresse", "anschrift", "hause", "privatadresse", "postanschrift",
    "live", "living", "lives", "lived", "reside", "resident", "address", "home", "wohnort", "wohnsitz", "postadresse", "heimatadresse",
    "habite", "habitons", "domicile", "mieszkam", "mieszkamy", "woon", "wonen", "oturuyorum", "oturuyoruz", "adresim", "bydlím", "vivo",
    "abito", "abitiamo", "moro", "vivimos", "wonend", "woonachtig", "zamieszkały", "zamieszkała", "bydlíme", "живу", "живемо", "живем", "живём", "проживаю", "мешкаю",  "lebe", "leben", "lebt", "lebten", "ziehe", "ziehen", "zieht", "carer", "meldeadresse", "lieferadresse", "zuhause", "daheim", "postalisch", "gez", "gezeichnet",
};
/* "meine Mutter in der ...", "our son at ...": of whom somebody speaks as theirs; "bei uns in der ..." */
static const char *const relations[] = {
    "mutter", "vater", "eltern", "oma", "opa", "großmutter", "großvater", "großeltern", "tochter", "sohn", "kinder", "tante", "onkel",
    "schwester", "bruder", "freund", "freundin", "nachbar", "nachbarn", "nachbarin", "frau", "mann", "familie", "enkel", "enkelin",
    "schwiegermutter", "schwiegereltern", "hof", "keller", "garage", "haustür", "tür", "zimmer", "mieter", "mieterin",
    "schreiben", "brief", "briefe", "paket", "post", "hecke", "garten", "carport", "einfahrt", "klingel", "briefkasten", "hund", "auto",
    "mother", "father", "mum", "mom", "dad", "parents", "gran", "grandma", "grandmother", "grandfather", "daughter", "son", "sister",
    "brother", "aunt", "uncle", "wife", "husband", "family", "friend", "garden", "door", "neighbour", "neighbor", "neighbours", "neighbors",
};
/* "Ich bin die Frau Yilmaz aus der ...", "wir in der ...": who says where they are from */
static const char *const speakers[] = {"ich", "wir", "bin", "sind", "komme", "kommen", "familie", "frau", "herr", "mich", "uns", "mir", "gruß", "grüße", "gruss", "grüßen", "grüssen", "grüsse"};
/* "als Anwohner der ...": the writer; "die Anwohner der ..." are many. */
static const char *const dwellers[] = {"anwohner", "anwohnerin", "anlieger", "anliegerin", "anrainer", "anrainerin", "mieter", "mieterin",
                                       "bewohner", "bewohnerin", "eigentümer", "eigentümerin", "hausbesitzer", "nachbar", "nachbarin"};
/* "mein Haus", "our flat"; "per Post" */
static const char *const houses[] = {"haus", "häuschen", "wohnung", "house", "flat", "apartment", "place", "grundstück", "balkon", "fenster"};
static const char *const whose[] = {
    "mein", "meine", "meinem", "meiner", "meines", "unser", "unsere", "unserem", "unserer", "unseres", "my", "our",
};
/* clang-format on */

/* "Bad Sassendorf", "Sankt Augustin" */
static gsize town_end(const struct contact_walk *w, gsize at)
{
    static const char *const firsts[] = {"bad", "sankt", "st", "groß", "klein", "alt", "neu", "markt", "schwäbisch"};
    gsize end = contact_word_end(w, at);
    g_autofree char *word = g_utf8_strdown(w->text + at, (gssize)(end - at));
    static const char *const rivers[] = {" an der Ruhr",  " an der Lippe", " am Rhein",     " am Main",
                                         " am Neckar",    " an der Saale", " an der Weser", " an der Oder",
                                         " an der Donau", " an der Lahn",  " (Ruhr)",       " (Sieg)"};
    for (gsize i = 0; i < G_N_ELEMENTS(rivers); i++)
        if (w->n - end >= strlen(rivers[i]) && strncmp(w->text + end, rivers[i], strlen(rivers[i])) == 0)
            return end + strlen(rivers[i]);
    gsize next = end + (end < w->n && w->text[end] == '.') + 1;

    if (!contact_is_one_of(word, firsts, G_N_ELEMENTS(firsts)) || next >= w->n || w->text[next - 1] != ' ' ||
        !contact_is_upper(w, next))
        return end;
    return contact_word_end(w, next);
}

gsize contact_place_behind(const struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    gsize n = w->n, i = at;

    while (i < n && i < at + 4 && text[i] != '\0' && strchr(" ,\n;/|", text[i]) != NULL)
        i++;
    if (i == at + 1 && i + 3 < n && strncmp(text + i, "in ", 3) == 0 && g_ascii_isdigit(text[i + 3]))
        i += 3; /* "Moorkamp 3 in 26160 Bad Zwischenahn" */
    if (i + 2 < n && (text[i] == 'D' || text[i] == 'A') && text[i + 1] == '-')
        i += 2;
    gsize digits = contact_digits(w, i);
    if (digits != POSTCODE && digits != POSTCODE - 1)
        return 0;
    gsize town = i + digits + 1;
    return i + digits < n && text[i + digits] == ' ' && contact_is_upper(w, town) ? town_end(w, town) : 0;
}

/* Words between who lives somewhere and the street. */
static bool is_between(const char *word)
{
    static const char *const words[] = {"in", "der", "die", "dem", "den", "im",  "am",  "an",   "aus", "auf",    "zur", "at",
                                        "is", "ist", "on",  "of",  "von", "vor", "the", "hier", "no",  "number", "nr",  "direkt"};

    return contact_is_one_of(word, words, G_N_ELEMENTS(words));
}

/* Words I and the one before it, which only together say that somebody lives there. */
static bool is_told_by_two(const char *word, const char *before)
{
    bool is_own = contact_is_one_of(before, whose, G_N_ELEMENTS(whose));

    if (is_own && contact_is_one_of(word, relations, G_N_ELEMENTS(relations)))
        return true;
    if (strcmp(before, "bei") == 0 && (strcmp(word, "mir") == 0 || strcmp(word, "uns") == 0))
        return true;
    return strcmp(before, "als") == 0 && contact_is_one_of(word, dwellers, G_N_ELEMENTS(dwellers));
}

/* "Mein Name ist ...", "ich heiße ...", however many names follow; "I'm at". */
static bool is_introduced(const char *word, const char *before)
{
    bool is_own = contact_is_one_of(before, whose, G_N_ELEMENTS(whose));
    bool is_called = strcmp(before, "ich") == 0 && (strcmp(word, "heiße") == 0 || strcmp(word, "heisse") == 0);

    return is_called || (is_own && strcmp(word, "name") == 0);
}

/* "wohne in ...", "Adresse: ...", "Ich, ...", "bei Familie Ncube, ...": what follows is where somebody lives, whatever it is called. */
bool contact_is_said_home(struct contact_walk *w, gsize from)
{
    static const char *const said[] = {"abholen",  "abzuholen", "abholung",   "privat",    "wohn",      "wohnt",   "wohne",
                                       "wohnhaft", "wohnen",    "adresse",    "anschrift", "lebe",      "address", "wohnort",
                                       "wohnsitz", "adresim",   "oturuyorum", "mieszkam",  "mieszkamy", "woon",    "meldeadresse",
                                       "zuhause",  "daheim",    "live",       "living"};
    static const char *const selves[] = {"ich", "wir", "anwohner", "anwohnerin", "anlieger", "mieter", "mieterin"};
    static const char *const households[] = {"familie", "fam", "eheleute", "ehepaar"};
    guint i = 0;

    if (from > 1 && strchr(",(", w->text[from - 1 - (w->text[from - 1] == ' ')]) != NULL &&
        (contact_is_one_of(contact_word(w, from, 0), selves, G_N_ELEMENTS(selves)) ||
         contact_is_one_of(contact_word(w, from, 1), households, G_N_ELEMENTS(households))))
        return true;
    while (i + 1 < CONTACT_WORDS && is_between(contact_word(w, from, i)))
        i++;
    bool is_moved =
        contact_is_one_of(contact_word(w, from, i), (const char *const[]){"früher", "vorher", "bisher", "zuletzt", "jetzt"}, 5);
    return contact_is_one_of(contact_word(w, from, i), said, G_N_ELEMENTS(said)) ||
           (is_moved && contact_is_lived_in(w, from, from));
}

/* "Das alte Zollhaus, ...", "Raum 204 der VHS, ...": what has an article and is no person is a thing; so is what is spelled in capitals. */
static bool is_thing(struct contact_walk *w, gsize from)
{
    static const char *const articles[] = {"der", "die", "das",  "dem", "den", "des", "the",
                                           "im",  "am",  "beim", "vom", "zum", "zur"};
    static const char *const persons[] = {"familie",  "fam",     "herr",    "herrn",  "mann", "leute",
                                          "eheleute", "ehepaar", "rentner", "frauen", "frau"};
    static const struct contact_suffix person_ends[] = {CONTACT_SUFFIX("erin"),   CONTACT_SUFFIX("tin"),
                                                        CONTACT_SUFFIX("lehrer"), CONTACT_SUFFIX("arbeiter"),
                                                        CONTACT_SUFFIX("fahrer"), CONTACT_SUFFIX("pfleger"),
                                                        CONTACT_SUFFIX("mann"),   CONTACT_SUFFIX("frau"),
                                                        CONTACT_SUFFIX("frauen"), CONTACT_SUFFIX("bewohner")};
    const char *word = contact_word(w, from, 0);
    gsize end = from, start;

    while (end > 0 && strchr(" ,(:;|", w->text[end - 1]) != NULL)
        end--;
    for (start = end; start > 0 && end - start < MAX_THING && strchr(".,;:!?(\n", w->text[start - 1]) == NULL; start--)
        ;
    while (start < end && ((guchar)w->text[start] & 0xc0) == 0x80)
        start++;
    if (strcmp(contact_word(w, from, 1), "st") == 0 || strcmp(contact_word(w, from, 1), "sankt") == 0)
        return true; /* a church */
    if (contact_is_one_of(word, persons, G_N_ELEMENTS(persons)) ||
        contact_has_suffix(word, person_ends, G_N_ELEMENTS(person_ends)) ||
        contact_is_one_of(word, relations, G_N_ELEMENTS(relations)) || contact_is_one_of(word, dwellers, G_N_ELEMENTS(dwellers)))
        return false;
    bool is_shouted = from + 1 < w->n && g_ascii_isupper(w->text[from]) && g_ascii_isupper(w->text[from + 1]);
    if (!is_shouted && end > start + 1 && g_ascii_isupper(w->text[end - 1]) && g_ascii_isupper(w->text[end - 2]))
        return true;
    g_autofree char *phrase = g_utf8_strdown(w->text + start, (gssize)(end - start));
    g_auto(GStrv) words = g_strsplit(phrase, " ", -1);
    bool found = false;
    for (guint n = g_strv_length(words), k = n > MAX_BEFORE ? n - MAX_BEFORE : 0; k + 1 < n; k++) {
        if (contact_is_one_of(words[k], whose, G_N_ELEMENTS(whose)) ||
            contact_is_one_of(words[k], persons, G_N_ELEMENTS(persons)))
            return false;
        found |= contact_is_one_of(words[k], articles, G_N_ELEMENTS(articles));
    }
    return found;
}

/* "mein Arbeitgeber, die Uniklinik, ..." */
bool contact_is_beside_thing(struct contact_walk *w, gsize from)
{
    static const char *const firsts[] = {", die ", ", der ", ", das ", ", dem ", ", den ", ", the "};
    gsize end = from, start;
    bool found = false;

    while (end > 0 && w->text[end - 1] == ' ')
        end--;
    if (end == 0 || w->text[end - 1] != ',')
        return false;
    for (start = end - 1; start > 0 && end - start < MAX_THING && strchr(".,;:!?(\n", w->text[start - 1]) == NULL; start--)
        ;
    for (gsize i = 0; start > 0 && i < G_N_ELEMENTS(firsts); i++)
        found |= strncmp(w->text + start - 1, firsts[i], strlen(firsts[i])) == 0;
    return found && is_thing(w, from);
}

/* "In der Nordstraße wohnen 2000 Menschen, in der ...": nobody's home. */
static bool is_of_crowd(struct contact_walk *w, gsize from, gsize end)
{
    static const char *const many[] = {"menschen", "leute",  "familien", "einwohner", "personen", "studenten",
                                       "senioren", "kinder", "viele",    "people",    "families", "students"};

    for (guint i = 0; i < CONTACT_WORDS; i++)
        if (contact_is_one_of(contact_word(w, from, i), many, G_N_ELEMENTS(many)))
            return !contact_is_mine(w, from, end);
    return false;
}

/* "Ursula Behrens (71), Talstraße 60": the street is said beside something, behind a comma, a colon or in brackets, and that is nothing
 * where everybody may go. */
bool contact_stands_beside(struct contact_walk *w, gsize from)
{
    const char *text = w->text;
    gsize i = from;

    while (i > 0 && text[i - 1] == ' ')
        i--;
    if (i == 0 || strchr(",(:;|", text[i - 1]) == NULL || is_thing(w, from))
        return false;
    for (guint k = 0; k < CONTACT_WORDS; k++)
        if (contact_is_public(contact_word(w, from, k)))
            return false;
    return true;
}

/* "Meine Mutter wartet in der ...", "bei uns, ...", "we are at ...", "Mum is at ...". */
static bool is_of_somebody(struct contact_walk *w, gsize from)
{
    static const char *const am[] = {"m", "am", "re", "are"};
    static const char *const kin[] = {"mum", "mom", "dad", "gran", "granny", "grandma", "grandad", "oma", "opa", "mama", "papa"};
    bool is_at = strcmp(contact_word(w, from, 0), "at") == 0, is_near = true;

    for (guint i = 0; i + 1 < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, from, i), *before = contact_word(w, from, i + 1);
        bool is_kin = i > 0 && is_near && contact_is_one_of(word, kin, G_N_ELEMENTS(kin));
        bool is_i = is_at && contact_is_one_of(word, am, G_N_ELEMENTS(am)) &&
                    contact_is_one_of(before, (const char *const[]){"i", "we"}, 2);
        if (contact_is_public(word))
            return false;
        bool is_me = is_at && i == 1 && contact_is_one_of(word, (const char *const[]){"me", "us"}, 2);
        if (is_me || is_kin || is_i || (is_at && strcmp(word, "family") == 0) || is_told_by_two(word, before))
            return true;
        is_near &= is_between(word);
    }
    return false;
}

/* "... aus der", right before the street, and who says so not far before. */
static bool is_from_there(struct contact_walk *w, gsize from)
{
    static const char *const articles[] = {"der", "dem", "den"};
    static const char *const short_ones[] = {"ausm", "außm", "aussem", "ausem"};
    guint i = strcmp(contact_word(w, from, 0), "haus") == 0;
    i += contact_is_one_of(contact_word(w, from, i), articles, G_N_ELEMENTS(articles));

    if (strcmp(contact_word(w, from, i), "aus") != 0 &&
        !contact_is_one_of(contact_word(w, from, i), short_ones, G_N_ELEMENTS(short_ones)))
        return false;
    for (i++; i < CONTACT_WORDS; i++)
        if (contact_is_one_of(contact_word(w, from, i), speakers, G_N_ELEMENTS(speakers)) ||
            contact_is_one_of(contact_word(w, from, i), (const char *const[]){"nachbar", "nachbarin"}, 2) ||
            (i + 1 < CONTACT_WORDS && is_told_by_two(contact_word(w, from, i), contact_word(w, from, i + 1))))
            return true;
    return false;
}

/* "Keine Post mehr an ...", "bitte die Unterlagen an ..." */
static bool is_sent_there(struct contact_walk *w, gsize from)
{
    static const char *const sent[] = {"werbung",    "zeitung", "paket",    "post",   "brief",  "briefe",  "bescheid",
                                       "unterlagen", "antwort", "schicken", "senden", "letter", "letters", "mail"};

    bool is_into = strcmp(contact_word(w, from, 0), "die") == 0 && strcmp(contact_word(w, from, 1), "in") == 0;
    if (!is_into && strcmp(contact_word(w, from, 0), "an") != 0 && strcmp(contact_word(w, from, 0), "to") != 0)
        return false;
    for (guint i = 1; i < 5; i++)
        if (contact_is_one_of(contact_word(w, from, i), sent, G_N_ELEMENTS(sent)))
            return true;
    return false;
}

/* "Ich bin stolze Bewohnerin der ..." */
static bool is_dweller(struct contact_walk *w, gsize from)
{
    static const char *const selves[] = {"ich", "bin", "wir", "als"};
    bool found = false;

    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, from, i);
        if (found && contact_is_one_of(word, selves, G_N_ELEMENTS(selves)))
            return true;
        found |= i < 2 && contact_is_one_of(word, dwellers, G_N_ELEMENTS(dwellers));
    }
    return false;
}

bool contact_is_home(struct contact_walk *w, gsize from)
{
    static const char *const labels[] = {"straße", "strasse", "str"};
    bool is_labelled = contact_is_one_of(contact_word(w, from, 0), labels, G_N_ELEMENTS(labels)); /* "Straße: Hafenkai 7" */

    if (is_labelled || contact_is_said_home(w, from) || is_sent_there(w, from) || is_from_there(w, from) ||
        is_of_somebody(w, from) || is_dweller(w, from))
        return true;
    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, from, i);
        if (contact_is_one_of(word, homes, G_N_ELEMENTS(homes)))
            return !is_of_crowd(w, from, from);
        if (i + 1 < CONTACT_WORDS && is_introduced(word, contact_word(w, from, i + 1)))
            return true;
        bool is_house = contact_is_one_of(word, houses, G_N_ELEMENTS(houses)), is_post = strcmp(word, "post") == 0;
        const char *before = is_house || is_post ? contact_word(w, from, i + 1) : "";
        if ((is_house && contact_is_one_of(before, whose, G_N_ELEMENTS(whose))) ||
            (is_post && contact_is_one_of(before, (const char *const[]){"per", "by"}, 2)))
            return true;
    }
    return false;
}
