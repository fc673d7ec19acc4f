# The unit for systemd; installed where --with-systemdsystemunitdir says, else only shipped.
EXTRA_DIST += systemd/forumpost.service.in
if SYSTEMD
systemdsystemunit_DATA = systemd/forumpost.service
CLEANFILES += systemd/forumpost.service
systemd/forumpost.service: systemd/forumpost.service.in
	@$(MKDIR_P) systemd
	$(AM_V_GEN)sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' $(srcdir)/systemd/forumpost.service.in >$@.tmp && mv $@.tmp $@
endif
