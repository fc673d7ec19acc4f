check_PROGRAMS += tests/unit/flow/test_settings
tests_unit_flow_test_settings_SOURCES = tests/unit/flow/test_settings.c
tests_unit_flow_test_settings_LDADD = $(FLOW_LINK)
TESTS += tests/unit/flow/test_settings
