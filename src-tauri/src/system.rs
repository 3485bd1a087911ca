//! What the system says that concerns the lock: it goes to sleep, it locks its screen, another user comes to the front.
//!
//! On Linux these are signals of logind and of the desktop's screen saver. Elsewhere nothing is heard: there the clocks tell of sleep
//! (see `lock.rs`) and the quiet minutes do the rest.

use std::sync::Arc;

use crate::app::App;

/// Listens for as long as the program runs. A system that has no such voice is simply not heard.
#[cfg(target_os = "linux")]
pub fn listen(app: &Arc<App>) {
    linux::listen(app);
}

/// Nothing to listen to.
#[cfg(not(target_os = "linux"))]
pub fn listen(_app: &Arc<App>) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::sync::{Arc, Weak};
    use std::thread;

    use zbus::blocking::{Connection, MessageIterator};
    use zbus::zvariant::OwnedValue;
    use zbus::{MatchRule, Message};

    use crate::app::App;
    use crate::lock::Because;

    /// What a message means for the lock.
    type Meaning = fn(&Message) -> Option<Because>;

    const LOGIN: &[(&str, &str, Meaning)] = &[
        ("org.freedesktop.login1.Manager", "PrepareForSleep", |message| told(message).then_some(Because::Slept)),
        ("org.freedesktop.login1.Session", "Lock", |_| Some(Because::System)),
        ("org.freedesktop.DBus.Properties", "PropertiesChanged", another_user),
    ];
    const DESKTOP: &[(&str, &str, Meaning)] = &[
        ("org.freedesktop.ScreenSaver", "ActiveChanged", |message| told(message).then_some(Because::System)),
        ("org.gnome.ScreenSaver", "ActiveChanged", |message| told(message).then_some(Because::System)),
        ("org.cinnamon.ScreenSaver", "ActiveChanged", |message| told(message).then_some(Because::System)),
        ("org.mate.ScreenSaver", "ActiveChanged", |message| told(message).then_some(Because::System)),
    ];

    pub fn listen(app: &Arc<App>) {
        for (interface, member, meaning) in LOGIN {
            hear(Arc::downgrade(app), Connection::system, interface, member, *meaning);
        }
        for (interface, member, meaning) in DESKTOP {
            hear(Arc::downgrade(app), Connection::session, interface, member, *meaning);
        }
    }

    /// A thread of its own for each signal: it sleeps until the signal comes.
    fn hear(app: Weak<App>, bus: fn() -> zbus::Result<Connection>, interface: &'static str, member: &'static str, meaning: Meaning) {
        thread::spawn(move || {
            if let Err(error) = follow(&app, bus, interface, member, meaning) {
                tracing::info!(%error, interface, member, "not heard");
            }
        });
    }

    fn follow(
        app: &Weak<App>,
        bus: fn() -> zbus::Result<Connection>,
        interface: &'static str,
        member: &'static str,
        meaning: Meaning,
    ) -> zbus::Result<()> {
        let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).interface(interface)?.member(member)?.build();
        for message in MessageIterator::for_match_rule(rule, &bus()?, None)? {
            let Some(app) = app.upgrade() else { return Ok(()) };
            if let Some(because) = meaning(&message?) {
                app.lock(because);
            }
        }
        Ok(())
    }

    /// The one flag that these signals carry.
    fn told(message: &Message) -> bool {
        message.body().deserialize::<bool>().unwrap_or(false)
    }

    /// A login session that is no longer the active one.
    fn another_user(message: &Message) -> Option<Because> {
        let (of, changed, _) = message.body().deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>().ok()?;
        let active = changed.get("Active").and_then(|value| bool::try_from(value).ok());
        (of == "org.freedesktop.login1.Session" && active == Some(false)).then_some(Because::System)
    }
}
