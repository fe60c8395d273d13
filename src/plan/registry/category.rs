//! Proposes a category (类别) from the name of a unit; the office changes it in plan.xlsx.

use crate::wording::book::CATEGORIES;

/// Places of the categories in [`CATEGORIES`].
const PARTY: usize = 0;
const GOVERNMENT: usize = 1;
const TOWN: usize = 2;
const INSTITUTION: usize = 3;
const ZONE: usize = 4;
const STATIONED: usize = 5;
const JUDICIAL: usize = 6;
const HOSPITAL: usize = 7;
const OTHER: usize = 8;

/// Beginnings and ends that decide, first match first: (begins with, ends with, category).
const RULES: [(&str, &str, usize); 56] = [
    ("", "镇政府", TOWN),
    ("", "镇人民政府", TOWN),
    ("", "乡政府", TOWN),
    ("", "乡人民政府", TOWN),
    ("", "街道办事处", TOWN),
    ("", "街道办", TOWN),
    ("", "镇", TOWN),
    ("", "乡", TOWN),
    ("", "街道", TOWN),
    ("", "人民法院", JUDICIAL),
    ("", "法院", JUDICIAL),
    ("", "检察院", JUDICIAL),
    ("", "医院", HOSPITAL),
    ("", "保健院", HOSPITAL),
    ("", "卫生院", HOSPITAL),
    ("", "集团", ZONE),
    ("", "公司", ZONE),
    ("", "银行", STATIONED),
    ("", "开发区管委会", ZONE),
    ("", "园区管委会", ZONE),
    ("", "高新区管委会", ZONE),
    ("", "管委会", ZONE),
    ("", "管理委员会", ZONE),
    ("区委", "", PARTY),
    ("县委", "", PARTY),
    ("市委", "", PARTY),
    ("团", "委", PARTY),
    ("", "总工会", PARTY),
    ("", "工会", PARTY),
    ("", "妇女联合会", PARTY),
    ("", "妇联", PARTY),
    ("", "残疾人联合会", PARTY),
    ("", "残联", PARTY),
    ("", "工商业联合会", PARTY),
    ("", "工商联", PARTY),
    ("", "科学技术协会", PARTY),
    ("", "科协", PARTY),
    ("", "文联", PARTY),
    ("", "红十字会", PARTY),
    ("", "纪委监委", PARTY),
    ("", "人大常委会办公室", PARTY),
    ("", "政协办公室", PARTY),
    ("", "税务局", STATIONED),
    ("", "气象局", STATIONED),
    ("", "消防救援大队", STATIONED),
    ("", "消防救援支队", STATIONED),
    ("", "供电", STATIONED),
    ("", "海关", STATIONED),
    ("", "烟草专卖局", STATIONED),
    ("", "中心", INSTITUTION),
    ("", "供销合作社", INSTITUTION),
    ("", "供销社", INSTITUTION),
    ("", "局", GOVERNMENT),
    ("", "委员会", GOVERNMENT),
    ("", "办公室", GOVERNMENT),
    ("", "厅", GOVERNMENT),
];

/// The category a name suggests.
pub(super) fn propose(name: &str) -> &'static str {
    let bare = name.split('（').next().unwrap_or(name);
    let rule = RULES
        .iter()
        .find(|(start, end, _)| {
            bare.starts_with(start) && bare.ends_with(end) && bare.len() > start.len() + end.len()
        })
        .map_or(OTHER, |(.., category)| *category);
    CATEGORIES[rule]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_their_category() {
        for (name, category) in [
            ("区委组织部", "党群部门"),
            ("团区委", "党群部门"),
            ("区残疾人联合会", "党群部门"),
            ("区财政局", "区政府部门"),
            ("区公安分局", "区政府部门"),
            ("区政府办公室", "区政府部门"),
            ("区税务局", "驻区单位"),
            ("侯营镇政府", "镇街"),
            ("新区街道办事处", "镇街"),
            ("区大数据服务中心", "中心和事业单位"),
            ("区供销合作社", "中心和事业单位"),
            ("开发区管委会", "开发区和平台公司"),
            ("昌泰集团", "开发区和平台公司"),
            ("区人民法院", "司法机关"),
            ("区人民医院", "医院"),
            ("某某协会", "其他"),
        ] {
            assert_eq!(propose(name), category, "{name}");
        }
    }
}
