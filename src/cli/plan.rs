//! `duban plan`: import, show, check, compare.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    Context, Ended,
    args::{PlanArgs, PlanCommand, PlanDiffArgs, PlanImportArgs, PlanShowArgs},
    office::{self, Office},
    output, render,
    worker::Pool,
};
use crate::{
    diag::{Checked, Diagnostic, Error, Result},
    model::Plan,
    plan,
    settings::Settings,
    sheet::{self, FileKind},
    wording::{self, Lang},
};

/// Runs one of the plan commands.
pub(super) fn run(context: &Context, args: &PlanArgs) -> Result<Ended> {
    match &args.command {
        PlanCommand::Import(args) => import(context, args),
        PlanCommand::Show(args) => show(context, args),
        PlanCommand::Check(args) => check(context, args.json),
        PlanCommand::Diff(args) => diff(context, args),
    }
}

/// Reads a plan document (or a plan.xlsx) and applies a registry file to it.
///
/// # Errors
/// Missing file, a folder, a document that holds no plan, a broken registry.
pub(super) fn import_document(file: &Path, registry: Option<&Path>) -> Result<Checked<Plan>> {
    let name = file
        .file_name()
        .map_or_else(|| file.to_string_lossy(), |n| n.to_string_lossy())
        .into_owned();
    let mut checked = read_plan(&output::read(file)?, &name)?;
    if let Some(registry) = registry {
        let text = output::read_text(registry)?;
        // What the registry was lacking before it was applied is no news: ask again afterwards.
        checked.findings.retain(|f| !f.code.printed().starts_with("P5"));
        checked.findings.extend(plan::apply_registry(
            &mut checked.value,
            &text,
            &registry.to_string_lossy(),
        )?);
        checked.findings.extend(plan::check(&checked.value));
    }
    Ok(checked)
}

/// Imports with default output: the office folder's plan.xlsx, or plan.xlsx here where there is no office.
fn import(context: &Context, args: &PlanImportArgs) -> Result<Ended> {
    let lang = context.lang;
    let checked = import_document(&args.file, args.registry.as_deref())?;
    let to: PathBuf = args.output.clone().unwrap_or_else(|| context.directory.join(office::PLAN));
    if to.exists() && !args.force {
        keep_edits(&to, &checked.value, lang)?;
    }
    output::write(&to, &plan::write_workbook(&checked.value)?)?;
    render::findings(&checked.findings, lang);
    if args.json {
        let mut document =
            plan::show_json(&checked.value, None, &Settings::default(), &checked.findings, lang);
        document["output"] = json!(to.to_string_lossy());
        output::print_json(&document);
    } else {
        output::print(&summary(&checked.value, &checked.findings, lang));
        output::print(&wording::cli::plan_written(&to.to_string_lossy(), lang));
    }
    Ok(Ended::by(&checked.findings))
}

/// Refuses to replace a plan.xlsx that says something else than the document: those would be edits.
fn keep_edits(to: &Path, fresh: &Plan, lang: Lang) -> Result<()> {
    let there = plan::read_workbook(&output::read(to)?, &to.to_string_lossy())?;
    let lost = plan::lost_by_import(&there.value, fresh);
    if lost.is_empty() {
        return Ok(());
    }
    output::say(&plan::diff_text(&lost, lang));
    let (zh, en) = wording::cli::plan_edited(&to.to_string_lossy(), lost.len());
    Err(Error::Usage { zh, en })
}

fn show(context: &Context, args: &PlanShowArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let checked = office.plan()?;
    render::findings(&checked.findings, context.lang);
    if args.json {
        let document = plan::show_json(
            &checked.value,
            args.period,
            &office.settings,
            &checked.findings,
            context.lang,
        );
        output::print_json(&document);
    } else {
        output::print(&plan::show_text(
            &checked.value,
            args.period,
            &office.settings,
            context.lang,
        ));
    }
    Ok(Ended::by(&checked.findings))
}

fn check(context: &Context, as_json: bool) -> Result<Ended> {
    let office = Office::open(context)?;
    let checked = office.plan()?;
    render::findings(&checked.findings, context.lang);
    if as_json {
        output::print_json(
            &json!({ "findings": render::json_list(&checked.findings, context.lang) }),
        );
    } else {
        output::print(&summary(&checked.value, &checked.findings, context.lang));
    }
    Ok(Ended::by(&checked.findings))
}

fn diff(context: &Context, args: &PlanDiffArgs) -> Result<Ended> {
    let [old, new] = [&args.old, &args.new].map(|file| import_document(file, None));
    let (old, new) = (old?, new?);
    let found = plan::diff(&old.value, &new.value);
    if args.json {
        output::print_json(&plan::diff_json(&found));
    } else {
        output::print(&plan::diff_text(&found, context.lang));
    }
    let findings: Vec<Diagnostic> = old.findings.into_iter().chain(new.findings).collect();
    Ok(Ended::by(&findings))
}

/// What was read, in a few lines.
pub(super) fn summary(plan: &Plan, findings: &[Diagnostic], lang: Lang) -> String {
    let (errors, warnings, notes) = render::counts(findings);
    let counts = wording::cli::PlanCounts {
        sections: plan.sections.len(),
        subsections: plan.sections.iter().map(|s| s.subsections.len()).sum(),
        tasks: plan.tasks.len(),
        indicators: plan.tasks.iter().map(|t| t.adopted().count()).sum(),
        doubtful: plan.tasks.iter().flat_map(|t| &t.indicators).filter(|i| !i.adopted).count(),
        units: plan.registry.units.len(),
        groups: plan.registry.groups.len(),
        leaders: plan.registry.leaders.len(),
    };
    let found = wording::cli::finding_counts(errors, warnings, notes, lang);
    format!("{}\n{found}", wording::cli::plan_counts(&counts, lang))
}

/// A plan document, or a plan.xlsx that duban wrote.
fn read_plan(bytes: &[u8], name: &str) -> Result<Checked<Plan>> {
    let kind = sheet::sniff(bytes);
    if kind.needs_worker() {
        // What the library can only load whole is opened where a death costs nothing.
        let refuse = |finding| Error::Document { file: name.to_owned(), findings: vec![finding] };
        let book =
            Pool::new(std::env::current_exe().ok()).read(bytes, kind, name).map_err(refuse)?;
        return plan::import_book(&book, name);
    }
    let ours = matches!(kind, FileKind::Xlsx | FileKind::Xlsm)
        && sheet::read(bytes, name).is_ok_and(|book| {
            PLAN_SHEETS.iter().all(|wanted| book.sheets.iter().any(|s| s.name == *wanted))
        });
    if ours { plan::read_workbook(bytes, name) } else { plan::import(bytes, name) }
}

/// Sheets that together make a workbook one of ours; a table of tasks from elsewhere has not all of them.
const PLAN_SHEETS: [&str; 3] = ["任务", "指标", "单位"];
