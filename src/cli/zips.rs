//! Archives of forms.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    diag::{Error, Result},
    model::Period,
};

/// Packs files into a zip; names are stored as UTF-8, times are the period's first day, so that the same forms
/// give the same bytes.
///
/// # Errors
/// What the archive writer says.
pub(super) fn pack(files: &[(String, Vec<u8>)], period: Period) -> Result<Vec<u8>> {
    let failed =
        |e: zip::result::ZipError| Error::Workbook { name: "zip".to_owned(), cause: e.to_string() };
    let day = period.first_day();
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let time = DateTime::from_date_and_time(
        u16::try_from(day.year()).unwrap_or(1980),
        part(day.month()),
        part(day.day()),
        0,
        0,
        0,
    )
    .unwrap_or_default();
    // Workbooks are deflated already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(time);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).map_err(failed)?;
        writer.write_all(bytes).map_err(|e| failed(e.into()))?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}
