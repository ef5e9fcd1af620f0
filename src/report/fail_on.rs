//! The bar: from which severity a check fails.

use clap::ValueEnum;

use super::view::FindingView;

/// Severity from which `heyan check` fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A breach.
    #[default]
    Error,
    /// A likely fault, or worse.
    Warning,
    /// Anything.
    Info,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Whether a finding makes the check fail. A waived one never does.
    #[must_use]
    pub fn fails(self, finding: &FindingView) -> bool {
        self.reaches(&finding.severity) && finding.status != "waived"
    }

    /// Whether a severity is at or above the bar.
    #[must_use]
    pub fn reaches(self, severity: &str) -> bool {
        match self {
            Self::Error => severity == "error",
            Self::Warning => matches!(severity, "error" | "warning"),
            Self::Info => true,
            Self::Never => false,
        }
    }

    /// Whether a finding makes a check beside a baseline fail: what is known there never does.
    #[must_use]
    pub fn fails_anew(self, finding: &FindingView) -> bool {
        self.fails(finding) && finding.status != "open"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waived_fails_nothing() {
        let finding = |severity: &str, status: &str| FindingView {
            severity: severity.to_owned(),
            status: status.to_owned(),
            ..FindingView::default()
        };
        for (bar, fails) in [
            (FailOn::Error, [true, false, false]),
            (FailOn::Warning, [true, true, false]),
            (FailOn::Info, [true, true, true]),
            (FailOn::Never, [false, false, false]),
        ] {
            let severities = ["error", "warning", "info"];
            assert_eq!(
                severities.map(|one| bar.fails(&finding(one, "open"))),
                fails
            );
            assert!(
                severities
                    .iter()
                    .all(|one| !bar.fails(&finding(one, "waived")))
            );
        }
    }
}
