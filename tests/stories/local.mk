# Whole-program stories: python scripts that print TAP; fp.py is what they share.
STORY_TESTS =
TESTS += $(STORY_TESTS)
EXTRA_DIST += tests/stories/doors.py tests/stories/postfix.py tests/stories/fp.py tests/stories/mta.py
