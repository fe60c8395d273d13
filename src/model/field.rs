//! What a unit answers: fields, statuses and answers.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A field of a return (填报栏目). The first seven belong to an item, the last three to the whole form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 年初至今累计: the figure.
    Cumulative,
    /// 完成进度(%) of a qualitative item.
    Progress,
    /// 办理状态.
    Status,
    /// 进展情况.
    Narrative,
    /// 存在问题.
    Problems,
    /// 需协调事项.
    Coordination,
    /// 下步措施.
    NextSteps,
    /// 填报人.
    FilledBy,
    /// 联系电话.
    Phone,
    /// 审核人.
    ReviewedBy,
}

impl Field {
    /// All fields, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Cumulative,
        Self::Progress,
        Self::Status,
        Self::Narrative,
        Self::Problems,
        Self::Coordination,
        Self::NextSteps,
        Self::FilledBy,
        Self::Phone,
        Self::ReviewedBy,
    ];

    /// The name in JSON, SQL and Parquet.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Progress => "progress",
            Self::Status => "status",
            Self::Narrative => "narrative",
            Self::Problems => "problems",
            Self::Coordination => "coordination",
            Self::NextSteps => "next_steps",
            Self::FilledBy => "filled_by",
            Self::Phone => "phone",
            Self::ReviewedBy => "reviewed_by",
        }
    }

    /// The field with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }

    /// Personal data, which never leave by export, roll-up or leader workbooks.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::FilledBy | Self::Phone | Self::ReviewedBy)
    }

    /// Carried forward to later periods as *stale* (累计, 进度, 状态); the texts count in their own period only.
    #[must_use]
    pub const fn is_carried(self) -> bool {
        matches!(self, Self::Cumulative | Self::Progress | Self::Status)
    }
}

/// What a unit says of a task (办理状态). An office may reword them, not the mapping.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 未启动.
    NotStarted,
    /// 推进中.
    InProgress,
    /// 进展滞后.
    Lagging,
    /// 已完成.
    Done,
}

impl Status {
    /// All, in the order of the drop-down.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::InProgress, Self::Lagging, Self::Done];

    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Lagging => "lagging",
            Self::Done => "done",
        }
    }

    /// The shipped word, which `ledger dump` prints.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "未启动",
            Self::InProgress => "推进中",
            Self::Lagging => "进展滞后",
            Self::Done => "已完成",
        }
    }

    /// The status with that shipped word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// A value taken in from one cell (已采信的值).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A figure or a percentage, exact.
    Number(Decimal),
    /// 未出数: the statistics are not out; an accepted answer that is no number.
    NotOut,
    /// A status.
    Status(Status),
    /// Text, word for word.
    Text(String),
}

impl Answer {
    /// The word a unit types when its figure is not published yet.
    pub const NOT_OUT: &'static str = "未出数";

    /// As the ledger stores and `ledger dump` prints it (numbers without trailing zeros, the shipped status word).
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::Number(value) => super::decimal_text(*value),
            Self::NotOut => Self::NOT_OUT.to_owned(),
            Self::Status(status) => status.word().to_owned(),
            Self::Text(text) => text.clone(),
        }
    }

    /// Reads back what [`Answer::stored`] wrote for `field`.
    #[must_use]
    pub fn from_stored(field: Field, text: &str) -> Option<Self> {
        match field {
            Field::Cumulative | Field::Progress if text == Self::NOT_OUT => Some(Self::NotOut),
            Field::Cumulative | Field::Progress => super::parse_decimal(text).map(Self::Number),
            Field::Status => Status::from_word(text).map(Self::Status),
            _ => Some(Self::Text(text.to_owned())),
        }
    }
}
