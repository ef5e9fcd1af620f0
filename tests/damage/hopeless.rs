//! Lists of which too little is left: scanned so badly, or converted so wrongly, that nobody could
//! judge the region by them.

use crate::letters::is_han;
use crate::random::Random;
use crate::table::Table;

/// How a list comes to be hopeless.
#[derive(Debug, Clone, Copy)]
pub enum Ruin {
    /// Every cell holds letters in no order, of its own length.
    Nonsense,
    /// Every cell of words does; numbers and codes stand.
    Words,
    /// A third of all cells is blank or garbled.
    Holes,
}

/// Ruins a list.
pub fn ruin(table: &mut Table, ruin: Ruin, random: &mut Random) {
    let letters: Vec<char> = table
        .rows()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| cell.text.chars())
        .filter(|letter| is_han(*letter))
        .collect();
    for row in table.rows_mut() {
        for cell in row.cells.iter_mut().filter(|cell| !cell.is_empty()) {
            let length = cell.text.chars().count();
            let nonsense = |random: &mut Random| {
                (0..length)
                    .map(|_| *random.pick(&letters))
                    .collect::<String>()
            };
            match ruin {
                Ruin::Nonsense => cell.text = nonsense(random),
                Ruin::Words if cell.text.chars().any(is_han) => cell.text = nonsense(random),
                Ruin::Words => {}
                Ruin::Holes => match random.below(6) {
                    0 => cell.text.clear(),
                    1 => cell.text = nonsense(random),
                    _ => {}
                },
            }
        }
    }
}
