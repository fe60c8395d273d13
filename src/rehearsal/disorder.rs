//! Disorder of whole returns: columns and rows moved, added, gone; values pasted elsewhere.

use super::{
    dice::Dice,
    draft::{At, Draft},
};
use crate::{
    diag::Code,
    model::Field,
    sheet::{Cell, CellValue, Sheet, Visibility},
    template::{ColumnKey, Form, FormSpec},
    wording::rehearsal as words,
};

/// Row of the headings and first data row, as template writes them (from 0).
const HEADINGS: u32 = 4;
const FIRST: u32 = 5;

/// A way of disordering a return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Disorder {
    ColumnsMoved,
    ColumnRenamed,
    ColumnInserted,
    BlankRows,
    RowsHidden,
    HeadingRepeated,
    NoteBelow,
    TotalRow,
    SheetRenamed,
    SheetAdded,
    Pasted,
    ItemDate,
    TargetChanged,
    RowDeleted,
    RowTwice,
    Formula,
    OpenDocument,
    Renamed,
}

/// All of them.
pub(super) const DISORDERS: &[Disorder] = &[
    Disorder::ColumnsMoved,
    Disorder::ColumnRenamed,
    Disorder::ColumnInserted,
    Disorder::BlankRows,
    Disorder::RowsHidden,
    Disorder::HeadingRepeated,
    Disorder::NoteBelow,
    Disorder::TotalRow,
    Disorder::SheetRenamed,
    Disorder::SheetAdded,
    Disorder::Pasted,
    Disorder::ItemDate,
    Disorder::TargetChanged,
    Disorder::RowDeleted,
    Disorder::RowTwice,
    Disorder::Formula,
    Disorder::OpenDocument,
    Disorder::Renamed,
];

/// What a disorder needs to know.
struct Scene<'a> {
    form: &'a Form,
    spec: &'a FormSpec,
    rows: u32,
}

impl Scene<'_> {
    fn column(&self, key: &ColumnKey) -> Option<u32> {
        self.spec.place(key).map(u32::from)
    }

    fn field(&self, field: Field) -> Option<u32> {
        self.column(&ColumnKey::Field(field))
    }

    /// Row below the last data row.
    fn end(&self) -> u32 {
        FIRST + self.rows
    }
}

/// Disorders a draft; false if the form offers no place for it, and then nothing was changed.
pub(super) fn apply(
    disorder: Disorder,
    draft: &mut Draft,
    form: &Form,
    spec: &FormSpec,
    dice: &mut Dice,
) -> bool {
    let rows = u32::try_from(form.rows.len()).unwrap_or(0);
    let scene = Scene { form, spec, rows };
    done(disorder, draft, &scene, dice).is_some()
}

