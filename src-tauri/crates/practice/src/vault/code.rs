//! The recovery code: 160 random bits, written down by a person and typed by one.
//!
//! Eight groups of four characters of Crockford's base 32, and a check of two: capitals or not, O reads as 0, I and L as 1. The check
//! finds every single wrong character, and says which group to look at again where one easily mistaken character explains it.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{Barred, key};
use crate::error::Slip;

/// Bytes of a code.
pub(super) const CODE: usize = 20;
/// How many groups a code is written in.
pub const GROUPS: usize = 8;
/// Characters of a group.
const GROUP: usize = 4;
const CHARACTERS: usize = GROUPS * GROUP;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The largest prime under 2^10, so that the check of two characters holds every remainder and no two single slips share one.
const CHECK: u64 = 1021;
/// What is taken for what when written by hand or read from paper.
const ALIKE: &[(char, char)] = &[
    ('3', '8'),
    ('6', '8'),
    ('B', '8'),
    ('0', 'D'),
    ('0', 'Q'),
    ('5', 'S'),
    ('2', 'Z'),
    ('1', '7'),
    ('G', '6'),
    ('C', 'G'),
    ('V', 'Y'),
    ('M', 'N'),
    ('E', 'F'),
    ('P', 'R'),
    ('4', '9'),
    ('W', 'V'),
    ('K', 'X'),
    ('4', 'A'),
    ('H', 'N'),
    ('1', 'T'),
];

/// A recovery code. Not `Debug`, not `Clone`; wiped when it goes.
pub struct RecoveryCode(Box<[u8; CODE]>);

/// A recovery code as it is shown and typed.
#[derive(Serialize, Deserialize, specta::Type, Zeroize)]
#[zeroize(drop)]
pub struct Written {
    /// Eight groups of four characters.
    pub groups: Vec<String>,
    /// Two characters.
    pub check: String,
}

impl RecoveryCode {
    /// A new code.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn generate() -> Result<Self, Barred> {
        let mut code = Self(Box::new([0; CODE]));
        key::fill(code.0.as_mut_slice())?;
        Ok(code)
    }

    /// As it is shown.
    #[must_use]
    pub fn written(&self) -> Written {
        let digits = self.digits();
        let text = |digits: &[u8]| digits.iter().map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect::<String>();
        let check = remainder(&*digits);
        let check = Zeroizing::new([u8::try_from(check >> 5).unwrap_or(31), u8::try_from(check & 31).unwrap_or(31)]);
        Written { groups: digits.chunks(GROUP).map(text).collect(), check: text(&*check) }
    }

    /// In one line, groups joined by hyphens, without the check: what `age` asks for.
    #[must_use]
    pub fn line(&self) -> Zeroizing<String> {
        Zeroizing::new(self.written().groups.join("-"))
    }

    /// Reads what was typed.
    ///
    /// # Errors
    /// The first [`Slip`].
    pub fn read(typed: &Written) -> Result<Self, Slip> {
        let mut digits = Zeroizing::new([0; CHARACTERS]);
        for group in 0..GROUPS {
            let slip = Slip::Group { group: number(group) };
            let text = typed.groups.get(group).ok_or(slip)?;
            read(text, &mut digits[group * GROUP..][..GROUP]).ok_or(slip)?;
        }
        let mut check = Zeroizing::new([0; 2]);
        read(&typed.check, &mut *check).ok_or(Slip::Check)?;
        let check = u64::from(check[0]) << 5 | u64::from(check[1]);
        if remainder(&*digits) != check {
            return Err(mistaken(&mut digits, check).unwrap_or(Slip::Disagrees));
        }
        let mut code = Self(Box::new([0; CODE]));
        for (bit, place) in (0..CHARACTERS * 5).map(|bit| (bit, bit / 8)) {
            code.0[place] = code.0[place] << 1 | (digits[bit / 5] >> (4 - bit % 5) & 1);
        }
        Ok(code)
    }

    pub(super) fn bytes(&self) -> &[u8; CODE] {
        &self.0
    }

    fn digits(&self) -> Zeroizing<[u8; CHARACTERS]> {
        let mut digits = Zeroizing::new([0; CHARACTERS]);
        for bit in 0..CHARACTERS * 5 {
            digits[bit / 5] = digits[bit / 5] << 1 | (self.0[bit / 8] >> (7 - bit % 8) & 1);
        }
        digits
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Written {
    /// Whether `typed` is the group with this number (from 1), in whatever way it may be typed.
    #[must_use]
    pub fn has_group(&self, group: u8, typed: &str) -> bool {
        let (mut there, mut here) = (Zeroizing::new([0; GROUP]), Zeroizing::new([0; GROUP]));
        let known = usize::from(group).checked_sub(1).and_then(|at| self.groups.get(at));
        known.is_some_and(|known| read(known, &mut *there).is_some() && read(typed, &mut *here).is_some() && *there == *here)
    }
}

fn number(group: usize) -> u8 {
    u8::try_from(group + 1).unwrap_or(u8::MAX)
}

/// The code as a number, modulo a prime: a single wrong character always changes it.
fn remainder(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |sum, digit| (sum * 32 + u64::from(*digit)) % CHECK)
}

