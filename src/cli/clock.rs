//! The clock: the machine's, or the one that `--now` sets.

use jiff::{Timestamp, civil::DateTime, tz::Offset};

use crate::{
    diag::{Error, Result},
    wording,
};

/// A clock that stands still for the length of a command.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    typed: Option<String>,
    machine: Timestamp,
}

impl Clock {
    /// The machine's clock, or the time typed.
    ///
    /// # Errors
    /// [`Error::Usage`] if what was typed is no time.
    pub(super) fn new(typed: Option<&str>) -> Result<Self> {
        if let Some(typed) = typed {
            parse_time(typed, Offset::UTC)?;
        }
        Ok(Self { typed: typed.map(str::to_owned), machine: Timestamp::now() })
    }

    /// A clock that shows `time`.
    pub(crate) fn fixed(time: &str) -> Self {
        Self { typed: Some(time.to_owned()), machine: Timestamp::UNIX_EPOCH }
    }

    /// The time now; a typed time without an offset is office time.
    ///
    /// # Errors
    /// [`Error::Usage`] if what was typed is no time.
    pub(crate) fn now(&self, office: Offset) -> Result<Timestamp> {
        self.typed.as_deref().map_or(Ok(self.machine), |typed| parse_time(typed, office))
    }
}

/// Reads `2024-03-26T09:00:00`, `2024-03-26 09:00`, `2024-03-26` (its first minute) or a full RFC 3339 time.
///
/// # Errors
/// [`Error::Usage`] if it is none of these.
pub(crate) fn parse_time(typed: &str, office: Offset) -> Result<Timestamp> {
    let refuse = || {
        let (zh, en) = wording::cli::not_a_time(typed);
        Error::Usage { zh, en }
    };
    let text = typed.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let local: DateTime = text.parse().map_err(|_| refuse())?;
    office.to_timestamp(local).map_err(|_| refuse())
}
