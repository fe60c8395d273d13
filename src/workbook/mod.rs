//! 统计表: the workbooks that leaders read.
//!
//! Takes rows of statistics and the plan, gives the bytes of workbooks.
