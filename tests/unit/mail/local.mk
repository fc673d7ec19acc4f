# check_PROGRAMS += tests/unit/mail/test_NAME, TESTS += the same, and its SOURCES, CFLAGS, LDADD
check_PROGRAMS += tests/unit/mail/test_refs
TESTS += tests/unit/mail/test_refs
tests_unit_mail_test_refs_SOURCES = tests/unit/mail/test_refs.c
tests_unit_mail_test_refs_LDADD = $(MAIL_LINK)
check_PROGRAMS += tests/unit/mail/test_compose
TESTS += tests/unit/mail/test_compose
tests_unit_mail_test_compose_SOURCES = tests/unit/mail/test_compose.c
tests_unit_mail_test_compose_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
tests_unit_mail_test_compose_LDADD = $(MAIL_LINK)
check_PROGRAMS += tests/unit/mail/test_reply_languages tests/unit/mail/test_reply
TESTS += tests/unit/mail/test_reply_languages tests/unit/mail/test_reply
tests_unit_mail_test_reply_languages_SOURCES = tests/unit/mail/test_reply_languages.c
tests_unit_mail_test_reply_languages_LDADD = $(MAIL_LINK)
tests_unit_mail_test_reply_SOURCES = tests/unit/mail/test_reply.c
tests_unit_mail_test_reply_LDADD = $(MAIL_LINK)
