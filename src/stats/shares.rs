//! Shares in percent (占比): one decimal, plainly rounded or by largest remainder so that they add up to 100.0.

use serde::Serialize;

use super::rows::ClassCounts;
use crate::settings::Rounding;

/// Shares of a whole, in tenths of a percent, with the numerators and the denominator they are of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Shares {
    /// Numerators.
    pub counts: Vec<u64>,
    /// Denominator: the sum of the counts, which is printed beside them.
    pub of: u64,
    /// Tenths of a percent, one per count; empty if `of` is 0 (printed as “—”).
    pub tenths: Vec<u64>,
    /// How they were rounded.
    pub rounding: Rounding,
}

/// Tenths of a percent in a whole.
const WHOLE: u128 = 1000;

/// The shares of `counts` in their sum. Integers throughout; equal remainders go to the earlier count.
///
/// Source: docs/definitions.md, 占比.
#[must_use]
pub fn shares(counts: &[u64], rounding: Rounding) -> Shares {
    let of: u64 = counts.iter().fold(0, |sum, c| sum.saturating_add(*c));
    let whole = u128::from(of);
    let mut tenths: Vec<u64> = Vec::new();
    if of > 0 {
        let narrow = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
        let scaled = |count: &u64| u128::from(*count) * WHOLE;
        tenths = match rounding {
            Rounding::Plain => {
                counts.iter().map(|c| narrow((2 * scaled(c) + whole) / (2 * whole))).collect()
            }
            Rounding::LargestRemainder => {
                let mut down: Vec<u64> = counts.iter().map(|c| narrow(scaled(c) / whole)).collect();
                let given: u64 = down.iter().sum();
                let mut order: Vec<usize> = (0..counts.len()).collect();
                order.sort_by_key(|i| std::cmp::Reverse(scaled(&counts[*i]) % whole));
                let left = usize::try_from(1000 - given.min(1000)).unwrap_or(0);
                for i in order.into_iter().take(left) {
                    down[i] += 1;
                }
                down
            }
        };
    }
    Shares { counts: counts.to_vec(), of, tenths, rounding }
}

/// The classes (任务分类) that stand in the denominator, with their counts: all but 调整, which add up to the tasks
/// in force.
#[must_use]
pub const fn counted_classes(of: &ClassCounts) -> [(&'static str, u64); 7] {
    [
        ("done", of.done),
        ("ahead", of.ahead),
        ("on_track", of.on_track),
        ("behind", of.behind),
        ("overdue", of.overdue),
        ("not_started", of.not_started),
        ("unreported", of.unreported),
    ]
}

/// Shares of the classes in the tasks in force (各类占比), in the order of [`counted_classes`].
#[must_use]
pub fn class_shares(of: &ClassCounts, rounding: Rounding) -> Shares {
    shares(&counted_classes(of).map(|(_, count)| count), rounding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_table_of_222_items() {
        let counts = [17, 10, 24, 9, 162];
        let plain = shares(&counts, Rounding::Plain);
        assert_eq!(plain.tenths, [77, 45, 108, 41, 730]);
        assert_eq!(plain.tenths.iter().sum::<u64>(), 1001);
        let fair = shares(&counts, Rounding::LargestRemainder);
        assert_eq!(fair.tenths.iter().sum::<u64>(), 1000);
        assert_eq!(fair.tenths, [77, 45, 108, 40, 730]);
        assert_eq!(fair.of, 222);
    }

    #[test]
    fn withdrawn_tasks_stand_outside_the_shares_of_the_classes() {
        let counts = ClassCounts {
            done: 17,
            ahead: 10,
            on_track: 24,
            behind: 9,
            unreported: 162,
            adjusted: 10,
            ..ClassCounts::default()
        };
        let fair = class_shares(&counts, Rounding::LargestRemainder);
        assert_eq!((fair.of, fair.tenths), (222, vec![77, 45, 108, 40, 0, 0, 730]));
    }

    #[test]
    fn a_share_states_what_it_is_of() {
        assert_eq!(shares(&[100, 25], Rounding::Plain).of, 125);
        assert!(shares(&[0, 0], Rounding::LargestRemainder).tenths.is_empty());
    }
}
