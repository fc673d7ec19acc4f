-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far the channels of news are.

-- columns channel: name, event_id, n_tries, try_at, said

-- name: channel_get
SELECT $channel FROM channel WHERE name = :name
-- name: channel_put
INSERT INTO channel ($channel) VALUES ($channel(:))
ON CONFLICT (name) DO UPDATE SET event_id = excluded.event_id, n_tries = excluded.n_tries, try_at = excluded.try_at, said = excluded.said
