# check_PROGRAMS += tests/unit/wire/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
