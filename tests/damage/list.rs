//! A clean list of a region: the items of the national edition and a few of its own, under its own
//! codes, in its own style, with what it says known.

use heyan::standard::{Item as National, Standard};

use crate::print::print;
use crate::random::Random;
use crate::shape::{Merging, Shape};
use crate::style::promise;
use crate::table::Table;
use crate::truth::{Citation, Clause, Item, Leaf, Main, Truth};

/// Most materials a region asks for here.
const MOST_MATERIALS: usize = 4;

/// Business rows an item may have.
const BUSINESSES: [&str; 3] = ["（新增）", "（暂停）", "（恢复）"];

/// Items of the region's own: name, what they ask for, days.
const LOCAL: [(&str, &[&str], u32); 4] = [
    ("医保电子凭证申领", &["居民身份证"], 0),
    (
        "医保关系证明打印",
        &["有效身份证件", "《证明打印申请表》"],
        0,
    ),
    (
        "职工个人账户家庭共济绑定",
        &["有效身份证件", "家庭成员关系承诺书"],
        5,
    ),
    (
        "长期护理保险失能等级评估",
        &["《失能等级评估申请表》", "病历资料", "诊断证明"],
        30,
    ),
];

/// Steps as regions change them.
const STEPS: [&[&str]; 5] = [
    &["申请", "受理", "办结"],
    &["申请", "受理", "审核", "审批", "办结"],
    &["申请", "受理", "初审", "复审", "办结"],
    &["申请", "受理", "审核", "公示", "签订协议"],
    &["申请", "受理", "审核", "复核", "支付", "办结"],
];

/// What is printed of each leaf and block.
#[derive(Debug, Default)]
pub struct Texts {
    /// Materials of each leaf.
    pub materials: Vec<String>,
    /// Limit of each leaf.
    pub limits: Vec<String>,
    /// Steps of each leaf.
    pub steps: Vec<String>,
    /// Each cell of legal basis.
    pub blocks: Vec<String>,
}

/// What one item asks, before it is put into business rows.
struct Asked {
    name: String,
    code: String,
    local: bool,
    materials: Vec<String>,
    cited: Vec<Citation>,
}

struct Writer<'a> {
    standard: &'a Standard,
    shape: &'a Shape,
    random: &'a mut Random,
    truth: Truth,
    texts: Texts,
}

/// The clean list of a seed: what it says, and how it is printed.
pub fn list(standard: &Standard, seed: u64) -> (Truth, Table) {
    let edition = standard.newest().expect("a national edition");
    let mut random = Random::of(seed);
    let shape = Shape::any(&mut random);
    let mut writer = Writer {
        standard,
        shape: &shape,
        random: &mut random,
        truth: Truth::default(),
        texts: Texts::default(),
    };
    for main in &edition.mains {
        let code = shape.has_main_codes().then(|| shape.code(&main.code));
        writer.truth.mains.push(Main {
            name: main.name.clone(),
            code: code.unwrap_or_default(),
        });
        let items: Vec<&National> = edition
            .items
            .iter()
            .filter(|item| item.main == main.code)
            .collect();
        writer.main(&items);
    }
    let (truth, texts) = (writer.truth, writer.texts);
    let table = print(&truth, &texts, &shape, &mut random);
    (truth, table)
}

