//! Progress bars: on stderr, only where there is a terminal, only on work long enough to wait for.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over `total` steps with a word for what is done; hidden where nobody watches.
pub(crate) fn bar(total: usize, what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style).with_message(what.to_owned())
}

/// A bar that nobody sees: of work that goes on beside other work of its kind.
pub(crate) fn none() -> ProgressBar {
    ProgressBar::hidden()
}
