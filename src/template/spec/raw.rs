//! `form.toml` as written: the shipped file, or an office's file that holds only what differs from it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A `form.toml` as written: everything may be left out.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) version: Option<String>,
    pub(super) title: RawTitle,
    pub(super) column: BTreeMap<String, RawColumn>,
    pub(super) status: BTreeMap<String, RawStatus>,
    pub(super) label: BTreeMap<String, RawLabel>,
    pub(super) role: RawRoles,
    pub(super) words: RawWords,
    pub(super) step: Option<Vec<RawStep>>,
    pub(super) mistake: Option<Vec<RawMistake>>,
}

/// The section `[title]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawTitle {
    pub(super) text: Option<String>,
    pub(super) without: Option<Vec<String>>,
}

/// A table `[column.…]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawColumn {
    pub(super) heading: Option<String>,
    pub(super) synonyms: Vec<String>,
    pub(super) width: Option<f64>,
    pub(super) a4: Option<bool>,
    pub(super) asked: Option<Vec<String>>,
    pub(super) required: Option<Vec<String>>,
    pub(super) length: Option<u32>,
    pub(super) list: Option<Vec<String>>,
    pub(super) help: Option<String>,
    pub(super) example: Option<String>,
    pub(super) after: Option<String>,
    pub(super) drop: bool,
}

/// A table `[status.…]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawStatus {
    pub(super) word: Option<String>,
    pub(super) synonyms: Vec<String>,
    pub(super) meaning: Option<String>,
    pub(super) drop: bool,
}

/// A table `[label.…]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawLabel {
    pub(super) text: Option<String>,
    pub(super) print: Option<String>,
    pub(super) synonyms: Vec<String>,
}

/// The section `[role]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawRoles {
    pub(super) lead: Option<String>,
    pub(super) named: Option<String>,
    pub(super) group: Option<String>,
}

/// The section `[words]`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawWords {
    pub(super) printed: Option<String>,
    pub(super) open: Option<String>,
    pub(super) automatic: Option<String>,
    pub(super) task_first: Option<String>,
    pub(super) task_rest: Option<String>,
}

/// A table `[[step]]`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) first: String,
    pub(super) rest: String,
}

/// A table `[[mistake]]`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMistake {
    pub(super) column: String,
    pub(super) wrong: String,
    pub(super) right: String,
}
