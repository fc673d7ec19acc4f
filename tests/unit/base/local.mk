# check_PROGRAMS += tests/unit/base/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
