//! The command line: the only room that meets disk, clock and terminal.

use std::process::ExitCode;

pub mod worker;

/// Runs the command line and gives its exit code.
#[must_use]
pub fn run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == worker::ARGUMENT) {
        return worker::worker_main();
    }
    ExitCode::SUCCESS
}
