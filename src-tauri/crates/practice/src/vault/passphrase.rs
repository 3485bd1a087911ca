//! The passphrase: how it is read, and how strong it is said to be.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use super::Barred;

/// Fewer characters than this are refused whatever they are.
const FEWEST: usize = 8;
/// Far above any that is typed.
const MOST: usize = 1024;

/// A passphrase, in the form in which it is compared: NFKC, so that two keyboards that make one letter in two ways agree. Not `Debug`, not
/// `Clone`; wiped when it goes.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Reads what was typed, to the letter: spaces count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        // The room for the longest form first, so that growing leaves no unwiped copy behind.
        let mut text = Zeroizing::new(String::with_capacity(typed.len().min(MOST) * 18));
        text.extend(typed.nfkc().take(MOST));
        Self(text)
    }

    /// Whether it may be chosen at all.
    #[must_use]
    pub fn is_long_enough(&self) -> bool {
        self.0.chars().count() >= FEWEST
    }

    /// 32 bytes by Argon2id, version 1.3, one lane.
    pub(super) fn stretch(&self, salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; 32]>, Barred> {
        let params = Params::new(cost.memory, cost.passes, 1, Some(32)).map_err(|_| Barred::VaultFileDamaged)?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), salt, out.as_mut_slice())
            .map_err(|_| Barred::VaultFileDamaged)?;
        Ok(out)
    }
}

impl From<String> for Passphrase {
    /// As it came from the window; what came is wiped.
    fn from(mut typed: String) -> Self {
        let read = Self::new(&typed);
        typed.zeroize();
        read
    }
}

/// What trying one passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// 64 MiB, three passes: about a quarter of a second on a laptop.
    pub const USUAL: Self = Self { memory: 64 * 1024, passes: 3 };

    /// Whether a file may ask for it: below lies weakness, above a machine that hangs.
    pub fn is_sane(self) -> bool {
        let floor = if cfg!(test) { 8 } else { 19 * 1024 };
        (floor..=1024 * 1024).contains(&self.memory) && (1..=16).contains(&self.passes)
    }
}

/// How strong a passphrase is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Strength {
    /// 0 to 4, as `zxcvbn` counts.
    pub score: u8,
    /// The words it seems to be of.
    pub words: u32,
    /// Long and strong enough to be chosen.
    pub enough: bool,
    /// What weakens it most, where something does.
    pub weakness: Option<Weakness>,
}

/// What weakens a passphrase most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    /// Too short.
    Short,
    /// Common, or a name, or near one.
    Common,
    /// A row of keys, a repetition, a sequence.
    Pattern,
    /// A date or a year.
    Date,
    /// It is made of what the records say of the therapist.
    Known,
}

/// How strong `typed` is, given words that a stranger would try first, such as the therapist's own name.
#[must_use]
pub fn strength(typed: &Passphrase, known: &[&str]) -> Strength {
    use zxcvbn::feedback::Warning;
    let found = zxcvbn::zxcvbn(&typed.0, known);
    let score = u8::from(found.score());
    let words = typed.0.split_whitespace().filter(|word| word.chars().count() > 2).count();
    let folded = typed.0.to_lowercase();
    let weakness = if !typed.is_long_enough() {
        Some(Weakness::Short)
    } else if score >= 3 {
        None
    } else if known.iter().any(|word| word.chars().count() > 2 && folded.contains(&word.to_lowercase())) {
        Some(Weakness::Known)
    } else {
        Some(match found.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
            Some(Warning::DatesAreOftenEasyToGuess | Warning::RecentYearsAreEasyToGuess) => Weakness::Date,
            Some(
                Warning::StraightRowsOfKeysAreEasyToGuess
                | Warning::ShortKeyboardPatternsAreEasyToGuess
                | Warning::RepeatsLikeAaaAreEasyToGuess
                | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
                | Warning::SequencesLikeAbcAreEasyToGuess,
            ) => Weakness::Pattern,
            _ => Weakness::Common,
        })
    };
    Strength { score, words: u32::try_from(words).unwrap_or(u32::MAX), enough: weakness.is_none(), weakness }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory: 8, passes: 1 };

    #[test]
    fn two_ways_of_making_one_letter_are_one_passphrase() {
        let (one, two) = (Passphrase::new("caf\u{e9} \u{fb01}n"), Passphrase::new("cafe\u{301} fin"));
        assert_eq!(*one.stretch(b"sixteen bytes ok", CHEAP).unwrap(), *two.stretch(b"sixteen bytes ok", CHEAP).unwrap());
    }

    #[test]
    fn spaces_and_capitals_count() {
        let of = |text: &str| *Passphrase::new(text).stretch(b"sixteen bytes ok", CHEAP).unwrap();
        assert_ne!(of("harbour quiet"), of("harbour quiet "));
        assert_ne!(of("harbour quiet"), of("Harbour quiet"));
        assert_ne!(of("harbour quiet"), *Passphrase::new("harbour quiet").stretch(b"another sixteen.", CHEAP).unwrap());
    }

    #[test]
    fn four_unrelated_words_are_enough_and_a_pet_is_not() {
        assert!(strength(&Passphrase::new("harbour quiet almond 52 stairs"), &[]).enough);
        assert_eq!(strength(&Passphrase::new("harbour quiet almond stairs"), &[]).words, 4);
        for (weak, why) in [
            ("", Weakness::Short),
            ("x9!k", Weakness::Short),
            ("password1", Weakness::Common),
            ("qwertzuiop", Weakness::Common),
            ("aaaaaaaaaaaa", Weakness::Pattern),
            ("ines halloran", Weakness::Known),
        ] {
            let said = strength(&Passphrase::new(weak), &["Ines", "Halloran"]);
            assert!(!said.enough, "{weak}");
            if weak != "qwertzuiop" {
                assert_eq!(said.weakness, Some(why), "{weak}");
            }
        }
    }

    #[test]
    fn a_file_cannot_ask_for_next_to_nothing_or_for_the_whole_machine() {
        assert!(Cost::USUAL.is_sane());
        for (memory, passes) in [(4, 3), (2 << 20, 3), (64 * 1024, 0), (64 * 1024, 17)] {
            assert!(!Cost { memory, passes }.is_sane());
        }
    }
}
