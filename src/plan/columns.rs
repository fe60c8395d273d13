//! Headings of a table of tasks (表头): which column holds what, under whatever name.

use super::{
    blocks::Slot,
    keys::{Key, key},
    text::Text,
};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// 序号.
    Number,
    /// 板块、类别.
    Section,
    /// 子板块、小类.
    Subsection,
    /// 任务内容.
    Task,
    /// More of the task's text: 年度目标, 工作措施.
    Detail,
    /// A field of the clause.
    Field(Key),
    /// Known and not used: 备注.
    Ignored,
}

/// Rows in which the headings are looked for: above them stand titles and notes.
const HEAD_ROWS: usize = 12;

/// Characters of the longest heading.
const HEADING_CHARS: usize = 30;

/// The columns of a table, and where its body begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// What each column holds; none for headings nobody knows.
    pub(super) of: Vec<Option<Column>>,
    /// First row below the headings.
    pub(super) body: usize,
    /// Texts of the headings, to know them again after a page break.
    pub(super) headings: Vec<String>,
    /// A heading says that the first unit leads.
    pub(super) first_leads: bool,
}

impl Columns {
    /// Columns that hold `wanted`.
    pub(super) fn all(&self, wanted: impl Fn(Column) -> bool) -> impl Iterator<Item = usize> {
        self.of.iter().enumerate().filter(move |(_, c)| c.is_some_and(&wanted)).map(|(n, _)| n)
    }

    /// The first column that holds `wanted`.
    pub(super) fn first(&self, wanted: Column) -> Option<usize> {
        self.of.iter().position(|c| *c == Some(wanted))
    }

    /// Whether a row repeats the headings.
    pub(super) fn repeats(&self, row: &[Slot]) -> bool {
        let same = row
            .iter()
            .zip(&self.headings)
            .filter(|(slot, heading)| !heading.is_empty() && slot.text.plain() == **heading)
            .count();
        same >= 2 && same * 2 >= self.headings.iter().filter(|h| !h.is_empty()).count()
    }
}

/// What a heading means.
pub(super) fn meaning(heading: &str) -> Option<Column> {
    let plain = Text::new(heading, 0).plain();
    let bare = plain.split(['(', '[']).next().unwrap_or_default();
    let w = bare.trim_matches(|c: char| ":：*、.".contains(c));
    if w.is_empty() || plain.chars().count() > HEADING_CHARS {
        return None;
    }
    let any = |words: &[&str]| words.contains(&w);
    if any(&[
        "序号",
        "编号",
        "任务编号",
        "事项编号",
        "任务序号",
        "序",
        "号",
        "项目编号",
        "NO",
        "No",
        "no",
    ]) {
        return Some(Column::Number);
    }
    if any(&["子板块", "小类", "二级板块", "二级分类", "子类", "二级类别"]) {
        return Some(Column::Subsection);
    }
    if any(&[
        "板块",
        "类别",
        "分类",
        "领域",
        "大项",
        "工作板块",
        "任务类别",
        "任务分类",
        "工作类别",
        "重点领域",
        "项目类别",
        "专项",
        "方面",
        "工作领域",
        "任务板块",
        "大类",
        "一级板块",
        "所属板块",
    ]) {
        return Some(Column::Section);
    }
    if any(&[
        "任务",
        "工作任务",
        "重点任务",
        "任务内容",
        "工作内容",
        "任务事项",
        "主要任务",
        "任务名称",
        "事项",
        "目标任务",
        "具体任务",
        "重点工作",
        "项目名称",
        "工作事项",
        "责任事项",
        "工作项目",
        "重点事项",
        "事项内容",
        "改革任务",
        "建设任务",
        "内容",
        "工作要点",
        "主要内容",
        "重点工作任务",
        "重点任务内容",
        "任务清单",
        "事项名称",
        "工作名称",
        "年度任务",
        "年度重点任务",
        "工作任务内容",
        "任务措施",
        "重点项目",
        "重点工作内容",
        "主要工作",
        "主要工作任务",
        "具体内容",
        "实事项目",
        "项目内容",
    ]) {
        return Some(Column::Task);
    }
    if any(&[
        "备注",
        "说明",
        "进展情况",
        "完成情况",
        "进度",
        "状态",
        "单位",
        "联系人",
        "联系电话",
        "电话",
    ]) && w != "单位"
    {
        return Some(Column::Ignored);
    }
    match key(w) {
        Some(Key::Wording) => Some(Column::Detail),
        Some(Key::Other) => Some(Column::Ignored),
        Some(found) => Some(Column::Field(found)),
        None if w.ends_with("目标")
            || w.ends_with("措施")
            || w.ends_with("举措")
            || w.ends_with("标准") =>
        {
            Some(Column::Detail)
        }
        None => None,
    }
}

