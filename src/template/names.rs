//! File names of forms: readable, safe on Windows, never the same for two units.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{FORM_NAME, Form};
use crate::model::hex;

/// Most bytes of UTF-8 of the unit's part of a name: with the rest it stays below 255, the limit of a name on
/// Linux; Windows and macOS count 255 UTF-16 units, which is more.
const UNIT_BYTES: usize = 180;

/// Names Windows keeps for devices, whatever stands after the first dot.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The file name of each form, in order: `区财政局_2024-03_填报表.xlsx`.
///
/// Signs a file name cannot hold become their full-width twins; a name that had to be changed, or that differs
/// from another only by case or width, ends with six hex digits of the unit's id; where even these meet, with more,
/// so that no two are the same.
#[must_use]
pub fn file_names(forms: &[Form]) -> Vec<String> {
    let mut folded = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for form in forms {
        let key = fold(&safe(&form.unit_name).0);
        if !folded.insert((key.clone(), form.period)) {
            twice.insert(key);
        }
    }
    let named = |bytes: usize| -> Vec<String> {
        forms
            .iter()
            .map(|form| {
                let (safe, changed) = safe(&form.unit_name);
                let mark = if changed || twice.contains(&fold(&safe)) {
                    format!("~{}", digits(&form.unit.0, bytes))
                } else {
                    String::new()
                };
                format!("{safe}{mark}_{}_{FORM_NAME}.xlsx", form.period)
            })
            .collect()
    };
    let names = named(MARK_BYTES[0]);
    let distinct: BTreeSet<String> = names.iter().map(|n| fold(n)).collect();
    if distinct.len() == names.len() { names } else { named(MARK_BYTES[1]) }
}

/// Bytes of the hash in a name's mark: six hex digits people can compare; or 32, which do not meet.
const MARK_BYTES: [usize; 2] = [3, 16];

/// Hex digits of the first bytes of the SHA-256 of a unit id.
fn digits(id: &str, bytes: usize) -> String {
    hex(&Sha256::digest(id.as_bytes())[..bytes])
}

/// What file systems that ignore case and composition compare.
fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}

/// The name with forbidden signs replaced, and whether anything was changed.
fn safe(name: &str) -> (String, bool) {
    let mut out = String::new();
    let mut changed = false;
    for c in name.trim().chars() {
        let twin = match c {
            '/' => '／',
            '\\' => '＼',
            ':' => '：',
            '*' => '＊',
            '?' => '？',
            '"' => '＂',
            '<' => '＜',
            '>' => '＞',
            '|' => '｜',
            c if c.is_control() || is_unseen(c) => '_',
            c => c,
        };
        if out.len() + twin.len_utf8() > UNIT_BYTES {
            changed = true;
            break;
        }
        changed |= twin != c;
        out.push(twin);
    }
    let stem = out.split('.').next().unwrap_or("").trim_end().to_ascii_uppercase();
    let port = ["COM", "LPT"].iter().any(|p| {
        stem.strip_prefix(p).is_some_and(|n| n.chars().count() == 1 && "0123456789¹²³".contains(n))
    });
    if out.is_empty() || out.starts_with('.') || port || DEVICES.contains(&stem.as_str()) {
        out.insert(0, '_');
        changed = true;
    }
    (out, changed)
}

/// Signs that are not seen and turn the reading order.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
