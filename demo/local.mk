# The demo initiative: its facts, and the scripts that play them.
dist_pkgdata_DATA += demo/ruhr.json
EXTRA_DIST += demo/arc.py demo/play.py
