check_PROGRAMS += tests/unit/base/test_conf
tests_unit_base_test_conf_SOURCES = tests/unit/base/test_conf.c
tests_unit_base_test_conf_LDADD = $(BASE_LINK)
TESTS += tests/unit/base/test_conf
check_PROGRAMS += tests/unit/base/test_hash
tests_unit_base_test_hash_SOURCES = tests/unit/base/test_hash.c
tests_unit_base_test_hash_LDADD = $(BASE_LINK)
TESTS += tests/unit/base/test_hash
