-- The frontier of the crawl: what is to be fetched, what is being fetched, what became of it. Times are Unix seconds,
-- because they are compared at every step; views show them as ISO 8601.

CREATE TABLE frontier_host(
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE,                  -- with its port unless that is the default one
  domain TEXT NOT NULL,                       -- registrable domain
  robots_text TEXT,                           -- the last copy, at most 512 KiB
  robots_status INTEGER,
  robots_at REAL,                             -- when that copy came
  robots_failing_since REAL,                  -- since when robots.txt cannot be had
  delay REAL NOT NULL DEFAULT 0,              -- s between two requests, as learnt
  ready_at REAL NOT NULL DEFAULT 0,           -- no request before
  failures INTEGER NOT NULL DEFAULT 0,        -- in a row
  code TEXT,                                  -- why the host is left alone in this run
  closed_run INTEGER REFERENCES run(id),
  owner TEXT,                                 -- the process that may ask this host
  owned_until REAL NOT NULL DEFAULT 0,
  dropped TEXT NOT NULL DEFAULT ''            -- session parameters learnt, separated by spaces
) STRICT;
CREATE INDEX frontier_host_closed ON frontier_host(closed_run);

-- A channel is a section of a site: host and path prefix. Topics live in channels, so budgets and odds do as well.
CREATE TABLE frontier_channel(
  id INTEGER PRIMARY KEY,
  host_id INTEGER NOT NULL REFERENCES frontier_host(id),
  prefix TEXT NOT NULL,
  fetched INTEGER NOT NULL DEFAULT 0,
  relevant REAL NOT NULL DEFAULT 0,           -- a near copy of a page that is already there counts as a fifth
  UNIQUE(host_id,prefix)
) STRICT;

CREATE TABLE frontier(
  id INTEGER PRIMARY KEY,
  url_key TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  host_id INTEGER NOT NULL REFERENCES frontier_host(id),
  channel_id INTEGER NOT NULL REFERENCES frontier_channel(id),
  state TEXT NOT NULL CHECK(state IN('queued','done','gone','failed','refused')),
  rank INTEGER NOT NULL DEFAULT 0,            -- 2: seed or redirect, 1: due for a new visit, 0: found
  score REAL NOT NULL DEFAULT 0,              -- expected relevance, 0 to 1
  depth INTEGER NOT NULL DEFAULT 0,           -- links from a seed
  tunnel INTEGER NOT NULL DEFAULT 0,          -- irrelevant pages in a row on the way here
  redirects INTEGER NOT NULL DEFAULT 0,
  via_id INTEGER,                             -- the frontier row of the page that named it
  origin TEXT NOT NULL CHECK(origin IN('seed','link','sitemap','feed','import','redirect','probe')),
  anchor TEXT NOT NULL DEFAULT '',
  zone TEXT NOT NULL DEFAULT '',
  features BLOB,                              -- of the link, for learning from what it led to
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before REAL NOT NULL DEFAULT 0,
  code TEXT,                                  -- why it was refused or failed
  detail TEXT NOT NULL DEFAULT '',
  added_run INTEGER NOT NULL REFERENCES run(id),
  run_id INTEGER REFERENCES run(id),          -- the run that settled it last
  page_id INTEGER REFERENCES page(id),
  fetched_at REAL,
  next_at REAL,                               -- when the next visit is due
  checks INTEGER NOT NULL DEFAULT 0,          -- visits after the first
  changes INTEGER NOT NULL DEFAULT 0,         -- of these, how many met another text
  etag TEXT,
  last_modified TEXT,
  raw_sha256 TEXT,
  text_sha256 TEXT,
  simhash INTEGER,
  relevance REAL,
  moved_to TEXT                               -- where a permanent redirect leads
) STRICT;
CREATE INDEX frontier_best ON frontier(channel_id,rank DESC,score DESC) WHERE state='queued';
CREATE INDEX frontier_due ON frontier(next_at) WHERE state='done';
-- A link that was found and not asked for yet, as most are, stands in two indexes alone: its key and frontier_best.
CREATE INDEX frontier_run ON frontier(run_id,state) WHERE run_id IS NOT NULL;
CREATE INDEX frontier_page ON frontier(page_id) WHERE page_id IS NOT NULL;

-- What the crawl has learnt: topic, link scorer. One row a name, replaced as a whole.
CREATE TABLE frontier_model(
  name TEXT PRIMARY KEY,
  saved_run INTEGER NOT NULL REFERENCES run(id),
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX frontier_model_run ON frontier_model(saved_run);
