//! The text of a `form.toml`, and refusals that name its line.

use super::raw::Raw;
use crate::diag::{Error, Result};

/// A `form.toml` and its name, for messages.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a str,
}

impl Source<'_> {
    /// Reads the text; a typing mistake is refused with its line.
    pub(super) fn parse(&self) -> Result<Raw> {
        toml::from_str(self.text).map_err(|e| {
            let line = e
                .span()
                .map_or(1, |s| self.text.bytes().take(s.start).filter(|b| *b == b'\n').count() + 1);
            let message = e.message();
            let (problem, allowed) = message.split_once(", expected ").map_or_else(
                || (message.trim_end().replace('\n', " "), "templates/form.toml".to_owned()),
                |(p, a)| (p.to_owned(), a.trim_start_matches("one of ").to_owned()),
            );
            Error::Settings { file: self.file.to_owned(), line, problem, allowed }
        })
    }

    /// A refusal at the line of `key` in `[table]`.
    pub(super) fn refuse<T>(
        &self,
        table: &str,
        key: &str,
        problem: &str,
        allowed: &str,
    ) -> Result<T> {
        let head = format!("[{table}]");
        let mut line = None;
        let mut inside = table.is_empty();
        for (n, text) in self.text.lines().enumerate() {
            let text = text.trim();
            if text.starts_with('[') {
                inside = text.starts_with(&head) || text.starts_with(&format!("[[{table}]]"));
                if inside {
                    line = line.or(Some(n + 1));
                }
            } else if inside
                && text.strip_prefix(key).is_some_and(|r| r.trim_start().starts_with('='))
            {
                line = Some(n + 1);
                break;
            }
        }
        Err(Error::Settings {
            file: self.file.to_owned(),
            line: line.unwrap_or(1),
            problem: problem.to_owned(),
            allowed: allowed.to_owned(),
        })
    }
}
