//! The fixed words of the HTML pages, Chinese and English side by side, so that a word cannot be
//! added in one language only. Owns headings, labels and the names of the closed vocabularies
//! (severity, origin, level, field …); refuses sentences about a finding, which come ready in the view.

/// Declares a table of words and both its languages; a pair that lacks a half does not compile. A
/// table may hold another one, whose module bears the name of its field.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        $Table:ident $(with $($part:ident: $Part:ident),+)?;
        $($word:ident: $zh:literal, $en:literal;)+
    ) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $Table {
            $($(#[doc = "The words of a part."] pub $part: &'static $Part,)+)?
            $(#[doc = $zh] pub $word: &'static str,)+
        }

        pub(super) static ZH: $Table = $Table {
            $($($part: &super::$part::ZH,)+)?
            $($word: $zh,)+
        };
        pub(super) static EN: $Table = $Table {
            $($($part: &super::$part::EN,)+)?
            $($word: $en,)+
        };

        impl $Table {
            /// Every word with its name, those of parts too, in the order of the tables.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                let own = [$((stringify!($word), self.$word),)+].into_iter();
                $($(let own = own.chain(self.$part.all());)+)?
                own.collect()
            }
        }
    };
}

mod closed;
mod page;
mod past;
#[cfg(test)]
mod tests;

pub use page::Words;
pub use past::Past;

/// The words of `lang`: English for `en`, Chinese for everything else, as Chinese is the default.
pub fn words(lang: &str) -> &'static Words {
    if lang == "en" { &page::EN } else { &page::ZH }
}

/// Puts `value` where `pattern` says `{n}`.
pub fn fill(pattern: &str, value: impl std::fmt::Display) -> String {
    pattern.replace("{n}", &value.to_string())
}
