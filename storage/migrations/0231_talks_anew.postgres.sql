-- A talk that was called off does not keep its rung: the next alarm that reaches it opens another.
ALTER TABLE interviews DROP CONSTRAINT interviews_department_year_alarm_key;

CREATE UNIQUE INDEX talks_of_rungs ON interviews (department, year, alarm)
    WHERE interviews.state <> 'cancelled';
