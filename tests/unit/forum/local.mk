# check_PROGRAMS += tests/unit/forum/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
