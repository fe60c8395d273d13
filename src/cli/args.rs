//! What can be typed: commands and options. Help texts in both languages stand in `wording/cli/help.rs`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::{
    model::{Period, PeriodError},
    plan, rehearsal,
};

/// A period as people write it.
fn period(typed: &str) -> Result<Period, PeriodError> {
    plan::period_typed(typed).ok_or_else(|| PeriodError(typed.to_owned()))
}

/// The whole command line.
#[derive(Parser, Debug)]
#[command(name = "duban", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Args, Debug, Clone)]
pub(super) struct Common {
    #[arg(short = 'C', long = "directory", value_name = "DIR", default_value = ".", global = true)]
    pub(super) directory: PathBuf,
    #[arg(long, value_name = "LANG", global = true, value_parser = ["zh-CN", "zh", "en"])]
    pub(super) lang: Option<String>,
    #[arg(long, value_name = "TIME", global = true)]
    pub(super) now: Option<String>,
}

/// A period that must be named.
#[derive(Args, Debug, Clone, Copy)]
pub(super) struct InPeriod {
    #[arg(long, short, value_name = "PERIOD", value_parser = period)]
    pub(super) period: Period,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    Init(InitArgs),
    Plan(PlanArgs),
    Template(TemplateArgs),
    Ingest(IngestArgs),
    Status(StatusArgs),
    Stats(StatsArgs),
    Report(ReportArgs),
    Rollup(RollupArgs),
    Trace(TraceArgs),
    Ledger(LedgerArgs),
    Confirm(ConfirmArgs),
    Exempt(ExemptArgs),
    Extend(ExtendArgs),
    Explain(ExplainArgs),
    Simulate(SimulateArgs),
    Demo(DemoArgs),
}

#[derive(Args, Debug)]
pub(super) struct InitArgs {
    pub(super) dir: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(super) plan: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "plan")]
    pub(super) registry: Option<PathBuf>,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct PlanArgs {
    #[command(subcommand)]
    pub(super) command: PlanCommand,
}

#[derive(Subcommand, Debug)]
pub(super) enum PlanCommand {
    Import(PlanImportArgs),
    Show(PlanShowArgs),
    Check(PlanCheckArgs),
    Diff(PlanDiffArgs),
}

#[derive(Args, Debug)]
pub(super) struct PlanImportArgs {
    pub(super) file: PathBuf,
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) registry: Option<PathBuf>,
    #[arg(long)]
    pub(super) force: bool,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct PlanShowArgs {
    #[arg(long, short, value_name = "PERIOD", value_parser = period)]
    pub(super) period: Option<Period>,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct PlanCheckArgs {
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct PlanDiffArgs {
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct TemplateArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: Option<String>,
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "office")]
    pub(super) zip: Option<ZipHow>,
    #[arg(long)]
    pub(super) json: bool,
}

/// What `--zip` packs.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZipHow {
    /// One archive with all forms, for the office.
    Office,
    /// One archive per unit.
    Unit,
}

#[derive(Args, Debug)]
pub(super) struct IngestArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    pub(super) paths: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", num_args = 1..,
          conflicts_with_all = ["paths", "received_at", "on_behalf", "reason", "recheck"])]
    pub(super) offices: Option<Vec<PathBuf>>,
    #[arg(long)]
    pub(super) json: bool,
    #[arg(long, value_name = "TIME")]
    pub(super) received_at: Option<String>,
    #[arg(long, value_name = "NAME", requires = "reason")]
    pub(super) on_behalf: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    #[arg(long, conflicts_with_all = ["paths", "received_at", "on_behalf", "reason"])]
    pub(super) recheck: bool,
    #[arg(long, requires = "recheck")]
    pub(super) apply: bool,
}

#[derive(Args, Debug)]
pub(super) struct StatusArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long)]
    pub(super) json: bool,
}

/// Statistic by what.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Leader,
    Unit,
    Section,
    Task,
}

#[derive(Args, Debug)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long)]
    pub(super) by: By,
    #[arg(long, conflicts_with = "csv")]
    pub(super) json: bool,
    #[arg(long)]
    pub(super) csv: bool,
}

#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    #[arg(long, value_name = "UNIT", num_args = 0..)]
    pub(super) r#for: Option<Vec<String>>,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct RollupArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(required = true)]
    pub(super) sources: Vec<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, conflicts_with = "csv")]
    pub(super) json: bool,
    #[arg(long)]
    pub(super) csv: bool,
}

#[derive(Args, Debug)]
pub(super) struct TraceArgs {
    pub(super) workbook: Option<PathBuf>,
    pub(super) cell: Option<String>,
    #[arg(long, short, value_name = "PERIOD", value_parser = period)]
    pub(super) period: Option<Period>,
    #[arg(long, value_name = "N")]
    pub(super) task: Option<u32>,
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(super) leader: Option<String>,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    pub(super) command: LedgerCommand,
}

#[derive(Subcommand, Debug)]
pub(super) enum LedgerCommand {
    Dump(LedgerDumpArgs),
    Export(LedgerExportArgs),
    Verify(LedgerVerifyArgs),
    Backup(LedgerBackupArgs),
    Withdraw(LedgerWithdrawArgs),
}

#[derive(Args, Debug)]
pub(super) struct LedgerDumpArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, conflicts_with = "csv")]
    pub(super) json: bool,
    #[arg(long)]
    pub(super) csv: bool,
}

#[derive(Args, Debug)]
pub(super) struct LedgerExportArgs {
    pub(super) dir: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct LedgerVerifyArgs {
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct LedgerBackupArgs {
    pub(super) file: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct LedgerWithdrawArgs {
    pub(super) sha: String,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
}

#[derive(Args, Debug)]
pub(super) struct ConfirmArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, value_name = "N")]
    pub(super) task: u32,
    #[arg(long, requires = "reason")]
    pub(super) reject: bool,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct ExemptArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: String,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    #[arg(long)]
    pub(super) undo: bool,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ExtendArgs {
    #[command(flatten)]
    pub(super) period: InPeriod,
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: String,
    #[arg(long, value_name = "DATE", required_unless_present = "undo", conflicts_with = "undo")]
    pub(super) until: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    #[arg(long)]
    pub(super) undo: bool,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    pub(super) code: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct SimulateArgs {
    #[arg(long, short, value_name = "PERIOD", value_parser = period, required_unless_present = "units")]
    pub(super) period: Option<Period>,
    #[arg(long, value_name = "N", requires = "tasks",
          value_parser = clap::value_parser!(u32).range(1..=rehearsal::MOST_UNITS as i64))]
    pub(super) units: Option<u32>,
    #[arg(long, value_name = "N", requires = "units",
          value_parser = clap::value_parser!(u32).range(1..=rehearsal::MOST_TASKS as i64))]
    pub(super) tasks: Option<u32>,
    #[arg(long, value_name = "N", requires = "units",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) periods: Option<u32>,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    #[arg(long)]
    pub(super) messy: bool,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct DemoArgs {
    pub(super) dir: PathBuf,
}
