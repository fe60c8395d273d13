//! The command line: the only room that meets disk, clock and terminal.

use std::process::ExitCode;

/// Runs the command line and gives its exit code.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
