//! What invented units write in a rehearsal (演练用语). No real people, places or projects.

/// First characters of invented names.
pub const SURNAMES: &[&str] = &[
    "沈", "陆", "宋", "许", "韩", "曹", "严", "魏", "姜", "邹", "喻", "柏", "窦", "章", "云", "苏",
];
/// Second parts of invented names.
pub const GIVEN: &[&str] = &[
    "思齐", "明远", "书白", "晓棠", "一鸣", "若谷", "行之", "知夏", "怀瑾", "望舒", "嘉树", "子衿",
];

/// What kind of work a task is: what a unit may sensibly write of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trade {
    /// Building something.
    Building,
    /// Making something grow.
    Economy,
    /// Everything else.
    Service,
}

/// The trade of a task by its text.
#[must_use]
pub fn trade(text: &str) -> Trade {
    const BUILDING: [&str; 12] = [
        "改造",
        "工程",
        "道路",
        "公路",
        "管网",
        "新建",
        "开工",
        "竣工",
        "建成",
        "灌区",
        "高标准农田",
        "停车",
    ];
    const ECONOMY: [&str; 8] = ["招商", "产业", "消费", "投资", "外贸", "电商", "销售", "楼宇"];
    if BUILDING.iter().any(|w| text.contains(w)) {
        Trade::Building
    } else if ECONOMY.iter().any(|w| text.contains(w)) {
        Trade::Economy
    } else {
        Trade::Service
    }
}

impl Trade {
    /// What was done.
    #[must_use]
    pub const fn did(self) -> &'static [&'static str] {
        match self {
            Self::Building => &[
                "已完成招标，施工队伍进场",
                "完成现场踏勘和施工图审查，正在办理施工许可",
                "主体施工有序推进，每周现场调度",
                "倒排工期，加密施工班组",
                "完成征地协议签订，正在平整场地",
            ],
            Self::Economy => &[
                "逐户走访重点企业，帮助解决用工、融资问题",
                "召开调度会2次，建立重点项目清单",
                "组织企业参加产销对接活动",
                "开展政策宣讲，首批奖补资金已兑付",
                "外出招商3批次，在谈项目进入合同磋商",
            ],
            Self::Service => &[
                "制定实施方案，明确责任人和完成时限",
                "完成前期摸底，建立问题清单",
                "组织自查，发现的问题已列入整改台账",
                "开展专题培训，基层骨干全部参加",
                "修订工作细则，细化到镇街和具体岗位",
                "与相关单位会商，方案已进入会签程序",
            ],
        }
    }

    /// Problems; `{n}` is a small number.
    #[must_use]
    pub const fn problems(self) -> &'static [&'static str] {
        match self {
            Self::Building => &[
                "征迁协议尚有{n}户未签",
                "施工招标流标1次，需重新组织",
                "用地手续办理较计划晚{n}天",
                "配套资金缺口约{n}00万元",
                "连续阴雨，室外作业停工{n}天",
            ],
            Self::Economy => &[
                "{n}家重点企业订单减少",
                "去年同期基数较高，增速回落",
                "意向项目落地慢，{n}个项目仍在选址",
                "企业投资意愿减弱，{n}个技改项目推迟",
            ],
            Self::Service => &[
                "方案征求意见尚有{n}家单位未反馈",
                "部门间数据口径不一致，核对用时较长",
                "基层专业人员缺{n}名",
                "验收材料尚缺{n}份",
            ],
        }
    }

    /// What is asked of others; `{by}` is a date.
    #[must_use]
    pub const fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Building => &[
                "请财政部门{by}前下达首期配套资金",
                "请自然资源部门{by}前办结用地手续",
                "请属地镇街{by}前完成剩余协议签订",
                "请召开专题会议，{by}前明确资金来源",
            ],
            Self::Economy => &[
                "请统计部门{by}前协助核定数据口径",
                "请自然资源部门{by}前落实项目用地指标",
                "请金融监管部门{by}前组织银企对接",
            ],
            Self::Service => &[
                "请各会签单位{by}前反馈意见",
                "请编制部门{by}前明确人员调剂办法",
                "请大数据部门{by}前开放数据接口",
                "请财政部门{by}前安排工作经费",
            ],
        }
    }

    /// Next steps.
    #[must_use]
    pub const fn next(self) -> &'static [&'static str] {
        match self {
            Self::Building => &[
                "{by}前办完剩余手续，抢抓晴好天气施工",
                "增加施工班组，{by}前补回工期",
                "{by}前完成二次招标",
            ],
            Self::Economy => &[
                "包保领导每周走访，{by}前形成一企一策",
                "{by}前再组织一次专题招商",
                "对停产企业逐户分析，{by}前报告",
            ],
            Self::Service => {
                &["{by}前完成会签并印发", "组织一次专项督导，{by}前整改到位", "{by}前补齐验收材料"]
            }
        }
    }
}

/// What comes of it.
pub const GOING: &[&str] =
    &["总体进展平稳", "各项工作有序推进", "节点任务按计划完成", "阶段目标已实现"];
/// A task that is over.
pub const FINISHED: &[&str] =
    &["已全部完成并通过验收", "年度任务已完成，资料已归档", "已按期完成，转入日常管理"];
/// Why the office confirms a finished task.
pub const SEEN: &str = "现场核验通过";
/// A task that has not begun.
pub const WAITING: &[&str] =
    &["尚在等待上级实施细则", "前期手续未办结，尚未启动", "实施主体尚未确定"];
/// What a co-operating unit did.
pub const HELPED: &[&str] = &[
    "按职责提供数据和政策支持",
    "派出专人参加联合工作组",
    "配合牵头单位完成现场核查",
    "在本领域落实配套措施",
    "做好宣传发动和群众工作",
    "完成职责内审批事项的办理",
];

/// The narrative of a lead unit's task with a figure; a rate is not added up.
#[must_use]
pub fn with_figure(
    date: &str,
    name: &str,
    value: &str,
    unit: &str,
    rate: bool,
    done: &str,
) -> String {
    let added = if rate { "" } else { "累计" };
    format!("截至{date}，{name}{added}{value}{unit}；{done}。")
}

/// The narrative where the statistics are not out.
#[must_use]
pub fn not_out(date: &str, name: &str, done: &str) -> String {
    format!("截至{date}，{name}数据尚未发布；{done}。")
}

/// The narrative of a task without a figure; nothing may come of it yet.
#[must_use]
pub fn without_figure(date: &str, done: &str, going: &str) -> String {
    if going.is_empty() {
        format!("截至{date}，{done}。")
    } else {
        format!("截至{date}，{done}，{going}。")
    }
}

/// The narrative of a task that is over, or has not begun.
#[must_use]
pub fn finished(date: &str, what: &str) -> String {
    format!("截至{date}，{what}。")
}

/// The narrative of a co-operating unit.
#[must_use]
pub fn helped(month: &str, what: &str) -> String {
    format!("{month}{what}。")
}

/// A problem, request or next step with its number and date.
#[must_use]
pub fn filled(what: &str, number: u32, by: &str) -> String {
    what.replace("{n}", &number.to_string()).replace("{by}", by)
}

/// 4月20日.
#[must_use]
pub fn day_of(month: i8, day: u32) -> String {
    format!("{month}月{day}日")
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
