/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_language.h. Listed are the words that are not German, and those that are German, too; a test reads the whole table.
 */
#include "forum/command_language.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

const char *const command_languages[] = {"de", "en", "tr", "pl", NULL};

static const struct {
    const char *language, *words;
} spoken[] = {
    {"en",
     " a address agree ahead all also am an anonymous answer any anymore approve approved ask assign assigned away back cancel "
     "complaint confirm continue daily data deadline delete did didnt digest digests do dont dry duty each email emailing emails end erase everything "
     "field follow forum forward from full further get go goal help history hour i idea idee in inner internal into is isnt it its language leave "
     "like list longer mail mailing mails me merge message messages mine minus more move mute my name new newsletter newsletters no "
     "nope not note notifications of off ok okay on only organisation organization pause phase plus plus1 post proposal public publish question receive redact reject rejected "
     "release released removal remove reply report restore resume run search send sending show signoff stands state status "
     "stop subscribe support supported take test text that thats the these this thread title to undelete undo unmerge "
     "unsubscribe unsubscribed unsupport until upheld version want was wasnt weekday weekly whole wish with withdraw without "
     "would write wrote yeah yep yes your again contact favor favour for im opt optout out "
     "may can you who alone keep posted informed updated yup aye yess yesss have written did distribution mailinglist "},
    {"tr",
     " abone abonelikten aboneliği ad adres al alın anonim ara artık ayrıl ayrılmak ben beni benim bildir bildirim bu bunu daha destekle "
     "destekliyorum desteği değil değilim dil dur duraklat durdur durum edin eposta epostalar evet fazla fikir forum geri geçmiş "
     "göndermeyin göster gruptan gün günlük haftalık hayır hemen hepsi hepsini her iptal istemiyorum istiyorum itiraz kalsın "
     "katıl kurum liste listeden mail mailler mesaj metni ol onayla onaylandı onaylıyorum reddedildi reddet ret saat serbest sil silin sor "
     "son stop takip tamam tümü verilerim yardım yayımlamayın yayımlayın yayınlamayın yayınlansın yayınlayın yazdım yeni "
     "yollamayın almak et çek çekin çık çıkar çıkarın çıkmak üyelikten şeyi atmayın bana bende de göndermedim yazmadım "},
    {"pl",
     " adres anonimowo chcę co codziennie cofnij dane do dobrze dostawać dzień emaili fazla forum godzina i język ja koniec lista "
     "listy maile maili mi mnie moje na napisałam napisałem nazwa newslettera nie nowe o obserwuj odrzucam odrzucić odrzuć "
     "odsubskrybuj od opublikować opublikuj opublikujcie organizacja otrzymywać pauza pokazać pokaż pomoc popieram potwierdzam powiadomień "
     "pozostaje przebieg przysyłać przywróć publikować publikujcie razu rezygnacja rezygnuję się skarga status stop subskrybuj szukaj "
     "tak tej to tydzień tygodnia usunąć usuń usuńcie wiadomości więcej wszystkie wszystko wycofaj wycofuję wypisanie wypisać wypisz wypiszcie "
     "wyrejestruj wysyłajcie wysyłać z zapytaj zatwierdzam zatwierdź zgadzam zgłoś zwalniam zwolnij jestem pisałam pisałem pomysł ten tego wyrejestrować wysłałam wysłałem za mój moja tekst wpis "},
};
/* German beside that. */
static const char also_german[] =
    " ad alle an all bin das email emails forum idee i in ja liste mail mails minus name newsletter ok okay organisation pause phase plus plus1 post "
    "status stop test text thread version was ";

static bool is_among(const char *words, const char *word, gsize n)
{
    g_autofree char *whole = g_strdup_printf(" %.*s ", (int)n, word);

    return strstr(words, whole) != NULL;
}

static bool is_said_in(const char *word, gsize n, const char *language)
{
    bool is_foreign = false;

    for (gsize i = 0; i < G_N_ELEMENTS(spoken); i++) {
        bool is_there = is_among(spoken[i].words, word, n);
        if (is_there && strcmp(spoken[i].language, language) == 0)
            return true;
        is_foreign |= is_there;
    }
    return strcmp(language, "de") == 0 && (!is_foreign || is_among(also_german, word, n));
}

/* The choices of one place, "a|b?", that are said in LANGUAGE; "" none. */
static char *choices_in(const char *place, gsize n, const char *language)
{
    GString *out = g_string_new(NULL);

    for (const char *p = place, *end = place + n; p < end;) {
        const char *bar = memchr(p, '|', (gsize)(end - p));
        gsize length = (gsize)((bar != NULL ? bar : end) - p);
        if (is_said_in(p, length, language))
            g_string_append_printf(out, "%s%.*s", out->len > 0 ? "|" : "", (int)length, p);
        p += length + 1;
    }
    return g_string_free(out, FALSE);
}

char *command_words_in(const char *pattern, const char *language)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(GStrv) places = g_strsplit(pattern, " ", -1);
    bool has_word = false;

    for (char **p = places; *p != NULL; p++) {
        gsize n = strlen(*p);
        bool is_argument = strchr("#*%", (*p)[0]) != NULL && n > 0, may_miss = n > 0 && (*p)[n - 1] == '?';
        g_autofree char *said = is_argument ? g_strdup(*p) : choices_in(*p, n - may_miss, language);
        if (*said == '\0' && !may_miss)
            return NULL;
        has_word |= *said != '\0' && !is_argument && !may_miss;
        if (*said != '\0')
            g_string_append_printf(out, "%s%s%s", out->len > 0 ? " " : "", said, may_miss ? "?" : "");
    }
    return has_word ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}
