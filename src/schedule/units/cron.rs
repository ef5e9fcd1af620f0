//! cron: one crontab with a line a job. What the file says of time zones and missed runs is what
//! cron can do, not what heyan does.

use super::{Fields, Job, Place, Target, Unit, UnitError, arguments, refused, text};

const HEAD: &str = "\
# heyan 核验：用 crontab 安装 (install with: crontab heyan.crontab)
# CRON_TZ 由 cronie 识别（RHEL、openEuler、Alibaba Cloud Linux 等）；Debian、Ubuntu 自带的 cron 不识别，
# 须先把系统时区设为同一时区。cron 不补做错过的任务。
# CRON_TZ is read by cronie; the cron of Debian and Ubuntu ignores it: set the system's time zone to
# the same. cron does not catch up what was missed.
";

pub(super) fn units(jobs: &[Job], place: &Place) -> Result<Vec<Unit>, UnitError> {
    let mut lines = HEAD.to_owned();
    for job in jobs {
        let plain = Fields::of(&job.cron).plain();
        let when = plain.map_err(|why| refused(Target::Cron, job, why))?;
        lines.push_str(&format!(
            "\n# {} ({})\nCRON_TZ={}\n{when} {}\n",
            job.name,
            job.expression,
            job.zone.name(),
            command(job, place)
        ));
    }
    Ok(vec![Unit {
        file: "heyan.crontab".to_owned(),
        text: lines,
    }])
}

fn command(job: &Job, place: &Place) -> String {
    let mut words = vec![quoted(&text(&place.program))];
    words.extend(arguments(job, place).iter().map(|word| quoted(word)));
    let folder = quoted(&text(&place.folder));
    // cron turns a bare per cent sign into a line break.
    format!("cd {folder} && exec {}", words.join(" ")).replace('%', "\\%")
}

/// A word as the shell takes it whole.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
