/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /auswertung: what came in, from how many people, what became of it, as tables that are charts, too; and the same for programs.
 * Nothing here is about a group of persons under five (forum/figures.h).
 */
#include "forum/figures.h"
#include "page/data.h"
#include "page/public.h"
#include "store/tallies.h"

#include <string.h>

#define SLOT_S    900 /* every offset of a zone is a multiple of it */
#define DAY_S     86400
#define MOST_DAYS 31  /* days that stand one by one on the page; beyond that weeks */
#define KEPT_S    5   /* counting everything takes a while: asked again and again, it is done that often at most */
#define MOST_ROWS 110 /* of weeks, the last ones */

struct numbers {
    GPtrArray *forums, *languages, *states, *fields; /* struct tally */
    GArray *days;                                    /* struct day, the first to the last */
    struct tally_totals totals;
    GArray *waits;
    gint64 n_ideas, n_answers, median;
    bool *hidden_forums, *hidden_languages, is_total_hidden;
    char *language;     /* of the names of fields */
    gint64 version, at; /* db_data_version() before, and when */
};
struct day {
    gint32 julian;
    gint64 n_ideas, n_answers;
};

void numbers_free(struct numbers *n)
{
    if (n == NULL)
        return;
    g_clear_pointer(&n->forums, g_ptr_array_unref);
    g_clear_pointer(&n->languages, g_ptr_array_unref);
    g_clear_pointer(&n->states, g_ptr_array_unref);
    g_clear_pointer(&n->fields, g_ptr_array_unref);
    g_clear_pointer(&n->days, g_array_unref);
    g_clear_pointer(&n->waits, g_array_unref);
    g_free(n->hidden_forums);
    g_free(n->hidden_languages);
    g_free(n->language);
    g_free(n);
}

/* ---- Counting */
/* The day that AT is in, where the initiative is. */
static gint32 julian_of(const struct page *p, gint64 at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at), local = g_date_time_to_timezone(utc, p->g->settings->zone);
    gint year, month, day;
    GDate date;

    g_date_time_get_ymd(local, &year, &month, &day);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (gint32)g_date_get_julian(&date);
}

/* Slots become days, with those between on which nothing came. */
static GArray *days_of(const struct page *p, const GPtrArray *slots)
{
    GArray *days = g_array_new(FALSE, TRUE, sizeof(struct day));

    for (guint i = 0; i < slots->len; i++) {
        const struct tally *t = slots->pdata[i];
        gint32 julian = julian_of(p, g_ascii_strtoll(t->key, NULL, 10));
        struct day *last = days->len > 0 ? &g_array_index(days, struct day, days->len - 1) : NULL;
        for (gint32 next = last != NULL ? last->julian + 1 : julian; next <= julian; next++) {
            struct day day = {.julian = next};
            g_array_append_val(days, day);
        }
        last = &g_array_index(days, struct day, days->len - 1);
        last->n_ideas += t->n_ideas;
        last->n_answers += t->n_answers;
    }
    return days;
}

static bool *hide(const GPtrArray *table, bool *sum_out)
{
    g_autofree gint64 *cells = g_new0(gint64, table->len + 1);
    bool *hidden = g_new0(bool, table->len + 1);
    bool is_sum;

    for (guint i = 0; i < table->len; i++)
        cells[i] = ((struct tally *)table->pdata[i])->n_persons;
    figures_hide(cells, table->len, hidden, &is_sum);
    *sum_out |= is_sum;
    return hidden;
}

static bool count(const struct page *p, struct numbers *n, struct err *e)
{
    struct db *db = p->g->db;
    g_autoptr(GPtrArray) slots = tallies(db, TALLY_SLOT, SLOT_S, e);

    if (slots == NULL || (n->forums = tallies(db, TALLY_FORUM, 0, e)) == NULL ||
        (n->languages = tallies(db, TALLY_LANGUAGE, 0, e)) == NULL || (n->states = tallies(db, TALLY_STATE, 0, e)) == NULL ||
        (n->fields = tallies_by_field(db, p->language, e)) == NULL || (n->waits = tallies_waits(db, e)) == NULL ||
        !tallies_totals(db, &n->totals, e))
        return false;
    n->days = days_of(p, slots);
    n->median = figures_median((gint64 *)(void *)n->waits->data, n->waits->len);
    for (guint i = 0; i < n->forums->len; i++) {
        n->n_ideas += ((struct tally *)n->forums->pdata[i])->n_ideas;
        n->n_answers += ((struct tally *)n->forums->pdata[i])->n_answers;
    }
    n->is_total_hidden = n->totals.n_persons > 0 && n->totals.n_persons < FIGURES_FEWEST;
    n->hidden_forums = hide(n->forums, &n->is_total_hidden);
    n->hidden_languages = hide(n->languages, &n->is_total_hidden);
    return true;
}

