//! The arguments: another folder for the records, the sample practice, and a backup that was opened in the file manager.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the program was started with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// `--data DIR`: the folder of the records.
    pub data: Option<PathBuf>,
    /// `--sample`: open the sample practice.
    pub sample: bool,
    /// A backup to restore from: nothing is done with it before the user says so.
    pub backup: Option<PathBuf>,
}

/// An argument that means nothing here.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown(String);

const USAGE: &str = "Usage: anteroom [--data DIR] [--sample] [BACKUP]\n  --data DIR   keep the records in DIR\n  --sample     open the sample practice, which is kept apart\n  BACKUP       begin restoring from this backup, a file whose name ends in .anteroom\n";

impl Arguments {
    /// Reads the arguments.
    ///
    /// # Errors
    /// The first that is not known, or `--data` without a folder.
    pub fn parse(given: impl Iterator<Item = OsString>) -> Result<Self, Unknown> {
        let mut arguments = Self::default();
        let mut given = given;
        while let Some(argument) = given.next() {
            match argument.to_str() {
                Some("--sample") => arguments.sample = true,
                Some("--data") => arguments.data = Some(given.next().ok_or_else(|| Unknown("--data".into()))?.into()),
                _ if is_backup(Path::new(&argument)) => arguments.backup = Some(argument.into()),
                _ => return Err(Unknown(argument.to_string_lossy().into_owned())),
            }
        }
        Ok(arguments)
    }

    /// The folder of the records: the one given, as an absolute path, else `usual`.
    #[must_use]
    pub fn folder(&self, usual: PathBuf) -> PathBuf {
        match &self.data {
            Some(given) => std::path::absolute(given).unwrap_or_else(|_| given.clone()),
            None => usual,
        }
    }
}

/// Whether a file is a backup by its name.
#[must_use]
pub fn is_backup(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "anteroom")
}

/// Says on standard error what can be asked for.
#[must_use]
pub fn explain(refused: &Unknown) -> ExitCode {
    // Without a standard error there is nobody to tell; the exit code says it too.
    let _ = write!(std::io::stderr(), "Not an argument of Anteroom: {}\n{USAGE}", refused.0);
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(given: &[&str]) -> Result<Arguments, Unknown> {
        Arguments::parse(given.iter().map(OsString::from))
    }

    #[test]
    fn the_arguments_are_read_in_any_order() {
        let both = Ok(Arguments { data: Some("x".into()), sample: true, backup: None });
        assert_eq!(parse(&["--data", "x", "--sample"]), both);
        assert_eq!(parse(&["--sample", "--data", "x"]), both);
        assert_eq!(parse(&[]), Ok(Arguments::default()));
    }

    #[test]
    fn a_backup_is_known_by_its_name() {
        let backup = Ok(Arguments { backup: Some("a folder/x.anteroom".into()), ..Arguments::default() });
        assert_eq!(parse(&["a folder/x.anteroom"]), backup);
        assert!(parse(&["x.pdf"]).is_err());
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(parse(&["--dat"]).is_err());
        assert!(parse(&["--data"]).is_err());
    }
}
