//! What forms ask, before anything is written.

use std::collections::BTreeSet;

use duban::{
    model::{Field, Role, Status, UnitId},
    settings::{Collect, Settings},
    template::{
        FormSpec, Issue, Key, LastFacts, Previous, Verdict, file_names, forms, required_cells,
        targets,
    },
};

use super::sample;

#[test]
fn nobody_is_asked_more_than_promised() {
    let mut figures = 0;
    let mut all = duban::template::RequiredCells::default();
    let forms = sample::sample_forms("2024-03");
    for form in &forms {
        let count = required_cells(form);
        assert!(count.as_promised(), "{}: {count:?}", form.unit_name);
        assert_eq!(count.progress, qualitative(form), "{}", form.unit_name);
        all = all.and(count);
        assert!(count.cells[1] <= count.tasks[1], "{}", form.unit_name);
        assert_eq!(count.cells[2], 0, "{}", form.unit_name);
        for row in form.rows.iter().filter(|r| r.role == Role::Lead) {
            let own = usize::from(row.first) * 2 + 1;
            assert_eq!(row.required.len(), own, "{} {}", form.unit_name, row.item);
        }
        figures += count.figures;
    }
    // Each indicator has one source unit.
    let adopted: usize = sample::plan().tasks.iter().map(|t| t.adopted().count()).sum();
    assert_eq!(usize::try_from(figures), Ok(adopted));
    // Over the whole sample, cell by cell: two words a led task, and its figures.
    assert_eq!(all.cells[0], 2 * all.tasks[0] + all.figures + all.progress);
    assert_eq!((all.cells[1], all.cells[2]), (all.tasks[1], 0));
    assert!(all.tasks[2] > 1_000, "group members are asked nothing for many tasks");
}

/// Led tasks without a figure of their own: their 完成进度 takes the figure's place.
fn qualitative(form: &duban::template::Form) -> u32 {
    let rows = form.rows.iter().filter(|r| r.role == Role::Lead && r.figure.is_none());
    u32::try_from(rows.count()).expect("few")
}

#[test]
fn rows_stand_by_role_then_task_then_item() {
    for form in sample::sample_forms("2024-03") {
        let keys: Vec<_> = form.rows.iter().map(|r| (r.role, r.item)).collect();
        assert!(keys.is_sorted(), "{}", form.unit_name);
        let items: BTreeSet<_> = form.rows.iter().map(|r| r.item).collect();
        assert_eq!(items.len(), form.rows.len(), "{}: an item twice", form.unit_name);
    }
}

#[test]
fn the_office_says_who_gets_a_form() {
    let plan = sample::plan();
    let count = |from: Collect| {
        let mut settings = Settings::default();
        settings.collect.from = from;
        forms(&Issue {
            plan: &plan,
            plan_version: "0",
            period: sample::period("2024-03"),
            settings: &settings,
            spec: &FormSpec::shipped(),
            last: &LastFacts::new(),
            key: &Key::demo(1),
            simulated: false,
        })
    };
    let (all, named, lead) = (count(Collect::All), count(Collect::Named), count(Collect::Lead));
    assert!(all.len() > named.len() && named.len() > lead.len());
    assert!(lead.iter().all(|f| f.rows[0].role == Role::Lead));
    // A form shows all of a unit's tasks, whoever is asked for a return.
    let unit = &lead[0].unit_name;
    assert_eq!(sample::form_of(&all, unit).rows, sample::form_of(&lead, unit).rows);
}

#[test]
fn what_was_last_known_stands_beside_and_a_confirmed_task_asks_nothing() {
    let plan = sample::plan();
    let spec = FormSpec::shipped();
    let fresh = sample::sample_forms("2024-03");
    let mut last = sample::half_done(&fresh);
    let unit = UnitId("区农业农村局".into());
    for ((who, item), fact) in &mut last {
        if *who == unit && item.task.0 == 52 {
            fact.confirmed = true;
        }
        if *who == unit && item.task.0 == 54 {
            fact.previous = Previous::Status(Status::InProgress);
        }
    }
    let forms = sample::forms_of(&plan, "2024-04", &spec, &last);
    let form = sample::form_of(&forms, "区农业农村局");
    for row in &form.rows {
        let task = row.item.task.0;
        assert_eq!(row.confirmed, task == 52);
        assert_eq!(row.asked.is_empty(), task == 52 && row.confirmed);
        if row.figure.is_some() {
            assert!(matches!(row.previous, Previous::Number(_)), "{}", row.item);
        }
    }
    assert!(form.rows.iter().any(|r| r.previous == Previous::Status(Status::InProgress)));
    assert!(!form.rows.iter().any(|r| r.item.task.0 == 52 && r.requires(Field::Status)));
}

#[test]
fn a_form_is_signed_over_its_items_and_targets() {
    let forms = sample::sample_forms("2024-03");
    let form = sample::form_of(&forms, "区农业农村局");
    let key = Key::demo(1);
    assert_eq!(key.verify(&form.stamp, targets(&form.rows)), Verdict::Sound);
    let mut changed = form.clone();
    for row in &mut changed.rows {
        if let Some(figure) = &mut row.figure {
            figure.target += rust_decimal::Decimal::ONE;
        }
    }
    assert_eq!(key.verify(&form.stamp, targets(&changed.rows)), Verdict::Changed);
    assert_eq!(Key::demo(2).verify(&form.stamp, targets(&form.rows)), Verdict::OtherKey);
}

#[test]
fn file_names_are_safe_and_never_the_same() {
    let forms = sample::sample_forms("2024-03");
    let names = file_names(&forms);
    assert!(names.contains(&"区财政局_2024-03_填报表.xlsx".to_owned()));
    let mut odd = Vec::new();
    let long = "很长的名称".repeat(60);
    for name in [
        "甲/乙局",
        "甲／乙局",
        "甲:乙*丙?",
        "CON",
        "con",
        "NUL.办公室",
        "COM1.x",
        "A局",
        "a局",
        "Ａ局",
        ".隐藏",
        "空 格 局",
        "😀办",
        "a\u{202e}b",
        "<>|\"\\",
        "",
        &long,
        &format!("{long}二"),
        "lpt1",
    ] {
        let mut form = forms[0].clone();
        form.unit = UnitId(name.to_owned());
        form.unit_name = name.to_owned();
        odd.push(form);
    }
    let names = file_names(&odd);
    let folded: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "{names:?}");
    for name in &names {
        assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']), "{name}");
        assert!(name.len() <= 255 && !name.starts_with('.'), "{name}");
        let stem = name.split('.').next().expect("stem").to_ascii_uppercase();
        assert!(!["CON", "NUL", "COM1", "LPT1"].contains(&stem.as_str()), "{name}");
    }
    // Marks of six digits that meet: every mark becomes longer.
    let mut same = odd[..2].to_vec();
    same[0].unit_name = "甲/乙局".to_owned();
    let six = file_names(&same[..1])[0].replace("_2024-03_填报表.xlsx", "");
    same[1].unit = UnitId(six.clone());
    same[1].unit_name = six;
    let names_of_same = file_names(&same);
    assert_ne!(names_of_same[0], names_of_same[1], "{names_of_same:?}");
    // A name does not depend on who else gets a form.
    assert_eq!(file_names(&odd[..1])[0], names[0]);
}
