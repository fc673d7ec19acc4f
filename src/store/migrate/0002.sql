-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 1 to 2.

-- Who did it at the command line.
ALTER TABLE event ADD COLUMN actor TEXT;
