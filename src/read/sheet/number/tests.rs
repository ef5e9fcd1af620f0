use super::*;

fn text(value: f64, format: &str) -> String {
    number(value, format).0
}

#[test]
fn a_code_typed_as_a_number_keeps_its_digits_and_is_told() {
    assert_eq!(
        number(2_036_001_001.0, "General"),
        ("2036001001".into(), true)
    );
    assert_eq!(
        number(322_036_008_011.0, "0.00E+00"),
        ("322036008011".into(), true)
    );
    assert_eq!(
        number(1.520_360_060_001e20, "0"),
        ("152036006000100000000".into(), true)
    );
    // The sheet shows its zeros: nothing is lost to the reader.
    assert_eq!(
        number(2_036_001_001.0, "000000000000"),
        ("002036001001".into(), false)
    );
    assert_eq!(number(20_240_101.0, "General"), ("20240101".into(), false));
}

#[test]
fn numbers_are_shown_by_their_format() {
    assert_eq!(text(1.0, "General"), "1");
    assert_eq!(text(0.1 + 0.2, "General"), "0.3");
    assert_eq!(text(0.155, "0.0%"), "15.5%");
    assert_eq!(text(0.5, "0%"), "50%");
    assert_eq!(text(5.0, "0\"个工作日\""), "5个工作日");
    assert_eq!(text(5.0, "G/通用格式\"个工作日\""), "5个工作日");
    assert_eq!(text(7.0, "\"第\"0\"号\""), "第7号");
    assert_eq!(text(1234.5, "#,##0.00"), "1,234.50");
    assert_eq!(text(2.5, "0.0##"), "2.5");
    assert_eq!(text(1.005, "0.00"), "1.01");
    assert_eq!(text(3.0, "00"), "03");
    assert_eq!(text(-3.0, "0_ ;[Red]\\-0\\ "), "-3 ");
    assert_eq!(text(-3.0, "0"), "-3");
    assert_eq!(text(0.0, "0;-0;\"无\""), "无");
    assert_eq!(text(0.5, "#.0"), ".5");
}

#[test]
fn a_format_that_is_not_followed_leaves_plain_digits() {
    assert_eq!(text(12.5, "# ?/?"), "12.5");
    assert_eq!(text(1500.0, "0,"), "1500");
    assert_eq!(text(12.0, "[>10]0\"天\";0"), "12");
    assert_eq!(text(12.0, "[DBNum1]0"), "12");
    assert_eq!(text(12.0, "\"unclosed"), "12");
    assert_eq!(text(12.0, ""), "12");
    assert_eq!(text(12.0, "@"), "12");
}