/// Whether a row holds one cell, merged or not, and nothing else.
fn stands_alone(row: &[Slot]) -> bool {
    let mut filled = row.iter().filter(|s| !s.text.is_blank());
    let Some(first) = filled.next() else { return true };
    filled.all(|s| s.id == first.id && s.id != 0)
}

/// Finds the headings: the first row that names tasks and who does them; a second row may say more.
pub(super) fn columns(rows: &[Vec<Slot>]) -> Option<Columns> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let row_meanings = |row: &[Slot]| -> Vec<Option<Column>> {
        (0..width).map(|c| row.get(c).and_then(|s| meaning(&s.text.tidy()))).collect()
    };
    for at in 0..rows.len().min(HEAD_ROWS) {
        // The title of a table stands alone in its row, whatever words it holds.
        if stands_alone(&rows[at]) {
            continue;
        }
        let mut of = row_meanings(&rows[at]);
        let mut body = at + 1;
        while let Some(next) = rows.get(body) {
            let deeper = row_meanings(next);
            // A second row of headings: every cell is one, or goes on from above.
            let headings = next.iter().enumerate().filter(|(_, s)| !s.text.is_blank());
            let all = headings.clone().all(|(c, s)| {
                deeper[c].is_some()
                    || rows[at].get(c).is_some_and(|above| above.id == s.id && s.id != 0)
            });
            let fresh = headings.clone().any(|(c, s)| {
                deeper[c].is_some() && rows[at].get(c).is_none_or(|above| above.id != s.id)
            });
            let repeat = next.iter().zip(&rows[at]).all(|(a, b)| a.text.plain() == b.text.plain());
            if !(all && fresh) || repeat || body > at + 2 || stands_alone(next) {
                break;
            }
            for (column, found) in deeper.into_iter().enumerate() {
                of[column] = found.or(of[column]);
            }
            body += 1;
        }
        let has = |wanted: &dyn Fn(Column) -> bool| of.iter().flatten().any(|c| wanted(*c));
        let tasks = has(&|c| c == Column::Task);
        let details = has(&|c| c == Column::Detail);
        let who = has(
            &|c| matches!(c, Column::Field(k) if k.is_unit() || matches!(k, Key::Leader | Key::Person)),
        );
        if (tasks || details) && who {
            if !tasks && let Some(first) = of.iter_mut().find(|c| **c == Some(Column::Detail)) {
                *first = Some(Column::Task);
            }
            let headings: Vec<String> = (0..width)
                .map(|c| rows[at].get(c).map(|s| s.text.plain()).unwrap_or_default())
                .collect();
            let first_leads = rows[at..body]
                .iter()
                .flatten()
                .any(|s| super::names::says_first_leads(&s.text.plain()));
            return Some(Columns { of, body, headings, first_leads });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_mean_the_same_under_many_names() {
        for (column, words) in [
            (Column::Number, "序号|编 号|任务编号"),
            (Column::Section, "板块|任务类别"),
            (Column::Task, "任务|重点任务|工作内容|事项名称|重点工作（任务）"),
            (Column::Detail, "年度目标|工作措施|具体举措"),
            (Column::Field(Key::Leader), "分管领导|牵头区领导|责任领导"),
            (Column::Field(Key::Lead), "牵头责任单位|主办单位|牵头部门"),
            (Column::Field(Key::Plain), "责任单位|责任部门"),
            (Column::Field(Key::Support), "配合单位|协办单位"),
            (Column::Field(Key::Deadline), "完成时限|完成时间"),
            (Column::Ignored, "备注|联系人"),
        ] {
            for word in words.split('|') {
                assert_eq!(meaning(word), Some(column), "{word}");
            }
        }
    }
}
