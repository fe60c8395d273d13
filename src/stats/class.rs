//! The class (任务分类) and the light (亮灯) of a task or of a unit's part: the same rules over either.

use num_traits::{Signed, Zero};

use crate::model::Exact;

use super::{
    limits::{Limits, Scale},
    rows::{Class, Light},
};

/// The gap of a reported, due item.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Gap {
    /// Points.
    pub(super) points: Exact,
    /// What it is measured on.
    pub(super) scale: Scale,
    /// The item's light.
    pub(super) light: Light,
}

/// What the class of a task or part is found from.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five findings, each asked for by itself")]
pub(super) struct Finding<'a> {
    /// Complete by the lead rule.
    pub(super) complete: bool,
    /// Some lead unit has a fact.
    pub(super) reported: bool,
    /// The cut-off is after the due date.
    pub(super) overdue: bool,
    /// Every reported part says 未启动.
    pub(super) says_not_started: bool,
    /// Progress.
    pub(super) progress: Option<&'a Exact>,
    /// Gaps of reported, due items.
    pub(super) gaps: &'a [Gap],
    /// A due item or a lead unit has not reported.
    pub(super) incomplete: bool,
}

/// The class, first that applies.
///
/// 已完成 · 未报 · 逾期未完成 · 未启动 (says so, and progress is none or 0) · 欠序时 (any gap < 0) · 超序时 (nothing
/// missing, at least one gap, every gap ≥ d) · 达序时.
/// Source: docs/definitions.md, 任务分类.
pub(super) fn classify(finding: &Finding<'_>, limits: &Limits) -> Class {
    let gaps = finding.gaps;
    if finding.complete {
        Class::Done
    } else if !finding.reported {
        Class::Unreported
    } else if finding.overdue {
        Class::Overdue
    } else if finding.says_not_started && finding.progress.is_none_or(|p| !p.is_positive()) {
        Class::NotStarted
    } else if gaps.iter().any(|gap| gap.points < Exact::zero()) {
        Class::Behind
    } else if !finding.incomplete
        && !gaps.is_empty()
        && gaps.iter().all(|gap| gap.points >= *limits.ahead(gap.scale))
    {
        Class::Ahead
    } else {
        Class::OnTrack
    }
}

/// The light: 已完成 apart, 未报 none, 逾期 red, else the worst light of the reported items.
///
/// Source: docs/definitions.md, 亮灯.
pub(super) fn worst_light(class: Class, gaps: &[Gap]) -> Light {
    match class {
        Class::Done => Light::Done,
        Class::Unreported | Class::Adjusted => Light::None,
        Class::Overdue => Light::Red,
        _ => gaps.iter().map(|gap| gap.light).max().unwrap_or(Light::None),
    }
}
