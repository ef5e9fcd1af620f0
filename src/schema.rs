//! JSON Schemas of the files that people write and other programs read, made from the types that
//! read and write them, so that editors complete and check exactly what heyan takes. Draft 7,
//! because that is what editors of TOML understand.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::baseline::Baseline;
use crate::config::Config;
use crate::facts::schema::FRAMES;
use crate::report::Format;
use crate::report::view::Report;
use crate::rules::Rule;
use crate::source::Profile;
use crate::waiver::{WAIVER_FILE, WaiverFile};

/// A schema of one kind of file.
#[derive(Debug, Clone)]
pub struct FileSchema {
    /// Its name on the command line; the file is `schemas/<name>.schema.json`.
    pub name: &'static str,
    /// The files it is for.
    pub about: &'static str,
    /// The schema.
    pub schema: Value,
}

impl FileSchema {
    /// Name of the file it is kept in.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// The schema as indented JSON with a last line break.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:#}\n", self.schema)
    }
}

/// Every schema there is, in the order of their names.
#[must_use]
pub fn all() -> Vec<FileSchema> {
    vec![
        FileSchema {
            name: "baseline",
            about: "baseline.json",
            schema: titled(read::<Baseline>(), "baseline.json"),
        },
        FileSchema {
            name: "config",
            about: "heyan.toml",
            schema: config(),
        },
        FileSchema {
            name: "report",
            about: "report.json",
            schema: titled(written::<Report>(), "report.json"),
        },
        FileSchema {
            name: "rule",
            about: "rules/<family>/<id>.toml",
            schema: rule(),
        },
        FileSchema {
            name: "source",
            about: "source.toml",
            schema: titled(read::<Profile>(), "source.toml"),
        },
        FileSchema {
            name: "waivers",
            about: WAIVER_FILE,
            schema: titled(read::<WaiverFile>(), WAIVER_FILE),
        },
    ]
}

fn config() -> Value {
    let mut schema = titled(read::<Config>(), "heyan.toml");
    let formats: Vec<&str> = Format::ALL.iter().map(|(_, name)| *name).collect();
    put(
        &mut schema,
        "/definitions/RunConfig/properties/formats/items/enum",
        json!(formats),
    );
    schema
}

fn rule() -> Value {
    let mut schema = titled(read::<Rule>(), "rules/<family>/<id>.toml");
    let frames: Vec<&str> = FRAMES.iter().map(|frame| frame.name).collect();
    put(&mut schema, "/properties/frame/enum", json!(frames));
    schema
}

/// The schema of what is read.
fn read<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().for_deserialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// The schema of what is written.
fn written<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

fn titled(schema: Schema, title: &str) -> Value {
    let mut value = schema.to_value();
    put(&mut value, "/title", json!(title));
    value
}

/// Puts a value under the last name of a JSON pointer; a way that is not there is left alone, and
/// the committed schemas, which are compared, would show it.
fn put(schema: &mut Value, pointer: &str, value: Value) {
    let Some((way, name)) = pointer.rsplit_once('/') else {
        return;
    };
    if let Some(object) = schema.pointer_mut(way).and_then(Value::as_object_mut) {
        object.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_vocabularies_are_in_the_schemas() {
        let text = |name: &str| {
            let all = all();
            let schema = all.iter().find(|schema| schema.name == name);
            schema.expect("a schema").text()
        };
        assert!(text("config").contains("\"sarif\""));
        assert!(text("rule").contains("\"limits\""));
    }
}
