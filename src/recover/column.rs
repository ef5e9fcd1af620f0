//! What a column of a list means, told from the words of its header. Each region words and orders
//! its columns differently; a column nobody asked for is kept as `Other`.

use serde::{Deserialize, Serialize};

use crate::normalise::squeeze;

/// Meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// 主项: name of the main item.
    MainName,
    /// 主项编码: its code.
    MainCode,
    /// 子项序号: number of the item in the list.
    Seq,
    /// 子项: name of the item.
    Name,
    /// 子项编码: its code.
    Code,
    /// 业务办理项序号: number of a business row.
    BusinessSeq,
    /// 业务办理项名称: name of a business row.
    BusinessName,
    /// 办理材料.
    Materials,
    /// 办理时限.
    Limit,
    /// 办理环节.
    Steps,
    /// 备注.
    Remark,
    /// 设定依据.
    Basis,
    /// A column of the region's own, by its place in the header.
    Other(usize),
}

/// Longest header text that is taken for a header: anything longer is content.
const LONGEST_HEADER: usize = 18;

impl Column {
    /// The meaning a header text has, if it has one of ours.
    #[must_use]
    pub fn of(header: &str) -> Option<Self> {
        let text = squeeze(header);
        if text.is_empty() || text.chars().count() > LONGEST_HEADER {
            return None;
        }
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let code = has(&["编码", "代码"]);
        let number = has(&["序号", "项号", "编号"]);
        let business = text.starts_with("业务办理") || text.contains("办理项");
        if business || (text.starts_with("业务") && has(&["序号", "名称"])) {
            return if number {
                Some(Self::BusinessSeq)
            } else if code {
                None
            } else {
                has(&["名称", "办理项"]).then_some(Self::BusinessName)
            };
        }
        let upper = code && has(&["大类", "类别", "父项", "上级", "一级"]);
        if upper || has(&["主项", "事项大类", "一级事项", "大项"]) {
            return Some(if code {
                Self::MainCode
            } else if number {
                return None;
            } else {
                Self::MainName
            });
        }
        if number {
            return Some(Self::Seq);
        }
        if code {
            return Some(Self::Code);
        }
        if has(&["材料", "要件"]) {
            return Some(Self::Materials);
        }
        if has(&["时限", "期限", "时间"]) {
            // A list that prints both binds itself by its promise; the statute's limit is context.
            return (!text.contains("法定")).then_some(Self::Limit);
        }
        if has(&["环节", "流程", "程序", "步骤"]) {
            return Some(Self::Steps);
        }
        if text.contains("依据") {
            return Some(Self::Basis);
        }
        if has(&["备注"]) || text == "说明" || text == "注" {
            return Some(Self::Remark);
        }
        if has(&[
            "子项",
            "小项",
            "二级事项",
            "事项名称",
            "服务事项",
            "经办事项",
            "业务事项",
        ]) || text == "事项"
        {
            return Some(Self::Name);
        }
        None
    }

    /// The name a reader knows the column by.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::MainName => "主项",
            Self::MainCode => "主项编码",
            Self::Seq => "子项序号",
            Self::Name => "子项",
            Self::Code => "子项编码",
            Self::BusinessSeq => "业务办理项序号",
            Self::BusinessName => "业务办理项名称",
            Self::Materials => "办理材料",
            Self::Limit => "办理时限",
            Self::Steps => "办理环节",
            Self::Remark => "备注",
            Self::Basis => "设定依据",
            Self::Other(_) => "其他",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told_by_meaning() {
        let table = [
            ("主项", Some(Column::MainName)),
            ("主项 编码", Some(Column::MainCode)),
            ("序 号", Some(Column::Seq)),
            ("子项\n序号", Some(Column::Seq)),
            ("子项", Some(Column::Name)),
            ("事项名称", Some(Column::Name)),
            ("子项 编码", Some(Column::Code)),
            ("事项代码", Some(Column::Code)),
            ("业务 办理 项号", Some(Column::BusinessSeq)),
            ("业务办理 项名称", Some(Column::BusinessName)),
            ("申请材料", Some(Column::Materials)),
            ("办理 时限", Some(Column::Limit)),
            ("法定时限", None),
            ("办理流程", Some(Column::Steps)),
            ("设定依据 (全部重新调整)", Some(Column::Basis)),
            ("备注", Some(Column::Remark)),
            ("办理 层级", None),
            ("事项 类型", None),
            ("窗口办", None),
            ("1.各地可通过查询市场监管部门数据获取信息并备注", None),
        ];
        for (header, expected) in table {
            assert_eq!(Column::of(header), expected, "{header}");
        }
    }
}
