//! From the bytes of a plan document to a [`Plan`].

use super::{
    assemble::{Draft, assemble},
    blocks::{Block, Grid, from_text},
    clause::clauses,
    decode::{Document, Refusal, recognise},
    docx,
    entries::{Entry, entries},
    masthead,
    names::says_first_leads,
    notes::{Notes, Source},
    structure::structure,
    table::read_tables,
    workbook_source,
};
use crate::{
    diag::{Checked, Code, Diagnostic, Error, Place, Result},
    model::Plan,
    sheet::{self, Book},
};

/// Reads a responsibility plan (责任分工方案) from the bytes of a document; `file` is its name in findings.
///
/// Takes Markdown and text (UTF-8, UTF-16, GB18030), Word documents (docx) and workbooks that can be streamed
/// (xlsx). Gives the plan with its registry, alias candidates not adopted, and every repair as a finding; the
/// same findings stand in [`Plan::doubts`].
///
/// # Errors
/// [`Error::Document`] if nothing can be read as a plan; its findings say why and what to do instead.
pub fn import(bytes: &[u8], file: &str) -> Result<Checked<Plan>> {
    let place = || Place::File { file: file.to_owned() };
    let refuse = |finding| Error::Document { file: file.to_owned(), findings: vec![finding] };
    match recognise(bytes) {
        Ok(Document::Text { text, broken }) => {
            let mut notes = Notes::new(file, Source::Lines);
            let (blocks, cut) = from_text(&text);
            if cut {
                notes.say(Code::PlanCut, 0, file);
            }
            if broken > 0 {
                notes.say_with(Code::PlanBroken, 0, file, "count", broken.to_string());
            }
            from_blocks(blocks, file, notes)
        }
        Ok(Document::Docx) => {
            let docx = docx::read(bytes, file).map_err(refuse)?;
            let mut notes = Notes::new(file, Source::Lines);
            if docx.cut {
                notes.say(Code::PlanCut, 0, file);
            }
            from_blocks(docx.blocks, file, notes)
        }
        Ok(Document::Workbook) => import_book(&sheet::read(bytes, file).map_err(refuse)?, file),
        Err(Refusal::TooLong) => Err(refuse(Diagnostic::new(Code::PlanTooLong, place(), file))),
        Err(Refusal::Garbled) => Err(refuse(Diagnostic::new(Code::PlanGarbled, place(), file))),
        Err(Refusal::Kind(kind)) => {
            Err(refuse(Diagnostic::new(Code::PlanNotReadable, place(), file).with("kind", kind)))
        }
    }
}

/// Reads a plan from a workbook that is open already: xls and xlsb are opened in a worker process.
///
/// # Errors
/// [`Error::Document`] if no sheet holds a table of tasks.
pub fn import_book(book: &Book, file: &str) -> Result<Checked<Plan>> {
    let (blocks, cells) = workbook_source::blocks(book);
    from_blocks(blocks, file, Notes::new(file, Source::Cells(cells)))
}

/// The plan that the blocks of a document make.
pub(super) fn from_blocks(
    blocks: Vec<Block>,
    file: &str,
    mut notes: Notes,
) -> Result<Checked<Plan>> {
    let entries = entries(blocks, &mut notes);
    let paragraphs = || {
        entries.iter().filter_map(|e| match e {
            Entry::Para(para) => Some(para),
            Entry::Table(_) | Entry::Rule => None,
        })
    };
    let head = masthead::read(paragraphs());
    let first_leads =
        paragraphs().any(|p| p.text.plain().split(['。', ';', '!']).any(says_first_leads));
    let found = structure(&entries, &mut notes);
    let mut draft = Draft::from_structure(found, clauses);
    let grids: Vec<&Grid> = entries
        .iter()
        .filter_map(|e| match e {
            Entry::Table(grid) => Some(grid),
            Entry::Para(_) | Entry::Rule => None,
        })
        .collect();
    let first_leads = read_tables(&grids, &mut draft, &mut notes) || first_leads;
    draft.prune();
    let plan = assemble(draft, head, first_leads, file, &mut notes);
    finish(plan, file, &notes)
}

/// Registry, doubts and findings of a plan; a plan without tasks is refused.
pub(super) fn finish(mut plan: Plan, file: &str, notes: &Notes) -> Result<Checked<Plan>> {
    let mut findings = notes.findings();
    if plan.tasks.is_empty() {
        let place = Place::File { file: file.to_owned() };
        findings.push(Diagnostic::new(Code::PlanEmpty, place, file));
        return Err(Error::Document { file: file.to_owned(), findings });
    }
    // The importer's doubts first: `build` appends its own and gives each the cell of plan.xlsx to look at.
    plan.doubts = super::review::doubts(&findings);
    findings.extend(super::registry::build(&mut plan));
    Ok(Checked { value: plan, findings })
}
