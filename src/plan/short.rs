//! Short titles (简称) for charts and tables; the office may reword them in plan.xlsx.

/// Characters of a task's short title.
const TASK: usize = 20;
/// Characters of a section's short title.
const SECTION: usize = 10;

/// The first phrase of a task that says something, at most [`TASK`] characters.
pub(super) fn task(text: &str) -> String {
    let mut title = String::new();
    for phrase in text.split(['，', '。', '；', '：', ',', ';']) {
        let phrase = phrase.trim();
        if phrase.is_empty() {
            continue;
        }
        if title.is_empty() {
            phrase.clone_into(&mut title);
        }
        if title.chars().count() >= 4 {
            break;
        }
        title = format!("{title}，{phrase}");
    }
    cut(&title, TASK)
}

/// What a section is about: 聚焦…在X上… gives X, else its first phrase.
pub(super) fn section(title: &str) -> String {
    let focus = title.rsplit_once('在').map(|(_, t)| t).filter(|t| t.contains('上'));
    let core = match focus {
        Some(rest) => rest.rsplit_once('上').map_or(rest, |(core, _)| core),
        None => title.split(['，', '、', ',']).next().unwrap_or(title),
    };
    let mut core = without_year(core);
    for verb in [
        "持续加强",
        "全面加强",
        "大力实施",
        "全面",
        "加快",
        "打造",
        "建设",
        "提升",
        "塑强",
        "推动",
        "推进",
        "加强",
    ] {
        if let Some(rest) = core.strip_prefix(verb).filter(|r| r.chars().count() >= 4) {
            core = rest;
        }
    }
    cut(core, SECTION)
}

/// 2024年民生实事项目 is 民生实事项目: all of a plan is of its year.
fn without_year(title: &str) -> &str {
    let digits = title.bytes().take_while(u8::is_ascii_digit).count();
    let rest = title[digits..].trim_start();
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if digits == 4 && rest.trim().chars().count() >= 4 => rest.trim(),
        _ => title,
    }
}

/// At most `most` characters; an opened quotation mark or bracket is not left open.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most - 1).collect();
    for (open, close) in [('“', '”'), ('（', '）'), ('《', '》'), ('(', ')')] {
        if kept.matches(open).count() > kept.matches(close).count()
            && let Some(at) = kept.rfind(open)
            && at > kept.len() / 2
        {
            kept.truncate(at);
        }
    }
    while kept.ends_with(['、', '，', '“', '（', '和', '与', '及', '的']) {
        kept.pop();
    }
    format!("{kept}…")
}
