//! plan.xlsx: there and back, through another program, and on a real plan.

use std::{path::Path, process::Command};

use duban::{
    diag::Code,
    model::{Named, Plan},
    plan,
};

/// The sample plan with the office's registry entered.
fn sample() -> Plan {
    let text = include_bytes!("../../samples/plan.md");
    let mut plan = plan::import(text, "plan.md").expect("imported").value;
    let registry = include_str!("../../samples/registry.toml");
    plan::apply_registry(&mut plan, registry, "registry.toml").expect("entered");
    plan
}

/// A real plan, kept beside the repository; skipped with a reason where it is not.
#[expect(clippy::disallowed_methods, reason = "tests read their input")]
fn real() -> Option<Plan> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/plan/dongchangfu-2024.md");
    let path = if path.exists() {
        path
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/plan/dongchangfu-2024.md")
    };
    let Ok(bytes) = std::fs::read(&path) else {
        let _ = writeln_err(&format!("skipped: {} is not there", path.display()));
        return None;
    };
    Some(plan::import(&bytes, "plan.md").expect("imported").value)
}

/// Tells why a test was skipped.
fn writeln_err(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "{text}")
}

#[test]
fn the_sample_plan_comes_back_as_it_was() {
    let plan = sample();
    let bytes = plan::write_workbook(&plan).expect("written");
    let read = plan::read_workbook(&bytes, "plan.xlsx").expect("read");
    assert_eq!(read.value, plan);
    assert_eq!(plan::version(&read.value), plan::version(&plan));
    assert_eq!(read.findings, plan::check(&plan));
    // The registry answers every question about names.
    let unanswered = [Code::NameUnknown, Code::AliasCandidate, Code::GroupUnresolved];
    assert!(read.findings.iter().all(|f| !unanswered.contains(&f.code)), "{:?}", read.findings);
}

#[test]
fn a_real_plan_comes_back_and_its_names_are_understood() {
    let Some(plan) = real() else { return };
    let bytes = plan::write_workbook(&plan).expect("written");
    assert_eq!(plan::read_workbook(&bytes, "plan.xlsx").expect("read").value, plan);
    let candidate = |name: &str, unit: &str| {
        plan.registry
            .aliases
            .iter()
            .any(|a| a.name == name && a.unit.as_str() == unit && !a.adopted)
    };
    for (name, unit) in [
        ("区市场监管局", "区市场监督管理局"),
        ("区体育发展中心", "区体育事业发展中心"),
        ("区发展和改革委员会", "区发展和改革局"),
        ("开发区管委会", "嘉明经济开发区管委会"),
    ] {
        assert!(candidate(name, unit), "{name}: {:?}", plan.registry.aliases);
        // Proposed, not merged.
        assert!(matches!(plan.registry.resolve(name), Named::Unit(u) if u.name == name));
    }
    assert_eq!(plan.registry.aliases.len(), 4, "{:?}", plan.registry.aliases);
    let groups: Vec<&str> = plan.registry.groups.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(groups.len(), 16, "{groups:?}");
    let collective: Vec<&str> =
        plan.registry.leaders.iter().filter(|l| l.collective).map(|l| l.name.as_str()).collect();
    assert_eq!(collective, ["区政府全体班子成员"]);
    assert_eq!(plan.registry.leaders.len(), 10);
    let shorts: std::collections::BTreeSet<&str> =
        plan.registry.units.iter().map(|u| u.short.as_str()).collect();
    assert_eq!(shorts.len(), plan.registry.units.len());
    assert!(shorts.iter().all(|s| (1..=10).contains(&s.chars().count())), "{shorts:?}");
}

/// Converts a workbook with LibreOffice; none where it is not installed.
#[expect(clippy::disallowed_methods, reason = "tests use files")]
fn converted(bytes: &[u8], to: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("plan.xlsx");
    std::fs::write(&source, bytes).expect("written");
    let out = folder.path().join("out");
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(&source)
        .output();
    if !run.is_ok_and(|r| r.status.success()) {
        let _ = writeln_err("skipped: soffice is not installed");
        return None;
    }
    std::fs::read(out.join("plan").with_extension(to)).ok()
}

#[test]
fn another_program_may_save_it_and_nothing_changes() {
    let plan = real().unwrap_or_else(sample);
    let bytes = plan::write_workbook(&plan).expect("written");
    for to in ["xlsx", "ods"] {
        let Some(saved) = converted(&bytes, to) else { return };
        let read = plan::read_workbook(&saved, "plan.xlsx").expect("read");
        assert_eq!(read.value, plan, "{to}");
        assert_eq!(read.findings, plan::check(&plan), "{to}");
    }
}
