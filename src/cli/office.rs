//! The office folder: what stands where in it.

use std::{
    borrow::Cow,
    ffi::OsStr,
    path::{Component, Path, PathBuf},
    sync::OnceLock,
};

use jiff::Timestamp;

use super::{Context, output};
use crate::{
    diag::{Checked, Error, Result},
    model::{Period, Plan},
    settings::Settings,
    wording::{self, Lang},
};

/// An office folder (督办文件夹) that is there and has settings.
pub(crate) struct Office {
    /// The folder.
    pub(crate) root: PathBuf,
    /// Its settings.
    pub(crate) settings: Settings,
    /// Now, by the clock of this run.
    pub(crate) now: Timestamp,
    /// plan.xlsx and the plan in it: forms are rebuilt from the ledger's copy of the same bytes.
    pub(super) read_plan: OnceLock<(Vec<u8>, Checked<Plan>)>,
}

/// Settings file: its presence makes a folder an office folder.
pub(crate) const SETTINGS: &str = "duban.toml";
/// The reviewed plan.
pub(crate) const PLAN: &str = "plan.xlsx";
/// The ledger.
pub(crate) const LEDGER: &str = "ledger.db";
/// The key of the forms' digests.
pub(crate) const KEY: &str = "office.key";

impl Office {
    /// Opens the office folder that was named.
    ///
    /// # Errors
    /// No such folder, no settings in it, broken settings, an impossible `--now`.
    pub(crate) fn open(context: &Context) -> Result<Self> {
        Self::at(&context.directory, &context.clock)
    }

    /// Opens the office folder `root`.
    ///
    /// # Errors
    /// As [`Office::open`].
    pub(crate) fn at(root: &Path, clock: &super::clock::Clock) -> Result<Self> {
        if root.is_file() {
            return Err(Error::IsFile(root.to_owned()));
        }
        if !root.is_dir() {
            return Err(Error::NotFound(root.to_owned()));
        }
        let path = root.join(SETTINGS);
        if !path.is_file() {
            return Err(Error::NotAnOffice(root.to_owned()));
        }
        let settings = Settings::parse(&output::read_text(&path)?, SETTINGS)?;
        let now = clock.now(settings.offset())?;
        Ok(Self { root: root.to_owned(), settings, now, read_plan: OnceLock::new() })
    }

    /// Says so if `period` is not over yet.
    pub(crate) fn note_if_not_over(&self, period: Period, lang: Lang) {
        let cut_off = self.settings.cut_off(period);
        if !crate::ledger::is_over(cut_off, self.now, self.settings.offset()) {
            output::say(&wording::cli::not_over(
                &wording::cli::period_named(period, lang),
                &cut_off.to_string(),
                lang,
            ));
        }
    }

    /// A path of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder of one stage in one period: `templates/2024-03`.
    pub(crate) fn folder(&self, stage: Stage, period: Period) -> PathBuf {
        self.root.join(stage.name()).join(period.to_string())
    }

    /// A path as printed: relative to the office folder, with `/`; outside it, as typed.
    pub(crate) fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).ok().map(Path::to_owned).or_else(|| {
            let root = self.root.canonicalize().ok()?;
            let parent = path.parent()?.canonicalize().ok()?;
            parent.join(path.file_name()?).strip_prefix(root).ok().map(Path::to_owned)
        });
        let shown = inside.unwrap_or_else(|| path.to_owned());
        let mut out = String::new();
        for component in shown.components() {
            if !out.is_empty() && !out.ends_with('/') {
                out.push('/');
            }
            match component {
                Component::RootDir => out.push('/'),
                other => out.push_str(&name_text(other.as_os_str())),
            }
        }
        out
    }
}

/// A file's name as text. Names that are no UTF-8 are GB18030: archives packed on Windows leave such names on Linux.
pub(crate) fn name_text(name: &OsStr) -> Cow<'_, str> {
    match name.to_str() {
        Some(name) => Cow::Borrowed(name),
        None => encoding_rs::GB18030.decode_without_bom_handling(name.as_encoded_bytes()).0,
    }
}

/// Folders of an office, one per stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stage {
    /// Forms.
    Templates,
    /// Returned workbooks.
    Returns,
    /// Every file taken in.
    Archive,
    /// Receipts and correction forms.
    Feedback,
    /// Statistic workbooks.
    Reports,
    /// Manifests of rehearsals.
    Simulate,
}

impl Stage {
    /// The folder's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Returns => "returns",
            Self::Archive => "archive",
            Self::Feedback => "feedback",
            Self::Reports => "reports",
            Self::Simulate => "simulate",
        }
    }
}
