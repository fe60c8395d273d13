//! Findings of one import, with the task each belongs to.

use std::collections::BTreeMap;

use super::text::Spot;
use crate::{
    diag::{Code, Diagnostic, Place},
    model::TaskNo,
    sheet::cell_name,
};

/// Findings of one kind that are kept; the largest plan seen has 5,000 tasks.
const SAME_CODE: usize = 10_000;

/// Where the places of a document are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// Lines or paragraphs, counted from 1.
    Lines,
    /// Cells of a workbook: sheet, row, column from 0, at the index that a spot is.
    Cells(Vec<(String, u32, u32)>),
}

/// A finding and where it stands.
#[derive(Clone, Debug)]
struct Note {
    finding: Diagnostic,
    spot: Spot,
}

/// Collects findings while a document is read.
#[derive(Debug)]
pub(super) struct Notes {
    file: String,
    source: Source,
    noted: Vec<Note>,
    counts: BTreeMap<Code, usize>,
    /// The task being read.
    pub(super) task: Option<TaskNo>,
}

impl Notes {
    pub(super) fn new(file: &str, source: Source) -> Self {
        Self {
            file: file.to_owned(),
            source,
            noted: Vec::new(),
            counts: BTreeMap::new(),
            task: None,
        }
    }

    /// Notes that `found` stands at `spot`.
    pub(super) fn say(&mut self, code: Code, spot: Spot, found: impl Into<String>) {
        self.add(Diagnostic::new(code, self.place(spot), found), spot);
    }

    /// The same with one named value for the text.
    pub(super) fn say_with(
        &mut self,
        code: Code,
        spot: Spot,
        found: impl Into<String>,
        name: &'static str,
        value: impl Into<String>,
    ) {
        self.add(Diagnostic::new(code, self.place(spot), found).with(name, value), spot);
    }

    /// Notes an omitted prefix and what the whole name would be.
    pub(super) fn say_prefix(&mut self, code: Code, found: &str, prefix: char, full: &str) {
        let finding = Diagnostic::new(code, self.place(0), found)
            .with("prefix", prefix.to_string())
            .with("full", full);
        self.add(finding, 0);
    }

    fn add(&mut self, mut finding: Diagnostic, spot: Spot) {
        // Where no number was read, the sentence shows that.
        let task = self.task.map_or_else(|| "？".to_owned(), |no| no.to_string());
        finding = finding.with("task", task);
        // The limit bounds memory on documents made to be hostile; no plan comes near it.
        let same = self.counts.entry(finding.code).or_insert(0);
        *same += 1;
        if *same <= SAME_CODE {
            self.noted.push(Note { finding, spot });
        }
    }

    /// The place a spot stands for.
    pub(super) fn place(&self, spot: Spot) -> Place {
        let file = self.file.clone();
        match &self.source {
            _ if spot == 0 => Place::File { file },
            Source::Lines => Place::Line { file, line: spot },
            Source::Cells(cells) => match cells.get(spot as usize) {
                Some((sheet, row, column)) => {
                    Place::Cell { file, sheet: sheet.clone(), cell: cell_name(*row, *column) }
                }
                None => Place::File { file },
            },
        }
    }

    /// The findings in order of place.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let mut notes: Vec<&Note> = self.noted.iter().collect();
        notes.sort_by_key(|n| n.spot);
        notes.into_iter().map(|n| n.finding.clone()).collect()
    }
}
