-- The few cases that other departments help with: found without reading all the others.
CREATE INDEX cases_with_helpers ON cases (department, place) WHERE helpers <> '';
