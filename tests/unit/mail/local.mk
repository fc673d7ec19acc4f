# check_PROGRAMS += tests/unit/mail/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
check_PROGRAMS += tests/unit/mail/test_refs
TESTS += tests/unit/mail/test_refs
tests_unit_mail_test_refs_SOURCES = tests/unit/mail/test_refs.c
tests_unit_mail_test_refs_LDADD = $(MAIL_LINK)
