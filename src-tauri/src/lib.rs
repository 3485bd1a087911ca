//! The shell: a window, the commands it may call, and the records behind them.

pub mod app;
pub mod bindings;
pub mod commands;
pub mod door;
pub mod failure;

pub fn run() {}
