//! What a name looks like: a unit, a person, an open list, a name without its 市/区 prefix.

/// Endings of the names of units.
const ENDINGS: &[&str] = &[
    "局",
    "委",
    "办",
    "厅",
    "部",
    "署",
    "院",
    "处",
    "室",
    "中心",
    "公司",
    "集团",
    "银行",
    "政府",
    "办事处",
    "管委会",
    "委员会",
    "办公室",
    "联合会",
    "总工会",
    "工会",
    "协会",
    "学会",
    "商会",
    "学校",
    "中学",
    "小学",
    "大学",
    "医院",
    "大队",
    "支队",
    "总队",
    "队",
    "站",
    "所",
    "社",
    "团委",
    "妇联",
    "工商联",
    "残联",
    "科协",
    "文联",
    "侨联",
    "社科联",
    "单位",
    "部门",
    "镇",
    "乡",
    "街道",
    "园区",
    "开发区",
    "企业",
    "机构",
    "成员",
    "党组",
    "党委",
    "党校",
    "馆",
    "台",
    "报社",
    "社区",
    "各区",
    "各县",
    "市区",
    "县区",
    "县市",
    "行",
    "集团公司",
    "指挥部",
    "专班",
    "领导小组",
    "团区委",
    "团市委",
    "团县委",
    "关工委",
    "编办",
    "分行",
    "支行",
    "管理站",
    "服务站",
    "林场",
    "水务",
    "电力",
    "供电",
    "供销社",
    "联社",
    "合作社",
    "老干部局",
    "景区",
    "新区",
    "高新区",
    "经开区",
    "镇街",
    "乡镇",
    "法院",
    "检察院",
    "人武部",
    "民政",
    "平台",
];

/// Common surnames, to tell a person from a unit.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";

/// Whether a name looks like a unit or a group of units.
pub(super) fn looks_like_unit(name: &str) -> bool {
    let bare = name.trim_end_matches(['）', ')']);
    let bare = if bare.len() < name.len() {
        bare.rsplit_once(['（', '(']).map_or(bare, |(before, _)| before)
    } else {
        bare
    };
    bare.chars().count() >= 2 && ENDINGS.iter().any(|e| bare.ends_with(e)) || is_group_word(bare)
}

/// 各镇, 全体成员 and the like.
fn is_group_word(name: &str) -> bool {
    (name.starts_with('各') && name.chars().count() <= 16) || name.ends_with("成员单位")
}

/// Whether a name looks like a person: two to four characters, a surname first, no unit's ending.
pub(super) fn looks_like_person(name: &str) -> bool {
    let count = name.chars().count();
    (2..=4).contains(&count)
        && name.chars().next().is_some_and(|c| SURNAMES.contains(c))
        && !looks_like_unit(name)
}

/// The name without 等, 等部门, 等有关单位 at its end; none if it does not end so.
pub(super) fn open_list(name: &str) -> Option<&str> {
    const TAILS: [&str; 16] = [
        "等有关部门和单位",
        "等相关部门和单位",
        "等有关部门",
        "等相关部门",
        "等有关单位",
        "等相关单位",
        "等部门和单位",
        "等部门（单位）",
        "等单位和部门",
        "等部门",
        "等单位",
        "等各部门",
        "等责任单位",
        "等成员单位",
        "等同志",
        "等",
    ];
    TAILS.iter().find_map(|t| name.strip_suffix(t)).filter(|bare| !bare.is_empty())
}

/// The character that names of a place's units begin with: 省 市 区 县.
const PREFIXES: &str = "省市区县旗州";

/// The prefix of a name: 区 in 区财政局.
pub(super) fn prefix(name: &str) -> Option<char> {
    name.chars().next().filter(|c| PREFIXES.contains(*c) && name.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_people_are_told_apart() {
        for name in [
            "区财政局",
            "各镇政府（街道办事处）",
            "团区委",
            "国泰东昌集团",
            "国家发展改革委",
            "人民银行",
            "各区",
        ] {
            assert!(looks_like_unit(name), "{name}");
            assert!(!looks_like_person(name), "{name}");
        }
        for name in ["张三", "欧阳明", "靳广力"] {
            assert!(looks_like_person(name), "{name}");
        }
        for name in ["区住房", "加强领导", "提升水平"] {
            assert!(!looks_like_unit(name), "{name}");
        }
        assert_eq!(open_list("区审计局等有关部门"), Some("区审计局"));
        assert_eq!(open_list("等"), None);
    }
}
