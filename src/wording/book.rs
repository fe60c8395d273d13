//! Words of plan.xlsx (责任台账): sheets, headings, notes, choices.

/// Words of a column: its heading, other headings under which it is recognised, and the note on the heading.
#[derive(Clone, Copy, Debug)]
pub struct ColumnText {
    /// Heading as printed.
    pub heading: &'static str,
    /// Other accepted headings.
    pub synonyms: &'static [&'static str],
    /// What to type, shown as a note on the heading.
    pub note: &'static str,
}

/// Words of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetText {
    /// Name of the sheet.
    pub name: &'static str,
    /// One line under the title: what stands here and what to do.
    pub hint: &'static str,
    /// Its columns in order.
    pub columns: &'static [ColumnText],
}

const fn column(
    heading: &'static str,
    synonyms: &'static [&'static str],
    note: &'static str,
) -> ColumnText {
    ColumnText { heading, synonyms, note }
}

const LIST_NOTE: &str = "多个名称用“、”隔开，也可以一行一个。下拉框可选一个，其余接着输入。名称须与“单位”“别称”或“集合”表一致。";
const PERIOD_NOTE: &str = "写成 2024-03；季度 2024-Q1，半年 2024-H1，全年 2024。";

/// 任务.
pub const TASKS: SheetText = SheetText {
    name: "任务",
    hint: "一行一项任务。序号不要改动；撤销、新增或调整任务请写在“变更”表，并注明从哪一期起。",
    columns: &[
        column("序号", &["任务序号", "任务编号", "编号"], "方案原文的任务序号，不重复，不重排。"),
        column("板块", &["板块序号", "板块编号"], "板块的序号，见“板块”表。"),
        column("小节", &["小节序号", "小节编号"], "小节在板块内的序号；没有小节的留空。"),
        column("任务内容", &["任务", "工作任务", "任务事项"], "任务全文，不含序号和责任分工。"),
        column(
            "简称",
            &["任务简称"],
            "不超过20个字，用在统计表和挂图上。导入时自动拟出，请改得一看就懂。",
        ),
        column("牵头领导", &["责任领导", "分管领导"], "多位领导用“、”隔开，姓名须与“领导”表一致。"),
        column("牵头单位", &["牵头责任单位", "主办单位", "承办单位"], LIST_NOTE),
        column("责任单位", &["配合单位", "责任单位和集合"], LIST_NOTE),
        column(
            "完成时限",
            &["办结时限", "时限"],
            "日期，如 2024-12-31。方案没有写明的，默认为当年12月31日。",
        ),
        column("起始期", &["开始期"], "一般留空。从年中开始的任务请写在“变更”表。写法：2024-03。"),
        column("终止期", &["截止期"], "一般留空。撤销任务请写在“变更”表。写法：2024-03。"),
    ],
};

/// 板块.
pub const SECTIONS: SheetText = SheetText {
    name: "板块",
    hint: "一行一个板块或小节。“小节”一栏空着的是板块，填了序号的是它下面的小节。",
    columns: &[
        column("板块", &["板块序号", "板块编号"], "板块序号：“一、”写 1。"),
        column("小节", &["小节序号", "小节编号"], "小节序号：“（一）”写 1；板块本身留空。"),
        column("标题", &["名称", "板块名称"], "标题原文，不含序号。"),
        column("简称", &["板块简称"], "不超过10个字，用在图表上。小节不用填。"),
    ],
};

/// 指标.
pub const INDICATORS: SheetText = SheetText {
    name: "指标",
    hint: "一行一个量化指标。“采用”为“否”的不统计；拿不准的先为“否”，核对后改成“是”。事项编号一经给出不再改动，也不挪给别的指标。",
    columns: &[
        column(
            "事项编号",
            &["编号", "指标编号"],
            "任务序号-顺序号，如 43-1。新增指标接着往下编，删去的号不再用。",
        ),
        column("任务", &["任务简称"], "自动显示，不用填。"),
        column("指标名称", &["指标", "量化指标"], "简短的名词，如“新增高新技术企业”。"),
        column(
            "比较",
            &["比较方式"],
            "不少于：以上、不低于；达到：只有数字；不超过：以内、不高于；左右：约。",
        ),
        column("年度目标", &["目标", "目标值"], "只填数字，单位写在“计量单位”一栏。"),
        column("计量单位", &["单位"], "家、个、亿元、%……"),
        column(
            "类型",
            &["指标类型"],
            "累计：一年里累加的数量（30家）；增速：增长多少；水平：占比、存量；上限：不高于。",
        ),
        column("起点值", &["基数", "起点"], "只用于要逐步提高的水平指标：年初的数值。一般留空。"),
        column(
            "数据来源单位",
            &["来源单位", "数据单位"],
            "由哪个牵头单位报这个数；留空为第一牵头单位。",
        ),
        column("报送频率", &["频率"], "多久出一次数：每月、每季、每半年、每年。"),
        column(
            "序时曲线",
            &["序时进度", "进度曲线"],
            "12个月末应完成的百分数，用“、”隔开，如 0、0、10、20、30、40、50、60、70、80、90、100。留空按全办统一口径。",
        ),
        column("采用", &["是否采用"], "是：列入填报和统计；否：不列入。"),
        column("存疑", &["存疑原因", "疑点"], "导入时为什么拿不准。"),
        column("原文摘录", &["原文", "摘录"], "指标取自任务里的哪一句。"),
    ],
};

