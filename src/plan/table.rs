//! Tables of tasks (任务表), from documents and workbooks alike.

use super::{
    assemble::{Draft, Work},
    blocks::{Grid, Slot},
    clause::{Clause, clauses},
    columns::{Column, Columns, columns},
    keys::Key,
    marks::{Mark, mark},
    names::list,
    notes::Notes,
    roles::{Gathered, gather},
    structure::{Heading, without_clauses},
    text::{Spot, Text},
    verb,
};
use crate::{diag::Code, model::TaskNo};

/// Characters of a name beside which a fuller text stands: joined as 名称：内容.
const NAME_CHARS: usize = 25;

/// Adds the tasks of `grids` to the draft. True if a heading says that the first unit of a list leads.
pub(super) fn read_tables(grids: &[&Grid], draft: &mut Draft, notes: &mut Notes) -> bool {
    let mut first_leads = false;
    // A table that goes on after a page break without headings has those of the one before.
    let mut before: Option<Columns> = None;
    let tables: Vec<(&Grid, Option<Columns>)> =
        grids.iter().map(|g| (*g, columns(&g.rows))).collect();
    let sheets = tables.iter().filter(|(g, c)| c.is_some() && !g.sheet.is_empty()).count();
    for (grid, found) in tables {
        let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        let goes_on = before.clone().filter(|c| grid.sheet.is_empty() && c.of.len() == width);
        let Some(found) = found.or_else(|| goes_on.map(|c| Columns { body: 0, ..c })) else {
            let first = grid.rows.iter().flatten().find(|s| !s.text.is_blank());
            if let Some(slot) = first.filter(|_| grid.rows.len() > 1) {
                notes.say(
                    Code::TableUnread,
                    slot.text.spot(0),
                    slot.text.tidy().chars().take(20).collect::<String>(),
                );
            }
            continue;
        };
        first_leads |= found.first_leads;
        let named = sheets > 1 && found.first(Column::Section).is_none();
        let sheet = named.then(|| grid.sheet.clone()).filter(|s| !s.starts_with("Sheet"));
        Reader { columns: &found, draft, notes, last: None, sheet, first_work: true }.read(grid);
        before = Some(found);
    }
    first_leads
}

/// Reads the rows of one table.
struct Reader<'a> {
    columns: &'a Columns,
    draft: &'a mut Draft,
    notes: &'a mut Notes,
    /// Ids of the number and task cells of the last task.
    last: Option<(u32, u32)>,
    /// Section that the sheet's name makes.
    sheet: Option<String>,
    first_work: bool,
}

