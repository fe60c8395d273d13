//! Plan import on the real plan (where it is at hand) and on the sample plan.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read their inputs")]

use duban::{model::Plan, plan};

/// Counts that must come out.
fn counts(plan: &Plan) -> [usize; 6] {
    let sum = |f: fn(&duban::model::Task) -> usize| plan.tasks.iter().map(f).sum();
    [
        plan.tasks.len(),
        plan.sections.len(),
        plan.sections.iter().map(|s| s.subsections.len()).sum(),
        sum(|t| t.leaders.len()),
        sum(|t| t.lead_units.len()),
        sum(|t| t.responsible.len()),
    ]
}

#[test]
fn the_real_plan_is_read_to_the_last_name() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/plan/dongchangfu-2024.md");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: the real plan is not at hand");
        return;
    };
    let plan = plan::import(&bytes, "plan.md").expect("a plan").value;
    assert_eq!(counts(&plan), [120, 10, 29, 145, 166, 332]);
    assert_eq!(plan.year, 2024);
    assert!(plan.tasks.iter().map(|t| t.no.0).eq(1..=120));
    let names =
        plan.tasks.iter().flat_map(|t| t.leaders.iter().chain(&t.lead_units).chain(&t.responsible));
    for name in names {
        let balanced = name.matches('（').count() == name.matches('）').count();
        assert!(balanced && !name.contains(['〔', '〕', '[', ']', '；', ' ', '\n']), "{name}");
    }
}

#[test]
fn the_sample_plan_is_read_as_a_careful_clerk_reads_it() {
    let text = include_str!("../../samples/plan.md");
    let plan = plan::import(text.as_bytes(), "plan.md").expect("a plan").value;
    assert_eq!(counts(&plan), [120, 10, 29, 145, 166, 332]);
    for line in include_str!("../../samples/tasks.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [no, section, subsection, leaders, leads, others, figures, doubtful] = cells[..] else {
            panic!("{line}");
        };
        let task = plan.tasks.iter().find(|t| t.no.to_string() == no).expect(no);
        assert_eq!(task.section.to_string(), section, "{no}");
        assert_eq!(task.subsection.map(|s| s.to_string()).unwrap_or_default(), subsection, "{no}");
        assert_eq!(task.leaders.join("、"), leaders, "{no}");
        assert_eq!(task.lead_units.join("；"), leads, "{no}");
        assert_eq!(task.responsible.join("；"), others, "{no}");
        let mut read = [Vec::new(), Vec::new()];
        for i in &task.indicators {
            read[usize::from(!i.adopted)].push(format!(
                "{}|{}|{}|{}",
                i.comparator.sign(),
                i.target,
                i.unit,
                i.kind.key()
            ));
        }
        let expected = |cell: &str| -> Vec<String> {
            cell.split('；')
                .filter(|f| !f.is_empty())
                .map(|f| f.split('|').skip(1).take(4).collect::<Vec<_>>().join("|"))
                .collect()
        };
        assert_eq!(read[0], expected(figures), "{no} adopted");
        assert_eq!(read[1], expected(doubtful), "{no} doubtful");
    }
}

#[test]
fn real_indicators_are_at_least_82_and_none_from_codes_or_dates() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/plan/dongchangfu-2024.md");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: the real plan is not at hand");
        return;
    };
    let plan = plan::import(&bytes, "plan.md").expect("a plan").value;
    let adopted: Vec<_> = plan.tasks.iter().flat_map(duban::model::Task::adopted).collect();
    assert!(adopted.len() >= 82, "{}", adopted.len());
}

/// The fields in which two readings of one plan must agree.
fn told(plan: &Plan) -> Vec<String> {
    plan.tasks
        .iter()
        .map(|t| {
            let figures: Vec<String> = t
                .indicators
                .iter()
                .map(|i| format!("{}{}{}{}", i.name, i.comparator.sign(), i.target, i.unit))
                .collect();
            format!(
                "{} {} {} {:?} {:?} {:?} {figures:?}",
                t.no, t.section, t.text, t.leaders, t.lead_units, t.responsible
            )
        })
        .collect()
}

#[test]
fn headings_without_marks_give_the_same_tasks() {
    let text = include_str!("../../samples/plan.md");
    let marked = plan::import(text.as_bytes(), "plan.md").expect("a plan").value;
    let bare: Vec<String> =
        text.lines().map(|l| l.trim_start_matches(['#', ' ']).replace("**", "")).collect();
    let bare = bare.join("\n");
    let bare = plan::import(bare.as_bytes(), "plan.txt").expect("a plan").value;
    assert_eq!(told(&marked), told(&bare));
}

#[test]
fn the_same_plan_as_a_table_gives_the_same_tasks() {
    let text = include_str!("../../samples/plan.md");
    let document = plan::import(text.as_bytes(), "plan.md").expect("a plan").value;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut put = |row: u32, column: u16, text: &str| {
        sheet.write_string(row, column, text).expect("a cell");
    };
    put(0, 0, "2024年区政府工作报告重点工作任务责任分工表");
    for (column, heading) in
        (0u16..).zip(["序号", "工作任务", "分管领导", "牵头责任单位", "协办单位"])
    {
        put(1, column, heading);
    }
    let mut row = 2;
    let mut section = 0;
    for task in &document.tasks {
        if task.section != section {
            section = task.section;
            let title = document.section(section).map_or("", |s| s.title.as_str());
            let number =
                ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][section as usize - 1];
            put(row, 0, &format!("{number}、{title}"));
            row += 1;
        }
        put(row, 0, &task.no.to_string());
        put(row, 1, &task.text);
        put(row, 2, &task.leaders.join("、"));
        put(row, 3, &task.lead_units.join("、"));
        put(row, 4, &task.responsible.join("\n"));
        row += 1;
    }
    let bytes = book.save_to_buffer().expect("bytes");
    let table = plan::import(&bytes, "table.xlsx").expect("a plan");
    assert_eq!(told(&document), told(&table.value));
    for finding in &table.findings {
        let said = duban::wording::message(finding, duban::wording::Lang::Zh);
        assert!(!said.contains('{'), "{said}");
    }
}
