//! Bytes to text. Spreadsheets write UTF-8 with or without its mark, UTF-16, and on Windows still the code page.

use encoding_rs::{Encoding as Coding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ReadError;

/// A practice of a lifetime is under one megabyte; beyond this it is another kind of file.
const MEGABYTES: u32 = 64;
/// The largest file that is read, in bytes.
pub const LARGEST: usize = MEGABYTES as usize * 1024 * 1024;

/// In text, hardly a character is a control character. A stray one is a problem of its cell, not of the file.
const CONTROLS_PER_THOUSAND: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    Utf8,
    Utf16,
    Windows1252,
}

pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { limit_megabytes: MEGABYTES });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ReadError::Workbook);
    }
    let (text, encoding) = to_text(bytes);
    let all = text.chars().count();
    let controls = text.chars().filter(|&c| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || c == '\u{fffd}').count();
    if controls * 1000 > all * CONTROLS_PER_THOUSAND && controls > 2 {
        return Err(ReadError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok((text, encoding))
}

fn to_text(bytes: &[u8]) -> (String, Encoding) {
    let whole = |coding: &'static Coding, bytes: &[u8]| coding.decode_without_bom_handling(bytes).0.into_owned();
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (whole(UTF_16LE, rest), Encoding::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (whole(UTF_16BE, rest), Encoding::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(coding) = unmarked_utf16(bytes) {
        return (whole(coding, bytes), Encoding::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (whole(WINDOWS_1252, bytes), Encoding::Windows1252),
    }
}

/// UTF-16 without its mark: in Latin text every other byte is nought, always on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Coding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    let noughts = |side: usize| sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (noughts(0), noughts(1));
    if pairs < 2 {
        None
    } else if second * 3 > pairs && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 3 > pairs && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "Name;Ort\nMüller;Köln\n";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let forms = [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()), Encoding::Utf8),
            (marked(b"\xff\xfe", utf16(text, false)), Encoding::Utf16),
            (marked(b"\xfe\xff", utf16(text, true)), Encoding::Utf16),
            (utf16(text, false), Encoding::Utf16),
            (utf16(text, true), Encoding::Utf16),
            (WINDOWS_1252.encode(text).0.into_owned(), Encoding::Windows1252),
        ];
        for (bytes, encoding) in forms {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn what_is_not_text_is_refused_with_its_reason() {
        assert_eq!(decode(b""), Err(ReadError::Empty));
        assert_eq!(decode(b" \r\n\t"), Err(ReadError::Empty));
        assert_eq!(decode(b"PK\x03\x04rest"), Err(ReadError::Workbook));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01"), Err(ReadError::NotText));
        assert_eq!(decode(&vec![b'a'; 64 * 1024 * 1024 + 1]), Err(ReadError::TooLarge { limit_megabytes: 64 }));
    }
}
