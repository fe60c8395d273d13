//! Limits, each with its source or reason.

/// Rows of an Excel sheet (ECMA-376; Excel 2007 and later).
pub const EXCEL_ROWS: u32 = 1_048_576;
/// Columns of an Excel sheet.
pub const EXCEL_COLUMNS: u32 = 16_384;
/// Characters of a cell (Excel specifications).
pub const EXCEL_CELL_CHARS: usize = 32_767;
/// Characters of a formula (Excel specifications); ASCII but for names and texts in it.
pub const EXCEL_FORMULA_CHARS: usize = 8_192;
/// UTF-16 units of a sheet name.
pub const EXCEL_SHEET_NAME: usize = 31;
/// UTF-16 units of an in-line validation list, commas included; longer lists go by defined name.
pub const EXCEL_INLINE_LIST: usize = 255;

/// Bytes of a file that is opened at all. A filled form is 10–200 KB; 32 MB leaves room for a workbook full of
/// pasted photographs, and mail systems stop at 20–50 MB.
pub const FILE_BYTES: usize = 32 << 20;
/// Parts of one zip container. A workbook has a dozen parts, one with hundreds of pictures a few hundred.
pub const ZIP_PARTS: usize = 4_096;
/// Inflated bytes of one part. The widest honest sheet duban meets (20,000 rows × 20 columns) stays under 32 MB.
pub const PART_BYTES: u64 = 32 << 20;
/// Inflated bytes of all parts together, pictures included.
pub const TOTAL_BYTES: u64 = 160 << 20;
/// Inflated bytes of all parts that are really read from one workbook.
pub const READ_BYTES: u64 = 64 << 20;
/// Inflated : packed beyond which a large part is no honest document. Deflate ends at 1,032 : 1; sheets of empty
/// styled rows reach about 100 : 1.
pub const PART_RATIO: u64 = 250;
/// Parts smaller than this may have any ratio: they cannot do harm.
pub const RATIO_FROM_BYTES: u64 = 4 << 20;
/// Sheets of one workbook. Forms have 4; statistic workbooks about 25.
pub const SHEETS: usize = 256;
/// Shared strings of one workbook; each non-blank cell of the largest sheet may have its own.
pub const SHARED_STRINGS: usize = 400_000;
/// Bytes of all cell texts and formulas of one workbook: a string of 32,767 characters referenced 20,000 times must not be copied
/// 20,000 times.
pub const TEXT_BYTES: usize = 24 << 20;
/// Non-blank cells of one workbook that are kept.
pub const CELLS: usize = 300_000;
/// Rows of a sheet that are read; a form has at most some hundreds.
pub const ROWS: u32 = 20_000;
/// Columns of a sheet that are read; a form has 18.
pub const COLUMNS: u32 = 256;
/// Merged ranges of one sheet that are kept.
pub const MERGED: usize = 20_000;
/// Defined names and custom properties of one workbook that are kept.
pub const NAMES: usize = 10_000;
/// Cell formats of one workbook that are kept (Excel's own limit is 64,000).
pub const CELL_FORMATS: usize = 65_536;
/// Depth of nested XML elements; spreadsheets stay under 20.
pub const XML_DEPTH: usize = 256;
/// Files taken out of one archive; a district has under 200 units.
pub const ARCHIVE_FILES: usize = 2_000;
/// Inflated bytes of all files taken out of one archive.
pub const ARCHIVE_BYTES: u64 = 96 << 20;
/// Weight of a file (see [`super::weight`]) beyond which it is read alone. A filled form inflates to about 400 KB, one
/// of 5,000 rows to 5 MB; below this weight a book stays under 40 MB, whatever it holds: 2 MB of XML have at most
/// 140,000 cells of 88 bytes each, and [`TEXT_BYTES`] of text.
pub const HEAVY_BYTES: u64 = 2 << 20;
/// Cells of all rectangles that the library lays out for an xls, 32 bytes each: 32 MB.
pub const DENSE_CELLS: u64 = 1 << 20;