/* Counted now, or kept: the figures of pages in all languages and of both files are the same but for names of fields. Borrowed. NULL
 * failure. */
static const struct numbers *get(const struct page *p, struct err *e)
{
    struct numbers *kept = *p->numbers;
    gint64 version = db_data_version(p->g->db);
    bool is_same = kept != NULL && version >= 0 && kept->version == version;
    bool is_young = kept != NULL && !p->is_file && p->now >= kept->at && p->now - kept->at < KEPT_S;

    if (kept != NULL && strcmp(kept->language, p->language) != 0) {
        g_clear_pointer(&kept->fields, g_ptr_array_unref);
        g_free(kept->language);
        kept->language = g_strdup(p->language);
        kept->fields = tallies_by_field(p->g->db, p->language, e);
        if (kept->fields == NULL) {
            g_clear_pointer(p->numbers, numbers_free);
            return NULL;
        }
    }
    if (is_same || is_young)
        return kept;
    g_clear_pointer(p->numbers, numbers_free);
    struct numbers *fresh = g_new0(struct numbers, 1);
    fresh->language = g_strdup(p->language);
    fresh->version = version;
    fresh->at = p->now;
    if (count(p, fresh, e))
        *p->numbers = fresh;
    else
        numbers_free(fresh);
    return *p->numbers;
}

/* ---- The page */
static char *persons_text(const struct page *p, gint64 n, bool is_hidden)
{
    return is_hidden ? g_strdup(templates_word(p->t, p->language, "under_five")) : g_strdup_printf("%" G_GINT64_FORMAT, n);
}

static char *label_of(const struct page *p, const struct tally *t, enum tally_by by)
{
    g_autofree char *key = g_strconcat(by == TALLY_STATE ? "state_" : "tongue_", *t->key != '\0' ? t->key : "unknown", NULL);
    const char *word = by == TALLY_FORUM || by == TALLY_FIELD ? NULL : templates_word(p->t, p->language, key);

    return g_strdup(by == TALLY_FORUM || by == TALLY_FIELD ? t->label : word != NULL && *word != '\0' ? word : t->key);
}

static struct value *table_of(const struct page *p, const GPtrArray *table, enum tally_by by, const bool *hidden)
{
    struct value *list = value_list();
    gint64 most = 0;

    for (guint i = 0; i < table->len; i++)
        most = MAX(most,
                   by == TALLY_FIELD ? ((struct tally *)table->pdata[i])->n_answers : ((struct tally *)table->pdata[i])->n_ideas);
    for (guint i = 0; i < table->len; i++) {
        const struct tally *t = table->pdata[i];
        struct value *one = value_map();
        g_autofree char *label = label_of(p, t, by);
        value_set_line(one, "label", label);
        value_set_number(one, "n_ideas", t->n_ideas);
        value_set_number(one, "n_answers", t->n_answers);
        value_set_number(one, "percent", figures_percent(by == TALLY_FIELD ? t->n_answers : t->n_ideas, most));
        if (hidden != NULL)
            value_set(one, "persons", value_take(persons_text(p, t->n_persons, hidden[i])));
        if (by == TALLY_FORUM)
            value_set(one, "forum_path", value_take(g_strconcat(p->prefix, "/forum/", t->key, NULL)));
        value_append(list, one);
    }
    return list;
}

static gint64 time_of(const struct page *p, gint32 julian)
{
    GDate date;

    g_date_set_julian(&date, (guint32)julian);
    g_autoptr(GDateTime) noon =
        g_date_time_new(p->g->settings->zone, g_date_get_year(&date), g_date_get_month(&date), g_date_get_day(&date), 12, 0, 0);
    return g_date_time_to_unix(noon);
}

