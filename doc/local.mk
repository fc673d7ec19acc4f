dist_doc_DATA += doc/design.md doc/postfix.md doc/exim.md doc/opensmtpd.md doc/backup.md doc/operator.md
# Pages to give to others; their names differ, so that they can lie in one folder.
dist_doc_DATA += doc/de/moderation.md doc/de/mitmachen.md doc/de/datenschutz.md \
	doc/en/moderators.md doc/en/taking-part.md doc/en/data-protection.md