/// One character that is easily mistaken and that would make groups and check agree: only where there is just one such.
fn mistaken(digits: &mut [u8; CHARACTERS], check: u64) -> Option<Slip> {
    let mut found = None;
    for at in 0..CHARACTERS {
        let typed = digits[at];
        let alike = ALIKE.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
        for (one, other) in alike.filter(|(one, _)| value(*one) == Some(typed)) {
            digits[at] = value(other)?;
            if remainder(digits) == check {
                if found.is_some() {
                    digits[at] = typed;
                    return None;
                }
                found = Some(Slip::Mistaken { group: number(at / GROUP), typed: one, perhaps: other });
            }
        }
        digits[at] = typed;
    }
    found
}

/// Fills `digits` from exactly as many characters; spaces and hyphens are passed over.
fn read(text: &str, digits: &mut [u8]) -> Option<()> {
    let mut characters = text.chars().filter(|character| !character.is_whitespace() && *character != '-');
    for digit in digits.iter_mut() {
        *digit = value(characters.next()?)?;
    }
    characters.next().is_none().then_some(())
}

fn value(character: char) -> Option<u8> {
    let read = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == read)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(groups: &[&str], check: &str) -> Written {
        Written { groups: groups.iter().map(|group| (*group).to_owned()).collect(), check: check.to_owned() }
    }

    fn slip(written: &Written) -> Option<Slip> {
        RecoveryCode::read(written).err()
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_however_it_is_typed(bytes in any::<[u8; CODE]>(), lower in any::<bool>()) {
            let code = RecoveryCode(Box::new(bytes));
            let mut written = code.written();
            for group in &mut written.groups {
                *group = group.replace('0', "O").replace('1', if lower { "l" } else { "I" });
                if lower { *group = format!(" {}-{} ", group[..2].to_lowercase(), group[2..].to_lowercase()); }
            }
            let read = RecoveryCode::read(&written).unwrap();
            prop_assert_eq!(read.bytes(), &bytes);
        }

        #[test]
        fn every_single_wrong_character_is_found(bytes in any::<[u8; CODE]>(), at in 0..CHARACTERS, other in 0..32usize) {
            let mut written = RecoveryCode(Box::new(bytes)).written();
            let group = &mut written.groups[at / GROUP];
            let was = group.as_bytes()[at % GROUP];
            prop_assume!(ALPHABET[other] != was);
            group.replace_range(at % GROUP..=at % GROUP, &char::from(ALPHABET[other]).to_string());
            prop_assert!(slip(&written).is_some());
        }

        #[test]
        fn two_characters_that_changed_places_are_found(bytes in any::<[u8; CODE]>(), group in 0..GROUPS, at in 0..GROUP - 1) {
            let mut written = RecoveryCode(Box::new(bytes)).written();
            let text = written.groups[group].clone().into_bytes();
            prop_assume!(text[at] != text[at + 1]);
            let mut turned = text.clone();
            turned.swap(at, at + 1);
            written.groups[group] = String::from_utf8(turned).unwrap();
            prop_assert!(slip(&written).is_some());
        }
    }

    #[test]
    fn an_easily_mistaken_character_is_named_with_its_group() {
        let code = RecoveryCode(Box::new(*b"twenty bytes of code"));
        let mut named = 0;
        for at in 0..CHARACTERS {
            let mut written = code.written();
            let group = &mut written.groups[at / GROUP];
            let was = char::from(group.as_bytes()[at % GROUP]);
            let Some((_, wrong)) = ALIKE.iter().find(|(one, _)| *one == was) else { continue };
            group.replace_range(at % GROUP..=at % GROUP, &wrong.to_string());
            match slip(&written) {
                Some(Slip::Mistaken { group, typed, perhaps }) => {
                    assert_eq!((usize::from(group), typed, perhaps), (at / GROUP + 1, *wrong, was));
                    named += 1;
                }
                // Two explanations: then none is given.
                other => assert_eq!(other, Some(Slip::Disagrees)),
            }
        }
        assert!(named > 5, "{named}");
    }

    #[test]
    fn what_no_code_has_is_told_by_its_group() {
        let good = ["7KQM", "X2RD", "94TV", "HN6P", "CB3W", "E8JY", "5ZAF", "1GST"];
        assert_eq!(slip(&typed(&good[..7], "8R")), Some(Slip::Group { group: 8 }));
        for wrong in ["7KQ", "7KQMM", "7KQU", "7KQ!", "", "é7KQ"] {
            let mut groups = good;
            groups[4] = wrong;
            assert_eq!(slip(&typed(&groups, "8R")), Some(Slip::Group { group: 5 }), "{wrong}");
        }
        assert_eq!(slip(&typed(&good, "8")), Some(Slip::Check));
        assert_eq!(slip(&typed(&good, "8U")), Some(Slip::Check));
    }

    #[test]
    fn a_group_typed_back_is_compared_as_it_is_read() {
        let written = typed(&["7KQM", "X20D", "", "", "", "", "", ""], "");
        assert!(written.has_group(2, "x2od") && written.has_group(1, " 7k-qm"));
        assert!(
            !written.has_group(2, "X2RD") && !written.has_group(0, "7KQM") && !written.has_group(9, "7KQM") && !written.has_group(2, "")
        );
    }

    #[test]
    fn every_code_is_new() {
        assert_ne!(RecoveryCode::generate().unwrap().bytes(), RecoveryCode::generate().unwrap().bytes());
    }
}
