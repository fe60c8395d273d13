//! What stands in a written form, read back by our own reader and by an XML parser.

use std::io::Read;

use duban::{
    model::Field,
    sheet::{Book, CellValue, Visibility, parse_cell, read},
    template::{
        ColumnKey, FORM_NAME, Form, FormSpec, Key, STAMP_NAME, Verdict, cell_of, printed_text,
        stamp_of, targets, write,
    },
};

use super::sample;

/// The first data row of a form, from 0.
const FIRST: u32 = 5;

fn book(form: &Form, spec: &FormSpec) -> Book {
    let bytes = write(form, spec).expect("a workbook");
    read(&bytes, "form.xlsx").expect("readable")
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a duban::sheet::Sheet {
    book.sheets.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

fn text_at(book: &Book, cell: &str) -> String {
    let (row, column) = parse_cell(cell).expect("a cell");
    sheet(book, FORM_NAME).at(row, column).map_or_else(String::new, duban::sheet::Cell::text)
}

/// Every printed cell reads back as what `printed_text` says, which is what intake compares with.
fn assert_printed(form: &Form, spec: &FormSpec, book: &Book) {
    let sheet = sheet(book, FORM_NAME);
    for (row, at) in form.rows.iter().zip(FIRST..) {
        for (column, place) in spec.columns.iter().zip(0u32..) {
            let found = sheet.at(at, place);
            if let Some(text) = printed_text(form, row, &column.key, spec) {
                let found = found.map_or_else(String::new, duban::sheet::Cell::text);
                assert_eq!(found, text, "{} {:?}", row.item, column.key);
            }
            let formula = found.is_some_and(|c| c.formula.is_some());
            let live = match &column.key {
                ColumnKey::Hint => !row.confirmed,
                ColumnKey::Field(Field::Progress) => row.figure.is_some() && !row.confirmed,
                _ => false,
            };
            assert_eq!(formula, live, "{} {:?}", row.item, column.key);
        }
    }
}

#[test]
fn printed_cells_read_back_and_the_identity_is_found_thrice() {
    let spec = FormSpec::shipped();
    let forms = sample::sample_forms("2024-03");
    for unit in ["区农业农村局", "区发展和改革局", "苇镇镇政府"] {
        let form = sample::form_of(&forms, unit);
        let book = book(form, &spec);
        assert_printed(form, &spec, &book);
        assert_eq!(sheet(&book, STAMP_NAME).visibility, Visibility::VeryHidden);
        for keep in 0..3 {
            let mut one = book.clone();
            if keep != 0 {
                one.sheets.retain(|s| s.name != STAMP_NAME);
            }
            if keep != 1 {
                one.properties.clear();
            }
            if keep != 2 {
                one.names.clear();
            }
            let stamp = stamp_of(&one).unwrap_or_else(|| panic!("place {keep}"));
            assert_eq!(stamp, form.stamp);
            assert_eq!(Key::demo(1).verify(&stamp, targets(&form.rows)), Verdict::Sound);
        }
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let spec = FormSpec::shipped();
    let forms = sample::sample_forms("2024-03");
    let form = sample::form_of(&forms, "区农业农村局");
    assert_eq!(write(form, &spec).expect("one"), write(form, &spec).expect("two"));
}

#[test]
fn live_cells_follow_what_is_typed() {
    let spec = FormSpec::shipped();
    let fresh = sample::sample_forms("2024-03");
    let forms = sample::forms_of(&sample::plan(), "2024-06", &spec, &sample::half_done(&fresh));
    let mut form = sample::form_of(&forms, "区农业农村局").clone();
    let at = |form: &Form, item: &str| {
        form.rows.iter().position(|r| r.item.to_string() == item).expect("row")
    };
    let n = at(&form, "51-1");
    let counter = |book: &Book| text_at(book, "P2");
    let owed: usize = form.rows.iter().map(|r| r.required.len()).sum::<usize>() + 2;
    assert_eq!(counter(&book(&form, &spec)), format!("还有 {owed} 处未填"));
    let row = &mut form.rows[n];
    row.entered.insert(Field::Cumulative, "3".into());
    row.entered.insert(Field::Status, "推进中".into());
    row.entered.insert(Field::Narrative, "=1+1".into());
    let one = book(&form, &spec);
    assert_eq!(text_at(&one, "L6"), "62.5"); // 3 of 4.8
    assert_eq!(text_at(&one, "R6"), "0");
    assert_eq!(text_at(&one, "N6"), "=1+1");
    assert_eq!(counter(&one), format!("还有 {} 处未填", owed - 3));
    // Below last period's 2.4, and 已完成 though short of the target.
    form.rows[n].entered.insert(Field::Cumulative, "2".into());
    assert_eq!(text_at(&book(&form, &spec), "R6"), "-1");
    form.rows[n].entered.insert(Field::Cumulative, "4.8".into());
    form.rows[n].entered.insert(Field::Status, "已完成".into());
    let done = book(&form, &spec);
    assert_eq!((text_at(&done, "L6"), text_at(&done, "R6")), ("100".into(), "0".into()));
    form.rows[n + 1].entered.insert(Field::Cumulative, "1".into());
    assert_eq!(text_at(&book(&form, &spec), "R6"), "-1");
    // Everything filled: all clear.
    for row in &mut form.rows {
        for field in row.required.clone() {
            let value = match (field, &row.figure) {
                (Field::Cumulative, Some(figure)) => figure.target.to_string(),
                (Field::Progress, _) => "40".into(),
                (Field::Status, _) => "推进中".into(),
                _ => "有进展".into(),
            };
            row.entered.insert(field, value);
        }
    }
    form.signed.insert(Field::FilledBy, "王小禾".into());
    assert_eq!(counter(&book(&form, &spec)), "还有 1 处未填");
    form.signed.insert(Field::Phone, "0635-1234567".into());
    let all = book(&form, &spec);
    assert_eq!(counter(&all), "√ 已填齐");
    assert_eq!(
        text_at(&all, &cell_of(&form, &spec, None, Field::Phone).expect("phone")),
        "0635-1234567"
    );
    form.rows[n].entered.insert(Field::Cumulative, "2.4万亩".into());
    let messy = book(&form, &spec);
    assert_eq!(text_at(&messy, "K6"), "2.4万亩");
    assert_eq!(counter(&messy), "有 1 处请核对");
    form.rows[n].entered.insert(Field::Cumulative, "未出数".into());
    assert_eq!(counter(&book(&form, &spec)), "√ 已填齐");
}

#[test]
fn odd_contents_come_through_as_text() {
    let spec = FormSpec::shipped();
    let forms = sample::sample_forms("2024-03");
    let town = sample::form_of(&forms, "苇镇镇政府");
    let agri = sample::form_of(&forms, "区农业农村局");
    let long = "把全年任务分解到月、落实到人，逐项销号。".repeat(50);
    for name in ["局", &"区".repeat(60), "=cmd|'/c calc'!A1", "😀&<>\"'局", "a\u{ffff}b"] {
        let mut form = agri.clone();
        form.unit_name = name.to_owned();
        form.unit.0 = name.to_owned();
        form.stamp.unit = name.to_owned();
        form.title = format!("={name}");
        for (row, text) in form.rows.iter_mut().zip(
            [
                long.as_str(),
                "=SUM(A1:A9)",
                "+1",
                "-1",
                "@x",
                "第一行\n第二行\r\n第三行",
                "\u{1}控制\u{8}",
                "😀🀄",
                " 前后 ",
                "",
                "'撇号",
                "_x0041_",
            ]
            .iter()
            .cycle(),
        ) {
            row.text = (*text).to_owned();
            row.leaders = (*text).to_owned();
            row.entered.insert(Field::Narrative, (*text).to_owned());
            row.entered.insert(Field::Status, (*text).to_owned());
            row.entered.insert(Field::Cumulative, (*text).to_owned());
        }
        form.signed.insert(Field::FilledBy, "=1".into());
        let book = book(&form, &spec);
        let data = sheet(&book, FORM_NAME);
        for cell in &data.cells {
            let live = cell.column == 11 || cell.column == 17 || cell.row == 1;
            assert!(cell.formula.is_none() || live, "{} {}", cell.row, cell.column);
        }
        for (row, at) in form.rows.iter().zip(FIRST..) {
            for (field, text) in &row.entered {
                if !row.accepts(*field) || text.is_empty() {
                    continue;
                }
                let place = u32::from(spec.place(&ColumnKey::Field(*field)).expect("column"));
                let cell = data.at(at, place);
                match cell.map(|c| &c.value) {
                    Some(CellValue::Text(found)) => {
                        assert_eq!(found.replace('\r', ""), text.replace('\r', ""));
                    }
                    Some(CellValue::Number(number)) => {
                        assert_eq!(number.to_string(), *text);
                    }
                    other => panic!("{text:?}: {other:?}"),
                }
            }
        }
        assert_eq!(stamp_of(&book).map(|s| s.items.len()), Some(form.rows.len()));
        if name.chars().count() == 60 {
            super::look("怪.xlsx", &write(&form, &spec).expect("a workbook"));
        }
        well_formed(&form, &spec);
    }
    let mut many = town.clone();
    while many.rows.len() < 500 {
        let mut row = many.rows[many.rows.len() % 100].clone();
        row.item.task.0 += 1000;
        many.rows.push(row);
    }
    let units: Vec<String> = (0..300).map(|n| format!("第{n}单位")).collect();
    many.rows[0].lead_units = units.join("、");
    many.stamp.items = many.rows.iter().map(|r| r.item.to_string()).collect();
    let book = book(&many, &spec);
    assert_printed(&many, &spec, &book);
    assert_eq!(stamp_of(&book), Some(many.stamp.clone()));
}

/// Every part of the workbook parses as XML, names no part twice, and holds no list over 255 characters.
fn well_formed(form: &Form, spec: &FormSpec) {
    let bytes = write(form, spec).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                    for attribute in e.attributes() {
                        attribute.unwrap_or_else(|e| panic!("{name}: {e}"));
                    }
                }
                _ => {}
            }
        }
        for c in text.chars() {
            let sound = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
            assert!(sound, "{name}: {c:?} is no XML character");
        }
    }
}

