//! The one description of the form: what `template` writes by and `intake` reads by.

use crate::{
    diag::Result,
    model::{Field, Role, Status, normalised},
};

/// Which column of the form (栏目).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ColumnKey {
    /// 事项编号.
    Item,
    /// 板块.
    Section,
    /// 任务内容.
    Text,
    /// 牵头领导.
    Leaders,
    /// 牵头单位.
    LeadUnits,
    /// 本单位角色.
    Role,
    /// 量化指标.
    Indicator,
    /// 年度目标.
    Target,
    /// 计量单位.
    Measure,
    /// 上期累计.
    Previous,
    /// An open column.
    Field(Field),
    /// 填报提示.
    Hint,
    /// A column the office added: open, optional, text.
    Extra(String),
}

/// Shipped columns in their order, with their names in `form.toml`.
pub(super) const SHIPPED_COLUMNS: [(&str, ColumnKey); 18] = [
    ("item", ColumnKey::Item),
    ("section", ColumnKey::Section),
    ("text", ColumnKey::Text),
    ("leaders", ColumnKey::Leaders),
    ("lead_units", ColumnKey::LeadUnits),
    ("role", ColumnKey::Role),
    ("indicator", ColumnKey::Indicator),
    ("target", ColumnKey::Target),
    ("measure", ColumnKey::Measure),
    ("previous", ColumnKey::Previous),
    ("cumulative", ColumnKey::Field(Field::Cumulative)),
    ("progress", ColumnKey::Field(Field::Progress)),
    ("status", ColumnKey::Field(Field::Status)),
    ("narrative", ColumnKey::Field(Field::Narrative)),
    ("problems", ColumnKey::Field(Field::Problems)),
    ("coordination", ColumnKey::Field(Field::Coordination)),
    ("next_steps", ColumnKey::Field(Field::NextSteps)),
    ("hint", ColumnKey::Hint),
];

impl ColumnKey {
    /// Its name in `form.toml`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Extra(name) => name,
            other => SHIPPED_COLUMNS.iter().find(|(_, k)| k == other).map_or("", |(n, _)| n),
        }
    }

    /// Whether the unit fills it (the figure and percentage on some rows only).
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Field(_) | Self::Extra(_))
    }
}

/// A kind of row, by which a column is asked and required; a row is of one or two kinds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum RowKind {
    /// Has an indicator.
    Figure,
    /// Led, without an indicator (定性事项).
    Qualitative,
    /// First row of a led task.
    Lead,
    /// Co-operating unit.
    Named,
    /// Member of a group.
    Group,
}

/// Names of the row kinds in `form.toml`.
pub(super) const ROW_KINDS: [(&str, RowKind); 5] = [
    ("figure", RowKind::Figure),
    ("qualitative", RowKind::Qualitative),
    ("lead", RowKind::Lead),
    ("named", RowKind::Named),
    ("group", RowKind::Group),
];

/// The kinds a row is of.
pub(in crate::template) fn row_kinds(role: Role, first: bool, has_figure: bool) -> Vec<RowKind> {
    match role {
        Role::Lead => {
            let mut kinds = vec![if has_figure { RowKind::Figure } else { RowKind::Qualitative }];
            if first {
                kinds.push(RowKind::Lead);
            }
            kinds
        }
        Role::Named => vec![RowKind::Named],
        Role::Group => vec![RowKind::Group],
    }
}

/// A column of the form.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Which.
    pub key: ColumnKey,
    /// Heading on one line.
    pub heading: String,
    /// Heading as printed, with its line break.
    pub printed: String,
    /// Other headings under which it is recognised; a renamed heading keeps the shipped one here.
    pub synonyms: Vec<String>,
    /// Width in Excel characters.
    pub width: f64,
    /// Whether it is shown on A4.
    pub on_a4: bool,
    /// Rows on which it may be filled.
    pub asked: Vec<RowKind>,
    /// Rows on which it must be filled.
    pub required: Vec<RowKind>,
    /// Longest text in characters, for the validation; none where text is not limited.
    pub length: Option<u32>,
    /// Words of a drop-down (columns the office added).
    pub list: Vec<String>,
    /// What to fill in, for the instruction sheet and the prompt.
    pub help: String,
    /// Example of a right entry.
    pub example: String,
}

impl Column {
    /// Heading and synonyms, as printed.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.heading.as_str()).chain(self.synonyms.iter().map(String::as_str))
    }
}

/// The office's word for a status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusWord {
    /// What it means.
    pub status: Status,
    /// What the drop-down says.
    pub word: String,
    /// Other words under which it is recognised, the shipped word among them.
    pub synonyms: Vec<String>,
    /// When to choose it, for the instruction sheet.
    pub meaning: String,
}

/// What a label in head or foot stands beside.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum LabelKey {
    /// 填报单位 (printed).
    Unit,
    /// 报送期 (printed).
    Period,
    /// 数据截至日 (printed).
    CutOff,
    /// 报送截止日 (printed).
    Due,
    /// 填报人, 联系电话 or 审核人 (open, in the foot).
    Field(Field),
}

