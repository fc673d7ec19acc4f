# Whole-program stories: python scripts that print TAP; fp.py is what they share. A line each, in order.
STORY_TESTS =
STORY_TESTS += tests/stories/acts.py
STORY_TESTS += tests/stories/addresses.py
STORY_TESTS += tests/stories/alarms.py
STORY_TESTS += tests/stories/attacks_deeds.py
STORY_TESTS += tests/stories/attacks_flood.py
STORY_TESTS += tests/stories/attacks_loops.py
STORY_TESTS += tests/stories/attacks_voices.py
STORY_TESTS += tests/stories/attacks_trust.py
STORY_TESTS += tests/stories/attacks_readers.py
STORY_TESTS += tests/stories/bounces.py
STORY_TESTS += tests/stories/check.py
STORY_TESTS += tests/stories/check_net.py
STORY_TESTS += tests/stories/complaints.py
STORY_TESTS += tests/stories/crash.py
STORY_TESTS += tests/stories/desk.py
STORY_TESTS += tests/stories/desk_enemy.py
STORY_TESTS += tests/stories/desk_ideas.py
STORY_TESTS += tests/stories/desk_newsletter.py
STORY_TESTS += tests/stories/desk_official.py
STORY_TESTS += tests/stories/desk_proposals.py
STORY_TESTS += tests/stories/desk_review.py
STORY_TESTS += tests/stories/digests.py
STORY_TESTS += tests/stories/dispatch.py
STORY_TESTS += tests/stories/doors.py
STORY_TESTS += tests/stories/edges.py
STORY_TESTS += tests/stories/doors_wrong.py
STORY_TESTS += tests/stories/full.py
STORY_TESTS += tests/stories/figures.py
STORY_TESTS += tests/stories/forwards.py
STORY_TESTS += tests/stories/goes_wrong.py
STORY_TESTS += tests/stories/ideas.py
STORY_TESTS += tests/stories/impostors.py
STORY_TESTS += tests/stories/words.py
STORY_TESTS += tests/stories/initiative.py
STORY_TESTS += tests/stories/kills.py
STORY_TESTS += tests/stories/letters.py
STORY_TESTS += tests/stories/myself.py
STORY_TESTS += tests/stories/life.py
STORY_TESTS += tests/stories/limits.py
STORY_TESTS += tests/stories/locked.py
STORY_TESTS += tests/stories/loops.py
STORY_TESTS += tests/stories/moderation.py
STORY_TESTS += tests/stories/news.py
STORY_TESTS += tests/stories/musts.py
STORY_TESTS += tests/stories/newsletter.py
STORY_TESTS += tests/stories/property.py
STORY_TESTS += tests/stories/quotes.py
STORY_TESTS += tests/stories/office.py
STORY_TESTS += tests/stories/newsletter_files.py
STORY_TESTS += tests/stories/pages.py
STORY_TESTS += tests/stories/part.py
STORY_TESTS += tests/stories/phases.py
STORY_TESTS += tests/stories/private.py
STORY_TESTS += tests/stories/proposals.py
STORY_TESTS += tests/stories/provider.py
STORY_TESTS += tests/stories/publish.py
STORY_TESTS += tests/stories/promises.py tests/stories/withdraw.py tests/stories/erase.py
STORY_TESTS += tests/stories/readers.py
STORY_TESTS += tests/stories/rota.py
STORY_TESTS += tests/stories/together.py
STORY_TESTS += tests/stories/tokens.py
STORY_TESTS += tests/stories/receipts.py
STORY_TESTS += tests/stories/relays.py
STORY_TESTS += tests/stories/reload.py
STORY_TESTS += tests/stories/silence.py
STORY_TESTS += tests/stories/staff.py
STORY_TESTS += tests/stories/steps.py
STORY_TESTS += tests/stories/support.py
STORY_TESTS += tests/stories/web.py
STORY_TESTS += tests/stories/web_newsletter.py
# Stories about what stands around our C, the demo, other mail servers, systemd, words: under sanitizers they would show nothing new.
AROUND_STORIES =
AROUND_STORIES += tests/stories/demo.py
AROUND_STORIES += tests/stories/desk_browser.py
AROUND_STORIES += tests/stories/exim.py
AROUND_STORIES += tests/stories/milters.py
AROUND_STORIES += tests/stories/mails_browser.py
AROUND_STORIES += tests/stories/newsletter_browser.py
AROUND_STORIES += tests/stories/opensmtpd.py
AROUND_STORIES += tests/stories/postfix.py
AROUND_STORIES += tests/stories/rspamd.py
AROUND_STORIES += tests/stories/systemd_boot.py
AROUND_STORIES += tests/stories/systemd_filter.py
AROUND_STORIES += tests/stories/texts.py
AROUND_STORIES += tests/stories/backup.py tests/stories/streams.py
AROUND_STORIES += tests/stories/web_browser.py
AROUND_STORIES += tests/stories/web_confined.py
AROUND_STORIES += tests/stories/web_valid.py
if !SANITIZERS
STORY_TESTS += $(AROUND_STORIES)
endif
TESTS += $(STORY_TESTS)
EXTRA_DIST += tests/pages/confirm.w3m tests/pages/figures.w3m tests/pages/forum.w3m tests/pages/idea.w3m tests/pages/preferences.w3m \
	tests/pages/search.w3m tests/pages/start.w3m tests/pages/take-part.w3m
EXTRA_DIST += $(STORY_TESTS) $(AROUND_STORIES) tests/stories/browser.py tests/stories/chance.py tests/stories/deeds_of_chance.py tests/stories/deskpeer.py tests/stories/markup.py tests/stories/webpeer.py tests/stories/hostile.py tests/stories/checker.py tests/stories/fp.py tests/stories/mta.py tests/stories/names.py tests/stories/proof.py tests/stories/steps_texts.py tests/stories/strangers.py tests/stories/truths.py tests/stories/truths_whole.py tests/stories/truths_words.py

# forumpost with readers that obey X-Forumpost-Test, under the unit test's short limits, and that kills itself where kills.py says so: the
# readers' files are compiled once more, everything else is the program's own.
check_PROGRAMS += tests/stories/forumpost-crash
tests_stories_forumpost_crash_SOURCES = \
	src/flow/reader/reader.c src/flow/reader/care.c src/flow/reader/child.c src/flow/reader/death.c src/flow/reader/ledger.c \
	src/flow/reader/link.c src/flow/reader/nursery.c tests/stories/kill_points.c
tests_stories_forumpost_crash_CFLAGS = $(AM_CFLAGS) -include $(srcdir)/tests/unit/flow/short_limits.h
tests_stories_forumpost_crash_LDADD = $(forumpost_OBJECTS) $(forumpost_LDADD)
tests_stories_forumpost_crash_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=sqlite3_step
tests_stories_forumpost_crash_DEPENDENCIES = $(forumpost_OBJECTS) $(forumpost_DEPENDENCIES)
AM_TESTS_ENVIRONMENT += FORUMPOST_CRASH='$(abs_top_builddir)/tests/stories/forumpost-crash'; export FORUMPOST_CRASH;
if SANITIZERS
AM_TESTS_ENVIRONMENT += SANITIZERS=yes; export SANITIZERS;
endif
