//! A server of updates on this machine, and the hand that signs for it.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair as TlsKey};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const ROOT: &str = "root.pem";
const CHAIN: &str = "chain.pem";
const KEY: &str = "key.pem";
const STRANGER: &str = "stranger.pem";

/// What is answered at one address.
#[derive(Clone)]
pub enum Reply {
    /// This, whole.
    Whole(Vec<u8>),
    /// Half of this, and then the line is cut.
    Cut(Vec<u8>),
    /// Half of this, and then silence, until whoever asked goes.
    Half(Vec<u8>),
    /// Ask there.
    Elsewhere(String),
    /// There is nothing here.
    Nothing,
}

/// The server; it answers for as long as the test runs.
pub struct Server {
    port: u16,
    replies: Arc<Mutex<HashMap<String, Reply>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Makes a root that is trusted, what the server shows under it, and what a stranger shows; the variables by which it is trusted.
pub fn furnish(home: &Path) -> Vec<(&'static str, PathBuf)> {
    let here = || CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("names");
    let mut root = CertificateParams::new(Vec::new()).expect("no names");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(root, TlsKey::generate().expect("a key")).expect("a root");
    let key = TlsKey::generate().expect("a key");
    let leaf = here().signed_by(&key, &root).expect("a certificate");
    let stranger = here().self_signed(&key).expect("a certificate");
    let files = [(ROOT, root.pem()), (CHAIN, leaf.pem()), (STRANGER, stranger.pem()), (KEY, key.serialize_pem())];
    for (name, text) in files {
        fs::write(home.join(name), text).expect("it is written");
    }
    vec![("SSL_CERT_FILE", home.join(ROOT))]
}

impl Server {
    /// One whose certificate is trusted.
    pub fn start(home: &Path) -> Self {
        Self::showing(home, CHAIN)
    }

    /// One that is somebody else.
    pub fn stranger(home: &Path) -> Self {
        Self::showing(home, STRANGER)
    }

    fn showing(home: &Path, certificate: &str) -> Self {
        let chain = vec![CertificateDer::from_pem_file(home.join(certificate)).expect("a certificate")];
        let key = PrivateKeyDer::from_pem_file(home.join(KEY)).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
        let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).expect("a certificate and its key"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let server = Self { port, replies: Arc::default(), asked: Arc::default() };
        let (replies, asked) = (server.replies.clone(), server.asked.clone());
        thread::spawn(move || {
            for came in listener.incoming().flatten() {
                let (config, replies, asked) = (config.clone(), replies.clone(), asked.clone());
                // Whoever does not trust the certificate hangs up.
                thread::spawn(move || drop(answer(came, config, &replies, &asked)));
            }
        });
        server
    }

    /// An address here.
    pub fn at(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port)
    }

    /// The same by another name.
    pub fn elsewhere(&self, path: &str) -> String {
        format!("https://127.0.0.1:{}{path}", self.port)
    }

    /// What is answered at it from now on.
    pub fn reply(&self, path: &str, reply: Reply) {
        self.replies.lock().expect("no panic").insert(path.to_owned(), reply);
    }

    /// What was asked since this was last looked at, each with all its headers.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("no panic"))
    }
}

/// An address at which nobody is.
pub fn nobody_at() -> String {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a port").port();
    format!("https://localhost:{port}/latest.json")
}

fn answer(
    came: TcpStream,
    config: Arc<ServerConfig>,
    replies: &Mutex<HashMap<String, Reply>>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut line = BufReader::new(StreamOwned::new(connection, came));
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if line.read_line(&mut request)? == 0 {
            return Ok(());
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().expect("no panic").push(request);
    let reply = replies.lock().expect("no panic").get(&path).cloned().unwrap_or(Reply::Nothing);
    let line = line.get_mut();
    let head = |status: &str, length: usize, more: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n")
    };
    match reply {
        Reply::Whole(body) => {
            line.write_all(head("200 OK", body.len(), "").as_bytes())?;
            line.write_all(&body)?;
        }
        Reply::Cut(body) | Reply::Half(body) if body.is_empty() => {}
        Reply::Cut(ref body) | Reply::Half(ref body) => {
            line.write_all(head("200 OK", body.len(), "").as_bytes())?;
            line.write_all(&body[..body.len() / 2])?;
            line.flush()?;
            if matches!(reply, Reply::Half(_)) {
                // It ends when whoever asked has gone.
                let _gone = line.read(&mut [0; 1]);
            }
            return line.sock.shutdown(std::net::Shutdown::Both);
        }
        Reply::Elsewhere(to) => line.write_all(head("302 Found", 0, &format!("Location: {to}\r\n")).as_bytes())?,
        Reply::Nothing => line.write_all(head("404 Not Found", 0, "").as_bytes())?,
    }
    line.conn.send_close_notify();
    line.flush()
}

/// Signs as the makers do.
pub struct Signer(KeyPair);

impl Signer {
    /// With a key of its own.
    pub fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().expect("a key"))
    }

    /// The key by which its packages are known, as a copy is made with it.
    pub fn public(&self) -> String {
        STANDARD.encode(self.0.pk.to_box().expect("a key").into_string())
    }

    /// A signature that names a version, or none.
    pub fn sign(&self, package: &[u8], version: Option<&str>) -> String {
        let named = version.map(|version| format!("\tversion:{version}")).unwrap_or_default();
        let comment = format!("timestamp:1768471200\tfile:anteroom.deb{named}");
        let signed = minisign::sign(Some(&self.0.pk), &self.0.sk, package, Some(&comment), None).expect("it is signed");
        STANDARD.encode(signed.into_string())
    }
}
