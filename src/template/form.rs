//! What one form prints and asks, before anything is drawn.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{
    model::{Comparator, Field, IndicatorKind, ItemNo, Period, Role, Status, UnitId},
    settings::Paper,
};

/// A form (填报表): everything printed on it and asked by it.
#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    /// Title of row 1.
    pub title: String,
    /// Document number of the plan, printed in the footer.
    pub doc_no: String,
    /// The unit's id.
    pub unit: UnitId,
    /// The unit's printed name.
    pub unit_name: String,
    /// Reporting period.
    pub period: Period,
    /// Data cut-off date (数据截至日).
    pub cut_off: Date,
    /// Due date (报送截止日).
    pub due: Date,
    /// Whom to ask: office name and phone.
    pub contact: String,
    /// Whether the data are simulated: printed in the header.
    pub simulated: bool,
    /// Paper it is laid out for.
    pub paper: Paper,
    /// Rows by role, then task number, then item.
    pub rows: Vec<FormRow>,
    /// 填报人, 联系电话, 审核人 put in beforehand (correction forms, rehearsals); empty on a fresh form.
    pub signed: BTreeMap<Field, String>,
    /// Those of them marked as wrong, with what is wrong.
    pub signed_marked: BTreeMap<Field, String>,
    /// Identity, written three times into the workbook.
    pub stamp: Stamp,
}

/// One row of a form: one reporting item of the unit.
#[derive(Clone, PartialEq, Debug)]
pub struct FormRow {
    /// 事项编号.
    pub item: ItemNo,
    /// 板块, short name.
    pub section: String,
    /// 任务内容, full text.
    pub text: String,
    /// 牵头领导, joined by 、.
    pub leaders: String,
    /// 牵头单位, joined by 、.
    pub lead_units: String,
    /// 本单位角色.
    pub role: Role,
    /// First row of its task: carries status and text.
    pub first: bool,
    /// The figure asked for; none on qualitative and co-operating rows.
    pub figure: Option<Figure>,
    /// 上期累计 (or last 完成进度 of a qualitative item).
    pub previous: Previous,
    /// Last period's texts, shown beside the cells.
    pub previous_texts: BTreeMap<Field, String>,
    /// Schedule share t(p) of the item in percent, for the behind-schedule mark.
    pub schedule: f64,
    /// Already confirmed as complete (已销号): greyed out, nothing asked.
    pub confirmed: bool,
    /// Fields the unit may fill; what it may not is locked and grey.
    pub asked: Vec<Field>,
    /// Fields the unit must fill (必填).
    pub required: Vec<Field>,
    /// Values put into open cells beforehand (correction forms); empty on a fresh form.
    pub entered: BTreeMap<Field, String>,
    /// Values put into columns the office added, by their names in `form.toml`.
    pub entered_extra: BTreeMap<String, String>,
    /// Fields marked as wrong, with what is wrong (correction forms).
    pub marked: BTreeMap<Field, String>,
}

/// The figure a row asks for.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// 量化指标.
    pub name: String,
    /// 年度目标.
    pub target: Decimal,
    /// Printed before the target.
    pub comparator: Comparator,
    /// 计量单位.
    pub unit: String,
    /// How it is judged.
    pub kind: IndicatorKind,
    /// Base (起点) of a level that is to be raised: progress is measured from it.
    pub base: Option<Decimal>,
    /// Percent within which 左右 is met; 0 for other comparators.
    pub tolerance: f64,
    /// Whether a figure is due in this period (a quarterly one is not in January).
    pub due: bool,
}

/// What stands in 上期累计.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Previous {
    /// Never reported: 未报.
    #[default]
    None,
    /// The last figure, carried or fresh.
    Number(Decimal),
    /// 未出数 last time.
    NotOut,
    /// Status of a qualitative item that gave no progress.
    Status(Status),
}

/// Identity of a form (表样标识): written as very hidden sheet, custom document properties and a defined name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    /// Version of the form description.
    pub form_version: String,
    /// Version of the plan, first 12 hex digits of its digest.
    pub plan_version: String,
    /// Period as printed, `2024-03`.
    pub period: String,
    /// Unit id.
    pub unit: String,
    /// Item numbers in order.
    pub items: Vec<String>,
    /// First 8 hex digits of the key's digest.
    pub key_id: String,
    /// HMAC-SHA256 over all of the above and the printed targets, hex.
    pub digest: String,
}

impl FormRow {
    /// Whether the unit must fill `field` on this row (必填).
    ///
    /// As shipped – lead: the figure, or 完成进度 where there is none; on a task's first row also 办理状态 and
    /// 进展情况. Named: 进展情况. Group: nothing. A confirmed task: nothing.
    #[must_use]
    pub fn requires(&self, field: Field) -> bool {
        self.required.contains(&field)
    }

    /// Whether the unit may fill `field` on this row; what it may not is locked and grey.
    #[must_use]
    pub fn accepts(&self, field: Field) -> bool {
        self.asked.contains(&field)
    }
}

/// Required cells (必填格) of a form by role: what [`required_cells`] counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RequiredCells {
    /// Required cells on rows of lead, named and group, in this order.
    pub cells: [u32; 3],
    /// Tasks the unit has in these roles.
    pub tasks: [u32; 3],
    /// Figures of indicators asked for.
    pub figures: u32,
    /// 完成进度 asked for, on led tasks without a figure of their own: it is their figure.
    pub progress: u32,
}

impl RequiredCells {
    /// Adds what another form asks.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for n in 0..3 {
            self.cells[n] += other.cells[n];
            self.tasks[n] += other.tasks[n];
        }
        self.figures += other.figures;
        self.progress += other.progress;
        self
    }

    /// Whether no more is asked than promised: of a lead two cells a task (办理状态, 进展情况) beside its figures, of a
    /// named unit one, of a group member none.
    #[must_use]
    pub const fn as_promised(&self) -> bool {
        self.cells[0] <= 2 * self.tasks[0] + self.figures + self.progress
            && self.cells[1] <= self.tasks[1]
            && self.cells[2] == 0
    }
}

/// Counts the required cells of a form, 填报人 and 联系电话 at its foot not among them.
#[must_use]
pub fn required_cells(form: &Form) -> RequiredCells {
    let mut count = RequiredCells::default();
    for row in &form.rows {
        let at = match row.role {
            Role::Lead => 0,
            Role::Named => 1,
            Role::Group => 2,
        };
        count.cells[at] += u32::try_from(row.required.len()).unwrap_or(u32::MAX);
        count.tasks[at] += u32::from(row.first);
        count.figures += u32::from(row.figure.is_some() && !row.confirmed);
        count.progress += u32::from(row.required.contains(&Field::Progress));
    }
    count
}
