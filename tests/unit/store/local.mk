STORE_TESTS = \
	tests/unit/store/test_catalogue
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)
STORE_TEST_FIXTURE = tests/unit/store/fixture.c tests/unit/store/fixture.h
STORE_TEST_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)

tests_unit_store_test_catalogue_SOURCES = tests/unit/store/test_catalogue.c $(STORE_TEST_FIXTURE)
tests_unit_store_test_catalogue_CFLAGS = $(STORE_TEST_CFLAGS)
tests_unit_store_test_catalogue_LDADD = $(STORE_LINK)
