# The demo initiative: its facts, and the script that plays them.
dist_pkgdata_DATA += demo/ruhr.json
EXTRA_DIST += demo/play.py
