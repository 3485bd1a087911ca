//! `cargo xtask guide`: the guide's pictures, taken anew of the window as it is now.
use crate::process::finish;
use crate::{place, system, tour};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// A part of a picture that one of the walks took, in the window's first size and in the light theme.
struct Picture {
    /// What the pages call it.
    name: &'static str,
    /// The walk that takes it.
    walk: &'static str,
    /// What the walk calls it.
    taken: &'static str,
    /// Width, height, left and top of what is shown.
    part: (u32, u32, u32, u32),
}

const fn picture(name: &'static str, walk: &'static str, taken: &'static str, part: (u32, u32, u32, u32)) -> Picture {
    Picture { name, walk, taken, part }
}

/// All of them. After a change of the window look whether each part still holds what its page tells of.
const PICTURES: &[Picture] = &[
    picture("setup-practice", "vault", "08-setup-practice-light-1280x800", (1000, 610, 0, 0)),
    picture("setup-passphrase", "vault", "08-setup-passphrase-strong-light-1280x800", (1000, 610, 0, 0)),
    picture("setup-kit", "vault", "08-setup-recovery-read-back-light-1280x800", (960, 470, 276, 130)),
    picture("setup-backups", "vault", "08-setup-backups-light-1280x800", (800, 150, 276, 370)),
    picture("new-client", "shots", "02-clients-add", (620, 502, 330, 149)),
    picture("step-01", "tour", "01-clients-list", (1084, 460, 196, 0)),
    picture("step-02", "tour", "02-profile", (1084, 298, 196, 0)),
    picture("step-03", "tour", "03-approve-before", (904, 465, 76, 335)),
    picture("step-04", "tour", "04-next-session-dialog", (580, 534, 350, 133)),
    picture("step-05", "tour", "05-consent-dialog", (580, 512, 350, 144)),
    picture("step-06", "tour", "06-summary-profile", (690, 500, 210, 290)),
    picture("step-07", "tour", "07-emergency", (1084, 284, 196, 226)),
    picture("step-08", "tour", "08-history", (1084, 480, 196, 0)),
    picture("step-09", "tour", "09-session-to-profile-today", (760, 284, 210, 0)),
    picture("step-10", "tour", "10-note-to-profile-typed", (1204, 340, 76, 0)),
    picture("backups", "vault", "09-backup-light-1280x800", (790, 145, 430, 100)),
    picture("test-restore", "vault", "08-setup-backups-test-light-1280x800", (580, 370, 350, 215)),
    picture("restore", "vault", "10-restore-code-light-1280x800", (640, 420, 330, 180)),
];
/// So few colours that a picture is small, and so many that nobody sees it.
const COLOURS: &str = "48";
/// A picture is for a page; the window's check names the same bound.
const HEAVIEST: u64 = 80 * 1024;

/// Walks, unless the pictures of the last walks are wished for, and puts every picture beside its page.
pub fn guide(words: &[String]) -> Result<()> {
    let walk = match words {
        [] => true,
        [word] if word == "--last" => false,
        _ => bail!("`guide` knows only --last"),
    };
    system::provide(&["imagemagick"])?;
    if walk {
        tour::tour("tour", &[])?;
        tour::walk("vault", &[])?;
        tour::walk("shots", &["--theme".to_owned(), "light".to_owned()])?;
    }
    let folder = place::root().join("docs/guide/pictures");
    fs::create_dir_all(&folder)?;
    let mut oldest = SystemTime::now();
    for one in PICTURES {
        let from = one.source();
        let taken = fs::metadata(&from).and_then(|found| found.modified());
        oldest = oldest.min(taken.with_context(|| format!("there is no {}; `cargo xtask guide` takes it", from.display()))?);
        one.make(&from, &folder.join(format!("{}.png", one.name)))?;
    }
    let age = oldest.elapsed().unwrap_or(Duration::ZERO).as_secs() / 60;
    println!("{} pictures are in {}, the oldest taken {age} minutes ago", PICTURES.len(), folder.display());
    Ok(())
}

impl Picture {
    fn source(&self) -> PathBuf {
        place::target().join(self.walk).join(format!("{}.png", self.taken))
    }

    fn make(&self, from: &Path, to: &Path) -> Result<()> {
        let program = if system::on_path("magick") { "magick" } else { "convert" };
        finish(Command::new(program).arg(from).args(self.words()).arg(format!("PNG8:{}", to.display())))?;
        let size = fs::metadata(to)?.len();
        ensure!(size <= HEAVIEST, "{}: {size} bytes; the most is {HEAVIEST}", to.display());
        Ok(())
    }

    /// What is done with the picture on its way.
    fn words(&self) -> Vec<String> {
        let (width, height, left, top) = self.part;
        let crop = format!("{width}x{height}+{left}+{top}");
        let words = ["-crop", &crop, "+repage", "-dither", "None", "-colors", COLOURS, "-strip"];
        // Without the moment it was made, so that the same picture is the same file.
        let defined = ["-define", "png:compression-level=9", "-define", "png:exclude-chunk=date,tIME"];
        words.into_iter().chain(defined).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The window when the walks take their pictures.
    const WINDOW: (u32, u32) = (1280, 800);

    #[test]
    fn every_part_lies_within_the_window() {
        for one in PICTURES {
            let (width, height, left, top) = one.part;
            assert!(width > 0 && height > 0, "{}", one.name);
            assert!(left + width <= WINDOW.0 && top + height <= WINDOW.1, "{}", one.name);
        }
    }

    #[test]
    fn the_list_holds_the_pictures_of_the_pages_and_no_other() {
        let folder = place::root().join("docs/guide");
        let mut shown = BTreeSet::new();
        for entry in fs::read_dir(folder).expect("the guide is there") {
            let path = entry.expect("a page").path();
            if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).expect("a page is text");
                shown.extend(text.split("](pictures/").skip(1).filter_map(|rest| Some(rest.split_once(".png)")?.0.to_owned())));
            }
        }
        let listed: BTreeSet<String> = PICTURES.iter().map(|one| one.name.to_owned()).collect();
        assert_eq!(listed.len(), PICTURES.len(), "a name stands twice");
        assert_eq!(shown, listed);
    }

    #[test]
    fn a_picture_is_cut_and_made_small_in_one_go() {
        let words = picture("a", "tour", "b", (3, 4, 1, 2)).words();
        assert_eq!(words[..3], ["-crop", "3x4+1+2", "+repage"]);
        assert!(words.contains(&COLOURS.to_owned()));
    }
}
