-- SPDX-License-Identifier: GPL-3.0-or-later
-- Transactions.

-- name: begin
BEGIN IMMEDIATE
-- name: begin_read
BEGIN
-- name: commit
COMMIT
-- name: rollback
ROLLBACK
-- name: savepoint
SAVEPOINT message
-- name: savepoint_keep
RELEASE message
-- name: savepoint_undo
ROLLBACK TO message
-- name: data_version
PRAGMA data_version
