//! Counting by brute force, written from the definitions (DESIGN §5) alone: loops over plain vectors.

use num_traits::{Signed, ToPrimitive, Zero};

use super::scene::{Fact, Figure, Item, Part, Q, Rules, Scene, Task, Value, q};

/// An item, found.
#[derive(Clone, Debug)]
pub(super) struct ItemFound {
    pub item: String,
    pub value: Option<Q>,
    pub progress: Option<Q>,
    pub gap: Option<Q>,
    pub due: bool,
    /// 0 on the schedule, 1 growth and levels in %, 2 other levels and ceilings.
    pub scale: usize,
    pub met: bool,
    pub t: Q,
    pub has_target: bool,
    pub not_out: bool,
    pub stale: bool,
}

/// A part or a task, found.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "findings of the definitions")]
pub(super) struct Found {
    pub key: String,
    pub reported: bool,
    pub complete: bool,
    pub progress: Option<Q>,
    pub gap: Option<Q>,
    pub class: &'static str,
    pub light: &'static str,
    pub incomplete: bool,
    pub stale: bool,
    pub status: Option<String>,
    pub items: Vec<ItemFound>,
    pub missing: u64,
}

/// A task with its parts.
#[derive(Clone, Debug)]
pub(super) struct TaskFound {
    pub no: u32,
    pub section: u32,
    pub whole: Found,
    pub parts: Vec<Found>,
    pub confirmed: bool,
}

pub(super) fn float(value: &Q) -> f64 {
    value.to_f64().expect("a float")
}

/// All tasks in force.
pub(super) fn tasks(scene: &Scene) -> Vec<TaskFound> {
    scene.tasks.iter().map(|task| one_task(scene, task)).collect()
}

fn one_task(scene: &Scene, task: &Task) -> TaskFound {
    let parts: Vec<Found> = task.parts.iter().map(|p| one_part(scene, task, p)).collect();
    let mut speaking: Vec<&Found> = Vec::new();
    if scene.rules.first {
        for part in &parts {
            if part.reported && speaking.is_empty() {
                speaking.push(part);
            }
        }
        if speaking.is_empty() {
            speaking.extend(parts.first());
        }
    } else {
        speaking.extend(&parts);
    }
    let mut sum = q(0);
    let mut n = 0;
    for part in &speaking {
        if let Some(p) = &part.progress {
            sum += p;
            n += 1;
        }
    }
    let mut complete = !speaking.is_empty();
    let mut not_started = true;
    let mut items = Vec::new();
    for part in &speaking {
        complete = complete && part.complete;
        if part.reported && part.status.as_deref() != Some("未启动") {
            not_started = false;
        }
        items.extend(part.items.clone());
    }
    let mut whole = Found {
        key: task.no.to_string(),
        reported: parts.iter().any(|p| p.reported),
        complete,
        progress: if n > 0 { Some(sum / q(n)) } else { None },
        gap: None,
        class: "",
        light: "",
        incomplete: parts.is_empty() || parts.iter().any(|p| p.incomplete),
        stale: parts.iter().any(|p| p.stale),
        status: not_started.then(|| "未启动".to_owned()),
        items,
        missing: parts.iter().map(|p| p.missing).sum(),
    };
    settle(&mut whole, task.overdue, &scene.rules);
    let confirmed = newest_word(scene, task.no).is_some_and(|(_, _, rejected)| !rejected);
    TaskFound { no: task.no, section: task.section, whole, parts, confirmed }
}

/// (period, time, rejected) of the newest word on a task.
fn newest_word(scene: &Scene, task: u32) -> Option<(i64, i64, bool)> {
    let mut newest: Option<(i64, i64, bool)> = None;
    for word in scene.words.iter().filter(|w| w.task == task) {
        if newest.is_none_or(|(when, at, _)| (when, at) <= (word.when, word.at)) {
            newest = Some((word.when, word.at, word.rejected));
        }
    }
    newest
}

