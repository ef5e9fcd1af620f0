//! The tree of a page, walked node by node into texts and tables. Never calls itself, so that no
//! depth of the page exhausts the program's.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::super::flow::{Flow, Mark, Piece, Table};
use super::super::{Limits, Oddity, ReadError};
use super::grid::{Grid, Stated};
use super::line::{List, Story};
use super::number;
use super::shown::{Role, is_hidden, is_unmarked, role};

/// Nodes between two looks at the clock.
const NODES_A_LOOK: u64 = 4096;

/// What is being read.
struct Walk<'a> {
    limits: &'a Limits,
    flow: Flow,
    stories: Vec<Story>,
    tables: Vec<Grid>,
    /// A tag that is left out with all that is in it.
    out: Option<NodeId>,
    /// Open tags in which white space counts.
    exact: u32,
    places: u64,
    tracked: bool,
    frames: Vec<String>,
}

/// Reads a page; yields its texts and tables, and the files that it only frames.
///
/// # Errors
/// More of anything than `limits` allow.
pub fn walk(page: &Html, limits: &Limits) -> Result<(Flow, Vec<String>), ReadError> {
    let mut walk = Walk {
        limits,
        flow: Flow::default(),
        stories: vec![Story::default()],
        tables: Vec::new(),
        out: None,
        exact: 0,
        places: 0,
        tracked: false,
        frames: Vec::new(),
    };
    let mut nodes = 0u64;
    for edge in page.tree.root().traverse() {
        nodes += 1;
        if nodes.is_multiple_of(NODES_A_LOOK) {
            limits.in_time()?;
        }
        match edge {
            Edge::Open(node) if walk.out.is_none() => walk.open(node)?,
            Edge::Close(node) if walk.out == Some(node.id()) => walk.out = None,
            Edge::Close(node) if walk.out.is_none() => walk.close(node)?,
            _ => {}
        }
    }
    if let Some(mut story) = walk.stories.pop() {
        story.end_block();
        walk.flow.pieces = story.pieces;
    }
    Ok((walk.flow, walk.frames))
}

impl Walk<'_> {
    fn open(&mut self, node: NodeRef<'_, Node>) -> Result<(), ReadError> {
        let exact = self.exact > 0;
        match node.value() {
            Node::Text(text) => self.story(|story| story.text(text, exact)),
            Node::Element(element) => {
                let role = role(element);
                if matches!(role, Role::Out | Role::Deleted) {
                    self.out = Some(node.id());
                    if role == Role::Deleted && element.attr("datetime").is_some() {
                        self.tracked();
                    }
                } else {
                    self.element(element, role)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: &Element, role: Role) -> Result<(), ReadError> {
        match role {
            Role::Block | Role::Exact => {
                self.exact += u32::from(role == Role::Exact);
                self.story(Story::end_block);
            }
            Role::Numbered => {
                let list = numbered(element);
                self.story(|story| {
                    story.end_block();
                    story.lists.push(list);
                });
            }
            Role::Item => {
                let value = element
                    .attr("value")
                    .and_then(|value| value.trim().parse().ok());
                self.story(|story| story.item(value));
            }
            Role::Break => self.story(Story::line_break),
            Role::Frame => self.frames.extend(element.attr("src").map(str::to_owned)),
            Role::Table => {
                self.limits.within_depth(self.tables.len() as u32 + 1)?;
                self.story(Story::end_block);
                self.tables.push(Grid::new(self.flow.tables.len()));
                self.flow.tables.push(Table::default());
            }
            Role::Section(section) => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.section(section);
                }
            }
            Role::Row => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.row(is_hidden(element));
                }
            }
            Role::Cell => {
                if let Some(grid) = self.tables.last_mut() {
                    let (rows, columns) = (element.attr("rowspan"), element.attr("colspan"));
                    grid.open = Some(Stated::new(rows, columns));
                    self.stories.push(Story::default());
                }
            }
            Role::Inline if element.name() == "ins" && element.attr("datetime").is_some() => {
                self.tracked();
            }
            Role::Inline | Role::Out | Role::Deleted => {}
        }
        Ok(())
    }

    fn close(&mut self, node: NodeRef<'_, Node>) -> Result<(), ReadError> {
        let Some(element) = node.value().as_element() else {
            return Ok(());
        };
        match role(element) {
            Role::Exact => {
                self.exact -= 1;
                self.story(Story::end_block);
            }
            Role::Block | Role::Item => self.story(Story::end_block),
            Role::Numbered => self.story(|story| {
                story.end_block();
                story.lists.pop();
            }),
            Role::Cell => self.close_cell(element),
            Role::Table => self.close_table()?,
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self, element: &Element) {
        let Some(grid) = self.tables.last_mut() else {
            return;
        };
        let Some(mut story) = self.stories.pop() else {
            return;
        };
        story.end_block();
        let mut pieces = story.pieces;
        if is_hidden(element) {
            pieces.clear();
        }
        let text = match &pieces[..] {
            [Piece::Text(text)] => text.trim(),
            _ => "",
        };
        let (long, digits) = number::long(element.attr("x:num"), text);
        if let Some(digits) = digits {
            pieces = vec![Piece::Text(digits)];
        }
        if let Some(cell) = &mut grid.open {
            cell.long_number = long;
        }
        grid.close_cell(pieces);
    }

    fn close_table(&mut self) -> Result<(), ReadError> {
        let Some(grid) = self.tables.pop() else {
            return Ok(());
        };
        let index = grid.table;
        let (table, odd) = grid.finish(&mut self.places, self.limits)?;
        self.flow.tables[index] = table;
        let row = |row| (Oddity::HiddenRow, (index, row, None));
        let cell = |oddity| move |(row, column)| (oddity, (index, row, Some(column)));
        let odd = (odd.hidden.into_iter().map(row))
            .chain(odd.long_numbers.into_iter().map(cell(Oddity::CodeAsNumber)))
            .chain(
                odd.overlapping
                    .into_iter()
                    .map(cell(Oddity::OverlappingMerges)),
            );
        let marks = odd.map(|(oddity, at)| Mark {
            oddity,
            at: Some(at),
        });
        self.flow.marks.extend(marks);
        self.story(|story| story.table(index));
        Ok(())
    }

    fn story(&mut self, with: impl FnOnce(&mut Story)) {
        if let Some(story) = self.stories.last_mut() {
            with(story);
        }
    }

    /// Notes once that Word saved the page with its tracked changes.
    fn tracked(&mut self) {
        if !self.tracked {
            self.tracked = true;
            self.flow.marks.push(Mark {
                oddity: Oddity::TrackedChanges,
                at: None,
            });
        }
    }
}

fn numbered(element: &Element) -> List {
    let start = element
        .attr("start")
        .and_then(|start| start.trim().parse().ok());
    List {
        next: (!is_unmarked(element)).then_some(start.unwrap_or(1)),
        style: element
            .attr("type")
            .and_then(|style| style.chars().next())
            .unwrap_or('1'),
    }
}
