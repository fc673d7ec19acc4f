# check_PROGRAMS += tests/unit/store/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
