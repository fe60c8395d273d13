//! Shares in percent: plain by default, by largest remainder where the office says so, and said in both cases.

use duban::sheet;

use super::*;

#[test]
fn the_offices_rounding_of_shares_is_followed_and_said() {
    let office = Office::new();
    // Three tasks in three classes would be 33.3 % each.
    fs::remove_file(office.path("returns/2024-03/区民政局_2024-03_填报表.xlsx")).expect("a return");
    assert!(office.run(&INGEST).status.success());
    let settings = fs::read_to_string(office.path("duban.toml")).expect("settings");
    let sums = |rounding: &str, said: &str| {
        let asked = format!("share_rounding = \"{rounding}\"");
        let text = settings.replace("share_rounding = \"plain\"", &asked);
        fs::write(office.path("duban.toml"), text).expect("written");
        let stats = office.json(&["stats", "-p", "2024-03", "--by", "section", "--json"]);
        let shares = &stats["shares"];
        assert_eq!((&shares["of"], &shares["rounding"]), (&3.into(), &rounding.into()));
        assert!(shares["rule"].as_str().is_some_and(|r| r.contains(said)), "{shares}");
        let classes = shares["classes"].as_object().expect("classes");
        assert_eq!(classes.len(), 7);
        office.done(&["report", "-p", "2024-03", "--now", "2024-04-12T10:00:00"]);
        let bytes =
            fs::read(office.path("reports/2024-03/综合统计_2024-03.xlsx")).expect("a report");
        let book = sheet::read(&bytes, "综合统计_2024-03.xlsx").expect("readable");
        let rules = book.sheets.iter().find(|s| s.name == "统计口径").expect("the sheet");
        let shown = rules.cells.iter().any(|c| c.text().contains(said));
        assert!(shown, "统计口径 says how shares are rounded");
        let tenths = |v: &Value| (v.as_f64().expect("a percent") * 10.0).round();
        classes.values().map(tenths).sum::<f64>()
    };
    let plain = sums("plain", "各自四舍五入");
    let fair = sums("largest_remainder", "相加等于100.0");
    assert!((fair - 1000.0).abs() < 1e-9, "{fair}");
    assert!((plain - 1000.0).abs() <= 3.0, "{plain}");
    let text = settings.replace("share_rounding = \"plain\"", "share_rounding = \"fair\"");
    fs::write(office.path("duban.toml"), text).expect("written");
    office.refused(&["stats", "-p", "2024-03", "--by", "section"], "largest_remainder");
}
