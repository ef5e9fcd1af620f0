//! heyan (核验) reads regional lists of medical-insurance services
//! (医疗保障经办政务服务事项清单), checks them against the national standard and reports what it
//! found.
//!
//! The stages stand in one street, and no module imports one to its right:
//! `source` → `read` → `recover` → `facts` → `check` → `report`. [`reading`] takes each document
//! through the first three; [`run`] alone knows the whole street.
//! [`normalise`] and [`standard`] are what the stages know of the field: pure functions from text
//! to values, and the national data.

pub mod baseline;
pub mod check;
pub mod config;
pub mod coverage;
pub mod deliver;
pub mod facts;
pub mod history;
pub mod import;
pub mod lang;
pub mod night;
pub mod normalise;
pub mod read;
pub mod reading;
pub mod recover;
pub mod report;
pub mod revision;
pub mod rules;
pub mod run;
pub mod schedule;
pub mod schema;
pub mod source;
pub mod standard;
pub mod waiver;
