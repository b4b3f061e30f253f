-- Whose text a found one is, beside the index: reading it from there would read every text found.
DROP TABLE case_search;

CREATE TABLE case_texts (
    id INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES cases (number)
);

CREATE INDEX case_texts_of_case ON case_texts (case_number);

CREATE VIRTUAL TABLE case_search USING fts5(words, tokenize = 'unicode61 remove_diacritics 0');

CREATE VIEW case_words AS SELECT case_number, '' AS words FROM case_texts;

CREATE TRIGGER case_words_added INSTEAD OF INSERT ON case_words
BEGIN
    INSERT INTO case_texts (case_number) VALUES (NEW.case_number);
    INSERT INTO case_search (rowid, words) VALUES (last_insert_rowid(), NEW.words);
END;

UPDATE counters SET number = 0 WHERE name = 'case search';

-- The topics that a filter offers.
CREATE INDEX cases_by_topic ON cases (topic, department, helpers) WHERE topic <> '';
