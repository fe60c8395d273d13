//! Identity of a form (表样标识): signed with the office's key, written three times, found again.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::{FormRow, Stamp};
use crate::{
    model::{decimal_text, hex},
    sheet::{Book, CellValue},
};

/// Name of the sheet a unit fills.
pub const FORM_NAME: &str = "填报表";
/// Name of the instruction sheet.
pub const INSTRUCTIONS_NAME: &str = "填表说明";
/// Name of the hidden sheet with the lists of the drop-downs.
pub const LISTS_NAME: &str = "_lists";
/// Name of the first sheet of a correction form.
pub const PROBLEMS_NAME: &str = "问题清单";
/// Name of the very hidden sheet with the identity; also the start of the names of properties and defined names.
pub const STAMP_NAME: &str = "_duban";

/// Mark and version of the text form of a stamp.
const MARK: &str = "duban1";
/// Characters of one part of the text form: a string in a formula and a document property hold at most 255.
const PART: usize = 240;

/// What the key of a demonstration begins with.
const DEMO_MARK: &[u8] = b"duban demo key ";

/// The office's key (密钥): 32 bytes that sign forms. It never leaves the office folder.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; 32],
    id: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

impl Key {
    /// The key with these bytes; its id is the first 8 hex digits of their SHA-256.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        let digest = hex(&Sha256::digest(bytes));
        let id = if bytes.starts_with(DEMO_MARK) {
            format!("demo{}", &digest[..4])
        } else {
            digest[..8].to_owned()
        };
        Self { bytes, id }
    }

    /// The key of a demonstration: made from its seed, and its id says so (`demo` and 4 hex digits).
    #[must_use]
    pub fn demo(seed: u64) -> Self {
        Self::new(Self::demo_bytes(seed))
    }

    /// The bytes of a demonstration's key: they begin with a mark, so that its id can say so wherever it is read.
    #[must_use]
    pub fn demo_bytes(seed: u64) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(DEMO_MARK);
        hash.update(seed.to_be_bytes());
        let mut bytes: [u8; 32] = hash.finalize().into();
        bytes[..DEMO_MARK.len()].copy_from_slice(DEMO_MARK);
        bytes
    }

    /// Its id, printed and written into forms.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The keyed digest of a stamp and the printed targets, in hex.
    #[must_use]
    pub fn sign<'a>(
        &self,
        stamp: &Stamp,
        targets: impl IntoIterator<Item = (&'a str, String)>,
    ) -> String {
        self.mac(stamp, targets).map_or_else(String::new, |m| hex(&m.finalize().into_bytes()))
    }

    fn mac<'a>(
        &self,
        stamp: &Stamp,
        targets: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Option<Hmac<Sha256>> {
        // HMAC takes a key of any length; 32 bytes cannot be refused.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.bytes).ok()?;
        let mut put = |text: &str| {
            mac.update(&(text.len() as u64).to_be_bytes());
            mac.update(text.as_bytes());
        };
        for part in [
            MARK,
            &stamp.form_version,
            &stamp.plan_version,
            &stamp.period,
            &stamp.unit,
            &stamp.key_id,
        ] {
            put(part);
        }
        for item in &stamp.items {
            put(item);
        }
        put("targets");
        for (item, target) in targets {
            put(item);
            put(&target);
        }
        Some(mac)
    }

    /// Whether a stamp, with the targets printed beside it, is what this office signed.
    #[must_use]
    pub fn verify<'a>(
        &self,
        stamp: &Stamp,
        targets: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Verdict {
        if stamp.key_id != self.id {
            return Verdict::OtherKey;
        }
        let Some(digest) = unhex(&stamp.digest) else { return Verdict::Changed };
        match self.mac(stamp, targets).map(|m| m.verify_slice(&digest)) {
            Some(Ok(())) => Verdict::Sound,
            _ => Verdict::Changed,
        }
    }
}

/// What [`Key::verify`] finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Signed with this key and unchanged.
    Sound,
    /// Signed with this key, but not over what stands there.
    Changed,
    /// Signed with a key that is not at hand: it cannot be checked.
    OtherKey,
}

/// The printed targets of rows, as they are signed: item and target.
pub fn targets(rows: &[FormRow]) -> impl Iterator<Item = (&str, String)> {
    rows.iter().filter_map(|r| {
        r.figure.as_ref().map(|f| {
            let base = f.base.map_or_else(String::new, |b| format!("/{}", decimal_text(b)));
            (
                f.name.as_str(),
                format!("{}{}{}{base}", f.comparator.sign(), decimal_text(f.target), f.unit),
            )
        })
    })
}

/// The stamp with key id and digest.
pub(super) fn sealed(mut stamp: Stamp, rows: &[FormRow], key: &Key) -> Stamp {
    key.id().clone_into(&mut stamp.key_id);
    stamp.digest = key.sign(&stamp, targets(rows));
    stamp
}

impl Stamp {
    /// The text form: `duban1|form|plan|period|unit|items|key|digest`, items as `43-1,43-2`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let items = self.items.join(",");
        [
            MARK,
            &escape(&self.form_version),
            &escape(&self.plan_version),
            &escape(&self.period),
            &escape(&self.unit),
            &escape(&items),
            &escape(&self.key_id),
            &escape(&self.digest),
        ]
        .join("|")
    }

    /// Reads the text form back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let parts: Vec<String> = text.trim().split('|').map(unescape).collect();
        let [mark, form, plan, period, unit, items, key, digest] = parts.as_slice() else {
            return None;
        };
        (mark == MARK).then(|| Self {
            form_version: form.clone(),
            plan_version: plan.clone(),
            period: period.clone(),
            unit: unit.clone(),
            items: items.split(',').filter(|i| !i.is_empty()).map(str::to_owned).collect(),
            key_id: key.clone(),
            digest: digest.clone(),
        })
    }

    /// The text form in named parts (`_duban_1` …) that fit a property and a string of a formula.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, String)> {
        let chars: Vec<char> = self.to_text().chars().collect();
        chars
            .chunks(PART)
            .zip(1..)
            .map(|(c, n)| (format!("{STAMP_NAME}_{n}"), c.iter().collect()))
            .collect()
    }
}