/// A label in head or foot (表头表尾).
///
/// In the head, label and value stand in one cell (`填报单位：区农业农村局`); in the foot, the value stands in
/// the next cell to the right that is not part of the label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// What stands beside it.
    pub key: LabelKey,
    /// The label without colon.
    pub text: String,
    /// As printed, where that differs: 审核人（签字）.
    pub printed: String,
    /// Other labels under which it is recognised.
    pub synonyms: Vec<String>,
}

impl Label {
    /// The label, as printed, and its synonyms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.text.as_str(), self.printed.as_str()]
            .into_iter()
            .chain(self.synonyms.iter().map(String::as_str))
    }
}

/// A wrong entry beside the right one, for the instruction sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Column it is about; none is the whole sheet (整张表).
    pub column: Option<ColumnKey>,
    /// Not like this.
    pub wrong: String,
    /// Like this.
    pub right: String,
}

/// Short fixed words printed on the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormWords {
    /// Band over the printed columns.
    pub printed: String,
    /// Band over the open columns.
    pub open: String,
    /// Band over 填报提示.
    pub automatic: String,
    /// First words of the one sentence of what to do.
    pub task_first: String,
    /// Its rest.
    pub task_rest: String,
}

/// Description of the form (表样).
#[derive(Clone, PartialEq, Debug)]
pub struct FormSpec {
    /// Version of the form description.
    pub version: String,
    /// Title; `{plan}` is the plan's title without the endings in `title_without`.
    pub title: String,
    /// Endings taken off the plan's title, the longest first.
    pub title_without: Vec<String>,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Statuses in order of the drop-down.
    pub statuses: Vec<StatusWord>,
    /// Labels of head and foot.
    pub labels: Vec<Label>,
    /// Words for lead, named and group.
    pub roles: [String; 3],
    /// Fixed words.
    pub words: FormWords,
    /// Steps of the instruction sheet: first words and rest.
    pub steps: Vec<(String, String)>,
    /// Wrong and right entries.
    pub mistakes: Vec<Mistake>,
}

/// The shipped description of the form, as an office may copy and change it.
pub const SHIPPED_FORM: &str = include_str!("../../../templates/form.toml");

impl FormSpec {
    /// The shipped description.
    ///
    /// # Panics
    /// If the shipped file is broken: a promise of our own code, which a test keeps.
    #[must_use]
    pub fn shipped() -> Self {
        match super::change::read(None) {
            Ok(spec) => spec,
            Err(error) => panic!("templates/form.toml: {error}"),
        }
    }

    /// The shipped description with an office's changes in `text`; `file` is its name in messages.
    ///
    /// # Errors
    /// [`crate::diag::Error::Settings`] with file, line and what is allowed.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        super::change::read(Some((text, file)))
    }

    /// The column with that key.
    #[must_use]
    pub fn column(&self, key: &ColumnKey) -> Option<&Column> {
        self.columns.iter().find(|c| c.key == *key)
    }

    /// The column of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&Column> {
        self.column(&ColumnKey::Field(field))
    }

    /// Place of a column, from 0 for `A`.
    #[must_use]
    pub fn place(&self, key: &ColumnKey) -> Option<u16> {
        let at = self.columns.iter().position(|c| c.key == *key)?;
        u16::try_from(at).ok()
    }

    /// The label of head or foot.
    #[must_use]
    pub fn label(&self, key: LabelKey) -> Option<&Label> {
        self.labels.iter().find(|l| l.key == key)
    }

    /// The office's word for a status; the shipped word where the office dropped it from the list.
    #[must_use]
    pub fn status_word(&self, status: Status) -> &str {
        self.statuses.iter().find(|s| s.status == status).map_or(status.word(), |s| &s.word)
    }

    /// The status a typed word means: the office's words first, then their synonyms, then the shipped words.
    #[must_use]
    pub fn status(&self, typed: &str) -> Option<Status> {
        let wanted = normalised(typed);
        let same = |word: &str| normalised(word) == wanted;
        self.statuses
            .iter()
            .find(|s| same(&s.word))
            .or_else(|| self.statuses.iter().find(|s| s.synonyms.iter().any(|w| same(w))))
            .map(|s| s.status)
            .or_else(|| Status::from_word(&wanted))
    }

    /// The word for a role.
    #[must_use]
    pub fn role_word(&self, role: Role) -> &str {
        match role {
            Role::Lead => &self.roles[0],
            Role::Named => &self.roles[1],
            Role::Group => &self.roles[2],
        }
    }

    /// Fields the unit may fill and fields it must fill on a row of these kinds.
    #[must_use]
    pub fn asks(&self, kinds: &[RowKind]) -> (Vec<Field>, Vec<Field>) {
        let any = |of: &[RowKind]| of.iter().any(|k| kinds.contains(k));
        let fields = |pick: fn(&Column) -> &[RowKind]| {
            self.columns
                .iter()
                .filter_map(|c| match c.key {
                    ColumnKey::Field(field) if any(pick(c)) => Some(field),
                    _ => None,
                })
                .collect()
        };
        (fields(|c| &c.asked), fields(|c| &c.required))
    }
}
