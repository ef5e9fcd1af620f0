//! What the parts of a workbook say beside the values of cells: where the part of each sheet is,
//! merged ranges, hidden rows and columns, formulas without a result, error values.

use quick_xml::events::{BytesStart, Event};

use super::super::package::Package;
use super::super::sheet::{Merge, Stretch, extend};
use super::super::{Kind, Limits, ReadError, xml};

/// Cells between two looks at the clock.
const CELLS_A_LOOK: u64 = 4096;

/// What a sheet's part says beside the values of its cells; rows and columns are counted from 0.
#[derive(Debug, Default)]
pub struct Structure {
    /// Merged ranges in order.
    pub merges: Vec<Merge>,
    /// Hidden rows.
    pub hidden_rows: Vec<Stretch>,
    /// Hidden columns.
    pub hidden_columns: Vec<Stretch>,
    /// Formulas without a stored result.
    pub unresolved: Vec<(u32, u32)>,
    /// Cells with an error value and its text.
    pub errors: Vec<((u32, u32), String)>,
}

/// A cell whose end was not met yet.
#[derive(Debug, Default)]
struct Cell {
    place: (u32, u32),
    kind: String,
    formula: bool,
    value: String,
}

/// Name of each sheet and the part it is in.
///
/// # Errors
/// A workbook part that cannot be followed.
pub fn sheet_parts(package: &mut Package<'_>) -> Result<Vec<(String, String)>, ReadError> {
    let (office, _) = relation(package, "", "_rels/.rels", |kind, _| {
        kind == "officeDocument"
    })?
    .unwrap_or_else(|| ("xl/workbook.xml".to_owned(), String::new()));
    let (folder, file) = office.rsplit_once('/').unwrap_or(("", &office));
    let relations = format!("{folder}/_rels/{file}.rels");
    let mut targets = Vec::new();
    relation(
        package,
        folder,
        relations.trim_start_matches('/'),
        |_, found| {
            targets.push(found.clone());
            false
        },
    )?;
    let mut sheets = Vec::new();
    each(package, &office, |element| {
        if element.local_name().as_ref() == "sheet" {
            let name = xml::attribute(element, "name").unwrap_or_default();
            let id = xml::attribute(element, "id").unwrap_or_default();
            let target = targets.iter().find(|(_, known)| *known == id);
            sheets.extend(target.map(|(path, _)| (name, path.clone())));
        }
        true
    })?;
    Ok(sheets)
}

/// The first relation of a part that is wanted: its target as the name of a part, and its id.
fn relation(
    package: &mut Package<'_>,
    folder: &str,
    part: &str,
    mut wanted: impl FnMut(&str, &(String, String)) -> bool,
) -> Result<Option<(String, String)>, ReadError> {
    let mut found = None;
    each(package, part, |element| {
        if element.local_name().as_ref() != "Relationship" {
            return true;
        }
        let kind = xml::attribute(element, "Type").unwrap_or_default();
        let target = xml::attribute(element, "Target").unwrap_or_default();
        let id = xml::attribute(element, "Id").unwrap_or_default();
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}/{target}")
                .trim_start_matches('/')
                .to_owned(),
        };
        let relation = (path, id);
        let last = kind.rsplit('/').next().unwrap_or_default();
        if wanted(last, &relation) {
            found = Some(relation);
        }
        found.is_none()
    })?;
    Ok(found)
}

/// Hands on the elements of a part until told to stop; a part that is not there has none.
fn each(
    package: &mut Package<'_>,
    name: &str,
    mut take: impl FnMut(&BytesStart<'_>) -> bool,
) -> Result<(), ReadError> {
    let Some(part) = package.part(name)? else {
        return Ok(());
    };
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if !take(&element) => return Ok(()),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(xml::fault(&error, name, Kind::Xlsx)),
        }
    }
}

impl Structure {
    /// Reads the part of a sheet.
    ///
    /// # Errors
    /// A part that cannot be followed, or no time left.
    pub fn read(package: &mut Package<'_>, name: &str, limits: &Limits) -> Result<Self, ReadError> {
        let mut structure = Self::default();
        let Some(part) = package.part(name)? else {
            return Ok(structure);
        };
        let mut reader = xml::reader(part);
        let mut buffer = Vec::new();
        let (mut row, mut column, mut events) = (0, 0, 0u64);
        let mut cell = Cell::default();
        let mut in_value = false;
        loop {
            buffer.clear();
            events += 1;
            if events.is_multiple_of(CELLS_A_LOOK) {
                limits.in_time()?;
            }
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "row" => {
                        row = xml::number(&element, "r").map_or(row, |number| number.max(1) - 1);
                        column = 0;
                        if xml::yes(&element, "hidden") {
                            extend(&mut structure.hidden_rows, row);
                        }
                    }
                    "c" => {
                        let named = xml::attribute(&element, "r").and_then(|name| place(&name));
                        let at = named.unwrap_or((row, column));
                        column = at.1 + 1;
                        cell = Cell {
                            place: at,
                            kind: xml::attribute(&element, "t").unwrap_or_default(),
                            ..Cell::default()
                        };
                    }
                    "f" => cell.formula = true,
                    "v" => in_value = true,
                    "is" => cell.value.push('…'),
                    "col" if xml::yes(&element, "hidden") => {
                        structure.hidden_columns.extend(stretch(&element));
                    }
                    "mergeCell" => {
                        let range = xml::attribute(&element, "ref");
                        structure
                            .merges
                            .extend(range.and_then(|range| merge(&range)));
                    }
                    _ => {}
                },
                Ok(Event::Text(text)) if in_value => cell.value.push_str(&text.xml10_content()),
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "v" => in_value = false,
                    "c" => structure.take(std::mem::take(&mut cell)),
                    "row" => row += 1,
                    _ => {}
                },
                Ok(Event::Eof) => return Ok(structure),
                Ok(_) => {}
                Err(error) => return Err(xml::fault(&error, name, Kind::Xlsx)),
            }
        }
    }

    fn take(&mut self, cell: Cell) {
        if cell.kind == "e" {
            self.errors.push((cell.place, cell.value));
        } else if cell.formula && cell.value.trim().is_empty() && cell.kind != "str" {
            self.unresolved.push(cell.place);
        }
    }
}

fn stretch(element: &BytesStart<'_>) -> Option<Stretch> {
    let (first, last) = (xml::number(element, "min")?, xml::number(element, "max")?);
    (first > 0 && first <= last).then(|| (first - 1, last - 1))
}

/// 0-based row and column of a name like F12.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A')?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    Some((
        number.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

fn merge(range: &str) -> Option<Merge> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some(Merge {
        first: place(first)?,
        last: place(last)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$F$12"), Some((11, 5)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(place("12"), None);
        assert_eq!(place("A0"), None);
        let range = merge("B2:C4").expect("a range");
        assert_eq!((range.first, range.last), ((1, 1), (3, 2)));
    }
}
