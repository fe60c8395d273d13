//! `duban template`: one form per unit that owes a return, and the record of what is owed.

use std::path::PathBuf;

use rayon::prelude::*;
use serde_json::json;

use super::{
    Context, Ended,
    args::{TemplateArgs, ZipHow},
    month::{Month, printed_rows},
    office::{Office, Stage},
    output, progress, render, who, zips,
};
use crate::{
    diag::{Diagnostic, Error, Result},
    ledger::FormIssue,
    model::Period,
    plan,
    template::{self, Form, Issue, RequiredCells},
    wording::{self, Lang},
};

/// What was written.
pub(super) struct Written {
    /// Files, relative to the office folder, with their units.
    pub(super) files: Vec<(String, Form)>,
    /// Findings of the plan.
    pub(super) findings: Vec<Diagnostic>,
    /// Obligations that are new.
    pub(super) obligations: usize,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &TemplateArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let written = write(&office, period, args.unit.as_deref(), context.lang)?;
    let packed = match args.zip {
        // One unit's form is no archive of all.
        Some(_) if args.unit.is_some() => pack(&office, period, &written, ZipHow::Unit)?,
        Some(how) => pack(&office, period, &written, how)?,
        None => Vec::new(),
    };
    render::findings(&written.findings, context.lang);
    let asked = written.files.iter().map(|(_, form)| template::required_cells(form));
    let required = asked.fold(RequiredCells::default(), RequiredCells::and);
    if args.json {
        output::print_json(&json!({
            "period": period,
            "due": office.settings.due(period),
            "forms": written.files.iter().map(|(path, form)| json!({
                "path": path, "unit": form.unit, "rows": form.rows.len(),
            })).collect::<Vec<_>>(),
            "obligations": written.obligations,
            "archives": packed,
            "required": {
                "lead": {
                    "tasks": required.tasks[0],
                    "cells": required.cells[0],
                    "figures": required.figures,
                    "progress": required.progress,
                },
                "named": { "tasks": required.tasks[1], "cells": required.cells[1] },
                "group": { "tasks": required.tasks[2], "cells": required.cells[2] },
            },
            "findings": render::json_list(&written.findings, context.lang),
        }));
    } else {
        let folder = office.relative(&office.folder(Stage::Templates, period));
        output::print(&wording::cli::forms_written(
            written.files.len(),
            &folder,
            &wording::cli::period_named(period, context.lang),
            &office.settings.due(period).to_string(),
            context.lang,
        ));
        output::print(&wording::cli::burden(
            required.cells,
            required.tasks,
            [required.figures, required.progress],
            context.lang,
        ));
        for path in &packed {
            output::print(&wording::cli::packed(path, context.lang));
        }
    }
    Ok(Ended::by(&written.findings))
}

/// Writes the forms of a period (or of one unit) and records what is owed, in one transaction of the ledger.
///
/// # Errors
/// No plan, a plan that is empty in the period, an unknown unit; what the system says.
pub(super) fn write(
    office: &Office,
    period: Period,
    unit: Option<&str>,
    lang: Lang,
) -> Result<Written> {
    let (plan_bytes, checked) = office.plan_file()?;
    let year = checked.value.year;
    // What is owed is recorded for good: a mistyped year must not get that far.
    if period.last_day().year() < year {
        let (zh, en) = wording::cli::before_the_plan(&period.to_string(), year);
        return Err(Error::Usage { zh, en });
    }
    let version = short(&plan::version(&checked.value));
    let in_force = checked.value.in_force(period);
    if in_force.tasks.is_empty() {
        let (zh, en) = wording::cli::no_tasks_in_force(&period.to_string());
        return Err(Error::Usage { zh, en });
    }
    let mut month = Month::open(office, period)?;
    let last = month.store.last_facts(period, &checked.value)?;
    let simulated = month.store.simulated()?;
    let mut forms = template::forms(&Issue {
        plan: &in_force,
        plan_version: &version,
        period,
        settings: &office.settings,
        spec: &month.spec,
        last: &last,
        key: &month.key,
        simulated,
    });
    // Names are given over all units, so that one form asked for alone has the same name as among all.
    let names = template::file_names(&forms);
    let mut named: Vec<(String, Form)> = names.into_iter().zip(forms.drain(..)).collect();
    if let Some(typed) = unit {
        let unit = who::unit(&in_force.registry, typed)?;
        let wanted = in_force.registry.in_charge(&unit.id, period).clone();
        named.retain(|(_, form)| form.unit == wanted);
        if named.is_empty() {
            let (zh, en) = wording::cli::owes_nothing(typed, &period.to_string());
            return Err(Error::Usage { zh, en });
        }
    }
    let folder = office.folder(Stage::Templates, period);
    let bar = progress::bar(named.len(), wording::cli::writing_forms(lang));
    let files: Vec<(PathBuf, Vec<u8>)> = named
        .par_iter()
        .map(|(name, form)| {
            let bytes = template::write(form, &month.spec)?;
            bar.inc(1);
            Ok((folder.join(name), bytes))
        })
        .collect::<Result<_>>()?;
    bar.finish_and_clear();
    output::write_all(&files)?;
    let issues: Vec<FormIssue> = named
        .iter()
        .map(|(_, form)| FormIssue {
            unit: form.unit.clone(),
            period,
            due: form.due,
            plan_version: version.clone(),
            form_version: form.stamp.form_version.clone(),
            digest: form.stamp.digest.clone(),
            printed: printed_rows(form),
        })
        .collect();
    let issued = month.store.issue(period, (&version, plan_bytes), &issues, office.now)?;
    output::make_folder(&office.folder(Stage::Returns, period))?;
    let files =
        named.into_iter().map(|(name, form)| (office.relative(&folder.join(name)), form)).collect();
    Ok(Written { files, findings: checked.findings.clone(), obligations: issued.obligations })
}

/// The version as printed: its first 12 digits.
pub(super) fn short(version: &str) -> String {
    version.chars().take(12).collect()
}

/// Packs the forms: all in one archive for the office, or one archive per unit.
fn pack(office: &Office, period: Period, written: &Written, how: ZipHow) -> Result<Vec<String>> {
    let folder = office.folder(Stage::Templates, period);
    let mut archives: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut members = Vec::new();
    for (path, _) in &written.files {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let bytes = output::read(&folder.join(&name))?;
        match how {
            ZipHow::Office => members.push((name, bytes)),
            ZipHow::Unit => {
                let stem = name.strip_suffix(".xlsx").unwrap_or(&name);
                let to = folder.join(format!("{stem}.zip"));
                archives.push((to, zips::pack(&[(name.clone(), bytes)], period)?));
            }
        }
    }
    if how == ZipHow::Office {
        let to = folder.join(wording::cli::archive_name(&period.to_string()));
        archives.push((to, zips::pack(&members, period)?));
    }
    output::write_all(&archives)?;
    Ok(archives.iter().map(|(path, _)| office.relative(path)).collect())
}
