EXTRA_DIST += tests/sql/v1.sql
STORE_TESTS = \
	tests/unit/store/test_catalogue \
	tests/unit/store/test_db \
	tests/unit/store/test_bounces \
	tests/unit/store/test_discussion \
	tests/unit/store/test_memory \
	tests/unit/store/test_migrate \
	tests/unit/store/test_newsletter \
	tests/unit/store/test_telling \
	tests/unit/store/test_unsaid \
	tests/unit/store/test_upkeep \
	tests/unit/store/test_words \
	tests/unit/store/test_who_is_told
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)
STORE_TEST_FIXTURE = tests/unit/store/fixture.c tests/unit/store/fixture.h
STORE_TEST_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)

tests_unit_store_test_catalogue_SOURCES = tests/unit/store/test_catalogue.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_catalogue_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_catalogue_LDADD = $(STORE_LINK)

tests_unit_store_test_db_SOURCES = tests/unit/store/test_db.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_db_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_db_LDADD = $(STORE_LINK)

tests_unit_store_test_discussion_SOURCES = tests/unit/store/test_discussion.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_discussion_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_discussion_LDADD = $(STORE_LINK)

tests_unit_store_test_memory_SOURCES = tests/unit/store/test_memory.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_memory_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_memory_LDADD = $(STORE_LINK)

tests_unit_store_test_migrate_SOURCES = tests/unit/store/test_migrate.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_migrate_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_migrate_LDADD = $(STORE_LINK)

tests_unit_store_test_telling_SOURCES = tests/unit/store/test_telling.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_telling_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_telling_LDADD = $(STORE_LINK)

tests_unit_store_test_who_is_told_SOURCES = tests/unit/store/test_who_is_told.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_who_is_told_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_who_is_told_LDADD = $(STORE_LINK)

tests_unit_store_test_newsletter_SOURCES = tests/unit/store/test_newsletter.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_newsletter_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_newsletter_LDADD = $(STORE_LINK)

# In a fresh tree, too.
$(tests_unit_store_test_catalogue_OBJECTS) $(tests_unit_store_test_db_OBJECTS) $(tests_unit_store_test_migrate_OBJECTS) \
	$(tests_unit_store_test_upkeep_OBJECTS) $(tests_unit_store_test_words_OBJECTS): | src/store/queries.h

tests_unit_store_test_upkeep_SOURCES = tests/unit/store/test_upkeep.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_upkeep_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_upkeep_LDADD = $(STORE_LINK)
tests_unit_store_test_bounces_SOURCES = tests/unit/store/test_bounces.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_bounces_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_bounces_LDADD = $(STORE_LINK)
tests_unit_store_test_words_SOURCES = tests/unit/store/test_words.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_words_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_words_LDADD = $(STORE_LINK)

tests_unit_store_test_unsaid_SOURCES = tests/unit/store/test_unsaid.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_unsaid_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_unsaid_LDADD = $(STORE_LINK)