fn done(disorder: Disorder, draft: &mut Draft, scene: &Scene<'_>, dice: &mut Dice) -> Option<()> {
    let end = scene.end();
    // A row in the middle, so that there are rows before and after it.
    let middle = FIRST + dice.below(scene.rows.saturating_sub(1)) + 1;
    match disorder {
        Disorder::ColumnsMoved => {
            let (a, b) = (scene.field(Field::Narrative)?, scene.field(Field::Problems)?);
            draft.relocate(|row, column| match column {
                c if (HEADINGS..end).contains(&row) && c == a => (row, b),
                c if (HEADINGS..end).contains(&row) && c == b => (row, a),
                c => (row, c),
            });
        }
        Disorder::ColumnRenamed => {
            let column = scene.field(Field::NextSteps)?;
            draft.write(HEADINGS, column, text(words::RENAMED));
            let at = (HEADINGS, column);
            draft.put(Code::ColumnBySynonym, At::Cells(at, at), words::RENAMED, "栏目改名");
        }
        Disorder::ColumnInserted => {
            let column = scene.column(&ColumnKey::Text)? + 1;
            draft.relocate(|row, c| (row, if c >= column { c + 1 } else { c }));
            draft.write(HEADINGS, column, text(words::REMARKS));
            let last = end - 1;
            draft.write(last, column, text(words::REMARK));
            let at = At::Cells((HEADINGS, column), (last, column));
            draft.put(Code::ColumnUnknown, at, words::REMARKS, "加了一列备注");
        }
        Disorder::BlankRows => {
            draft.relocate(|row, c| (row + row.saturating_sub(FIRST) / 3, c));
        }
        Disorder::RowsHidden => {
            let hidden: Vec<u32> = (FIRST..end).filter(|_| dice.chance(30)).collect();
            draft.hidden_rows = hidden;
        }
        Disorder::HeadingRepeated => {
            let headings: Vec<Cell> =
                draft.form().cells.iter().filter(|c| c.row == HEADINGS).cloned().collect();
            insert_row(draft, middle);
            for cell in headings {
                draft.write(middle, cell.column, cell.value);
            }
            let (first, last) = draft.extent(middle)?;
            let at = At::Cells((middle, first), (middle, last));
            draft.put(Code::HeadingRepeated, at, "", "中间又有一行栏目");
        }
        Disorder::NoteBelow => {
            let below = draft.form().cells.iter().map(|c| c.row).max()? + 2;
            draft.write(below, 0, text(words::NOTE_BELOW));
            let at = At::Cells((below, 0), (below, 0));
            draft.put(Code::TextOutside, at, words::NOTE_BELOW, "表下有注");
        }
        Disorder::TotalRow => {
            let column = scene.column(&ColumnKey::Text)?;
            insert_row(draft, end);
            draft.write(end, column, text(words::TOTAL));
            let at = At::Cells((end, column), (end, column));
            draft.put(Code::TotalRow, at, words::TOTAL, "加了合计行");
        }
        Disorder::SheetRenamed => renamed(draft),
        Disorder::SheetAdded => {
            let cell = |row, column, value: &str| Cell {
                row,
                column,
                value: text(value),
                percent: false,
                formula: None,
            };
            let cells = vec![
                cell(0, 0, words::DETAIL_NAME),
                cell(0, 1, words::DETAIL_PLACE),
                cell(1, 0, words::REMARK),
            ];
            let name = words::DETAIL.to_owned();
            draft.sheets.push(Sheet { name, cells, ..Sheet::default() });
            let at = At::Sheet(draft.sheets.len() - 1);
            draft.put(Code::SheetExtra, at, words::DETAIL, "附了一张明细");
        }
        Disorder::Pasted => {
            let main = draft.sheets.swap_remove(draft.main);
            draft.sheets = vec![main];
            draft.main = 0;
            draft.properties.clear();
            renamed(draft);
            draft.put(Code::StampMissing, At::File, "", "粘贴到新工作簿");
        }
        Disorder::ItemDate => item_date(draft, scene)?,
        Disorder::TargetChanged => {
            let column = scene.column(&ColumnKey::Target)?;
            let at = (0..).zip(&scene.form.rows).find(|(_, r)| r.figure.is_some())?.0 + FIRST;
            draft.write(at, column, CellValue::Number(CHANGED_TARGET));
            let found = format!("{CHANGED_TARGET}");
            draft.put(
                Code::PrintedChanged,
                At::Cells((at, column), (at, column)),
                found,
                "改了年度目标",
            );
        }
        Disorder::RowDeleted => {
            let (at, row) = (0..).zip(&scene.form.rows).skip(1).find(|(_, r)| {
                let alone =
                    scene.form.rows.iter().filter(|o| o.item.task == r.item.task).count() == 1;
                alone && !r.required.is_empty()
            })?;
            let gone = FIRST + at;
            let item = row.item.to_string();
            let in_row = |put: &super::draft::Put| matches!(put.at, At::Cells(a, _) if a.0 == gone);
            if draft.puts.iter().any(in_row) {
                return None;
            }
            draft.form().cells.retain(|c| c.row != gone);
            draft.relocate(|row, c| (if row > gone { row - 1 } else { row }, c));
            let at = At::Cells((HEADINGS, 0), (HEADINGS, 0));
            draft.put(Code::ItemsMissing, at, item, "删了一行");
        }
        Disorder::RowTwice => row_twice(draft, scene, dice)?,
        Disorder::Formula => {
            let column = scene.field(Field::Cumulative)?;
            let free =
                |at: u32| !draft.puts.iter().any(|p| matches!(p.at, At::Cells(a, _) if a.0 == at));
            let at = (FIRST..end).filter(|at| free(*at)).find(|at| {
                draft.sheets[draft.main]
                    .at(*at, column)
                    .is_some_and(|c| matches!(c.value, CellValue::Number(_)))
            })?;
            let cell = draft.form().cells.iter_mut().find(|c| (c.row, c.column) == (at, column))?;
            let found = cell.text();
            cell.formula = Some(format!("{found}+0"));
            draft.put(
                Code::FormulaResultUsed,
                At::Cells((at, column), (at, column)),
                found,
                "填了公式",
            );
        }
        // The file itself is changed when it is written.
        Disorder::OpenDocument | Disorder::Renamed => {}
    }
    Some(())
}

