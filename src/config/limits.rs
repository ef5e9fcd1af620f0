//! `[limits]`: what one document may cost before it is refused by name.

use std::num::{NonZeroU32, NonZeroU64};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::read::Limits;

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1 << 20;

/// 一份文件最多读多少，超出的只影响该文件 / what one document may cost; a document that costs more is refused
/// by name, and no other is touched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// 文件大小，兆字节 / size of a document, in megabytes of 1,048,576 bytes.
    pub megabytes: NonZeroU64,
    /// 压缩包或 .xlsx、.docx、.ods 解压后的总大小，兆字节 / size of an archive or a packed document (.xlsx,
    /// .docx, .ods) when it is unpacked, all members together, in megabytes of 1,048,576 bytes.
    pub unpacked_megabytes: NonZeroU64,
    /// 压缩包内大文件解压后最多为压缩时的多少倍 / how many times its packed size a large member may come to
    /// when it is unpacked.
    pub ratio: NonZeroU64,
    /// 单元格个数，表格范围内的空单元格计入 / cells of the tables of a document, empty ones within the grid
    /// included.
    pub cells: NonZeroU64,
    /// 页数 / pages of a document.
    pub pages: NonZeroU32,
    /// 读取时间，秒 / time in which a document has to be read, in seconds of the wall clock.
    pub seconds: NonZeroU64,
    /// 嵌套层数：压缩包中的压缩包、表格中的表格 / archives within archives, tables within tables.
    pub depth: NonZeroU32,
    /// 压缩包内的文件个数 / documents in an archive, those of archives within it included.
    pub members: NonZeroU32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        let limits = Limits::default();
        let long = |number: u64| NonZeroU64::new(number).unwrap_or(NonZeroU64::MIN);
        let short = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            megabytes: long(limits.bytes / MEGABYTE),
            unpacked_megabytes: long(limits.unpacked / MEGABYTE),
            ratio: long(limits.ratio),
            cells: long(limits.cells),
            pages: short(limits.pages),
            seconds: long(limits.seconds),
            depth: short(limits.depth),
            members: short(limits.members),
        }
    }
}

impl LimitsConfig {
    /// The limits as readers ask for them.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            bytes: self.megabytes.get().saturating_mul(MEGABYTE),
            unpacked: self.unpacked_megabytes.get().saturating_mul(MEGABYTE),
            ratio: self.ratio.get(),
            cells: self.cells.get(),
            pages: self.pages.get(),
            seconds: self.seconds.get(),
            depth: self.depth.get(),
            members: self.members.get(),
            until: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_as_readers_have_it() {
        assert_eq!(LimitsConfig::default().limits(), Limits::default());
        let set: LimitsConfig = toml::from_str("megabytes = 2\ndepth = 1").expect("read");
        let limits = set.limits();
        assert_eq!((limits.bytes, limits.depth), (2 << 20, 1));
        assert_eq!(limits.pages, Limits::default().pages);
    }

    #[test]
    fn a_limit_of_nothing_and_an_unknown_one_are_refused() {
        assert!(toml::from_str::<LimitsConfig>("cells = 0").is_err());
        assert!(toml::from_str::<LimitsConfig>("bytes = 5").is_err());
    }
}
