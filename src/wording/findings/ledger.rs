//! Findings of this stage, in both languages.

use super::CodeText;

/// One entry per code.
pub(super) const TEXTS: &[CodeText] = &[];