/// 单位.
pub const UNITS: SheetText = SheetText {
    name: "单位",
    hint: "一行一个单位。更名、划入、合并、拆分请写在“变更”表；同一单位的别的写法请写在“别称”表。",
    columns: &[
        column("名称", &["单位名称", "单位"], "规范名称，不重复。"),
        column("简称", &["单位简称"], "不超过10个字，不重复，用在统计表上。"),
        column("类别", &["单位类别"], "排名只在同一类别内进行。可以自己另起类别名。"),
        column("起始期", &["开始期"], "一般留空。年中新设的单位填开始的一期。写法：2024-03。"),
        column("终止期", &["截止期"], "一般留空。撤并的单位填最后一期。写法：2024-03。"),
        column("承接单位", &["继任单位", "并入单位"], "终止以后由谁接手；须是本表中的单位。"),
    ],
};

/// 别称.
pub const ALIASES: SheetText = SheetText {
    name: "别称",
    hint: "同一单位的不同写法。程序拟出的先为“否”，不会自行合并；核对后改成“是”，两种写法才算同一个单位。",
    columns: &[
        column("别称", &["别名", "其他写法"], "方案或报表中出现的另一种写法。"),
        column("单位", &["规范名称", "单位名称"], "实际是哪个单位，须在“单位”表中。"),
        column("采用", &["是否采用"], "是：两种写法算同一单位；否：先不合并。"),
        column("理由", &["依据", "说明"], "为什么认为是同一单位。"),
    ],
};

/// 集合.
pub const GROUPS: SheetText = SheetText {
    name: "集合",
    hint: "方案里“各镇政府（街道办事处）”一类的统称。请把成员填上：没有成员的集合，谁都收不到填报表。",
    columns: &[
        column("集合名称", &["集合", "统称"], "方案中的写法。"),
        column(
            "成员",
            &["成员单位"],
            "成员单位用“、”隔开，也可以一行一个；须是“单位”表中的单位。同一集合也可以分几行写。",
        ),
    ],
};

/// 领导.
pub const LEADERS: SheetText = SheetText {
    name: "领导",
    hint: "一行一位牵头领导。年中换人：给前任填终止期和接任者，另起一行写接任者，从接任的一期起算到新任名下。",
    columns: &[
        column("姓名", &["领导", "领导姓名"], "不重复；同名的请加职务区分。"),
        column("职务", &["现任职务"], "印在领导手册上，可不填。"),
        column("集体", &["是否集体"], "“区政府全体班子成员”一类的集体填“是”，单独成行统计。"),
        column("成员", &["集体成员"], "只有集体才填，姓名用“、”隔开。"),
        column("起始期", &["任职起", "开始期"], PERIOD_NOTE),
        column("终止期", &["任职止", "截止期"], PERIOD_NOTE),
        column("接任者", &["继任者", "接任"], "由谁接手任务；须是本表中的姓名。"),
    ],
};

/// 变更.
pub const AMENDMENTS: SheetText = SheetText {
    name: "变更",
    hint: "动态调整，一行一件，从“生效期”那一期起算，以前各期不变。",
    columns: &[
        column("生效期", &["生效", "起始期"], PERIOD_NOTE),
        column("事项", &["变更事项", "调整事项"], "从下拉框中选。"),
        column(
            "对象",
            &["调整对象"],
            "任务填序号（43），指标填事项编号（43-1），单位填名称；几个单位合并时用“、”隔开。",
        ),
        column(
            "调整为",
            &["调整后", "变更为"],
            "目标填数字，时限填日期，单位和领导填名称；新增任务、撤销任务不用填。",
        ),
        column("依据", &["原因", "依据或原因"], "文号、会议或原因。"),
    ],
};

/// 待核.
pub const DOUBTS: SheetText = SheetText {
    name: "待核",
    hint: "导入时拿不准的地方。点“去看”跳到要核对的格子；核对完把“已核”改成“是”。",
    columns: &[
        column("代码", &["问题代码"], "问题代码，用 duban explain 查看含义。"),
        column("行号", &["原文行号", "行"], "在方案文件中的第几行。"),
        column("任务", &["任务序号"], "涉及的任务序号。"),
        column("原文", &["原文摘录", "摘录"], "拿不准的原文。"),
        column("说明", &["问题", "问题说明"], "哪里拿不准，怎么办。"),
        column("去看", &["位置", "核对位置"], "点一下跳到要核对的格子。"),
        column("已核", &["是否已核"], "核对完改成“是”。"),
    ],
};

