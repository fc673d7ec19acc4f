check_PROGRAMS += tests/unit/text/test_template
TESTS += tests/unit/text/test_template
tests_unit_text_test_template_SOURCES = tests/unit/text/test_template.c
tests_unit_text_test_template_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS)
tests_unit_text_test_template_LDADD = $(TEXT_LINK) $(JSON_LIBS)