#[test]
fn every_part_is_well_formed_and_an_override_is_followed() {
    let text = "[column.cumulative]\nheading = \"本期累计完成\"\n[column.problems]\ndrop = true\n\
                [column.coordination]\ndrop = true\n[column.next_steps]\ndrop = true\n\
                [column.evidence]\nheading = \"佐证材料\"\nlist = [\"有\", \"无\"]\nhelp = \"有没有佐证材料。\"\n\
                [status.in_progress]\nword = \"正在推进\"\n[role]\nnamed = \"协办\"";
    let plan = sample::plan();
    for spec in [FormSpec::shipped(), FormSpec::parse(text, "form.toml").expect("sound")] {
        let forms = sample::forms_of(&plan, "2024-03", &spec, &duban::template::LastFacts::new());
        let mut form = sample::form_of(&forms, "区农业农村局").clone();
        form.rows[0].entered_extra.insert("evidence".into(), "有".into());
        well_formed(&form, &spec);
        form.paper = duban::settings::Paper::A3;
        super::look(
            &format!("表样{}.xlsx", spec.columns.len()),
            &write(&form, &spec).expect("a workbook"),
        );
        assert_printed(&form, &spec, &book(&form, &spec));
        form.paper = duban::settings::Paper::A4;
        let book = book(&form, &spec);
        super::look(
            &format!("表样{}a4.xlsx", spec.columns.len()),
            &write(&form, &spec).expect("a workbook"),
        );
        assert_printed(&form, &spec, &book);
        let data = sheet(&book, FORM_NAME);
        for (column, place) in spec.columns.iter().zip(0u32..) {
            let heading = data.at(4, place).map(duban::sheet::Cell::text).unwrap_or_default();
            assert_eq!(heading.replace('\n', ""), column.heading);
        }
        let list = sheet(&book, "_lists");
        let words: Vec<String> =
            list.cells.iter().filter(|c| c.column == 0).map(duban::sheet::Cell::text).collect();
        let wanted: Vec<String> = spec.statuses.iter().map(|s| s.word.clone()).collect();
        assert_eq!(words, wanted);
        let help = sheet(&book, "填表说明");
        for column in spec.columns.iter().filter(|c| c.key.is_open()) {
            let told = help.cells.iter().any(|c| c.text() == column.heading);
            assert!(told, "{} is not explained", column.heading);
        }
    }
}
