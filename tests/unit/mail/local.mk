# check_PROGRAMS += tests/unit/mail/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
