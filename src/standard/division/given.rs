//! A region as people state it in a file: its code or its full name. Owns what codes and names mean
//! the same division; refuses short names and a name that several share, because what is waived or
//! switched off for one of them must not be so for another.

use super::Regions;

impl Regions {
    /// The code of a division that is stated by code or by full name. A province may be stated by
    /// six digits; the code of a county that is not in the data is taken as it is.
    ///
    /// # Errors
    /// A sentence that says what to state instead.
    pub fn code_of(&self, given: &str) -> Result<String, String> {
        let given = given.trim();
        if let Some(province) = given.strip_suffix("0000")
            && self.get(province).is_some()
        {
            return Ok(province.to_owned());
        }
        if self.get(given).is_some() || self.is_county(given) {
            return Ok(given.to_owned());
        }
        let named = self.iter().chain(self.counties());
        let codes: Vec<&str> = named
            .filter(|region| region.name == given || self.full_name(region) == given)
            .map(|region| region.code.as_str())
            .collect();
        match codes[..] {
            [code] => Ok(code.to_owned()),
            [] => Err(format!(
                "没有地区 {given}，请写全称或 GB/T 2260 代码 (unknown region)"
            )),
            _ => Err(format!(
                "名为 {given} 的地区不止一个，请写代码：{} (several regions of that name)",
                codes.join("、")
            )),
        }
    }
}

/// Whether the division of a code is that one or lies in it; `outer` may state a province by six
/// digits.
#[must_use]
pub fn lies_in(code: &str, outer: &str) -> bool {
    let stem = match outer.strip_suffix("0000") {
        Some(province) => province,
        None => outer.strip_suffix("00").unwrap_or(outer),
    };
    code == outer || code.starts_with(stem)
}

#[cfg(test)]
mod tests {
    use super::lies_in;
    use crate::standard::Standard;

    #[test]
    fn a_region_is_stated_by_code_or_full_name() {
        let regions = Standard::load().unwrap().regions;
        let code = |given| {
            regions
                .code_of(given)
                .map_err(|words| words.contains("代码"))
        };
        for (given, is) in [
            ("41", "41"),
            ("410000", "41"),
            ("河南省", "41"),
            (" 平顶山市 ", "410400"),
            ("410400", "410400"),
            ("110108", "110108"),
            ("新疆生产建设兵团", "66"),
            ("南京市鼓楼区", "320106"),
            ("济源市", "419001"),
            // In no data, and still a county of 河南.
            ("410499", "410499"),
        ] {
            assert_eq!(code(given), Ok(is.to_owned()), "{given}");
        }
        for given in ["", "平顶山", "鼓楼区", "99", "990000", "4104", "全省"] {
            assert_eq!(code(given), Err(true), "{given}");
        }
    }

    #[test]
    fn a_county_lies_in_its_city_and_province() {
        assert!(lies_in("410402", "410400") && lies_in("410402", "41") && lies_in("41", "41"));
        assert!(lies_in("410402", "410000"));
        assert!(!lies_in("41", "410400") && !lies_in("410500", "410400") && !lies_in("42", "41"));
    }
}
