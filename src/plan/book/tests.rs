//! Round trips: what is written is read back as the same plan.

use super::{read_workbook, write_workbook};
use crate::{
    diag::{Code, Severity},
    plan::{check, sample},
};

#[test]
fn a_plan_comes_back_as_it_was() {
    let plan = sample::plan();
    let bytes = write_workbook(&plan).expect("written");
    let read = read_workbook(&bytes, "plan.xlsx").expect("read");
    assert_eq!(read.value, plan);
    // Findings are those of the plan, and stand at the same cells.
    assert_eq!(read.findings, check(&plan));
    let errors: Vec<_> = read.findings.iter().filter(|f| f.severity() == Severity::Error).collect();
    assert!(errors.iter().all(|f| f.code == Code::SplitOpen), "{errors:?}");
}

#[test]
fn an_empty_plan_comes_back_too() {
    let plan = crate::model::Plan::default();
    let bytes = write_workbook(&plan).expect("written");
    assert_eq!(read_workbook(&bytes, "plan.xlsx").expect("read").value, plan);
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let plan = sample::plan();
    assert_eq!(write_workbook(&plan).expect("written"), write_workbook(&plan).expect("written"));
}
