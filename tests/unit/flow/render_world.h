/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that test_render.c's mails are about.
 */
#pragma once

#include "../store/fixture.h"
#include "flow/out/render.h"
#include "store/digests.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/persons.h"
#include "flow/out/texts.h"
#include "store/posts.h"

#define TOGETHER 500 /* a digest: news of two ideas for Eva, who may read one of them */
#define DOMAIN   "beteiligung.example.org"
#define CONTACT  "team@operator.example"

/* A newsletter with an editor, a subscriber, somebody who was asked, and an issue. */
static const char news_rows[] =
    "INSERT INTO list (id, name, title, language, n_release, is_members_only, created_at) VALUES (1, 'neues', 'Neues', 'de', 2, "
    "0, 0);"
    "INSERT INTO phase (name, from_at, to_at, allows) VALUES ('zuhoeren', 1, 1800000000, 31);"
    "INSERT INTO editor (list_id, address, written, added_at) VALUES (1, 'canary-new@example.net', 'canary-new@example.net', 0);"
    "INSERT INTO subscription (id, list_id, address, written, state, way, since, changed_at) VALUES"
    " (1, 1, 'canary-new@example.net', 'canary-new@example.net', 'active', 'mail', 1000, 1000),"
    " (2, 1, 'canary-eva@example.net', 'canary-eva@example.net', 'asked', 'mail', NULL, 1000);"
    "INSERT INTO issue (id, list_id, number, subject, source, state, from_place, to_place, created_at) VALUES"
    " (1, 1, 1, 'Neues im Februar', '# Viel Neues\n\n{{neue_ideen}}', 'sending', 0, 9, 1000);"
    "INSERT INTO wish (kind, address, written, other, person_id, is_proved, created_at, expires_at) VALUES"
    " ('data', 'a', 'a', NULL, 1, 0, 1, 2), ('erase', 'a', 'a', NULL, 1, 0, 1, 2),"
    " ('address', 'a', 'a', 'canary-other@example.net', 1, 0, 1, 2), ('address-new', 'a', 'a', NULL, 1, 0, 1, 2);"
    "INSERT INTO wish (kind, address, written, other, told, person_id, is_proved, created_at, expires_at) VALUES"
    " ('order', 'a', 'a', 'x', 'assign' || char(9) || '1' || char(9) || '1' || char(9) || '0' || char(9) || char(9) || 'zuordnen' || char(10) ||"
    " 'state' || char(9) || '13' || char(9) || '1' || char(9) || '1' || char(9) || char(9) || 'stand in Beratung', 1, 1, 1, 2);"
    "INSERT INTO wish (kind, address, written, other, person_id, is_proved, created_at, expires_at) VALUES"
    " ('writer', 'a', 'a', 'canary-other@example.net', 1, 1, 1, 2)";

struct world {
    struct fixture f;
    struct settings settings;
    struct installation installation;
    struct gateway g;
    struct templates *t;
    struct renderer *r;
    row_id forum, inner_forum, anna, ben, mod, eva, idea, inner, first, reply, held, message;
    row_id confirm_idea, confirm_reply, complained, review, digest, entry, letter;
    char *languages[3];
};

