//! Everything that can happen to a list, by name.

use crate::merge::{Place, merge_basis, merge_items, merge_mains, merge_materials};
use crate::random::Random;
use crate::table::Table;
use crate::truth::Truth;
use crate::{letters, narrow, pages, rows};

/// A damage. Their order is the order they happen in: to letters, to cells, to rows, to pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    LoseLetters,
    LoseDigitsOfCodes,
    LoseDays,
    LoseLettersOfLimits,
    LoseLettersOfSteps,
    ChangeDashes,
    WidenDigits,
    SpaceNumbers,
    QuoteCells,
    AppendLoops,
    InsertForeign,
    Interleave,
    BasisBesideTheMiddle,
    BasisBesideTheLast,
    BasisSliced,
    MaterialsBesideTheFirst,
    MaterialsBesideTheMiddle,
    MaterialsBesideTheLast,
    MaterialsSliced,
    ItemsBesideTheMiddle,
    MainsBesideTheMiddle,
    MainsBesideTheLast,
    MainsSliced,
    Shift,
    Glue,
    Split,
    CutPages,
    Litter,
}

impl Operation {
    /// All of them, in the order they happen in.
    pub const ALL: [Self; 28] = [
        Self::LoseLetters,
        Self::LoseDigitsOfCodes,
        Self::LoseDays,
        Self::LoseLettersOfLimits,
        Self::LoseLettersOfSteps,
        Self::ChangeDashes,
        Self::WidenDigits,
        Self::SpaceNumbers,
        Self::QuoteCells,
        Self::AppendLoops,
        Self::InsertForeign,
        Self::Interleave,
        Self::BasisBesideTheMiddle,
        Self::BasisBesideTheLast,
        Self::BasisSliced,
        Self::MaterialsBesideTheFirst,
        Self::MaterialsBesideTheMiddle,
        Self::MaterialsBesideTheLast,
        Self::MaterialsSliced,
        Self::ItemsBesideTheMiddle,
        Self::MainsBesideTheMiddle,
        Self::MainsBesideTheLast,
        Self::MainsSliced,
        Self::Shift,
        Self::Glue,
        Self::Split,
        Self::CutPages,
        Self::Litter,
    ];

    /// Lets it happen.
    pub fn befall(self, table: &mut Table, truth: &Truth, random: &mut Random) {
        match self {
            Self::LoseLetters => letters::lose_letters(table, random),
            Self::LoseDigitsOfCodes => letters::lose_digits_of_codes(table, random),
            Self::LoseDays => letters::lose_days(table, random),
            Self::LoseLettersOfLimits => letters::lose_letters_of_limits(table, random),
            Self::LoseLettersOfSteps => letters::lose_letters_of_steps(table, random),
            Self::ChangeDashes => letters::change_dashes(table, random),
            Self::WidenDigits => letters::widen_digits(table, random),
            Self::SpaceNumbers => letters::space_numbers(table, random),
            Self::QuoteCells => letters::quote_cells(table, random),
            Self::AppendLoops => letters::append_loops(table, random),
            Self::InsertForeign => letters::insert_foreign(table, random),
            Self::Interleave => narrow::interleave(table, random),
            Self::BasisBesideTheMiddle => merge_basis(table, truth, Place::Middle, random),
            Self::BasisBesideTheLast => merge_basis(table, truth, Place::Last, random),
            Self::BasisSliced => merge_basis(table, truth, Place::Sliced, random),
            Self::MaterialsBesideTheFirst => merge_materials(table, truth, Place::First, random),
            Self::MaterialsBesideTheMiddle => {
                merge_materials(table, truth, Place::Middle, random);
            }
            Self::MaterialsSliced => merge_materials(table, truth, Place::Sliced, random),
            Self::ItemsBesideTheMiddle => merge_items(table, truth, Place::Middle, random),
            Self::MaterialsBesideTheLast => merge_materials(table, truth, Place::Last, random),
            Self::MainsBesideTheMiddle => merge_mains(table, truth, Place::Middle, random),
            Self::MainsBesideTheLast => merge_mains(table, truth, Place::Last, random),
            Self::MainsSliced => merge_mains(table, truth, Place::Sliced, random),
            Self::Shift => rows::shift(table, random),
            Self::Glue => rows::glue(table, random),
            Self::Split => rows::split(table, random),
            Self::CutPages => pages::cut(table, random),
            Self::Litter => pages::litter(table, random),
        }
    }
}
