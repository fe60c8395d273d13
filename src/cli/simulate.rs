//! `duban simulate`: fill the forms of a period as units would.

use std::fmt::Write as _;

use serde_json::json;

use super::{
    Context, Ended,
    args::SimulateArgs,
    gather::REGISTER,
    invent,
    month::Month,
    office::{Office, Stage},
    output,
};
use crate::{
    diag::{Error, Result},
    model::Period,
    rehearsal::{self, Options},
    wording,
};

/// What a rehearsal wrote.
pub(super) struct Written {
    /// Returned workbooks.
    pub(super) files: usize,
    /// Units that sent nothing.
    pub(super) missing: usize,
    /// Late ones.
    pub(super) late: usize,
    /// Planted mistakes.
    pub(super) planted: usize,
    /// The manifest, relative to the office folder.
    pub(super) manifest: String,
}

/// Runs the command: the returns of one period of an office that is there, or a whole office of any size.
pub(super) fn run(context: &Context, args: &SimulateArgs) -> Result<Ended> {
    if let (Some(units), Some(tasks)) = (args.units, args.tasks) {
        return invent::run(context, args, units, tasks);
    }
    let Some(period) = args.period else {
        let (zh, en) = wording::cli::no_period();
        return Err(Error::Usage { zh, en });
    };
    let office = Office::open(context)?;
    let written = write(&office, period, args.seed, args.messy)?;
    if args.json {
        output::print_json(&json!({
            "period": period,
            "files": written.files,
            "missing": written.missing,
            "late": written.late,
            "planted": written.planted,
            "manifest": written.manifest,
        }));
    } else {
        output::print(&wording::cli::simulated(
            written.files,
            written.missing,
            written.late,
            written.planted,
            &written.manifest,
            context.lang,
        ));
    }
    Ok(Ended::Clean)
}

/// Writes returned workbooks, the register of receipts and the manifest of what was planted. The ledger is
/// marked as holding simulated data, for good.
///
/// # Errors
/// No forms were issued for the period; what the system says.
pub(super) fn write(office: &Office, period: Period, seed: u64, messy: bool) -> Result<Written> {
    let mut month = Month::open(office, period)?;
    let forms = month.issued_forms()?;
    let names = crate::template::file_names(&forms);
    let named: Vec<_> = names.into_iter().zip(forms).collect();
    let options = Options {
        seed,
        period,
        due: office.settings.due(period),
        offset: office.settings.offset(),
        messy,
    };
    let rehearsal = rehearsal::fill(&named, &month.spec, &options)?;
    month.store.mark_simulated(office.now)?;
    let folder = office.folder(Stage::Returns, period);
    let mut register = String::from("\u{feff}文件,时间\r\n");
    let mut files = Vec::new();
    for sent in &rehearsal.files {
        let local = office.settings.offset().to_datetime(sent.received_at);
        // A name with a comma is quoted, as every CSV reader expects.
        let _infallible = write!(
            register,
            "\"{}\",{}\r\n",
            sent.name.replace('"', "\"\""),
            local.strftime("%Y-%m-%d %H:%M:%S")
        );
        files.push((folder.join(&sent.name), sent.bytes.clone()));
    }
    output::write_all(&files)?;
    output::write(&folder.join(REGISTER), register.as_bytes())?;
    let manifest = office.path(Stage::Simulate.name()).join(format!("{period}.json"));
    let document = json!({
        "period": period,
        "seed": seed,
        "messy": messy,
        "files": rehearsal.files.iter().map(|f| json!({
            "file": f.name, "unit": f.unit, "received_at": f.received_at,
        })).collect::<Vec<_>>(),
        "missing": rehearsal.missing,
        "late": rehearsal.late,
        "planted": rehearsal.planted,
    });
    output::write(&manifest, format!("{document:#}\n").as_bytes())?;
    Ok(Written {
        files: rehearsal.files.len(),
        missing: rehearsal.missing.len(),
        late: rehearsal.late.len(),
        planted: rehearsal.planted.len(),
        manifest: office.relative(&manifest),
    })
}
