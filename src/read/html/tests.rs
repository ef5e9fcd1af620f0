//! Pages as programs and people write them, and as none should.

use super::super::table::{Block, Oddity, RawRow, RawTable};
use super::super::{Limits, ReadError};
use super::read;

fn table(page: &str) -> RawTable {
    read(page.as_bytes(), &Limits::default(), None).expect("a table")
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
fn spans_cover_the_cells_of_the_grid() {
    let table = table(
        "<h1>附件1</h1><p>清单</p><table><tr><th rowspan=2>主项<th colspan=2>办理时限
         <tr><td>法定<td>承诺
         <tr><td rowspan='0'>甲</td><td>20日</td><td>10日</td></tr>
         <tr><td colspan=2>乙</td></tr></table>注<table><tr><td>丙</table>",
    );
    assert_eq!(
        drawn(&table),
        [
            "主项|办理时限|<",
            "^|法定|承诺",
            "甲|20日|10日",
            "^|乙|<",
            "丙"
        ]
    );
    let rows: Vec<&RawRow> = table.rows().collect();
    assert_eq!(
        (rows[0].line, rows[0].number, rows[0].part),
        (3, 1, Some(1))
    );
    assert_eq!(rows[3].cells[0].covered_by, Some((5, 1)));
    assert_eq!(
        (rows[2].cells[0].span.rows, rows[3].cells[1].span.columns),
        (2, 2)
    );
    assert_eq!((rows[4].number, rows[4].part), (1, Some(2)));
    assert_eq!(prose(&table), ["附件1", "清单", "注"]);
    assert_eq!(
        table
            .blocks
            .iter()
            .filter(|block| **block == Block::Gap)
            .count(),
        1
    );
}

#[test]
fn spans_that_are_no_numbers_or_too_large_do_no_harm() {
    let table = table(
        "<table><tr><td rowspan=99999999999999999999 colspan=x>甲<td colspan=-3>乙
         <tr><td colspan='2px'>丙<td colspan=1000000>丁</table>",
    );
    assert_eq!(drawn(&table), ["甲|乙||", "^|丙|<|丁"]);
    // The cell of the second row would reach into the one that hangs down.
    let table = self::table("<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙<td>丁</table>");
    assert_eq!(drawn(&table), ["甲|乙|", "丙|^|丁"]);
    assert_eq!(table.remarks[0].oddity, Oddity::OverlappingMerges);
    assert_eq!((table.remarks[0].row, table.remarks[0].column), (2, 1));
}

#[test]
fn sections_stand_in_their_order_and_hold_their_spans() {
    let table = table(
        "<table><tfoot><tr><td>脚</tfoot><tbody><tr><td rowspan=9>体<td>1</tbody>
         <tbody><tr><td>体二<td>2</tbody><thead><tr><td>头<td>号</thead>
         <thead><tr><td>又一头</thead></table>",
    );
    assert_eq!(drawn(&table), ["头|号", "体|1", "体二|2", "又一头|", "脚|"]);
    // LibreOffice lets the header's cells reach out of their section.
    let table = self::table(
        "<table><thead><tr><td rowspan=2>子项<td colspan=2>时限</thead>
         <tbody><tr><td>法定<td>承诺<tr><td>甲<td>1<td>2</tbody></table>",
    );
    assert_eq!(drawn(&table), ["子项|时限|<", "^|法定|承诺", "甲|1|2"]);
}

#[test]
fn text_is_set_as_a_browser_sets_it() {
    let table = table(
        "<table><tr><td> 身份证 \n 原件<br>复印件&nbsp;<b>1</b> 份 &amp; A\n B</td>
         <td><p>一</p><div>二<p>三</div></td>
         <td><ol start=3><li>表<li value=7>证<ol type=a><li>甲</ol><li>书</ol></td>
         <td><ol style='list-style: none'><li>表<li>证</ol><ul><li>书</ul></td>
         <td>&nbsp;</td><td><pre>a  b\n c</pre></td></table>",
    );
    let cells: Vec<&str> = table
        .rows()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(
        cells,
        [
            "身份证原件\n复印件 1 份 & A B",
            "一\n二\n三",
            "3. 表\n7. 证\na. 甲\n8. 书",
            "表\n证\n书",
            "",
            "a  b\n c"
        ]
    );
}

#[test]
fn what_is_not_shown_is_no_text() {
    let table = table(
        "<html><head><title>题</title><style>td{}</style></head><body>
         <nav>首页</nav><script>document.write('<table><tr><td>x</table>')</script>
         <noscript>请启用</noscript><template><p>模板</p></template><div hidden>藏</div>
         <div style='color:red; DISPLAY : none !important'><table><tr><td>暗</table></div>
         <form><select><option>选项</select><button>搜索</button><input value=值></form>
         <!--[if gte mso 9]><xml>注释</xml><![endif]-->
         <table><tr><td>甲<td style='display:none'>没有<td style='visibility:hidden'>不见<td>乙
         <tr style='display:none'><td>丙<td><td>丁<tr style='display:none'><td><td></table></body>",
    );
    assert_eq!(drawn(&table), ["甲||乙", "丙||丁"]);
    assert_eq!(prose(&table), [""; 0]);
    let remark = &table.remarks[0];
    assert_eq!(
        (remark.oddity, remark.row, remark.column),
        (Oddity::HiddenRow, 2, 0)
    );
    assert_eq!(table.remarks.len(), 1);
}

#[test]
fn a_table_that_holds_the_list_in_place_is_no_list() {
    let list = "<table><tr><td>序号<td>子项<td>办理材料<td>办理时限<tr><td>1<td>参保
        <td>材料<table><tr><td>1<td>身份证<tr><td>2<td>户口簿</table>各一份<td>5日</table>";
    let page = format!(
        "<table><tr><td>首页<td>政策<td>办事<td>机构<td>互动<td>帮助</tr>
         <tr><td>左栏<ul><li>一<li>二</ul><td colspan=5><table><tr><td>标题<tr><td>{list}</table>
         <tr><td colspan=6>版权</table>"
    );
    let table = table(&page);
    assert_eq!(
        drawn(&table),
        [
            "序号|子项|办理材料|办理时限",
            "1|参保|材料\n1 身份证\n2 户口簿\n各一份|5日"
        ]
    );
    let around = prose(&table);
    assert!(
        around.contains(&"标题") && around.contains(&"版权"),
        "{around:?}"
    );
    assert_eq!(table.rows().next().and_then(|row| row.part), Some(1));
}

#[test]
fn a_sheet_that_excel_saved_as_a_page_is_read() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>
        <meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">
        <!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]--></head><body>
        <table x:str><col width=72><tr height=19><td class=xl65 x:num>1</td>
        <td x:num=\"2036001001\">2.036E+09</td><td style='mso-number-format:\"\\@\"'>002036001002</td>
        </tr><![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td>
        </tr><![endif]></table></body></html>";
    let bytes = encoding_rs::GBK.encode(page).0.into_owned();
    let table = read(&bytes, &Limits::default(), None).expect("a table");
    assert_eq!(drawn(&table), ["1|2036001001|002036001002"]);
    let remark = &table.remarks[0];
    assert_eq!(
        (
            remark.oddity,
            remark.row,
            remark.column,
            remark.text.as_str()
        ),
        (Oddity::CodeAsNumber, 1, 2, "2036001001")
    );
    assert_eq!(table.remarks.len(), 1);
}

