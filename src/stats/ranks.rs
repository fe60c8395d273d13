//! Ranks (排名) of units within a category: ties share a rank, and the change against the last period is shown.

use std::{cmp::Ordering, collections::BTreeMap};

use crate::{
    model::{Exact, Rate},
    settings::Ranking,
};

/// What a unit is ranked by; compared exactly, never between floats.
#[derive(Clone, Debug)]
pub(super) struct Contender {
    /// Unit id.
    pub(super) key: String,
    pub(super) category: String,
    /// Tasks it leads in force; a unit that leads nothing is ranked apart, by its returns.
    pub(super) leads: u64,
    /// 达序时率.
    pub(super) on_schedule: Rate,
    /// Mean progress, exact.
    pub(super) mean: Option<Exact>,
    /// 及时率.
    pub(super) on_time: Rate,
    /// 完整率.
    pub(super) complete: Rate,
}

/// Rank of each unit that is ranked, by unit id.
///
/// Units that lead tasks: by on-schedule rate, then mean progress. Units that lead nothing: apart, by 及时率, then
/// 完整率. Equal in both share a rank and the next one is passed over (1, 1, 3). Not ranked: units with fewer tasks
/// (or obligations) than `min_due`, categories with fewer units than `min_units`.
/// Source: docs/definitions.md, 排名.
pub(super) fn ranks(contenders: &[Contender], ranking: Ranking) -> BTreeMap<String, u32> {
    let mut categories: BTreeMap<&str, Vec<&Contender>> = BTreeMap::new();
    for contender in contenders {
        categories.entry(&contender.category).or_default().push(contender);
    }
    let mut ranks = BTreeMap::new();
    for units in categories.values() {
        if units.len() < ranking.min_units as usize {
            continue;
        }
        let min_due = u64::from(ranking.min_due.max(1));
        let (leading, other): (Vec<&Contender>, Vec<&Contender>) =
            units.iter().partition(|c| c.leads > 0);
        let leading = leading.into_iter().filter(|c| c.leads >= min_due).collect();
        let other = other.into_iter().filter(|c| c.on_time.due >= min_due).collect();
        place(leading, &mut ranks, |a, b| {
            rate_order(a.on_schedule, b.on_schedule).then_with(|| a.mean.cmp(&b.mean))
        });
        place(other, &mut ranks, |a, b| {
            rate_order(a.on_time, b.on_time).then_with(|| rate_order(a.complete, b.complete))
        });
    }
    ranks
}

/// Best first; equals share a rank.
fn place(
    mut units: Vec<&Contender>,
    ranks: &mut BTreeMap<String, u32>,
    order: impl Fn(&Contender, &Contender) -> Ordering,
) {
    units.sort_by(|a, b| order(b, a));
    let mut rank = 1;
    for at in 0..units.len() {
        if at > 0 && order(units[at - 1], units[at]) != Ordering::Equal {
            rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
        }
        ranks.insert(units[at].key.clone(), rank);
    }
}

/// Compares two rates as fractions, crosswise; nothing due stands below everything.
fn rate_order(a: Rate, b: Rate) -> Ordering {
    match (a.due, b.due) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        _ => {
            (u128::from(a.done) * u128::from(b.due)).cmp(&(u128::from(b.done) * u128::from(a.due)))
        }
    }
}
