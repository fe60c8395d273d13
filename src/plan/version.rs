//! Version of a plan (方案版本): a digest that changes when anything that counts changes.

use sha2::{Digest, Sha256};

use crate::model::{Change, Plan, decimal_text, hex};

/// Hex digits of a version that are printed on forms and workbooks.
pub const VERSION_PRINTED: usize = 12;

/// Version of the plan: SHA-256 in hex over everything that decides a form or a figure.
///
/// Left out: what stands in 待核, and aliases that are not adopted. Print the first [`VERSION_PRINTED`] digits.
#[must_use]
pub fn version(plan: &Plan) -> String {
    digest(plan, false)
}

/// Digest over the whole plan, doubts and proposals included: tells whether a workbook was edited.
pub(super) fn full_digest(plan: &Plan) -> String {
    digest(plan, true)
}

/// Every field as `length:text`, so that no two plans give the same form.
struct Canon(Sha256);

impl Canon {
    fn text(&mut self, text: &str) {
        self.0.update(text.len().to_string());
        self.0.update(":");
        self.0.update(text);
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let texts: Vec<&str> = texts.into_iter().collect();
        self.text(&texts.len().to_string());
        for text in texts {
            self.text(text);
        }
    }

    fn shown(&mut self, value: &impl ToString) {
        self.text(&value.to_string());
    }

    fn maybe<T: ToString>(&mut self, value: Option<&T>) {
        self.texts(value.map(ToString::to_string).as_deref());
    }
}

fn digest(plan: &Plan, whole: bool) -> String {
    let mut canon = Canon(Sha256::new());
    canon.texts(["duban plan 1", &plan.title, &plan.doc_no, &plan.year.to_string()]);
    canon.shown(&plan.sections.len());
    for section in &plan.sections {
        canon.texts([section.no.to_string().as_str(), &section.title, &section.short]);
        canon.shown(&section.subsections.len());
        for sub in &section.subsections {
            canon.texts([sub.no.to_string().as_str(), &sub.title]);
        }
    }
    tasks(plan, &mut canon);
    registry(plan, whole, &mut canon);
    amendments(plan, &mut canon);
    if whole {
        canon.shown(&plan.doubts.len());
        for doubt in &plan.doubts {
            canon.texts([doubt.code.as_str(), &doubt.quote, &doubt.note, &doubt.target]);
            canon.maybe(doubt.line.as_ref());
            canon.maybe(doubt.task.as_ref());
            canon.shown(&doubt.settled);
        }
    }
    hex(&canon.0.finalize())
}

fn tasks(plan: &Plan, canon: &mut Canon) {
    canon.shown(&plan.tasks.len());
    for task in &plan.tasks {
        canon.shown(&task.no);
        canon.shown(&task.section);
        canon.maybe(task.subsection.as_ref());
        canon.texts([task.text.as_str(), &task.short]);
        canon.texts(task.leaders.iter().map(String::as_str));
        canon.texts(task.lead_units.iter().map(String::as_str));
        canon.texts(task.responsible.iter().map(String::as_str));
        canon.shown(&task.due);
        canon.maybe(task.from.as_ref());
        canon.maybe(task.until.as_ref());
        canon.shown(&task.indicators.len());
        for i in &task.indicators {
            canon.shown(&i.item);
            canon.texts([i.name.as_str(), i.comparator.sign(), &decimal_text(i.target), &i.unit]);
            canon.text(i.kind.key());
            canon.maybe(i.base.map(decimal_text).as_ref());
            canon.maybe(i.source_unit.as_ref());
            canon.shown(&i.frequency.first_due_month());
            let curve = i.schedule.map(|s| s.map(decimal_text));
            canon.texts(curve.iter().flatten().map(String::as_str));
            canon.text(&i.quote);
            canon.shown(&i.adopted);
            canon.maybe(i.doubt.as_ref());
        }
    }
}

fn registry(plan: &Plan, whole: bool, canon: &mut Canon) {
    let names = &plan.registry;
    canon.shown(&names.units.len());
    for unit in &names.units {
        canon.texts([unit.id.as_str(), &unit.name, &unit.short, &unit.category]);
        canon.maybe(unit.from.as_ref());
        canon.maybe(unit.until.as_ref());
        canon.maybe(unit.successor.as_ref());
    }
    let aliases: Vec<_> = names.aliases.iter().filter(|a| whole || a.adopted).collect();
    canon.shown(&aliases.len());
    for alias in aliases {
        canon.texts([alias.name.as_str(), alias.unit.as_str(), &alias.reason]);
        canon.shown(&alias.adopted);
    }
    canon.shown(&names.groups.len());
    for group in &names.groups {
        canon.text(&group.name);
        canon.texts(group.members.iter().map(crate::model::UnitId::as_str));
    }
    canon.shown(&names.leaders.len());
    for leader in &names.leaders {
        canon.texts([leader.name.as_str(), &leader.post]);
        canon.maybe(leader.from.as_ref());
        canon.maybe(leader.until.as_ref());
        canon.maybe(leader.successor.as_ref());
        canon.shown(&leader.collective);
        canon.texts(leader.members.iter().map(String::as_str));
    }
}

fn amendments(plan: &Plan, canon: &mut Canon) {
    canon.shown(&plan.amendments.len());
    for amendment in &plan.amendments {
        canon.shown(&amendment.effective);
        let (which, object, value) = super::book::in_words(&amendment.change, &|_| false);
        canon.texts([which.to_string().as_str(), &object, &value, &amendment.reason]);
        if let Change::LeadUnits(_, names)
        | Change::Responsible(_, names)
        | Change::Leaders(_, names) = &amendment.change
        {
            canon.texts(names.iter().map(String::as_str));
        }
    }
}
