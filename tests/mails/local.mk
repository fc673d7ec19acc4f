# Golden mails: golden.py reads each .eml and compares with its .json; README says what each shows.
TESTS += tests/mails/golden.py tests/mails/threads.py tests/mails/guards.py
EXTRA_DIST += tests/mails
