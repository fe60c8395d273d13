//! 演练: fills forms the way units do, so that a month can be rehearsed before it is real.
//!
//! Takes forms and a seed, gives returned workbooks and a list of what was planted in them.
