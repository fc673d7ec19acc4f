noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/clock.c src/base/clock.h \
	src/base/conf.c src/base/conf.h src/base/conf_endpoint.c src/base/conf_endpoint.h \
	src/base/conf_value.c src/base/conf_value.h \
	src/base/confine.c src/base/confine.h \
	src/base/confine_serve.c src/base/confine_serve.h \
	src/base/digest.c src/base/digest.h \
	src/base/err.c src/base/err.h \
	src/base/file.c src/base/file.h \
	src/base/hash.c src/base/hash.h \
	src/base/letter.h \
	src/base/limits.h \
	src/base/json_text.c src/base/json_text.h \
	src/base/log.c src/base/log.h \
	src/base/number.c src/base/number.h \
	src/base/owner.c src/base/owner.h \
	src/base/priority.c src/base/priority.h \
	src/base/screen.c src/base/screen.h \
	src/base/secret.c src/base/secret.h \
	src/base/token.c src/base/token.h
libbase_a_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS) $(SECCOMP_CFLAGS)
