//! Words of the ledger (台账).

use super::Lang;
use crate::diag::LedgerTrouble;

/// Why a ledger cannot be used or written, and what to do; follows the path of the file.
#[must_use]
pub fn trouble(trouble: &LedgerTrouble, lang: Lang) -> String {
    let fixed = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match trouble {
        LedgerTrouble::ReadOnly => fixed(
            "只能读取，不能写入。请检查文件和所在文件夹的写入权限，或把文件夹复制到可写的位置。",
            "can only be read, not written. Check the permissions of the file and its folder, or copy the folder to a place you may write.",
        ),
        LedgerTrouble::DiskFull => fixed(
            "所在磁盘已满，本次没有记入任何内容，台账保持原样。请腾出空间后重新运行。",
            "is on a full disk; nothing of this run was recorded and the ledger is as it was. Make room and run again.",
        ),
        LedgerTrouble::NotALedger => {
            fixed("不是督办台账文件，没有改动。", "is not a duban ledger; it was left alone.")
        }
        LedgerTrouble::Newer { found, known } => match lang {
            Lang::Zh => format!(
                "由更新版本的程序写成（第 {found} 版，本程序只认到第 {known} 版），没有改动。请升级本程序。"
            ),
            Lang::En => format!(
                "was written by a newer program (version {found}, this one knows {known}); it was left alone. Upgrade duban."
            ),
        },
        LedgerTrouble::Exists => fixed(
            "已经存在，没有覆盖。请换一个文件名。",
            "exists already and was not overwritten. Choose another name.",
        ),
        LedgerTrouble::Damaged(cause) => match lang {
            Lang::Zh => format!("已损坏（{cause}）。请用最近一次备份恢复。"),
            Lang::En => format!("is damaged ({cause}). Restore the latest backup."),
        },
        LedgerTrouble::Medium(cause) => match lang {
            Lang::Zh => {
                format!("读写时介质出错（{cause}），本次没有记入任何内容。请检查磁盘或网络共享。")
            }
            Lang::En => format!(
                "could not be read or written ({cause}); nothing of this run was recorded. Check the disk or the network share."
            ),
        },
        LedgerTrouble::Value { column, found } => match lang {
            Lang::Zh => {
                format!("中 {column} 的值“{found}”无法读回。请运行 duban ledger verify 查看。")
            }
            Lang::En => {
                format!(
                    "holds “{found}” in {column}, which cannot be read back. Run duban ledger verify."
                )
            }
        },
        LedgerTrouble::AppendOnly => fixed(
            "只能追加，不能修改或删除已记录的内容。",
            "only takes additions: what is recorded cannot be changed or deleted.",
        ),
    }
}
