//! What is kept from run to run, and what an office lays beside it: waivers and public holidays.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

/// Name of the file of waivers that is read where none is named.
pub const WAIVER_FILE: &str = "waivers.toml";

/// 豁免 / what was agreed to be left.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WaiversConfig {
    /// 豁免文件，不写则为设置文件旁的 waivers.toml / file of waivers, relative to the folder of the
    /// config file (default: waivers.toml beside it, where there is one).
    pub file: Option<PathBuf>,
}

impl WaiversConfig {
    /// The file of waivers: the one named, or the one in the folder where it is there.
    #[must_use]
    pub(super) fn within(self, folder: &Path) -> Self {
        let beside = || Some(folder.join(WAIVER_FILE)).filter(|file| file.is_file());
        Self {
            file: self.file.map(|file| folder.join(file)).or_else(beside),
        }
    }
}

/// 节假日安排 / public holidays, for days to answer by.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarConfig {
    /// 内置安排之外的年份 / file with notices of years beyond those built in, relative to the folder of
    /// the config file.
    pub file: Option<PathBuf>,
}

/// 运行记录 / what is kept from run to run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StateConfig {
    /// 存放运行记录的文件夹 / folder with the record of runs, relative to the folder of the config file.
    pub folder: PathBuf,
}

impl Default for StateConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("state"),
        }
    }
}
