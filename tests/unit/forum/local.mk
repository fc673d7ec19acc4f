check_PROGRAMS += tests/unit/forum/test_route tests/unit/forum/test_policy
TESTS += tests/unit/forum/test_route tests/unit/forum/test_policy
tests_unit_forum_test_route_SOURCES = tests/unit/forum/test_route.c
tests_unit_forum_test_route_LDADD = $(FORUM_LINK)
tests_unit_forum_test_policy_SOURCES = tests/unit/forum/test_policy.c
tests_unit_forum_test_policy_LDADD = $(FORUM_LINK)
