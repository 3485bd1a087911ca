//! WebKit's driver: the W3C protocol over loopback, one application at a time, a time limit on every request.
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::Method;

/// The key under which the protocol hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const REQUEST: Duration = Duration::from_secs(70);
const OPENING: Duration = Duration::from_secs(120);

/// The running driver, with no application or one.
pub struct Driver {
    child: Child,
    port: u16,
    agent: Agent,
    session: Option<String>,
}

/// Something in the page, as the driver names it.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Element {
    /// The shape in which an element goes to and comes from a script.
    pub fn wire(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    /// An element in a script's answer.
    pub fn from_wire(value: &Value) -> Option<Element> {
        Some(Element(value.get(ELEMENT)?.as_str()?.to_owned()))
    }
}

impl Driver {
    /// Starts the driver in these surroundings, which are then the application's; both write what they have to say into `log`.
    pub fn start(surroundings: &[(&str, String)], log: &Path) -> Result<Driver> {
        // Free at this moment; the driver takes no number of its own choosing.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        let child = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .envs(surroundings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start WebKitWebDriver")?;
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        let driver = Driver { child, port, agent, session: None };
        let deadline = Instant::now() + REQUEST;
        while let Err(error) = driver.ask(Method::GET, "/status", None, REQUEST) {
            ensure!(Instant::now() < deadline, "the driver does not answer: {error:#}");
            sleep(Duration::from_millis(100));
        }
        Ok(driver)
    }

    /// Opens the application.
    pub fn open(&mut self, binary: &Path, args: &[String]) -> Result<()> {
        let options = json!({ "binary": binary, "args": args });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let opened = self.ask(Method::POST, "/session", Some(wanted), OPENING).context("the window did not open")?;
        let id = opened["sessionId"].as_str().context("the driver gave no session")?;
        self.session = Some(id.to_owned());
        let limits = json!({ "script": 60_000, "pageLoad": 30_000, "implicit": 0 });
        self.post("/timeouts", limits)?;
        Ok(())
    }

    /// Closes the application, as its window's close button would.
    pub fn close(&mut self) -> Result<()> {
        if let Some(id) = self.session.take() {
            self.ask(Method::DELETE, &format!("/session/{id}"), None, REQUEST)?;
        }
        Ok(())
    }

    /// The process of which the application is a descendant.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A command to the open window.
    pub fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.ask(Method::POST, &self.path(path)?, Some(body), REQUEST)
    }

    /// A question to the open window.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.ask(Method::GET, &self.path(path)?, None, REQUEST)
    }

    fn path(&self, path: &str) -> Result<String> {
        let id = self.session.as_ref().context("no window is open")?;
        Ok(format!("/session/{id}{path}"))
    }

    fn ask(&self, method: Method, path: &str, body: Option<Value>, limit: Duration) -> Result<Value> {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("http://127.0.0.1:{}{path}", self.port))
            .header("content-type", "application/json")
            .body(body.map(|body| body.to_string()).unwrap_or_default())?;
        let request = self.agent.configure_request(request).timeout_global(Some(limit)).build();
        let mut answer = self.agent.run(request).with_context(|| format!("no answer to {path}"))?;
        // Pictures are long.
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_string()?;
        let mut read: Value = serde_json::from_str(&text).with_context(|| format!("{path} answered {text:.200}"))?;
        if !answer.status().is_success() {
            let (error, message) = (&read["value"]["error"], &read["value"]["message"]);
            bail!("{}: {}", error.as_str().unwrap_or("refused"), message.as_str().unwrap_or(&text));
        }
        Ok(read["value"].take())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver may be the one that failed; then the application ends with the bus it sits on.
        let _ = self.close();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
