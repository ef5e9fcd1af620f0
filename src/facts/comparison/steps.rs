//! Steps beside the national ones: what is left out, what is added, what changed its place. Owns
//! which names mean one step; refuses to judge whether fewer steps are enough.

/// Names of one step, its national name first. 复核 beside 审核 is a second check, not another name.
const SAME: [&str; 5] = [
    "申请 提出申请 提交申请 网上申请 申报 提交 提交材料 填报",
    "受理 收件 接收 接件 预受理",
    "审核 初审 复核 复审 终审 审查 核查 核实 核定 核准 核对 核验 审批 审定",
    "拨付 支付 发放 给付 划拨",
    "办结 完成 结束",
];

/// How steps differ from the national ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepsDifference {
    /// National steps that are left out.
    pub left: Vec<String>,
    /// Steps the national text does not have.
    pub added: Vec<String>,
    /// Whether the steps in common come in another order.
    pub swapped: bool,
    /// Whether there are more steps than in the national text.
    pub longer: bool,
}

impl StepsDifference {
    /// Whether there is any.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.swapped || !self.left.is_empty() || !self.added.is_empty()
    }
}

/// Compares steps with the national ones.
#[must_use]
pub fn difference(printed: &[String], national: &[String]) -> StepsDifference {
    let mut counterpart: Vec<Option<usize>> = vec![None; printed.len()];
    let equal: [fn(&str, &str) -> bool; 2] = [|one, two| one == two, same];
    for means_the_same in equal {
        for (place, step) in printed.iter().enumerate() {
            if counterpart[place].is_none() {
                counterpart[place] = (0..national.len()).find(|index| {
                    !counterpart.contains(&Some(*index)) && means_the_same(step, &national[*index])
                });
            }
        }
    }
    let common: Vec<usize> = counterpart.iter().flatten().copied().collect();
    StepsDifference {
        left: (0..national.len())
            .filter(|index| !common.contains(index))
            .map(|index| national[index].clone())
            .collect(),
        added: printed
            .iter()
            .zip(&counterpart)
            .filter(|(_, index)| index.is_none())
            .map(|(step, _)| step.clone())
            .collect(),
        swapped: !common.is_sorted(),
        longer: printed.len() > national.len(),
    }
}

fn same(one: &str, two: &str) -> bool {
    SAME.iter().any(|names| {
        let named = |step: &str| names.split(' ').any(|name| name == step);
        named(one) && named(two)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(printed: &str, national: &str) -> StepsDifference {
        let cut = |text: &str| text.split('-').map(str::to_owned).collect::<Vec<_>>();
        difference(&cut(printed), &cut(national))
    }

    #[test]
    fn a_step_by_another_name_is_the_same() {
        let same = of("申报-接件-审查-支付-办结", "申请-受理-审核-拨付-办结");
        assert_eq!(same, StepsDifference::default());
    }

    #[test]
    fn what_is_left_out_or_added_is_told() {
        let left = of("申请-受理-办结", "申请-受理-审核-办结");
        assert_eq!(left.left, ["审核"]);
        assert!(left.added.is_empty() && !left.longer && left.is_any());
        let added = of("申请-受理-审核-复核-办结", "申请-受理-审核-办结");
        assert_eq!(added.added, ["复核"]);
        assert!(added.longer);
        assert!(of("申请-审核-受理-办结", "申请-受理-审核-办结").swapped);
    }
}
