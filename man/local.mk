# Manual pages. The list of settings in forumpost.conf(5) is made from the table that the program itself reads.
dist_man_MANS += man/forumpost.1 man/forumpost-intake.8
man_MANS = man/forumpost.conf.5
EXTRA_DIST += man/forumpost.conf.5.in man/settings.awk
CLEANFILES += man/forumpost.conf.5 man/settings.mdoc

man/forumpost.conf.5: man/forumpost.conf.5.in man/settings.awk src/flow/settings.def src/base/limits.h
	@$(MKDIR_P) man
	$(AM_V_GEN)connections=$$($(AWK) '$$2 == "LIMIT_SMTP_CONNECTIONS" { print $$3 }' $(srcdir)/src/base/limits.h) && \
	$(AWK) -v localstatedir='$(localstatedir)' -v connections="$$connections" -f $(srcdir)/man/settings.awk \
		$(srcdir)/src/flow/settings.def >man/settings.mdoc && \
	sed -e '/^@SETTINGS@/{' -e 'r man/settings.mdoc' -e 'd' -e '}' -e 's|@sysconfdir[@]|$(sysconfdir)|g' -e 's|@pkgdatadir[@]|$(pkgdatadir)|g' \
		$(srcdir)/man/forumpost.conf.5.in >$@.tmp && mv $@.tmp $@

# The same table as an example to copy from.
nodist_pkgdata_DATA = man/forumpost.conf.example
CLEANFILES += man/forumpost.conf.example
man/forumpost.conf.example: man/settings.awk src/flow/settings.def src/base/limits.h
	@$(MKDIR_P) man
	$(AM_V_GEN)connections=$$($(AWK) '$$2 == "LIMIT_SMTP_CONNECTIONS" { print $$3 }' $(srcdir)/src/base/limits.h) && \
	$(AWK) -v make=example -v localstatedir='$(localstatedir)' -v connections="$$connections" -f $(srcdir)/man/settings.awk \
		$(srcdir)/src/flow/settings.def >$@.tmp && mv $@.tmp $@

# Every page passes mandoc's lint, every setting and every command is documented.
TESTS += man/man.sh
EXTRA_DIST += man/man.sh
man/man.log: man/forumpost.conf.5
