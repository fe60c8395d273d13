//! `duban init`: make an office folder.

use std::path::Path;

use serde_json::json;

use super::{Context, Ended, args::InitArgs, office, output, plan, render};
use crate::{
    diag::{Diagnostic, Error, Result},
    settings, wording,
};

/// Makes the folder, its settings and key, and imports the plan if one was named. The plan is read before
/// anything is written, so that a plan that cannot be read leaves nothing behind.
pub(super) fn run(context: &Context, args: &InitArgs) -> Result<Ended> {
    let lang = context.lang;
    let imported = match &args.plan {
        Some(file) => Some(plan::import_document(file, args.registry.as_deref())?),
        None => None,
    };
    let folder = make(&args.dir, &fresh_key()?)?;
    let mut findings: &[Diagnostic] = &[];
    if let Some(checked) = &imported {
        output::write(&folder.join(office::PLAN), &crate::plan::write_workbook(&checked.value)?)?;
        findings = &checked.findings;
    }
    render::findings(findings, lang);
    if args.json {
        output::print_json(&json!({
            "dir": args.dir.to_string_lossy(),
            "tasks": imported.as_ref().map(|p| p.value.tasks.len()),
            "findings": render::json_list(findings, lang),
        }));
    } else {
        output::print(&wording::cli::office_made(
            &args.dir.to_string_lossy(),
            imported.is_some(),
            lang,
        ));
        if let Some(checked) = &imported {
            output::print(&plan::summary(&checked.value, &checked.findings, lang));
        }
    }
    Ok(Ended::by(findings))
}

/// Makes the folder with settings, key and the folders a clerk looks for.
///
/// # Errors
/// [`Error::Usage`] if there is an office in it already; what the system says.
pub(super) fn make(dir: &Path, key: &[u8; 32]) -> Result<std::path::PathBuf> {
    if dir.is_file() {
        return Err(Error::IsFile(dir.to_owned()));
    }
    for name in [office::SETTINGS, office::PLAN, office::LEDGER, office::KEY] {
        if dir.join(name).exists() {
            let (zh, en) = wording::cli::office_exists(&dir.to_string_lossy(), name);
            return Err(Error::Usage { zh, en });
        }
    }
    output::make_folder(dir)?;
    output::write(&dir.join(office::SETTINGS), settings::SHIPPED.as_bytes())?;
    output::write_secret(&dir.join(office::KEY), key)?;
    output::write(&dir.join(".gitignore"), format!("{}\n", office::KEY).as_bytes())?;
    output::make_folder(&dir.join(office::Stage::Returns.name()))?;
    Ok(dir.to_owned())
}

/// 32 random bytes from the system.
fn fresh_key() -> Result<[u8; 32]> {
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|e| Error::Io {
        path: office::KEY.into(),
        cause: std::io::Error::other(e.to_string()),
    })?;
    Ok(key)
}
