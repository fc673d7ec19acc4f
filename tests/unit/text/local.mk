# check_PROGRAMS += tests/unit/text/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
