//! One period as plain vectors: what the brute-force oracle counts. Nothing here comes from `duban::stats`.

use num_bigint::BigInt;
use num_rational::BigRational;

/// An exact fraction.
pub(super) type Q = BigRational;

/// A whole number.
pub(super) fn q(value: i64) -> Q {
    Q::from_integer(BigInt::from(value))
}

/// A fraction of whole numbers.
pub(super) fn frac(num: i64, den: i64) -> Q {
    Q::new(BigInt::from(num), BigInt::from(den))
}

/// A decimal in plain digits.
pub(super) fn dec(text: &str) -> Q {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{part}").parse().expect("digits");
    let scale = BigInt::from(10).pow(u32::try_from(part.len()).expect("few digits"));
    Q::new(digits * sign, scale)
}

/// Everything known of a period.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub sections: Vec<u32>,
    /// (id, category) in registry order.
    pub units: Vec<(String, String)>,
    /// (name, members of the collective it is) in registry order.
    pub leaders: Vec<(String, Option<Vec<String>>)>,
    pub tasks: Vec<Task>,
    pub adjusted: Vec<Adjusted>,
    /// Accepted, not replaced, of this and earlier periods.
    pub facts: Vec<Fact>,
    pub words: Vec<Word>,
    pub filings: Vec<Filing>,
    pub rules: Rules,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    pub no: u32,
    pub section: u32,
    pub leaders: Vec<String>,
    pub parts: Vec<Part>,
    pub named: Vec<String>,
    pub group: Vec<String>,
    pub overdue: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Adjusted {
    pub no: u32,
    pub section: u32,
    pub leaders: Vec<String>,
    pub leads: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub unit: String,
    pub items: Vec<Item>,
    /// (unit, newest period number that counts, whether status and progress pass over too).
    pub follows: Vec<(String, i64, bool)>,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub item: String,
    pub figure: Option<Figure>,
    /// Schedule share in percent.
    pub t: Q,
}

#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub kind: String,
    pub sign: String,
    pub target: Q,
    pub percent: bool,
    pub base: Option<Q>,
    pub due: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub unit: String,
    pub task: u32,
    pub item: String,
    pub field: String,
    pub value: Value,
    /// Number of the period it was reported for.
    pub when: i64,
    /// Of this very period.
    pub current: bool,
    pub received: i64,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Number(Q),
    NotOut,
    Word(String),
}

/// The office's word on a task.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub task: u32,
    pub when: i64,
    pub rejected: bool,
    pub at: i64,
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "as the office notes them")]
pub(super) struct Filing {
    pub unit: String,
    pub owed: bool,
    pub received: bool,
    pub on_time: bool,
    pub clean: bool,
    pub required: u64,
    pub answered: u64,
    pub later: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub first: bool,
    pub tolerance: Q,
    pub ahead: [Q; 3],
    pub bands: [(Q, Q); 3],
    /// Bands are ratios in percent, not points.
    pub ratio: bool,
    pub weights: [Q; 3],
    pub min_due: u64,
    pub min_units: usize,
}

impl Default for Rules {
    /// The shipped rules, as DESIGN §5 states them.
    fn default() -> Self {
        Self {
            first: false,
            tolerance: frac(5, 100),
            ahead: [q(10), q(1), q(5)],
            bands: [(q(0), q(-10)), (q(0), q(-1)), (q(0), q(-5))],
            ratio: false,
            weights: [q(1), frac(1, 2), q(0)],
            min_due: 1,
            min_units: 3,
        }
    }
}
