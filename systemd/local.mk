# The unit for systemd, and the folder of the socket for systemd-tmpfiles. Both tools look below /usr/local/lib, too.
EXTRA_DIST += systemd/forumpost.service.in
if SYSTEMD
systemdsystemunit_DATA = systemd/forumpost.service
CLEANFILES += systemd/forumpost.service
tmpfilesdir = $(prefix)/lib/tmpfiles.d
tmpfiles_DATA = systemd/tmpfiles.d/forumpost.conf
endif
EXTRA_DIST += systemd/tmpfiles.d/forumpost.conf
systemd/forumpost.service: systemd/forumpost.service.in
	@$(MKDIR_P) systemd
	$(AM_V_GEN)sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' $(srcdir)/systemd/forumpost.service.in >$@.tmp && mv $@.tmp $@
