//! Clients from a table.

/// Takes an import back: its clients go, unless one has been worked with.
///
/// # Errors
/// `NotFound`, `ImportTouched`.
pub fn undo(w: &mut crate::store::Writer, id: crate::id::ImportId) -> crate::error::Result<()> {
    todo!()
}
