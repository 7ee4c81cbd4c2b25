-- A database of schema 1 as version 0.1.0 left it: two pages, their flags, two verdicts. Never edit it.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'counterspin','version_1','2026-11-22 11:20:08.360563+00:00');
CREATE TABLE answer(
  slot_id INTEGER NOT NULL REFERENCES slot(id),
  ord INTEGER NOT NULL,
  stance TEXT NOT NULL,
  value TEXT NOT NULL,
  voices INTEGER NOT NULL,                    -- independent texts: copies count once
  PRIMARY KEY(slot_id,ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE boilerplate(
  document_id INTEGER NOT NULL REFERENCES document(id),
  ord INTEGER NOT NULL,
  reason TEXT NOT NULL
    CHECK(reason IN('navigation','link_farm','footer','disclaimer','toc','comment','ad','hidden','template')),
  text TEXT NOT NULL,
  PRIMARY KEY(document_id,ord)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "capture" VALUES(1,1,1,'http://advice.test/a.html','2026-11-22T11:20:08Z',200,'text/html',592,'e5f285cbfc97dc406f43a69ad5353091525b6f52feef2cd292e725cac557ec71','import-000001-00000.warc.gz',400);
INSERT INTO "capture" VALUES(2,2,1,'http://advice.test/b.html','2026-11-22T11:20:08Z',200,'text/html',619,'ef1a36b7181187d07aed664b7e99a26ad16560039061e468217b17e52d4eb336','import-000001-00000.warc.gz',1486);
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
CREATE TABLE cluster_member(
  cluster_id INTEGER NOT NULL REFERENCES cluster(id),
  passage_id INTEGER NOT NULL REFERENCES passage(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  similarity REAL NOT NULL,
  PRIMARY KEY(cluster_id,passage_id)
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
INSERT INTO "document" VALUES(1,1,2,'1',NULL,'','article','净水器滤芯多久换一次',NULL,NULL,NULL,NULL,'zh-Hans','utf-8','4d37f816e0715d7b71c5ae8488dc2c43d1cdc61ac01fb072203b0beccd51f96c',147,0,'[]','["language_probability:0.99", "language_method:script", "title_from:h1"]','PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。
活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。
反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。');
INSERT INTO "document" VALUES(2,2,2,'1',NULL,'','article','滤芯更换周期',NULL,NULL,NULL,NULL,'zh-Hans','utf-8','7fc3432dd0d22c89fdc67976552c53af421ab008a9dc464b967592de664cdc03',172,0,'[]','["language_probability:0.99", "language_method:script", "title_from:h1"]','PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。
活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。
反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。本文由王小明律师整理,电话13912345678。');
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
  UNIQUE(flag_id,run_id,ord)
) STRICT;
INSERT INTO "evidence" VALUES(1,1,3,0,'subject',1,3,'http://advice.test/a.html',128,134,'通过 、检测','“通过” is followed by the mark “、”');
INSERT INTO "evidence" VALUES(2,1,3,1,'rule',1,3,'http://advice.test/a.html',105,147,'反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。','likely missing word unknown');
INSERT INTO "evidence" VALUES(3,2,3,0,'subject',2,6,'http://advice.test/b.html',128,134,'通过 、检测','“通过” is followed by the mark “、”');
INSERT INTO "evidence" VALUES(4,2,3,1,'rule',2,6,'http://advice.test/b.html',105,172,'反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。本文由王小明律师整理,电话13912345678。','likely missing word unknown');
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
INSERT INTO "fetch" VALUES(1,1,1,'http://advice.test/a.html','2026-11-22T11:20:08Z',200,'ok','',592,NULL,1);
INSERT INTO "fetch" VALUES(2,1,2,'http://advice.test/b.html','2026-11-22T11:20:08Z',200,'ok','',619,NULL,2);
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
  counterpart_text TEXT
) STRICT;
INSERT INTO "flag" VALUES(1,'a546f2838440a519e27fb19d',1,'damaged','hole','通过、检测',1,3,3,NULL,105,147,0.95,3,'A word is missing in “通过 、检测”: “通过” is followed by the mark “、”.','[]',NULL,NULL,NULL,NULL,'new',3,3,NULL,'6b1b7041c393bea3ff75883d','false_positive','one','2026-01-01T00:00:00Z',1,'反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。',NULL);
INSERT INTO "flag" VALUES(2,'37746f94445d9c54600010be',1,'damaged','hole','通过、检测',2,6,6,NULL,105,172,0.95,3,'A word is missing in “通过 、检测”: “通过” is followed by the mark “、”.','[]',NULL,NULL,NULL,NULL,'new',3,3,NULL,'5d02d15c871dfdcbe6de1076','confirmed','one','2026-01-01T00:00:00Z',1,'反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。本文由王小明律师整理,电话13912345678。',NULL);
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
INSERT INTO "flag_event" VALUES(1,1,3,'new','content',0.95,'6b1b7041c393bea3ff75883d');
INSERT INTO "flag_event" VALUES(2,2,3,'new','content',0.95,'5d02d15c871dfdcbe6de1076');
CREATE TABLE frontier(
  id INTEGER PRIMARY KEY,
  url_key TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  host_id INTEGER NOT NULL REFERENCES frontier_host(id),
  channel_id INTEGER NOT NULL REFERENCES frontier_channel(id),
  state TEXT NOT NULL CHECK(state IN('queued','leased','done','gone','failed','refused')),
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
  leased_at REAL,
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
CREATE TABLE frontier_channel(
  id INTEGER PRIMARY KEY,
  host_id INTEGER NOT NULL REFERENCES frontier_host(id),
  prefix TEXT NOT NULL,
  fetched INTEGER NOT NULL DEFAULT 0,
  relevant REAL NOT NULL DEFAULT 0,           -- a near copy of a page that is already there counts as a fifth
  UNIQUE(host_id,prefix)
) STRICT;
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
CREATE TABLE frontier_model(
  name TEXT PRIMARY KEY,
  saved_run INTEGER NOT NULL REFERENCES run(id),
  value BLOB NOT NULL
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
CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  target_type TEXT NOT NULL CHECK(target_type IN('flag','cluster','swap','site','slot')),
  target_key TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL
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
INSERT INTO "page" VALUES(1,1,'http://advice.test/a.html','advice.test/a.html',1,1,200,NULL,NULL,1,1);
INSERT INTO "page" VALUES(2,1,'http://advice.test/b.html','advice.test/b.html',1,1,200,NULL,NULL,2,2);
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
INSERT INTO "passage" VALUES(1,1,1,0,'paragraph',0,0,52,'4a7abdd81cd77ee6c2a0ef7e','PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。');
INSERT INTO "passage" VALUES(2,1,2,1,'paragraph',0,53,104,'3af5ce274818227b13934ef6','活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。');
INSERT INTO "passage" VALUES(3,1,3,2,'paragraph',0,105,147,'e71b5eb123365057fd02f08d','反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。');
INSERT INTO "passage" VALUES(4,2,4,0,'paragraph',0,0,52,'4a7abdd81cd77ee6c2a0ef7e','PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。');
INSERT INTO "passage" VALUES(5,2,5,1,'paragraph',0,53,104,'3af5ce274818227b13934ef6','活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。');
INSERT INTO "passage" VALUES(6,2,6,2,'paragraph',0,105,172,'bc7ce4b52f0c4c07a1119568','反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。本文由王小明律师整理,电话13912345678。');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','passage_fts','passage_fts',0,'CREATE VIRTUAL TABLE passage_fts USING fts5(text, content='''', tokenize=''unicode61 remove_diacritics 0'')');
CREATE TABLE 'passage_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "passage_fts_config" VALUES('version',4);
CREATE TABLE 'passage_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "passage_fts_data" VALUES(1,X'068211');
INSERT INTO "passage_fts_data" VALUES(10,X'000000000102020002010101020101');
INSERT INTO "passage_fts_data" VALUES(137438953473,X'000002EF02303301020A010270700102020103E4B8800104060B02020B03018903021303018B0202200301A40302110301AA01020B0301AD01022D0202BBA501021901040A2001040E0A0202BD9901022F0301BF02020B01020F0103E5858801022203018D0202290301A802022F0301B30102230202868D010228020287BA020213020288A403021F0301B00302120202898D01041D0502028A9B02021D02028CBA01021702028D8A02020D02028E8B01023002028F8A02022403018D0302020301AF01021801020901040D0A0301B3020210020290A60302220301B802021A020291B30202170301BD0302080202938D02022B02029CB00102160202A6820202110202AE8902022E0202AFBF0302070202B7A602020F0301AE0102140301B202021E0202B8B80202080202B9B402020E0102140202BA940202220202BBBA0102080202BC8202021603018F03021E0202BD9301021B0102230301B102022A0103E680A702020302028DA201040E1301022701022602028E8901022A02028F9001021C020294BE010229020296AD0302200301B903021D020297B60202250202988E0202190301AF03022102029BB401040D1301022601022502029C8801020C03018902021502029E9C0202120202A3800302190301890102030202ACA10102100202B0B4010411170104141B0202B4BB0202020202B58B03021A0202B8970302030202BBA40102040102050103E782AD020204020294A802020C01021002029A840104151B0202060202AC9403021B0202AD8903021C0202AEA101022B0202BB8F02021F0103E883BD02021C0202869C030205020288AC01020702020C02028AAF0102050102060202A6810302240202AEAE0102090202AFB40202180301B70102210202B4A80102120202B7AF01022C0202BE830102130202090202BF8703021803019B0102250103E9808201021A03018F03020403019A020207010217020295BF03020A020297AD010224020298800102270202998402021B03018D02022102029C800302230202A5AE02022C0406070C06060606060F07090806060607070706080707070707060D06070607060707070707070606070A070707060A06080E07070707060707060E0706070706070C0707070A080A0B0707070708070A0A0707070607070A0706080609070707070607');
INSERT INTO "passage_fts_data" VALUES(274877906945,X'000003490C30313339313233343536373806023301013304020A010270700402020103E4B8800404060B02020B03018906021303018B0502200301A40602110301AA04020B0301AD04022D0202BBA504021901040A2001040E0A0202BD9904022F0301BF05020B01020F0103E5858804022203018D0502290301A805022F0301B30402230202868D040228020287BA050213020288A406021F0301B00602120202898D04041D0502028A9B05021D02028CBA04021702028D8A05020D02028E8B04023002028F8A05022403018D0602020301AF04021801020901040D0A0301B3050210020290A60602220301B805021A020291B30502170301BD0602080202938D05022B02029CB00402160202A6820502110202AE8905022E0202AFBF0602070202B08F06022B0202B7A605020F0301AE0402140301B205021E0202B88806022E0301B80502080202B9B405020E0102140202BA940502220202BBBA0402080202BC8205021603018F06021E0202BD9304021B0102230301B105022A0202BE8B06022D0103E680A705020302028DA204040E1301022701022602028E8904022A02028F9004021C020294BE040229020295B406022F020296870602280301AD0602200301B906021D020297B60502250202988E05021901022C0301AF06022102029BB404040D1301022601022502029C8804020C0301890502150301AC06022702029E9C0502120202A3800602190301890402030202ACA10402100202B0B4040411170104141B0202B4BB0502020202B58B06021A0202B8970602030202BBA40402040102050103E782AD05020402028E8B06022A02029086060230020294A805020C0102100301B10602290301B506023102029A840404151B0202060202AC9406021B0202AD8906021C0202AEA104022B0202BB8F05021F0103E883BD05021C0202869C060205020288AC04020702020C02028AAF0402050102060202A6810602240202AEAE0402090202AF9D0602320301B40502180301B70402210202B4A80402120202B7AF04022C0202BE830402130202090202BF8706021803019B0402250103E9808204021A03018F06020403019A050207010217020295BF06020A020297AD040224020298800402270202998405021B03018D05022102029C800602230202A5AE05022C041006070C06060606060F07090806060607070706080707070707060D060706070607070707070707060607060A070707060A0607080E07070707070606070A060E070606070706070C0707070A0807070A06060B0707070708070A0A070707060607070A0706080609070707070607');
CREATE TABLE 'passage_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "passage_fts_docsize" VALUES(1,X'2F');
INSERT INTO "passage_fts_docsize" VALUES(2,X'2E');
INSERT INTO "passage_fts_docsize" VALUES(3,X'25');
INSERT INTO "passage_fts_docsize" VALUES(4,X'2F');
INSERT INTO "passage_fts_docsize" VALUES(5,X'2E');
INSERT INTO "passage_fts_docsize" VALUES(6,X'32');
CREATE TABLE 'passage_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "passage_fts_idx" VALUES(1,X'',2);
INSERT INTO "passage_fts_idx" VALUES(2,X'',2);
CREATE TABLE passage_origin(
  passage_id INTEGER NOT NULL REFERENCES passage(id),
  track_id INTEGER NOT NULL REFERENCES track(id),
  PRIMARY KEY(passage_id,track_id)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "run" VALUES(1,'import',NULL,'2026-11-22T11:20:08Z','2026-11-22T11:20:09Z','ok','0.1.0','','{"files": ["pages/a.html", "pages/b.html"]}','{}','{"captures": 2, "refused": {}, "unchanged": 0}',NULL);
INSERT INTO "run" VALUES(2,'extract',NULL,'2026-11-22T11:20:09Z','2026-11-22T11:20:11Z','ok','0.1.0','1','{}','{}','{"documents": 2, "refused": {}}',NULL);
INSERT INTO "run" VALUES(3,'analyse',NULL,'2026-11-22T11:20:14Z','2026-11-22T11:20:15Z','ok','0.1.0','7d008837b289622f46d0def3b367bb1e76697403f1c3e870bc0a890310e5609e','{"analyse": {"engine": "local", "judge": "", "judge_model": "", "judge_url": "http://127.0.0.1:11434/v1", "master": "local[2]", "max_candidates": 12, "max_chars": 2000000, "max_group": 400, "workers": 0}, "crawl": {"allow_private": [], "channel_pages": 500, "concurrency": 64, "contact": "me@example.test", "delay": 1.0, "focus": true, "free_disk": 524288000, "host_connections": 1, "host_pages": 500, "javascript": false, "links_per_page": 200, "max_bytes": 8388608, "max_crawl_delay": 30.0, "max_depth": 8, "max_pages": 5000, "max_seconds": 7200, "proxy": "", "readers": -1, "retries": 1, "sitemaps": true, "timeout": 30.0, "verify_certificates": true}, "detect": {}, "extract": {"memory": 2147483648, "min_chars": 40, "pages_per_worker": 200, "seconds": 20, "workers": 0}, "project": {"database": "data/counterspin.db", "locale": "zh-CN", "name": "counterspin", "timezone": "Asia/Shanghai", "warc": "data/warc"}, "report": {"formats": ["html", "json", "md"], "mask_personal_data": true, "max_html": 1500000}, "review": {"lease_minutes": 10, "port": 8765, "second_reviewer": []}, "schedule": {"alert_command": "", "alert_webhook": "", "catch_up": true, "cron": "", "jitter": 300}}','{"actor": {"category": "contradictory", "min_score": 0.0, "severity": 2, "version": 1}, "advice_direction": {"category": "contradictory", "min_score": 0.0, "severity": 3, "version": 1}, "antonym": {"category": "contradictory", "min_score": 0.0, "severity": 2, "version": 1}, "arithmetic": {"category": "contradictory", "rounded_tolerance": 0.1, "severity": 3, "tolerance": 0.01, "version": 1}, "boundary_swap": {"category": "spun", "version": 1}, "comment_echo": {"category": "padded", "max_comments": 200, "min_chinese": 9, "min_latin": 30, "min_likeness": 0.62, "min_share": 0.4, "version": 1}, "count_mismatch": {"category": "padded", "max_item": 12, "max_number": 20, "max_off": 4, "min_items": 2, "version": 1}, "deontic": {"category": "contradictory", "min_score": 0.0, "severity": 3, "version": 1}, "doubled_step": {"category": "padded", "max_head": 24, "min_body": 10, "min_same_body": 0.6, "min_shared_body": 0.2, "min_shared_words": 0.7, "min_words": 2, "version": 1}, "exclusivity": {"category": "contradictory", "min_score": 0.0, "severity": 2, "version": 1}, "expired_law": {"category": "contradictory", "score": 0.7, "severity": 1, "version": 1}, "fake_byline": {"category": "link_farm", "min_professionals": 3, "min_share": 0.75, "version": 1}, "heading_body": {"category": "contradictory", "min_body": 60, "min_question": 6, "version": 1}, "hole": {"category": "damaged", "fill_support": 2, "gap_support": 1, "max_places": 100, "max_spaced_marks": 0.2, "min_gaps": 2, "min_han": 0.3, "min_run": 14, "min_same": 2, "version": 1}, "link_farm": {"category": "link_farm", "max_official": 0.3, "max_shown": 40, "min_links": 8, "min_repeats": 2, "min_sites": 20, "min_sold": 3, "version": 1}, "lost_character": {"category": "damaged", "max_alone": 0.04, "max_half": 6.0, "max_uses": 2500, "min_dominance": 0.5, "support": 1, "version": 1}, "masking": {"category": "damaged", "fill_support": 2, "max_places": 12, "min_side": 2, "version": 1}, "missing_section": {"category": "padded", "max_missing": 0.34, "min_entries": 3, "min_likeness": 75, "version": 1}, "near_copy": {"cap": 400, "category": "copied", "min_resemblance": 0.7, "min_score": 0.0, "version": 1}, "numeric": {"category": "contradictory", "min_score": 0.0, "severity": 3, "version": 1}, "operator_group": {"category": "link_farm", "max_shown": 20, "max_sites": 200, "min_sites": 2, "version": 1}, "order": {"category": "contradictory", "min_score": 0.0, "severity": 2, "version": 1}, "outline_gap": {"category": "padded", "max_gaps": 2, "max_missing": 2, "min_entries": 3, "version": 1}, "polarity": {"category": "contradictory", "min_score": 0.0, "severity": 3, "version": 1}, "prompt_leak": {"category": "spun", "max_about": 2, "version": 1}, "rewrite": {"cap": 400, "category": "spun", "min_score": 0.0, "most": 12, "version": 1}, "script_conversion": {"category": "spun", "max_shown": 12, "min_brackets": 2, "min_wrong": 3, "version": 1}, "self_repeat": {"category": "padded", "max_pieces": 500, "min_chinese": 14, "min_exact": 3, "min_exact_letters": 24, "min_latin": 30, "min_likeness": 0.8, "version": 1}, "slot_template": {"category": "padded", "max_likeness": 85, "max_topic": 4, "max_units": 60, "min_frame": 12, "min_likeness": 0.75, "min_line_share": 0.27, "min_paragraph": 24, "min_pieces": 2, "min_run": 4, "min_share": 0.1, "version": 1}, "swap": {"category": "spun", "min_words": 2, "short": 60, "version": 1}, "term_variance": {"category": "spun", "min_density": 4.0, "min_names": 3, "min_uses": 5, "version": 1}, "title_swap": {"category": "spun", "min_score": 0.0, "version": 1}}','{"counts": {"aligned": 1, "below_min_score": 0, "candidates": 1, "characters_cut": 0, "documents": 2, "documents_cut": 0, "passages_compared": 6, "rare_keys_capped": 0, "relation_unlike": 1, "reuses_cut": 0, "same_url": 0, "texts_compared": 4}, "documents": 2, "flags": 2, "newest_document": 2, "states": {"new": 2}}',NULL);
CREATE TABLE run_stat(
  run_id INTEGER NOT NULL REFERENCES run(id),
  scope TEXT NOT NULL,
  scope_key TEXT NOT NULL,
  metric TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY(run_id,scope,scope_key,metric)
) STRICT, WITHOUT ROWID;
INSERT INTO "run_stat" VALUES(3,'category','damaged','flagged_page_pct',100.0);
INSERT INTO "run_stat" VALUES(3,'category','damaged','flags',2.0);
INSERT INTO "run_stat" VALUES(3,'category','damaged','pages',2.0);
INSERT INTO "run_stat" VALUES(3,'rule','hole','flags',2.0);
INSERT INTO "run_stat" VALUES(3,'run','','confirmed',0.0);
INSERT INTO "run_stat" VALUES(3,'run','','documents',2.0);
INSERT INTO "run_stat" VALUES(3,'run','','flags',2.0);
INSERT INTO "run_stat" VALUES(3,'run','','open',2.0);
INSERT INTO "run_stat" VALUES(3,'run','','pages',2.0);
INSERT INTO "run_stat" VALUES(3,'site','advice.test','flagged_page_pct',100.0);
INSERT INTO "run_stat" VALUES(3,'site','advice.test','flagged_pages',2.0);
INSERT INTO "run_stat" VALUES(3,'site','advice.test','pages',2.0);
CREATE TABLE site(
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE,
  domain TEXT NOT NULL,                       -- registrable domain
  icp_no TEXT,                                -- Chinese site licence, where a page shows one
  owner_text TEXT,
  first_run INTEGER NOT NULL REFERENCES run(id)
) STRICT;
INSERT INTO "site" VALUES(1,'advice.test','advice.test',NULL,NULL,1);
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
CREATE TABLE tombstone(
  sha256 TEXT NOT NULL,
  scope TEXT NOT NULL CHECK(scope IN('url','host')),
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY(scope,sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE track(
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES page(id),
  track_key TEXT NOT NULL,                    -- key of the passage when it was first seen
  first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER NOT NULL REFERENCES run(id),
  UNIQUE(page_id,track_key)
) STRICT;
INSERT INTO "track" VALUES(1,1,'4a7abdd81cd77ee6c2a0ef7e',2,2);
INSERT INTO "track" VALUES(2,1,'3af5ce274818227b13934ef6',2,2);
INSERT INTO "track" VALUES(3,1,'e71b5eb123365057fd02f08d',2,2);
INSERT INTO "track" VALUES(4,2,'4a7abdd81cd77ee6c2a0ef7e',2,2);
INSERT INTO "track" VALUES(5,2,'3af5ce274818227b13934ef6',2,2);
INSERT INTO "track" VALUES(6,2,'bc7ce4b52f0c4c07a1119568',2,2);
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
INSERT INTO "verdict" VALUES(1,'flag','37746f94445d9c54600010be','confirmed',NULL,'one','2026-01-01T00:00:00Z','真的','5d02d15c871dfdcbe6de1076',3,NULL,'n0',NULL,'','16b18261d42d93065cc85731132de7151c47ee31887a9ce7e1c4e8d5a7b9b722');
INSERT INTO "verdict" VALUES(2,'flag','a546f2838440a519e27fb19d','false_positive',NULL,'one','2026-01-01T00:00:00Z','真的','6b1b7041c393bea3ff75883d',3,NULL,'n1',NULL,'16b18261d42d93065cc85731132de7151c47ee31887a9ce7e1c4e8d5a7b9b722','66e520a7c327cf3b1bdca64f81cb1219f79786fe546f482e8e2024a445562a5e');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX run_kind ON run(kind,id);
CREATE INDEX page_site ON page(site_id);
CREATE INDEX page_capture ON page(capture_id);
CREATE INDEX page_document ON page(document_id);
CREATE INDEX capture_run ON capture(run_id);
CREATE INDEX capture_raw ON capture(raw_sha256);
CREATE INDEX fetch_run ON fetch(run_id,code);
CREATE INDEX fetch_page ON fetch(page_id);
CREATE INDEX fetch_capture ON fetch(capture_id);
CREATE INDEX document_run ON document(run_id);
CREATE INDEX passage_track ON passage(track_id);
CREATE INDEX passage_by_key ON passage(passage_key);
CREATE INDEX passage_origin_track ON passage_origin(track_id);
CREATE INDEX link_to ON link(to_host);
CREATE INDEX cluster_medoid ON cluster(medoid_id);
CREATE INDEX cluster_source ON cluster(source_id);
CREATE INDEX cluster_member_passage ON cluster_member(passage_id);
CREATE INDEX swap_context_page ON swap_context(page_id);
CREATE INDEX claim_slot ON claim(slot_id,answer);
CREATE INDEX claim_passage ON claim(passage_id);
CREATE INDEX claim_page ON claim(page_id);
CREATE INDEX flag_queue ON flag(state,severity DESC,score DESC,id DESC);
CREATE INDEX flag_queue_category ON flag(state,category,severity DESC,score DESC,id DESC,machine_state);
CREATE INDEX flag_page ON flag(page_id);
CREATE INDEX flag_passage ON flag(passage_id);
CREATE INDEX flag_track ON flag(track_id);
CREATE INDEX flag_cluster ON flag(cluster_id);
CREATE INDEX flag_counterpart ON flag(counterpart_page_id);
CREATE INDEX flag_rule ON flag(category,rule);
CREATE INDEX flag_event_run ON flag_event(run_id,event);
CREATE INDEX evidence_page ON evidence(page_id);
CREATE INDEX evidence_passage ON evidence(passage_id);
CREATE INDEX verdict_target ON verdict(target_type,target_key,id DESC);
CREATE INDEX verdict_batch ON verdict(batch_id);
CREATE INDEX verdict_supersedes ON verdict(supersedes);
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict BEGIN
  SELECT RAISE(ABORT,'verdict is append-only');
END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict BEGIN
  SELECT RAISE(ABORT,'verdict is append-only');
END;
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
CREATE INDEX note_target ON note(target_type,target_key);
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
CREATE INDEX frontier_host_closed ON frontier_host(closed_run);
CREATE INDEX frontier_best ON frontier(channel_id,rank DESC,score DESC) WHERE state='queued';
CREATE INDEX frontier_leased ON frontier(leased_at) WHERE state='leased';
CREATE INDEX frontier_due ON frontier(next_at) WHERE state='done';
CREATE INDEX frontier_host_rows ON frontier(host_id,state);
CREATE INDEX frontier_added ON frontier(added_run,state);
CREATE INDEX frontier_run ON frontier(run_id,state);
CREATE INDEX frontier_page ON frontier(page_id);
CREATE INDEX frontier_model_run ON frontier_model(saved_run);
CREATE VIEW q01_open_queue AS
SELECT f.fingerprint,f.category,f.rule,f.severity,round(f.score,3) score,s.host,p.url,f.reason,f.machine_state,f.state
FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id
WHERE f.state IN('open','stale') AND f.machine_state<>'absent'
ORDER BY f.severity DESC,f.score DESC,f.id DESC;
CREATE VIEW q02_new_since_last_run AS
SELECT f.fingerprint,f.category,f.rule,p.url,f.reason,e.event
FROM flag_event e JOIN flag f ON f.id=e.flag_id JOIN page p ON p.id=f.page_id
WHERE e.event IN('new','returned')
  AND e.run_id=(SELECT max(id) FROM run WHERE kind='analyse' AND status IN('ok','partial'));
CREATE VIEW q03_gone_since_last_run AS
SELECT f.fingerprint,f.category,f.rule,p.url,f.state,e.cause
FROM flag_event e JOIN flag f ON f.id=e.flag_id JOIN page p ON p.id=f.page_id
WHERE e.event='absent' AND e.run_id=(SELECT max(id) FROM run WHERE kind='analyse' AND status IN('ok','partial'));
CREATE VIEW q04_site_scorecard AS
SELECT s.host,count(DISTINCT p.id) pages,
  count(DISTINCT CASE WHEN f.category='spun' THEN p.id END) spun_pages,
  round(100.0*count(DISTINCT CASE WHEN f.category='spun' THEN p.id END)/count(DISTINCT p.id),1) spun_pct,
  coalesce(sum(f.category='contradictory'),0) contradictions,
  coalesce(sum(f.category='padded'),0) padded,
  coalesce(sum(f.category='damaged'),0) damaged,
  coalesce(sum(f.category='copied'),0) copied,
  coalesce(sum(f.category='link_farm'),0) link_farm,
  coalesce(sum(f.state='confirmed'),0) confirmed,
  coalesce(sum(f.state='false_positive'),0) false_positive
FROM site s JOIN page p ON p.site_id=s.id AND p.document_id IS NOT NULL
LEFT JOIN flag f ON f.page_id=p.id AND f.machine_state<>'absent'
GROUP BY s.id ORDER BY spun_pct DESC,pages DESC,s.host;
CREATE VIEW q05_top_clusters AS
SELECT c.cluster_key,c.kind,count(*) members,count(DISTINCT p.site_id) sites,round(avg(m.similarity),3) avg_similarity,
  substr((SELECT text FROM passage WHERE id=c.medoid_id),1,80) medoid
FROM cluster c JOIN cluster_member m ON m.cluster_id=c.id JOIN passage a ON a.id=m.passage_id
JOIN document d ON d.id=a.document_id JOIN capture k ON k.id=d.capture_id JOIN page p ON p.id=k.page_id
GROUP BY c.id ORDER BY sites DESC,members DESC,c.cluster_key;
CREATE VIEW q06_spinner_dictionary AS
SELECT w.source,w.target,w.hits,w.pages,w.sites,round(w.score,2) score,
  (SELECT v.verdict FROM verdict v WHERE v.target_type='swap' AND v.target_key=w.swap_key ORDER BY v.id DESC LIMIT 1)
    verdict,
  w.swap_key
FROM swap w ORDER BY w.score DESC,w.hits DESC,w.source,w.target;
CREATE VIEW q07_contradictory_advice AS
SELECT s.slot_key,s.question,s.outcome,a.stance,a.value,a.voices,count(*) claims,count(DISTINCT p.site_id) sites,
  min(p.url) example
FROM slot s JOIN answer a ON a.slot_id=s.id JOIN claim c ON c.slot_id=s.id AND c.answer=a.ord
JOIN page p ON p.id=c.page_id
WHERE s.outcome='conflict'
GROUP BY s.id,a.ord ORDER BY s.slot_key,claims DESC,a.ord;
CREATE VIEW q08_pages_contradicting_themselves AS
SELECT DISTINCT p.url,s.question,a.stance one,b.stance other
FROM slot s JOIN claim c ON c.slot_id=s.id
JOIN claim d ON d.slot_id=s.id AND d.page_id=c.page_id AND d.answer>c.answer
JOIN answer a ON a.slot_id=s.id AND a.ord=c.answer JOIN answer b ON b.slot_id=s.id AND b.ord=d.answer
JOIN page p ON p.id=c.page_id
WHERE s.outcome='conflict' ORDER BY p.url,s.question;
CREATE VIEW q09_link_farm_edges AS
SELECT s.domain source,l.to_host target,count(DISTINCT p.id) pages
FROM link l JOIN document d ON d.id=l.document_id JOIN page p ON p.document_id=d.id JOIN site s ON s.id=p.site_id
WHERE l.zone IN('link_farm','footer','comment') AND l.to_host<>s.host AND l.to_host<>''
GROUP BY 1,2 ORDER BY pages DESC,1,2;
CREATE VIEW q10_same_icp_many_hosts AS
SELECT icp_no,count(*) hosts,group_concat(host,' ') names
FROM site WHERE icp_no IS NOT NULL GROUP BY icp_no HAVING hosts>1 ORDER BY hosts DESC,icp_no;
CREATE VIEW q11_review_progress AS
SELECT category,state,count(*) flags FROM flag WHERE machine_state<>'absent' GROUP BY 1,2;
CREATE VIEW q12_precision_by_rule AS
SELECT category,rule,sum(state='confirmed') confirmed,sum(state='false_positive') false_positive,
  round(1.0*sum(state='confirmed')/nullif(sum(state IN('confirmed','false_positive')),0),3) precision
FROM flag GROUP BY 1,2 ORDER BY confirmed+false_positive DESC,1,2;
CREATE VIEW q13_reviewer_throughput AS
SELECT reviewer,substr(at,1,10) day,count(*) verdicts FROM verdict GROUP BY 1,2;
CREATE VIEW q14_disagreements AS
SELECT target_key,group_concat(reviewer||'='||verdict,'; ') votes
FROM (SELECT target_key,reviewer,verdict,max(id) FROM verdict
      WHERE target_type='flag' GROUP BY 1,2 HAVING verdict IN('confirmed','false_positive'))
GROUP BY 1 HAVING count(DISTINCT verdict)>1;
CREATE VIEW q15_stale_verdicts AS
SELECT f.fingerprint,f.category,f.rule,p.url,f.state_by,f.state_at
FROM flag f JOIN page p ON p.id=f.page_id WHERE f.state='stale';
CREATE VIEW q16_page_history AS
SELECT p.url,k.fetched_at,k.http_status,d.title,d.text_sha256,k.raw_sha256,k.warc_file,k.warc_offset,d.code
FROM capture k JOIN page p ON p.id=k.page_id LEFT JOIN document d ON d.capture_id=k.id ORDER BY p.url,k.id;
CREATE VIEW q17_first_seen_source AS
SELECT c.cluster_key,p.url,d.published,k.fetched_at,a.id=c.source_id probable_source
FROM cluster c JOIN cluster_member m ON m.cluster_id=c.id JOIN passage a ON a.id=m.passage_id
JOIN document d ON d.id=a.document_id JOIN capture k ON k.id=d.capture_id JOIN page p ON p.id=k.page_id
ORDER BY c.cluster_key,coalesce(d.published,k.fetched_at),p.url;
CREATE VIEW q18_boilerplate_share AS
SELECT s.host,round(100.0*sum(d.chars_removed)/nullif(sum(d.chars_removed+d.chars_main),0),1) removed_pct,
  count(*) pages
FROM document d JOIN page p ON p.document_id=d.id JOIN site s ON s.id=p.site_id
GROUP BY s.id ORDER BY removed_pct DESC,s.host;
CREATE VIEW q19_trend AS
SELECT r.id run_id,r.ended_at,t.scope_key category,t.value pct
FROM run_stat t JOIN run r ON r.id=t.run_id
WHERE t.scope='category' AND t.metric='flagged_page_pct' ORDER BY r.id,t.scope_key;
CREATE VIEW q20_verdict_log AS
SELECT v.id,v.at,v.reviewer,v.verdict,v.reason,v.note,v.target_type,v.target_key,p.url
FROM verdict v LEFT JOIN flag f ON v.target_type='flag' AND f.fingerprint=v.target_key
LEFT JOIN page p ON p.id=f.page_id ORDER BY v.id DESC;
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id=1129533527;
PRAGMA user_version=1;
