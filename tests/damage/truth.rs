//! What a list truly says, in the normal forms of `items.csv`.

use std::ops::Range;

/// A list.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// Main items in order.
    pub mains: Vec<Main>,
    /// Items in order.
    pub items: Vec<Item>,
    /// What carries values of its own: an item without business rows, or a business row.
    pub leaves: Vec<Leaf>,
    /// Cells of legal basis, each over one leaf or several.
    pub blocks: Vec<Vec<Citation>>,
}

/// A main item.
#[derive(Debug, Clone)]
pub struct Main {
    /// Name without its number.
    pub name: String,
    /// Code; empty where the list has no column for it.
    pub code: String,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Index of its main item.
    pub main: usize,
    /// Its number.
    pub seq: u32,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Whether it is the region's own.
    pub local: bool,
    /// Its leaves.
    pub leaves: Range<usize>,
}

/// An item without business rows, or a business row.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Index of its item.
    pub item: usize,
    /// Number and name of the business, where it is one.
    pub business: Option<(u32, String)>,
    /// Number of materials.
    pub materials: u32,
    /// Clauses of its time limit.
    pub limit: Vec<Clause>,
    /// Steps.
    pub steps: Vec<String>,
    /// Whether they are other than the national ones.
    pub own_steps: bool,
    /// Index of the cell of its legal basis.
    pub block: usize,
}

/// A clause of a time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The condition; empty where there is none.
    pub label: String,
    /// Days; 0 for 即时办结.
    pub days: u32,
    /// `wd` or `cd`.
    pub unit: &'static str,
}

/// An instrument with the articles cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Title without its outer marks.
    pub title: String,
    /// Document number in normal form.
    pub number: String,
    /// Articles.
    pub articles: Vec<u32>,
}

impl Leaf {
    /// Normal form of the time limit.
    pub fn limit(&self) -> String {
        let clause = |clause: &Clause| {
            let label = match clause.label.as_str() {
                "" => String::new(),
                label => format!("{label}: "),
            };
            match clause.days {
                0 => format!("{label}immediate"),
                days => format!("{label}<={days} {}", clause.unit),
            }
        };
        let clauses: Vec<String> = self.limit.iter().map(clause).collect();
        clauses.join("; ")
    }

    /// Normal form of the steps.
    pub fn steps(&self) -> String {
        self.steps.join(">")
    }
}

impl Citation {
    /// Normal form.
    pub fn form(&self) -> String {
        let articles: Vec<String> = self.articles.iter().map(|n| format!("第{n}条")).collect();
        let number = match self.number.as_str() {
            "" => String::new(),
            number => format!("({number})"),
        };
        let title = self.title.replace('《', "〈").replace('》', "〉");
        format!("《{title}》{number}{}", articles.join(","))
    }
}

/// The values of several leaves as their item tells them: the common one, or each with its number.
pub fn gathered(leaves: &[&Leaf], value: impl Fn(&Leaf) -> String) -> String {
    let first = value(leaves[0]);
    if leaves.iter().all(|leaf| value(leaf) == first) {
        return first;
    }
    let named = |leaf: &&Leaf| match &leaf.business {
        Some((seq, _)) => format!("业务{seq}: {}", value(leaf)),
        None => value(leaf),
    };
    let each: Vec<String> = leaves.iter().map(named).collect();
    each.join("; ")
}
