//! Words that stand in a cell for numbers, alone or around one (数字栏里的话).

/// What says that statistics are not out, in a short text without digits.
pub(super) const NOT_OUT: &[&str] = &[
    "未出数",
    "未出",
    "没出数",
    "未公布",
    "未发布",
    "待公布",
    "待发布",
    "待统计",
    "未统计",
    "待出数",
    "尚未反馈",
];

/// Longest text in which 未出数 is looked for: longer ones are sentences about something else.
pub(super) const NOT_OUT_CHARS: usize = 14;

/// Longest text read as a number: longer ones are narratives.
pub(super) const NUMBER_CHARS: usize = 40;

/// Before a number: it is not exact, but the number written may be taken.
pub(super) const ABOUT_BEFORE: &[&str] = &[
    "大约",
    "大概",
    "约为",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "突破",
    "超",
    "逾",
    "至少",
    "不少于",
    "不低于",
    "高于",
    "≥",
    ">=",
    ">",
    "~",
    "≈",
];
/// Behind a number, the same.
pub(super) const ABOUT_BEHIND: &[&str] = &["左右", "上下", "以上", "余", "多", "来", "+", "强"];
/// Before or behind a number: only a bound is known, not the number.
pub(super) const BOUND: &[&str] = &[
    "不足",
    "不到",
    "小于",
    "低于",
    "少于",
    "不超过",
    "不多于",
    "未达",
    "未完成",
    "以下",
    "以内",
    "至多",
    "<",
    "≤",
    "弱",
    "缺",
    "尚缺",
    "还差",
    "差",
];
/// Words before a number that do not change it.
pub(super) const PLAIN_BEFORE: &[&str] = &[
    "累计完成",
    "累计",
    "已完成",
    "已经完成",
    "完成",
    "已",
    "共计",
    "总计",
    "合计",
    "共",
    "达到",
    "达",
    "为",
    "是",
    "有",
    "新增",
    "新建",
    "实现",
    "建成",
    "增速",
    "数量",
    ":",
];
/// Words before a number that say by how much something rose.
pub(super) const RISE_BEFORE: &[&str] =
    &["同比", "增长", "增加", "提高", "提升", "增幅", "增", "↑", "▲"];
/// Words before a number that say by how much something fell: it becomes negative.
pub(super) const FALL_BEFORE: &[&str] = &["下降", "减少", "降低", "下滑", "降幅", "降", "↓", "▼"];
/// Signs that Unicode folds into plain digits, though nobody means a plain number by them: 3² is not 32.
pub(super) const RAISED: &[char] =
    &['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '₀', '₁', '₂', '₃'];
