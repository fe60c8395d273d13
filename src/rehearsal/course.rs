//! How a task fares through the year: most keep up, some finish early, some lag, slip, catch up or wait.

use super::dice::Dice;
use crate::model::{ItemNo, TaskNo, UnitId};

/// The course of a task (走势), the same for all its lead units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Course {
    /// Finished in this month.
    Early(u32),
    /// Well ahead of the schedule.
    Ahead,
    /// Keeps up.
    Steady,
    /// A little behind all year.
    Slow,
    /// Far behind.
    Lagging,
    /// Begins well and falls behind.
    Slipping,
    /// Begins badly and catches up.
    CatchingUp,
    /// Not begun before this month.
    Waiting(u32),
}

/// Of a hundred tasks, so many take each course, in the order of [`Course::of`].
const SHARES: [u32; 8] = [9, 13, 55, 9, 4, 3, 5, 2];

impl Course {
    /// The course of a task.
    pub(super) fn of(seed: u64, task: TaskNo) -> Self {
        let mut dice = Dice::new(seed, &["course", &task.to_string()]);
        let mut throw = dice.below(SHARES.iter().sum());
        let mut at = 0;
        for share in SHARES {
            if throw < share {
                break;
            }
            throw -= share;
            at += 1;
        }
        match at {
            0 => Self::Early(dice.between(2, 5)),
            1 => Self::Ahead,
            2 => Self::Steady,
            3 => Self::Slow,
            4 => Self::Lagging,
            5 => Self::Slipping,
            6 => Self::CatchingUp,
            _ => Self::Waiting(dice.between(3, 6)),
        }
    }

    /// Pace of a unit's item at the end of a month, in thousandths of the schedule.
    pub(super) fn pace(self, seed: u64, unit: &UnitId, item: ItemNo, month: u32) -> u32 {
        let own =
            |low, high| Dice::new(seed, &["pace", &unit.0, &item.to_string()]).between(low, high);
        match self {
            Self::Early(_) => own(1_300, 1_600),
            Self::Ahead => own(1_420, 1_900),
            Self::Steady => own(1_030, 1_180),
            Self::Slow => own(800, 970),
            Self::Lagging => own(300, 580),
            Self::Slipping => match month {
                1 => own(1_020, 1_080),
                2 => own(800, 860),
                3 => own(540, 580),
                _ => own(560, 640),
            },
            Self::CatchingUp => match month {
                1 => own(180, 240),
                2 => own(280, 360),
                3 => own(860, 960),
                _ => own(1_010, 1_060),
            },
            Self::Waiting(first) if month < first => 0,
            Self::Waiting(_) => own(500, 800),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_tasks_keep_up_and_every_course_occurs() {
        let courses: Vec<Course> = (1..=1_000).map(|n| Course::of(7, TaskNo(n))).collect();
        let count = |wanted: fn(&Course) -> bool| courses.iter().filter(|c| wanted(c)).count();
        assert!(count(|c| *c == Course::Steady) > 450);
        for rare in [
            count(|c| matches!(c, Course::Early(_))),
            count(|c| matches!(c, Course::Waiting(_))),
            count(|c| *c == Course::Slipping),
            count(|c| *c == Course::CatchingUp),
        ] {
            assert!((5..150).contains(&rare), "{rare}");
        }
    }
}
