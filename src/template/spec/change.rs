//! Laying an office's changes over the shipped description.

use super::{
    description::{
        Column, ColumnKey, FormSpec, FormWords, Label, LabelKey, Mistake, ROW_KINDS, RowKind,
        SHIPPED_COLUMNS, SHIPPED_FORM, StatusWord,
    },
    raw::{Raw, RawColumn, RawStatus},
    source::Source,
};
use crate::{
    diag::Result,
    model::{Field, Status},
};

/// Columns an office may drop: nothing is counted on them.
const OPTIONAL: [ColumnKey; 3] = [
    ColumnKey::Field(Field::Problems),
    ColumnKey::Field(Field::Coordination),
    ColumnKey::Field(Field::NextSteps),
];

/// Columns an office may add: more do not fit on a page.
const MOST_EXTRA: usize = 6;

/// Names of the labels in `form.toml`.
pub(super) const LABELS: [(&str, LabelKey); 7] = [
    ("unit", LabelKey::Unit),
    ("period", LabelKey::Period),
    ("cut_off", LabelKey::CutOff),
    ("due", LabelKey::Due),
    ("filled_by", LabelKey::Field(Field::FilledBy)),
    ("phone", LabelKey::Field(Field::Phone)),
    ("reviewed_by", LabelKey::Field(Field::ReviewedBy)),
];

/// The shipped description, changed by the office's text where there is one.
pub(super) fn read(change: Option<(&str, &str)>) -> Result<FormSpec> {
    let source = Source { text: SHIPPED_FORM, file: "templates/form.toml" };
    let shipped = source.parse()?;
    let mut spec = source.shipped(&shipped)?;
    if let Some((text, file)) = change {
        let source = Source { text, file };
        let raw = source.parse()?;
        source.change(&mut spec, raw)?;
        source.check(&spec)?;
    }
    Ok(spec)
}

