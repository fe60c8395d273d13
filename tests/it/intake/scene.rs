//! A small plan, its forms, and returned books made from them: every case starts from a sound return and spoils it.

use std::collections::BTreeMap;

use duban::{
    diag::Checked,
    intake::{Expected, FileFacts, Reading, read_return},
    model::{
        Comparator, Field, Frequency, Group, Indicator, IndicatorKind, ItemNo, Period, Plan,
        Registry, Section, Task, TaskNo, Unit, UnitId,
    },
    settings::Settings,
    sheet::{Book, Cell, CellValue, Sheet, parse_cell},
    template::{Form, FormSpec, Issue, Key, LastFact, LastFacts, Previous, forms, write},
};

/// The unit most cases are about.
pub(crate) const UNIT: &str = "区工业和信息化局";

/// Plan, forms and what intake expects.
pub(crate) struct Scene {
    pub(crate) expected: Expected,
    pub(crate) forms: Vec<Form>,
    pub(crate) spec: FormSpec,
}

fn unit(name: &str, short: &str) -> Unit {
    Unit {
        id: UnitId(name.into()),
        name: name.into(),
        short: short.into(),
        category: "部门".into(),
        from: None,
        until: None,
        successor: None,
    }
}

/// Figures asked for: comparator, target, unit, kind.
type Asked<'a> = (&'a str, Comparator, &'a str, &'a str, IndicatorKind);

