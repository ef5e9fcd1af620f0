//! The documents under tests/fixtures/readers/pdf, as README.md there describes them.

use std::path::Path;
use std::time::Instant;

use super::*;
use crate::read::{Block, Medium, Oddity, RawRow, Span};

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(file!()).ancestors().nth(4).expect("the root");
    let inside = Path::new("tests/fixtures/readers/pdf").join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read(root.join(folder).join(inside)).expect("a fixture")
}

fn table(name: &str) -> RawTable {
    read(&bytes(name), &Limits::default()).expect("a table")
}

fn refused(name: &str) -> ReadError {
    read(&bytes(name), &Limits::default()).expect_err("no table")
}

/// The texts of a row, covered cells as `^`.
fn texts(row: &RawRow) -> Vec<&str> {
    let text = |cell: &'_ super::super::RawCell| cell.covered_by.is_some();
    row.cells
        .iter()
        .map(|cell| if text(cell) { "^" } else { cell.text.as_str() })
        .collect()
}

fn all(table: &RawTable) -> Vec<Vec<&str>> {
    table.rows().map(texts).collect()
}

/// The table of word.pdf and its turned copies.
const WORDLIKE: [[&str; 5]; 4] = [
    ["序号", "子项", "子项编码", "办理时限", "^"],
    ["^", "^", "^", "法定时限", "承诺时限"],
    [
        "1",
        "单位参保登\n记",
        "002036001001",
        "15个工作日",
        "即时办结",
    ],
    [
        "2",
        "职工参保登记",
        "002036001002",
        "15个工作日",
        "即时办结",
    ],
];

#[test]
fn merged_cells_keep_what_they_cover() {
    let table = table("unigb.pdf");
    assert_eq!(table.medium, Medium::Pages);
    let rows: Vec<&RawRow> = table.rows().collect();
    assert_eq!(rows.len(), 6);
    let main = &rows[1].cells[0];
    assert_eq!(main.text, "一、基本医疗保险参保和变更登记");
    assert_eq!(
        (main.span, main.column),
        (
            Span {
                rows: 3,
                columns: 1
            },
            1
        )
    );
    for row in &rows[2..4] {
        assert_eq!(row.cells[0].covered_by, Some((main.line, 1)));
        assert_eq!(row.cells[0].text, "");
    }
    assert_eq!(
        texts(rows[2])[1..],
        [
            "2",
            "职工参保登记",
            "002036001002",
            "有效身份证件或医保电子凭证或社会保障卡",
            "不超过5个工作日"
        ]
    );
    let material = "1.统一社会信用代码证书或单位批准成立的文件\n2.《基本医疗保险单位参保信息登记表》（加盖单位公章）";
    assert_eq!(rows[1].cells[4].text, material);
}

#[test]
fn rows_are_counted_on_their_page_and_heads_and_feet_are_prose() {
    let table = table("many.pdf");
    let rows: Vec<&RawRow> = table.rows().collect();
    let heads = rows
        .iter()
        .filter(|row| row.cells[0].text == "主项")
        .count();
    let pages = rows.last().and_then(|row| row.page).expect("a page");
    assert!(pages >= 4, "{pages}");
    assert_eq!(heads, usize::try_from(pages).expect("few"));
    assert_eq!(rows.len(), 80 + heads);
    for pair in rows.windows(2) {
        let same = pair[0].page == pair[1].page;
        let next = if same { pair[0].number + 1 } else { 1 };
        assert_eq!(pair[1].number, next);
        assert!(pair[0].line < pair[1].line);
    }
    let feet = table
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Prose { text, .. } if text.starts_with("第 ")))
        .count();
    assert_eq!(feet, heads);
    let gaps = table.blocks.iter().filter(|block| **block == Block::Gap);
    assert_eq!(gaps.count(), heads - 1);
}

#[test]
fn a_cell_cut_by_the_page_goes_on_in_the_first_row_of_the_next() {
    let table = table("office.pdf");
    let rows: Vec<&RawRow> = table.rows().collect();
    assert!(rows.iter().all(|row| row.cells.len() == 6));
    let first = rows
        .iter()
        .position(|row| row.page == Some(2))
        .expect("rows");
    assert_eq!(texts(rows[first])[0], "主项");
    let goes_on = texts(rows[first + 1]);
    assert_eq!(goes_on[1..4], ["", "", ""]);
    let cut = rows
        .iter()
        .filter(|row| row.cells[4].text.contains("种材料"));
    let materials: Vec<String> = cut
        .flat_map(|row| row.cells[4].text.lines().map(str::to_owned))
        .collect();
    let expected = (1..=40).map(|n| format!("{n}.第{n}种材料的原件及复印件"));
    assert_eq!(materials, expected.collect::<Vec<_>>());
}

#[test]
fn closed_rectangles_are_cells_and_code_points_are_settled() {
    let table = table("identity.pdf");
    let rows = all(&table);
    assert_eq!(rows.len(), 4);
    assert_eq!(
        rows[3],
        [
            "",
            "3",
            "门诊费用报销",
            "002036006001",
            "医院收费票据",
            "fi"
        ]
    );
}

#[test]
fn thin_filled_rectangles_are_lines_and_nothing_is_read_twice() {
    assert_eq!(all(&table("word.pdf")), WORDLIKE);
    let table = table("word.pdf");
    let head = table.rows().next().expect("a row");
    assert_eq!(
        head.cells[3].span,
        Span {
            rows: 1,
            columns: 2
        }
    );
    assert_eq!(head.cells[4].covered_by, Some((head.line, 4)));
}

#[test]
fn a_turned_page_is_read_upright() {
    let table = table("rotated.pdf");
    for page in 1..=3 {
        let rows = table.rows().filter(|row| row.page == Some(page));
        assert_eq!(rows.map(texts).collect::<Vec<_>>(), WORDLIKE, "page {page}");
    }
}

