//! Clients from a table.
