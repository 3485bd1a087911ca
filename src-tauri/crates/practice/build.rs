//! A changed migration is a changed crate: the macro that embeds them does not say so to cargo.

fn main() {
    println!("cargo:rerun-if-changed=src/store/migrations");
}