#[test]
fn a_text_given_in_place_of_what_is_drawn_is_taken() {
    let table = table("replaced.pdf");
    let rows = all(&table);
    assert_eq!(rows[2][4], "当场办结㐂");
    assert_eq!(rows[3], WORDLIKE[3]);
}

#[test]
fn codes_of_a_known_set_tell_the_letters_of_a_font_without_a_map() {
    assert_eq!(all(&table("coded.pdf")), all(&table("unigb.pdf")));
}

#[test]
fn a_page_that_is_a_picture_is_told_with_its_number() {
    let table = table("mixed.pdf");
    assert_eq!(table.rows().count(), 8);
    let told: Vec<_> = table.remarks.iter().map(|r| (r.oddity, r.page)).collect();
    assert_eq!(told, [(Oddity::PictureOnly, Some(2))]);
    assert_eq!(refused("scanned.pdf"), ReadError::PicturesOnly { pages: 2 });
}

#[test]
fn text_recognised_under_a_picture_is_read_in_its_columns() {
    let table = table("recognised.pdf");
    let rows = all(&table);
    assert_eq!(
        rows[0],
        ["子项序号", "子项", "子项编码", "办理材料", "办理时限"]
    );
    assert_eq!(
        rows[3],
        ["3", "城乡居民参保登记", "002036001003", "", "即时办结"]
    );
    assert_eq!(rows.len(), 6);
    assert!(table.remarks.is_empty());
}

/// A document of one page, its table of places left out as damaged documents lack it.
fn document(content: &str, kind: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>\nendobj\n\
         4 0 obj\n<< {kind} /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
         5 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Nobody-Knows-H \
         /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song >>] >>\nendobj\n\
         trailer\n<< /Root 1 0 R >>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[test]
fn a_font_that_nobody_can_read_leaves_no_empty_page() {
    let text = "BT /F 12 Tf 100 700 Td <4e004e8c4e09> Tj ET";
    assert_eq!(
        read(&document(text, ""), &Limits::default()),
        Err(ReadError::PicturesOnly { pages: 1 })
    );
    assert_eq!(
        read(&document("", ""), &Limits::default()),
        Err(ReadError::NoTable)
    );
}

#[test]
fn a_page_that_passes_as_a_picture_is_not_drawn() {
    assert!(matches!(
        read(&document("", "/Subtype /Image"), &Limits::default()),
        Err(ReadError::Damaged { .. })
    ));
}

#[test]
fn a_letter_is_no_table() {
    assert_eq!(refused("letter.pdf"), ReadError::NoTable);
}

#[test]
fn a_password_is_asked_for_only_where_one_is_needed() {
    assert_eq!(
        refused("password.pdf"),
        ReadError::Encrypted { kind: Kind::Pdf }
    );
    assert_eq!(all(&table("restricted.pdf")), all(&table("unigb.pdf")));
}

#[test]
fn what_is_cut_off_or_damaged_is_an_error_and_never_half_a_list() {
    let whole = bytes("many.pdf");
    for part in 1..20 {
        let cut = &whole[..whole.len() * part / 20];
        assert_eq!(
            read(cut, &Limits::default()),
            Err(ReadError::Truncated { kind: Kind::Pdf })
        );
    }
    // The first part of a document made for the web, which ends in a mark of its own.
    let mut first_part = whole[..whole.len() / 2].to_vec();
    first_part.extend(b"\nstartxref\n0\n%%EOF\n");
    assert_eq!(
        read(&first_part, &Limits::default()),
        Err(ReadError::Truncated { kind: Kind::Pdf })
    );
    assert_eq!(read(b"", &Limits::default()), Err(ReadError::Empty));
    let none = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n";
    assert!(matches!(
        read(none, &Limits::default()),
        Err(ReadError::Damaged { .. })
    ));
}

/// Bytes changed here and there must end in a table or an error, in time.
#[test]
fn noise_in_a_document_ends_in_an_answer() {
    let mut seed: u32 = 1;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(seed >> 8).expect("24 bits")
    };
    let begun = Instant::now();
    for name in ["word.pdf", "mixed.pdf", "identity.pdf", "restricted.pdf"] {
        let whole = bytes(name);
        for _ in 0..60 {
            let mut noisy = whole.clone();
            for _ in 0..1 + random() % 30 {
                let at = random() % noisy.len();
                noisy[at] = u8::try_from(random() % 256).expect("a byte");
            }
            let limits = Limits {
                seconds: 5,
                ..Limits::default()
            };
            let _answer = read(&noisy, &limits.begun_at(Instant::now()));
        }
    }
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}

#[test]
fn limits_are_kept() {
    let bytes = bytes("many.pdf");
    let with = |limits: Limits| read(&bytes, &limits).expect_err("too much");
    let limits = Limits::default();
    assert_eq!(
        with(Limits {
            pages: 2,
            ..limits.clone()
        }),
        ReadError::TooManyPages { limit: 2 }
    );
    assert_eq!(
        with(Limits {
            cells: 200,
            ..limits.clone()
        }),
        ReadError::TooManyCells { limit: 200 }
    );
    assert_eq!(
        with(Limits {
            bytes: 100,
            ..limits.clone()
        }),
        ReadError::TooLarge { limit: 100 }
    );
    assert_eq!(
        with(Limits {
            unpacked: 1_000,
            ..limits.clone()
        }),
        ReadError::TooLargeUnpacked { limit: 1_000 }
    );
    let over = Limits {
        seconds: 0,
        ..limits
    };
    assert_eq!(
        with(over.begun_at(Instant::now())),
        ReadError::TooSlow { seconds: 0 }
    );
}
