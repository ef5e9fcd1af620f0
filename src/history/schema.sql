-- What heyan remembers of its runs. A series is the runs of one job; `n` counts them from 1 without
-- gaps. A spell is a row of runs, none left out, in which a finding was seen and weighed the same.

CREATE TABLE runs (
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    now TEXT NOT NULL,               -- RFC 3339
    program TEXT NOT NULL,           -- version of heyan
    reading TEXT NOT NULL,           -- version of its reading and judging
    standard TEXT NOT NULL,          -- digest of the national data
    settings TEXT NOT NULL,          -- digest of what the office set
    rules TEXT NOT NULL,             -- digests of the rules by their ids, JSON
    PRIMARY KEY (series, n),
    UNIQUE (series, run_id)
) STRICT;

CREATE TABLE lists (                 -- lists that a run read
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    position INTEGER NOT NULL,       -- order in the report
    region_key TEXT NOT NULL,        -- the region's code, or its file where it has none
    region_code TEXT NOT NULL,
    region TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    error INTEGER NOT NULL,          -- findings about the document that are not waived
    warning INTEGER NOT NULL,
    info INTEGER NOT NULL,
    reading INTEGER NOT NULL,        -- findings about our reading
    waived INTEGER NOT NULL,
    PRIMARY KEY (series, n, position),
    FOREIGN KEY (series, n) REFERENCES runs ON DELETE CASCADE
) STRICT;
CREATE INDEX lists_by_region ON lists (series, region_key, n);

CREATE TABLE unread (                -- documents that a run could not read
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    file TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (series, n, file),
    FOREIGN KEY (series, n) REFERENCES runs ON DELETE CASCADE
) STRICT;

CREATE TABLE unasked (               -- rules that a run did not ask of a list, or of any ('')
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    rule TEXT NOT NULL,
    file TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (series, n, rule, file),
    FOREIGN KEY (series, n) REFERENCES runs ON DELETE CASCADE
) STRICT;

CREATE TABLE findings (              -- as they were last seen
    series TEXT NOT NULL,
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    region_key TEXT NOT NULL,
    region_code TEXT NOT NULL,
    region TEXT NOT NULL,
    file TEXT NOT NULL,
    level TEXT NOT NULL,
    seq TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (series, id)
) STRICT;

CREATE TABLE spells (
    series TEXT NOT NULL,
    id TEXT NOT NULL,
    first INTEGER NOT NULL,          -- run of the series
    last INTEGER NOT NULL,
    severity TEXT NOT NULL,
    origin TEXT NOT NULL,
    waived INTEGER NOT NULL,
    PRIMARY KEY (series, id, first),
    FOREIGN KEY (series, id) REFERENCES findings
) STRICT;
CREATE INDEX spells_by_last ON spells (series, last);

CREATE TABLE ends (                  -- runs that saw that a finding was gone
    series TEXT NOT NULL,
    id TEXT NOT NULL,
    n INTEGER NOT NULL,
    state TEXT NOT NULL,             -- settled, withdrawn
    cause TEXT NOT NULL,
    PRIMARY KEY (series, id, n),
    FOREIGN KEY (series, n) REFERENCES runs ON DELETE CASCADE
) STRICT;