fn one_part(scene: &Scene, task: &Task, part: &Part) -> Found {
    let known = |item: Option<&str>, field: &str, figures_only: bool| {
        newest(scene, task.no, part, item, field, figures_only)
    };
    let status_fact = known(None, "status", false);
    let status = status_fact.and_then(|f| match &f.value {
        Value::Word(word) => Some(word.clone()),
        _ => None,
    });
    let mut items = Vec::new();
    let mut used: Vec<&Fact> = status_fact.into_iter().collect();
    for item in &part.items {
        let field = if item.figure.is_some() { "cumulative" } else { "progress" };
        let last = known(Some(&item.item), field, false);
        let figure = known(Some(&item.item), field, true);
        used.extend(last);
        used.extend(figure);
        let value = figure.and_then(|f| match &f.value {
            Value::Number(n) => Some(n.clone()),
            _ => None,
        });
        let not_out = last.is_some_and(|f| f.value == Value::NotOut);
        let mut found = one_item(item, value, status.as_deref(), not_out, &scene.rules);
        found.stale = figure.or(last).is_some_and(|f| !f.current);
        items.push(found);
    }
    let reported = scene.facts.iter().any(|f| {
        let counts = ["cumulative", "progress", "status"].contains(&f.field.as_str()) || f.current;
        let own = f.unit == part.unit;
        let taken =
            part.follows.iter().any(|(u, last, whole)| *whole && *u == f.unit && f.when <= *last);
        f.task == task.no && counts && (own || taken)
    });
    let on_schedule: Vec<&ItemFound> = items.iter().filter(|i| i.due && i.scale == 0).collect();
    let progress = if on_schedule.is_empty() {
        None
    } else {
        let mut sum = q(0);
        for item in &on_schedule {
            if let Some(p) = &item.progress {
                sum += if *p < q(0) {
                    q(0)
                } else if *p > q(100) {
                    q(100)
                } else {
                    p.clone()
                };
            }
        }
        Some(sum / q(i64::try_from(on_schedule.len()).expect("few")))
    };
    let figures_met =
        items.iter().filter(|i| i.due && i.has_target).all(|i| i.value.is_some() && i.met);
    let rejected = match newest_word(scene, task.no) {
        Some((when, at, true)) => !status_fact.is_some_and(|f| f.when > when || f.received > at),
        _ => false,
    };
    let mut missing =
        items.iter().filter(|i| i.not_out || (i.due && i.progress.is_none())).count() as u64;
    if !reported && missing == 0 {
        missing = 1;
    }
    let mut found = Found {
        key: part.unit.clone(),
        reported,
        complete: status.as_deref() == Some("已完成") && figures_met && !rejected,
        progress,
        gap: None,
        class: "",
        light: "",
        incomplete: missing > 0,
        stale: used.iter().any(|f| !f.current),
        status: if reported { status } else { None },
        items,
        missing,
    };
    settle(&mut found, task.overdue, &scene.rules);
    found
}

/// The newest fact of a part's unit, or of one it follows where that one's is of a later period.
fn newest<'a>(
    scene: &'a Scene,
    task: u32,
    part: &Part,
    item: Option<&str>,
    field: &str,
    figures_only: bool,
) -> Option<&'a Fact> {
    let mut sources: Vec<(&str, i64)> = vec![(&part.unit, i64::MAX)];
    for (unit, last, whole) in &part.follows {
        if *whole || field == "cumulative" {
            sources.push((unit, *last));
        }
    }
    let mut best: Option<&Fact> = None;
    for (unit, last) in sources {
        let mut own: Option<&Fact> = None;
        for fact in &scene.facts {
            let fits = fact.unit == unit
                && fact.task == task
                && fact.field == field
                && item.is_none_or(|i| fact.item == i)
                && fact.when <= last
                && !(figures_only && fact.value == Value::NotOut);
            if fits && own.is_none_or(|o| (o.when, o.received) <= (fact.when, fact.received)) {
                own = Some(fact);
            }
        }
        if let Some(own) = own
            && best.is_none_or(|b| b.when < own.when)
        {
            best = Some(own);
        }
    }
    best
}

fn one_item(
    item: &Item,
    value: Option<Q>,
    status: Option<&str>,
    not_out: bool,
    rules: &Rules,
) -> ItemFound {
    let mut found = ItemFound {
        item: item.item.clone(),
        value: value.clone(),
        progress: None,
        gap: None,
        due: true,
        scale: 0,
        met: false,
        t: item.t.clone(),
        has_target: item.figure.is_some(),
        not_out,
        stale: false,
    };
    if let Some(figure) = &item.figure {
        found.due = figure.due;
        found.scale = scale(figure);
        if let Some(a) = &value {
            found.met = met(figure, a, rules);
            found.progress = Some(progress(figure, a, found.met));
            found.gap = Some(gap(figure, a, found.met, &item.t));
        }
    } else {
        found.progress = value.or_else(|| match status? {
            "已完成" => Some(q(100)),
            "未启动" => Some(q(0)),
            "推进中" => Some(item.t.clone()),
            _ => Some(if item.t > q(10) { &item.t - q(10) } else { q(0) }),
        });
        found.gap = found.progress.as_ref().map(|p| p - &item.t);
    }
    if not_out && found.progress.is_none() {
        found.due = false;
    }
    if !found.due {
        found.gap = None;
    }
    found
}

