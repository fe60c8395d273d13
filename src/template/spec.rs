//! The one description of the form: what `template` writes by and `intake` reads by.

use crate::model::{Field, Status};

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
    /// A column the office added.
    Extra(String),
}

/// A column of the form.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Which.
    pub key: ColumnKey,
    /// Heading as printed, on one line.
    pub heading: String,
    /// Other headings under which it is recognised.
    pub synonyms: Vec<String>,
}

/// The office's word for a status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusWord {
    /// What it means.
    pub status: Status,
    /// What the drop-down says.
    pub word: String,
    /// Other words under which it is recognised.
    pub synonyms: Vec<String>,
}

/// Description of the form (表样).
#[derive(Clone, PartialEq, Debug)]
pub struct FormSpec {
    /// Version of the form description.
    pub version: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Statuses in order of the drop-down.
    pub statuses: Vec<StatusWord>,
}
