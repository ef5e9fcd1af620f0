//! `heyan schema`: the JSON Schemas of heyan's files.

use std::path::Path;

use heyan::schema::all;

use super::output::{save, say};
use crate::DONE;
use crate::failure::Failure;

/// Prints one schema, writes all of them into a folder, or lists them.
pub fn schema(name: Option<&str>, to: Option<&Path>) -> Result<u8, Failure> {
    let schemas = all();
    if let Some(folder) = to {
        for schema in &schemas {
            let path = folder.join(schema.file());
            save(&path, schema.text().as_bytes())?;
            say(&format!("{}\n", path.display()))?;
        }
        return Ok(DONE);
    }
    let Some(name) = name else {
        for schema in &schemas {
            say(&format!("{:<8} {}\n", schema.name, schema.about))?;
        }
        return Ok(DONE);
    };
    let Some(schema) = schemas.iter().find(|schema| schema.name == name) else {
        let known: Vec<&str> = schemas.iter().map(|schema| schema.name).collect();
        return Err(Failure::Usage(format!(
            "没有名为 {name} 的 Schema，可用 {} (no such schema)",
            known.join("、")
        )));
    };
    say(&schema.text())?;
    Ok(DONE)
}
