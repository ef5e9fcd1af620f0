//! Mails on their way out, for the commands that send: the transport of the config, and what is said
//! of what became of them.

use chrono::{DateTime, FixedOffset};
use heyan::config::{CONFIG_FILE, Config};
use heyan::deliver::outbox::{Tally, send_due};
use heyan::deliver::sender::Sender;
use heyan::deliver::transport::Transport;
use heyan::history::Store;
use heyan::lang::Lang;
use heyan::night::NightError;

use super::output::remark;
use crate::cli::Shared;
use crate::failure::Failure;

/// Sends what is due.
pub fn send(
    config: &Config,
    store: &mut Store,
    now: DateTime<FixedOffset>,
) -> Result<Tally, Failure> {
    let mut transport = transport(config)?;
    let tally = send_due(store.connection(), transport.as_mut(), now);
    transport.finish();
    Ok(tally.map_err(NightError::from)?)
}

/// The way out: the server of the config, or the folder of `.eml` files.
fn transport(config: &Config) -> Result<Box<dyn Transport>, Failure> {
    let sender = Sender::of(&config.mail, CONFIG_FILE).map_err(NightError::from)?;
    let environment = |name: &str| std::env::var(name).ok();
    Ok(sender.transport(&config.mail, &environment)?)
}

/// Says what became of the mails; what is wrong is said even where little is to be said.
pub fn tell(tally: &Tally, lang: Lang, shared: &Shared) -> Result<(), Failure> {
    let mut lines = Vec::new();
    let line = |zh: String, en: String| lang.pick(&zh, &en).to_owned();
    if !shared.quiet && !tally.sent.is_empty() {
        let sent = tally.sent.len();
        lines.push(line(
            format!("已送出邮件 {sent} 封。"),
            format!("{sent} mails delivered."),
        ));
    }
    for refusal in &tally.refused {
        let (address, answer) = (&refusal.address, &refusal.answer);
        lines.push(line(
            format!("{address} 拒收：{answer}"),
            format!("{address} refused: {answer}"),
        ));
    }
    if let Some(stopped) = &tally.stopped {
        lines.push(line(
            format!("邮件发送中止：{stopped}"),
            format!("sending stopped: {stopped}"),
        ));
    }
    if !tally.waiting.is_empty() {
        let waiting = tally.waiting.len();
        lines.push(line(
            format!("尚有 {waiting} 封邮件等待发送，下次运行时再试。"),
            format!("{waiting} mails wait for the next run."),
        ));
    }
    for line in lines {
        remark(&format!("{line}\n"))?;
    }
    Ok(())
}
