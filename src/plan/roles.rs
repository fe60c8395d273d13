//! Who does what in a task (责任分工): the roles are decided on all its clauses together.

use super::{
    clause::{Clause, Repair},
    keys::Key,
    names::{List, Name, list},
    notes::Notes,
    text::Text,
};
use crate::diag::Code;

/// Leaders, lead units and responsible units of a task, as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Roles {
    /// 牵头领导.
    pub(super) leaders: Vec<Name>,
    /// 牵头单位.
    pub(super) lead: Vec<Name>,
    /// 责任单位.
    pub(super) responsible: Vec<Name>,
    /// 完成时限, as written.
    pub(super) deadline: Option<String>,
    /// 责任单位 stood alone: nobody is said to lead.
    pub(super) open_lead: bool,
}

/// Names gathered by key before the roles are decided.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    leaders: Vec<Name>,
    people: Vec<Name>,
    lead: Vec<Name>,
    support: Vec<Name>,
    plain: Vec<Name>,
    deadline: Option<String>,
    verbal: bool,
    first_leads: bool,
}

impl Gathered {
    /// Adds the names of one field.
    pub(super) fn add(&mut self, key: Key, found: List) {
        self.first_leads |= found.first_leads;
        self.deadline = self.deadline.take().or(found.deadline);
        for name in found.names {
            let to = match key {
                _ if name.leads => &mut self.lead,
                Key::Leader => &mut self.leaders,
                Key::Person => &mut self.people,
                Key::Lead => &mut self.lead,
                Key::Support => &mut self.support,
                _ => &mut self.plain,
            };
            if !to.iter().any(|n| n.text == name.text) {
                to.push(name);
            }
        }
    }

    /// Adds everything `other` holds.
    pub(super) fn merge(&mut self, other: Self) {
        self.verbal |= other.verbal;
        self.first_leads |= other.first_leads;
        self.deadline = self.deadline.take().or(other.deadline);
        for (to, from) in [
            (&mut self.leaders, other.leaders),
            (&mut self.people, other.people),
            (&mut self.lead, other.lead),
            (&mut self.support, other.support),
            (&mut self.plain, other.plain),
        ] {
            for name in from {
                if !to.iter().any(|n| n.text == name.text) {
                    to.push(name);
                }
            }
        }
    }

    /// Sets the deadline, unless one is known.
    pub(super) fn due(&mut self, text: String) {
        if !text.is_empty() {
            self.deadline.get_or_insert(text);
        }
    }

    /// Decides the roles. `first_leads`: the document says that the first name of a list leads.
    pub(super) fn roles(self, first_leads: bool) -> (Roles, bool) {
        let first_leads = first_leads || self.first_leads;
        let mut roles = Roles {
            leaders: if self.leaders.is_empty() { self.people } else { self.leaders },
            lead: self.lead,
            deadline: self.deadline,
            ..Roles::default()
        };
        let mut by_rule = false;
        if !roles.lead.is_empty() {
            roles.responsible = self.plain;
            roles.responsible.extend(self.support);
        } else if !self.plain.is_empty() && !self.support.is_empty() {
            // 责任单位 beside 配合单位 are the ones in charge.
            roles.lead = self.plain;
            roles.responsible = self.support;
        } else {
            let mut all = self.plain;
            all.extend(self.support);
            if all.len() == 1 && self.verbal {
                // 区甲局负责: nobody else could lead.
                roles.lead = all;
            } else if first_leads && !all.is_empty() {
                by_rule = true;
                roles.lead = vec![all.remove(0)];
                roles.responsible = all;
            } else {
                roles.open_lead = !all.is_empty();
                roles.responsible = all;
            }
        }
        let mut seen: Vec<String> = roles.lead.iter().map(|n| n.text.clone()).collect();
        roles.responsible.retain(|n| {
            let new = !seen.contains(&n.text);
            seen.push(n.text.clone());
            new
        });
        (roles, by_rule)
    }
}

/// Reads the clauses of one task.
pub(super) fn gather(text: &Text, clauses: &[Clause], notes: &mut Notes) -> Gathered {
    let mut all = Gathered::default();
    for clause in clauses {
        for repair in &clause.repairs {
            let (code, at) = match repair {
                Repair::Mixed(at) | Repair::Unclosed(at) => (Code::ClauseCloser, *at),
                Repair::Stray(at) => (Code::StrayBracket, *at),
            };
            let around = at.saturating_sub(8)..(at + 8).min(text.len());
            notes.say(code, text.spot(at), text.quote(around));
        }
        all.verbal |= clause.verbal;
        for field in &clause.fields {
            match field.key {
                Key::Deadline => all.due(text.quote(field.value.clone())),
                Key::Wording | Key::Other => {
                    let quote = text.quote(field.value.clone());
                    notes.say(
                        Code::FieldIgnored,
                        text.spot(field.value.start.min(text.len().saturating_sub(1))),
                        quote,
                    );
                }
                key => {
                    let people = matches!(key, Key::Leader | Key::Person);
                    let found = list(text, field.value.clone(), people, notes);
                    all.add(key, found);
                }
            }
        }
    }
    all
}
