# Whole-program stories: python scripts that print TAP; fp.py is what they share.
STORY_TESTS =
TESTS += $(STORY_TESTS)
EXTRA_DIST += $(STORY_TESTS) tests/stories/fp.py
