//! The structure of a document (板块、小节、任务): the task level is found per document, never assumed.

use std::collections::BTreeSet;

use super::{
    clause::{Clause, clauses},
    entries::{Entry, Para},
    keys::Key,
    marks::Family,
    notes::Notes,
    text::{Spot, Text},
    verb,
};
use crate::diag::Code;

/// A task before its roles and figures are read.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Number as printed; none where there was none.
    pub(super) number: Option<u32>,
    /// Text with its clauses, paragraphs separated by line ends.
    pub(super) content: Text,
    /// Index of its section, if any.
    pub(super) section: Option<usize>,
    /// Index of its subsection within the section.
    pub(super) subsection: Option<usize>,
}

/// A heading with tasks under it.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Number as printed; none for unnumbered headings.
    pub(super) number: Option<u32>,
    /// Heading without number and clause.
    pub(super) title: String,
    /// The whole heading, for the leaders named in it.
    pub(super) text: Text,
    /// Clauses in it.
    pub(super) clauses: Vec<Clause>,
    /// Where it stands.
    pub(super) spot: Spot,
    /// Headings of the next level.
    pub(super) below: Vec<Heading>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Structure {
    /// Sections with at least one task, or with a subsection that has one.
    pub(super) sections: Vec<Heading>,
    /// Tasks in order of the document.
    pub(super) items: Vec<Item>,
}

/// Characters of a paragraph quoted in a finding.
const QUOTED: usize = 24;

/// Unnumbered paragraphs with a clause that make a list of tasks where nothing is numbered.
const UNNUMBERED_TASKS: usize = 2;

/// A numbered paragraph that gets no clause weighs half a task that does when the level is chosen.
const WITHOUT_CLAUSE: i64 = 1;

/// A paragraph and what was found in it.
struct Piece<'a> {
    para: &'a Para,
    clauses: Vec<Clause>,
}

impl Piece<'_> {
    fn is_assigned(&self) -> bool {
        self.clauses.iter().any(|c| !c.fields.is_empty())
    }
}

/// Finds sections and tasks.
pub(super) fn structure(entries: &[Entry], notes: &mut Notes) -> Structure {
    let pieces: Vec<Option<Piece<'_>>> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Para(para) => {
                let clauses = if para.trailer { Vec::new() } else { clauses(&para.text) };
                Some(Piece { para, clauses })
            }
            Entry::Rule | Entry::Table(_) => None,
        })
        .collect();
    let Some(level) = task_level(&pieces) else { return unnumbered(&pieces, notes) };
    Builder::new(&pieces, level).build(notes)
}

/// Where the span of the numbered paragraph at `at` ends: at the next number of its level or above.
fn span_end(pieces: &[Option<Piece<'_>>], at: usize, level: Family) -> usize {
    let ends = |piece: &Option<Piece<'_>>| match piece {
        Some(p) => {
            p.para.trailer
                || p.para.family().is_some_and(|f| f <= level)
                || (p.para.heading && p.para.mark.is_none())
        }
        None => true,
    };
    pieces[at + 1..].iter().position(ends).map_or(pieces.len(), |n| at + 1 + n)
}

/// The family whose numbers carry the clauses.
fn task_level(pieces: &[Option<Piece<'_>>]) -> Option<Family> {
    let families: BTreeSet<Family> =
        pieces.iter().flatten().filter_map(|p| p.para.family()).collect();
    let mut best: Option<(i64, Family)> = None;
    for family in families {
        let mut with = 0i64;
        // Those before the first and behind the last with a clause are a preface and requirements, not tasks.
        let (mut without, mut since) = (0i64, 0i64);
        let mut at = 0;
        while at < pieces.len() {
            let here = pieces[at].as_ref().is_some_and(|p| p.para.family() == Some(family));
            if !here {
                at += 1;
                continue;
            }
            let end = span_end(pieces, at, family);
            if pieces[at..end].iter().flatten().any(Piece::is_assigned) {
                without += if with > 0 { since } else { 0 };
                since = 0;
                with += 1;
            } else {
                since += 1;
            }
            at = end.max(at + 1);
        }
        let score = with * 2 - without * WITHOUT_CLAUSE;
        if with > 0 && best.is_none_or(|(most, _)| score >= most) {
            best = Some((score, family));
        }
    }
    best.map(|(_, family)| family)
}

/// Tasks of a document in which nothing that is numbered has a clause.
fn unnumbered(pieces: &[Option<Piece<'_>>], notes: &mut Notes) -> Structure {
    let assigned =
        pieces.iter().flatten().filter(|p| p.clauses.iter().any(Clause::has_units)).count();
    let mut structure = Structure::default();
    if assigned < UNNUMBERED_TASKS {
        return structure;
    }
    let mut pending: Option<Text> = None;
    for piece in pieces {
        let Some(piece) = piece.as_ref().filter(|p| !p.para.trailer && !p.para.heading) else {
            pending = None;
            continue;
        };
        let text = &piece.para.text;
        if !piece.is_assigned() {
            pending = Some(text.clone());
            continue;
        }
        // A clause in a paragraph of its own belongs to the one before; key lines to the same task.
        let alone = piece.clauses.first().is_some_and(|c| c.range.start == 0);
        if let (true, Some(before)) = (alone, pending.take()) {
            let mut content = before;
            content.append(text, Some('\n'));
            structure.items.push(Item { number: None, content, section: None, subsection: None });
        } else if let (true, Some(last)) = (alone, structure.items.last_mut()) {
            last.content.append(text, Some('\n'));
        } else {
            let content = text.clone();
            structure.items.push(Item { number: None, content, section: None, subsection: None });
        }
        pending = None;
    }
    if let Some(first) = structure.items.first() {
        notes.say_with(
            Code::NumberRestart,
            first.content.spot(0),
            first.content.quote(0..first.content.len().min(QUOTED)),
            "count",
            structure.items.len().to_string(),
        );
    }
    structure
}

/// Goes through the document once the level is known.
struct Builder<'a> {
    pieces: &'a [Option<Piece<'a>>],
    level: Family,
    /// Families of headings, outermost first; those beyond the second are passed over.
    above: Vec<Family>,
    /// Whether unnumbered headings make the sections.
    plain_headings: bool,
    structure: Structure,
}

