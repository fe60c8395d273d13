//! A workbook as blocks: the rows above a table are its title, the rest is a grid.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    blocks::{Block, Grid, Slot},
    text::{Spot, Text},
};
use crate::sheet::{Book, Sheet, Visibility};

/// Columns read of a sheet; tables of tasks have under 20.
const COLUMNS: u32 = 64;

/// Cells laid out of one sheet, merged ones counted as often as they are wide and high.
const CELLS: usize = 400_000;

/// The visible sheets of a workbook as blocks, and the cells that their places stand for.
pub(super) fn blocks(book: &Book) -> (Vec<Block>, Vec<(String, u32, u32)>) {
    let mut cells = vec![(String::new(), 0, 0)];
    let mut blocks = Vec::new();
    for sheet in book.sheets.iter().filter(|s| s.visibility == Visibility::Visible) {
        let rows = grid(sheet, &mut cells);
        let wide = |row: &Vec<Slot>| {
            let mut ids: Vec<u32> =
                row.iter().filter(|s| !s.text.is_blank()).map(|s| s.id).collect();
            ids.dedup();
            ids.len() > 1
        };
        let table = rows.iter().position(wide).unwrap_or(rows.len());
        for row in &rows[..table] {
            if let Some(slot) = row.iter().find(|s| !s.text.is_blank()) {
                blocks.push(Block::Para { text: slot.text.trimmed(), heading: true });
            }
        }
        blocks.push(Block::Table(Grid { rows: rows[table..].to_vec(), sheet: sheet.name.clone() }));
    }
    (blocks, cells)
}

/// The rows of a sheet, merged ranges filled in.
fn grid(sheet: &Sheet, cells: &mut Vec<(String, u32, u32)>) -> Vec<Vec<Slot>> {
    let mut slots: BTreeMap<(u32, u32), Slot> = BTreeMap::new();
    for cell in sheet.cells.iter().filter(|c| c.column < COLUMNS) {
        let text = cell.text();
        if text.trim().is_empty() {
            continue;
        }
        let id = Spot::try_from(cells.len()).unwrap_or(Spot::MAX);
        cells.push((sheet.name.clone(), cell.row, cell.column));
        slots.insert((cell.row, cell.column), Slot { text: Rc::new(Text::new(&text, id)), id });
    }
    let last = slots.keys().next_back().map_or(0, |k| k.0);
    for (top, left, bottom, right) in &sheet.merged {
        let Some(slot) = slots.get(&(*top, *left)).cloned() else { continue };
        for row in *top..=(*bottom).min(last) {
            for column in *left..=(*right).min(COLUMNS - 1) {
                if slots.len() >= CELLS {
                    break;
                }
                slots.entry((row, column)).or_insert_with(|| slot.clone());
            }
        }
    }
    let width = slots.keys().map(|k| k.1 as usize + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<Slot>> = Vec::new();
    let mut current = None;
    for ((row, column), slot) in slots {
        if current != Some(row) {
            current = Some(row);
            rows.push(vec![Slot::default(); width]);
        }
        if let Some(place) = rows.last_mut().and_then(|r| r.get_mut(column as usize)) {
            *place = slot;
        }
    }
    rows
}
