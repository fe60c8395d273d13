//! Many offices at once (多家办公室): where they are, and intake of all of them side by side.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde_json::json;

use super::{
    Context, Ended,
    ingest::{self, Given, Ingested},
    office::{self, Office, Stage},
    output, render,
};
use crate::{
    diag::{Error, Result},
    intake::Outcome,
    model::Period,
    wording::{self, Lang, rollup as words},
};

/// Folders of offices are searched this deep: district, city, province and one to spare.
const DEPTH: usize = 4;

/// What stands at a path: an office, or a folder of more of them, sorted by name.
pub(super) enum Shard {
    /// An office folder.
    Office(PathBuf),
    /// A folder with offices in it.
    Folder(PathBuf, Vec<Shard>),
}

impl Shard {
    /// Looks for offices at `path`; hidden folders and links are left alone.
    ///
    /// # Errors
    /// No such folder, no office in it; what the system says.
    pub(super) fn find(path: &Path) -> Result<Self> {
        let none = || {
            let (zh, en) = words::no_office(&shown(path));
            Error::Usage { zh, en }
        };
        if path.is_dir() {
            Self::look(path, 0)?.ok_or_else(none)
        } else if path.is_file() {
            Err(none())
        } else {
            Err(Error::NotFound(path.to_owned()))
        }
    }

    fn look(path: &Path, depth: usize) -> Result<Option<Self>> {
        if path.join(office::SETTINGS).is_file() {
            return Ok(Some(Self::Office(path.to_owned())));
        }
        if depth == DEPTH {
            return Ok(None);
        }
        let failed = |cause| Error::Io { path: path.to_owned(), cause };
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type().map_err(failed)?.is_dir() && !hidden {
                folders.push(entry.path());
            }
        }
        folders.sort();
        let mut inside = Vec::new();
        for folder in folders {
            inside.extend(Self::look(&folder, depth + 1)?);
        }
        Ok((!inside.is_empty()).then(|| Self::Folder(path.to_owned(), inside)))
    }

    /// Its offices, in order.
    pub(super) fn offices(&self) -> Vec<&Path> {
        match self {
            Self::Office(path) => vec![path],
            Self::Folder(_, inside) => inside.iter().flat_map(Self::offices).collect(),
        }
    }
}

/// A path as printed.
pub(super) fn shown(path: &Path) -> String {
    path.components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
        .replace("//", "/")
}

/// Refuses a path that is named twice, by whatever name.
///
/// # Errors
/// [`Error::Usage`] naming it.
pub(super) fn each_once<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for path in paths {
        // What is not there is said by whoever opens it.
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !seen.insert(real) {
            let (zh, en) = words::twice(&shown(path));
            return Err(Error::Usage { zh, en });
        }
    }
    Ok(())
}

/// Why something could not be done, as a sentence; findings of a document come first.
pub(super) fn reason(error: &Error, lang: Lang) -> String {
    if let Error::Document { findings, .. } = error {
        render::findings(findings, lang);
    }
    wording::errors::sentence(error, lang)
}

/// `duban ingest --offices`: takes in the returns of many offices side by side.
///
/// Each office has its own ledger and lock; one that cannot be worked on costs itself and is named. Findings of files
/// are in each office's feedback folder and in `--json`.
pub(super) fn ingest(
    context: &Context,
    period: Period,
    dirs: &[PathBuf],
    given: &Given,
    as_json: bool,
) -> Result<Ended> {
    let lang = context.lang;
    let mut offices: Vec<(PathBuf, Option<Error>)> = Vec::new();
    for dir in dirs {
        match Shard::find(dir) {
            Ok(shard) => offices.extend(shard.offices().into_iter().map(|p| (p.to_owned(), None))),
            Err(error) => offices.push((dir.clone(), Some(error))),
        }
    }
    each_once(offices.iter().map(|(path, _)| path.as_path()))?;
    let done: Vec<(PathBuf, Result<Ingested>)> = offices
        .into_par_iter()
        .map(|(path, error)| {
            let taken = match error {
                Some(error) => Err(error),
                None => Office::at(&path, &context.clock).and_then(|office| {
                    let returns = office.folder(Stage::Returns, period);
                    ingest::take(&office, period, &[returns], given, lang)
                }),
            };
            (path, taken)
        })
        .collect();
    let mut rows = Vec::new();
    let (mut failed, mut files, mut cells, mut errors_of_all) = (0, 0, 0, 0);
    for (path, taken) in &done {
        let name = shown(path);
        match taken {
            Ok(taken) => {
                let (errors, warnings, notes) = render::counts(taken.findings());
                let accepted = taken.count(Outcome::Accepted) + taken.count(Outcome::Partial);
                let entries = taken.entries();
                files += taken.files.len();
                cells += entries;
                errors_of_all += errors;
                if !as_json {
                    let counts = [taken.files.len(), accepted, errors, warnings];
                    output::print(&words::taken(&name, counts, lang));
                }
                rows.push(json!({
                    "office": name, "files": taken.files.len(), "accepted": taken.count(Outcome::Accepted),
                    "partial": taken.count(Outcome::Partial), "rejected": taken.count(Outcome::Rejected),
                    "unreadable": taken.count(Outcome::Unreadable),
                    "duplicate": taken.count(Outcome::Duplicate),
                    "entries": entries, "errors": errors, "warnings": warnings, "notes": notes,
                    "failed": null,
                }));
            }
            Err(error) => {
                failed += 1;
                let why = reason(error, lang);
                output::say(&words::failed(&name, &why, lang));
                rows.push(json!({ "office": name, "failed": why }));
            }
        }
    }
    if as_json {
        output::print_json(&json!({
            "period": period,
            "offices": rows,
            "summary": {
                "offices": done.len(), "failed": failed, "files": files, "entries": cells,
                "errors": errors_of_all,
            },
        }));
    } else {
        output::print(&words::all_taken([done.len(), failed, files, cells], lang));
    }
    if failed == done.len() {
        let (zh, en) = words::nothing();
        return Err(Error::Usage { zh, en });
    }
    Ok(if failed + errors_of_all > 0 { Ended::WithErrors } else { Ended::Clean })
}
