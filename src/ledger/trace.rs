//! Where a figure comes from (溯源): every cell behind it, with what each one replaced.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{
    Store,
    accepted::{task_of, within},
    dump,
    load::{self, Which},
    merge,
    rows::{EntryRow, SubmissionRow},
};
use crate::{
    diag::Result,
    model::{Answer, Field, ItemNo, Names, Period, Plan, Role, TaskNo, UnitId},
};

/// Which cells are asked for; none of both asks for all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// Of these tasks; empty means any.
    pub tasks: Vec<TaskNo>,
    /// Of the unit that answers for it in the period, what its predecessors and aliases reported included.
    pub unit: Option<UnitId>,
}

/// A cell as it was taken in.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TracedCell {
    /// Value; null where the cell was blank and withdrew what stood before.
    #[serde(serialize_with = "dump::answer")]
    pub value: Option<Answer>,
    /// What was typed.
    pub raw: String,
    /// File as it was found.
    pub file: String,
    /// The same bytes in the archive.
    pub archive: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// When the file came.
    pub received_at: Timestamp,
    /// 推定.
    pub presumed: bool,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Submission number in the ledger.
    pub submission: i64,
    /// Entered by the office on behalf of: name and reason.
    pub on_behalf: Option<String>,
    /// Its file was withdrawn: why.
    pub withdrawn: Option<String>,
}

/// One question of the form and everything a unit ever answered to it in one period.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Traced {
    /// Unit that reported it, adopted aliases followed.
    pub unit: UnitId,
    /// Unit that answers for it in the period asked for, if another (承接).
    pub answered_by: Option<UnitId>,
    /// Task.
    pub task: TaskNo,
    /// Item.
    pub item: ItemNo,
    /// Role.
    pub role: Role,
    /// Field.
    pub field: Field,
    /// Period it was reported for.
    pub period: Period,
    /// Whether it holds at the end of the period asked for: the newest period with a value for what is carried
    /// forward (累计, 进度, 状态; a predecessor's until the unit in charge reports), the period itself for texts.
    pub holds: bool,
    /// Carried from an earlier period (沿用).
    pub stale: bool,
    /// The cell that counts; none if the last one withdrew the value or every file was withdrawn.
    pub counted: Option<TracedCell>,
    /// What it superseded, newest first: older returns, blanks, withdrawn files.
    pub superseded: Vec<TracedCell>,
}

impl Store {
    /// Everything behind the figures of `period`: each question with the cell that counts and what it superseded.
    ///
    /// Shape: by task, unit, item, field, then period, newest first. Personal fields are left out.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn trace(
        &self,
        plan: &Plan,
        period: Period,
        wanted: &Wanted,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Traced>> {
        let registry = plan.in_force(period).registry;
        let names = Names::new(&registry);
        let asked_of = |unit: &UnitId| {
            let wanted = wanted.unit.as_ref();
            wanted.is_none_or(|w| unit == w || names.in_charge(unit, period) == w)
        };
        let asked = |row: &EntryRow| {
            task_of(row).is_some_and(|t| wanted.tasks.is_empty() || wanted.tasks.contains(&t))
                && !row.entry.field.is_personal()
        };
        // Period by period, keeping what was asked for alone: a year of a province does not fit into memory.
        let (submissions, entries) = self.read(|tx| {
            let (mut submissions, mut entries) = (Vec::new(), Vec::new());
            for p in load::periods(tx)?.into_iter().filter(|p| within(*p, period, plan.year)) {
                let sent: Vec<SubmissionRow> = load::submissions(tx, &Which::Period(p), as_of)?
                    .into_iter()
                    .filter(|s| {
                        let unit = s.unit.as_ref().map(|u| merge::resolved_by(&names, u));
                        unit.is_some_and(|u| asked_of(&u))
                    })
                    .collect();
                for submission in &sent {
                    entries.extend(load::entries_of(tx, submission.id)?.into_iter().filter(asked));
                }
                submissions.extend(sent);
            }
            Ok((submissions, entries))
        })?;
        let by_id: BTreeMap<i64, (&SubmissionRow, UnitId)> = submissions
            .iter()
            .filter_map(|s| Some((s.id, (s, merge::resolved_by(&names, s.unit.as_ref()?)))))
            .collect();
        let current = merge::current(&submissions, &entries, &names)?;
        let mut questions: BTreeMap<Question, Vec<(&EntryRow, &SubmissionRow, bool)>> =
            BTreeMap::new();
        for (row, current) in entries.iter().zip(current) {
            if let Some((submission, unit)) = by_id.get(&row.submission)
                && let Some(question) = Question::of(row, unit, submission.period)
            {
                questions.entry(question).or_default().push((row, submission, current));
            }
        }
        let mut traced: Vec<Traced> = questions
            .into_iter()
            .filter_map(|(question, cells)| question.answered(cells))
            .collect();
        for row in &mut traced {
            let heir = names.in_charge(&row.unit, period);
            row.answered_by = (*heir != row.unit).then(|| heir.clone());
        }
        mark(&mut traced, period);
        Ok(traced)
    }
}

