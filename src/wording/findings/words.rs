//! Words for what findings about files keep as a name: kinds of files, and why an archive's entry stays in.

use crate::{
    diag::{Code, Diagnostic},
    wording::Lang,
};

/// A name as findings keep it, its words in both languages, and what to do about such a file.
struct Word {
    name: &'static str,
    said: [&'static str; 2],
    group: Group,
}

/// Files that are treated alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Archive,
    Table,
    Document,
    Link,
    Mail,
    Media,
    Program,
    Broken,
    Strange,
}

impl Group {
    const fn advice(self) -> [&'static str; 2] {
        match self {
            Self::Archive => [
                "请解开后把里面的填报表（.xlsx）放进来，或改用 .zip 压缩。",
                "Unpack it and put the forms (.xlsx) in, or use a .zip archive.",
            ],
            Self::Table => [
                "请用能打开它的软件打开，另存（导出）为 .xlsx 再发送。",
                "Open it in a program that can, save or export it as .xlsx and send that.",
            ],
            Self::Document => [
                "请让单位补发 .xlsx 填报表，或用 --on-behalf 代填。",
                "Ask for the .xlsx form, or enter it with --on-behalf.",
            ],
            Self::Link => [
                "这只是一个链接，表格没有随它发来；请让单位下载为 .xlsx 再发送。",
                "This is only a link: the table did not come with it. Ask the unit to download it as .xlsx and send that.",
            ],
            Self::Mail => [
                "请打开邮件，把附件里的填报表另存出来再收。",
                "Open the message, save the form attached to it and take that in.",
            ],
            Self::Media => ["请让单位发送 .xlsx 填报表。", "Ask the unit for the .xlsx form."],
            Self::Program => [
                "请不要双击打开；与单位核实来历后，请其发送 .xlsx 填报表。",
                "Do not open it; ask the unit where it comes from, and for the .xlsx form.",
            ],
            Self::Broken => [
                "文件多半没有传完或存储介质已坏，请让单位重新发送。",
                "The transfer probably did not finish, or the medium is failing: ask the unit to send it again.",
            ],
            Self::Strange => [
                "请让单位发送 .xlsx 填报表；装有文件加密软件的，请先解密。",
                "Ask the unit for the .xlsx form; where encryption software is installed, it must be decrypted first.",
            ],
        }
    }
}

const fn word(name: &'static str, zh: &'static str, en: &'static str, group: Group) -> Word {
    Word { name, said: [zh, en], group }
}

const KINDS: &[Word] = &[
    word("RAR", "RAR 压缩包", "RAR archive", Group::Archive),
    word("7z", "7z 压缩包", "7z archive", Group::Archive),
    word("gzip", "gzip 压缩文件", "gzip file", Group::Archive),
    word("bzip2", "bzip2 压缩文件", "bzip2 file", Group::Archive),
    word("xz", "xz 压缩文件", "xz file", Group::Archive),
    word("zstd", "zstd 压缩文件", "zstd file", Group::Archive),
    word("CAB", "CAB 压缩包", "CAB archive", Group::Archive),
    word("tar", "tar 打包文件", "tar archive", Group::Archive),
    word("LHA", "LHA 压缩包", "LHA archive", Group::Archive),
    word("ISO", "光盘映像", "disc image", Group::Archive),
    word("flat ODF", "单文件的开放文档表格（fods）", "flat OpenDocument file (fods)", Group::Table),
    word("UOF", "标文通文档（UOF）", "UOF document", Group::Table),
    word(
        "iWork",
        "苹果 iWork 文档（Numbers、Pages）",
        "Apple iWork document (Numbers, Pages)",
        Group::Table,
    ),
    word("SYLK", "SYLK 表格", "SYLK table", Group::Table),
    word("DIF", "DIF 表格", "DIF table", Group::Table),
    word("dBase", "dBase 数据表", "dBase table", Group::Table),
    word("Parquet", "Parquet 数据文件", "Parquet data file", Group::Table),
    word("SQLite", "SQLite 数据库", "SQLite database", Group::Table),
    word("Access", "Access 数据库", "Access database", Group::Table),
    word("OFD", "OFD 版式文件", "OFD document", Group::Document),
    word("XPS", "XPS 版式文件", "XPS document", Group::Document),
    word("DjVu", "DjVu 扫描件", "DjVu scan", Group::Document),
    word("PostScript", "PostScript 文件", "PostScript file", Group::Document),
    word("Visio", "Visio 绘图", "Visio drawing", Group::Document),
    word("XMind", "思维导图", "mind map", Group::Document),
    word("HWP", "HWP 文档", "HWP document", Group::Document),
    word("RTF", "RTF 文档", "RTF document", Group::Document),
    word("URL", "网址快捷方式", "web shortcut", Group::Link),
    word("Google", "谷歌在线表格的快捷方式", "shortcut to a Google document", Group::Link),
    word("LNK", "Windows 快捷方式", "Windows shortcut", Group::Link),
    word("plist", "苹果属性列表或网址快捷方式", "Apple property list or web shortcut", Group::Link),
    word("mail", "电子邮件", "mail message", Group::Mail),
    word("audio", "录音", "audio recording", Group::Media),
    word("video", "视频", "video", Group::Media),
    word("Thumbs", "缩略图缓存", "thumbnail cache", Group::Media),
    word("EXE", "Windows 程序", "Windows program", Group::Program),
    word("ELF", "Linux 程序", "Linux program", Group::Program),
    word("Java", "Java 程序", "Java program", Group::Program),
    word("APK", "安卓安装包", "Android package", Group::Program),
    word("zeros", "全是零的字节", "nothing but zero bytes", Group::Broken),
    word("XML", "XML 数据", "XML data", Group::Strange),
    word("unknown", "无法识别的内容", "content of no known kind", Group::Strange),
];

