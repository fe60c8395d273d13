//! Limits, each with its source or reason.

/// Rows of an Excel sheet (ECMA-376; Excel 2007 and later).
pub const EXCEL_ROWS: u32 = 1_048_576;
/// Columns of an Excel sheet.
pub const EXCEL_COLUMNS: u32 = 16_384;
/// Characters of a cell (Excel specifications).
pub const EXCEL_CELL_CHARS: usize = 32_767;
/// UTF-16 units of a sheet name.
pub const EXCEL_SHEET_NAME: usize = 31;
/// UTF-16 units of an in-line validation list, commas included; longer lists go by defined name.
pub const EXCEL_INLINE_LIST: usize = 255;