impl Source<'_> {
    /// The shipped description on its own: every shipped column, status and label stands in it.
    fn shipped(&self, raw: &Raw) -> Result<FormSpec> {
        let empty = FormSpec {
            version: String::new(),
            title: String::new(),
            title_without: vec![],
            columns: SHIPPED_COLUMNS
                .iter()
                .map(|(_, key)| Column {
                    key: key.clone(),
                    heading: String::new(),
                    printed: String::new(),
                    synonyms: vec![],
                    width: 10.0,
                    on_a4: true,
                    asked: vec![],
                    required: vec![],
                    length: None,
                    list: vec![],
                    help: String::new(),
                    example: String::new(),
                })
                .collect(),
            statuses: Status::ALL
                .iter()
                .map(|s| StatusWord {
                    status: *s,
                    word: s.word().to_owned(),
                    synonyms: vec![],
                    meaning: String::new(),
                })
                .collect(),
            labels: LABELS
                .iter()
                .map(|(_, key)| Label {
                    key: *key,
                    text: String::new(),
                    printed: String::new(),
                    synonyms: vec![],
                })
                .collect(),
            roles: Default::default(),
            words: FormWords {
                printed: String::new(),
                open: String::new(),
                automatic: String::new(),
                task_first: String::new(),
                task_rest: String::new(),
            },
            steps: vec![],
            mistakes: vec![],
        };
        let mut spec = empty;
        self.change(&mut spec, raw.clone())?;
        self.check(&spec)?;
        Ok(spec)
    }

    /// Lays what `raw` says over `spec`.
    fn change(&self, spec: &mut FormSpec, raw: Raw) -> Result<()> {
        set(&mut spec.version, raw.version);
        set(&mut spec.title, raw.title.text);
        set(&mut spec.title_without, raw.title.without);
        spec.title_without.sort_by_key(|w| std::cmp::Reverse(w.chars().count()));
        for (name, change) in raw.column {
            self.change_column(spec, &name, change)?;
        }
        for (name, change) in raw.status {
            self.change_status(spec, &name, change)?;
        }
        for (name, change) in raw.label {
            let Some((_, key)) = LABELS.iter().find(|(n, _)| *n == name) else {
                let allowed = LABELS.map(|(n, _)| n).join(", ");
                return self.refuse(&format!("label.{name}"), "", &name, &allowed);
            };
            if let Some(label) = spec.labels.iter_mut().find(|l| l.key == *key) {
                let old = std::mem::take(&mut label.text);
                label.text = change.text.unwrap_or_else(|| old.clone());
                label.printed = change.print.unwrap_or_else(|| {
                    if old == label.text { label.printed.clone() } else { label.text.clone() }
                });
                add_synonyms(&mut label.synonyms, &label.text, old, change.synonyms);
            }
        }
        set(&mut spec.roles[0], raw.role.lead);
        set(&mut spec.roles[1], raw.role.named);
        set(&mut spec.roles[2], raw.role.group);
        set(&mut spec.words.printed, raw.words.printed);
        set(&mut spec.words.open, raw.words.open);
        set(&mut spec.words.automatic, raw.words.automatic);
        set(&mut spec.words.task_first, raw.words.task_first);
        set(&mut spec.words.task_rest, raw.words.task_rest);
        if let Some(steps) = raw.step {
            spec.steps = steps.into_iter().map(|s| (s.first, s.rest)).collect();
        }
        if let Some(mistakes) = raw.mistake {
            spec.mistakes = mistakes
                .into_iter()
                .map(|m| {
                    let column = match m.column.as_str() {
                        "sheet" => None,
                        name => match spec.columns.iter().find(|c| c.key.name() == name) {
                            Some(column) => Some(column.key.clone()),
                            None => {
                                return self.refuse(
                                    "mistake",
                                    "column",
                                    name,
                                    "sheet, cumulative, progress, …",
                                );
                            }
                        },
                    };
                    Ok(Mistake { column, wrong: m.wrong, right: m.right })
                })
                .collect::<Result<_>>()?;
        }
        Ok(())
    }

    fn change_column(&self, spec: &mut FormSpec, name: &str, change: RawColumn) -> Result<()> {
        let table = format!("column.{name}");
        if !spec.columns.iter().any(|c| c.key.name() == name) {
            self.add_column(spec, name, &change)?;
        }
        let Some(at) = spec.columns.iter().position(|c| c.key.name() == name) else {
            return self.refuse(&table, "", name, "heading = …");
        };
        let extra = matches!(spec.columns[at].key, ColumnKey::Extra(_));
        if change.drop {
            if !(extra || OPTIONAL.contains(&spec.columns[at].key)) {
                let allowed = OPTIONAL.map(|k| k.name().to_owned()).join(", ");
                return self.refuse(&table, "drop", &format!("{name}: drop = true"), &allowed);
            }
            spec.columns.remove(at);
            return Ok(());
        }
        if change.after.is_some() && !extra {
            return self.refuse(
                &table,
                "after",
                &format!("{name}: after"),
                "heading, synonyms, width, a4, required, length, help, example, drop",
            );
        }
        if change.list.is_some() && !extra {
            return self.refuse(&table, "list", &format!("{name}: list"), "[status.*]");
        }
        let kinds = |key: &str, words: Option<Vec<String>>| -> Result<Option<Vec<RowKind>>> {
            words
                .map(|words| {
                    words
                        .iter()
                        .map(|w| match ROW_KINDS.iter().find(|(n, _)| n == w) {
                            Some((_, kind)) => Ok(*kind),
                            None => {
                                self.refuse(&table, key, w, &ROW_KINDS.map(|(n, _)| n).join(", "))
                            }
                        })
                        .collect()
                })
                .transpose()
        };
        let asked = kinds("asked", change.asked)?;
        let required = kinds("required", change.required)?;
        let column = &mut spec.columns[at];
        let old = column.heading.clone();
        if let Some(printed) = change.heading {
            column.heading = printed.replace('\n', "");
            column.printed = printed;
        }
        add_synonyms(&mut column.synonyms, &column.heading, old, change.synonyms);
        set(&mut column.width, change.width);
        set(&mut column.on_a4, change.a4);
        set(&mut column.asked, asked);
        set(&mut column.required, required);
        column.length = change.length.or(column.length);
        set(&mut column.list, change.list);
        set(&mut column.help, change.help);
        set(&mut column.example, change.example);
        Ok(())
    }

    /// A column the office adds: open, optional, asked on the first row of every task.
    fn add_column(&self, spec: &mut FormSpec, name: &str, change: &RawColumn) -> Result<()> {
        let table = format!("column.{name}");
        if SHIPPED_COLUMNS.iter().any(|(n, _)| *n == name) {
            return Ok(());
        }
        if change.heading.is_none() {
            let known = SHIPPED_COLUMNS.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
            return self.refuse(&table, "", name, &format!("{known}; heading = …"));
        }
        // A slip in a shipped column's name would add a column instead of changing that one.
        if let Some((meant, _)) = SHIPPED_COLUMNS.iter().find(|(n, _)| is_slip(name, n)) {
            return self.refuse(&table, "", name, meant);
        }
        let extra = spec.columns.iter().filter(|c| matches!(c.key, ColumnKey::Extra(_))).count();
        if extra == MOST_EXTRA {
            return self.refuse(&table, "", name, &format!("<= {MOST_EXTRA}"));
        }
        if change.required.is_some() {
            return self.refuse(
                &table,
                "required",
                &format!("{name}: required"),
                "heading, synonyms, width, a4, asked, length, list, help, example, after",
            );
        }
        let first_open = spec.place(&ColumnKey::Field(Field::Cumulative)).map_or(0, usize::from);
        let hint = spec.place(&ColumnKey::Hint).map_or(spec.columns.len(), usize::from);
        let at = match &change.after {
            None => hint,
            Some(after) => match spec.columns.iter().position(|c| c.key.name() == after) {
                Some(at) if at >= first_open && at < hint => at + 1,
                _ => {
                    let open: Vec<_> =
                        spec.columns[first_open..hint].iter().map(|c| c.key.name()).collect();
                    return self.refuse(&table, "after", after, &open.join(", "));
                }
            },
        };
        spec.columns.insert(
            at,
            Column {
                key: ColumnKey::Extra(name.to_owned()),
                heading: String::new(),
                printed: String::new(),
                synonyms: vec![],
                width: 11.0,
                on_a4: true,
                asked: vec![RowKind::Lead, RowKind::Named, RowKind::Group],
                required: vec![],
                length: None,
                list: vec![],
                help: String::new(),
                example: String::new(),
            },
        );
        Ok(())
    }

    fn change_status(&self, spec: &mut FormSpec, name: &str, change: RawStatus) -> Result<()> {
        let table = format!("status.{name}");
        let Some(at) = spec.statuses.iter().position(|s| s.status.key() == name) else {
            let allowed = Status::ALL.map(Status::key).join(", ");
            return self.refuse(&table, "", name, &allowed);
        };
        if change.drop {
            if matches!(spec.statuses[at].status, Status::Done | Status::InProgress) {
                return self.refuse(
                    &table,
                    "drop",
                    &format!("{name}: drop = true"),
                    "not_started, lagging",
                );
            }
            spec.statuses.remove(at);
            return Ok(());
        }
        let status = &mut spec.statuses[at];
        let old = status.word.clone();
        set(&mut status.word, change.word);
        add_synonyms(&mut status.synonyms, &status.word, old, change.synonyms);
        set(&mut status.meaning, change.meaning);
        Ok(())
    }
}

/// Whether `typed` is `meant` with one sign too many, too few, or other, or two swapped; short names are too easily
/// like each other.
fn is_slip(typed: &str, meant: &str) -> bool {
    const SHORTEST: usize = 5;
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    if typed.len().abs_diff(meant.len()) > 1 || meant.len() < SHORTEST {
        return false;
    }
    let same = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    match typed.len().cmp(&meant.len()) {
        std::cmp::Ordering::Greater => typed[1..] == *meant,
        std::cmp::Ordering::Less => *typed == meant[1..],
        std::cmp::Ordering::Equal => match (typed, meant) {
            ([a, b, rest @ ..], [c, d, tail @ ..]) if a == d && b == c => rest == tail,
            ([_, rest @ ..], [_, tail @ ..]) => rest == tail,
            _ => true,
        },
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Adds synonyms; a renamed word keeps the old one among them.
fn add_synonyms(synonyms: &mut Vec<String>, now: &str, old: String, more: Vec<String>) {
    for word in more.into_iter().chain([old]) {
        if !word.is_empty() && word != now && !synonyms.contains(&word) {
            synonyms.push(word);
        }
    }
}
