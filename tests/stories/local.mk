# Whole-program stories: python scripts that print TAP; fp.py is what they share.
STORY_TESTS = \
	tests/stories/texts.py \
	tests/stories/dispatch.py tests/stories/relays.py tests/stories/life.py tests/stories/doors.py tests/stories/postfix.py tests/stories/full.py \
	tests/stories/reload.py tests/stories/check.py tests/stories/systemd_filter.py tests/stories/systemd_boot.py tests/stories/locked.py tests/stories/loops.py tests/stories/readers.py tests/stories/crash.py tests/stories/promises.py
STORY_TESTS += tests/stories/attacks_deeds.py
TESTS += $(STORY_TESTS)
EXTRA_DIST += tests/stories/doors.py tests/stories/dispatch.py tests/stories/relays.py tests/stories/life.py tests/stories/postfix.py tests/stories/fp.py tests/stories/mta.py
EXTRA_DIST += $(STORY_TESTS) tests/stories/fp.py tests/stories/mta.py

# forumpost with readers that obey X-Forumpost-Test, under the unit test's short limits: the readers' files are
# compiled once more, everything else is the program's own.
check_PROGRAMS += tests/stories/forumpost-crash
tests_stories_forumpost_crash_SOURCES = \
	src/flow/reader.c src/flow/reader_child.c src/flow/reader_death.c src/flow/reader_link.c src/flow/reader_nursery.c
tests_stories_forumpost_crash_CFLAGS = $(AM_CFLAGS) -include $(srcdir)/tests/unit/flow/short_limits.h
tests_stories_forumpost_crash_LDADD = $(forumpost_OBJECTS) $(forumpost_LDADD)
tests_stories_forumpost_crash_DEPENDENCIES = $(forumpost_OBJECTS) $(forumpost_DEPENDENCIES)
AM_TESTS_ENVIRONMENT += FORUMPOST_CRASH='$(abs_top_builddir)/tests/stories/forumpost-crash'; export FORUMPOST_CRASH;
if SANITIZERS
AM_TESTS_ENVIRONMENT += SANITIZERS=yes; export SANITIZERS;
endif
