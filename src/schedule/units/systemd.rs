//! systemd: a service and a timer for each job. The timer's calendar is ours to write, and several
//! lines of it say "or".

use super::fields::{MonthDays, WeekDays, spans};
use super::{Fields, Job, Place, Target, Unit, UnitError, arguments, refused, slug, text};

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

pub(super) fn units(jobs: &[Job], place: &Place) -> Result<Vec<Unit>, UnitError> {
    if text(&place.program).contains(['"', '\'', '\\']) {
        return Err(UnitError::Program(place.program.clone()));
    }
    let mut units = Vec::new();
    for job in jobs {
        let name = format!("heyan-{}", slug(&job.name));
        let calendar = calendar(job).map_err(|why| refused(Target::Systemd, job, why))?;
        units.push(Unit {
            file: format!("{name}.service"),
            text: service(job, place),
        });
        units.push(Unit {
            file: format!("{name}.timer"),
            text: timer(job, place, &calendar),
        });
    }
    Ok(units)
}

fn timer(job: &Job, place: &Place, calendar: &[String]) -> String {
    let lines: Vec<String> = calendar
        .iter()
        .map(|line| format!("OnCalendar={line} {}\n", job.zone.name()))
        .collect();
    format!(
        "[Unit]\nDescription=heyan 核验：{} ({})\n\n[Timer]\n{}Persistent={}\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n",
        percent(&job.name),
        percent(&job.expression),
        lines.concat(),
        place.catch_up,
    )
}

fn service(job: &Job, place: &Place) -> String {
    let words: Vec<String> = arguments(job, place)
        .iter()
        // A dollar sign would be a variable in an argument, not in the program's own path.
        .map(|word| quoted(&word.replace('$', "$$")))
        .collect();
    let user = place
        .user
        .as_ref()
        .map(|user| format!("User={user}\n"))
        .unwrap_or_default();
    let writes: Vec<String> = std::iter::once(&place.folder)
        .chain(
            place
                .writes
                .iter()
                .filter(|path| !path.starts_with(&place.folder)),
        )
        // A folder that is not there yet is no reason not to start.
        .map(|path| format!("ReadWritePaths={}\n", quoted(&format!("-{}", text(path)))))
        .collect();
    format!(
        "[Unit]\nDescription=heyan 核验：{}\nWants=network-online.target\nAfter=network-online.target\n\n\
         [Service]\nType=oneshot\nExecStart={} {}\nWorkingDirectory={}\n{user}\
         # 3: done, but some mail could not be delivered yet\nSuccessExitStatus=3\n\
         # After SIGTERM the current document is finished\nTimeoutStartSec=infinity\nTimeoutStopSec=10min\n\n\
         {HARDENED}{}",
        percent(&job.name),
        quoted(&text(&place.program)),
        words.join(" "),
        percent(&text(&place.folder)),
        writes.concat(),
    )
}

/// What a program that reads documents and sends mail does without.
const HARDENED: &str = "\
NoNewPrivileges=true
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=true
PrivateDevices=true
ProtectClock=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
ProtectControlGroups=true
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
MemoryDenyWriteExecute=true
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0027
";

/// A word in quotes, with what systemd would take for its own.
fn quoted(word: &str) -> String {
    let word = word.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", percent(&word))
}

/// A per cent sign would begin a specifier.
fn percent(word: &str) -> String {
    word.replace('%', "%%")
}

/// The expression as lines of a calendar, without the zone; a moment of any line counts.
pub(super) fn calendar(job: &Job) -> Result<Vec<String>, &'static str> {
    let fields = Fields::of(&job.cron);
    if fields.nearest {
        return Err("它没有 W (it knows no W)");
    }
    let time = [
        (&fields.hours, 24),
        (&fields.minutes, 60),
        (&fields.seconds, 60),
    ]
    .map(|(list, whole)| or_star(list, whole))
    .join(":");
    let months = or_star(&fields.months, 12);
    let dates = dates(&fields)?;
    let lines = dates.iter().map(|date| {
        let week = date.week.as_deref().map(|week| format!("{} ", names(week)));
        let day = date.day.as_deref().unwrap_or("-*");
        format!("{}*-{months}{day} {time}", week.unwrap_or_default())
    });
    Ok(lines.collect())
}

/// One line's day: days of the week, and a day of the month with its sign.
#[derive(Debug, Clone, Default)]
struct Date {
    week: Option<Vec<u32>>,
    day: Option<String>,
}

fn dates(fields: &Fields) -> Result<Vec<Date>, &'static str> {
    match (&fields.month_days, &fields.week_days) {
        (None, None) => Ok(vec![Date::default()]),
        (Some(month), None) => Ok(of_month(month)),
        (None, Some(week)) => Ok(of_week(week)),
        (Some(month), Some(week)) if !fields.both => Ok([of_month(month), of_week(week)].concat()),
        (Some(month), Some(week)) => {
            if !week.nth.is_empty() || !week.last.is_empty() {
                return Err("带 + 时不能再用 # 或星期 L (no # or weekday L together with +)");
            }
            let every = week.every.clone();
            let mut dates = of_month(month);
            dates
                .iter_mut()
                .for_each(|date| date.week = Some(every.clone()));
            Ok(dates)
        }
    }
}

fn of_month(month: &MonthDays) -> Vec<Date> {
    let listed = (!month.days.is_empty()).then(|| format!("-{}", spans(&month.days, "..")));
    let last = month.last.then(|| "~01".to_owned());
    let date = |day| Date {
        week: None,
        day: Some(day),
    };
    listed.into_iter().chain(last).map(date).collect()
}

fn of_week(week: &WeekDays) -> Vec<Date> {
    let date = |days: &[u32], day: Option<String>| Date {
        week: Some(days.to_vec()),
        day,
    };
    let mut dates = Vec::new();
    if !week.every.is_empty() {
        dates.push(date(&week.every, None));
    }
    for which in 1..=5 {
        let of = week.nth.iter().filter(|(_, nth)| *nth == which);
        let days: Vec<u32> = of.map(|(day, _)| *day).collect();
        if !days.is_empty() {
            // The second of a weekday lies on the 8th to 14th, and so on.
            let (from, until) = (which * 7 - 6, (which * 7).min(31));
            dates.push(date(&days, Some(format!("-{from}..{until}"))));
        }
    }
    if !week.last.is_empty() {
        // The last of a weekday lies among the month's last seven days.
        dates.push(date(&week.last, Some("~07/1".to_owned())));
    }
    dates
}

fn names(days: &[u32]) -> String {
    let names = days.iter().filter_map(|day| DAYS.get(*day as usize));
    names.copied().collect::<Vec<_>>().join(",")
}

fn or_star(list: &[u32], whole: usize) -> String {
    match list {
        [one] => format!("{one:02}"),
        _ if list.len() == whole => "*".to_owned(),
        _ => spans(list, ".."),
    }
}
