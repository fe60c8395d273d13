//! What units do to a form, as lines of text: the language of `tests/cases/intake/*/case.txt`.
//!
//! One edit a line: a word for what is done, then cells as Excel shows them, then a text (`\n` is a line break).
//! Rows and columns that move take the whole table with them, as in a spreadsheet program.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use duban::{
    intake::{FileFacts, OnBehalf},
    model::{Period, UnitId},
    sheet::{Book, Cell, CellValue, Sheet, Visibility, parse_cell},
    template::{FormSpec, Key, LastFacts, Previous},
};

use super::scene::{Scene, UNIT, facts, last, plan};

/// A case: the forms, what came back, and as which file.
pub(crate) struct Case {
    pub(crate) scene: Arc<Scene>,
    pub(crate) book: Book,
    pub(crate) file: FileFacts,
    /// What was taken from the return before it was spoiled.
    pub(crate) sound: BTreeMap<String, String>,
    /// Whether the case is also tried in the shapes a spreadsheet program saves it in.
    pub(crate) shapes: bool,
}

impl Case {
    /// Reads a case; `#` begins a remark.
    pub(crate) fn parse(text: &str) -> Self {
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim_end)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .collect();
        let of_its_own =
            ["last", "unit", "period", "version", "office-column", "no-form", "other-key"];
        let usual = !lines
            .iter()
            .any(|l| of_its_own.contains(&l.split_once(' ').map_or(*l, |(word, _)| word)));
        let (scene, mut book, sound) = if usual { (*USUAL).clone() } else { Self::sent(&lines) };
        let mut file = facts("returns/2024-03/区工业和信息化局_2024-03_填报表.xlsx");
        let mut at = 0;
        let mut shapes = false;
        for line in lines {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "last" | "unit" | "period" | "version" | "office-column" | "no-form"
                | "other-key" => {}
                "file" => rest.clone_into(&mut file.path),
                "behalf" => {
                    let (name, reason) = rest.split_once(' ').expect("name and reason");
                    file.on_behalf = Some(OnBehalf { name: name.into(), reason: reason.into() });
                }
                "shapes" => shapes = true,
                "on" => at = book.sheets.iter().position(|s| s.name == rest).expect("a sheet"),
                "without-stamp" => without_stamp(&mut book),
                "stamp" => {
                    let (from, to) = rest.split_once(" to ").expect("from and to");
                    restamp(&mut book, from, to);
                }
                "remove-sheet" => book.sheets.retain(|s| s.name != rest),
                "copy-sheet" => {
                    let copy = Sheet { name: rest.into(), ..book.sheets[at].clone() };
                    book.sheets.push(copy);
                    at = book.sheets.len() - 1;
                }
                "add-sheet" => {
                    book.sheets.push(Sheet { name: rest.into(), ..Sheet::default() });
                    at = book.sheets.len() - 1;
                }
                _ => edit(&mut book.sheets[at], word, rest),
            }
        }
        for sheet in &mut book.sheets {
            sheet.cells.sort_by_key(|c| (c.row, c.column));
        }
        book.cells_seen = book.sheets.iter().map(|s| s.cells.len() as u64).sum();
        Self { scene, book, file, sound, shapes }
    }

    /// What the office sent and a unit filled in, as the lines about it say.
    fn sent(lines: &[&str]) -> (Arc<Scene>, Book, BTreeMap<String, String>) {
        let told = |word: &str| -> Vec<&str> {
            lines.iter().filter_map(|l| l.strip_prefix(word)?.strip_prefix(' ')).collect()
        };
        let mut known = LastFacts::new();
        for line in told("last") {
            let (item, rest) = line.split_once(' ').expect("item, number, text");
            let (number, narrative) = rest.split_once(' ').unwrap_or((rest, ""));
            let number = number.parse().map_or(Previous::None, Previous::Number);
            known.extend(last(&[(item, number, narrative)]));
        }
        let unit = told("unit").first().copied().unwrap_or(UNIT);
        let spec = match told("office-column").first() {
            Some(name) => {
                let toml = format!("[column.evidence]\nheading = \"{name}\"\n");
                FormSpec::parse(&toml, "form.toml").expect("a form")
            }
            None => FormSpec::shipped(),
        };
        let of = |period: &str, version: &str| {
            let period: Period = period.parse().expect("a period");
            Scene::of(&plan(), &spec, &known, period, version)
        };
        let one = |word: &str, usual: &'static str| {
            told(word).first().map_or(usual, |text| *text).to_owned()
        };
        let mut scene = of("2024-03", VERSION);
        let sent = of(&one("period", "2024-03"), &one("version", VERSION));
        prepare(&mut scene, &sent, unit, lines);
        let sound = of("2024-03", VERSION).sound_values(unit);
        let book = sent.book(&sent.filled(unit));
        (Arc::new(scene), book, sound)
    }
}

