//! Proposes short names (简称) of at most 10 characters, each unit its own.

use std::collections::BTreeSet;

use crate::model::Unit;

/// Characters of a short name (DESIGN §2).
const LIMIT: usize = 10;

/// Customary abbreviations of the bodies every county and district has, longest first.
const CUSTOMARY: [(&str, &str); 46] = [
    ("人力资源和社会保障", "人社"),
    ("地方金融监督管理", "金融监管"),
    ("自然资源和规划", "自然资源"),
    ("住房和城乡建设", "住建"),
    ("商务和投资促进", "商务投促"),
    ("民族宗教事务", "民宗"),
    ("疾病预防控制", "疾控"),
    ("退役军人事务", "退役军人"),
    ("市场监督管理", "市场监管"),
    ("综合行政执法", "综合执法"),
    ("工业和信息化", "工信"),
    ("行政审批服务", "行政审批"),
    ("发展和改革", "发改"),
    ("文化和旅游", "文旅"),
    ("教育和体育", "教体"),
    ("科学技术协会", "科协"),
    ("科学技术", "科技"),
    ("交通运输", "交通"),
    ("卫生健康", "卫健"),
    ("医疗保障", "医保"),
    ("应急管理", "应急"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("工商业联合会", "工商联"),
    ("供销合作社", "供销社"),
    ("人民检察院", "检察院"),
    ("人民法院", "法院"),
    ("城市管理", "城管"),
    ("农业农村", "农业农村"),
    ("经济合作发展", "经济合作"),
    ("体育事业发展", "体育"),
    ("机关事务服务", "机关事务"),
    ("大数据服务", "大数据"),
    ("建设服务中心", "中心"),
    ("服务中心", "中心"),
    ("受理中心", "中心"),
    ("发展中心", "中心"),
    ("保护委员会办公室", "保护办"),
    ("委员会办公室", "办"),
    ("政府办公室", "政府办"),
    ("委员会", "委"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("人民政府", "政府"),
    ("街道办事处", "街道"),
    ("镇政府", "镇"),
];

/// Gives every unit without one a short name; no two alike.
pub(super) fn assign(units: &mut [Unit]) {
    let mut taken: BTreeSet<String> =
        units.iter().map(|u| u.short.clone()).filter(|s| !s.is_empty()).collect();
    let names: BTreeSet<String> = units.iter().map(|u| u.name.clone()).collect();
    for unit in units.iter_mut().filter(|u| u.short.is_empty()) {
        // The whole name serves where the abbreviation is taken or is another unit's own name.
        let other = |s: &String| *s != unit.name && names.contains(s);
        let choices = [abbreviated(&unit.name), cut(&unit.name)];
        let free = choices.into_iter().find(|s| !taken.contains(s) && !other(s));
        let short = free.unwrap_or_else(|| numbered(&unit.name, &taken));
        taken.insert(short.clone());
        unit.short = short;
    }
}

/// The name with customary abbreviations, cut to the limit.
fn abbreviated(name: &str) -> String {
    let mut short = name.to_owned();
    for (long, brief) in CUSTOMARY {
        if short.contains(long) {
            short = short.replace(long, brief);
        }
    }
    cut(&short)
}

/// At most [`LIMIT`] characters.
fn cut(name: &str) -> String {
    name.chars().take(LIMIT).collect()
}

/// The name cut short with a number behind it: the last resort.
fn numbered(name: &str, taken: &BTreeSet<String>) -> String {
    // One more than there are names is free.
    (2..taken.len() + 3)
        .map(|n| {
            let number = n.to_string();
            let room = LIMIT.saturating_sub(number.len());
            name.chars().take(room).chain(number.chars()).collect::<String>()
        })
        .find(|s| !taken.contains(s))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::registry::build::unit;

    #[test]
    fn short_names_are_customary_and_unique() {
        let mut units: Vec<Unit> = [
            "区人力资源和社会保障局",
            "区发展和改革局",
            "区发展和改革委员会",
            "区文明城市建设服务中心",
            "嘉明经济开发区管委会",
            "侯营镇政府",
            "区某某某某某某某某某某某甲中心",
            "区某某某某某某某某某某某乙中心",
        ]
        .map(unit)
        .into();
        assign(&mut units);
        let shorts: Vec<&str> = units.iter().map(|u| u.short.as_str()).collect();
        assert_eq!(
            shorts[..6],
            ["区人社局", "区发改局", "区发改委", "区文明城市中心", "嘉明经开区管委会", "侯营镇"]
        );
        assert_ne!(shorts[6], shorts[7]);
        assert!(shorts.iter().all(|s| s.chars().count() <= LIMIT), "{shorts:?}");
    }
}