fn task(no: u32, text: &str, lead: &str, responsible: &[&str], figures: &[Asked<'_>]) -> Task {
    Task {
        no: TaskNo(no),
        section: 1,
        subsection: None,
        text: text.into(),
        short: String::new(),
        leaders: vec!["林青".into()],
        lead_units: vec![lead.into()],
        responsible: responsible.iter().map(|s| (*s).to_owned()).collect(),
        due: jiff::civil::date(2024, 12, 31),
        indicators: figures
            .iter()
            .zip(1..)
            .map(|((name, comparator, target, unit, kind), index)| Indicator {
                item: ItemNo { task: TaskNo(no), index },
                name: (*name).into(),
                comparator: *comparator,
                target: target.parse().expect("target"),
                unit: (*unit).into(),
                kind: *kind,
                base: None,
                source_unit: None,
                frequency: Frequency::Monthly,
                schedule: None,
                quote: String::new(),
                adopted: true,
                doubt: None,
            })
            .collect(),
        from: None,
        until: None,
    }
}

/// The plan.
pub(crate) fn plan() -> Plan {
    use Comparator::{AtLeast, Equal};
    use IndicatorKind::{Cumulative, Growth};
    let finance = "区财政局";
    Plan {
        title: "青禾区2024年政府重点工作责任分工方案".into(),
        doc_no: "青禾政发〔2024〕3号".into(),
        year: 2024,
        sections: vec![Section {
            no: 1,
            title: "产业升级".into(),
            short: "产业升级".into(),
            subsections: vec![],
        }],
        tasks: vec![
            task(
                2,
                "认定专精特新企业30家，改造提升标准农田5.6万亩。",
                UNIT,
                &[finance],
                &[
                    ("认定专精特新企业", AtLeast, "30", "家", Cumulative),
                    ("改造提升标准农田", Equal, "5.6", "万亩", Cumulative),
                ],
            ),
            task(3, "完善规上企业培育库，落实企业帮扶措施。", UNIT, &[], &[]),
            task(
                5,
                "工业技改投资增长10%以上。",
                UNIT,
                &[],
                &[("工业技改投资增长", AtLeast, "10", "%", Growth)],
            ),
            task(7, "优化营商环境，推进惠企政策直达快享。", finance, &[UNIT], &[]),
            task(8, "兜牢基层“三保”底线，压减一般性支出。", finance, &["各镇街"], &[]),
            task(
                11,
                "引进亿元以上项目12个，完成投资3亿元。",
                UNIT,
                &[],
                &[
                    ("引进亿元以上项目", Equal, "12", "个", Cumulative),
                    ("完成投资", Equal, "3", "亿元", Cumulative),
                ],
            ),
        ],
        registry: Registry {
            units: vec![
                unit(UNIT, "区工信局"),
                unit(finance, "财政局"),
                unit("城关镇人民政府", "城关镇"),
            ],
            aliases: vec![],
            groups: vec![Group {
                name: "各镇街".into(),
                members: vec![UnitId("城关镇人民政府".into()), UnitId(UNIT.into())],
            }],
            leaders: vec![],
        },
        amendments: vec![],
        doubts: vec![],
    }
}

/// The period of all cases.
pub(crate) fn period() -> Period {
    "2024-03".parse().expect("period")
}

/// The demonstration's key.
pub(crate) fn key() -> Key {
    Key::demo(1)
}

impl Scene {
    /// The plan's forms for March, last facts as given.
    pub(crate) fn with(last: &LastFacts) -> Self {
        Self::of(&plan(), &FormSpec::shipped(), last, period(), "0123456789ab")
    }

    /// The plan's forms for March, nothing reported before.
    pub(crate) fn new() -> Self {
        Self::with(&LastFacts::new())
    }

    /// Forms of any plan, spec and period.
    pub(crate) fn of(
        plan: &Plan,
        spec: &FormSpec,
        last: &LastFacts,
        period: Period,
        version: &str,
    ) -> Self {
        let settings = Settings::default();
        let forms = forms(&Issue {
            plan,
            plan_version: version,
            period,
            settings: &settings,
            spec,
            last,
            key: &key(),
            simulated: false,
        });
        let registry = plan.registry.clone();
        let expected =
            Expected::new(period, forms.clone(), spec.clone(), registry, settings).with_key(key());
        Self { expected, forms, spec: spec.clone() }
    }

    /// The empty form of a unit.
    pub(crate) fn form(&self, unit: &str) -> Form {
        self.forms.iter().find(|f| f.unit.0 == unit).expect("a form").clone()
    }

    /// A form filled in without a fault.
    pub(crate) fn filled(&self, unit: &str) -> Form {
        let mut form = self.form(unit);
        for row in &mut form.rows {
            for field in row.required.clone() {
                let value = match field {
                    Field::Cumulative if row.item.to_string() == "2-2" => "1.4",
                    Field::Cumulative if row.item.to_string() == "11-2" => "0.75",
                    Field::Cumulative => "8",
                    Field::Progress => "25",
                    Field::Status => "推进中",
                    _ => "",
                };
                let text = if value.is_empty() {
                    format!("事项{}本期已开工三处，完成前期手续。", row.item)
                } else {
                    value.to_owned()
                };
                row.entered.insert(field, text);
            }
        }
        form.signed = BTreeMap::from([
            (Field::FilledBy, "王小禾".to_owned()),
            (Field::Phone, "0635-8000000".to_owned()),
        ]);
        form
    }

    /// The workbook of a form, as sent and read again.
    pub(crate) fn book(&self, form: &Form) -> Book {
        let bytes = write(form, &self.spec).expect("written");
        duban::sheet::read(&bytes, "form.xlsx").expect("read")
    }

    /// A sound return of [`UNIT`].
    pub(crate) fn sound(&self) -> Book {
        self.book(&self.filled(UNIT))
    }

    /// What is taken from a sound return of a unit.
    pub(crate) fn sound_values(&self, unit: &str) -> BTreeMap<String, String> {
        let checked = self.read_as(&self.book(&self.filled(unit)), "x/return.xlsx");
        values(&checked)
    }

    /// Reads a book as a file.
    pub(crate) fn read_as(&self, book: &Book, path: &str) -> Checked<Reading> {
        let checked = read_return(book, &facts(path), &self.expected);
        balanced(book, &checked, path);
        checked
    }

    /// Reads a book as the usual file of [`UNIT`].
    pub(crate) fn read(&self, book: &Book) -> Checked<Reading> {
        self.read_as(book, "returns/2024-03/区工业和信息化局_2024-03_填报表.xlsx")
    }
}

/// Facts of a file.
pub(crate) fn facts(path: &str) -> FileFacts {
    FileFacts {
        path: path.into(),
        sha256: "00".into(),
        received_at: "2024-04-03T02:00:00Z".parse().expect("a time"),
        presumed: false,
        on_behalf: None,
    }
}

/// The law of the balance sheet: seen = used + explained, and every finding's sentence is complete.
pub(crate) fn balanced(book: &Book, checked: &Checked<Reading>, what: &str) {
    let cells = checked.value.cells;
    assert_eq!(cells.seen, book.cells_seen, "{what}");
    assert_eq!(cells.seen, cells.used + cells.explained, "{what}: {cells:?}");
    for finding in &checked.findings {
        for lang in [duban::wording::Lang::Zh, duban::wording::Lang::En] {
            for text in
                [duban::wording::message(finding, lang), duban::wording::advice(finding, lang)]
            {
                assert!(!text.contains('{'), "{what}: {} {text}", finding.code.printed());
            }
        }
    }
}

/// Findings in short: code, cell and what was found, one a line.
pub(crate) fn said(checked: &Checked<Reading>) -> Vec<String> {
    checked
        .findings
        .iter()
        .map(|f| {
            format!("{} {} {}", f.code.printed(), f.place.cell().unwrap_or("-"), f.found)
                .trim()
                .to_owned()
        })
        .collect()
}

/// Values taken, by item and field.
pub(crate) fn values(checked: &Checked<Reading>) -> BTreeMap<String, String> {
    checked
        .value
        .returned
        .iter()
        .flat_map(|r| &r.entries)
        .filter_map(|e| {
            let item = e.item.map_or_else(String::new, |i| format!("{i} "));
            e.value.as_ref().map(|v| (format!("{item}{}", e.field.key()), v.stored()))
        })
        .collect()
}

/// Last facts of one item of [`UNIT`].
pub(crate) fn last(facts: &[(&str, Previous, &str)]) -> LastFacts {
    facts
        .iter()
        .map(|(item, previous, narrative)| {
            let mut texts = BTreeMap::new();
            if !narrative.is_empty() {
                texts.insert(Field::Narrative, (*narrative).to_owned());
            }
            let fact = LastFact { previous: previous.clone(), texts, confirmed: false };
            ((UnitId(UNIT.into()), item.parse().expect("item")), fact)
        })
        .collect()
}

/// Changes to a book as read: what a unit may do to a form.
pub(crate) trait Spoil {
    /// The form sheet.
    fn form(&mut self) -> &mut Sheet;
    /// Types a text into a cell.
    fn type_in(&mut self, cell: &str, text: &str);
    /// Puts a value into a cell.
    fn put(&mut self, cell: &str, value: CellValue);
    /// Empties a cell.
    fn clear(&mut self, cell: &str);
    /// Moves every cell at or below a row by some rows.
    fn shift_rows(&mut self, from: u32, by: i64);
    /// Counts the cells again.
    fn count(&mut self);
}

impl Spoil for Book {
    fn form(&mut self) -> &mut Sheet {
        &mut self.sheets[0]
    }

    fn type_in(&mut self, cell: &str, text: &str) {
        self.put(cell, CellValue::Text(text.into()));
    }

    fn put(&mut self, cell: &str, value: CellValue) {
        let (row, column) = parse_cell(cell).expect("a cell");
        let sheet = self.form();
        sheet.cells.retain(|c| (c.row, c.column) != (row, column));
        sheet.cells.push(Cell { row, column, value, percent: false, formula: None });
        sheet.cells.sort_by_key(|c| (c.row, c.column));
        self.count();
    }

    fn clear(&mut self, cell: &str) {
        let at = parse_cell(cell).expect("a cell");
        self.form().cells.retain(|c| (c.row, c.column) != at);
        self.count();
    }

    fn shift_rows(&mut self, from: u32, by: i64) {
        for cell in &mut self.form().cells {
            if cell.row >= from {
                cell.row = u32::try_from(i64::from(cell.row) + by).expect("a row");
            }
        }
        self.count();
    }

    fn count(&mut self) {
        self.cells_seen = self.sheets.iter().map(|s| s.cells.len() as u64 + s.beyond_limits).sum();
    }
}
