//! The formats of the workbook's cells. Owns colours and borders; refuses content.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// Font of the workbook; programs that lack it take their own Chinese font.
const FONT: &str = "微软雅黑";

/// A colour that carries a meaning; the cell always says it in words as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tint {
    /// A breach, or an item with faults.
    Error,
    /// A likely fault.
    Warning,
    /// Worth knowing.
    Info,
    /// Nothing to mend.
    Fine,
    /// Our own reading, held against nobody.
    Reading,
    /// A national item that the list lacks.
    Missing,
}

/// Every format of the workbook.
pub(super) struct Styles {
    /// Header cells.
    pub header: Format,
    /// Text at the top of its cell, wrapped.
    pub text: Format,
    /// Numbers.
    pub number: Format,
    /// Links.
    pub link: Format,
    /// The title of a sheet without a header.
    pub title: Format,
    /// The headings within such a sheet.
    pub heading: Format,
    error: Format,
    warning: Format,
    info: Format,
    fine: Format,
    reading: Format,
    missing: Format,
}

impl Default for Styles {
    fn default() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(10);
        let cell = plain
            .clone()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xD0_D5_DB));
        let text = cell.clone().set_text_wrap();
        let tint = |fill: u32, ink: u32| {
            let format = text.clone().set_background_color(Color::RGB(fill));
            format.set_font_color(Color::RGB(ink))
        };
        Self {
            header: text
                .clone()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x1F_3A_5F))
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            number: cell.clone().set_align(FormatAlign::Right),
            link: text
                .clone()
                .set_font_color(Color::RGB(0x05_63_C1))
                .set_underline(FormatUnderline::Single),
            title: plain.clone().set_bold().set_font_size(16),
            heading: plain.clone().set_bold().set_font_size(12),
            error: tint(0xFF_C7_CE, 0x9C_00_06),
            warning: tint(0xFF_EB_9C, 0x7F_4B_00),
            info: tint(0xDD_EB_F7, 0x1F_4E_79),
            fine: tint(0xE2_EF_DA, 0x37_56_23),
            reading: tint(0xE7_E6_E6, 0x59_59_59),
            missing: tint(0xE4_DF_EC, 0x5B_2C_82),
            text,
        }
    }
}

impl Styles {
    /// The format of a meaning.
    pub fn tint(&self, tint: Tint) -> &Format {
        match tint {
            Tint::Error => &self.error,
            Tint::Warning => &self.warning,
            Tint::Info => &self.info,
            Tint::Fine => &self.fine,
            Tint::Reading => &self.reading,
            Tint::Missing => &self.missing,
        }
    }
}
