//! Findings of the plan stage (方案), in both languages.

use super::{CodeText, Twin};
use crate::diag::Code;

/// One entry per code.
pub(super) const TEXTS: &[CodeText] = &[CodeText {
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
}];