/// What a cell answers: the order in which a trace is told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    task: TaskNo,
    unit: UnitId,
    /// The indicator for figures and percentages; what a task has once comes first.
    index: Option<u32>,
    field: Field,
    period: std::cmp::Reverse<Period>,
}

impl Question {
    fn of(row: &EntryRow, unit: &UnitId, period: Period) -> Option<Self> {
        let field = row.entry.field;
        let figure = matches!(field, Field::Cumulative | Field::Progress);
        Some(Self {
            task: task_of(row)?,
            unit: unit.clone(),
            index: if figure { Some(row.entry.item?.index) } else { None },
            field,
            period: std::cmp::Reverse(period),
        })
    }

    fn answered(self, mut cells: Vec<(&EntryRow, &SubmissionRow, bool)>) -> Option<Traced> {
        cells.sort_by(|a, b| (b.1.order(), b.0.n).cmp(&(a.1.order(), a.0.n)));
        let (newest, _, _) = cells.first()?;
        let (item, role) = (newest.entry.item?, newest.entry.role?);
        let counted = cells
            .iter()
            .find(|(row, _, current)| *current && row.entry.value.is_some())
            .map(|(row, submission, _)| traced_cell(row, submission));
        let superseded = cells
            .iter()
            .filter(|(row, _, current)| !(*current && row.entry.value.is_some()))
            .map(|(row, submission, _)| traced_cell(row, submission))
            .collect();
        Some(Traced {
            unit: self.unit,
            answered_by: None,
            task: self.task,
            item,
            role,
            field: self.field,
            period: self.period.0,
            holds: false,
            stale: false,
            counted,
            superseded,
        })
    }
}

fn traced_cell(row: &EntryRow, submission: &SubmissionRow) -> TracedCell {
    TracedCell {
        value: row.entry.value.clone(),
        raw: row.entry.raw.clone(),
        file: submission.file.clone(),
        archive: submission.archive.clone(),
        sha256: submission.sha256.clone(),
        sheet: row.entry.sheet.clone(),
        cell: row.entry.cell.clone(),
        received_at: submission.received_at,
        presumed: submission.presumed,
        recorded_at: submission.recorded_at,
        submission: submission.id,
        on_behalf: submission.on_behalf.as_ref().map(|o| format!("{}：{}", o.name, o.reason)),
        withdrawn: submission.withdrawn.clone(),
    }
}

/// Marks what holds at the end of `period`: of a unit's own answers, else of its predecessors', the newest. A
/// 未出数 lets the figure before it stand, so both hold.
fn mark(rows: &mut [Traced], period: Period) {
    let same_end = |row: &Traced| row.period.last_day() == period.last_day();
    let mut held: BTreeMap<(TaskNo, UnitId, Field, Option<ItemNo>), Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].counted.is_some()).collect();
    order.sort_by_key(|i| (rows[*i].answered_by.is_some(), std::cmp::Reverse(rows[*i].period)));
    for i in order {
        let row = &rows[i];
        let figure = matches!(row.field, Field::Cumulative | Field::Progress).then_some(row.item);
        let unit = row.answered_by.as_ref().unwrap_or(&row.unit).clone();
        let holding = held.entry((row.task, unit, row.field, figure)).or_default();
        let behind_not_out = holding.iter().all(|at| rows[*at].is_not_out()) && !row.is_not_out();
        if (holding.is_empty() || behind_not_out) && (row.field.is_carried() || same_end(row)) {
            holding.push(i);
        }
    }
    for i in held.into_values().flatten() {
        rows[i].stale = !same_end(&rows[i]);
        rows[i].holds = true;
    }
}

impl Traced {
    /// Whether what counts is 未出数.
    fn is_not_out(&self) -> bool {
        self.counted.as_ref().is_some_and(|c| c.value == Some(Answer::NotOut))
    }
}