#[test]
fn a_page_that_only_frames_others_says_which() {
    let page = "<html><head><script>var c_lTabs=1;</script></head><frameset rows=\"*,39\">
        <frame src=\"清单.files/sheet001.htm\" name=frSheet><frame src=\"清单.files/tabstrip.htm\">
        <noframes><body><p>不支持框架</p></body></noframes></frameset></html>";
    assert_eq!(
        read(page.as_bytes(), &Limits::default(), None),
        Err(ReadError::OnlyFrames {
            files: "清单.files/sheet001.htm、清单.files/tabstrip.htm".to_owned()
        })
    );
}

#[test]
fn the_pages_of_an_archive_are_read_in_order() {
    let archive = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n\
        Content-Type: text/html\n\n<frameset><frame src=a></frameset>\n--B\n\
        Content-Type: text/html; charset=utf-8\n\n<table><tr><td>甲</table>\n--B\n\
        Content-Type: text/html; charset=utf-8\n\n<table><tr><td>乙</table>\n--B--\n";
    let table = table(archive);
    assert_eq!(drawn(&table), ["甲", "乙"]);
}

#[test]
fn a_page_that_word_saved_shows_its_accepted_text_and_numbers() {
    let table = table(
        "<table class=MsoTable15Grid><tr><td><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>
         <![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>
         身份<del cite='mailto:x' datetime='2024-01-01T00:00'>户口</del>证<o:p></o:p></p></table>",
    );
    assert_eq!(drawn(&table), ["1.   身份证"]);
    assert_eq!(table.remarks[0].oddity, Oddity::TrackedChanges);
}

#[test]
fn hostile_pages_are_refused_by_name() {
    let limits = Limits::default();
    let refused = |page: &str| read(page.as_bytes(), &limits, None);
    let deep = Err(ReadError::TooDeep {
        limit: limits.depth,
    });
    assert_eq!(refused(&"<table><tr><td>".repeat(10_000)), deep);
    assert_eq!(refused(&"<div>".repeat(200_000)), deep);
    let fonts: String = (0..4000)
        .map(|size| format!("<font size={size}>"))
        .collect();
    assert_eq!(refused(&(fonts + &"<p>x".repeat(5000))), deep);
    let wide = format!("<table><tr>{}</table>", "<td colspan=1000>x".repeat(3000));
    let many = Err(ReadError::TooManyCells {
        limit: limits.cells,
    });
    assert_eq!(refused(&wide), many);
    let tall = format!("<table>{}</table>", "<tr><td rowspan=0>x".repeat(3000));
    assert_eq!(refused(&tall), many);
    // Letters' tags that nobody closes end with their cells.
    let open = format!(
        "<table>{}</table>",
        "<tr><td><font size=1><span>甲".repeat(3000)
    );
    assert_eq!(refused(&open).expect("a table").rows().count(), 3000);
    // Deep, but not too deep to be read.
    let page = "<div>".repeat(1500) + "<table><tr><td>甲</table>";
    assert_eq!(drawn(&refused(&page).expect("a table")), ["甲"]);
}

#[test]
fn a_page_without_a_table_is_no_list() {
    let limits = Limits::default();
    assert_eq!(read(b"", &limits, None), Err(ReadError::Empty));
    assert_eq!(read(b" \n", &limits, None), Err(ReadError::Empty));
    assert_eq!(
        read("<p>通知</p>".as_bytes(), &limits, None),
        Err(ReadError::NoTable)
    );
    assert_eq!(
        read(b"<table><tr><td>&nbsp;</table>", &limits, None),
        Err(ReadError::NoTable)
    );
}
