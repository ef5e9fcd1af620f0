//! Delivery: who gets a mail and why, the mail as bytes, the outbox that survives a kill, and the
//! two ways out of it, SMTP and a folder of `.eml` files. Sees drafts, addresses and the ids of
//! faults as plain words; refuses findings, reports and every sentence about a list.
//!
//! A mail goes one way: [`notice::decide`] → [`message::write`] → [`outbox::store`] →
//! [`outbox::send_due`]. It is stored before it is sent and marked before the connection is closed,
//! so that a process killed at any instant loses nothing, and sends again at most the one mail whose
//! acceptance it had not yet written down, under the same Message-ID.

pub mod address;
pub mod file;
pub mod message;
pub mod notice;
pub mod outbox;
pub mod preview;
pub mod secret;
pub mod sender;
pub mod smtp;
pub mod transport;