impl Writer<'_> {
    /// Writes the items of a main item.
    fn main(&mut self, items: &[&National]) {
        let merging = *self.random.pick(&[
            Merging::Never,
            Merging::Alike,
            Merging::Alike,
            Merging::Whole,
        ]);
        // Some main items ask for the same materials throughout: cells that lists like to merge.
        let common = self.random.percent(30).then(|| items[0].materials.clone());
        let whole = self.union(items);
        let mut last = None;
        for national in items {
            let name = match self.random.percent(30) {
                true => national.aliases.iter().min_by_key(|alias| alias.len()),
                false => None,
            };
            let cited = match merging {
                Merging::Whole => whole.clone(),
                _ => self.citations(national),
            };
            let asked = Asked {
                name: name.unwrap_or(&national.name).clone(),
                code: self.shape.code(&national.code),
                local: false,
                materials: common.clone().unwrap_or_else(|| national.materials.clone()),
                cited,
            };
            let keep = common.is_some();
            self.item(&asked, Some(national), keep, merging, &mut last);
        }
        if items.len() > 1 && self.random.percent(12) {
            let (name, materials, _) = *self.random.pick(&LOCAL);
            let asked = Asked {
                name: name.to_owned(),
                code: format!("{}009", &self.shape.code(&items[0].code)[..9]),
                local: true,
                materials: materials
                    .iter()
                    .map(|material| (*material).to_owned())
                    .collect(),
                cited: if merging == Merging::Whole {
                    whole
                } else {
                    self.own()
                },
            };
            self.item(&asked, None, true, merging, &mut last);
        }
    }

    fn item(
        &mut self,
        asked: &Asked,
        national: Option<&National>,
        all_materials: bool,
        merging: Merging,
        last: &mut Option<Vec<Citation>>,
    ) {
        let start = self.truth.leaves.len();
        let businesses = match self.shape.third_level {
            true => self.random.between(1, 3),
            false => 1,
        };
        for (business, suffix) in BUSINESSES.iter().enumerate().take(businesses) {
            let shared = business > 0 || merging != Merging::Never;
            if !shared || last.as_ref() != Some(&asked.cited) {
                self.truth.blocks.push(asked.cited.clone());
                self.texts.blocks.push(self.shape.style.basis(&asked.cited));
                *last = Some(asked.cited.clone());
            }
            let most = asked.materials.len().min(MOST_MATERIALS);
            let count = if all_materials {
                most
            } else {
                self.random.between(1, most.max(1))
            };
            let materials = &asked.materials[..count];
            let limit = match national {
                Some(national) => promise(national, self.random),
                None => self.own_limit(&asked.name),
            };
            let steps = self.steps(national);
            self.texts
                .materials
                .push(self.shape.style.materials(materials));
            self.texts.limits.push(self.shape.style.limit(&limit));
            self.texts.steps.push(self.shape.style.steps(&steps));
            let seq = number(self.truth.leaves.len() + 1);
            let name = format!("{}{suffix}", asked.name);
            self.truth.leaves.push(Leaf {
                item: self.truth.items.len(),
                business: self.shape.third_level.then_some((seq, name)),
                materials: number(materials.len()),
                limit,
                own_steps: national.is_none_or(|national| national.steps != steps),
                steps,
                block: self.truth.blocks.len() - 1,
            });
        }
        self.truth.items.push(Item {
            main: self.truth.mains.len() - 1,
            seq: number(self.truth.items.len() + 1),
            name: asked.name.clone(),
            code: asked.code.clone(),
            local: asked.local,
            leaves: start..self.truth.leaves.len(),
        });
    }

    /// The national steps, or as the region changed them.
    fn steps(&mut self, national: Option<&National>) -> Vec<String> {
        match national {
            Some(national) if self.random.percent(75) => national.steps.clone(),
            _ => self
                .random
                .pick(&STEPS)
                .iter()
                .map(|step| (*step).to_owned())
                .collect(),
        }
    }

    fn own_limit(&self, name: &str) -> Vec<Clause> {
        let known = LOCAL.iter().find(|local| local.0 == name);
        vec![Clause {
            label: String::new(),
            days: known.map_or(0, |local| local.2),
            unit: "wd",
        }]
    }

    /// The national instruments of an item.
    fn citations(&self, item: &National) -> Vec<Citation> {
        let known = item.basis.iter().filter_map(|basis| {
            let (title, number) = self.standard.instrument(basis)?;
            Some(Citation {
                title: title.to_owned(),
                number: number.unwrap_or_default().to_owned(),
                articles: basis.articles.clone(),
            })
        });
        known.collect()
    }

    /// Instruments of the region's own.
    fn own(&mut self) -> Vec<Citation> {
        let (region, sign) = (self.shape.region, self.shape.sign);
        let article = number(self.random.between(8, 39));
        vec![
            Citation {
                title: format!("{region}医疗保障条例"),
                number: String::new(),
                articles: vec![article, article + 1],
            },
            Citation {
                title: format!("{region}医疗保障局关于印发〈{region}基本医疗保险经办规程〉的通知"),
                number: format!("{sign}医保规〔2022〕{}号", self.random.between(2, 48)),
                articles: Vec::new(),
            },
        ]
    }

    /// The instruments of a whole main item, some of the region's own behind them.
    fn union(&mut self, items: &[&National]) -> Vec<Citation> {
        let mut all: Vec<Citation> = Vec::new();
        for citation in items.iter().flat_map(|item| self.citations(item)) {
            match all.iter_mut().find(|known| known.title == citation.title) {
                Some(known) => known.articles.extend(citation.articles),
                None => all.push(citation),
            }
        }
        for citation in &mut all {
            citation.articles.sort_unstable();
            citation.articles.dedup();
        }
        let own = self.own();
        all.extend(own.into_iter().filter(|_| self.random.percent(60)));
        all
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a small number")
}
