//! x
pub fn run(){}
