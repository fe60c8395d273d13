//! What a heading names (栏目名): by key, heading, synonym.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    model::normalised,
    template::{ColumnKey, FormSpec},
};

use super::meaning::{is_measured, speaks_of_another};

/// How a column was recognised.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum How {
    /// By its heading (or key).
    Heading,
    /// By a listed synonym.
    Synonym,
    /// By the words in its heading.
    Meaning,
    /// By its place beside recognised columns.
    Order,
}

/// Known headings (栏目名), normalised.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    known: BTreeMap<String, (ColumnKey, How)>,
    /// How many columns the form has: no row names more.
    columns: usize,
    /// The month up to which the period counts.
    pub(super) month: i8,
    /// Hanzi that one of them begins with: most texts of a book begin with another and need not be compared.
    firsts: BTreeSet<char>,
}

/// Longest heading; longer texts are contents.
pub(super) const LONGEST: usize = 30;

impl Headings {
    pub(super) fn of(spec: &FormSpec, month: i8) -> Self {
        let mut known = BTreeMap::new();
        for column in &spec.columns {
            for name in &column.synonyms {
                known.insert(normalised(name).into_owned(), (column.key.clone(), How::Synonym));
            }
        }
        for column in &spec.columns {
            for name in [column.heading.as_str(), column.key.name()] {
                known.insert(normalised(name).into_owned(), (column.key.clone(), How::Heading));
            }
        }
        known.remove("");
        let firsts = known.keys().filter_map(|name| name.chars().next()).collect();
        Self { known, columns: spec.columns.len(), month, firsts }
    }

    /// Whether so many columns are all there are.
    pub(super) fn are_all(&self, columns: usize) -> bool {
        columns >= self.columns
    }

    /// Whether a text may name a column, at one look: most texts of a book are too long or begin otherwise.
    pub(super) fn may_name(&self, text: &str) -> bool {
        // Normalising leaves these signs at the beginning as they are.
        let stays = |c: char| is_hanzi(c) || matches!(c, '×' | '√');
        text.len() <= LONGEST * 4
            && text.chars().next().is_some_and(|c| !stays(c) || self.firsts.contains(&c))
    }

    /// The column a heading names.
    pub(super) fn find(&self, text: &str) -> Option<(&ColumnKey, How)> {
        if !self.may_name(text) {
            return None;
        }
        let plain = normalised(text);
        let hit = |t: &str| self.known.get(t).map(|(k, how)| (k, *how));
        hit(&plain).or_else(|| {
            // 年初至今累计（截至3月31日）
            let short = without_brackets(&plain);
            let short = short.trim_end_matches(['*', ':', '：', '※']);
            let (key, _) = (short != plain).then(|| hit(short)).flatten()?;
            // 年初至今累计（去年同期）
            (!is_measured(key) || !speaks_of_another(&plain)).then_some((key, How::Synonym))
        })
    }
}

/// Unified ideographs of the first plane, which no form of normalisation changes.
pub(super) fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What opens and what closes a bracket.
const OPENING: [char; 4] = ['(', '（', '[', '【'];
const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// A heading without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    let bracket = |c: char| OPENING.contains(&c) || CLOSING.contains(&c);
    if !text.contains(bracket) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0u32;
    let outside = text.chars().filter(|c| {
        if OPENING.contains(c) {
            depth += 1;
        } else if CLOSING.contains(c) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && !bracket(*c)
    });
    Cow::Owned(outside.collect())
}
