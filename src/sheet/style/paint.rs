//! Formats laid over a sheet in blocks, after its cells are written.
//!
//! The writing library looks up a format for each cell that is handed to it with one, and hashes all of it to do so: on
//! forms that was four of five instructions of writing a cell. So cells are written without a format, what each looks
//! like is noted here, and at the end every block of like cells costs one look-up.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// What the cells of one sheet look like.
#[derive(Default)]
pub struct Paint {
    /// The formats seen, each once.
    formats: Vec<Format>,
    /// By column: row and number of the format, in the order they were noted.
    columns: Vec<Vec<(u32, u16)>>,
    /// First and last row and column that were written with something in them.
    written: Option<Bounds>,
}

/// Stands for a format that the sheet itself was given.
const LEFT: u16 = u16::MAX;

#[derive(Clone, Copy)]
struct Bounds {
    rows: (u32, u32),
    columns: (u16, u16),
}

impl Bounds {
    fn hold(self, row: u32, column: u16) -> bool {
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&column)
    }
}

/// Cells of one format, from corner to corner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Block {
    rows: (u32, u32),
    format: u16,
    columns: (u16, u16),
}

impl Paint {
    /// A cell with something in it, which the caller writes without a format. The last word on a cell counts.
    pub fn cell(&mut self, row: u32, column: u16, format: &Format) {
        self.blank(row, column, format);
        let all =
            self.written.get_or_insert(Bounds { rows: (row, row), columns: (column, column) });
        all.rows = (all.rows.0.min(row), all.rows.1.max(row));
        all.columns = (all.columns.0.min(column), all.columns.1.max(column));
    }

    /// A cell with nothing in it: the caller writes nothing.
    pub fn blank(&mut self, row: u32, column: u16, format: &Format) {
        let at = usize::from(column);
        if self.columns.len() <= at {
            self.columns.resize_with(at + 1, Vec::new);
        }
        // Most cells look like the one above.
        let above = self.columns[at].last().map(|(_, number)| *number);
        let number = above
            .filter(|n| self.formats.get(usize::from(*n)) == Some(format))
            .unwrap_or_else(|| self.number(format));
        self.columns[at].push((row, number));
    }

    /// Cells that the caller writes with their format (merged cells, links).
    pub fn leave(&mut self, (first, left, last, right): (u32, u16, u32, u16)) {
        for column in self.columns.iter_mut().take(usize::from(right) + 1).skip(usize::from(left)) {
            column.extend((first..=last).map(|row| (row, LEFT)));
        }
    }

    fn number(&mut self, format: &Format) -> u16 {
        let known = self.formats.iter().position(|f| f == format);
        let at = known.unwrap_or_else(|| {
            self.formats.push(format.clone());
            self.formats.len() - 1
        });
        // A workbook holds at most 65,490 formats (Excel specifications), which the library would refuse.
        u16::try_from(at).unwrap_or(LEFT)
    }

    /// Gives the sheet's cells their formats.
    ///
    /// # Errors
    /// A cell outside of the sheet.
    pub fn lay(mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (ground, above) = self.blocks();
        for block in ground.into_iter().chain(above) {
            let ((first, last), (left, right)) = (block.rows, block.columns);
            let Some(format) = self.formats.get(usize::from(block.format)) else { continue };
            sheet.set_range_format(first, left, last, right, format)?;
        }
        // The library writes what lies within the cells it was handed one by one.
        for (row, column, number) in self.outermost() {
            if self.written.is_none_or(|all| !all.hold(row, column))
                && let Some(format) = self.formats.get(usize::from(number))
            {
                sheet.set_cell_format(row, column, format)?;
            }
        }
        Ok(())
    }

    /// The blocks: in each run of neighbouring cells of a column the commonest format lies below, the others on it.
    fn blocks(&mut self) -> (Vec<Block>, Vec<Block>) {
        let (mut ground, mut above) = (Vec::new(), Vec::new());
        let mut counts = vec![0_u32; self.formats.len()];
        for (cells, column) in self.columns.iter_mut().zip(0u16..) {
            in_order(cells);
            for run in cells.chunk_by(|a, b| b.0 == a.0 + 1 && (a.1 == LEFT) == (b.1 == LEFT)) {
                if run[0].1 == LEFT {
                    continue;
                }
                let block = |part: &[(u32, u16)], format| Block {
                    rows: (part[0].0, part[part.len() - 1].0),
                    format,
                    columns: (column, column),
                };
                counts.fill(0);
                for (_, number) in run {
                    counts[usize::from(*number)] += 1;
                }
                let often = |(_, number): &&(u32, u16)| counts[usize::from(*number)];
                let commonest = run.iter().max_by_key(often).map_or(run[0].1, |c| c.1);
                ground.push(block(run, commonest));
                let others = run.chunk_by(|a, b| a.1 == b.1).filter(|p| p[0].1 != commonest);
                above.extend(others.map(|part| block(part, part[0].1)));
            }
        }
        (joined(ground), joined(above))
    }

