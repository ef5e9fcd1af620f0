//! Lists that earlier runs read and this one did not. Whoever reads the report in the morning is to
//! miss them, too.

use crate::lang::Lang;
use crate::report::view::NotRead;

use super::past::Past;
use super::snapshot::Snapshot;

/// Runs after which a list that does not come back is no longer asked for.
const PATIENCE: i64 = 30;

/// What is to be said of regions whose lists were read not long ago and not this time, in the order
/// of their keys.
#[must_use]
pub fn missing(past: &Past, now: &Snapshot, lang: Lang) -> Vec<NotRead> {
    let mut missing = Vec::new();
    for (key, region) in &past.regions {
        if region.age > PATIENCE || now.lists_of(key).next().is_some() {
            continue;
        }
        let Some(file) = region.files.first() else {
            continue;
        };
        let why = now.not_read.get(file).map_or_else(
            || {
                lang.pick("该文件本次不在输入之中", "it is not among the inputs")
                    .to_owned()
            },
            Clone::clone,
        );
        let name = &region.region;
        missing.push(NotRead {
            path: file.clone(),
            line: None,
            reason: match lang {
                Lang::Zh => format!("此前读到的{name}清单本次没有读到：{why}"),
                Lang::En => format!("the list of {name}, which was read before, was not read this time: {why}"),
            },
            remedy: match lang {
                Lang::Zh => format!("请确认清单仍在原处；确已停用的，{PATIENCE}次运行后不再提示"),
                Lang::En => format!("see that the list is where it was; if it was given up, this is said for {PATIENCE} runs"),
            },
            place: String::new(),
        });
    }
    missing
}