impl<'a> Builder<'a> {
    fn new(pieces: &'a [Option<Piece<'a>>], level: Family) -> Self {
        // Only families with a task under them make sections.
        let mut above = BTreeSet::new();
        let mut open: BTreeSet<Family> = BTreeSet::new();
        for piece in pieces.iter().flatten() {
            match piece.para.family() {
                Some(f) if f == level => above.extend(open.iter().copied()),
                Some(f) if f < level => {
                    open.retain(|o| *o < f);
                    open.insert(f);
                }
                _ => {}
            }
        }
        let above: Vec<Family> = above.into_iter().collect();
        let plain_headings = above.is_empty();
        Self { pieces, level, above, plain_headings, structure: Structure::default() }
    }

    fn build(mut self, notes: &mut Notes) -> Structure {
        let assigned = |from: usize, to: usize| {
            (from..to).rev().find(|n| self.pieces[*n].as_ref().is_some_and(Piece::is_assigned))
        };
        let spans: Vec<(usize, usize, Option<usize>)> = (0..self.pieces.len())
            .filter_map(|at| {
                let family = self.pieces[at].as_ref()?.para.family()?;
                (family <= self.level).then(|| {
                    let end = span_end(self.pieces, at, self.level);
                    (at, end, assigned(at, end))
                })
            })
            .collect();
        let (first, last) = self.reach(&spans);
        let mut span = spans.iter().enumerate().peekable();
        for at in 0..self.pieces.len() {
            let Some(piece) = &self.pieces[at] else { continue };
            let Some(family) = piece.para.family().filter(|f| *f <= self.level) else {
                if self.plain_headings && piece.para.heading {
                    self.heading(piece, 0, None);
                }
                continue;
            };
            let Some((n, (_, end, clause))) = span.next() else { continue };
            if family == self.level {
                match clause {
                    Some(until) => self.item(at, *until, *end, notes),
                    None if (first..=last).contains(&n) => {
                        notes.say(
                            Code::NotATask,
                            piece.para.text.spot(0),
                            quoted(&piece.para.text),
                        );
                    }
                    None => {}
                }
                continue;
            }
            let depth = self.above.iter().position(|f| *f == family).unwrap_or(usize::MAX);
            // A heading without tasks under it that carries units itself is a task of its own.
            let own = clause.filter(|until| {
                self.pieces[at..=*until]
                    .iter()
                    .flatten()
                    .any(|p| p.clauses.iter().any(Clause::has_units))
            });
            let childless = !self.has_items(at, family);
            self.heading(piece, depth, piece.para.mark.map(|m| m.number));
            if let (true, Some(until)) = (childless, own) {
                self.item(at, until, *end, notes);
                if let Some(item) = self.structure.items.last_mut() {
                    item.number = None;
                }
            }
        }
        self.structure
    }

    /// The first and last span in which a numbered paragraph without a clause is said to be no task: those with
    /// clauses, and their neighbours in the same sequence of numbers. A list of requirements that starts again
    /// at 1 is none of them.
    fn reach(&self, spans: &[(usize, usize, Option<usize>)]) -> (usize, usize) {
        let number = |n: usize| {
            let mark = self.pieces[spans[n].0].as_ref()?.para.mark?;
            (mark.family == self.level).then_some(mark.number)
        };
        let mut first = spans.iter().position(|s| s.2.is_some()).unwrap_or(0);
        let mut last = spans.iter().rposition(|s| s.2.is_some()).unwrap_or(0);
        while first > 0 && number(first - 1).zip(number(first)).is_some_and(|(a, b)| a + 1 == b) {
            first -= 1;
        }
        while last + 1 < spans.len()
            && number(last).zip(number(last + 1)).is_some_and(|(a, b)| a + 1 == b)
        {
            last += 1;
        }
        (first, last)
    }

    /// Whether a task stands under the heading at `at`.
    fn has_items(&self, at: usize, family: Family) -> bool {
        self.pieces[at + 1..]
            .iter()
            .flatten()
            .take_while(|p| p.para.family().is_none_or(|f| f > family))
            .any(|p| p.para.family() == Some(self.level))
    }

    fn heading(&mut self, piece: &Piece<'_>, depth: usize, number: Option<u32>) {
        let body = piece.para.body();
        let offset = piece.para.text.len() - body.len();
        let title = without_clauses(&piece.para.text, &piece.clauses, offset);
        let mut clauses = piece.clauses.clone();
        // 一、张三同志牵头: the whole heading says whose tasks stand under it, and stays as it is.
        if clauses.is_empty()
            && let Some(fields) = verb::phrase(&piece.para.text, offset..piece.para.text.len())
                .filter(|fields| fields.iter().any(|f| f.key == Key::Leader))
        {
            let end = piece.para.text.len();
            clauses.push(Clause {
                range: end..end,
                fields,
                repairs: vec![],
                verbal: true,
                bracketed: false,
            });
        }
        let title = title.trim_end_matches(['。', '：', ':']).to_owned();
        let heading = Heading {
            number,
            title,
            text: piece.para.text.clone(),
            clauses,
            spot: piece.para.text.spot(0),
            below: Vec::new(),
        };
        match (depth, self.structure.sections.last_mut()) {
            (0, _) => self.structure.sections.push(heading),
            (1, Some(section)) => section.below.push(heading),
            _ => {}
        }
    }

    /// The task whose number stands at `at`, with its last clause in `until`.
    fn item(&mut self, at: usize, until: usize, end: usize, notes: &mut Notes) {
        let mut content = Text::default();
        for piece in self.pieces[at..=until].iter().flatten() {
            let text = if content.len() == 0 { piece.para.body() } else { piece.para.text.clone() };
            if content.len() == 0 {
                content = text;
            } else {
                content.append(&text, Some('\n'));
            }
        }
        for piece in self.pieces[until + 1..end].iter().flatten() {
            let text = &piece.para.text;
            notes.say(Code::TextLeftOut, text.spot(0), quoted(text));
        }
        let number = self.pieces[at].as_ref().and_then(|p| p.para.mark).map(|m| m.number);
        let section = self.structure.sections.len().checked_sub(1);
        let subsection = self.structure.sections.last().and_then(|s| s.below.len().checked_sub(1));
        self.structure.items.push(Item { number, content, section, subsection });
    }
}

