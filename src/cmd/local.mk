forumpost_SOURCES = \
	src/cmd/main.c src/cmd/cmd.h src/cmd/commands.h \
	src/cmd/door.c src/cmd/door.h \
	src/cmd/forum.c \
	src/cmd/inspect.c src/cmd/inspect_threads.c src/cmd/inspect_threads.h
forumpost_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS)
forumpost_LDADD = $(FLOW_LINK) $(JSON_LIBS)
