-- The public query interface: names and columns are stable, a test holds the golden list.

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
WHERE s.outcome='conflict' AND s.slot_key IN(
  SELECT substr(flag_key,1,instr(flag_key,':')-1) FROM flag -- a conflict that a reviewer dismissed is none
  WHERE category='contradictory' AND machine_state<>'absent' AND state NOT IN('false_positive','not_actionable'))
GROUP BY s.id,a.ord ORDER BY s.slot_key,claims DESC,a.ord;

CREATE VIEW q08_pages_contradicting_themselves AS
SELECT DISTINCT p.url,s.question,a.stance one,b.stance other
FROM slot s JOIN claim c ON c.slot_id=s.id
JOIN claim d ON d.slot_id=s.id AND d.page_id=c.page_id AND d.answer>c.answer
JOIN answer a ON a.slot_id=s.id AND a.ord=c.answer JOIN answer b ON b.slot_id=s.id AND b.ord=d.answer
JOIN page p ON p.id=c.page_id
WHERE s.outcome='conflict' AND s.slot_key IN(
  SELECT substr(flag_key,1,instr(flag_key,':')-1) FROM flag
  WHERE category='contradictory' AND machine_state<>'absent' AND state NOT IN('false_positive','not_actionable'))
ORDER BY p.url,s.question;

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

CREATE VIEW q21_one_answer_only AS
SELECT s.slot_key,s.question,s.kind,a.value,a.voices,count(*) claims,count(DISTINCT p.site_id) sites,min(p.url) example
FROM slot s JOIN answer a ON a.slot_id=s.id JOIN claim c ON c.slot_id=s.id AND c.answer=a.ord
JOIN page p ON p.id=c.page_id
WHERE s.outcome='agreed' GROUP BY s.id ORDER BY a.voices DESC,sites DESC,s.slot_key;

CREATE VIEW q22_measures_not_compared AS
SELECT s.host,p.url,u.text,u.measures_json measures
FROM uncompared u JOIN page p ON p.id=u.page_id JOIN site s ON s.id=p.site_id ORDER BY s.host,p.url,u.start;

CREATE VIEW q23_named_exits AS
SELECT r.reason,p.url,r.text,o.url other_url,r.other_text,round(r.similarity,3) similarity
FROM reuse r JOIN page p ON p.id=r.page_id JOIN page o ON o.id=r.other_page_id
ORDER BY r.reason,p.url,r.start,o.url,r.other_start;

CREATE VIEW q24_spinner_networks AS
SELECT n.id network,n.sites,n.shared shared_swaps,n.sites_json,n.swaps_json,n.links_json,
  n.urls_json
FROM network n ORDER BY n.sites DESC,n.sites_json;
