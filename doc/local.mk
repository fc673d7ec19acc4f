dist_doc_DATA += doc/design.md doc/postfix.md doc/exim.md doc/opensmtpd.md doc/backup.md
