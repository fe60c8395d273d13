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
    // P5–P7: registry, plan.xlsx, amendments (texts in wording/findings/registry.rs and book.rs).
    P501 Warning GroupUnresolved;
    P502 Warning AliasCandidate;
    P503 Error NameUnknown;
    P504 Warning LeaderUnknown;
    P505 Warning NoLeadUnit;
    P506 Note NoLeader;
    P507 Warning NameOdd;
    P508 Error SuccessionCircle;
    P509 Warning SourceNotLead;
    P510 Warning CollectiveUnresolved;
    P511 Error AliasConflict;
    P512 Warning ShortTwice;
    P513 Warning IndicatorOdd;
    P514 Error NameBoth;
    P520 Warning RegistryUnused;
    P601 Error SheetMissing;
    P602 Error HeadMissing;
    P603 Error PlanColumnMissing;
    P604 Warning ColumnGone;
    P605 Note ColumnIgnored;
    P606 Note SheetIgnored;
    P607 Warning HeadTwice;
    P610 Error NumberBad;
    P611 Error PeriodBad;
    P612 Error DateBad;
    P613 Error ChoiceBad;
    P614 Error RequiredBlank;
    P615 Error DuplicateKey;
    P616 Error ItemBad;
    P617 Error TaskUnknown;
    P618 Error CellBroken;
    P619 Warning ShortTooLong;
    P620 Error CurveBad;
    P621 Warning SectionUnknown;
    P701 Error ChangeObject;
    P702 Error ChangeUnit;
    P703 Error SplitOpen;
    P704 Warning ChangeTwice;
    P705 Warning ChangeOutside;
    P706 Error ChangeOrder;
    P707 Note ChangeExtra;
    P708 Error SuccessionCounts;
    P102 Error PlanTooLong;
    P103 Error PlanGarbled;
    P104 Error PlanNotReadable;
    P105 Warning PlanCut;
    P106 Warning PlanBroken;
    P201 Warning SectionTwice;
    P202 Warning TaskTwice;
    P203 Warning NumberGap;
    P204 Note PageBreak;
    P205 Warning NumberRestart;
    P206 Note NotATask;
    P207 Note TextLeftOut;
    P208 Warning TableUnread;
    P209 Warning YearUnknown;
    P301 Note ClauseCloser;
    P302 Warning StrayBracket;
    P303 Warning OpenList;
    P304 Warning Subset;
    P305 Note FirstLeads;
    P306 Warning NoLeadNamed;
    P307 Note SemicolonInList;
    P308 Warning SentenceInList;
    P309 Warning NameIsSentence;
    P310 Note NameTwice;
    P311 Note FieldIgnored;
    P312 Note SeveralClauses;
    P313 Warning PrefixRestored;
    P314 Warning PrefixProposed;
    P315 Note LeaderInherited;
    P316 Warning DeadlineUnread;
    P401 Warning IndicatorDoubtful;
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
    I118 Error ArchiveEntrySkipped;
    I119 Error ArchiveBeyondLimits;
    // I120–I129: what became of a file as a whole.
    I120 Note FileDuplicate;
    I121 Warning FileSuperseded;
    I122 Note FileIgnored;
    I123 Note FiledOnBehalf;
    I124 Warning NothingToTake;
    I125 Error FileUnopened;
    I126 Warning FileSameAsOther;
    // I2: recognition of sheet, columns and rows.
    I201 Error FormSheetMissing;
    I202 Note FormSheetByContent;
    I203 Warning FormSheetCopy;
    I204 Note SheetExtra;
    I205 Warning HeadingsMissing;
    I206 Note ColumnBySynonym;
    I207 Warning ColumnByMeaning;
    I208 Error ColumnMissing;
    I209 Note ColumnMissingOptional;
    I210 Error ColumnTwice;
    I211 Warning ColumnUnknown;
    I212 Note RowByText;
    I213 Warning RowByOrder;
    I214 Note ItemFromDate;
    I215 Note HeadingRepeated;
    I216 Note TotalRow;
    I217 Note TextOutside;
    I218 Note StampMissing;
    I219 Note StampUnchecked;
    I220 Note FormOutdated;
    I221 Note OfficeColumn;
    // I3: one cell.
    I301 Error ProgressNotNumber;
    I302 Warning PercentFraction;
    I303 Note PercentOne;
    I304 Error ProgressOutOfRange;
    I305 Error FigureNotNumber;
    I306 Error FigureNegative;
    I307 Error NumberNotFilled;
    I308 Error MeasureMismatch;
    I309 Warning MeasureConverted;
    I310 Warning MeasureOtherWord;
    I311 Warning NumberApproximate;
    I312 Warning NumberFromWords;
    I313 Error NumberAmbiguous;
    I314 Error StatusUnknown;
    I315 Note StatusBySynonym;
    I316 Error CellError;
    I317 Error FormulaWithoutResult;
    I318 Note FormulaResultUsed;
    I319 Error NumberIsDate;
    I320 Warning PercentFigureFraction;
    I321 Warning FigureNotWhole;
    I322 Warning DittoTaken;
    I323 Warning NarrativeSaysNothing;
    I324 Warning CellNotAsked;
    I325 Warning PrintedChanged;
    I326 Note PrintedCleared;
    I327 Error DittoWithoutSource;
    I328 Note TextLong;
    // I4: between cells, rows and returns.
    I401 Error RequiredMissing;
    I402 Error DoneWithoutFigure;
    I403 Warning DoneNotOut;
    I404 Warning DoneNotMet;
    I405 Warning DoneBelowFull;
    I406 Warning FullNotDone;
    I407 Warning NotStartedWithProgress;
    I408 Warning BelowLast;
    I409 Warning JumpAgainstLast;
    I410 Warning FarAboveTarget;
    I411 Warning TextCopied;
    I412 Error RowsTwice;
    I413 Note RowsTwiceAlike;
    I414 Error RowDisputed;
    I415 Error ItemUnknown;
    I416 Error ItemsMissing;
    I417 Note ItemsMissingOptional;
    I418 Error ReturnEmpty;
    I419 Warning ContactMissing;
    I420 Warning ValueWithdrawn;
    I421 Note ValueReplaced;
    I422 Note RowExtra;
    I423 Warning ValuesOutlasted;
    // I5: whose return, and for which period.
    I501 Error UnitUnknown;
    I502 Warning UnitContradiction;
    I503 Error UnitWithoutForm;
    I504 Error PeriodOther;
    I505 Warning PeriodContradiction;
    I506 Note PeriodUnsaid;
    I507 Error StampChanged;
    I508 Error UnitsTwo;
    I509 Note UnitByOtherName;
    I510 Warning UnitByFileName;
    I511 Error UnitDisputed;
    // L: ledger. L1 what verify finds, L2 收件登记.
    L101 Error LedgerDamaged;
    L102 Error LedgerLinkBroken;
    L103 Error LedgerAltered;
    L104 Error LedgerUnchained;
    L105 Error LedgerGuardMissing;
    L106 Error LedgerStrayRows;
    L107 Error ArchiveMissing;
    L108 Error ArchiveAltered;
    L201 Warning RegisterRow;
    // S: statistics and settings.
    // W: workbooks.
}
