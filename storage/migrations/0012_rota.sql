-- AB 岗: who is on duty in a department, and who stands in.
CREATE TABLE shifts (
    id {identity},
    department TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    main TEXT NOT NULL,
    substitute TEXT NOT NULL
);

CREATE INDEX shifts_of_department ON shifts (department, last_day);

CREATE TABLE absences (
    id {identity},
    person TEXT NOT NULL,
    department TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    substitute TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL
);

CREATE INDEX absences_by_day ON absences (last_day);

-- 联络员, 分管负责人, 主要负责人 of a department: they need no account.
CREATE TABLE posts (
    department TEXT NOT NULL,
    post TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (department, post)
);
