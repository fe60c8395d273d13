//! The sentences of what stops the work, in both languages: what happened, then what to do.

use std::io::ErrorKind;

use super::{Lang, ledger, settings};
use crate::diag::Error;

/// What happened and what to do about it, for the terminal.
#[must_use]
pub fn sentence(error: &Error, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(error),
        Lang::En => en(error),
    }
}

fn zh(error: &Error) -> String {
    match error {
        Error::NotFound(path) => format!("找不到：{}。请检查路径是否写对。", path.display()),
        Error::IsFolder(path) => format!("{} 是文件夹，这里需要一个文件。", path.display()),
        Error::IsFile(path) => format!("{} 是文件，这里需要一个文件夹。", path.display()),
        Error::Io { path, cause } => {
            let why = match cause.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    "所在磁盘已满。已有的文件和台账保持原样；请腾出空间后重新运行。"
                }
                ErrorKind::PermissionDenied => {
                    "没有读写权限，或者正被别的程序占用。请检查文件和文件夹的权限，关闭占用它的程序后重新运行。"
                }
                ErrorKind::ReadOnlyFilesystem => {
                    "在只能读取的磁盘或共享上，不能写入。请把督办文件夹放到可写的位置。"
                }
                _ => return format!("读写 {} 失败：{cause}。", path.display()),
            };
            format!("{} {why}", path.display())
        }
        Error::Settings { file, line, problem, allowed } => {
            let (problem, allowed) = (settings::zh(problem), settings::zh(allowed));
            format!("设置文件 {file} 第 {line} 行有误：{problem}。可用：{allowed}")
        }
        Error::NotAnOffice(path) => {
            let folder = if path.as_os_str() == "." {
                "当前文件夹".to_owned()
            } else {
                format!("{} ", path.display())
            };
            format!(
                "{folder}不是督办文件夹（没有 duban.toml）。请先运行 duban init，或用 -C 指定文件夹。"
            )
        }
        Error::Foreign(path) => {
            format!("{} 不是本程序生成的，没有改动。请换一个文件夹。", path.display())
        }
        Error::Document { file, .. } => format!("{file} 无法使用，原因见上。"),
        Error::Usage { zh, .. } => zh.clone(),
        Error::Ledger(cause) => format!("台账出错：{cause}。"),
        Error::LedgerBusy(path) => {
            format!("台账 {} 正被另一个程序使用，请稍后再试。", path.display())
        }
        Error::LedgerTrouble { path, trouble } => {
            format!("台账 {} {}", path.display(), ledger::trouble(trouble, Lang::Zh))
        }
        Error::Workbook { name, cause } => format!("写工作簿 {name} 失败：{cause}。"),
        Error::Frame(cause) => format!("统计出错：{cause}。"),
    }
}

fn en(error: &Error) -> String {
    match error {
        Error::NotFound(path) => format!("Not found: {}. Check the path.", path.display()),
        Error::IsFolder(path) => format!("{} is a folder; a file is needed here.", path.display()),
        Error::IsFile(path) => format!("{} is a file; a folder is needed here.", path.display()),
        Error::Io { path, cause } => {
            let why = match cause.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    "is on a full disk. Files and ledger are as they were; make room and run again."
                }
                ErrorKind::PermissionDenied => {
                    "may not be read or written, or another program holds it. Check the permissions, close that program and run again."
                }
                ErrorKind::ReadOnlyFilesystem => {
                    "is on a disk or share that can only be read. Put the office folder where it can be written."
                }
                _ => return format!("Reading or writing {} failed: {cause}.", path.display()),
            };
            format!("{} {why}", path.display())
        }
        Error::Settings { file, line, problem, allowed } => {
            format!("Settings file {file}, line {line}: {problem}. Allowed: {allowed}")
        }
        Error::NotAnOffice(path) => {
            let folder = if path.as_os_str() == "." {
                "The current folder".into()
            } else {
                path.to_string_lossy()
            };
            format!(
                "{folder} is no office folder (no duban.toml). Run duban init first, or name the folder with -C."
            )
        }
        Error::Foreign(path) => format!(
            "{} was not made by duban; nothing was changed. Choose another folder.",
            path.display()
        ),
        Error::Document { file, .. } => format!("{file} cannot be used; the reasons stand above."),
        Error::Usage { en, .. } => en.clone(),
        Error::Ledger(cause) => format!("The ledger failed: {cause}."),
        Error::LedgerBusy(path) => {
            format!("The ledger {} is in use by another program; try again later.", path.display())
        }
        Error::LedgerTrouble { path, trouble } => {
            format!("The ledger {} {}", path.display(), ledger::trouble(trouble, Lang::En))
        }
        Error::Workbook { name, cause } => format!("Writing workbook {name} failed: {cause}."),
        Error::Frame(cause) => format!("The statistics failed: {cause}."),
    }
}
