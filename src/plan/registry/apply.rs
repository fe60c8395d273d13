//! What the office knows about its units, from a registry file (单位名录文件), entered into a plan.

use serde::Deserialize;
use toml::Spanned;

use super::{build::unit, category, short};
use crate::{
    diag::{Code, Diagnostic, Error, Place, Result},
    model::{Alias, Group, Leader, Named, Period, Plan, UnitId, normalise_name},
    plan::{check, review::review},
};

/// Codes of findings about names.
const NAMES: &str = "P5";

/// A registry file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    unit: Vec<UnitEntry>,
    alias: Vec<AliasEntry>,
    group: Vec<GroupEntry>,
    leader: Vec<LeaderEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    name: String,
    #[serde(default)]
    short: String,
    #[serde(default)]
    category: String,
    from: Option<Period>,
    until: Option<Period>,
    successor: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasEntry {
    name: String,
    unit: Spanned<String>,
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    name: String,
    #[serde(default)]
    members: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeaderEntry {
    name: String,
    #[serde(default)]
    post: String,
    #[serde(default)]
    collective: bool,
    #[serde(default)]
    members: Vec<String>,
    from: Option<Period>,
    until: Option<Period>,
    successor: Option<String>,
}

/// Enters a registry file (tables `[[unit]] [[alias]] [[group]] [[leader]]`) into the plan's registry.
///
/// What the file says holds: its aliases are adopted, a name the importer took for a unit or a group becomes what
/// the file says it is, and a unit that is now another one's alias leaves the list. Leaders keep plan order, new
/// ones follow. Doubts about names (待核) are asked anew. Gives only what the file says of unknown units;
/// [`crate::plan::check`] tells what is open afterwards.
///
/// # Errors
/// [`Error::Settings`] with line and what is allowed, if the file is no TOML or has unknown keys.
pub fn apply_registry(plan: &mut Plan, text: &str, file: &str) -> Result<Vec<Diagnostic>> {
    let read: File = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| line_of(text, s.start));
        let message = e.message();
        let (problem, allowed) = message.split_once(", expected ").unwrap_or((message, ""));
        let allowed =
            if allowed.is_empty() { "[[unit]] [[alias]] [[group]] [[leader]]" } else { allowed };
        Error::Settings {
            file: file.to_owned(),
            line,
            problem: problem.trim_end().replace('\n', " "),
            allowed: allowed.trim_start_matches("one of ").to_owned(),
        }
    })?;
    let mut entering = Entering { plan, text, file, findings: Vec::new() };
    entering.units(&read.unit);
    entering.aliases(&read.alias);
    entering.groups(&read.group);
    entering.leaders(read.leader);
    let findings = entering.findings;
    short::assign(&mut plan.registry.units);
    plan.doubts.retain(|d| d.settled || !d.code.starts_with(NAMES));
    let open = check(plan);
    review(plan, &open);
    Ok(findings)
}

/// The line a byte offset stands on, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// The plan while a file is entered.
struct Entering<'a> {
    plan: &'a mut Plan,
    text: &'a str,
    file: &'a str,
    findings: Vec<Diagnostic>,
}

