//! Findings of the plan stage (方案), in both languages.

use super::{CodeText, Twin};
use crate::diag::Code;

/// One entry per code.
pub(super) const TEXTS: &[CodeText] = &[
    CodeText {
        code: Code::PlanEmpty,
        zh: Twin {
            title: "没有读到任务",
            message: "“{found}”中没有读到任何带责任分工的任务。",
            advice: "请确认这是责任分工方案正文：任务应有序号，后面写明牵头领导、牵头单位、责任单位。",
            meaning: "整份文件里没有一项既有序号又有责任分工的内容，无法生成任务清单。",
            example: "误选了会议通知或只有目录的文件。",
        },
        en: Twin {
            title: "no tasks found",
            message: "No task with a responsibility clause was found in “{found}”.",
            advice: "Check that this is the plan itself: tasks are numbered and name their leaders and units.",
            meaning: "Nothing in the document is both numbered and assigned, so there is no task list to make.",
            example: "A meeting notice or a table of contents was chosen by mistake.",
        },
    },
    CodeText {
        code: Code::PlanTooLong,
        zh: Twin {
            title: "文件过大",
            message: "“{found}”的内容远多于一份方案，没有读取。",
            advice: "请只导入方案正文。",
            meaning: "方案正文一般几万字；过大的文件多半选错了，也可能拖垮电脑。",
            example: "把全年的文件汇编当作方案导入。",
        },
        en: Twin {
            title: "document too long",
            message: "“{found}” holds far more than a plan; it was not read.",
            advice: "Import the plan itself only.",
            meaning: "A plan has some tens of thousands of characters; a much longer file is usually the wrong one and could exhaust the machine.",
            example: "A year's collected documents imported as a plan.",
        },
    },
    CodeText {
        code: Code::PlanGarbled,
        zh: Twin {
            title: "文字是乱码",
            message: "“{found}”的文字编码无法识别。",
            advice: "请用记事本或 WPS 打开，另存为 UTF-8 编码的文本，或另存为 docx 再导入。",
            meaning: "既不是 UTF-8 也不是 GB18030，硬读会得到乱码。",
            example: "下载中断的文本，或改了后缀的其他文件。",
        },
        en: Twin {
            title: "garbled text",
            message: "The encoding of “{found}” is not known.",
            advice: "Open it in an editor and save it as UTF-8 text, or as docx.",
            meaning: "It is neither UTF-8 nor GB18030; reading it anyway would give nonsense.",
            example: "A text whose download broke off, or another file under a text name.",
        },
    },
    CodeText {
        code: Code::PlanNotReadable,
        zh: Twin {
            title: "这种文件不能导入",
            message: "“{found}”不能作为方案读取：{kind}。",
            advice: "请用 Word 或 WPS 打开，去掉密码，另存为 docx（表格存为 xlsx）后再导入；PDF、OFD、扫描件和图片请向印发单位索取可编辑的文件，或先做文字识别并逐字核对。",
            meaning: "方案可以是 md、txt、docx 文件，或 xlsx、xls、ods 表格；其他格式请先另存。",
            example: "扫描成 PDF 的红头文件。",
        },
        en: Twin {
            title: "kind of file not read",
            message: "“{found}” cannot be read as a plan: {kind}.",
            advice: "Open it in Word or WPS, take the password off and save it as docx (tables as xlsx); for PDF, OFD, scans and pictures ask the issuing office for an editable file, or run text recognition first and proof-read it.",
            meaning: "A plan may be md, txt or docx, or a table in xlsx, xls or ods; save other kinds as one of these first.",
            example: "A scanned PDF.",
        },
    },
    CodeText {
        code: Code::SectionTwice,
        zh: Twin {
            title: "板块序号重复",
            message: "标题“{found}”的序号已经用过，编为{new}。",
            advice: "请在 plan.xlsx 的“板块”“任务”两表中核对板块序号。",
            meaning: "两个板块用了同一个序号，无法区分。",
            example: "两处都写“三、”。",
        },
        en: Twin {
            title: "section number twice",
            message: "The number of heading “{found}” was used before; it was given number {new}.",
            advice: "Check the section numbers in the sheets 板块 and 任务 of plan.xlsx.",
            meaning: "Two sections share a number and cannot be told apart.",
            example: "Two headings 三、.",
        },
    },
    CodeText {
        code: Code::TaskTwice,
        zh: Twin {
            title: "任务序号重复",
            message: "序号“{found}”出现了两次，后一次编为第{new}项。",
            advice: "请在 plan.xlsx 的“任务”表中核对序号。",
            meaning: "序号是任务的唯一标识，重复就无法区分。",
            example: "两项都是“37.”。",
        },
        en: Twin {
            title: "task number twice",
            message: "Number {found} occurs twice; the second task was given number {new}.",
            advice: "Check the numbers in the sheet 任务 of plan.xlsx.",
            meaning: "The number is a task's identity.",
            example: "Two paragraphs numbered 37.",
        },
    },
    CodeText {
        code: Code::NumberGap,
        zh: Twin {
            title: "任务序号不连续",
            message: "这里应是第{expected}项，写的是第{found}项；序号照原文保留。",
            advice: "请核对是否漏了任务，或那一项没有写责任分工。",
            meaning: "序号不连续多半是漏了一项，或有一项没有责任分工而未作为任务导入。",
            example: "36之后是38。",
        },
        en: Twin {
            title: "numbering gap",
            message: "Task {expected} was expected here; {found} stands here and is kept.",
            advice: "Check whether a task is missing, or has no responsibility clause.",
            meaning: "A gap usually means that a task was lost, or has no clause and so was not imported as a task.",
            example: "38 follows 36.",
        },
    },
    CodeText {
        code: Code::PageBreak,
        zh: Twin {
            title: "分页断开的文字已接上",
            message: "文字在此处被分页断开，已接成“{found}”。",
            advice: "一般不用处理；如接错了，请在 plan.xlsx 的“任务”表中改正。",
            meaning: "由排版文件转换来的文本，常在分页处把句子或名称断成两段。",
            example: "“区地”“方金融监督管理局”分在两页。",
        },
        en: Twin {
            title: "page break joined",
            message: "The text was broken by a page here; it was joined to “{found}”.",
            advice: "Usually nothing; if it was joined wrongly, correct it in the sheet 任务 of plan.xlsx.",
            meaning: "Converted documents often break a sentence or a name at the end of a page.",
            example: "区地 at the end of one page and 方金融监督管理局 on the next.",
        },
    },
    CodeText {
        code: Code::ClauseCloser,
        zh: Twin {
            title: "责任分工的括号不配对",
            message: "责任分工“{found}”处的括号不配对或没有合上，已按责任分工读取。",
            advice: "一般不用处理。",
            meaning: "括号不配对不影响读取，记下来备查。",
            example: "〔……〕写成〔……]。",
        },
        en: Twin {
            title: "clause bracket not paired",
            message: "The brackets of the clause at “{found}” do not match or do not close; it was read all the same.",
            advice: "Usually nothing.",
            meaning: "An unpaired bracket does not hinder reading; it is noted for the record.",
            example: "〔…〕 written as 〔…].",
        },
    },
    CodeText {
        code: Code::StrayBracket,
        zh: Twin {
            title: "名称中多余的括号",
            message: "“{found}”处的括号不成对，已补齐或去掉多余的一半。",
            advice: "请在 plan.xlsx 的“任务”表中核对这个名称。",
            meaning: "名称里的半个括号多半是排版残留。",
            example: "“区人民医院)”。",
        },
        en: Twin {
            title: "stray bracket in a name",
            message: "A bracket at “{found}” has no partner; it was completed or dropped.",
            advice: "Check the name in the sheet 任务 of plan.xlsx.",
            meaning: "Half a bracket in a name is usually left over from typesetting.",
            example: "区人民医院).",
        },
    },
    CodeText {
        code: Code::OpenList,
        zh: Twin {
            title: "单位没有列全",
            message: "第{task}项的单位写到“{found}”后面用了“等”，没有列全。",
            advice: "请在 plan.xlsx 的“任务”表中补全单位；不补则只向列出的单位收表。",
            meaning: "“等”表示还有别的单位，但方案没有写出是谁。",
            example: "“甲局、乙局等部门负责”。",
        },
        en: Twin {
            title: "open list of units",
            message: "The units of task {task} end with “{found}” and 等: the list is open.",
            advice: "Complete it in the sheet 任务 of plan.xlsx; otherwise only the units listed report.",
            meaning: "等 means that there are others whom the plan does not name.",
            example: "甲局、乙局等部门负责.",
        },
    },
    CodeText {
        code: Code::Subset,
        zh: Twin {
            title: "没有指明是哪些单位",
            message: "第{task}项写的是“{found}”，没有说明是哪几个单位。",
            advice: "请在 plan.xlsx 的“集合”表中写明成员，或在“任务”表中改成具体单位。",
            meaning: "“相关”“有关”是从一群单位里挑几个，方案没有写出是哪几个。",
            example: "“相关镇政府（街道办事处）”。",
        },
        en: Twin {
            title: "subset nobody named",
            message: "Task {task} says “{found}” without naming the units.",
            advice: "Name the members in the sheet 集合 of plan.xlsx, or put the units into the sheet 任务.",
            meaning: "相关 picks some units out of many, and the plan does not say which.",
            example: "相关镇政府（街道办事处）.",
        },
    },
    CodeText {
        code: Code::FirstLeads,
        zh: Twin {
            title: "排在第一位的牵头",
            message: "第{task}项按方案“排在第一位的牵头”的说明，以“{found}”为牵头单位。",
            advice: "一般不用处理；如有例外，请在 plan.xlsx 的“任务”表中改正。",
            meaning: "方案在一处说明各项任务中排在第一位的单位为牵头单位，适用于全文。",
            example: "“列在首位的为牵头单位，下同”。",
        },
        en: Twin {
            title: "first-named unit leads",
            message: "By the plan's rule that the first-named unit leads, “{found}” leads task {task}.",
            advice: "Usually nothing; correct exceptions in the sheet 任务 of plan.xlsx.",
            meaning: "The plan says in one place that the first-named unit of each task leads; that holds for all of it.",
            example: "列在首位的为牵头单位，下同.",
        },
    },
    CodeText {
        code: Code::IndicatorDoubtful,
        zh: Twin {
            title: "拿不准的数字指标",
            message: "第{task}项中“{found}”是否作为指标拿不准（{why}），暂不采用。",
            advice: "如应考核，请在 plan.xlsx 的“指标”表中把“采用”改为“是”。",
            meaning: "总数、构成数、门槛、地点个数、名称里的数不一定是任务量，采用错了会算错进度。",
            example: "“项目总投资742亿元”。",
        },
        en: Twin {
            title: "doubtful indicator",
            message: "Whether “{found}” of task {task} is an indicator is doubtful ({why}); it is not adopted.",
            advice: "If it counts, set 采用 to 是 in the sheet 指标 of plan.xlsx.",
            meaning: "Totals, parts of totals, thresholds, counts of places and numbers in names are not always work to be done; adopting one wrongly makes progress wrong.",
            example: "Total investment of 742.",
        },
    },
];
