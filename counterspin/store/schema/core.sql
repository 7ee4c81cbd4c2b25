-- The database of a project. Times are ISO 8601 in UTC. Offsets count code points in document.text.
-- Changed lists (categories, kinds, zones) must equal those of counterspin/model.py; a test compares them.

CREATE TABLE run(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN('crawl','extract','analyse','report','import','demo','rebuild')),
  parent_id INTEGER REFERENCES run(id),
  started_at TEXT NOT NULL,
  ended_at TEXT,
  status TEXT NOT NULL DEFAULT 'running' CHECK(status IN('running','ok','partial','failed','interrupted')),
  tool_version TEXT NOT NULL,
  config_sha TEXT NOT NULL DEFAULT '',       -- settings and input of the run: equal means the same work
  config_json TEXT NOT NULL DEFAULT '{}',
  thresholds_json TEXT NOT NULL DEFAULT '{}', -- rule -> version and thresholds
  stats_json TEXT NOT NULL DEFAULT '{}',
  message TEXT
) STRICT;
CREATE INDEX run_kind ON run(kind,id);

CREATE TABLE site(
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE,
  domain TEXT NOT NULL,                       -- registrable domain
  icp_no TEXT,                                -- Chinese site licence, where a page shows one
  owner_text TEXT,
  first_run INTEGER NOT NULL REFERENCES run(id)
) STRICT;

CREATE TABLE page(
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES site(id),
  url TEXT NOT NULL,
  url_key TEXT NOT NULL UNIQUE,
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id),
  last_status INTEGER,
  gone_run INTEGER REFERENCES run(id),        -- the run that met 404 or 410
  moved_to TEXT,                              -- where the page redirects to
  capture_id INTEGER REFERENCES capture(id),  -- the version fetched last
  document_id INTEGER REFERENCES document(id) -- the version analysed: the last one that could be extracted
) STRICT;
CREATE INDEX page_site ON page(site_id);
CREATE INDEX page_capture ON page(capture_id);
CREATE INDEX page_document ON page(document_id);

CREATE TABLE capture(
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES page(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  url TEXT NOT NULL,                          -- the address that answered
  fetched_at TEXT NOT NULL,
  http_status INTEGER NOT NULL,
  content_type TEXT NOT NULL DEFAULT '',
  bytes INTEGER NOT NULL DEFAULT 0,
  raw_sha256 TEXT NOT NULL,                   -- of the body, content encoding undone
  warc_file TEXT,
  warc_offset INTEGER,
  UNIQUE(page_id,raw_sha256)
) STRICT;
CREATE INDEX capture_run ON capture(run_id);

-- One row a visit, also of an address that never became a page.
CREATE TABLE fetch(
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(id),
  page_id INTEGER REFERENCES page(id),
  url TEXT NOT NULL,
  at TEXT NOT NULL,
  http_status INTEGER,
  code TEXT NOT NULL,                         -- ok, unchanged, or why not: timeout, robots_denied, too_large, ...
  detail TEXT NOT NULL DEFAULT '' CHECK(length(detail)<=500),
  bytes INTEGER,
  seconds REAL,
  capture_id INTEGER REFERENCES capture(id)
) STRICT;
CREATE INDEX fetch_run ON fetch(run_id,code);
CREATE INDEX fetch_page ON fetch(page_id);
CREATE INDEX fetch_capture ON fetch(capture_id);

CREATE TABLE document(
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES capture(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  extractor TEXT NOT NULL,
  code TEXT,                                  -- why the page was refused; NULL: it has main content
  detail TEXT NOT NULL DEFAULT '',
  page_type TEXT NOT NULL DEFAULT 'empty' CHECK(page_type IN('article','qa','thread','list','empty')),
  title TEXT,
  byline TEXT,
  source TEXT,
  published TEXT,
  modified TEXT,
  language TEXT NOT NULL DEFAULT '',
  encoding TEXT NOT NULL DEFAULT '',
  text_sha256 TEXT,
  chars_main INTEGER NOT NULL DEFAULT 0,
  chars_removed INTEGER NOT NULL DEFAULT 0,
  toc_json TEXT NOT NULL DEFAULT '[]',
  marks_json TEXT NOT NULL DEFAULT '[]',
  text TEXT NOT NULL DEFAULT '',              -- last: a long value slows down the reading of what follows it
  UNIQUE(capture_id,extractor)
) STRICT;
CREATE INDEX document_run ON document(run_id);

CREATE TABLE track(
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES page(id),
  track_key TEXT NOT NULL,                    -- key of the passage when it was first seen
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id),
  UNIQUE(page_id,track_key)
) STRICT;

CREATE TABLE passage(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document(id),
  track_id INTEGER REFERENCES track(id),      -- the old passage that most of it comes from
  ord INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN('title','heading','paragraph','list_item','table_cell','quote','post','answer')),
  level INTEGER NOT NULL DEFAULT 0 CHECK(level BETWEEN 0 AND 6),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  passage_key TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE(document_id,ord),
  CHECK("end">=start)
) STRICT;
CREATE INDEX passage_track ON passage(track_id);
CREATE INDEX passage_by_key ON passage(passage_key);

