//! docs/definitions.md is what the program itself says.

use duban::{
    settings::Settings,
    stats::{definitions, definitions_page},
    wording::{definitions::ALL, stats::rule},
};

#[test]
#[allow(clippy::disallowed_methods, reason = "rewrites the page when asked to")]
fn the_page_is_generated() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/definitions.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, definitions_page()).expect("written");
    }
    let found = std::fs::read_to_string(path).expect("docs/definitions.md");
    assert!(found == definitions_page(), "run UPDATE_GOLDEN=1 cargo test and read the difference");
}

#[test]
fn every_definition_stands_once_in_both_languages_with_its_numbers() {
    for (n, d) in ALL.iter().enumerate() {
        assert!(ALL.iter().skip(n + 1).all(|other| other.key != d.key), "{}", d.key);
        for text in [d.zh, d.en, d.zh_name, d.en_name] {
            assert!(!text.trim().is_empty(), "{}", d.key);
        }
        assert!(!d.zh.contains([',', ';']), "{}: half-width punctuation", d.key);
    }
    for d in definitions(&Settings::default()) {
        for text in [&d.zh, &d.formula, &d.en] {
            assert!(!text.contains(['{', '}']), "{}: {text}", d.key);
        }
    }
    for by in ["leader", "unit", "section", "task"] {
        assert!(rule(by).ends_with('。'), "{by}");
        assert!(!rule(by).contains('{'), "{by}");
    }
}
