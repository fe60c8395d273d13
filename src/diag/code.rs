//! The one table of finding codes (问题代码).
//!
//! Letter = stage (P plan, T template, I intake, L ledger, S statistics, W workbook), hundreds = topic.
//! A released code keeps its meaning for good. Texts stand in `wording/findings/`, one file per stage.

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 错误: the value stayed out of the ledger.
    Error,
    /// 警告: read, a person should look.
    Warning,
    /// 提示: worth knowing.
    Note,
}

macro_rules! codes {
    ($($code:ident $severity:ident $name:ident;)*) => {
        /// Code of a finding. `Code::X.printed()` is what a user sees, e.g. `I301`.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[expect(missing_docs, reason = "the text of each code stands in wording/findings/, in both languages")]
        pub enum Code { $($name,)* }

        impl Code {
            /// Every code, in order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The printed form, e.g. `I301`.
            #[must_use]
            pub const fn printed(self) -> &'static str {
                match self { $(Self::$name => stringify!($code),)* }
            }

            /// The severity, which belongs to the code.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The code printed as `text` (case does not matter).
            #[must_use]
            pub fn from_printed(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|c| c.printed().eq_ignore_ascii_case(text.trim()))
            }
        }
    };
}

codes! {
    // P: plan. P1 document, P2 structure, P3 clause, P4 indicators, P5 names, P6 plan.xlsx, P7 amendments.
    P101 Error PlanEmpty;
    // T: templates. T1 form description, T2 writing.
    // I: intake. I1 file, I2 recognition, I3 cell, I4 between rows, I5 attribution.
    // I101–I119 belong to `sheet`: what a file is and why it is not read.
    I101 Error FileEmpty;
    I102 Error FileTooLarge;
    I103 Error FileEncrypted;
    I104 Error FileHtml;
    I105 Error FileCsv;
    I106 Error FileXml2003;
    I107 Error FileWord;
    I108 Error FilePdf;
    I109 Error FileImage;
    I110 Error FileUnknown;
    I111 Error FileDamaged;
    I112 Error FileChecksum;
    I113 Error FileBeyondLimits;
    I114 Error FilePartNames;
    I115 Error FileNoSheets;
    I116 Error ReaderLost;
    I117 Warning CellsBeyondLimits;
    I118 Warning ArchiveEntrySkipped;
    I119 Error ArchiveBeyondLimits;
    // L: ledger.
    // S: statistics and settings.
    // W: workbooks.
}
