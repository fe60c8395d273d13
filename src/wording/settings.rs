//! What is wrong in a settings file, in Chinese: the readers of settings say it in English, with the keys of the file.

/// Fixed phrases of the readers and their Chinese, longer ones before those they contain.
const PHRASES: &[(&str, &str)] = &[
    ("a heading of its own", "与别的栏不同的名称"),
    ("a word of its own", "与别的状态不同的说法"),
    ("a subset of `asked`", "asked 里有的"),
    ("words of 1–30 characters", "每个词 1–30 个字"),
    ("1–30 characters", "1–30 个字"),
    ("a new column needs `heading`", "新增的栏要写 heading"),
    ("did you mean", "是不是"),
    ("no bands", "不是亮灯界限"),
    ("each light needs one piece", "每种灯要有一段"),
    ("green has no upper and red no lower bound", "绿灯不设上限，红灯不设下限"),
    ("a hole between", "界限之间有空档："),
    ("an overlap between", "界限重叠："),
    ("a piece without its bound", "有一段没写界限"),
    ("unknown field", "不认识"),
    ("unknown variant", "不能是"),
    ("missing field", "缺少"),
    ("duplicate key", "重复写了"),
    ("invalid type: ", "类型不对："),
    ("invalid value: ", "值不对："),
    ("a sequence", "列表，如 [\"有\", \"无\"]"),
    ("a string", "加引号的文字"),
    ("a boolean", "true 或 false"),
    ("a map", "键 = 值"),
    ("floating point ", "小数 "),
    ("integer ", "整数 "),
    ("boolean ", "真假值 "),
    ("string ", "文字 "),
    ("unclosed table", "表名没有收尾"),
    ("unclosed array", "列表没有收尾"),
    ("invalid basic string", "引号没有配对"),
    ("key with no value", "只有键、没有值"),
    ("string values must be quoted", "文字要加引号"),
    (" and ", " 和 "),
];

/// A problem, or what is allowed, in Chinese; keys and values stay as they are written in the file.
#[must_use]
pub fn zh(said: &str) -> String {
    PHRASES.iter().fold(said.to_owned(), |text, (en, zh)| text.replace(en, zh))
}
