-- Up to which event the log of a case stands in the audit log, of which a mark is kept elsewhere.
CREATE TABLE sealed_cases (
    case_number TEXT PRIMARY KEY NOT NULL REFERENCES cases (number),
    version INTEGER NOT NULL
);
