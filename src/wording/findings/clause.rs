//! Findings of plan import (方案导入) about documents, structure and clauses, in both languages.

use super::{CodeText, Twin};
use crate::diag::Code;

/// One entry per code.
pub(super) const TEXTS: &[CodeText] = &[
    CodeText {
        code: Code::PlanCut,
        zh: Twin {
            title: "文件有部分没有读取",
            message: "“{found}”太长，超出限度的部分没有读取。",
            advice: "请只导入方案正文，或把文件拆开分别导入后合并。",
            meaning: "单个文件的行数和每行字数有上限，防止拖垮电脑；超出的部分没有进入任务清单。",
            example: "把几十年的文件汇编当作方案。",
        },
        en: Twin {
            title: "part of the document not read",
            message: "“{found}” is too long; what lies beyond the limits was not read.",
            advice: "Import the plan itself only, or in parts.",
            meaning: "Lines and characters are limited so that no document exhausts the machine; what lies beyond is not in the task list.",
            example: "Decades of documents in one file.",
        },
    },
    CodeText {
        code: Code::PlanBroken,
        zh: Twin {
            title: "个别文字无法识别",
            message: "“{found}”中有 {count} 处文字无法识别，显示为“�”或方框。",
            advice: "请在 plan.xlsx 的“任务”表中查找并改正。",
            meaning: "文件可能在传输或转换中损坏了几个字节。",
            example: "“区�政局”。",
        },
        en: Twin {
            title: "some characters unreadable",
            message: "{count} characters of “{found}” could not be read and show as “�” or boxes.",
            advice: "Look for them in the sheet 任务 of plan.xlsx.",
            meaning: "A few bytes were probably damaged in transfer or conversion.",
            example: "区�政局.",
        },
    },
    CodeText {
        code: Code::NumberRestart,
        zh: Twin {
            title: "任务序号重新编排",
            message: "任务序号不唯一（此处的“{found}”前面已出现或没有序号），全部任务按先后顺序编为1—{count}。",
            advice: "请在 plan.xlsx 的“任务”表中核对；以后以新序号为准。",
            meaning: "序号是任务的唯一标识。各板块各自从1编起时，只能按先后统一编号。",
            example: "每个板块都从“1.”开始。",
        },
        en: Twin {
            title: "tasks numbered anew",
            message: "Task numbers are not unique (“{found}” here occurred before, or there is none); all tasks are numbered 1–{count} in order.",
            advice: "Check the sheet 任务 of plan.xlsx; the new numbers hold from now on.",
            meaning: "The number is a task's identity; where each section starts again at 1, only a running number is unique.",
            example: "Every section starts at 1.",
        },
    },
    CodeText {
        code: Code::NotATask,
        zh: Twin {
            title: "有序号但没有责任分工",
            message: "“{found}”有序号，但后面没有责任分工，没有作为任务导入。",
            advice: "如果它是任务，请在 plan.xlsx 的“任务”表中补上。",
            meaning: "基本原则、工作要求等也常有序号；只有写明责任分工的才是任务。",
            example: "“三、工作要求”下面的各条。",
        },
        en: Twin {
            title: "numbered but not assigned",
            message: "“{found}” is numbered but nobody is made responsible; it was not imported as a task.",
            advice: "If it is a task, add it in the sheet 任务 of plan.xlsx.",
            meaning: "Principles and requirements are numbered too; only what is assigned is a task.",
            example: "The points under 工作要求.",
        },
    },
    CodeText {
        code: Code::TextLeftOut,
        zh: Twin {
            title: "任务之后的文字没有导入",
            message: "责任分工之后的“{found}”不属于任何任务，没有导入。",
            advice: "如果它属于上面的任务，请在 plan.xlsx 的“任务”表中补上。",
            meaning: "责任分工写完，任务就结束了；后面没有序号的段落多是说明或落款。",
            example: "“以上任务请各单位抓紧落实。”",
        },
        en: Twin {
            title: "text behind a task left out",
            message: "“{found}” stands behind a clause and belongs to no task; it was left out.",
            advice: "If it belongs to the task above, add it in the sheet 任务 of plan.xlsx.",
            meaning: "A task ends with its clause; unnumbered paragraphs behind it are remarks or signatures.",
            example: "A closing remark.",
        },
    },
    CodeText {
        code: Code::TableUnread,
        zh: Twin {
            title: "表格没有读取",
            message: "以“{found}”开头的表格没有任务内容和单位两栏，没有读取。",
            advice: "请确认表头是否有“任务”和“牵头单位”“责任单位”之类的栏目。",
            meaning: "表格要靠表头认出各栏；认不出任务栏和单位栏的表格不是任务表。",
            example: "附在方案后的联系人表。",
        },
        en: Twin {
            title: "table not read",
            message: "The table beginning with “{found}” has no columns for tasks and units; it was not read.",
            advice: "Check that its headings name the tasks and the units.",
            meaning: "Columns are known by their headings; a table without tasks and units is no list of tasks.",
            example: "A table of contacts behind the plan.",
        },
    },
    CodeText {
        code: Code::YearUnknown,
        zh: Twin {
            title: "没有写明年份",
            message: "“{found}”没有写明方案的年度，完成时限暂按{year}年底。",
            advice: "请在 plan.xlsx 中填写年度并核对完成时限。",
            meaning: "没有年度就无法确定默认的完成时限（当年12月31日）。",
            example: "标题只写“重点工作责任分工方案”。",
        },
        en: Twin {
            title: "year not stated",
            message: "“{found}” does not state the year of the plan; due dates are put at the end of {year} for now.",
            advice: "Fill in the year in plan.xlsx and check the due dates.",
            meaning: "Without the year the default due date (31 December) is not known.",
            example: "A title without a year.",
        },
    },
    CodeText {
        code: Code::NoLeadNamed,
        zh: Twin {
            title: "没有写明谁牵头",
            message: "共有 {count} 项任务只列了责任单位，没有写明谁牵头（首见于此：“{found}”），牵头单位留空。",
            advice: "请在 plan.xlsx 的“任务”表中填写牵头单位；如果排在第一位的就是牵头单位，照此填写即可。",
            meaning: "只列责任单位时，排在第一位的可能牵头，但方案没有明说，不能代为决定。",
            example: "“责任单位：甲局、乙局”。",
        },
        en: Twin {
            title: "nobody said to lead",
            message: "{count} tasks list responsible units without saying who leads (first here: “{found}”); their lead units are left blank.",
            advice: "Fill in the lead units in the sheet 任务 of plan.xlsx; often it is the first-named.",
            meaning: "Where only responsible units are listed the first may lead, but the plan does not say so and it is not for a program to decide.",
            example: "责任单位：甲局、乙局.",
        },
    },
    CodeText {
        code: Code::SemicolonInList,
        zh: Twin {
            title: "单位之间用了分号",
            message: "“{found}”后面用分号隔开，已按同一名单读取。",
            advice: "一般不用处理。",
            meaning: "分号通常隔开两个栏目；后面没有栏目词时，只能是名单里的间隔。",
            example: "“责任单位：甲局；乙局”。",
        },
        en: Twin {
            title: "semicolon between units",
            message: "A semicolon stands behind “{found}”; the list was read on.",
            advice: "Usually nothing.",
            meaning: "A semicolon usually separates fields; without a key behind it, it separates names.",
            example: "责任单位：甲局；乙局.",
        },
    },
    CodeText {
        code: Code::SentenceInList,
        zh: Twin {
            title: "单位名单里夹着别的话",
            message: "单位名单里的“{found}”不是单位名称，已移出。",
            advice: "请在 plan.xlsx 的“任务”表中核对责任单位和完成时限。",
            meaning: "名单里有时夹着完成时限，或“排在第一位的为牵头单位”之类的说明。",
            example: "“甲局、乙局，12月底前完成”。",
        },
        en: Twin {
            title: "no name in a list of units",
            message: "“{found}” in a list of units is no unit; it was taken out.",
            advice: "Check units and due date in the sheet 任务 of plan.xlsx.",
            meaning: "Deadlines and remarks sometimes stand inside a list.",
            example: "甲局、乙局，12月底前完成.",
        },
    },
    CodeText {
        code: Code::NameIsSentence,
        zh: Twin {
            title: "不像单位名称",
            message: "“{found}”太长，不像单位名称，没有导入。",
            advice: "请在 plan.xlsx 的“任务”表中填写正确的单位。",
            meaning: "多半是漏了括号或标点，把正文当成了名单。",
            example: "责任分工的括号没有合上。",
        },
        en: Twin {
            title: "no name",
            message: "“{found}” is too long for a name and was left out.",
            advice: "Fill in the right unit in the sheet 任务 of plan.xlsx.",
            meaning: "A bracket or a sign is probably missing, so that text ran into the list.",
            example: "A clause that never closes.",
        },
    },
    CodeText {
        code: Code::NameTwice,
        zh: Twin {
            title: "同一名单里重复的单位",
            message: "“{found}”在同一名单里写了两次，只保留一次。",
            advice: "一般不用处理。",
            meaning: "重复的名称只算一个单位。",
            example: "“甲局、乙局、甲局”。",
        },
        en: Twin {
            title: "name twice in a list",
            message: "“{found}” stands twice in one list; it is kept once.",
            advice: "Usually nothing.",
            meaning: "A repeated name is one unit.",
            example: "甲局、乙局、甲局.",
        },
    },
    CodeText {
        code: Code::FieldIgnored,
        zh: Twin {
            title: "责任分工里没有用到的栏目",
            message: "“{found}”不是领导、单位或时限，没有导入。",
            advice: "如有需要，请在 plan.xlsx 的“任务”表中补充。",
            meaning: "责任分工里有时还写联系人、督导单位等，任务清单不需要。",
            example: "“联系人：张三”。",
        },
        en: Twin {
            title: "field of a clause not used",
            message: "“{found}” is neither leader, unit nor deadline and was not imported.",
            advice: "Add it in the sheet 任务 of plan.xlsx if it is needed.",
            meaning: "Clauses sometimes name contacts or inspectors, which the list of tasks has no place for.",
            example: "联系人：张三.",
        },
    },
    CodeText {
        code: Code::SeveralClauses,
        zh: Twin {
            title: "一项任务有几处责任分工",
            message: "第{task}项有 {count} 处责任分工，已合并为一项任务。",
            advice: "请在 plan.xlsx 的“任务”表中核对；如应分别考核，请拆成几项。",
            meaning: "一段文字里分几句各写了责任分工，序号却只有一个。",
            example: "“做甲事。〔…〕做乙事。〔…〕”",
        },
        en: Twin {
            title: "several clauses in one task",
            message: "Task {task} has {count} clauses; they were read as one task.",
            advice: "Check the sheet 任务 of plan.xlsx; split the task if its parts report on their own.",
            meaning: "Several sentences have clauses of their own under one number.",
            example: "做甲事。〔…〕做乙事。〔…〕",
        },
    },
    CodeText {
        code: Code::PrefixRestored,
        zh: Twin {
            title: "补上了省略的区划字",
            message: "“{found}”承前省略了“{prefix}”，已补为“{full}”（方案别处写有全名）。",
            advice: "如不是同一个单位，请在 plan.xlsx 的“任务”表中改正。",
            meaning: "名单里常只在第一个单位前写“省”“市”“区”，后面的承前省略。",
            example: "“省甲厅、乙厅”。",
        },
        en: Twin {
            title: "omitted prefix restored",
            message: "“{found}” omits “{prefix}”; it was completed to “{full}”, which the plan names elsewhere.",
            advice: "If it is another unit, correct it in the sheet 任务 of plan.xlsx.",
            meaning: "Lists often write 省, 市 or 区 before the first unit only.",
            example: "省甲厅、乙厅.",
        },
    },
    CodeText {
        code: Code::PrefixProposed,
        zh: Twin {
            title: "可能省略了区划字",
            message: "“{found}”可能承前省略了“{prefix}”，全名或为“{full}”；方案别处没有这个名称，照原样保留。",
            advice: "如确是“{full}”，请在 plan.xlsx 的“别称”表中登记，或改正“任务”表。",
            meaning: "名单里常只在第一个单位前写“省”“市”“区”，但也可能另有其单位，不能代为决定。",
            example: "“省甲厅、乙厅”。",
        },
        en: Twin {
            title: "prefix perhaps omitted",
            message: "“{found}” may omit “{prefix}” and mean “{full}”; the plan does not name that unit elsewhere, so the name is kept.",
            advice: "If it does mean “{full}”, enter it in the sheet 别称 of plan.xlsx or correct the sheet 任务.",
            meaning: "Lists often write 省, 市 or 区 before the first unit only, but another unit may be meant.",
            example: "省甲厅、乙厅.",
        },
    },
    CodeText {
        code: Code::LeaderInherited,
        zh: Twin {
            title: "领导取自标题",
            message: "第{task}项没有写领导，取标题中的“{found}”。",
            advice: "一般不用处理。",
            meaning: "标题写明了这一部分任务的领导，适用于其下各项。",
            example: "“一、工业经济（牵头领导：张三）”。",
        },
        en: Twin {
            title: "leader from the heading",
            message: "Task {task} names no leader; “{found}” of its heading was taken.",
            advice: "Usually nothing.",
            meaning: "A heading names the leader of all tasks under it.",
            example: "一、工业经济（牵头领导：张三）.",
        },
    },
    CodeText {
        code: Code::DeadlineUnread,
        zh: Twin {
            title: "完成时限没有读懂",
            message: "第{task}项的完成时限“{found}”没有读懂，暂按年底。",
            advice: "请在 plan.xlsx 的“任务”表中填写完成时限。",
            meaning: "时限要落到某一天才能判断是否逾期。",
            example: "“根据上级安排”。",
        },
        en: Twin {
            title: "deadline not understood",
            message: "The deadline “{found}” of task {task} was not understood; the end of the year was taken.",
            advice: "Fill in the due date in the sheet 任务 of plan.xlsx.",
            meaning: "A deadline must be a day before a task can be overdue.",
            example: "根据上级安排.",
        },
    },
];