/// Why an entry of an archive was not taken out, and what to do.
const WHYS: &[(&str, [&str; 2], [&str; 2])] = &[
    (
        "nested",
        ["里面又是一个压缩包", "it is an archive itself"],
        ["请先解开里层，把填报表直接放进来。", "Unpack it and put the forms in directly."],
    ),
    (
        "encrypted",
        ["压缩时设了密码", "it is protected by a password"],
        [
            "请用密码解开后，把填报表直接放进来。",
            "Unpack it with the password and put the forms in directly.",
        ],
    ),
    (
        "damaged",
        ["已损坏，或用了不认识的压缩方法", "it is damaged, or packed by an unknown method"],
        ["请让单位重新压缩、重新发送。", "Ask the unit to pack and send it again."],
    ),
    (
        "large",
        ["展开后过大", "it is too large when unpacked"],
        [
            "请核对这个文件；填报表一般不超过 200 KB。",
            "Look at that file; a filled form rarely exceeds 200 KB.",
        ],
    ),
    (
        "name",
        ["名称指向压缩包之外", "its name leads out of the archive"],
        [
            "请核对压缩包的来历；确是报送的，请单独发送这个文件。",
            "Find out where the archive comes from; send the file on its own if it is a return.",
        ],
    ),
    (
        "twice",
        ["包里有两个同名文件", "the archive has two files of that name"],
        [
            "请核对两份内容，单独发送正确的一份。",
            "Compare the two and send the right one on its own.",
        ],
    ),
];

/// What to do about each group of files that are no workbook, with the groups' kinds.
pub(super) fn every_kind_of_file(lang: Lang) -> String {
    let mut groups: Vec<(Group, Vec<&str>)> = Vec::new();
    for kind in KINDS {
        let said = lang.pick(kind.said[0], kind.said[1]);
        match groups.iter_mut().find(|(group, _)| *group == kind.group) {
            Some((_, names)) => names.push(said),
            None => groups.push((kind.group, vec![said])),
        }
    }
    let sentences = groups.iter().map(|(group, names)| {
        let [zh, en] = group.advice();
        format!(
            "{}{}{}",
            names.join(lang.pick("、", ", ")),
            lang.pick("：", ": "),
            lang.pick(zh, en)
        )
    });
    sentences.collect::<Vec<_>>().join(lang.pick("", " "))
}

/// What to do about an entry that stays in its archive, for each reason.
pub(super) fn every_reason(lang: Lang) -> String {
    let sentences = WHYS.iter().map(|(_, said, how)| {
        let [said, how] = [said, how].map(|twin| lang.pick(twin[0], twin[1]));
        format!("{said}{}{how}", lang.pick("：", ": "))
    });
    sentences.collect::<Vec<_>>().join(lang.pick("", " "))
}

/// The word for a value of a finding that is kept as a name; none where the value is shown as it is.
pub(crate) fn word_for(
    finding: &Diagnostic,
    placeholder: &str,
    lang: Lang,
) -> Option<&'static str> {
    let value = |wanted: &str| {
        finding.args.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
    };
    let pick = |twin: &[&'static str; 2]| lang.pick(twin[0], twin[1]);
    match (finding.code, placeholder) {
        (Code::FileUnknown, "kind" | "how") => {
            let kind = value("kind")?;
            // Ledgers written before a kind had words keep it as a bare name.
            let word = KINDS.iter().find(|w| w.name == kind);
            match placeholder {
                "kind" => word.map(|w| pick(&w.said)),
                _ => Some(pick(&word.map_or(Group::Strange, |w| w.group).advice())),
            }
        }
        (Code::ArchiveEntrySkipped, "why" | "how") => {
            let why = value("why").unwrap_or("damaged");
            let (_, said, how) = WHYS.iter().find(|(name, ..)| *name == why)?;
            Some(pick(if placeholder == "why" { said } else { how }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_said_in_both_languages() {
        let names: BTreeSet<&str> = KINDS.iter().map(|w| w.name).collect();
        assert_eq!(names.len(), KINDS.len());
        for word in KINDS {
            let [zh, en] = word.said;
            assert!(!zh.is_empty() && en.is_ascii(), "{}", word.name);
        }
        let whys: BTreeSet<&str> = WHYS.iter().map(|(name, ..)| *name).collect();
        assert_eq!(whys.len(), WHYS.len());
    }
}
