//! The command line: the only room that meets disk, clock, processes and terminal.
//!
//! One file per command: its `run`. What was typed becomes settings once; results go to
//! stdout or files, findings and progress to stderr. Exit code: 0 done, 1 done with error findings, 2 not finished.
#![expect(clippy::disallowed_methods, reason = "this is the room those calls are kept to")]

mod args;
mod clock;
mod confirm;
mod demo;
mod explain;
mod feedback;
mod gather;
mod grants;
mod help;
mod ingest;
mod init;
mod invent;
mod judge;
mod ledger;
mod month;
mod office;
mod output;
mod plan;
mod progress;
mod recheck;
mod rehearse;
mod render;
mod report;
mod rollup;
mod room;
mod shards;
mod simulate;
mod stats;
mod stats_table;
mod status;
mod templates;
mod trace;
mod who;
pub mod worker;
mod zips;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::{
    diag::{Error, Result, Severity},
    wording::{self, Lang},
};

/// What a command ended with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ended {
    /// Done, no error findings.
    Clean,
    /// Done, with error findings.
    WithErrors,
}

impl Ended {
    /// By the findings of the run.
    pub(crate) fn by<'a>(findings: impl IntoIterator<Item = &'a crate::diag::Diagnostic>) -> Self {
        let errors = findings.into_iter().any(|f| f.severity() == Severity::Error);
        if errors { Self::WithErrors } else { Self::Clean }
    }
}

/// What every command is handed.
pub(crate) struct Context {
    /// Language of the terminal.
    pub(crate) lang: Lang,
    /// The office folder as typed.
    pub(crate) directory: std::path::PathBuf,
    /// The clock.
    pub(crate) clock: clock::Clock,
}

/// Runs the command line and gives its exit code.
#[must_use]
pub fn run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == worker::ARGUMENT) {
        return worker::worker_main();
    }
    let typed: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = help::language(&typed, |name| std::env::var(name).ok());
    let cli = match help::command(lang)
        .try_get_matches_from(&typed)
        .and_then(|m| args::Cli::from_arg_matches(&m))
    {
        Ok(cli) => cli,
        Err(error) => return help::explain_usage(&error, lang),
    };
    match start(cli, lang) {
        Ok(Ended::Clean) => ExitCode::SUCCESS,
        Ok(Ended::WithErrors) => ExitCode::from(1),
        Err(error) => {
            if let Error::Document { findings, .. } = &error {
                render::findings(findings, lang);
            }
            output::say(&wording::cli::failed(&wording::errors::sentence(&error, lang), lang));
            ExitCode::from(2)
        }
    }
}

fn start(cli: args::Cli, lang: Lang) -> Result<Ended> {
    use args::Command;
    let clock = clock::Clock::new(cli.common.now.as_deref())?;
    let context = Context { lang, directory: cli.common.directory, clock };
    match cli.command {
        Command::Init(args) => init::run(&context, &args),
        Command::Plan(args) => plan::run(&context, &args),
        Command::Template(args) => templates::run(&context, &args),
        Command::Ingest(args) if args.recheck => recheck::run(&context, &args),
        Command::Ingest(args) => ingest::run(&context, &args),
        Command::Status(args) => status::run(&context, &args),
        Command::Stats(args) => stats::run(&context, &args),
        Command::Ledger(args) => ledger::run(&context, &args),
        Command::Confirm(args) => confirm::run(&context, &args),
        Command::Exempt(args) => grants::exempt(&context, &args),
        Command::Extend(args) => grants::extend(&context, &args),
        Command::Explain(args) => explain::run(&context, &args),
        Command::Simulate(args) => simulate::run(&context, &args),
        Command::Report(args) => report::run(&context, &args),
        Command::Rollup(args) => rollup::run(&context, &args),
        Command::Trace(args) => trace::run(&context, &args),
        Command::Demo(args) => demo::run(&context, &args.dir),
    }
}
