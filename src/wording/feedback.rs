//! Words of the receipt (回执) that goes back to a unit; units read Chinese.

/// What a receipt says.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    /// The unit.
    pub unit: &'a str,
    /// The period, 2024年3月.
    pub period: &'a str,
    /// The file as received.
    pub file: &'a str,
    /// Short code: the first digits of the file's hash.
    pub code: &'a str,
    /// The file's hash.
    pub sha256: &'a str,
    /// When it came, office time.
    pub received: &'a str,
    /// That time is presumed from the file.
    pub presumed: bool,
    /// What became of it, as in JSON.
    pub outcome: &'a str,
    /// Values taken in.
    pub taken: usize,
    /// Error findings.
    pub errors: usize,
    /// Warning findings.
    pub warnings: usize,
    /// Head of the ledger's chain.
    pub head: &'a str,
}

/// What became of a file, in words a unit understands.
#[must_use]
pub fn outcome(key: &str) -> &'static str {
    match key {
        "accepted" => "已收，全部入账",
        "partial" => "已收，部分入账，有错的地方请改正后重报",
        "superseded" => "已收，以后来的一份为准",
        "unreadable" => "已收到，但无法读取，请改报 Excel 填报表",
        _ => "已收到，但不能入账，请按说明改正后重报",
    }
}

/// The receipt as text: CRLF and a byte order mark, so that any Windows editor shows it.
#[must_use]
pub fn receipt(r: &Receipt<'_>, problems: &[String]) -> String {
    let presumed = if r.presumed { "（推定）" } else { "" };
    let mut lines = vec![
        "填报表回执".to_owned(),
        String::new(),
        format!("填报单位：{}", r.unit),
        format!("报送期：{}", r.period),
        format!("文件：{}", r.file),
        format!("收到时间：{}{presumed}", r.received),
        format!("结果：{}", outcome(r.outcome)),
        format!("入账 {} 格；错误 {} 处，警告 {} 处", r.taken, r.errors, r.warnings),
        format!("回执码：{}", r.code),
        format!("文件指纹：{}", r.sha256),
        format!("台账校验：{}", r.head.get(..12).unwrap_or(r.head)),
    ];
    if !problems.is_empty() {
        lines.push(String::new());
        lines.push("请核对：".to_owned());
        lines.extend(problems.iter().zip(1..).map(|(p, n)| format!("{n}．{p}")));
    }
    let mut text = String::from("\u{feff}");
    for line in lines {
        text.push_str(&line);
        text.push_str("\r\n");
    }
    text
}

/// Where in the file a problem stands, as the unit's program shows it.
#[must_use]
pub fn place(sheet: Option<&str>, cell: Option<&str>) -> String {
    match (sheet, cell) {
        (Some(sheet), Some(cell)) => format!("〔{sheet} {cell}〕"),
        (Some(sheet), None) => format!("〔{sheet}〕"),
        _ => String::new(),
    }
}

/// The items one line in the list of problems stands for; nothing where none are known.
#[must_use]
pub fn items(items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!("涉及事项：{}。", items.join("、"))
    }
}
