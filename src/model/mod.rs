//! Foundation: the values every stage speaks of (基本概念).
//!
//! Takes nothing, gives plain types. A thing with a meaning has a type here; parsing makes it,
//! and later code need not check it again. No room below this one.

mod amendment;
mod assignment;
mod field;
mod hex;
mod names;
mod number;
mod period;
mod plan;
mod rate;
mod registry;

pub use amendment::{Amendment, Change, Succession};
pub use assignment::{
    Assignment, ReportItem, Role, assignments, assignments_by, report_items, report_items_by,
};
pub use field::{Answer, Field, Status};
pub use hex::hex;
pub use names::Names;
pub use number::{Exact, decimal_text, exact, normalise_text, normalised, parse_decimal};
pub use period::{Period, PeriodError, Span};
pub use plan::{
    Comparator, Doubt, Frequency, Indicator, IndicatorKind, ItemNo, Plan, Section, Subsection,
    Task, TaskNo,
};
pub use rate::Rate;
pub use registry::{Alias, Group, Leader, Named, Registry, Unit, UnitId, normalise_name};
