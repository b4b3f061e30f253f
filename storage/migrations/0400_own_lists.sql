-- All that a department's own list and its counts filter by, without anybody else's cases between.
CREATE INDEX cases_of_department_by_place ON cases (
    department, place, number, state, helpers, kind, account, topic, officer, asks, awaits
);

DROP INDEX cases_of_department;

-- The same of the few that other departments help with.
CREATE INDEX cases_helped ON cases (
    place, number, state, department, helpers, kind, account, topic, officer, asks, awaits
)
WHERE helpers <> '';

DROP INDEX cases_with_helpers;

-- Ended ones, which are most of all: counted for whoever sees every department.
CREATE INDEX cases_ended ON cases (state, asks)
WHERE cases.state IN ('replied', 'closed', 'out_of_scope');
