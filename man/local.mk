# what this folder installs and ships
