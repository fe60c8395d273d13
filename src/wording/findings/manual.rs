//! The manual of findings (问题说明手册), made from the same texts as messages and `explain`.

use std::fmt::Write;

use super::{Lang, general_advice, text};
use crate::{diag::Code, wording::severity_word};

/// `docs/findings.md`: every code with meaning, example and advice, in both languages.
#[must_use]
pub fn manual() -> String {
    let mut out = String::from(HEAD);
    let mut topic = "";
    for code in Code::ALL {
        let printed = code.printed();
        let (this, title) = topic_of(printed);
        if this != topic {
            topic = this;
            let _ = write!(out, "\n## {title}\n");
        }
        let texts = text(*code);
        let (zh, en) = (&texts.zh, &texts.en);
        let (zh_word, en_word) =
            (severity_word(code.severity(), Lang::Zh), severity_word(code.severity(), Lang::En));
        let _ = write!(
            out,
            "\n### {printed} {zh_title}（{zh_word}） / {en_title} ({en_word})\n\n\
             {zh_meaning}例：{zh_example}\n\n建议：{zh_advice}\n\n\
             {en_meaning} Example: {en_example}\n\nWhat to do: {en_advice}\n",
            zh_title = zh.title,
            en_title = en.title,
            zh_meaning = zh.meaning,
            zh_example = with_stop(zh.example, "。"),
            zh_advice = general_advice(*code, Lang::Zh),
            en_meaning = en.meaning,
            en_example = with_stop(en.example, "."),
            en_advice = general_advice(*code, Lang::En),
        );
    }
    out
}

const HEAD: &str = "\
# 问题代码 / Findings

本文件由程序中的文字生成（`duban explain 代码` 显示的也是这些文字），请勿手工修改。
This file is made from the texts in the program (`duban explain CODE` shows the same); do not edit it by hand.

错误：这一格的内容没有进台账。警告：已采信，请人看一眼。提示：知道即可。
Error: the value stayed out of the ledger. Warning: taken, a person should look. Note: worth knowing.
";

/// First letter and hundred of a code, and what its group is about.
fn topic_of(printed: &str) -> (&str, &'static str) {
    let group = printed.get(..2).unwrap_or(printed);
    let title = match group.as_bytes() {
        [b'I', b'1'] => "I1 收到的文件 / the file",
        [b'I', b'2'] => "I2 认表、认栏、认行 / recognition",
        [b'I', b'3'] => "I3 单元格 / one cell",
        [b'I', b'4'] => "I4 格与格、行与行、前后报送之间 / between cells, rows and returns",
        [b'I', b'5'] => "I5 单位与报送期 / unit and period",
        [b'P', _] => return (printed.get(..1).unwrap_or(printed), "P 方案 / the plan"),
        [b'T', _] => return (printed.get(..1).unwrap_or(printed), "T 填报表 / the form"),
        [b'L', _] => return (printed.get(..1).unwrap_or(printed), "L 台账 / the ledger"),
        [b'S', _] => {
            return (printed.get(..1).unwrap_or(printed), "S 统计与设置 / statistics and settings");
        }
        _ => return (printed.get(..1).unwrap_or(printed), "W 统计表 / workbooks"),
    };
    (group, title)
}

fn with_stop(text: &str, stop: &str) -> String {
    if text.ends_with(['。', '.', '？', '?', '！']) {
        text.to_owned()
    } else {
        format!("{text}{stop}")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// `docs/findings.md` is what the program says; `UPDATE_GOLDEN=1` writes it anew.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "compares a file of the repository")]
    fn the_manual_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
        let made = super::manual();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &made).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            kept == made,
            "docs/findings.md is out of date: UPDATE_GOLDEN=1 cargo test --lib manual"
        );
    }
}
