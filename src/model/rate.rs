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
        let change = match (self.value(), last.and_then(Self::value)) {
            (Some(now), Some(then)) => Some((now - then) * 100.0),
            _ => None,
        };
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
