noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/announcements.c src/store/announcements.h \
	src/store/blobs.c src/store/blobs.h \
	src/store/catalogue.h \
	src/store/bounces.c src/store/bounces.h \
	src/store/channels.c src/store/channels.h \
	src/store/check.c src/store/check.h \
	src/store/db.c src/store/db.h src/store/db_private.h src/store/open.c \
	src/store/digests.c src/store/digests.h \
	src/store/duties.c src/store/duties.h \
	src/store/engine.h \
	src/store/events.c src/store/events.h \
	src/store/forums.c src/store/forums.h \
	src/store/holds.c src/store/holds_list.c src/store/holds.h \
	src/store/ideas.c src/store/ideas.h \
	src/store/installation.c src/store/installation.h \
	src/store/issues.c src/store/issues.h \
	src/store/leftovers.c src/store/leftovers.h \
	src/store/lists.c src/store/lists.h \
	src/store/lock.c src/store/lock.h \
	src/store/mailboxes.c src/store/mailboxes.h \
	src/store/messages.c src/store/messages.h \
	src/store/migrate.c src/store/migrate.h \
	src/store/news.c src/store/notices.c src/store/notices.h \
	src/store/persons.c src/store/persons.h \
	src/store/posts.c src/store/posts.h \
	src/store/reports.c src/store/reports.h \
	src/store/rows.c src/store/rows.h \
	src/store/scrub.h \
	src/store/search.c src/store/search.h \
	src/store/sequences.c src/store/sequences.h \
	src/store/sqlite/engine.c src/store/sqlite/private.h \
	src/store/sqlite/memory.c \
	src/store/sqlite/scrub.c \
	src/store/sqlite/statement.c \
	src/store/sqlite/upkeep.c \
	src/store/statement.c src/store/statement.h \
	src/store/subscriptions.c src/store/subscriptions.h \
	src/store/tallies.c src/store/tallies.h \
	src/store/upkeep.c src/store/upkeep.h \
	src/store/post_reports.c src/store/post_reports.h \
	src/store/phases.c src/store/phases.h src/store/actions.c src/store/actions.h src/store/silence.c src/store/silence.h \
	src/store/proposals.c src/store/proposals.h \
	src/store/topics.c src/store/topics.h \
	src/store/steps.c src/store/steps.h \
	src/store/unsaid.c src/store/unsaid.h src/store/unsaid_rows.c src/store/unsaid_texts.c src/store/unsaid_work.c src/store/unsaid_private.h \
	src/store/versions.c src/store/versions.h \
	src/store/wishes.c src/store/wishes.h \
	src/store/remarks.c src/store/remarks.h \
	src/store/words.c src/store/words.h
libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
nodist_libstore_a_SOURCES = src/store/queries.c src/store/queries.h src/store/schema.c

# The SQL is compiled in: names -> enum and table, the newest schema and the steps that lead to it.
STORE_SQL = \
	src/store/sql/announcements.sql \
	src/store/sql/bounces.sql \
	src/store/sql/channels.sql \
	src/store/sql/check.sql \
	src/store/sql/digests.sql \
	src/store/sql/duties.sql \
	src/store/sql/events.sql \
	src/store/sql/forums.sql \
	src/store/sql/holds.sql \
	src/store/sql/ideas.sql \
	src/store/sql/installation.sql \
	src/store/sql/leftovers.sql \
	src/store/sql/lists.sql \
	src/store/sql/mailboxes.sql \
	src/store/sql/messages.sql \
	src/store/sql/notices.sql \
	src/store/sql/persons.sql \
	src/store/sql/post_reports.sql \
	src/store/sql/posts.sql \
	src/store/sql/reports.sql \
	src/store/sql/phases.sql src/store/sql/actions.sql src/store/sql/silence.sql \
	src/store/sql/proposals.sql \
	src/store/sql/topics.sql \
	src/store/sql/search.sql \
	src/store/sql/sequences.sql src/store/sql/steps.sql \
	src/store/sql/tallies.sql \
	src/store/sql/wishes.sql \
	src/store/sql/remarks.sql \
	src/store/sql/unsaid.sql \
	src/store/sql/versions.sql \
	src/store/sql/words.sql
STORE_MIGRATIONS = src/store/migrate/0002.sql
EXTRA_DIST += src/store/catalogue.awk $(STORE_SQL) src/store/sql/README src/store/schema.sql src/store/migrate/README $(STORE_MIGRATIONS)
BUILT_SOURCES += src/store/queries.h
CLEANFILES += src/store/queries.c src/store/queries.h src/store/schema.c

# In a fresh tree no object of the store is made before the header.
$(libstore_a_OBJECTS): src/store/queries.h

src/store/queries.h: $(STORE_SQL) src/store/catalogue.awk src/forum/purpose.def
	$(AM_V_GEN)$(MKDIR_P) src/store && ( cd $(srcdir) && $(AWK) -v make=enum -v purposes=src/forum/purpose.def -f src/store/catalogue.awk $(STORE_SQL) ) >$@.new && mv $@.new $@
src/store/queries.c: $(STORE_SQL) src/store/catalogue.awk src/forum/purpose.def
	$(AM_V_GEN)$(MKDIR_P) src/store && ( cd $(srcdir) && $(AWK) -v make=table -v purposes=src/forum/purpose.def -f src/store/catalogue.awk $(STORE_SQL) ) >$@.new && mv $@.new $@
src/store/schema.c: src/store/schema.sql src/store/catalogue.awk $(STORE_MIGRATIONS)
	$(AM_V_GEN)$(MKDIR_P) src/store && ( cd $(srcdir) && $(AWK) -v make=schema -f src/store/catalogue.awk src/store/schema.sql $(STORE_MIGRATIONS) ) >$@.new && mv $@.new $@
