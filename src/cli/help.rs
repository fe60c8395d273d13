//! Help and usage messages in the reader's language.

use std::{ffi::OsString, process::ExitCode};

use clap::{Arg, ArgAction, CommandFactory, error::ContextKind, error::ErrorKind};

use super::{args::Cli, output};
use crate::wording::{
    Lang,
    cli::{self as words},
};

/// The language: `--lang` if typed, else what the locale says, else Chinese.
pub(super) fn language(typed: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let mut words = typed.iter().filter_map(|w| w.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang=") {
            Some(value) => Some(value),
            None if word == "--lang" => words.next(),
            None => continue,
        };
        return if value == Some("en") { Lang::En } else { Lang::Zh };
    }
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| env(n).filter(|v| !v.is_empty()));
    if locale.is_some_and(|l| l.starts_with("en")) { Lang::En } else { Lang::Zh }
}

/// Where options of every command stand in a help text: behind a command's own, which are fewer.
const COMMON: usize = 100;

/// The command line with every text in `lang`.
pub(super) fn command(lang: Lang) -> clap::Command {
    localised(Cli::command(), "", lang)
}

fn localised(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let under =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path} {name}") };
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(words::help_template(lang))
        .subcommand_help_heading(words::commands_heading(lang))
        .subcommand_value_name(words::command_value_name(lang));
    if let Some(about) = words::help(path, lang) {
        command = command.about(about);
    }
    // As declared, then the options every command has.
    let mut order = 0;
    command = command.mut_args(|arg| {
        order += 1;
        let order = if arg.is_global_set() { order + COMMON } else { order };
        let name = format!("--{}", arg.get_id().as_str().replace('_', "-"));
        let text = words::help(&under(&name), lang)
            .or_else(|| words::help(&name, lang))
            .unwrap_or_default();
        let heading = if arg.is_positional() {
            words::arguments_heading(lang)
        } else {
            words::options_heading(lang)
        };
        let takes_value = arg.get_action().takes_values();
        arg.help(text)
            .help_heading(heading)
            .display_order(order)
            .hide_default_value(takes_value)
            .hide_possible_values(takes_value)
    });
    command = command.arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .display_order(2 * COMMON)
            .help(words::help("--help", lang).unwrap_or_default())
            .help_heading(words::options_heading(lang)),
    );
    if path.is_empty() {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .display_order(2 * COMMON)
                .help(words::help("--version", lang).unwrap_or_default())
                .help_heading(words::options_heading(lang)),
        );
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let path = under(&name);
        command = command.mut_subcommand(name, |sub| localised(sub, &path, lang));
    }
    command
}

/// Says what is wrong with what was typed (exit code 2), or prints the help that was asked for (0).
pub(super) fn explain_usage(error: &clap::Error, lang: Lang) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::print(&error.render().to_string());
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output::say(error.render().to_string().trim_end());
        return ExitCode::from(2);
    }
    let part = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let typed = match error.kind() {
        ErrorKind::InvalidSubcommand => part(ContextKind::InvalidSubcommand),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => part(ContextKind::InvalidValue),
        _ => part(ContextKind::InvalidArg),
    };
    let allowed = match error.kind() {
        ErrorKind::InvalidValue => part(ContextKind::ValidValue),
        ErrorKind::InvalidSubcommand => part(ContextKind::SuggestedSubcommand),
        ErrorKind::UnknownArgument => part(ContextKind::SuggestedArg),
        _ => String::new(),
    };
    let option = part(ContextKind::InvalidArg);
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => words::Misuse::Missing,
        ErrorKind::ValueValidation if option.contains("PERIOD") => words::Misuse::Period,
        ErrorKind::ValueValidation if option.contains("DATE") => words::Misuse::Date,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => words::Misuse::Value,
        ErrorKind::ArgumentConflict => words::Misuse::Conflict,
        _ => words::Misuse::Unknown,
    };
    output::say(&words::misuse(kind, &typed, &option, &allowed, lang));
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command and option, as paths.
    fn paths(command: &clap::Command, path: &str, into: &mut Vec<String>) {
        into.push(path.to_owned());
        let under =
            |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path} {name}") };
        for arg in command.get_arguments() {
            into.push(under(&format!("--{}", arg.get_id().as_str().replace('_', "-"))));
        }
        for sub in command.get_subcommands() {
            paths(sub, &under(sub.get_name()), into);
        }
    }

    #[test]
    fn every_command_and_option_has_help_in_both_languages_and_no_help_is_left_over() {
        let mut known = Vec::new();
        paths(&Cli::command(), "", &mut known);
        for path in &known {
            assert!(
                words::help(path, Lang::Zh).is_some_and(|t| !t.is_empty()),
                "no help for “{path}”"
            );
        }
        for text in words::HELP {
            let builtin = matches!(text.path, "--help" | "--version");
            assert!(
                builtin || known.iter().any(|k| k == text.path),
                "help for unknown “{}”",
                text.path
            );
            assert!(!text.en.is_empty() && text.zh != text.en, "{}", text.path);
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_is_what_was_typed_else_the_locale_else_chinese() {
        let os = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let locale =
            |value: &'static str| move |name: &str| (name == "LANG").then(|| value.to_owned());
        assert_eq!(language(&os(&["duban"]), locale("en_US.UTF-8")), Lang::En);
        assert_eq!(language(&os(&["duban"]), locale("C")), Lang::Zh);
        assert_eq!(language(&os(&["duban", "--lang", "zh-CN"]), locale("en_US")), Lang::Zh);
        assert_eq!(language(&os(&["duban", "--lang=en"]), locale("")), Lang::En);
    }
}
