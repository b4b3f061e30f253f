CREATE INDEX case_search_of_case ON case_search (case_number);

-- The topics that a filter offers.
CREATE INDEX cases_by_topic ON cases (topic, department, helpers) WHERE topic <> '';
