//! Documents packed part by part, as programs write them and as none should.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::table::{Block, Oddity, RawRow, RawTable};
use super::super::{Limits, ReadError};
use super::read;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("packed").into_inner()
}

fn relations(of: &[(&str, &str)]) -> String {
    let each = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{number}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = of.iter().enumerate().map(each).collect();
    format!("<Relationships xmlns=\"{RELATIONS}\">{all}</Relationships>")
}

/// A document with that body, numbering and styles.
fn document(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    let root = |name: &str, inner: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{name} xmlns:w=\"{WORD}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
             {inner}</w:{name}>"
        )
    };
    pack(&[
        (
            "_rels/.rels",
            &relations(&[("officeDocument", "/word/document.xml")]),
        ),
        (
            "word/_rels/document.xml.rels",
            &relations(&[("styles", "styles.xml"), ("numbering", "numbering.xml")]),
        ),
        (
            "word/document.xml",
            &root("document", &format!("<w:body>{body}</w:body>")),
        ),
        ("word/numbering.xml", &root("numbering", numbering)),
        ("word/styles.xml", &root("styles", styles)),
    ])
}

fn table(body: &str) -> RawTable {
    read(&document(body, "", ""), &Limits::default()).expect("a table")
}

/// A paragraph with a run of text.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A cell with its properties and what stands in it.
fn tc(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// A row of plain cells.
fn plain(texts: &[&str]) -> String {
    let cells: Vec<String> = texts.iter().map(|text| tc("", &p(text))).collect();
    tr(&cells)
}

/// Rows as a reader sees them: texts parted by `|`, `<` for a cell that the one on its left covers,
/// `^` for one that the one above covers.
fn drawn(table: &RawTable) -> Vec<String> {
    let cell = |row: &RawRow| {
        let cells = row.cells.iter().map(|cell| match cell.covered_by {
            Some((line, _)) if line < row.line => "^".to_owned(),
            Some(_) => "<".to_owned(),
            None => cell.text.clone(),
        });
        cells.collect::<Vec<_>>().join("|")
    };
    table.rows().map(cell).collect()
}

fn prose(table: &RawTable) -> Vec<&str> {
    let blocks = table.blocks.iter();
    let texts = blocks.filter_map(|block| match block {
        Block::Prose { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn merges_cover_the_cells_of_the_grid() {
    let table = table(
        &[
            p("附件1"),
            tbl(&[
                tr(&[
                    tc("<w:vMerge w:val=\"restart\"/>", &p("主项")),
                    tc("<w:gridSpan w:val=\"2\"/>", &p("办理时限")),
                ]),
                tr(&[
                    tc("<w:vMerge/>", &p("")),
                    tc("", &p("法定")),
                    tc("", &p("承诺")),
                ]),
                tr(&[
                    tc("<w:vMerge w:val=\"continue\"/>", &p("看不见")),
                    tc("", &p("20日")),
                    tc("", &p("10日")),
                ]),
                tr(&[tc("<w:gridSpan w:val=\"3\"/>", &p("一、参保登记"))]),
                // A merge that goes on from nothing, a row that is indented.
                tr(&[tc("<w:vMerge/>", &p("甲")), tc("", &p("乙"))]),
                format!(
                    "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr>",
                    tc("", &p("丙")),
                    tc("", &p("丁"))
                ),
            ]),
            p("注"),
        ]
        .concat(),
    );
    assert_eq!(
        drawn(&table),
        [
            "主项|办理时限|<",
            "^|法定|承诺",
            "^|20日|10日",
            "一、参保登记|<|<",
            "甲|乙|",
            "|丙|丁"
        ]
    );
    let rows: Vec<&RawRow> = table.rows().collect();
    let first = &rows[0].cells[0];
    assert_eq!((first.span.rows, first.span.columns, first.line), (3, 1, 2));
    assert_eq!(rows[0].cells[1].span.columns, 2);
    assert_eq!(rows[2].cells[0].covered_by, Some((2, 1)));
    assert_eq!(
        (rows[2].line, rows[2].number, rows[2].part),
        (4, 3, Some(1))
    );
    assert_eq!(prose(&table), ["附件1", "注"]);
    assert!(table.blocks.contains(&Block::Gap));
}

#[test]
fn borders_that_were_dragged_by_hand_still_part_the_same_columns() {
    let columns = |widths: &[u32]| -> String {
        let column = |width| format!("<w:gridCol w:w=\"{width}\"/>");
        let all: String = widths.iter().map(column).collect();
        format!("<w:tblGrid>{all}</w:tblGrid>")
    };
    let rows = [
        tr(&[tc("<w:gridSpan w:val=\"2\"/>", &p("甲")), tc("", &p("乙"))]),
        tr(&[tc("", &p("1")), tc("<w:gridSpan w:val=\"2\"/>", &p("2"))]),
    ]
    .concat();
    let body = |widths| format!("<w:tbl>{}{rows}</w:tbl>", columns(widths));
    assert_eq!(drawn(&table(&body(&[2000, 40, 2000]))), ["甲|乙", "1|2"]);
    // What is wide enough for a word stays a column.
    assert_eq!(
        drawn(&table(&body(&[2000, 900, 2000]))),
        ["甲|<|乙", "1|2|<"]
    );
}

#[test]
fn the_text_is_that_which_is_printed() {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let cell = [
        "<w:p>",
        &run("<w:t> 身份证 </w:t><w:tab/><w:t>复印件</w:t><w:br/><w:t>A &amp; B&#x7532;</w:t>"),
        &run("<w:t>002</w:t><w:noBreakHyphen/><w:t>03</w:t><w:softHyphen/><w:cr/>"),
        &run("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t>"),
        &run("<w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t>"),
        &run("<w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>不隐藏</w:t>"),
        &run("<w:rPr><w:rStyle w:val=\"Ghost\"/></w:rPr><w:t>样式隐藏</w:t>"),
        &run("<w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:t>域码</w:t>"),
        &run("<w:fldChar w:fldCharType=\"separate\"/><w:t>结果</w:t><w:fldChar w:fldCharType=\"end\"/>"),
        "<w:hyperlink><w:smartTag><w:r><w:t>链接</w:t></w:r></w:smartTag></w:hyperlink>",
        "<w:sdt><w:sdtPr><w:alias w:val=\"控件\"/><w:rPr><w:t>名</w:t></w:rPr></w:sdtPr>",
        "<w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        "<w:p/>",
        &p("第二段"),
    ]
    .concat();
    let styles = "<w:style w:styleId=\"Base\" w:type=\"character\"><w:rPr><w:vanish/></w:rPr>\
                  </w:style><w:style w:styleId=\"Ghost\" w:type=\"character\">\
                  <w:basedOn w:val=\"Base\"/></w:style>";
    let bytes = document(&tbl(&[tr(&[tc("", &cell)])]), "", styles);
    let table = read(&bytes, &Limits::default()).expect("a table");
    assert_eq!(
        drawn(&table),
        ["身份证 复印件\nA & B甲002-03\n☑是不隐藏结果链接控件\n第二段"]
    );
}

#[test]
fn tracked_changes_are_accepted_and_noted() {
    let deleted_row = format!(
        "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>",
        tc("", &p("删去的行"))
    );
    let cell = [
        "<w:p><w:r><w:t>5</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>10</w:delText>",
        "<w:t>旧</w:t></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>个工作日</w:t></w:r></w:ins>",
        "<w:moveFrom w:id=\"3\"><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
        "<w:moveTo w:id=\"4\"><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>",
        // The end of a paragraph is deleted: the next one goes on in its line.
        "<w:p><w:pPr><w:rPr><w:del w:id=\"5\"/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>",
        &p("后"),
    ]
    .concat();
    let old = "<w:gridSpan w:val=\"1\"/><w:tcPrChange><w:tcPr><w:gridSpan w:val=\"4\"/></w:tcPr>\
               </w:tcPrChange>";
    let table = table(&tbl(&[
        deleted_row,
        plain(&["时限", "备注"]),
        tr(&[tc("", &cell), tc(old, &p("无"))]),
    ]));
    assert_eq!(drawn(&table), ["时限|备注", "5个工作日移来\n前后|无"]);
    let remark = &table.remarks[0];
    assert_eq!(table.remarks.len(), 1);
    assert_eq!(remark.oddity, Oddity::TrackedChanges);
}

#[test]
fn a_tracked_change_is_noted_where_it_stands() {
    let cell = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>";
    let table = table(
        &[
            p("题"),
            tbl(&[plain(&["甲", "乙"]), tr(&[tc("", &p("1")), tc("", cell)])]),
        ]
        .concat(),
    );
    let remark = &table.remarks[0];
    assert_eq!(
        (
            remark.line,
            remark.row,
            remark.column,
            remark.part,
            remark.text.as_str()
        ),
        (3, 2, 2, Some(1), "新")
    );
}

const NUMBERS: &str = "\
<w:abstractNum w:abstractNumId=\"0\">\
<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>\
<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/>\
<w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
<w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Item\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f06c}\"/>\
<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr></w:lvl></w:abstractNum>\
<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
<w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>";

fn numbered(id: &str, level: usize, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>\
         </w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn automatic_numbers_stand_before_their_paragraphs() {
    let cells = [
        [numbered("2", 0, "身份证"), numbered("2", 0, "户口簿")].concat(),
        // A list of its own begins anew, and goes on over its bullets.
        [
            numbered("3", 0, "申请表"),
            numbered("3", 1, "原件"),
            numbered("3", 0, "委托书"),
        ]
        .concat(),
        [
            numbered("1", 0, "参保"),
            numbered("1", 1, "单位"),
            numbered("1", 1, "职工"),
            numbered("1", 0, "待遇"),
            numbered("1", 1, "门诊"),
        ]
        .concat(),
        // By the style, taken away by the paragraph, and an empty cell that shows its number only.
        [
            "<w:p><w:pPr><w:pStyle w:val=\"Item\"/></w:pPr><w:r><w:t>样式</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:pStyle w:val=\"Item\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "</w:pPr><w:r><w:t>无号</w:t></w:r></w:p>",
        ]
        .concat(),
        numbered("2", 0, ""),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| tc("", cell)).collect();
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:pPr><w:numPr>\
                  <w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let bytes = document(&tbl(&[tr(&cells)]), NUMBERS, styles);
    let table = read(&bytes, &Limits::default()).expect("a table");
    let texts: Vec<&str> = table
        .rows()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "1. 身份证\n2. 户口簿",
            "1. 申请表\n● 原件\n2. 委托书",
            "一、参保\n1.1 单位\n1.2 职工\n二、待遇\n2.1 门诊",
            "3. 样式\n无号",
            "4."
        ]
    );
}

#[test]
fn what_is_not_shown_is_not_counted() {
    let table = read(
        &document(
            &tbl(&[
                tr(&[tc("<w:vMerge w:val=\"restart\"/>", &numbered("2", 0, "甲"))]),
                tr(&[tc("<w:vMerge/>", &numbered("2", 0, ""))]),
                format!(
                    "<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>",
                    tc("", &numbered("2", 0, "删"))
                ),
                tr(&[tc("", &numbered("2", 0, "乙"))]),
            ]),
            NUMBERS,
            "",
        ),
        &Limits::default(),
    );
    assert_eq!(drawn(&table.expect("a table")), ["1. 甲", "^", "2. 乙"]);
}

#[test]
fn a_table_in_a_cell_is_its_text_and_a_frame_is_none() {
    let inner = tbl(&[plain(&["1", "身份证"]), plain(&["2", "户口簿"])]);
    let list = |third: &str| {
        tbl(&[
            plain(&["序号", "子项", "办理材料", "办理时限"]),
            tr(&[
                tc("", &p("1")),
                tc("", &p("参保")),
                tc("", third),
                tc("", &p("5日")),
            ]),
        ])
    };
    let cell = [p("材料:"), inner, p("(各一份)")].concat();
    let expected = [
        "序号|子项|办理材料|办理时限",
        "1|参保|材料:\n1 身份证\n2 户口簿\n(各一份)|5日",
    ];
    let nested = table(&list(&cell));
    assert_eq!(drawn(&nested), expected);
    // The same list in a frame with a title and a foot.
    let frame = tbl(&[
        plain(&["办事清单"]),
        tr(&[tc("", &[list(&cell), "<w:p/>".to_owned()].concat())]),
        plain(&["医保局"]),
    ]);
    let framed = table(&frame);
    assert_eq!(drawn(&framed), expected);
    assert_eq!(prose(&framed), ["办事清单", "医保局"]);
    assert_eq!(framed.rows().next().and_then(|row| row.part), Some(1));
}

#[test]
fn a_text_box_is_read_once_and_beside_the_table() {
    let text = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>";
    let both = format!(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><mc:AlternateContent>\
         <mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{text}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{text}</w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>乙</w:t></w:r></w:p>"
    );
    let table = table(&tbl(&[tr(&[tc("", &both), tc("", &p("丙"))])]));
    assert_eq!(drawn(&table), ["甲乙|丙"]);
    assert_eq!(prose(&table), ["框内文字"]);
}

#[test]
fn rows_and_cells_in_content_controls_are_rows_and_cells() {
    let sdt =
        |inner: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let cell = sdt(&tc("", &p("乙")));
    let row = sdt(&tr(&[tc("", &p("甲")), cell]));
    let hidden = format!(
        "<w:tr><w:trPr><w:hidden/></w:trPr>{}{}</w:tr>",
        tc("", &p("丙")),
        tc("", &p("丁"))
    );
    let table = table(&sdt(&tbl(&[row, hidden])));
    assert_eq!(drawn(&table), ["甲|乙", "丙|丁"]);
    assert_eq!(
        (table.remarks[0].oddity, table.remarks[0].row),
        (Oddity::HiddenRow, 2)
    );
}

#[test]
fn the_strict_form_under_other_names_is_the_same() {
    let body = tbl(&[plain(&["甲", "乙"])]);
    let strict = format!(
        "<doc:document xmlns:doc=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><doc:body>{}\
         </doc:body></doc:document>",
        body.replace("w:", "doc:")
    );
    let kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument";
    let relation = format!(
        "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"a\" Type=\"{kind}\" \
         Target=\"content/./main.xml\"/></Relationships>"
    );
    let bytes = pack(&[
        ("_rels/.rels", &relation),
        ("Content/Main.xml", &strict),
        ("content/vbaProject.bin", ""),
    ]);
    let table = read(&bytes, &Limits::default()).expect("a table");
    assert_eq!(drawn(&table), ["甲|乙"]);
    assert_eq!(table.remarks[0].oddity, Oddity::Macros);
}

#[test]
fn entities_of_its_own_are_never_expanded() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let text = format!(
        "{bomb}<w:document xmlns:w=\"{WORD}\"><w:body>{}</w:body></w:document>",
        tbl(&[plain(&["甲&b;&x;&lt;"])])
    );
    let bytes = pack(&[
        ("_rels/.rels", &relations(&[("officeDocument", "d.xml")])),
        ("d.xml", &text),
    ]);
    let table = read(&bytes, &Limits::default()).expect("a table");
    assert_eq!(drawn(&table), ["甲<"]);
}

#[test]
fn hostile_documents_are_refused_by_name() {
    let limits = Limits::default();
    let deep = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    assert_eq!(
        read(&document(&deep, "", ""), &limits),
        Err(ReadError::TooDeep {
            limit: limits.depth
        })
    );
    // No limit of tables, but no table either: tags alone exhaust nothing.
    let spans = "<w:p><w:ins>".repeat(30_000) + &"</w:ins></w:p>".repeat(30_000);
    assert_eq!(
        read(&document(&spans, "", ""), &limits),
        Err(ReadError::NoTable)
    );
    let wide = tbl(&[
        tr(&[tc("<w:gridSpan w:val=\"4000000000\"/>", &p("甲"))]),
        plain(&["乙", "丙"]),
    ]);
    assert_eq!(drawn(&table(&wide)), ["甲|<|<", "乙|丙|"]);
    let few = Limits {
        cells: 3,
        ..limits.clone()
    };
    let four = document(&tbl(&[plain(&["1", "2"]), plain(&["3", "4"])]), "", "");
    assert_eq!(read(&four, &few), Err(ReadError::TooManyCells { limit: 3 }));
    let small = Limits {
        unpacked: 1000,
        ..limits.clone()
    };
    assert_eq!(
        read(&document(&p(&"长".repeat(400)), "", ""), &small),
        Err(ReadError::TooLargeUnpacked { limit: 1000 })
    );
    let bomb = document(&" ".repeat(20 << 20), "", "");
    assert!(matches!(
        read(&bomb, &limits),
        Err(ReadError::TooDense { .. })
    ));
}

#[test]
fn what_is_broken_is_told() {
    let limits = Limits::default();
    let whole = document(&tbl(&[plain(&["甲"])]), "", "");
    assert!(matches!(read(&[], &limits), Err(ReadError::Empty)));
    assert!(matches!(
        read(&whole[..whole.len() / 2], &limits),
        Err(ReadError::Truncated { .. })
    ));
    let damaged = |bytes: &[u8], word: &str| match read(bytes, &limits) {
        Err(ReadError::Damaged { reason, .. }) => assert!(reason.contains(word), "{reason}"),
        other => panic!("{other:?}"),
    };
    damaged(&pack(&[("word/document.xml", "<a/>")]), "officeDocument");
    let lost = relations(&[("officeDocument", "word/document.xml")]);
    damaged(&pack(&[("_rels/.rels", &lost)]), "word/document.xml");
    damaged(&document("<w:p><w:r>", "", ""), "word/document.xml");
    damaged(
        &pack(&[("_rels/.rels", &lost), ("word/document.xml", "<a><b>")]),
        "tags left open",
    );
    damaged(b"no archive at all", "");
    let letter = document(&p("关于印发清单的通知"), "", "");
    assert_eq!(read(&letter, &limits), Err(ReadError::NoTable));
}