/// The identity found in a workbook: in the very hidden sheet, else in its properties, else in its defined names.
#[must_use]
pub fn stamp_of(book: &Book) -> Option<Stamp> {
    from_sheet(book).or_else(|| from_pairs(&book.properties)).or_else(|| from_pairs(&book.names))
}

fn from_sheet(book: &Book) -> Option<Stamp> {
    let sheets = book.sheets.iter().filter(|s| s.name.eq_ignore_ascii_case(STAMP_NAME));
    for sheet in sheets {
        let text: String = sheet
            .cells
            .iter()
            .filter(|c| c.column == 0)
            .filter_map(|c| match &c.value {
                CellValue::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if let Some(stamp) = Stamp::from_text(&text) {
            return Some(stamp);
        }
    }
    None
}

/// Parts named `_duban_1`, `_duban_2` …, in whatever order; quoted where they are formulas.
fn from_pairs(pairs: &[(String, String)]) -> Option<Stamp> {
    let mut parts: Vec<(u32, String)> = pairs
        .iter()
        .filter_map(|(name, value)| {
            let name = name.to_ascii_lowercase();
            let number = name.strip_prefix(STAMP_NAME)?.strip_prefix('_')?.parse().ok()?;
            Some((number, unquoted(value)))
        })
        .collect();
    parts.sort_by_key(|(n, _)| *n);
    parts.dedup_by_key(|(n, _)| *n);
    let text: String = parts.into_iter().map(|(_, t)| t).collect();
    Stamp::from_text(&text)
}

/// A string formula's content: `="a""b"` → `a"b`; anything else as it is.
fn unquoted(text: &str) -> String {
    let body = text.trim();
    let body = body.strip_prefix("of:").unwrap_or(body);
    let body = body.strip_prefix('=').unwrap_or(body).trim();
    match body.strip_prefix('"').and_then(|b| b.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_owned(),
    }
}

/// Signs that would be taken for separators, or do not survive in a formula, as `%0000007c;`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '%' | '"' | '&' | '<' | '>' | '\'')
            || c.is_control()
            || c.is_whitespace()
        {
            out.push('%');
            out.push_str(&hex(&u32::from(c).to_be_bytes()));
            out.push(';');
        } else {
            out.push(c);
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let code = after.split_once(';').and_then(|(digits, tail)| {
            let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((c, tail))
        });
        if let Some((c, tail)) = code {
            out.push(c);
            rest = tail;
        } else {
            out.push('%');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len() / 2).map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Cell, FileKind, Sheet};

    fn stamp() -> Stamp {
        Stamp {
            form_version: "1".into(),
            plan_version: "0123456789ab".into(),
            period: "2024-03".into(),
            unit: "区“A|B”局&\"<'% 😀".into(),
            items: (1..300).map(|n| format!("{n}-1")).collect(),
            key_id: String::new(),
            digest: String::new(),
        }
    }

    fn signed() -> (Key, Stamp) {
        let key = Key::new([7; 32]);
        (key.clone(), sealed(stamp(), &[], &key))
    }

    fn empty_book() -> Book {
        Book {
            kind: FileKind::Xlsx,
            sheets: vec![],
            names: vec![],
            properties: vec![],
            generator: None,
            cells_seen: 0,
        }
    }

    #[test]
    fn each_of_three_places_is_enough() {
        let (_, stamp) = signed();
        let parts = stamp.parts();
        assert!(parts.len() > 3 && parts.iter().all(|(_, p)| p.chars().count() <= 255));
        let mut book = empty_book();
        book.properties = parts.iter().rev().cloned().collect();
        assert_eq!(stamp_of(&book), Some(stamp.clone()));
        let mut book = empty_book();
        book.names = parts.iter().map(|(n, p)| (n.to_uppercase(), format!("\"{p}\""))).collect();
        assert_eq!(stamp_of(&book), Some(stamp.clone()));
        let mut book = empty_book();
        let cell = |text: &str, row| Cell {
            row,
            column: 0,
            value: CellValue::Text(text.to_owned()),
            percent: false,
            formula: None,
        };
        book.sheets.push(Sheet {
            name: STAMP_NAME.into(),
            cells: parts.iter().zip(0..).map(|((_, p), row)| cell(p, row)).collect(),
            ..Sheet::default()
        });
        assert_eq!(stamp_of(&book), Some(stamp));
        assert_eq!(stamp_of(&empty_book()), None);
    }

    #[test]
    fn a_changed_stamp_is_noticed_and_another_key_is_not_called_tampering() {
        let (key, stamp) = signed();
        assert_eq!(key.verify(&stamp, targets(&[])), Verdict::Sound);
        assert_eq!(key.verify(&stamp, [("x", "9".to_owned())]), Verdict::Changed);
        let mut other = stamp.clone();
        other.unit = "区财政局".into();
        assert_eq!(key.verify(&other, targets(&[])), Verdict::Changed);
        other = stamp.clone();
        other.digest = "zz".into();
        assert_eq!(key.verify(&other, targets(&[])), Verdict::Changed);
        assert_eq!(Key::new([8; 32]).verify(&stamp, targets(&[])), Verdict::OtherKey);
        assert!(Key::demo(7).id().starts_with("demo"));
        assert_eq!(format!("{key:?}"), format!("Key({})", key.id()));
    }
}
