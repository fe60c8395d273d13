//! Findings of the ledger (台账), in both languages.

use super::{CodeText, Twin};
use crate::diag::Code;

/// One entry per code.
pub(super) const TEXTS: &[CodeText] = &[
    CodeText {
        code: Code::LedgerDamaged,
        zh: Twin {
            title: "台账文件损坏",
            message: "台账文件结构损坏：“{found}”。",
            advice: "请停止使用本文件，用最近一次备份恢复，再重新收件。",
            meaning: "数据库自检没有通过，文件可能因磁盘故障或复制中断而损坏。",
            example: "优盘未安全弹出后，自检提示某页内容错误。",
        },
        en: Twin {
            title: "the ledger file is damaged",
            message: "The database check says: “{found}”.",
            advice: "Stop using this file, restore the latest backup and take the returns in again.",
            meaning: "The database does not pass its own check; a disk fault or an interrupted copy may have damaged it.",
            example: "A stick was pulled out while the file was being copied.",
        },
    },
    CodeText {
        code: Code::LedgerLinkBroken,
        zh: Twin {
            title: "校验链断开",
            message: "校验链第 {found} 环（{kind} {subject}）与前一环对不上，链条曾被改动。",
            advice: "请与最近一次备份及回执上的校验码核对，查明改动。",
            meaning: "每次记录都与前一次的校验码相连；对不上说明有记录被改、被删或被插入。",
            example: "有人用数据库工具删除了中间一环。",
        },
        en: Twin {
            title: "the chain is broken",
            message: "Link {found} of the chain ({kind} {subject}) does not follow from the one before.",
            advice: "Compare with the latest backup and with the heads printed on receipts.",
            meaning: "Every record is hashed with the one before; a mismatch means that one was changed, removed or put in.",
            example: "Somebody removed a link with a database tool.",
        },
    },
    CodeText {
        code: Code::LedgerAltered,
        zh: Twin {
            title: "记录被改动",
            message: "“{found}”（{kind} {subject}）的记录与入账时的校验码不符。",
            advice: "请用归档原件和备份核对该文件的全部单元格，查明何人何时改动。",
            meaning: "入账时对文件信息、每一格的值和问题一并计算了校验码；现在重算不一致，说明入账后被改动或删除。",
            example: "有人把累计数 30 直接改成了 300。",
        },
        en: Twin {
            title: "a record was altered",
            message: "The records of “{found}” ({kind} {subject}) no longer match their hash.",
            advice: "Compare every cell of that file with the archived original and a backup.",
            meaning: "File, cells and findings were hashed when they were recorded; the hash computed now differs, so something was changed or removed.",
            example: "Somebody changed a figure from 30 to 300 behind duban's back.",
        },
    },
    CodeText {
        code: Code::LedgerUnchained,
        zh: Twin {
            title: "记录不在校验链中",
            message: "{kind} {found} 不在校验链中，不是本程序记入的。",
            advice: "请查明来源；不能确认的不要采用。",
            meaning: "台账中的每条记录都应在校验链中；多出来的记录是绕过本程序加入的。",
            example: "有人用数据库工具插入了一份报送。",
        },
        en: Twin {
            title: "a record outside the chain",
            message: "{kind} {found} is not in the chain: it was not recorded by duban.",
            advice: "Find out where it came from; do not use it unless that is clear.",
            meaning: "Every record stands in the chain; one that does not was added behind duban's back.",
            example: "Somebody inserted a submission with a database tool.",
        },
    },
    CodeText {
        code: Code::LedgerGuardMissing,
        zh: Twin {
            title: "防改措施缺失",
            message: "防止改动的触发器“{found}”不在或被改写。",
            advice: "请先核验其余结果，再用备份恢复，或由本程序重新打开台账写入。",
            meaning: "触发器防止误改误删；正常使用不会缺失，缺失说明有人用其他工具动过台账。",
            example: "有人为了改数先删除了触发器。",
        },
        en: Twin {
            title: "a guard is missing",
            message: "The trigger “{found}”, which refuses changes, is missing or was rewritten.",
            advice: "Look at the other results first, then restore a backup.",
            meaning: "Triggers stop accidental changes and never disappear by themselves; somebody opened the ledger with another tool.",
            example: "Somebody dropped the trigger in order to change a figure.",
        },
    },
    CodeText {
        code: Code::LedgerStrayRows,
        zh: Twin {
            title: "记录失去归属",
            message: "表“{found}”中有 {rows} 行指向不存在的记录。",
            advice: "请用备份恢复，或查明被删除的是哪一份报送。",
            meaning: "每格数据都属于一份报送；失去归属说明上级记录被删除。",
            example: "一份报送被整份删除，只剩它的单元格。",
        },
        en: Twin {
            title: "rows without their owner",
            message: "{rows} rows of table “{found}” point to records that are not there.",
            advice: "Restore a backup, or find out which submission was removed.",
            meaning: "Every cell belongs to a submission; a stray one means its submission was removed.",
            example: "A submission was deleted and only its cells remain.",
        },
    },
    CodeText {
        code: Code::ArchiveMissing,
        zh: Twin {
            title: "入账原件不见了",
            message: "入账文件的原件“{found}”不在 archive 文件夹里。",
            advice: "请从备份中找回这个文件，放回原处。",
            meaning: "每个数字都要能追到当时收到的原件；原件不见了，就无法复核。",
            example: "清理磁盘时删掉了 archive/2024-03/ 里的文件。",
        },
        en: Twin {
            title: "archived file missing",
            message: "The archived original “{found}” is not there.",
            advice: "Restore it from a backup to its place.",
            meaning: "Every figure must lead to the file it came from; without it nothing can be checked again.",
            example: "A file of archive/2024-03/ was deleted to free space.",
        },
    },
    CodeText {
        code: Code::ArchiveAltered,
        zh: Twin {
            title: "入账原件被改动",
            message: "入账文件的原件“{found}”与入账时的指纹不符。",
            advice: "请从备份中恢复原件，并查明是谁、为什么改动。",
            meaning: "原件按指纹存放，内容变了指纹就对不上。",
            example: "有人打开 archive 里的工作簿改了一格又保存。",
        },
        en: Twin {
            title: "archived file altered",
            message: "The archived original “{found}” does not match its fingerprint.",
            advice: "Restore it from a backup, and find out who changed it and why.",
            meaning: "Originals are kept by their hash; changed content no longer matches it.",
            example: "Someone opened a workbook in the archive, changed a cell and saved.",
        },
    },
    CodeText {
        code: Code::RegisterRow,
        zh: Twin {
            title: "收件登记无法识别",
            message: "“{name}”的收到时间“{found}”无法识别，该行未采用。",
            advice: "请按“2024-04-03 09:30”填写时间，并写明文件名。",
            meaning: "收件登记决定是否按时；认不出的行不采用，该文件的收到时间改按文件自身的时间推定。",
            example: "时间一栏写了“昨天下午”。",
        },
        en: Twin {
            title: "a row of the register is not understood",
            message: "The time “{found}” noted for “{name}” is not understood; the row was not used.",
            advice: "Write the time as 2024-04-03 09:30 and give the file name.",
            meaning: "The register decides who was in time; a row that is not understood is left out, and the file's own time is presumed.",
            example: "The time says “yesterday afternoon”.",
        },
    },
];