impl Entering<'_> {
    fn units(&mut self, entries: &[UnitEntry]) {
        let names = &mut self.plan.registry;
        for entry in entries {
            let id = UnitId(normalise_name(&entry.name));
            names.groups.retain(|g| normalise_name(&g.name) != id.0);
            let at = names.units.iter().position(|u| u.id == id).unwrap_or_else(|| {
                names.units.push(unit(entry.name.trim()));
                names.units.len() - 1
            });
            let known = &mut names.units[at];
            entry.name.trim().clone_into(&mut known.name);
            if !entry.short.is_empty() {
                known.short.clone_from(&entry.short);
            }
            if entry.category.is_empty() {
                category::propose(id.as_str()).clone_into(&mut known.category);
            } else {
                known.category.clone_from(&entry.category);
            }
            known.from = entry.from.or(known.from);
            known.until = entry.until.or(known.until);
            if let Some(successor) = &entry.successor {
                known.successor = Some(UnitId(normalise_name(successor.get_ref())));
            }
        }
        for entry in entries {
            if let Some(successor) = &entry.successor {
                self.known_unit(successor);
            }
        }
    }

    fn aliases(&mut self, entries: &[AliasEntry]) {
        for entry in entries {
            let (name, unit) =
                (normalise_name(&entry.name), UnitId(normalise_name(entry.unit.get_ref())));
            if !self.known_unit(&entry.unit) {
                continue;
            }
            let names = &mut self.plan.registry;
            // The office has decided: other proposals for the name are answered.
            names.aliases.retain(|a| normalise_name(&a.name) != name || a.unit == unit);
            let reason = entry.reason.clone();
            if let Some(known) = names.aliases.iter_mut().find(|a| normalise_name(&a.name) == name)
            {
                known.adopted = true;
                if !reason.is_empty() {
                    known.reason = reason;
                }
            } else {
                names.aliases.push(Alias {
                    name: name.clone(),
                    unit: unit.clone(),
                    adopted: true,
                    reason,
                });
            }
            if name != unit.0 {
                names.units.retain(|u| u.id.0 != name);
                names.aliases.retain(|a| a.adopted || a.unit.0 != name);
            }
        }
    }

    fn groups(&mut self, entries: &[GroupEntry]) {
        for entry in entries {
            let name = normalise_name(&entry.name);
            self.plan.registry.units.retain(|u| u.id.0 != name);
            let mut members: Vec<UnitId> = Vec::new();
            for member in &entry.members {
                if !self.known_unit(member) {
                    continue;
                }
                if let Named::Unit(unit) = self.plan.registry.resolve(member.get_ref())
                    && !members.contains(&unit.id)
                {
                    members.push(unit.id.clone());
                }
            }
            let groups = &mut self.plan.registry.groups;
            match groups.iter_mut().find(|g| normalise_name(&g.name) == name) {
                Some(known) => known.members = members,
                None => groups.push(Group { name, members }),
            }
        }
    }

    fn leaders(&mut self, entries: Vec<LeaderEntry>) {
        let leaders = &mut self.plan.registry.leaders;
        for entry in entries {
            let name = normalise_name(&entry.name);
            let members = entry.members.iter().map(|m| normalise_name(m)).collect();
            let leader = Leader {
                name: name.clone(),
                post: entry.post,
                from: entry.from,
                until: entry.until,
                successor: entry.successor.as_deref().map(normalise_name),
                collective: entry.collective,
                members,
            };
            match leaders.iter_mut().find(|l| normalise_name(&l.name) == name) {
                Some(known) => *known = leader,
                None => leaders.push(leader),
            }
        }
    }

    /// Whether the registry has a unit of that name; a finding if not.
    fn known_unit(&mut self, name: &Spanned<String>) -> bool {
        if matches!(self.plan.registry.resolve(name.get_ref()), Named::Unit(_)) {
            return true;
        }
        let line = line_of(self.text, name.span().start);
        let place = Place::Line {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
        };
        self.findings.push(
            Diagnostic::new(Code::RegistryUnused, place, name.get_ref())
                .with("line", line.to_string()),
        );
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::registry::build;

    fn plan() -> Plan {
        let mut plan = Plan { sections: crate::plan::sample::plan().sections, ..Plan::default() };
        plan.tasks.push(crate::plan::sample::task(
            1,
            &["张三"],
            &["区发展和改革局"],
            &["区发展和改革委员会", "各镇政府", "开发区管委会"],
        ));
        build(&mut plan);
        plan
    }

    #[test]
    fn what_the_office_knows_is_entered() {
        let mut plan = plan();
        let text = r#"
[[unit]]
name = "甲镇政府"
category = "镇街"
[[alias]]
name = "区发展和改革委员会"
unit = "区发展和改革局"
reason = "改革前的名称"
[[group]]
name = "各镇政府"
members = ["甲镇政府", "乙镇政府"]
[[leader]]
name = "张三"
post = "副区长"
"#;
        let findings = apply_registry(&mut plan, text, "registry.toml").expect("entered");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].code, Code::RegistryUnused);
        assert_eq!(findings[0].place, Place::Line { file: "registry.toml".into(), line: 11 });
        let names = &plan.registry;
        assert!(names.units.iter().all(|u| u.name != "区发展和改革委员会"));
        assert_eq!(names.groups[0].members, [UnitId("甲镇政府".into())]);
        assert_eq!(names.leaders[0].post, "副区长");
        assert!(
            matches!(names.resolve("区发展和改革委员会"), Named::Unit(u) if u.name == "区发展和改革局")
        );
        assert_eq!(
            names.units.iter().find(|u| u.name == "甲镇政府").map(|u| u.short.as_str()),
            Some("甲镇")
        );
    }

    #[test]
    fn a_typing_mistake_is_refused_with_its_line() {
        let error =
            apply_registry(&mut plan(), "[[unit]]\nnam = \"x\"\n", "r.toml").expect_err("bad");
        assert!(matches!(error, Error::Settings { line: 2, .. }), "{error:?}");
    }
}
