-- SPDX-License-Identifier: GPL-3.0-or-later
-- The one row of what this installation is.

-- name: installation_get
SELECT token_key, instance, created_at FROM installation WHERE id = 1
-- name: installation_put
INSERT INTO installation (id, token_key, instance, created_at) VALUES (1, :token_key, :instance, :created_at)
ON CONFLICT (id) DO NOTHING
