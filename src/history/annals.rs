//! The runs of a series in a row, as `heyan history` shows them: what each read, what it counted,
//! and what came and went with it.

use std::collections::BTreeMap;

use rusqlite::params;

use crate::report::view::Severities;

use super::snapshot::Run;
use super::store::{Store, StoreError, count};

/// A run among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annal {
    /// The run.
    pub run: Run,
    /// Lists that it read; of the region alone, where one was asked for.
    pub lists: usize,
    /// Documents that it could not read, of all regions.
    pub not_read: usize,
    /// Faults of the documents that were not waived.
    pub document: Severities,
    /// Findings about our reading.
    pub reading: usize,
    /// Findings that were waived.
    pub waived: usize,
    /// Faults of documents that were new or had come back.
    pub came: usize,
    /// Findings about documents that were mended.
    pub settled: usize,
    /// The same that went for another cause.
    pub withdrawn: usize,
}

/// What came with each run: spells before which there was none, or an end.
const CAME: &str = "SELECT s.first, count(*) FROM spells s JOIN findings f USING (series, id)
    WHERE s.series = ?1 AND s.origin = 'document' AND (?2 IS NULL OR f.region_key = ?2)
      AND NOT EXISTS (
        SELECT 1 FROM spells p WHERE p.series = s.series AND p.id = s.id AND p.last < s.first
          AND NOT EXISTS (SELECT 1 FROM ends e WHERE e.series = s.series AND e.id = s.id
              AND e.n > p.last AND e.n < s.first))
    GROUP BY s.first";

/// What went with each run, for one cause.
const WENT: &str = "SELECT e.n, count(*) FROM ends e JOIN findings f USING (series, id)
    WHERE e.series = ?1 AND (?2 IS NULL OR f.region_key = ?2) AND e.state = ?3
      AND (SELECT s.origin FROM spells s WHERE s.series = e.series AND s.id = e.id
           AND s.last < e.n ORDER BY s.last DESC LIMIT 1) = 'document'
    GROUP BY e.n";

impl Store {
    /// The runs of a series, the oldest first, for all regions or one.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn annals(&self, series: &str, region: Option<&str>) -> Result<Vec<Annal>, StoreError> {
        let failed = |error| self.failed(error);
        let came = self.counts(CAME, params![series, region]).map_err(failed)?;
        let went = |state: &str| self.counts(WENT, params![series, region, state]);
        let settled = went("settled").map_err(failed)?;
        let withdrawn = went("withdrawn").map_err(failed)?;
        let unread = "SELECT n, count(*) FROM unread WHERE series = ?1 GROUP BY n";
        let unread = self.counts(unread, params![series]).map_err(failed)?;
        let runs = self.runs(series)?.into_iter();
        let annals = runs.map(|(n, run)| {
            let mut lists = self.lists(series, n)?;
            lists.retain(|list| region.is_none_or(|region| list.key == region));
            let sum = |count: fn(&super::ListRecord) -> usize| lists.iter().map(count).sum();
            let of = |counts: &BTreeMap<i64, usize>| counts.get(&n).copied().unwrap_or(0);
            Ok(Annal {
                run,
                lists: lists.len(),
                not_read: of(&unread),
                document: lists
                    .iter()
                    .fold(Severities::default(), |all, list| all.plus(list.document)),
                reading: sum(|list| list.reading),
                waived: sum(|list| list.waived),
                came: of(&came),
                settled: of(&settled),
                withdrawn: of(&withdrawn),
            })
        });
        let annals: rusqlite::Result<_> = annals.collect();
        annals.map_err(failed)
    }

    /// The regions that a series ever read: key and name.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn region_names(&self, series: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let read = || -> rusqlite::Result<BTreeMap<String, String>> {
            let mut query = self.reading().prepare_cached(
                "SELECT region_key, region FROM lists WHERE series = ? ORDER BY n",
            )?;
            let rows = query.query_map([series], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    fn counts(
        &self,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> rusqlite::Result<BTreeMap<i64, usize>> {
        let mut query = self.reading().prepare_cached(query)?;
        let rows = query.query_map(values, |row| Ok((row.get(0)?, count(row, 1)?)))?;
        rows.collect()
    }
}
