//! `duban exempt`, `duban extend`: what the office grants to a unit for one period (免报、延期).

use jiff::civil::Date;
use serde_json::json;

use super::{
    Context, Ended,
    args::{ExemptArgs, ExtendArgs},
    office::Office,
    output, who,
};
use crate::{
    diag::{Error, Result},
    ledger::{Grant, ObligationRow, Store, resolved},
    model::{Period, Registry, UnitId},
    wording::{self, grants::Granted},
};

/// Runs `duban exempt`.
pub(super) fn exempt(context: &Context, args: &ExemptArgs) -> Result<Ended> {
    let asked = if args.undo { Asked::NoExemption } else { Asked::Exempt };
    let period = args.period.period;
    let unit = UnitId(args.unit.clone());
    record(context, period, &unit, asked, &args.reason, args.json)
}

/// Runs `duban extend`.
pub(super) fn extend(context: &Context, args: &ExtendArgs) -> Result<Ended> {
    // The command line asks for a date or for --undo.
    let asked = args.until.map_or(Asked::NoExtension, Asked::Extend);
    let period = args.period.period;
    let unit = UnitId(args.unit.clone());
    record(context, period, &unit, asked, &args.reason, args.json)
}

/// What was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    Exempt,
    NoExemption,
    Extend(Date),
    NoExtension,
}

impl Asked {
    /// What is recorded for an obligation; none if it stands so already.
    ///
    /// # Errors
    /// It contradicts how the obligation stands.
    fn grant(self, unit: &str, owed: &ObligationRow, reason: &str) -> Result<Option<Grant>> {
        let refuse = |(zh, en): (String, String)| Err(Error::Usage { zh, en });
        match self {
            Self::Exempt if owed.exempt.as_deref() == Some(reason) => Ok(None),
            Self::Exempt => Ok(Some(Grant::Exempt)),
            Self::NoExemption if owed.exempt.is_none() => {
                refuse(wording::grants::not_exempt(unit, &owed.period.to_string()))
            }
            Self::NoExtension if owed.extended.is_none() => {
                refuse(wording::grants::not_extended(unit, &owed.period.to_string()))
            }
            Self::NoExemption | Self::NoExtension => Ok(Some(Grant::Revoke)),
            Self::Extend(_) if owed.exempt.is_some() => {
                refuse(wording::grants::exempt_already(unit, &owed.period.to_string()))
            }
            Self::Extend(until) if until <= owed.first_due => {
                let (until, due) = (until.to_string(), owed.first_due.to_string());
                refuse(wording::grants::no_extension(unit, &until, &due))
            }
            Self::Extend(until)
                if owed.due == until && owed.extended.as_deref() == Some(reason) =>
            {
                Ok(None)
            }
            Self::Extend(until) => Ok(Some(Grant::Extend(until))),
        }
    }
}

/// Records a grant, or its end, for every name under which the unit owes the period's return.
fn record(
    context: &Context,
    period: Period,
    typed: &UnitId,
    asked: Asked,
    reason: &str,
    json: bool,
) -> Result<Ended> {
    if reason.trim().is_empty() {
        let (zh, en) = wording::grants::reason_wanted();
        return Err(Error::Usage { zh, en });
    }
    let office = Office::open(context)?;
    let registry = office.plan()?.value.with_successions();
    let named = who::unit(&registry, typed.as_str())?;
    let unit = registry.in_charge(&named.id, period).clone();
    // Looking before opening for writing: a mistyped period must not make a ledger.
    let owed = owed_by(&office.issued_ledger(period)?, &registry, period, &unit)?;
    if owed.is_empty() {
        let (zh, en) = wording::cli::owes_nothing(typed.as_str(), &period.to_string());
        return Err(Error::Usage { zh, en });
    }
    let mut store = office.ledger()?;
    for obligation in &owed {
        if let Some(grant) = asked.grant(unit.as_str(), obligation, reason)? {
            store.grant(&obligation.unit, period, &grant, reason, office.now)?;
        }
    }
    let stands = owed_by(&store, &registry, period, &unit)?;
    let due = stands.iter().map(|o| o.due).max().unwrap_or_else(|| office.settings.due(period));
    let exempt = stands.iter().all(|o| o.exempt.is_some());
    if json {
        output::print_json(&json!({
            "period": period,
            "unit": unit,
            "due": due,
            "exempt": stands.iter().find_map(|o| o.exempt.as_deref()).filter(|_| exempt),
            "extended": stands.iter().find_map(|o| o.extended.as_deref()),
        }));
        return Ok(Ended::Clean);
    }
    let granted = match asked {
        Asked::Exempt => Granted::Exempt,
        Asked::Extend(_) => Granted::Extended,
        Asked::NoExemption | Asked::NoExtension => Granted::TakenBack,
    };
    let (unit, due) = (unit.to_string(), due.to_string());
    output::print(&wording::grants::granted(
        granted,
        &unit,
        &wording::cli::period_named(period, context.lang),
        &due,
        context.lang,
    ));
    Ok(Ended::Clean)
}

/// The obligations of a unit in a period: under its own name, and under names that stand for it.
fn owed_by(
    store: &Store,
    registry: &Registry,
    period: Period,
    unit: &UnitId,
) -> Result<Vec<ObligationRow>> {
    let mut owed = store.obligations(period, None)?;
    owed.retain(|o| registry.in_charge(&resolved(registry, &o.unit), period) == unit);
    Ok(owed)
}