impl Reader<'_> {
    fn read(mut self, grid: &Grid) {
        let number = self.columns.first(Column::Number);
        let numbered = number.is_some_and(|n| {
            grid.rows[self.columns.body.min(grid.rows.len())..]
                .iter()
                .any(|r| r.get(n).is_some_and(|s| !s.text.is_blank()))
        });
        for row in grid.rows.iter().skip(self.columns.body) {
            if row.iter().all(|s| s.text.is_blank()) || self.columns.repeats(row) {
                continue;
            }
            if let Some(title) = banner(row) {
                self.banner(&title.text);
                continue;
            }
            self.row(row, number.filter(|_| numbered));
        }
        self.notes.task = None;
    }

    /// A row that is one cell: a section's heading, or a note.
    fn banner(&mut self, text: &Text) {
        let plain = text.plain();
        if ["注:", "备注:", "说明:", "注1", "填报", "填表", "联系人", "合计"]
            .iter()
            .any(|w| plain.starts_with(w))
        {
            self.notes.say(
                Code::TextLeftOut,
                text.spot(0),
                text.tidy().chars().take(24).collect::<String>(),
            );
            return;
        }
        let found = mark(text);
        let below = found.is_some_and(|m| {
            self.draft
                .sections
                .last()
                .and_then(|s| mark(&s.text))
                .is_some_and(|above: Mark| above.family < m.family)
        });
        let heading = heading(text, found);
        match self.draft.sections.last_mut().filter(|_| below) {
            Some(section) => section.below.push(heading),
            None => self.draft.sections.push(heading),
        }
    }

    fn row(&mut self, row: &[Slot], number: Option<usize>) {
        let Some(task) = self.columns.first(Column::Task) else { return };
        let blank = Slot::default();
        let at = |c: usize| row.get(c).unwrap_or(&blank);
        let number_slot = number.map_or(&blank, at);
        let ids = (number_slot.id, at(task).id);
        let same = self.last.is_some_and(|(last_number, last_task)| {
            if number.is_some() {
                number_slot.text.is_blank() || (number_slot.id == last_number && last_number != 0)
            } else {
                at(task).text.is_blank() || (at(task).id == last_task && last_task != 0)
            }
        });
        if !same {
            self.sections(row);
            let spot = at(task).text.spot(0);
            let (number, _) = printed(&number_slot.text);
            self.notes.task = number.map(TaskNo);
            let section = self.draft.sections.len().checked_sub(1);
            let subsection = self.draft.sections.last().and_then(|s| s.below.len().checked_sub(1));
            let gathered = Gathered::default();
            self.draft.works.push(Work {
                number,
                text: String::new(),
                clauses: None,
                gathered,
                section,
                subsection,
                spot,
            });
        }
        self.last = Some(if same { (self.last.map_or(ids.0, |l| l.0), ids.1) } else { ids });
        let texts: Vec<Text> = self
            .columns
            .all(|c| matches!(c, Column::Task | Column::Detail))
            .map(|c| (*at(c).text).clone())
            .filter(|t| !t.is_blank())
            .collect();
        for text in texts {
            self.task_text(&text, number.is_none());
        }
        let mut seen: Vec<u32> = Vec::new();
        for column in self.columns.all(|c| matches!(c, Column::Field(_))) {
            let slot = at(column);
            let Some(Column::Field(key)) = self.columns.of[column] else { continue };
            if slot.text.is_blank() || (slot.id != 0 && seen.contains(&slot.id)) {
                continue;
            }
            seen.push(slot.id);
            self.field(key, &slot.text);
        }
    }

    /// Adds a cell of the task's text.
    fn task_text(&mut self, text: &Text, takes_number: bool) {
        let found = clauses(text);
        let mut said = without_clauses(text, &found, 0);
        let roles = if found.is_empty() { None } else { Some(gather(text, &found, self.notes)) };
        let Some(work) = self.draft.works.last_mut() else { return };
        if let Some(roles) = roles {
            work.gathered.merge(roles);
        }
        if work.text.is_empty()
            && let Some(m) = mark(text)
        {
            let whole = text.slice(m.len.min(text.len())..text.len());
            said = without_clauses(&whole, &clauses(&whole), 0);
            if takes_number {
                work.number = work.number.or(Some(m.number));
            }
        }
        // Merged cells and repeated names say the same again.
        if said.is_empty() || work.text.contains(&said) {
            return;
        }
        if said.starts_with(&work.text) {
            work.text = said;
            return;
        }
        let ended = work.text.ends_with(['。', '；', '！', '：']);
        let named = work.text.chars().count() <= NAME_CHARS && !work.text.contains('：');
        let between = match (named, ended) {
            (_, true) => "",
            (true, false) => "：",
            (false, false) => "；",
        };
        work.text = format!("{}{between}{said}", work.text);
    }

    /// Adds a cell of names or a deadline.
    fn field(&mut self, key: Key, text: &Text) {
        let keyed = clauses(text);
        let Some(work) = self.draft.works.last_mut() else { return };
        if key == Key::Deadline {
            work.gathered.due(text.tidy());
            return;
        }
        let people = matches!(key, Key::Leader | Key::Person);
        let found = if keyed.iter().any(|c| !c.verbal) {
            gather(text, &keyed, self.notes)
        } else if let Some(fields) = verb::phrase(text, 0..text.len()).filter(|_| !people) {
            let clause = Clause {
                range: 0..text.len(),
                fields,
                repairs: vec![],
                verbal: true,
                bracketed: false,
            };
            gather(text, &[clause], self.notes)
        } else {
            let mut gathered = Gathered::default();
            gathered.add(key, list(text, 0..text.len(), people, self.notes));
            gathered
        };
        work.gathered.merge(found);
    }

    /// Opens the section and subsection that the row's cells name, if they are new.
    fn sections(&mut self, row: &[Slot]) {
        if let Some(sheet) = self.sheet.clone().filter(|_| self.first_work) {
            let text = Text::new(&sheet, row.first().map_or(0, |s| s.text.spot(0)));
            self.draft.sections.push(heading(&text, None));
        }
        self.first_work = false;
        let named = |column| {
            self.columns.first(column).and_then(|c| row.get(c)).filter(|s| !s.text.is_blank())
        };
        if let Some(slot) = named(Column::Section) {
            let new = heading(&slot.text, mark(&slot.text));
            // The same section may come again further down.
            match self.draft.sections.iter().position(|s| s.title == new.title) {
                Some(at) if at + 1 == self.draft.sections.len() => {}
                _ => self.draft.sections.push(new),
            }
        }
        if let Some(slot) = named(Column::Subsection) {
            let new = heading(&slot.text, mark(&slot.text));
            if let Some(section) = self.draft.sections.last_mut()
                && section.below.last().is_none_or(|b| b.title != new.title)
            {
                section.below.push(new);
            }
        }
    }
}

/// The one cell of a row that holds nothing else, if it covers several columns or begins with a number.
fn banner(row: &[Slot]) -> Option<&Slot> {
    let first = row.iter().find(|s| !s.text.is_blank())?;
    let alone = row.iter().filter(|s| !s.text.is_blank()).all(|s| s.id == first.id);
    let wide = row.iter().filter(|s| s.id == first.id).count() > 1;
    let leads = row.first().is_some_and(|s| s.id == first.id);
    let titled = mark(&first.text).is_some()
        || (leads && !first.text.plain().chars().all(|c| c.is_ascii_digit()));
    (alone && row.len() > 1 && (wide || titled)).then_some(first)
}

fn heading(text: &Text, found: Option<Mark>) -> Heading {
    let clauses = clauses(text);
    let from = found.map_or(0, |m| m.len.min(text.len()));
    Heading {
        number: found.map(|m| m.number),
        title: without_clauses(text, &clauses, from),
        text: text.clone(),
        clauses,
        spot: text.spot(0),
        below: Vec::new(),
    }
}

/// The number in a number cell: 12, 12., （12）, 十二.
fn printed(text: &Text) -> (Option<u32>, Spot) {
    let plain = text.plain();
    let bare = plain.trim_matches(|c: char| "()[].、第项号".contains(c));
    let word: Vec<char> = bare.chars().collect();
    let digits = (bare.len() <= 5).then(|| bare.parse().ok()).flatten();
    // 12.0 is how some programs store 12.
    let whole = bare.strip_suffix(".0").and_then(|b| b.parse().ok());
    (digits.or(whole).or_else(|| super::marks::chinese(&word)).filter(|n| *n > 0), text.spot(0))
}
