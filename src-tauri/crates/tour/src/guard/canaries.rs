//! A word that stands in every text, and the forms in which it may lie about.
use std::io::Write;

/// In no word of the program; in small letters, so that folded keys hold it too.
pub const CANARY: &str = "qzvkanarium";

/// The canary of a field.
pub fn canary(field: &str) -> String {
    format!("{CANARY}{}", field.replace('_', ""))
}

type Form = (&'static str, fn(&[u8]) -> Vec<u8>);

/// Encodings that leave a text in one piece.
const PLAIN: &[Form] = &[
    ("UTF-8", |text| text.to_vec()),
    ("UTF-8 in capitals", |text| text.to_ascii_uppercase()),
    ("UTF-16LE", |text| text.iter().flat_map(|byte| [*byte, 0]).collect()),
    ("UTF-16BE", |text| text.iter().flat_map(|byte| [0, *byte]).collect()),
    ("UTF-32LE", |text| text.iter().flat_map(|byte| [*byte, 0, 0, 0]).collect()),
    ("hexadecimal", |text| text.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()),
    ("hexadecimal in capitals", |text| text.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect()),
    ("percent signs", |text| text.iter().flat_map(|byte| format!("%{byte:02x}").into_bytes()).collect()),
    ("percent signs in capitals", |text| text.iter().flat_map(|byte| format!("%{byte:02X}").into_bytes()).collect()),
    ("JSON escapes", |text| text.iter().flat_map(|byte| format!("\\u{byte:04x}").into_bytes()).collect()),
    ("numeric entities", |text| text.iter().flat_map(|byte| format!("&#{byte};").into_bytes()).collect()),
    ("base64 at 0", |text| base64(text, 0)),
    ("base64 at 1", |text| base64(text, 1)),
    ("base64 at 2", |text| base64(text, 2)),
    ("reversed", |text| text.iter().rev().copied().collect()),
];

/// What is looked for: the canary in each form, by the form's name.
pub fn needles() -> Vec<(&'static str, Vec<u8>)> {
    PLAIN.iter().map(|(name, form)| (*name, form(CANARY.as_bytes()))).collect()
}

/// Base64 differs with what stands before: the letters that no neighbour shares. The alphabet for addresses differs only in
/// two signs that the canary does not need.
fn base64(text: &[u8], before: usize) -> Vec<u8> {
    use ::base64::Engine;
    let padded = [vec![0; before], text.to_vec()].concat();
    let whole = ::base64::prelude::BASE64_STANDARD.encode(&padded[..padded.len() - padded.len() % 3]);
    whole.into_bytes()[(before * 8).div_ceil(6)..].to_vec()
}

/// Files that hold a canary each, in every form that has to be found: name and content.
pub fn planted() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (name, form) in PLAIN {
        all.push((name.replace(' ', "-"), form(canary("planted").as_bytes())));
    }
    // Whole encodings of a longer text, not only of the canary.
    let page = format!("{{\"name\":\"Ada {} Lindqvist\"}}", canary("page"));
    use ::base64::Engine;
    for before in 0..3 {
        let shifted = format!("{}{page}", "x".repeat(before));
        all.push((format!("base64-text-{before}"), ::base64::prelude::BASE64_STANDARD.encode(shifted).into_bytes()));
    }
    all.push(("gzip".into(), gzip(page.as_bytes())));
    all.push(("zlib".into(), zlib(page.as_bytes())));
    all.push(("brotli".into(), brotli(page.as_bytes())));
    all.push(("gzip-of-base64".into(), gzip(&::base64::prelude::BASE64_STANDARD.encode(&page).into_bytes())));
    all
}

// Into memory: a write that fails there would be the machine's end.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).unwrap_or_default()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = ::brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
    if out.write_all(bytes).is_err() {
        return Vec::new();
    }
    out.into_inner()
}
