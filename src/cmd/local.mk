# One file a line: doors come and go.
forumpost_SOURCES = \
	src/cmd/actor.c src/cmd/actor.h \
	src/cmd/alias.c src/cmd/alias.h \
	src/cmd/backup.c \
	src/cmd/bounce.c \
	src/cmd/check.c src/cmd/check.h src/cmd/check_say.c \
	src/cmd/check_listen.c src/cmd/check_web.c \
	src/cmd/check_net.c \
	src/cmd/check_paths.c src/cmd/check_relay.c \
	src/cmd/clock.c \
	src/cmd/cmd.h \
	src/cmd/commands.def src/cmd/commands.h \
	src/cmd/consent.c \
	src/cmd/deliver.c \
	src/cmd/demo.c \
	src/cmd/digest.c \
	src/cmd/dispatch.c \
	src/cmd/door.c src/cmd/door.h src/cmd/door_private.h \
	src/cmd/door_words.c \
	src/cmd/event.c \
	src/cmd/duty.c \
	src/cmd/explain.c \
	src/cmd/forum.c \
	src/cmd/hold.c \
	src/cmd/hold_complaint.c src/cmd/hold_complaint.h \
	src/cmd/command.c src/cmd/idea.c src/cmd/idea_life.c src/cmd/idea_life.h src/cmd/idea_office.c src/cmd/idea_office.h src/cmd/idea_show.c src/cmd/idea_show.h src/cmd/phase.c src/cmd/proposal.c src/cmd/topic.c src/cmd/topic.h \
	src/cmd/init.c \
	src/cmd/inspect.c \
	src/cmd/inspect_child.c src/cmd/inspect_child.h src/cmd/inspect_people.c src/cmd/inspect_people.h \
	src/cmd/inspect_threads.c src/cmd/inspect_threads.h \
	src/cmd/intake.c \
	src/cmd/journal.c src/cmd/journal.h \
	src/cmd/json.c \
	src/cmd/main.c \
	src/cmd/mbox.c src/cmd/mbox.h \
	src/cmd/member.c \
	src/cmd/message.c \
	src/cmd/newsletter.c src/cmd/newsletter.h src/cmd/newsletter_issue.c src/cmd/newsletter_people.c \
	src/cmd/reading.c src/cmd/reading.h \
	src/cmd/person.c \
	src/cmd/person_held.c src/cmd/person_held.h src/cmd/person_roles.c src/cmd/person_show.c src/cmd/person_show.h src/cmd/person_words.c \
	src/cmd/post.c src/cmd/post.h \
	src/cmd/publish.c \
	src/cmd/queue.c \
	src/cmd/restore.c \
	src/cmd/retry.c \
	src/cmd/serve.c \
	src/cmd/stats.c \
	src/cmd/web.c
forumpost_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS)
forumpost_LDADD = $(PAGE_LINK) $(JSON_LIBS)
