//! Every form of the sample plan: sent back empty it reports nothing, filled in it is taken without a word.

use std::collections::BTreeMap;

use duban::{
    intake::{Expected, Outcome, read_return},
    model::Field,
    settings::Settings,
    template::{FormSpec, Key, Previous, write},
};

use super::scene::{balanced, facts, said};
use crate::form::sample;

#[test]
fn every_form_of_the_sample_comes_back() {
    let spec = FormSpec::shipped();
    let forms = sample::sample_forms("2024-03");
    let registry = sample::plan().registry;
    let period = sample::period("2024-03");
    let expected =
        Expected::new(period, forms.clone(), spec.clone(), registry, Settings::default())
            .with_key(Key::demo(1));
    // Every sixth unit: writing workbooks is slow without optimisation.
    for form in forms.iter().step_by(6) {
        let path = format!("returns/2024-03/{}_2024-03_填报表.xlsx", form.unit_name);
        let read = |form: &duban::template::Form| {
            let bytes = write(form, &spec).expect("written");
            let book = duban::sheet::read(&bytes, &path).expect("read");
            let checked = read_return(&book, &facts(&path), &expected);
            balanced(&book, &checked, &path);
            checked
        };
        let empty = read(form);
        let owes = form.rows.iter().any(|r| !r.required.is_empty());
        let found: Vec<&str> = empty.findings.iter().map(|f| f.code.printed()).collect();
        assert_eq!(found, if owes { ["I418"] } else { ["I419"] }, "{path}");
        let mut filled = form.clone();
        for row in &mut filled.rows {
            for field in row.required.clone() {
                let target = row.figure.as_ref().map(|f| f.target.to_string());
                let value = match field {
                    Field::Cumulative => match (&row.previous, target) {
                        (Previous::Number(n), _) => n.to_string(),
                        (_, Some(target)) => target,
                        _ => "未出数".into(),
                    },
                    Field::Progress => "30".into(),
                    Field::Status => "推进中".into(),
                    _ => format!("事项{}按计划推进，已召开调度会。", row.item),
                };
                row.entered.insert(field, value);
            }
        }
        filled.signed = BTreeMap::from([
            (Field::FilledBy, "王小禾".to_owned()),
            (Field::Phone, "0635-8000000".to_owned()),
        ]);
        let checked = read(&filled);
        assert_eq!(said(&checked), Vec::<String>::new(), "{path}");
        assert_eq!(checked.value.outcome, Outcome::Accepted);
        let returned = checked.value.returned.expect("taken");
        assert_eq!(returned.required, returned.answered);
        assert_eq!(checked.value.cells.seen, checked.value.cells.used);
    }
}
