//! Rates keep both counts until they are printed.

use serde::{Deserialize, Serialize};

/// A rate (率): `done` of `due`, with the change against the last period.
///
/// Units: `done` and `due` are counts; `change` is in percentage points. Printed as “—” when `due` is 0.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rate {
    /// Numerator.
    pub done: u64,
    /// Denominator.
    pub due: u64,
    /// Points against the last period, where both are defined.
    pub change: Option<f64>,
}

impl Rate {
    /// A rate without a comparison.
    #[must_use]
    pub const fn new(done: u64, due: u64) -> Self {
        Self { done, due, change: None }
    }

    /// The fraction 0–1, none when nothing is due.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn value(self) -> Option<f64> {
        (self.due > 0).then(|| self.done as f64 / self.due as f64)
    }

    /// The same rate with its change in points against `last`, if both have a value.
    #[must_use]
    pub fn against(self, last: Option<Self>) -> Self {
        // One division of whole numbers: 39/120 after 42/120 is -2.5 and not -2.4999999999999964.
        let change = last.filter(|last| self.due > 0 && last.due > 0).map(|last| {
            let (done, due) = (i128::from(self.done), i128::from(self.due));
            let (last_done, last_due) = (i128::from(last.done), i128::from(last.due));
            #[expect(clippy::cast_precision_loss, reason = "counts of tasks are far below 2^53")]
            let points =
                (100 * (done * last_due - last_done * due)) as f64 / (due * last_due) as f64;
            points
        });
        Self { change, ..self }
    }
}

impl Serialize for Rate {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = to.serialize_struct("Rate", 4)?;
        out.serialize_field("done", &self.done)?;
        out.serialize_field("due", &self.due)?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("change", &self.change)?;
        out.end()
    }
}

impl<'de> Deserialize<'de> for Rate {
    /// Counts are read, the value follows from them.
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Counts {
            done: u64,
            due: u64,
            #[serde(default)]
            change: Option<f64>,
        }
        let Counts { done, due, change } = Counts::deserialize(from)?;
        Ok(Self { done, due, change })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_divided_once() {
        let rate = |done, due| Rate { done, due, change: None };
        assert_eq!(rate(39, 120).against(Some(rate(42, 120))).change, Some(-2.5));
        assert_eq!(rate(1, 3).against(Some(rate(1, 3))).change, Some(0.0));
        assert_eq!(rate(1, 2).against(Some(rate(0, 0))).change, None);
        assert_eq!(rate(1, 2).against(None).change, None);
    }
}
