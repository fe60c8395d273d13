//! What is well-formed in a `form.toml` but impossible.

use std::collections::BTreeSet;

use super::{
    change::LABELS,
    description::{ColumnKey, FormSpec, ROW_KINDS, RowKind},
    source::Source,
};
use crate::{
    diag::Result,
    model::{Field, normalise_text},
};

/// Narrowest and widest column in Excel characters: one hanzi, and what a page bears.
const WIDTHS: std::ops::RangeInclusive<f64> = 3.0..=60.0;

/// Longest heading, word or label, in characters.
const LONGEST_WORD: usize = 30;

/// Longest text a length rule may allow, in characters (Excel cell limit).
const LONGEST_TEXT: u32 = 32_767;

impl Source<'_> {
    /// What is well-formed but impossible.
    pub(super) fn check(&self, spec: &FormSpec) -> Result<()> {
        if !sound_word(&spec.version) {
            return self.refuse("", "version", "version", "1–30 characters");
        }
        let mut headings = BTreeSet::new();
        for column in &spec.columns {
            let name = column.key.name();
            let table = format!("column.{name}");
            if !sound_word(&column.heading) {
                return self.refuse(&table, "heading", &column.heading, "1–30 characters");
            }
            if !headings.insert(normalise_text(&column.heading)) {
                return self.refuse(&table, "heading", &column.heading, "a heading of its own");
            }
            if !WIDTHS.contains(&column.width) {
                return self.refuse(&table, "width", &column.width.to_string(), "3–60");
            }
            if column.length.is_some_and(|n| n == 0 || n > LONGEST_TEXT) {
                return self.refuse(&table, "length", "length", "1–32767");
            }
            let open = column.key.is_open();
            if !(open || column.asked.is_empty() && column.required.is_empty()) {
                return self.refuse(
                    &table,
                    "asked",
                    &format!("{name}: asked"),
                    "heading, synonyms, width, a4",
                );
            }
            if let Some((word, _)) = ROW_KINDS
                .iter()
                .find(|(_, k)| column.required.contains(k) && !column.asked.contains(k))
            {
                return self.refuse(&table, "required", word, "a subset of `asked`");
            }
            let own = match column.key {
                ColumnKey::Field(Field::Cumulative) => Some(RowKind::Figure),
                ColumnKey::Field(Field::Progress) => Some(RowKind::Qualitative),
                ColumnKey::Field(Field::Status) => Some(RowKind::Lead),
                _ => None,
            };
            if let Some(own) = own
                && column.asked != [own]
            {
                let word = ROW_KINDS.iter().find(|(_, k)| *k == own).map_or("", |(n, _)| n);
                return self.refuse(
                    &table,
                    "asked",
                    &format!("{name}: asked"),
                    &format!("[\"{word}\"]"),
                );
            }
            if own.is_none()
                && column.asked.iter().any(|k| matches!(k, RowKind::Figure | RowKind::Qualitative))
            {
                return self.refuse(
                    &table,
                    "asked",
                    &format!("{name}: asked"),
                    "lead, named, group",
                );
            }
            if column.list.iter().any(|w| !sound_word(w)) {
                return self.refuse(&table, "list", "list", "words of 1–30 characters");
            }
        }
        let mut words = BTreeSet::new();
        for status in &spec.statuses {
            let table = format!("status.{}", status.status.key());
            if !sound_word(&status.word) {
                return self.refuse(&table, "word", &status.word, "1–30 characters");
            }
            if !words.insert(normalise_text(&status.word)) {
                return self.refuse(&table, "word", &status.word, "a word of its own");
            }
        }
        for label in &spec.labels {
            let name = LABELS.iter().find(|(_, k)| *k == label.key).map_or("", |(n, _)| n);
            if !sound_word(&label.text) {
                return self.refuse(
                    &format!("label.{name}"),
                    "text",
                    &label.text,
                    "1–30 characters",
                );
            }
        }
        for (role, name) in spec.roles.iter().zip(["lead", "named", "group"]) {
            if !sound_word(role) {
                return self.refuse("role", name, role, "1–30 characters");
            }
        }
        Ok(())
    }
}

/// Whether a heading, word or label can be printed and recognised.
fn sound_word(word: &str) -> bool {
    !normalise_text(word).is_empty() && word.chars().count() <= LONGEST_WORD
}