/// Version of the plan the office issues forms by.
const VERSION: &str = "0123456789ab";

/// What the office knows: an earlier issue of the form, another key, no form of the unit at all.
fn prepare(scene: &mut Scene, sent: &Scene, unit: &str, lines: &[&str]) {
    let id = UnitId(unit.into());
    let said = |word: &str| lines.iter().any(|l| *l == word || l.starts_with(&format!("{word} ")));
    if said("version") {
        scene.expected.forms.get_mut(&id).expect("forms").insert(0, sent.form(unit));
    }
    if said("other-key") {
        let mut issued = scene.form(unit);
        issued.stamp.digest = "00".into();
        scene.expected.forms.insert(id.clone(), vec![issued]);
        scene.expected.key = Some(Key::new([9; 32]));
    }
    if said("no-form") {
        scene.expected.forms.remove(&id);
    }
}

/// Most cases begin with the same return: the scene, the workbook, what is taken from it.
static USUAL: LazyLock<(Arc<Scene>, Book, BTreeMap<String, String>)> =
    LazyLock::new(|| Case::sent(&[]));

/// A pasted workbook has no stamp.
fn without_stamp(book: &mut Book) {
    book.sheets.retain(|s| s.name != "_duban");
    book.names.clear();
    book.properties.clear();
}

fn restamp(book: &mut Book, from: &str, to: &str) {
    for sheet in book.sheets.iter_mut().filter(|s| s.name == "_duban") {
        for cell in &mut sheet.cells {
            if let CellValue::Text(text) = &mut cell.value {
                *text = text.replace(from, to);
            }
        }
    }
    book.names.clear();
    book.properties.clear();
}

/// One edit on a sheet.
fn edit(sheet: &mut Sheet, word: &str, rest: &str) {
    let (first, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let text = text.replace("\\n", "\n");
    let number = || text.parse().expect("a number");
    let value = match word {
        "text" => CellValue::Text(text.clone()),
        "number" | "percent" => CellValue::Number(number()),
        "date" => CellValue::Date(text.clone()),
        "error" => CellValue::Error(text.clone()),
        "truth" => CellValue::Bool(text == "true"),
        "formula" => return formula(sheet, first, &text),
        _ => return rearrange(sheet, word, first, &text),
    };
    let percent = word == "percent";
    for (row, column) in range(first) {
        put(sheet, Cell { row, column, value: value.clone(), percent, formula: None });
    }
}

/// `formula K6 4+4 = 8`; without a result, none is stored.
fn formula(sheet: &mut Sheet, cell: &str, text: &str) {
    let (formula, value) = match text.split_once(" = ") {
        Some((formula, result)) => match result.parse() {
            Ok(number) => (formula, CellValue::Number(number)),
            Err(_) => (formula, CellValue::Text(result.into())),
        },
        None => (text, CellValue::NoResult),
    };
    let (row, column) = parse_cell(cell).expect("a cell");
    put(sheet, Cell { row, column, value, percent: false, formula: Some(formula.into()) });
}

fn put(sheet: &mut Sheet, cell: Cell) {
    sheet.cells.retain(|c| (c.row, c.column) != (cell.row, cell.column));
    sheet.cells.push(cell);
}

/// Every cell of a range.
fn range(text: &str) -> Vec<(u32, u32)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (a, b) = (parse_cell(first).expect("a cell"), parse_cell(last).expect("a cell"));
    (a.0..=b.0).flat_map(|row| (a.1..=b.1).map(move |column| (row, column))).collect()
}

