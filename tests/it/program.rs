//! The program as built, started as a person at the terminal starts it.

use std::{
    path::Path,
    process::{Command, Output},
};

/// The program in a folder, speaking Chinese whatever the machine speaks.
pub(crate) fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.current_dir(folder).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").args(words);
    command
}

/// Runs it to its end.
pub(crate) fn duban(folder: &Path, words: &[&str]) -> Output {
    command(folder, words).output().expect("duban runs")
}

/// What it said on standard error.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
