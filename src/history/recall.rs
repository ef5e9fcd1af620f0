//! What the record knows before a run: read from it, run by run.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::past::{Past, PastFinding, PastRegion};
use super::snapshot::Run;
use super::store::{SEEN, Store, StoreError, seen};

impl Store {
    /// What was known before the `n`th run of a series.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn past(&self, series: &str, n: i64) -> Result<Past, StoreError> {
        let mut runs: BTreeMap<i64, Run> = self
            .runs(series)?
            .into_iter()
            .filter(|(own, _)| *own < n)
            .collect();
        let failed = |error| self.failed(error);
        let lists = self.last_lists(series, &runs).map_err(failed)?;
        // The last run, and those that were the last to read a region's list.
        let mut asked: BTreeSet<i64> = lists.iter().map(|list| list.n).collect();
        asked.extend(runs.keys().next_back());
        for own in asked {
            if let Some(run) = runs.get_mut(&own) {
                run.versions.rules = self.rules(series, own)?;
            }
        }
        Ok(Past {
            last: runs.values().next_back().cloned(),
            regions: regions(lists, &runs),
            findings: self.findings(series, n, &runs).map_err(failed)?,
        })
    }

    /// The lists of each region when they were last read.
    fn last_lists(
        &self,
        series: &str,
        runs: &BTreeMap<i64, Run>,
    ) -> rusqlite::Result<Vec<LastList>> {
        let mut query = self.reading().prepare_cached(
            "SELECT region_key, n, sha256, region, file FROM lists l
             WHERE series = ?1 AND n = (SELECT max(n) FROM lists m
                WHERE m.series = ?1 AND m.region_key = l.region_key AND m.n <= ?2)",
        )?;
        let newest = runs.keys().next_back().copied().unwrap_or(0);
        let rows = query.query_map(params![series, newest], |row| {
            Ok(LastList {
                key: row.get(0)?,
                n: row.get(1)?,
                sha256: row.get(2)?,
                region: row.get(3)?,
                file: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    /// Every finding that was seen before the `n`th run.
    fn findings(
        &self,
        series: &str,
        n: i64,
        runs: &BTreeMap<i64, Run>,
    ) -> rusqlite::Result<BTreeMap<String, PastFinding>> {
        let ends = self.ends(series, n)?;
        let day = |n: i64| {
            let day = runs.get(&n).and_then(Run::day);
            day.map(|day| day.to_string()).unwrap_or_default()
        };
        let mut query = self.reading().prepare_cached(&format!(
            "SELECT {SEEN}, s.first, min(s.last, ?2 - 1)
             FROM spells s JOIN findings f USING (series, id)
             WHERE s.series = ?1 AND s.first < ?2
             ORDER BY f.id, s.first"
        ))?;
        let rows = query.query_map(params![series, n], |row| {
            Ok((seen(row)?, row.get::<_, i64>(15)?, row.get::<_, i64>(16)?))
        })?;
        let mut findings: BTreeMap<String, PastFinding> = BTreeMap::new();
        let mut lasts: BTreeMap<String, i64> = BTreeMap::new();
        for row in rows {
            let (seen, first, last) = row?;
            let ended = |from: i64, to: i64| {
                let own = ends.get(&seen.id);
                own.is_some_and(|ends| ends.iter().any(|end| *end > from && *end < to))
            };
            let over = ended(last, n);
            match (findings.get_mut(&seen.id), lasts.get(&seen.id)) {
                // The spell goes on: it only weighs otherwise, or nobody could see in between.
                (Some(known), Some(before)) if !ended(*before, first) => {
                    known.until = day(last);
                    known.over = over;
                    known.seen = seen.clone();
                }
                _ => {
                    let finding = PastFinding {
                        seen: seen.clone(),
                        since: day(first),
                        until: day(last),
                        over,
                    };
                    findings.insert(seen.id.clone(), finding);
                }
            }
            lasts.insert(seen.id, last);
        }
        Ok(findings)
    }

    /// The runs that saw that a finding was gone.
    fn ends(&self, series: &str, n: i64) -> rusqlite::Result<BTreeMap<String, Vec<i64>>> {
        let mut query = self
            .reading()
            .prepare_cached("SELECT id, n FROM ends WHERE series = ? AND n < ?")?;
        let rows = query.query_map(params![series, n], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut ends: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for row in rows {
            let (id, n): (String, i64) = row?;
            ends.entry(id).or_default().push(n);
        }
        Ok(ends)
    }
}

/// A list in the last run that read one of its region.
struct LastList {
    key: String,
    n: i64,
    sha256: String,
    region: String,
    file: String,
}

/// Each region's list when it was last read.
fn regions(lists: Vec<LastList>, runs: &BTreeMap<i64, Run>) -> BTreeMap<String, PastRegion> {
    let newest = runs.keys().next_back().copied().unwrap_or(0);
    let mut regions: BTreeMap<String, PastRegion> = BTreeMap::new();
    for list in lists {
        let region = regions.entry(list.key).or_default();
        region.documents.insert(list.sha256);
        region.files.insert(list.file);
        region.region = list.region;
        region.age = newest + 1 - list.n;
        if let Some(run) = runs.get(&list.n) {
            region.versions = run.versions.clone();
        }
    }
    regions
}
