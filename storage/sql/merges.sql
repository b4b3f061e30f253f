-- name: open_merges()
-- A version that somebody replaced by a newer one carries nothing out any more.
SELECT entry_merges.* FROM entry_merges
INNER JOIN entry_versions
    ON entry_merges.kept = entry_versions.entry_id
    AND entry_merges.version = entry_versions.version
WHERE entry_merges.outcome = '' AND entry_versions.status IN ('draft', 'in_review')
    AND entry_merges.version = (
        SELECT MAX(newer.version) FROM entry_versions AS newer
        WHERE newer.entry_id = entry_merges.kept
    )
ORDER BY entry_merges.id

-- name: merges_of(entry_id)
SELECT * FROM entry_merges WHERE kept = :entry_id OR gone = :entry_id ORDER BY id DESC

-- name: begin_merge(kept, version, gone, gone_version, actor, at)!
INSERT INTO entry_merges (kept, version, gone, gone_version, actor, at)
VALUES (:kept, :version, :gone, :gone_version, :actor, :at)

-- name: end_merge(kept, version, outcome, actor, now)!
UPDATE entry_merges SET outcome = :outcome, ended_by = :actor, ended_at = :now
WHERE kept = :kept AND version = :version AND outcome = ''
