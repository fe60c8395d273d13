//! Drop-downs of plan.xlsx: lists on a hidden sheet or in the registry's own sheets, by defined names.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError,
};

use super::{
    layout::{FIRST_ROW, Holds, List, SheetKey},
    rows::Value,
    write::SPARE_ROWS,
};
use crate::{model::Plan, sheet::column_name, wording::book as words};

/// Name of the hidden sheet with the lists.
const LIST_SHEET: &str = "_列表";

impl List {
    /// All, in the order of the columns of the hidden sheet.
    const ALL: [Self; 9] = [
        Self::YesNo,
        Self::Comparators,
        Self::Kinds,
        Self::Frequencies,
        Self::Changes,
        Self::Categories,
        Self::Units,
        Self::Leaders,
        Self::UnitsAndGroups,
    ];

    /// The defined name a drop-down refers to.
    const fn name(self) -> &'static str {
        match self {
            Self::YesNo => "是否",
            Self::Comparators => "比较方式",
            Self::Kinds => "指标类型",
            Self::Frequencies => "报送频率",
            Self::Changes => "变更事项",
            Self::Categories => "单位类别",
            Self::Units => "单位名单",
            Self::Leaders => "领导名单",
            Self::UnitsAndGroups => "单位和集合",
        }
    }

    /// Whether a value outside the list is questioned; registries and categories may grow.
    const fn closed(self) -> bool {
        matches!(
            self,
            Self::YesNo | Self::Comparators | Self::Kinds | Self::Frequencies | Self::Changes
        )
    }

    /// The fixed words of a list.
    fn words(self) -> Vec<&'static str> {
        let firsts = |words: &[&[&'static str]]| words.iter().map(|w| w[0]).collect();
        match self {
            Self::YesNo => vec![words::YES, words::NO],
            Self::Comparators => firsts(&words::COMPARATORS),
            Self::Kinds => firsts(&words::KINDS),
            Self::Frequencies => firsts(&words::FREQUENCIES),
            Self::Changes => firsts(&words::CHANGES),
            Self::Categories => words::CATEGORIES.to_vec(),
            Self::Units | Self::Leaders | Self::UnitsAndGroups => Vec::new(),
        }
    }
}

/// Attaches the drop-downs and checks of a sheet's columns, down to `last_row`.
pub(super) fn attach(sheet: &mut Worksheet, key: SheetKey, last_row: u32) -> Result<(), XlsxError> {
    for (column, shape) in (0u16..).zip(key.shapes()) {
        let (Holds::Choice(list) | Holds::Names(list)) = shape.holds else { continue };
        let source = Formula::new(format!("={}", list.name()));
        let mut validation = DataValidation::new().allow_list_formula(source).ignore_blank(true);
        validation = if list.closed() {
            validation
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title(words::NOT_IN_LIST_TITLE)?
                .set_error_message(list.words().join("、"))?
        } else {
            // Several names in one cell are the rule, so the list offers and never objects.
            validation.show_error_message(false)
        };
        sheet.add_data_validation(FIRST_ROW, column, last_row, column, &validation)?;
    }
    Ok(())
}

/// Writes the hidden sheet and defines the names.
pub(super) fn lists(
    workbook: &mut Workbook,
    plan: &Plan,
    all: &[(SheetKey, Vec<Vec<Value>>)],
) -> Result<(), XlsxError> {
    let rows = |key: SheetKey| {
        let count = all.iter().find(|(k, _)| *k == key).map_or(0, |(_, rows)| rows.len());
        u32::try_from(count).unwrap_or(0)
    };
    let column_of = |key: SheetKey| {
        let name = key.text().name;
        let last = FIRST_ROW + rows(key).max(1) + SPARE_ROWS;
        format!("'{name}'!$A${}:$A${last}", FIRST_ROW + 1)
    };
    let (units, groups, leaders) =
        (column_of(SheetKey::Units), column_of(SheetKey::Groups), column_of(SheetKey::Leaders));
    let sheet = workbook.add_worksheet();
    sheet.set_name(LIST_SHEET)?.set_hidden(true);
    let mut names = Vec::new();
    for (column, list) in (0u16..).zip(List::ALL) {
        let letter = column_name(u32::from(column));
        let mut words: Vec<String> = list.words().into_iter().map(str::to_owned).collect();
        if list == List::Categories {
            let known: BTreeSet<String> = words.iter().cloned().collect();
            let mut own = BTreeSet::new();
            for unit in &plan.registry.units {
                if !unit.category.is_empty() && !known.contains(&unit.category) {
                    own.insert(unit.category.clone());
                }
            }
            words.extend(own);
        }
        for (row, word) in (0u32..).zip(&words) {
            sheet.write_string(row, column, word)?;
        }
        let meaning = match list {
            List::Units => filled(&units),
            List::Leaders => filled(&leaders),
            List::UnitsAndGroups => {
                let count = rows(SheetKey::Units) + rows(SheetKey::Groups);
                let known: Vec<&str> = plan
                    .registry
                    .units
                    .iter()
                    .map(|u| u.name.as_str())
                    .chain(plan.registry.groups.iter().map(|g| g.name.as_str()))
                    .collect();
                for row in 0..count + SPARE_ROWS {
                    let formula = format!(
                        "=IF(ROW()<=COUNTA({units}),INDEX({units},ROW()),IF(ROW()<=COUNTA({units})+COUNTA({groups}),INDEX({groups},ROW()-COUNTA({units})),\"\"))"
                    );
                    let at = usize::try_from(row).unwrap_or(usize::MAX);
                    let result = known.get(at).copied().unwrap_or_default();
                    sheet.write_formula(row, column, Formula::new(formula).set_result(result))?;
                }
                let whole = format!("'{LIST_SHEET}'!${letter}$1:${letter}${}", count + SPARE_ROWS);
                format!(
                    "='{LIST_SHEET}'!${letter}$1:INDEX({whole},MAX(1,COUNTA({units})+COUNTA({groups})))"
                )
            }
            _ => format!("='{LIST_SHEET}'!${letter}$1:${letter}${}", words.len().max(1)),
        };
        names.push((list.name(), meaning));
    }
    for (name, meaning) in names {
        workbook.define_name(name, &meaning)?;
    }
    Ok(())
}

/// The filled part of a column: the drop-down grows with the registry.
fn filled(column: &str) -> String {
    let first = column.split(':').next().unwrap_or(column);
    format!("={first}:INDEX({column},MAX(1,COUNTA({column})))")
}
