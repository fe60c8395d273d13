//! Reads the sheets 单位, 别称, 集合 and 领导 of plan.xlsx.

use std::collections::BTreeMap;

use super::{
    layout::{SheetKey, alias, group, leader, unit},
    places::TablePlace,
    read::{Known, NAME_SHORT, short},
    reader::Reader,
    table::Table,
};
use crate::model::{Alias, Group, Leader, Registry, Unit, UnitId, normalise_name};

/// The registry; where its rows stand goes into `stands`.
pub(super) fn registry(
    tables: &BTreeMap<SheetKey, Table>,
    reader: &mut Reader,
    stands: &mut BTreeMap<SheetKey, TablePlace>,
) -> Registry {
    let mut names = Registry::default();
    let mut read = |key: SheetKey, names: &mut Registry, rows: RowReader| {
        if let Some(table) = tables.get(&key) {
            let rows = rows(table, names, reader);
            stands.insert(key, table.stands(rows));
        }
    };
    read(SheetKey::Units, &mut names, units);
    read(SheetKey::Aliases, &mut names, aliases);
    // Names of groups may contain separators, and members are units: both are needed to take lists apart.
    read(SheetKey::Groups, &mut names, groups);
    read(SheetKey::Leaders, &mut names, leaders);
    names
}

/// Reads one table into the registry and gives the row of each element.
type RowReader = fn(&Table, &mut Registry, &mut Reader) -> Vec<u32>;

/// The key of a row: a name that is there and new; otherwise a finding and none.
fn key(
    table: &Table,
    row: u32,
    column: usize,
    seen: &mut BTreeMap<String, u32>,
    reader: &mut Reader,
) -> Option<String> {
    let name = reader.name(table, row, column);
    if name.is_empty() {
        reader.blank((table, row, column), "");
        return None;
    }
    if let Some(first) = seen.get(&name) {
        reader.twice((table, row, column), &name, *first);
        return None;
    }
    seen.insert(name.clone(), row);
    Some(name)
}

fn units(table: &Table, names: &mut Registry, reader: &mut Reader) -> Vec<u32> {
    let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
    for &row in &table.rows {
        let Some(id) = key(table, row, unit::NAME, &mut seen, reader) else { continue };
        let successor = reader.name(table, row, unit::SUCCESSOR);
        names.units.push(Unit {
            id: UnitId(id),
            name: reader.text(table, row, unit::NAME),
            short: short(reader, (table, row, unit::SHORT), NAME_SHORT),
            category: reader.text(table, row, unit::CATEGORY),
            from: reader.period(table, row, unit::FROM).ok().flatten(),
            until: reader.period(table, row, unit::UNTIL).ok().flatten(),
            successor: Some(successor).filter(|s| !s.is_empty()).map(UnitId),
        });
        rows.push(row);
    }
    rows
}

fn aliases(table: &Table, names: &mut Registry, reader: &mut Reader) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    for &row in &table.rows {
        let name = reader.name(table, row, alias::NAME);
        let unit = reader.name(table, row, alias::UNIT);
        if name.is_empty() || unit.is_empty() {
            let column = if name.is_empty() { alias::NAME } else { alias::UNIT };
            reader.blank((table, row, column), "");
            continue;
        }
        // One name may be proposed for two units; the same pair twice is a slip.
        if let Some(first) = seen.insert((name.clone(), unit.clone()), row) {
            reader.twice((table, row, alias::NAME), &name, first);
            continue;
        }
        names.aliases.push(Alias {
            name,
            unit: UnitId(unit),
            adopted: reader.yes_no((table, row, alias::ADOPTED), false),
            reason: reader.text(table, row, alias::REASON),
        });
        rows.push(row);
    }
    rows
}

/// A group may stand on several rows; its members are gathered in order.
fn groups(table: &Table, names: &mut Registry, reader: &mut Reader) -> Vec<u32> {
    let mut rows = Vec::new();
    let known = Known::units(names);
    for &row in &table.rows {
        let name = reader.name(table, row, group::NAME);
        if name.is_empty() {
            reader.blank((table, row, group::NAME), "");
            continue;
        }
        let members = reader.names(table, row, group::MEMBERS, &|n| known.has(n));
        let at = names.groups.iter().position(|g| g.name == name).unwrap_or_else(|| {
            names.groups.push(Group { name, members: Vec::new() });
            rows.push(row);
            names.groups.len() - 1
        });
        for member in members {
            let id = UnitId(member);
            if !names.groups[at].members.contains(&id) {
                names.groups[at].members.push(id);
            }
        }
    }
    rows
}

fn leaders(table: &Table, names: &mut Registry, reader: &mut Reader) -> Vec<u32> {
    let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
    let all: Vec<String> = table
        .rows
        .iter()
        .map(|r| table.cell(*r, leader::NAME))
        .map(|c| c.map(|c| normalise_name(&c.text())).unwrap_or_default())
        .collect();
    for &row in &table.rows {
        let Some(name) = key(table, row, leader::NAME, &mut seen, reader) else { continue };
        let successor = reader.name(table, row, leader::SUCCESSOR);
        names.leaders.push(Leader {
            name,
            post: reader.text(table, row, leader::POST),
            from: reader.period(table, row, leader::FROM).ok().flatten(),
            until: reader.period(table, row, leader::UNTIL).ok().flatten(),
            successor: Some(successor).filter(|s| !s.is_empty()),
            collective: reader.yes_no((table, row, leader::COLLECTIVE), false),
            members: reader.names(table, row, leader::MEMBERS, &|n| all.iter().any(|a| a == n)),
        });
        rows.push(row);
    }
    rows
}
