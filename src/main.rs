//! `duban`: run the command line, return its exit code.

fn main() -> std::process::ExitCode {
    duban::cli::run()
}