/// A target nobody printed.
const CHANGED_TARGET: f64 = 77.0;

fn text(value: &str) -> CellValue {
    CellValue::Text(value.to_owned())
}

fn insert_row(draft: &mut Draft, at: u32) {
    draft.relocate(|row, c| (if row >= at { row + 1 } else { row }, c));
}

/// The form sheet gets the name that programs give new sheets.
fn renamed(draft: &mut Draft) {
    words::SHEET.clone_into(&mut draft.form().name);
    draft.form().visibility = Visibility::Visible;
    draft.put(Code::FormSheetByContent, At::Main, words::SHEET, "工作表改名");
}

/// 11-1 became the first of November.
fn item_date(draft: &mut Draft, scene: &Scene<'_>) -> Option<()> {
    let (at, row) = (0..)
        .zip(&scene.form.rows)
        .find(|(_, r)| r.item.task.0 <= 12 && (1..=28).contains(&r.item.index))?;
    let year = scene.form.period.year();
    let date = format!("{year:04}-{:02}-{:02}", row.item.task.0, row.item.index);
    let place = (FIRST + at, scene.column(&ColumnKey::Item)?);
    draft.write(place.0, place.1, CellValue::Date(date.clone()));
    draft.put(Code::ItemFromDate, At::Cells(place, place), date, "编号变成日期");
    Some(())
}

/// A row pasted a second time below itself.
fn row_twice(draft: &mut Draft, scene: &Scene<'_>, dice: &mut Dice) -> Option<()> {
    let at = FIRST + dice.below(scene.rows);
    let row = scene.form.rows.get(usize::try_from(at - FIRST).ok()?)?;
    let narrative = scene.field(Field::Narrative)?;
    // What is doubled must hold an answer, and nothing else planted.
    draft.sheets[draft.main].at(at, narrative)?;
    if draft.puts.iter().any(|p| matches!(p.at, At::Cells(a, _) if a.0 == at)) {
        return None;
    }
    let copied: Vec<Cell> = draft.form().cells.iter().filter(|c| c.row == at).cloned().collect();
    insert_row(draft, at + 1);
    for cell in copied {
        let copy = Cell { row: at + 1, ..cell };
        draft.form().cells.push(copy);
    }
    draft.form().cells.sort_by_key(|c| (c.row, c.column));
    let (first, last) = draft.extent(at + 1)?;
    let place = At::Cells((at + 1, first), (at + 1, last));
    draft.put(Code::RowsTwiceAlike, place, row.item.to_string(), "一行贴了两遍");
    Some(())
}
