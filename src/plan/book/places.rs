//! Where each part of a plan stands in its workbook: so that findings name a cell.

use std::collections::BTreeMap;

use super::layout::{FIRST_ROW, SheetKey};
use crate::{diag::Place, model::Plan, sheet::cell_name};

/// Where the rows and columns of each sheet stand.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Places {
    /// File, as findings name it.
    pub(super) file: String,
    /// The tables found.
    pub(super) tables: BTreeMap<SheetKey, TablePlace>,
}

/// Where one table stands.
#[derive(Clone, Debug)]
pub(super) struct TablePlace {
    /// Name of the sheet.
    pub(super) sheet: String,
    /// Column of each column of the layout, if it is there.
    pub(super) columns: Vec<Option<u32>>,
    /// Row of each element of the plan, in its order.
    pub(super) rows: Vec<u32>,
}

impl Places {
    /// The places in the workbook the writer makes of `plan`.
    pub(in crate::plan) fn canonical(plan: &Plan, file: &str) -> Self {
        let tables = SheetKey::ALL.map(|key| {
            let columns = (0u32..).take(key.shapes().len()).map(Some).collect();
            let rows: Vec<u32> = match key {
                SheetKey::Sections => section_rows(plan),
                _ => (FIRST_ROW..).take(length(plan, key)).collect(),
            };
            (key, TablePlace { sheet: key.text().name.to_owned(), columns, rows })
        });
        Self { file: file.to_owned(), tables: tables.into() }
    }

    /// The cell of element `index` of the plan's list behind `key`, in column `column`; the sheet, if there is no
    /// such cell; the file, if there is no such sheet.
    pub(in crate::plan) fn place(&self, key: SheetKey, index: usize, column: usize) -> Place {
        let file = self.file.clone();
        let Some(table) = self.tables.get(&key) else { return Place::File { file } };
        let sheet = table.sheet.clone();
        match (table.rows.get(index), table.columns.get(column).copied().flatten()) {
            (Some(row), Some(column)) => Place::Cell { file, sheet, cell: cell_name(*row, column) },
            _ => Place::Sheet { file, sheet },
        }
    }
}

/// How many rows a sheet has, sections aside.
fn length(plan: &Plan, key: SheetKey) -> usize {
    match key {
        SheetKey::Tasks => plan.tasks.len(),
        SheetKey::Sections => plan.sections.len(),
        SheetKey::Indicators => plan.tasks.iter().map(|t| t.indicators.len()).sum(),
        SheetKey::Units => plan.registry.units.len(),
        SheetKey::Aliases => plan.registry.aliases.len(),
        SheetKey::Groups => plan.registry.groups.len(),
        SheetKey::Leaders => plan.registry.leaders.len(),
        SheetKey::Amendments => plan.amendments.len(),
        SheetKey::Doubts => plan.doubts.len(),
    }
}

/// Rows of the sections: their subsections stand between.
fn section_rows(plan: &Plan) -> Vec<u32> {
    let mut row = FIRST_ROW;
    let mut rows = Vec::with_capacity(plan.sections.len());
    for section in &plan.sections {
        rows.push(row);
        row = row.saturating_add(1 + u32::try_from(section.subsections.len()).unwrap_or(u32::MAX));
    }
    rows
}
