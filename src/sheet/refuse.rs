//! From why a file is not read to the finding that says so.

use super::{FileKind, guard::Refusal, sniff::other_name};
use crate::diag::{Code, Diagnostic, Place};

fn at(file: &str) -> Place {
    Place::File { file: file.to_owned() }
}

/// The finding for a file larger than any that is opened.
#[must_use]
pub fn too_large(size: u64, limit: u64, file: &str) -> Diagnostic {
    Diagnostic::new(Code::FileTooLarge, at(file), "")
        .with("size", amount(size))
        .with("limit", amount(limit))
}

/// The same finding about a file of which only the beginning was looked at: its real size.
#[must_use]
pub fn of_size(mut finding: Diagnostic, size: u64) -> Diagnostic {
    for (_, value) in finding.args.iter_mut().filter(|(name, _)| *name == "size") {
        *value = amount(size);
    }
    finding
}

/// The finding for a kind that is recognised but not read here.
pub(super) fn by_kind(kind: FileKind, bytes: &[u8], file: &str) -> Diagnostic {
    let code = match kind {
        FileKind::Empty => Code::FileEmpty,
        FileKind::Encrypted => Code::FileEncrypted,
        FileKind::Html => Code::FileHtml,
        FileKind::Csv => Code::FileCsv,
        FileKind::Xml2003 => Code::FileXml2003,
        FileKind::Docx | FileKind::Doc => Code::FileWord,
        FileKind::Pdf => Code::FilePdf,
        FileKind::Image => Code::FileImage,
        FileKind::Other => Code::FileUnknown,
        FileKind::Zip
        | FileKind::Xlsx
        | FileKind::Xlsm
        | FileKind::Xlsb
        | FileKind::Xls
        | FileKind::Ods => {
            return Diagnostic::new(Code::FileDamaged, at(file), kind.name());
        }
    };
    let finding = Diagnostic::new(code, at(file), "");
    if code == Code::FileUnknown { finding.with("kind", other_name(bytes)) } else { finding }
}

/// The finding for a refused container.
pub(super) fn refusal(refusal: &Refusal, file: &str) -> Diagnostic {
    match refusal {
        Refusal::Damaged(part) => {
            let part = if part.is_empty() { file } else { part };
            Diagnostic::new(Code::FileDamaged, at(file), part)
        }
        Refusal::Checksum(part) => Diagnostic::new(Code::FileChecksum, at(file), part),
        Refusal::TooMuch { part, size, limit } => {
            let part = if part.is_empty() { file } else { part };
            Diagnostic::new(Code::FileBeyondLimits, at(file), part)
                .with("size", amount(*size))
                .with("limit", amount(*limit))
        }
        Refusal::Name(part) => Diagnostic::new(Code::FilePartNames, at(file), part),
        Refusal::Encrypted => Diagnostic::new(Code::FileEncrypted, at(file), ""),
        Refusal::NoSheets => Diagnostic::new(Code::FileNoSheets, at(file), ""),
    }
}

/// A number of bytes (or of things, below a million) for a reader.
#[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
pub(super) fn amount(value: u64) -> String {
    const MB: f64 = 1_048_576.0;
    if value < 1_000_000 { value.to_string() } else { format!("{:.1} MB", value as f64 / MB) }
}