    /// A cell of the first and of the last row, of the first and of the last column.
    fn outermost(&self) -> Vec<(u32, u16, u16)> {
        let painted = self.columns.iter().zip(0u16..).flat_map(|(cells, column)| {
            let painted = cells.iter().filter(|(_, number)| *number != LEFT);
            painted.map(move |(row, number)| (*row, column, *number))
        });
        let by_row = |c: &(u32, u16, u16)| c.0;
        let by_column = |c: &(u32, u16, u16)| c.1;
        [
            painted.clone().min_by_key(by_row),
            painted.clone().max_by_key(by_row),
            painted.clone().min_by_key(by_column),
            painted.max_by_key(by_column),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Cells of a column from top to bottom, each once, as it was noted last.
fn in_order(cells: &mut Vec<(u32, u16)>) {
    if cells.is_sorted_by(|a, b| a.0 < b.0) {
        return;
    }
    cells.reverse();
    cells.sort_by_key(|(row, _)| *row);
    cells.dedup_by_key(|(row, _)| *row);
}

/// Neighbouring columns of the same rows and format as one block.
fn joined(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_unstable();
    blocks.dedup_by(|next, block| {
        let joins = next.rows == block.rows
            && next.format == block.format
            && next.columns.0 == block.columns.1 + 1;
        if joins {
            block.columns.1 = next.columns.1;
        }
        joins
    });
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(cells: &[(u32, u16, f64)]) -> Vec<Block> {
        let mut paint = Paint::default();
        for (row, column, size) in cells {
            paint.cell(*row, *column, &Format::new().set_font_size(*size));
        }
        let (ground, above) = paint.blocks();
        ground.into_iter().chain(above).collect()
    }

    /// What a cell looks like after all blocks are laid.
    fn look(blocks: &[Block], row: u32, column: u16) -> Option<u16> {
        let holds = |b: &&Block| {
            (b.rows.0..=b.rows.1).contains(&row) && (b.columns.0..=b.columns.1).contains(&column)
        };
        blocks.iter().rev().find(holds).map(|b| b.format)
    }

    #[test]
    fn like_cells_are_one_block() {
        let table: Vec<_> = (0..9).flat_map(|r| (0..4).map(move |c| (r, c, 9.0))).collect();
        let whole = Block { rows: (0, 8), format: 0, columns: (0, 3) };
        assert_eq!(painted(&table), [whole]);
    }

    #[test]
    fn the_commonest_format_lies_below_the_others() {
        let blocks = painted(&[(0, 0, 9.0), (1, 0, 8.0), (2, 0, 9.0), (3, 0, 9.0)]);
        assert_eq!(blocks.len(), 2);
        assert_eq!([0, 1, 2, 3].map(|row| look(&blocks, row, 0)), [0, 1, 0, 0].map(Some));
    }

    #[test]
    fn the_last_word_on_a_cell_counts_and_gaps_stay_empty() {
        let blocks = painted(&[(5, 1, 9.0), (3, 1, 9.0), (5, 1, 8.0)]);
        assert_eq!(look(&blocks, 5, 1), Some(1));
        assert_eq!(look(&blocks, 3, 1), Some(0));
        assert_eq!(look(&blocks, 4, 1), None);
        assert_eq!(look(&blocks, 5, 0), None);
    }

    /// Random cells keep the format noted last, whatever blocks they fall into; what is left alone stays unpainted.
    #[test]
    fn blocks_paint_every_cell_as_it_was_noted() {
        use proptest::prelude::*;
        let cell = (0u32..12, 0u16..6, 0u8..5);
        proptest!(|(cells in proptest::collection::vec(cell, 0..120))| {
            let mut paint = Paint::default();
            let mut expected = std::collections::BTreeMap::new();
            for (row, column, size) in &cells {
                if *size == 0 {
                    paint.leave((*row, *column, *row, *column));
                    expected.remove(&(*row, *column));
                } else {
                    let format = Format::new().set_font_size(*size);
                    paint.blank(*row, *column, &format);
                    expected.insert((*row, *column), format);
                }
            }
            let (ground, above) = paint.blocks();
            let blocks: Vec<Block> = ground.into_iter().chain(above).collect();
            for row in 0..12 {
                for column in 0..6 {
                    let got = look(&blocks, row, column).map(|n| &paint.formats[usize::from(n)]);
                    prop_assert_eq!(got, expected.get(&(row, column)));
                }
            }
        });
    }
}