fn row_of(text: &str) -> u32 {
    text.parse::<u32>().expect("a row") - 1
}

fn column_of(text: &str) -> u32 {
    parse_cell(&format!("{text}1")).expect("a column").1
}

/// Edits that move cells.
fn rearrange(sheet: &mut Sheet, word: &str, first: &str, text: &str) {
    match word {
        "clear" => {
            let gone = range(first);
            sheet.cells.retain(|c| !gone.contains(&(c.row, c.column)));
        }
        "insert-rows" => shift(sheet, row_of(first), text.parse().expect("how many")),
        "delete-row" => {
            let row = row_of(first);
            sheet.cells.retain(|c| c.row != row);
            for cell in sheet.cells.iter_mut().filter(|c| c.row > row) {
                cell.row -= 1;
            }
        }
        "copy-row" => {
            let (from, to) = (row_of(first), row_of(text));
            let copy: Vec<Cell> = sheet.cells.iter().filter(|c| c.row == from).cloned().collect();
            shift(sheet, to, 1);
            sheet.cells.extend(copy.into_iter().map(|c| Cell { row: to, ..c }));
        }
        "swap-rows" => {
            let (a, b) = (row_of(first), row_of(text));
            for cell in &mut sheet.cells {
                cell.row = swapped(cell.row, a, b);
            }
        }
        "insert-column" => {
            let column = column_of(first);
            for cell in sheet.cells.iter_mut().filter(|c| c.column >= column) {
                cell.column += 1;
            }
        }
        "delete-column" => {
            let column = column_of(first);
            sheet.cells.retain(|c| c.column != column);
            for cell in sheet.cells.iter_mut().filter(|c| c.column > column) {
                cell.column -= 1;
            }
        }
        "swap-columns" => {
            let (a, b) = (column_of(first), column_of(text));
            for cell in sheet.cells.iter_mut().filter(|c| (4..13).contains(&c.row)) {
                cell.column = swapped(cell.column, a, b);
            }
        }
        "copy-range" => {
            let from = range(first);
            let to = parse_cell(text).expect("a cell");
            let copy: Vec<Cell> = sheet
                .cells
                .iter()
                .filter(|c| from.contains(&(c.row, c.column)))
                .map(|c| Cell {
                    row: c.row - from[0].0 + to.0,
                    column: c.column - from[0].1 + to.1,
                    ..c.clone()
                })
                .collect();
            for cell in copy {
                put(sheet, cell);
            }
        }
        "values-only" => {
            sheet.cells.retain(|c| c.formula.is_none());
            sheet.merged.clear();
        }
        "move" => {
            let (down, right) = (first.parse::<u32>(), text.parse::<u32>());
            for cell in &mut sheet.cells {
                cell.row += down.clone().expect("rows");
                cell.column += right.clone().expect("columns");
            }
            sheet.merged.clear();
        }
        "merge" => {
            let cells = range(first);
            let (a, b) = (cells[0], cells[cells.len() - 1]);
            sheet.cells.retain(|c| (c.row, c.column) == a || !cells.contains(&(c.row, c.column)));
            sheet.merged.push((a.0, a.1, b.0, b.1));
        }
        "name" => first.clone_into(&mut sheet.name),
        "hide-sheet" => sheet.visibility = Visibility::Hidden,
        other => panic!("no such edit: {other}"),
    }
}

fn swapped(n: u32, a: u32, b: u32) -> u32 {
    if n == a {
        b
    } else if n == b {
        a
    } else {
        n
    }
}

fn shift(sheet: &mut Sheet, from: u32, by: u32) {
    for cell in sheet.cells.iter_mut().filter(|c| c.row >= from) {
        cell.row += by;
    }
    for merged in sheet.merged.iter_mut().filter(|m| m.0 >= from) {
        merged.0 += by;
        merged.2 += by;
    }
}