fn is_ceiling(figure: &Figure) -> bool {
    figure.kind == "ceiling" || figure.sign == "<="
}

fn scale(figure: &Figure) -> usize {
    if is_ceiling(figure) {
        2
    } else if figure.kind == "cumulative" || (figure.kind == "level" && figure.base.is_some()) {
        0
    } else if figure.kind == "growth" || figure.percent {
        1
    } else {
        2
    }
}

fn met(figure: &Figure, a: &Q, rules: &Rules) -> bool {
    let target = &figure.target;
    if figure.sign == "~" {
        let off = (a - target).abs();
        off <= &rules.tolerance * target.abs()
    } else if is_ceiling(figure) {
        a <= target
    } else {
        a >= target
    }
}

fn progress(figure: &Figure, a: &Q, met: bool) -> Q {
    let target = &figure.target;
    let if_met = if met { q(100) } else { q(0) };
    if is_ceiling(figure) {
        if a <= target {
            q(100)
        } else if a.is_zero() {
            q(0)
        } else {
            q(100) * target / a
        }
    } else if let (Some(base), "level") = (&figure.base, figure.kind.as_str()) {
        if target == base { if_met } else { q(100) * (a - base) / (target - base) }
    } else if target.is_zero() {
        if_met
    } else {
        q(100) * a / target
    }
}

fn gap(figure: &Figure, a: &Q, met: bool, t: &Q) -> Q {
    let target = &figure.target;
    let p = progress(figure, a, met);
    let of_target = |points: Q| {
        if target.is_zero() { &p - q(100) } else { q(100) * points / target.abs() }
    };
    let gap = if is_ceiling(figure) {
        if figure.percent { target - a } else { of_target(target - a) }
    } else {
        match (figure.kind.as_str(), figure.base.is_some(), figure.percent) {
            ("cumulative", _, _) | ("level", true, _) => &p - t,
            ("growth", _, _) | ("level", false, true) => a - target,
            _ => of_target(a - target),
        }
    };
    if figure.sign == "~" && met && gap < q(0) { q(0) } else { gap }
}

/// Gap, class and light from what was found.
fn settle(found: &mut Found, overdue: bool, rules: &Rules) {
    let gaps: Vec<(Q, usize)> =
        found.items.iter().filter_map(|i| i.gap.clone().map(|g| (g, i.scale))).collect();
    found.gap = gaps.iter().map(|(g, _)| g.clone()).min();
    let nothing = match &found.progress {
        None => true,
        Some(p) => *p <= q(0),
    };
    found.class = if found.complete {
        "done"
    } else if !found.reported {
        "unreported"
    } else if overdue {
        "overdue"
    } else if found.status.as_deref() == Some("未启动") && nothing {
        "not_started"
    } else if gaps.iter().any(|(g, _)| *g < q(0)) {
        "behind"
    } else if !found.incomplete
        && !gaps.is_empty()
        && gaps.iter().all(|(g, s)| *g >= rules.ahead[*s])
    {
        "ahead"
    } else {
        "on_track"
    };
    let mut worst = "none";
    for item in found.items.iter().filter(|i| i.gap.is_some()) {
        let (green, yellow) = &rules.bands[item.scale];
        let mut g = item.gap.clone().expect("a gap");
        if rules.ratio {
            let p = item.progress.clone().expect("a progress");
            g = if item.scale > 0 {
                p
            } else if item.t.is_zero() {
                q(100)
            } else {
                q(100) * p / &item.t
            };
            if item.met && g < q(100) {
                g = q(100);
            }
        }
        let light = if g >= *green {
            "green"
        } else if g >= *yellow {
            "yellow"
        } else {
            "red"
        };
        worst = match (worst, light) {
            (_, "red") | ("red", _) => "red",
            (_, "yellow") | ("yellow", _) => "yellow",
            _ => "green",
        };
    }
    found.light = match found.class {
        "done" => "done",
        "unreported" => "none",
        "overdue" => "red",
        _ => worst,
    };
}
