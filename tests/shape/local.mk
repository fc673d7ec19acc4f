# The shape of the sources: scripts that print TAP; layers.py also draws the graph.
SHAPE_TESTS = tests/shape/selftest.py tests/shape/built.py tests/shape/shape.py tests/shape/headers.py tests/shape/docs.py tests/shape/limits.py tests/shape/musts.py tests/shape/calls.py tests/shape/format.py
if !SANITIZERS
TESTS += $(SHAPE_TESTS)
endif
EXTRA_DIST += $(SHAPE_TESTS) tests/shape/limits tests/shape/seams tests/shape/csource.py tests/shape/layers.py src/LAYERS src/README
AM_TESTS_ENVIRONMENT += \
	HEADER_CC='$(CC) $(DEFS) $(AM_CPPFLAGS) $(CPPFLAGS) -I. $(AM_CFLAGS) $(GMIME_CFLAGS) $(XML_CFLAGS) $(JSON_CFLAGS) \
	$(SQLITE_CFLAGS) $(SECCOMP_CFLAGS) $(CFLAGS)'; export HEADER_CC;

# Draws who includes whom; `make layers DOT=--dot | dot -Tsvg` for a picture.
layers:
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) $(srcdir)/tests/shape/layers.py $(DOT) $(srcdir)/src
.PHONY: layers