fn quoted(text: &Text) -> String {
    text.quote(0..text.len().min(QUOTED))
}

/// The text without its clauses, from `from` on.
pub(super) fn without_clauses(text: &Text, clauses: &[Clause], from: usize) -> String {
    let mut kept = Vec::new();
    let mut at = from;
    for clause in clauses {
        if clause.range.start > at {
            kept.extend_from_slice(&text.chars[at..clause.range.start]);
        }
        at = at.max(clause.range.end);
    }
    kept.extend_from_slice(&text.chars[at.min(text.len())..]);
    super::text::tidy(&kept)
}

/// Section and subsection of a task.
type Under = (Option<usize>, Option<usize>);

/// Leaves out headings without tasks, and gives the tasks' places among those that stay.
pub(super) fn prune(sections: &mut Vec<Heading>, places: Vec<Under>) -> Vec<Under> {
    let used: BTreeSet<(usize, Option<usize>)> =
        places.iter().filter_map(|(s, b)| Some(((*s)?, *b))).collect();
    let sections_used: BTreeSet<usize> = used.iter().map(|(s, _)| *s).collect();
    let mut new_section = vec![None; sections.len()];
    let mut new_below: Vec<Vec<Option<usize>>> = Vec::new();
    let mut kept = Vec::new();
    for (s, mut heading) in std::mem::take(sections).into_iter().enumerate() {
        let mut map = vec![None; heading.below.len()];
        let mut below = Vec::new();
        for (b, sub) in std::mem::take(&mut heading.below).into_iter().enumerate() {
            if used.contains(&(s, Some(b))) {
                map[b] = Some(below.len());
                below.push(sub);
            }
        }
        heading.below = below;
        new_below.push(map);
        if sections_used.contains(&s) {
            new_section[s] = Some(kept.len());
            kept.push(heading);
        }
    }
    *sections = kept;
    let moved = |(s, b): Under| {
        (s.and_then(|s| new_section[s]), s.zip(b).and_then(|(s, b)| new_below[s][b]))
    };
    places.into_iter().map(moved).collect()
}
