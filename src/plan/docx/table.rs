//! Tables of a Word document: spans and vertical merges laid out as a grid.

use std::rc::Rc;

use crate::plan::{
    blocks::{Block, Grid, Slot},
    text::{Spot, Text},
};

/// Columns of the widest table read; plans have under 15.
const COLUMNS: usize = 64;

/// Cells of all tables read.
const CELLS: usize = 300_000;

/// A table being read.
#[derive(Default)]
pub(super) struct TableBuilder {
    rows: Vec<Vec<Slot>>,
    row: Vec<Slot>,
    cell: Option<Open>,
    ids: u32,
    cells: usize,
    /// Depth of tables within its cells, whose text is the cell's.
    pub(super) nested: usize,
    /// Something was left out at a limit.
    pub(super) cut: bool,
}

/// A cell being read.
struct Open {
    text: Text,
    span: usize,
    goes_on: bool,
}

impl TableBuilder {
    /// A row begins.
    pub(super) fn row(&mut self) {
        self.close_row();
    }

    /// A cell begins.
    pub(super) fn cell(&mut self) {
        self.close_cell();
        self.cell = Some(Open { text: Text::default(), span: 1, goes_on: false });
    }

    /// The open cell covers so many columns.
    pub(super) fn span(&mut self, columns: u32) {
        if let Some(cell) = &mut self.cell {
            cell.span = (columns as usize).clamp(1, COLUMNS);
        }
    }

    /// Columns left out before the first cell of the row.
    pub(super) fn skip(&mut self, columns: u32) {
        for _ in 0..(columns as usize).min(COLUMNS) {
            self.add(Slot::default());
        }
    }

    /// The open cell belongs to a vertical merge, and goes on the one above.
    pub(super) fn merge(&mut self, goes_on: bool) {
        if let Some(cell) = &mut self.cell {
            cell.goes_on = goes_on;
        }
    }

    /// A paragraph of the open cell.
    pub(super) fn text(&mut self, text: &str, spot: Spot) {
        if let Some(cell) = &mut self.cell {
            let between = (cell.text.len() > 0).then_some('\n');
            cell.text.append(&Text::new(text, spot), between);
        }
    }

    fn add(&mut self, slot: Slot) {
        if self.row.len() >= COLUMNS || self.cells >= CELLS {
            self.cut = true;
            return;
        }
        self.cells += 1;
        self.row.push(slot);
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let above = self.rows.last().and_then(|r| r.get(self.row.len()));
        let slot = if let Some(above) = above.filter(|_| cell.goes_on) {
            above.clone()
        } else {
            self.ids += 1;
            Slot { text: Rc::new(cell.text), id: self.ids }
        };
        for _ in 0..cell.span {
            self.add(slot.clone());
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    /// The table.
    pub(super) fn finish(mut self) -> Option<Block> {
        self.close_row();
        (!self.rows.is_empty())
            .then(|| Block::Table(Grid { rows: self.rows, sheet: String::new() }))
    }
}
