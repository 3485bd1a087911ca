//! Fresh records made through the core's own operations, their key in the password store of this desk.
use crate::records;
use anyhow::{Context, Result, bail};
use chrono::Utc;
use practice::security;
use practice::settings::{self, Practice as Settings};
use practice::store::{Records, Writer};
use practice::time::Moment;
use practice::vault::{Held, Passphrase, RecoveryCode, Standing, prepare};
use practice::words::Veil;
use std::path::Path;
use uuid::Uuid;

/// Records that this program has open, until it is dropped.
pub struct Practice {
    records: Records,
    pub moment: Moment,
}

impl Practice {
    /// Makes them in a folder that holds none: without a passphrase, so that the window opens by itself, and with a recovery kit, so
    /// that it does not ask for one.
    pub fn begin(folder: &Path, settings: &Settings) -> Result<Practice> {
        Ok(Self::make(folder, settings, None)?.0)
    }

    /// The same with a passphrase; and the recovery code, and what holds the key.
    pub fn begin_locked(folder: &Path, settings: &Settings, passphrase: &str) -> Result<(Practice, RecoveryCode, Held)> {
        Self::make(folder, settings, Some(&Passphrase::new(passphrase)))
    }

    fn make(folder: &Path, settings: &Settings, passphrase: Option<&Passphrase>) -> Result<(Practice, RecoveryCode, Held)> {
        let Standing::FirstRun(first) = prepare(folder, records::load) else { bail!("{} is not empty", folder.display()) };
        let ready = first.begin(Utc::now(), passphrase, records::keep).map_err(|barred| anyhow::anyhow!("no key was made: {barred}"))?;
        let opened = ready.open(1).map_err(|barred| anyhow::anyhow!("the records do not open: {barred}"))?;
        let moment = Moment { at: Utc::now().into(), zone: chrono_tz::Europe::London };
        let practice = Practice { records: Records::new(opened.connections), moment };
        let code = RecoveryCode::generate().map_err(|barred| anyhow::anyhow!("no code was made: {barred}"))?;
        let kit = opened.held.add_kit(&code).map_err(|barred| anyhow::anyhow!("no kit was made: {barred}"))?;
        let set_up = practice.write(|w| {
            settings::set_up(w, settings)?;
            security::set_kit(w, &kit)
        });
        set_up.context("the practice was not set up")?;
        Ok((practice, code, opened.held))
    }

    /// Opens what was made before.
    pub fn again(folder: &Path) -> Result<Practice> {
        let Standing::Ready(ready) = prepare(folder, records::load) else { bail!("{} does not open by itself", folder.display()) };
        let opened = ready.open(1).map_err(|barred| anyhow::anyhow!("the records do not open: {barred}"))?;
        let moment = Moment { at: Utc::now().into(), zone: chrono_tz::Europe::London };
        Ok(Practice { records: Records::new(opened.connections), moment })
    }

    /// One transaction.
    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> practice::error::Result<T>) -> practice::error::Result<T> {
        self.records.write(self.moment, Veil::Open, &mut Uuid::now_v7, act)
    }
}

/// A practice of which nothing is said but whose it is.
pub fn plain(therapist: &str) -> Settings {
    Settings {
        therapist_name: therapist.to_owned(),
        therapist_title: String::new(),
        practice_name: String::new(),
        registration: String::new(),
        address: String::new(),
        zone: "Europe/London".to_owned(),
        session_minutes: 50,
        working_hours: Vec::new(),
        usual_place: String::new(),
        say_overlaps: true,
        undo_seconds: 30,
        is_sample: false,
    }
}