/// Name of the first sheet, with title, document number and year.
pub const OVERVIEW: &str = "方案";
/// Labels of the first sheet.
pub const TITLE: &str = "方案标题";
/// Label of the document number.
pub const DOC_NO: &str = "文号";
/// Label of the year.
pub const YEAR: &str = "年度";
/// Title of the first sheet.
pub const OVERVIEW_HEAD: &str = "责任台账";
/// Sentence under the title of the first sheet.
pub const OVERVIEW_HINT: &str = "督查室核对、修改后存盘即可；后面的填报表和统计都以这个文件为准。先看“待核”，再看“集合”和“别称”。";
/// Headings of the list of sheets.
pub const OVERVIEW_COLUMNS: [&str; 3] = ["工作表", "条数", "内容"];
/// What the colours mean.
pub const LEGEND_HEAD: &str = "颜色";
/// Legend: open cell.
pub const LEGEND_OPEN: &str = "可以修改";
/// Legend: cells that still need the office.
pub const LEGEND_TODO: &str = "请补充或核对";
/// Legend: automatic cells.
pub const LEGEND_AUTO: &str = "自动生成，不用填";

/// 是.
pub const YES: &str = "是";
/// 否.
pub const NO: &str = "否";
/// Words for yes, first the printed one.
pub const YES_WORDS: &[&str] = &[YES, "√", "对", "采用", "已核", "y", "yes", "true", "1"];
/// Words for no.
pub const NO_WORDS: &[&str] = &[NO, "×", "不", "不采用", "未核", "n", "no", "false", "0"];

/// Words of the comparators ≥ = ≤ ~, first the printed one.
pub const COMPARATORS: [&[&str]; 4] = [
    &["不少于", ">=", "≥", "以上", "不低于", "不小于", "大于等于", "至少"],
    &["达到", "=", "等于", "完成"],
    &["不超过", "<=", "≤", "以内", "以下", "不高于", "不大于", "小于等于", "控制在"],
    &["左右", "~", "≈", "约", "大约"],
];
/// Words of the kinds cumulative, growth, level, ceiling.
pub const KINDS: [&[&str]; 4] = [
    &["累计", "累计量", "cumulative"],
    &["增速", "增长", "增幅", "growth"],
    &["水平", "占比", "存量", "level"],
    &["上限", "ceiling"],
];
/// Words of the frequencies monthly, quarterly, half-yearly, yearly.
pub const FREQUENCIES: [&[&str]; 4] = [
    &["每月", "月", "月度", "按月"],
    &["每季", "季", "季度", "每季度", "按季"],
    &["每半年", "半年", "半年度"],
    &["每年", "年", "年度", "全年"],
];
/// Words of the changes on the sheet 变更, first the printed one.
pub const CHANGES: [&[&str]; 11] = [
    &["新增任务", "新增", "增加任务"],
    &["撤销任务", "撤销", "取消任务", "取消"],
    &["调整目标", "目标调整", "目标"],
    &["调整牵头单位", "牵头单位"],
    &["调整责任单位", "责任单位", "调整配合单位"],
    &["调整牵头领导", "牵头领导", "调整领导"],
    &["调整完成时限", "完成时限", "调整时限", "时限"],
    &["单位更名", "更名"],
    &["单位划入", "划入", "并入"],
    &["单位合并", "合并"],
    &["单位拆分", "拆分"],
];

/// Categories of units proposed by rule, in the order of the drop-down.
pub const CATEGORIES: [&str; 9] = [
    "党群部门",
    "区政府部门",
    "镇街",
    "中心和事业单位",
    "开发区和平台公司",
    "驻区单位",
    "司法机关",
    "医院",
    "其他",
];

/// Title of a drop-down's warning.
pub const NOT_IN_LIST_TITLE: &str = "不在清单中";
/// Footer of the printed sheets.
pub const PAGE_FOOT: &str = "责任台账";

/// Why two names may be one unit: only the kind of body differs.
#[must_use]
pub fn alias_other_organ(alias: &str, unit: &str) -> String {
    format!("“{alias}”与“{unit}”只差机构后缀，可能是机构改革前后的名称")
}

/// Why two names may be one unit: characters left out in several places.
#[must_use]
pub fn alias_abbreviation(left_out: &str) -> String {
    format!("像是简称，省去了“{left_out}”")
}

/// Why two names may be one unit: a piece is missing.
#[must_use]
pub fn alias_missing(left_out: &str) -> String {
    format!("像是漏写了“{left_out}”")
}