/* Days as they are, or weeks that begin on Monday. */
static GArray *steps_of(const GArray *days)
{
    GArray *steps = g_array_new(FALSE, TRUE, sizeof(struct day));
    bool is_by_week = days->len > MOST_DAYS;

    for (guint i = 0; i < days->len; i++) {
        struct day day = g_array_index(days, struct day, i);
        day.julian -= is_by_week ? (day.julian + 6) % 7 : 0;
        struct day *last = steps->len > 0 ? &g_array_index(steps, struct day, steps->len - 1) : NULL;
        if (last == NULL || last->julian != day.julian) {
            g_array_append_val(steps, day);
            continue;
        }
        last->n_ideas += day.n_ideas;
        last->n_answers += day.n_answers;
    }
    return steps;
}

static void set_time(const struct page *p, struct value *data, const GArray *days)
{
    g_autoptr(GArray) steps = steps_of(days);
    struct value *list = value_list();
    guint first = steps->len > MOST_ROWS ? steps->len - MOST_ROWS : 0;
    gint64 most = 0;

    for (guint i = first; i < steps->len; i++) {
        const struct day *d = &g_array_index(steps, struct day, i);
        most = MAX(most, d->n_ideas + d->n_answers);
    }
    for (guint i = first; i < steps->len; i++) {
        const struct day *d = &g_array_index(steps, struct day, i);
        struct value *one = value_map();
        page_set_date(p, one, "day", time_of(p, d->julian));
        value_set_number(one, "n_posts", d->n_ideas + d->n_answers);
        value_set_number(one, "percent", figures_percent(d->n_ideas + d->n_answers, most));
        value_append(list, one);
    }
    value_set(data, "times", list);
    value_set_bool(data, "is_by_week", days->len > MOST_DAYS);
}

/* How long in words: minutes up to two hours, hours up to two days, days. */
static void set_wait(struct value *data, const struct numbers *n)
{
    gint64 wait = n->median;
    bool is_days = wait >= 2 * DAY_S, is_hours = !is_days && wait >= 7200;

    value_set_bool(data, "has_wait", n->waits->len > 0);
    value_set_number(data, "n_answered", n->waits->len);
    value_set_number(data, "wait",
                     (wait + (is_days    ? DAY_S / 2
                              : is_hours ? 1800
                                         : 30)) /
                         (is_days    ? DAY_S
                          : is_hours ? 3600
                                     : 60));
    value_set_bool(data, "is_days", is_days);
    value_set_bool(data, "is_hours", is_hours);
    value_set_bool(data, "is_minutes", !is_days && !is_hours);
}

static void set_totals(const struct page *p, struct value *data, const struct numbers *n)
{
    const struct tally_totals *t = &n->totals;
    bool are_few = t->n_offices > 0 && t->n_offices < FIGURES_FEWEST;

    value_set(data, "persons", value_take(persons_text(p, t->n_persons, n->is_total_hidden)));
    value_set(data, "offices", value_take(persons_text(p, t->n_offices, are_few)));
    value_set_number(data, "n_ideas", n->n_ideas);
    value_set_number(data, "n_answers", n->n_answers);
    value_set_number(data, "n_posts", n->n_ideas + n->n_answers);
    value_set_number(data, "n_official", t->n_official);
    value_set_number(data, "percent_official", figures_percent(t->n_official, n->n_ideas));
    value_set_number(data, "n_withdrawn", t->n_ideas_withdrawn + t->n_answers_withdrawn);
    value_set_number(data, "n_removed", t->n_ideas_removed + t->n_answers_removed);
    value_set_bool(data, "has_posts", n->n_ideas + n->n_answers > 0);
}

bool page_numbers(struct page *p, struct err *e)
{
    const struct numbers *n = get(p, e);

    if (n == NULL)
        return false;
    struct value *data = value_map();
    public_set_head(p, data, "/auswertung", "/atom.xml");
    set_totals(p, data, n);
    set_wait(data, n);
    value_set(data, "forums", table_of(p, n->forums, TALLY_FORUM, n->hidden_forums));
    value_set(data, "tongues", table_of(p, n->languages, TALLY_LANGUAGE, n->hidden_languages));
    value_set(data, "states", table_of(p, n->states, TALLY_STATE, NULL));
    value_set(data, "fields", table_of(p, n->fields, TALLY_FIELD, NULL));
    value_set_bool(data, "has_fields", n->fields->len > 0);
    set_time(p, data, n->days);
    return page_show(p, 200, "numbers", data, e);
}

/* ---- The same for programs: TABLE, KEY and numbers; persons that are hidden are "<5" in CSV, null in JSON. */
typedef void write_row(GString *out, const char *table, const char *key, gint64 n_ideas, gint64 n_answers, gint64 n_persons,
                       bool is_hidden);

