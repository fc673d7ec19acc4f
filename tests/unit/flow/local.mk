# check_PROGRAMS += tests/unit/flow/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
