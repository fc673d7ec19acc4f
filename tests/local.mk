# Unit tests are GLib test programs (TAP), stories and shape tests are scripts that print TAP.
TEST_EXTENSIONS = .py .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
PY_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_DRIVER = $(LOG_DRIVER)
LOG_COMPILER = $(SHELL) $(srcdir)/tests/run-unit
PY_LOG_COMPILER = $(SHELL) $(srcdir)/tests/run-timed $(PYTHON3)
SH_LOG_COMPILER = $(SHELL) $(srcdir)/tests/run-timed $(SHELL)
AM_TESTS_ENVIRONMENT = \
	FORUMPOST='$(abs_top_builddir)/forumpost' top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	FORUMPOST_TEMPLATES='$(abs_top_srcdir)/templates' PYTHONDONTWRITEBYTECODE=1 G_DEBUG=fatal-criticals; \
	export FORUMPOST top_srcdir top_builddir FORUMPOST_TEMPLATES PYTHONDONTWRITEBYTECODE G_DEBUG;
EXTRA_DIST += tests/run-timed tests/run-unit tests/first-hour

# The longest test first: at the end it would run alone.
include $(srcdir)/tests/mails/local.mk
include $(srcdir)/tests/unit/base/local.mk
include $(srcdir)/tests/unit/mail/local.mk
include $(srcdir)/tests/unit/wire/local.mk
include $(srcdir)/tests/unit/text/local.mk
include $(srcdir)/tests/unit/forum/local.mk
include $(srcdir)/tests/unit/store/local.mk
include $(srcdir)/tests/unit/flow/local.mk
include $(srcdir)/tests/unit/page/local.mk
include $(srcdir)/tests/shape/local.mk
include $(srcdir)/tests/stories/local.mk
include $(srcdir)/tests/fuzz/local.mk

# What `inspect` understands of real mails, where the corpus lies beside the tree; a figure below the line is a failure.
EXTRA_DIST += tests/corpus-check
check-corpus: forumpost$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' $(PYTHON3) $(srcdir)/tests/corpus-check '$(abs_top_builddir)/forumpost$(EXEEXT)' || \
		{ code=$$?; test $$code = 77; }
.PHONY: check-corpus

# The recipes of src/README, tried: one of each is added to a copy of the tree, which is built.
EXTRA_DIST += tests/recipes
check-recipes:
	@CC='$(CC)' top_srcdir='$(abs_top_srcdir)' PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) $(srcdir)/tests/recipes
.PHONY: check-recipes
