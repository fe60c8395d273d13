//! The shipped description, changes of it, and refusals.

use super::{
    ColumnKey, FormSpec,
    description::{SHIPPED_COLUMNS, row_kinds},
};
use crate::{
    diag::Error,
    model::{Field, Role, Status},
};

fn refused(text: &str) -> (usize, String) {
    match FormSpec::parse(text, "form.toml") {
        Err(Error::Settings { file, line, allowed, .. }) => {
            assert_eq!(file, "form.toml");
            assert!(!allowed.is_empty());
            (line, allowed)
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn the_shipped_form_has_every_column_once() {
    let spec = FormSpec::shipped();
    assert_eq!(spec.columns.len(), 18);
    for (column, (_, key)) in spec.columns.iter().zip(&SHIPPED_COLUMNS) {
        assert_eq!(column.key, *key);
    }
    assert_eq!(spec.place(&ColumnKey::Field(Field::Cumulative)), Some(10)); // K
    for status in &spec.statuses {
        assert_eq!(status.word, status.status.word());
    }
    assert_eq!(spec.status("进 行 中"), Some(Status::InProgress));
    let lead = spec.asks(&row_kinds(Role::Lead, true, true));
    assert_eq!(lead.1, [Field::Cumulative, Field::Status, Field::Narrative]);
    assert_eq!(spec.asks(&row_kinds(Role::Lead, false, true)).0, [Field::Cumulative]);
    assert_eq!(spec.asks(&row_kinds(Role::Named, true, false)).1, [Field::Narrative]);
    assert!(spec.asks(&row_kinds(Role::Group, true, false)).1.is_empty());
}

#[test]
fn an_office_changes_what_it_wants() {
    let spec = FormSpec::parse(
        "[column.cumulative]\nheading = \"本期\\n累计\"\n[column.coordination]\ndrop = true\n\
         [column.evidence]\nheading = \"佐证材料\"\nafter = \"narrative\"\n\
         [status.in_progress]\nword = \"正在推进\"\n[status.lagging]\ndrop = true",
        "form.toml",
    )
    .expect("a sound change");
    let k = spec.field(Field::Cumulative).expect("stays");
    assert_eq!((k.heading.as_str(), k.printed.as_str()), ("本期累计", "本期\n累计"));
    assert!(k.synonyms.iter().any(|s| s == "年初至今累计"));
    assert!(spec.field(Field::Coordination).is_none());
    assert_eq!(spec.place(&ColumnKey::Extra("evidence".into())), Some(14));
    assert_eq!(spec.status("正在推进"), Some(Status::InProgress));
    assert_eq!(spec.status("推进中"), Some(Status::InProgress));
    assert_eq!(spec.statuses.len(), 3);
}

#[test]
fn a_broken_change_is_refused_with_its_line() {
    for (text, line, allowed) in [
        ("[column.cumulative]\ndrop = true", 2, "problems"),
        ("[column.cumulativ]\nwidth = 9", 1, "cumulative"),
        ("[column.cumulativ]\nheading = \"累计\"", 1, "cumulative"),
        ("[column.porblems]\nheading = \"问题\"", 1, "problems"),
        ("[column.narratives]\nheading = \"进展\"", 1, "narrative"),
        ("[column.x1]\nheading = \"佐证\"\nrequired = [\"lead\"]", 3, "asked"),
        ("# x\n[column.cumulative]\nheadng = \"x\"", 3, "heading"),
        ("[column.text]\n\nwidth = 900", 3, "3–60"),
        ("[column.text]\nheading = \"事项编号\"", 2, "own"),
        ("[status.done]\ndrop = true", 2, "lagging"),
        ("[status.finished]\nword = \"x\"", 1, "in_progress"),
        ("[status.done]\nword = \"推进中\"", 2, "own"),
        ("[column.narrative]\nrequired = [\"everybody\"]", 2, "named"),
        ("[column.narrative]\nasked = [\"lead\"]\nrequired = [\"named\"]", 3, "asked"),
        ("[column.x]\nheading = \"某\"\nafter = \"item\"", 3, "narrative"),
        ("[label.fax]\ntext = \"传真\"", 1, "phone"),
        ("[column.text]\nasked = [\"lead\"]", 2, "heading"),
        ("not toml", 1, "="),
    ] {
        let found = refused(text);
        assert_eq!(found.0, line, "{text}: {found:?}");
        assert!(found.1.contains(allowed), "{text}: {found:?}");
    }
}

#[test]
fn a_clerk_is_told_in_chinese() {
    for (text, told) in [
        ("[column.text]\nheading = \"事项编号\"", "与别的栏不同的名称"),
        ("[status.done]\nword = \"推进中\"", "与别的状态不同的说法"),
        ("[column.text]\nheading = \"\"", "1–30 个字"),
        (
            "[column.evidence]\nheading = \"佐证\"\nlist = \"有\"",
            "类型不对：文字 \"有\"。可用：列表",
        ),
        ("[column.text]\nheadng = \"x\"", "不认识 `headng`"),
        ("[column.text\nheading = \"x\"", "表名没有收尾"),
    ] {
        let error = FormSpec::parse(text, "form.toml").expect_err(text);
        let sentence = crate::wording::errors::sentence(&error, crate::wording::Lang::Zh);
        assert!(sentence.contains(told), "{text}: {sentence}");
    }
}