static row_id named_person(struct world *w, const char *address, const char *name)
{
    row_id id = fixture_person(&w->f, address);
    person_auto p = persons_by_id(w->f.db, id, &w->f.e);

    p->public_name = g_strdup(name);
    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && persons_update(w->f.db, p, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return id;
}

static row_id add_post(struct world *w, row_id idea, row_id parent, row_id person, enum post_state state, const char *text,
                       const char *language)
{
    struct post p = {.idea_id = idea,
                     .parent_id = parent,
                     .person_id = person,
                     .message_id = w->message,
                     .kind = parent == 0 ? POST_IDEA : POST_REPLY,
                     .state = state,
                     .at = T0,
                     .text = text,
                     .language = language};

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && posts_add(w->f.db, &p, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return p.id;
}

static row_id add_hold(struct world *w, enum hold_kind kind, row_id idea, row_id post, const char *address)
{
    struct hold h = {.kind = kind,
                     .state = HOLD_OPEN,
                     .about.message = w->message,
                     .about.forum = w->forum,
                     .about.idea = idea,
                     .about.post = post,
                     .about.digest = w->digest,
                     .ring = RING_PUBLIC,
                     .address = address,
                     .title = "Mehr Bäume",
                     .text = "Bitte pflanzen Sie mehr Bäume.\n\n- Eiche\n- Linde\n\n--\nhttps://evil.example/x",
                     .created_at = T0,
                     .expires_at = kind != HOLD_REVIEW ? T0 + 7 * 86400 : 0};
    row_id id;

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && holds_add(w->f.db, &h, &id, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return id;
}

static void add_rows(struct world *w)
{
    struct fixture *f = &w->f;

    w->forum = fixture_forum(f, "mobilitaet");
    w->inner_forum = fixture_forum(f, "gruen");
    w->anna = named_person(w, "canary-anna@example.net", "Anna \"die Schnelle\" <b>B.</b>");
    w->ben = named_person(w, "canary-ben@example.net", NULL);
    w->mod = named_person(w, "canary-mod@example.net", "Mo Derator");
    w->eva = named_person(w, "canary-eva@example.net", NULL);
    fixture_member(f, w->forum, w->ben, ROLE_MEMBER, DELIVERY_EACH);
    fixture_member(f, w->forum, w->eva, ROLE_MEMBER, DELIVERY_DAILY);
    fixture_member(f, w->forum, w->mod, ROLE_LEAD, DELIVERY_EACH);
    w->message = fixture_message(f, "k1", "anna-1@mail.example", "From: canary-anna@example.net\r\n\r\nx");
    w->idea = fixture_idea(f, w->forum, w->anna, RING_PUBLIC);
    w->inner = fixture_idea(f, w->inner_forum, w->anna, RING_MEMBERS);
    w->first = add_post(w, w->idea, 0, w->anna, POST_PUBLISHED,
                        "Ein Fahrschein für alle.\n\n- Bus\n- Bahn\n\nFrom hier <script>alert(1)</script>\n.\n-- \nAnna", "de");
    w->reply = add_post(w, w->idea, w->first, w->mod, POST_PUBLISHED, "Herkes için! Çok güzel.", "tr");
    w->held = add_post(w, w->idea, w->first, w->anna, POST_IN_REVIEW, "Noch ein Gedanke.", NULL);
    w->confirm_idea = add_hold(w, HOLD_CONFIRM, 0, 0, "canary-new@example.net");
    w->confirm_reply = add_hold(w, HOLD_CONFIRM, w->idea, 0, "canary-new@example.net");
    w->review = add_hold(w, HOLD_REVIEW, w->idea, w->held, "canary-anna@example.net");
    fixture_exec(f->path, "UPDATE hold SET asked_at = created_at WHERE kind = 'review'");
    fixture_exec(f->path, "INSERT INTO follow (idea_id, person_id) VALUES (1, 1), (1, 2), (1, 4)");
    fixture_exec(f->path, "INSERT INTO step (idea_id, at, from_state, to_state, by, reason)"
                          " VALUES (1, 1, 'published', 'in_deliberation', 'lead', 'Das Ministerium prüft es.')");
    struct digest d = {.person_id = w->eva, .delivery = DELIVERY_DAILY, .from_post = 0, .to_post = 2, .made_at = T0};
    struct notice n = {.purpose = PURPOSE_DIGEST_DAILY, .person_id = w->eva, .due_at = T0};
    bool made;
    fixture_ok(f, db_begin(f->db, &f->e) && digests_add(f->db, &d, &n, &made, &f->e) && db_commit(f->db, &f->e));
    w->digest = d.id;
    w->complained = add_hold(w, HOLD_ENTRY, w->idea, w->held, "canary-anna@example.net");
    fixture_exec(f->path,
                 "UPDATE hold SET kind = 'review', state = 'rejected', next = 'complaint', decided_at = 1 WHERE kind = 'entry'");
    w->letter = add_hold(w, HOLD_LETTER, w->idea, 0, "canary-anna@example.net");
    w->entry = add_hold(w, HOLD_ENTRY, 0, 0, "canary-new@example.net");
    fixture_exec(
        f->path,
        "INSERT INTO digest (id, person_id, delivery, from_post, to_post, made_at) VALUES (500, 4, 'news', 500, 500, 1);"
        "INSERT INTO notice (id, stream, purpose, person_id, forum_id, idea_id, post_id, detail, state, due_at, digest_id) VALUES"
        " (500, 1, 'news', 4, 1, 1, 1, '1', 'dropped', 1, 500), (501, 1, 'news', 4, 2, 2, NULL, '1', 'dropped', 1, 500)");
    fixture_exec(f->path, news_rows);
}

static void world_open(struct world *w)
{
    *w = (struct world){0};
    fixture_open(&w->f);
    w->languages[0] = "de", w->languages[1] = "en";
    w->settings.initiative_title = "Ruhr-Konferenz";
    w->settings.initiative_domain = DOMAIN, w->settings.web_url = "";
    w->settings.initiative_languages = w->languages;
    w->settings.initiative_operator = "Staatskanzlei Musterland";
    w->settings.initiative_contact = CONTACT;
    w->settings.dispatch_csa_complaints = "";
    w->settings.initiative_imprint = "https://www.example.org/impressum";
    w->settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    w->installation.instance = "instance7";
    w->g = (struct gateway){.settings = &w->settings,
                            .db = w->f.db,
                            .installation = &w->installation,
                            .domain = DOMAIN,
                            .key = w->installation.token_key};
    w->t = texts_load(NULL, "de", &w->f.e);
    fixture_ok(&w->f, w->t != NULL);
    w->r = renderer_new(&w->g, w->t);
    add_rows(w);
}

static void world_close(struct world *w)
{
    renderer_free(w->r);
    templates_free(w->t);
    g_time_zone_unref(w->settings.zone);
    fixture_close(&w->f);
}
