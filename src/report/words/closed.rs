//! The closed vocabularies of the contract in words: severity, basis, level, field. A value that is
//! not in the contract stands for itself.

use super::Words;

impl Words {
    /// The word for a severity; a severity that is not in the contract stands for itself.
    pub fn severity<'a>(&self, severity: &'a str) -> &'a str {
        match severity {
            "error" => self.error,
            "warning" => self.warning,
            "info" => self.info,
            other => other,
        }
    }

    /// The word for how a basis is known; empty where it isn't said.
    pub fn known<'a>(&self, known: &'a str) -> &'a str {
        match known {
            "official" => self.official,
            "statute" => self.statute,
            "derived" => self.derived,
            other => other,
        }
    }

    /// The word for the level a finding is about.
    pub fn level<'a>(&self, level: &'a str) -> &'a str {
        match level {
            "list" => self.level_list,
            "main" => self.level_main,
            "item" => self.level_item,
            "business" => self.level_business,
            other => other,
        }
    }

    /// The word for the field in question.
    pub fn field<'a>(&self, field: &'a str) -> &'a str {
        match field {
            "code" => self.field_code,
            "main_code" => self.field_main_code,
            "name" => self.field_name,
            "time_limit" => self.field_time_limit,
            "steps" => self.field_steps,
            "materials" => self.field_materials,
            "basis" => self.field_basis,
            "count" => self.field_count,
            "structure" => self.field_structure,
            "text" => self.field_text,
            other => other,
        }
    }
}
