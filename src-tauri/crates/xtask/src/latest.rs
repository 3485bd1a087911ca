//! `cargo xtask latest VERSION DIR --at URL`: the file by which an installed application learns of a newer version. For each
//! system it names a bundle, where it lies, and its signature. A bundle without a signature is not offered.
use crate::release;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// How the bundler ends a file's name, and under which names the application asks for it: its own way of being installed first,
/// then its system alone.
const BUNDLES: &[(&str, &[&str])] = &[
    ("_aarch64.app.tar.gz", &["darwin-aarch64-app", "darwin-aarch64"]),
    ("_amd64.AppImage", &["linux-x86_64-appimage", "linux-x86_64"]),
    ("_amd64.deb", &["linux-x86_64-deb"]),
    (".x86_64.rpm", &["linux-x86_64-rpm"]),
    ("_x64-setup.exe", &["windows-x86_64-nsis", "windows-x86_64"]),
    ("_x64.app.tar.gz", &["darwin-x86_64-app", "darwin-x86_64"]),
    ("_x64_en-US.msi", &["windows-x86_64-msi"]),
];

/// Writes it into the folder of the bundles.
pub fn latest(words: &[String]) -> Result<()> {
    let [version, dir, at, url] = words else { bail!("`latest` wants VERSION DIR --at URL") };
    if at != "--at" {
        bail!("`latest` wants VERSION DIR --at URL");
    }
    let dir = Path::new(dir);
    let mut bundles = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("there is no folder {}", dir.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Ok(signature) = fs::read_to_string(dir.join(format!("{name}.sig"))) {
            bundles.push((name, signature));
        }
    }
    bundles.sort();
    let notes = release::notes(version)?;
    let said = said(version, &notes, url.trim_end_matches('/'), &bundles)?;
    fs::write(dir.join("latest.json"), serde_json::to_string_pretty(&said)? + "\n")?;
    println!("latest.json: {version} from {} signed bundles", bundles.len());
    Ok(())
}

/// The file, from the signed bundles; every system must be there, since one that is not would be told of no update, silently.
fn said(version: &str, notes: &str, url: &str, bundles: &[(String, String)]) -> Result<Value> {
    let mut platforms = Map::new();
    for (ending, names) in BUNDLES {
        let mut of_kind = bundles.iter().filter(|(name, _)| name.ends_with(ending));
        let (Some((name, signature)), None) = (of_kind.next(), of_kind.next()) else {
            bail!("there is not one signed bundle whose name ends in {ending}");
        };
        if !name.contains(version) {
            bail!("{name} is not of version {version}");
        }
        for platform in *names {
            platforms.insert((*platform).to_owned(), json!({ "signature": signature.trim(), "url": format!("{url}/{name}") }));
        }
    }
    Ok(json!({ "version": version, "notes": notes, "platforms": platforms }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(version: &str) -> Vec<(String, String)> {
        BUNDLES.iter().map(|(ending, _)| (format!("Anteroom_{version}{ending}"), format!("signature of {ending}\n"))).collect()
    }

    #[test]
    fn each_way_of_installing_finds_its_own_bundle_and_signature() {
        let said = said("1.2.0", "- a", "https://example.org/v1.2.0", &all("1.2.0")).unwrap();
        assert_eq!(said["platforms"]["linux-x86_64-deb"]["url"], "https://example.org/v1.2.0/Anteroom_1.2.0_amd64.deb");
        assert_eq!(said["platforms"]["linux-x86_64"]["signature"], "signature of _amd64.AppImage");
        assert_eq!(said["platforms"].as_object().unwrap().len(), 11);
    }

    #[test]
    fn a_missing_bundle_or_one_of_another_version_is_refused() {
        assert!(said("1.2.0", "", "https://example.org", &all("1.2.0")[1..]).is_err());
        assert!(said("1.2.0", "", "https://example.org", &all("1.1.0")).is_err());
    }
}
