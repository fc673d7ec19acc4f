forumpost_SOURCES = \
	src/cmd/main.c src/cmd/cmd.h
forumpost_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS)
forumpost_LDADD = $(FLOW_LINK) $(JSON_LIBS)