-- Further old passages that went into a passage (an extractor that joins blocks), beside passage.track_id.
CREATE TABLE passage_origin(
  passage_id INTEGER NOT NULL REFERENCES passage(id),
  track_id INTEGER NOT NULL REFERENCES track(id),
  PRIMARY KEY(passage_id,track_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX passage_origin_track ON passage_origin(track_id);

CREATE TABLE boilerplate(
  document_id INTEGER NOT NULL REFERENCES document(id),
  ord INTEGER NOT NULL,
  reason TEXT NOT NULL
    CHECK(reason IN('navigation','link_farm','footer','disclaimer','toc','comment','ad','hidden','template')),
  text TEXT NOT NULL,
  PRIMARY KEY(document_id,ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment(
  document_id INTEGER NOT NULL REFERENCES document(id),
  ord INTEGER NOT NULL,
  author TEXT,
  role TEXT,
  published TEXT,
  text TEXT NOT NULL,
  PRIMARY KEY(document_id,ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE link(
  document_id INTEGER NOT NULL REFERENCES document(id),
  ord INTEGER NOT NULL,
  to_host TEXT NOT NULL,
  to_url TEXT NOT NULL,
  anchor TEXT NOT NULL,
  zone TEXT NOT NULL CHECK(zone IN('main','navigation','link_farm','comment','footer')),
  PRIMARY KEY(document_id,ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_to ON link(to_host);

CREATE TABLE cluster(
  id INTEGER PRIMARY KEY,
  cluster_key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK(kind IN('spun','copied','template')),
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id),
  medoid_id INTEGER REFERENCES passage(id),
  source_id INTEGER REFERENCES passage(id),   -- the probable original
  source_reasons_json TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX cluster_medoid ON cluster(medoid_id);
CREATE INDEX cluster_source ON cluster(source_id);

CREATE TABLE cluster_member(
  cluster_id INTEGER NOT NULL REFERENCES cluster(id),
  passage_id INTEGER NOT NULL REFERENCES passage(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  similarity REAL NOT NULL,
  PRIMARY KEY(cluster_id,passage_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_member_passage ON cluster_member(passage_id);

-- The learnt dictionary: source was replaced by target.
CREATE TABLE swap(
  id INTEGER PRIMARY KEY,
  swap_key TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  hits INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  sites INTEGER NOT NULL,
  score REAL NOT NULL,
  sense INTEGER NOT NULL DEFAULT 0,           -- words of one number stand for one another; 0: none
  directed INTEGER NOT NULL DEFAULT 1,
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id)
) STRICT;

CREATE TABLE swap_context(
  swap_id INTEGER NOT NULL REFERENCES swap(id),
  ord INTEGER NOT NULL,
  role TEXT NOT NULL,
  page_id INTEGER REFERENCES page(id),
  url TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  text TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(swap_id,ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX swap_context_page ON swap_context(page_id);

-- A question that claims answer, and the answers given.
CREATE TABLE slot(
  id INTEGER PRIMARY KEY,
  slot_key TEXT NOT NULL UNIQUE,
  question TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN('conflict','varies','rule_changed','agreed')),
  suppressors_json TEXT NOT NULL DEFAULT '[]',
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id)
) STRICT;

CREATE TABLE answer(
  slot_id INTEGER NOT NULL REFERENCES slot(id),
  ord INTEGER NOT NULL,
  stance TEXT NOT NULL,
  value TEXT NOT NULL,
  voices INTEGER NOT NULL,                    -- independent texts: copies count once
  PRIMARY KEY(slot_id,ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim(
  id INTEGER PRIMARY KEY,
  slot_id INTEGER NOT NULL REFERENCES slot(id),
  answer INTEGER NOT NULL,                    -- answer.ord
  page_id INTEGER NOT NULL REFERENCES page(id),
  passage_id INTEGER REFERENCES passage(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  polarity INTEGER NOT NULL,
  modality TEXT NOT NULL,
  attribution TEXT NOT NULL DEFAULT 'asserted',
  confidence REAL NOT NULL,
  claim_json TEXT NOT NULL DEFAULT '{}'       -- the whole claim
) STRICT;
CREATE INDEX claim_slot ON claim(slot_id,answer);
CREATE INDEX claim_passage ON claim(passage_id);
CREATE INDEX claim_page ON claim(page_id);

-- Sentences with a measure that no question holds: nothing was compared with them.
CREATE TABLE uncompared(
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(id),
  page_id INTEGER NOT NULL REFERENCES page(id),
  passage_id INTEGER REFERENCES passage(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  measures_json TEXT NOT NULL                 -- as the sentence has them: ["5年", "3%"]
) STRICT;
CREATE INDEX uncompared_page ON uncompared(page_id);
CREATE INDEX uncompared_passage ON uncompared(passage_id);
CREATE INDEX uncompared_run ON uncompared(run_id);
CREATE TABLE reuse(                           -- two passages alike for a reason that is no spinning
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(id),
  reason TEXT NOT NULL,                       -- copy, syndicated, version, statute, regional, template, edited, set_phrase
  page_id INTEGER NOT NULL REFERENCES page(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  other_page_id INTEGER NOT NULL REFERENCES page(id),
  other_start INTEGER NOT NULL,
  other_end INTEGER NOT NULL,
  other_text TEXT NOT NULL,
  similarity REAL NOT NULL
) STRICT;
CREATE INDEX reuse_page ON reuse(page_id);
CREATE INDEX reuse_other ON reuse(other_page_id);
CREATE INDEX reuse_run ON reuse(run_id);
CREATE TABLE network(                         -- the sites of one spinner
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(id),
  sites INTEGER NOT NULL,
  shared INTEGER NOT NULL,                    -- replacements that two sites or more share
  sites_json TEXT NOT NULL,
  urls_json TEXT NOT NULL,
  swaps_json TEXT NOT NULL,                   -- [["如果", "倘若"], ...], the commonest first
  links_json TEXT NOT NULL                    -- {"dictionary": 12, "licence": 1}: pairs of sites by what joins them
) STRICT;
CREATE INDEX network_run ON network(run_id);

CREATE TABLE flag(
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  fp_version INTEGER NOT NULL,
  category TEXT NOT NULL CHECK(category IN('spun','contradictory','padded','damaged','copied','link_farm')),
  rule TEXT NOT NULL,
  flag_key TEXT NOT NULL DEFAULT '',          -- tells flags of one rule in one passage apart
  page_id INTEGER NOT NULL REFERENCES page(id),
  passage_id INTEGER REFERENCES passage(id),
  track_id INTEGER REFERENCES track(id),
  cluster_id INTEGER REFERENCES cluster(id),
  start INTEGER,
  "end" INTEGER,
  score REAL NOT NULL CHECK(score BETWEEN 0 AND 1),
  severity INTEGER NOT NULL CHECK(severity BETWEEN 1 AND 4),
  reason TEXT NOT NULL,
  swaps_json TEXT NOT NULL DEFAULT '[]',
  counterpart_page_id INTEGER REFERENCES page(id),
  counterpart_url TEXT,
  counterpart_start INTEGER,
  counterpart_end INTEGER,
  machine_state TEXT NOT NULL CHECK(machine_state IN('new','unchanged','updated','absent','returned')),
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id),
  absent_run INTEGER REFERENCES run(id),
  evidence_hash TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open'
    CHECK(state IN('open','stale','confirmed','false_positive','unsure','not_actionable')),
  state_by TEXT,
  state_at TEXT,
  n_verdicts INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL,                         -- of the passage; empty: the page as a whole
  counterpart_text TEXT,
  reason_json TEXT NOT NULL DEFAULT '{}',     -- the reason in further languages: {"zh": ...}
  answers_json TEXT NOT NULL DEFAULT '[]'     -- rival answers that a reviewer has had before him
) STRICT;
CREATE INDEX flag_queue ON flag(state,severity DESC,score DESC,id DESC);
CREATE INDEX flag_queue_category ON flag(state,category,severity DESC,score DESC,id DESC,machine_state); -- covers counts
CREATE INDEX flag_page ON flag(page_id);
CREATE INDEX flag_passage ON flag(passage_id);
CREATE INDEX flag_track ON flag(track_id);
CREATE INDEX flag_cluster ON flag(cluster_id);
CREATE INDEX flag_counterpart ON flag(counterpart_page_id);
CREATE INDEX flag_rule ON flag(category,rule);

CREATE TABLE flag_event(
  id INTEGER PRIMARY KEY,
  flag_id INTEGER NOT NULL REFERENCES flag(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  event TEXT NOT NULL CHECK(event IN('new','updated','absent','returned')),
  cause TEXT NOT NULL DEFAULT '' CHECK(cause IN('','content','rules','corpus')),
  score REAL,
  evidence_hash TEXT,
  UNIQUE(flag_id,run_id)
) STRICT;
CREATE INDEX flag_event_run ON flag_event(run_id,event);

-- The evidence of a flag as of a run; written when the flag is new or its evidence changed, older rows stay.
CREATE TABLE evidence(
  id INTEGER PRIMARY KEY,
  flag_id INTEGER NOT NULL REFERENCES flag(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  ord INTEGER NOT NULL,
  role TEXT NOT NULL CHECK(role IN('subject','counterpart','source','rule','link')),
  page_id INTEGER REFERENCES page(id),
  passage_id INTEGER REFERENCES passage(id),
  url TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  text TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  note_json TEXT NOT NULL DEFAULT '{}',       -- the note in further languages
  UNIQUE(flag_id,run_id,ord)
) STRICT;
CREATE INDEX evidence_page ON evidence(page_id);
CREATE INDEX evidence_passage ON evidence(passage_id);

-- What reviewers said. Append-only; row_sha chains each row to the one before.
CREATE TABLE verdict(
  id INTEGER PRIMARY KEY,
  target_type TEXT NOT NULL CHECK(target_type IN('flag','cluster','swap','site')),
  target_key TEXT NOT NULL,
  verdict TEXT NOT NULL
    CHECK(verdict IN('confirmed','false_positive','unsure','not_actionable','reopened','withdrawn')),
  reason TEXT,
  reviewer TEXT NOT NULL,
  at TEXT NOT NULL,
  note TEXT,
  evidence_hash TEXT,
  run_id INTEGER,
  batch_id TEXT,
  nonce TEXT UNIQUE,
  supersedes INTEGER REFERENCES verdict(id),
  prev_sha TEXT,
  row_sha TEXT
) STRICT;
CREATE INDEX verdict_target ON verdict(target_type,target_key,id DESC);
CREATE INDEX verdict_batch ON verdict(batch_id);
CREATE INDEX verdict_supersedes ON verdict(supersedes);
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict BEGIN
  SELECT RAISE(ABORT,'verdict is append-only');
END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict BEGIN
  SELECT RAISE(ABORT,'verdict is append-only');
END;
-- REPLACE deletes without firing a delete trigger unless recursive_triggers is on: guard every unique column.
CREATE TRIGGER verdict_no_replace BEFORE INSERT ON verdict
WHEN EXISTS(SELECT 1 FROM verdict WHERE id=new.id OR nonce=new.nonce) BEGIN
  SELECT RAISE(ABORT,'verdict is append-only');
END;
CREATE TRIGGER verdict_apply AFTER INSERT ON verdict WHEN new.target_type='flag' BEGIN
  UPDATE flag SET
    state=CASE
      WHEN new.verdict IN('reopened','withdrawn') THEN 'open'
      WHEN new.evidence_hash IS NOT evidence_hash THEN 'stale'
      ELSE new.verdict END,
    state_by=new.reviewer, state_at=new.at, n_verdicts=n_verdicts+1
  WHERE fingerprint=new.target_key;
END;
CREATE TRIGGER flag_stale AFTER UPDATE OF evidence_hash ON flag
WHEN old.evidence_hash<>new.evidence_hash AND new.state NOT IN('open','stale') BEGIN
  UPDATE flag SET state='stale' WHERE id=new.id;
END;

CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  target_type TEXT NOT NULL CHECK(target_type IN('flag','cluster','swap','site','slot')),
  target_key TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX note_target ON note(target_type,target_key);

-- Numbers of a run, frozen when it ends: a later analysis never rewrites history.
CREATE TABLE run_stat(
  run_id INTEGER NOT NULL REFERENCES run(id),
  scope TEXT NOT NULL,
  scope_key TEXT NOT NULL,
  metric TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY(run_id,scope,scope_key,metric)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER run_stat_frozen_insert BEFORE INSERT ON run_stat
WHEN EXISTS(SELECT 1 FROM run WHERE id=new.run_id AND ended_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT,'the numbers of a finished run are frozen');
END;
CREATE TRIGGER run_stat_frozen_update BEFORE UPDATE ON run_stat
WHEN EXISTS(SELECT 1 FROM run WHERE id=old.run_id AND ended_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT,'the numbers of a finished run are frozen');
END;
CREATE TRIGGER run_stat_frozen_delete BEFORE DELETE ON run_stat
WHEN EXISTS(SELECT 1 FROM run WHERE id=old.run_id AND ended_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT,'the numbers of a finished run are frozen');
END;

-- What was purged, so that it is not fetched again. Holds no address, only its SHA-256.
CREATE TABLE tombstone(
  sha256 TEXT NOT NULL,
  scope TEXT NOT NULL CHECK(scope IN('url','host')),
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY(scope,sha256)
) STRICT, WITHOUT ROWID;

-- One token for each Chinese character, one for each run of letters or digits; rowid is passage.id.
CREATE VIRTUAL TABLE passage_fts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
