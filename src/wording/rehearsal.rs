//! What invented units write in a rehearsal (演练用语). No real people, places or projects.

/// First characters of invented names.
pub const SURNAMES: &[&str] = &[
    "沈", "陆", "宋", "许", "韩", "曹", "严", "魏", "姜", "邹", "喻", "柏", "窦", "章", "云", "苏",
];
/// Second parts of invented names.
pub const GIVEN: &[&str] = &[
    "思齐", "明远", "书白", "晓棠", "一鸣", "若谷", "行之", "知夏", "怀瑾", "望舒", "嘉树", "子衿",
];

/// What was done, for a task with figures or without; `{date}` is the cut-off date.
pub const DONE: &[&str] = &[
    "召开推进会2次，逐项明确责任人和完成时限",
    "完成前期摸底，建立项目清单和问题清单",
    "组织现场踏勘，督促施工单位加快进度",
    "对照年度任务倒排工期，按旬调度",
    "与相关单位会商，方案已进入会签程序",
    "完成资料审核，正在办理后续手续",
    "开展专题培训，基层骨干全部参加",
    "上门走访服务，协调解决要素保障难题",
    "完成招标，施工队伍已经进场",
    "组织自查，发现的问题已全部列入整改台账",
    "修订工作细则，细化到镇街和具体岗位",
    "争取上级资金支持，首批资金已下达",
];
/// What comes of it.
pub const GOING: &[&str] = &[
    "总体进展平稳",
    "各项工作有序推进",
    "节点任务按计划完成",
    "阶段目标基本实现",
    "后续工作正在衔接",
    "形成了初步成果",
];
/// What a co-operating unit did.
pub const HELPED: &[&str] = &[
    "按职责提供数据和政策支持",
    "派出专人参加联合工作组",
    "配合牵头单位完成现场核查",
    "在本领域落实配套措施",
    "做好宣传发动和群众工作",
    "完成职责内审批事项的办理",
];
/// Problems.
pub const PROBLEMS: &[&str] = &[
    "部分项目用地手续办理周期较长",
    "配套资金到位偏慢，影响施工组织",
    "基层专业力量不足",
    "连续阴雨影响室外作业进度",
    "个别企业投资意愿有所减弱",
    "跨部门数据口径不一致，核对耗时较多",
];
/// What is asked of others.
pub const COORDINATION: &[&str] = &[
    "请财政部门加快拨付配套资金",
    "请自然资源部门加快办理用地手续",
    "请统计部门协助核定数据口径",
    "请所在镇街协助做好群众工作",
];
/// Next steps.
pub const NEXT: &[&str] = &[
    "下月底前完成剩余手续办理",
    "增加施工力量，抢抓有利天气",
    "建立周调度机制，紧盯滞后项目",
    "组织一次专项督导，推动问题销号",
    "对接上级部门，争取政策支持",
    "完善台账，按节点逐项验收",
];

/// The narrative of a lead unit's task with a figure.
#[must_use]
pub fn with_figure(date: &str, name: &str, value: &str, unit: &str, done: &str) -> String {
    format!("截至{date}，{name}累计{value}{unit}；{done}。")
}

/// The narrative where the statistics are not out.
#[must_use]
pub fn not_out(date: &str, name: &str, done: &str) -> String {
    format!("截至{date}，{name}数据尚未发布；{done}。")
}

/// The narrative of a task without a figure.
#[must_use]
pub fn without_figure(date: &str, done: &str, going: &str) -> String {
    format!("截至{date}，{done}，{going}。")
}

/// The narrative of a co-operating unit.
#[must_use]
pub fn helped(month: &str, what: &str) -> String {
    format!("{month}{what}。")
}

/// A problem or a next step, with the month it was written in.
#[must_use]
pub fn in_month(month: &str, what: &str) -> String {
    format!("{what}（{month}）。")
}

/// 3月31日.
#[must_use]
pub fn day(date: jiff::civil::Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// A heading another office uses for 下步措施.
pub const RENAMED: &str = "下一步打算";
/// Heading of a column a unit adds, and what stands in it.
pub const REMARKS: &str = "备注";
/// See [`REMARKS`].
pub const REMARK: &str = "见附件";
/// A remark below the table.
pub const NOTE_BELOW: &str = "注：以上为快报数，以统计部门发布为准。";
/// The row of totals a unit adds.
pub const TOTAL: &str = "合计";
/// The name programs give a new sheet.
pub const SHEET: &str = "Sheet1";
/// A sheet a unit adds, and its headings.
pub const DETAIL: &str = "项目明细";
/// See [`DETAIL`].
pub const DETAIL_NAME: &str = "项目名称";
/// See [`DETAIL`].
pub const DETAIL_PLACE: &str = "建设地点";
/// A status that is none.
pub const BASICALLY_DONE: &str = "基本完成";
/// A synonym of 推进中.
pub const UNDER_WAY: &str = "进行中";

/// The name of a file that says nothing of its unit.
#[must_use]
pub fn nameless(number: usize) -> String {
    format!("新建工作表({number}).xlsx")
}