#define NO_PERSONS (-1)

static void each_row(GString *out, const struct page *p, const struct numbers *n, write_row *write)
{
    write(out, "alle", "", n->n_ideas, n->n_answers, n->totals.n_persons, n->is_total_hidden);
    for (guint i = 0; i < n->forums->len; i++) {
        const struct tally *t = n->forums->pdata[i];
        write(out, "forum", t->key, t->n_ideas, t->n_answers, t->n_persons, n->hidden_forums[i]);
    }
    for (guint i = 0; i < n->states->len; i++) {
        const struct tally *t = n->states->pdata[i];
        write(out, "stand", t->key, t->n_ideas, NO_PERSONS, NO_PERSONS, false);
    }
    for (guint i = 0; i < n->languages->len; i++) {
        const struct tally *t = n->languages->pdata[i];
        write(out, "sprache", t->key, t->n_ideas, t->n_answers, t->n_persons, n->hidden_languages[i]);
    }
    for (guint i = 0; i < n->fields->len; i++) {
        const struct tally *t = n->fields->pdata[i];
        write(out, "handlungsfeld", t->key, t->n_ideas, NO_PERSONS, NO_PERSONS, false);
    }
    for (guint i = 0; i < n->days->len; i++) {
        const struct day *d = &g_array_index(n->days, struct day, i);
        g_autofree char *date = data_date(p, time_of(p, d->julian));
        write(out, "tag", date, d->n_ideas, d->n_answers, NO_PERSONS, false);
    }
    write(out, "offiziell", "", n->totals.n_official, NO_PERSONS, NO_PERSONS, false);
    write(out, "zurueckgezogen", "", n->totals.n_ideas_withdrawn, n->totals.n_answers_withdrawn, NO_PERSONS, false);
    write(out, "entfernt", "", n->totals.n_ideas_removed, n->totals.n_answers_removed, NO_PERSONS, false);
}

static void append_number(GString *out, gint64 n, const char *none)
{
    if (n == NO_PERSONS)
        g_string_append(out, none);
    else
        g_string_append_printf(out, "%" G_GINT64_FORMAT, n);
}

static void write_csv(GString *out, const char *table, const char *key, gint64 n_ideas, gint64 n_answers, gint64 n_persons,
                      bool is_hidden)
{
    g_string_append_printf(out, "%s;%s;%" G_GINT64_FORMAT ";", table, key, n_ideas);
    append_number(out, n_answers, "");
    g_string_append_c(out, ';');
    if (is_hidden)
        g_string_append(out, "<5");
    else
        append_number(out, n_persons, "");
    g_string_append(out, "\r\n");
}

static void write_json(GString *out, const char *table, const char *key, gint64 n_ideas, gint64 n_answers, gint64 n_persons,
                       bool is_hidden)
{
    g_string_append_printf(out, "%s\n{\"table\":\"%s\",\"key\":", out->str[out->len - 1] == '[' ? "" : ",", table);
    data_append_string(out, key);
    g_string_append_printf(out, ",\"ideas\":%" G_GINT64_FORMAT ",\"answers\":", n_ideas);
    append_number(out, n_answers, "null");
    g_string_append(out, ",\"persons\":");
    append_number(out, is_hidden ? NO_PERSONS : n_persons, "null");
    g_string_append_printf(out, ",\"persons_under_five\":%s}", is_hidden ? "true" : "false");
}

static bool append_rows(GString *out, const struct page *p, write_row *write, struct err *e)
{
    const struct numbers *n = get(p, e);

    if (n != NULL)
        each_row(out, p, n, write);
    return n != NULL;
}

bool page_numbers_csv(struct page *p, struct err *e)
{
    g_autoptr(GString) out = g_string_new("\xEF\xBB\xBF");

    g_string_append_printf(out, "%s\r\n", templates_word(p->t, p->language, "figures_head"));
    return append_rows(out, p, write_csv, e) && data_show(p, "text/csv; charset=utf-8", g_steal_pointer(&out));
}

bool page_numbers_json(struct page *p, struct err *e)
{
    g_autoptr(GString) out = g_string_new("{\"initiative\":");

    data_append_string(out, p->g->settings->initiative_title);
    g_string_append(out, ",\"figures\":[");
    if (!append_rows(out, p, write_json, e))
        return false;
    g_string_append(out, "\n]}\n");
    return data_show(p, "application/json", g_steal_pointer(&out));
}
