//! Plain text: white space, forms for comparison, and how damaged a text looks.
//!
//! Owns what every other module here does to letters before it reads them. Refuses meaning: a
//! text is judged by its letters alone.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// Fewest letters of which an order can be told.
const SHORTEST_JUMBLE: usize = 5;
/// Largest share of letters in words that a jumble has by chance.
const JUMBLED: f64 = 0.25;

/// Compiles a pattern written in the source.
///
/// # Panics
/// Where the pattern is no regular expression: a fault of this program, which every test that
/// touches the module shows.
pub fn pattern(source: &str) -> Regex {
    Regex::new(source).unwrap_or_else(|fault| panic!("pattern {source}: {fault}"))
}

/// White space in the wide sense: also zero-width and no-break characters, which word processors
/// leave in cells.
pub fn is_space(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

/// Whether a letter is a Chinese character.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// A full-width ASCII character in half width; any other unchanged.
pub fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// The text without any white space.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| !is_space(c)).collect()
}

/// The form for comparison: NFKC, no white space, one form for each family of brackets, title
/// marks, quotes and dashes.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkc().filter(|&c| !is_space(c)) {
        let unified = match letter {
            '〔' | '【' | '[' | '〖' | '{' | '［' => '(',
            '〕' | '】' | ']' | '〗' | '}' | '］' => ')',
            '〈' | '<' | '「' | '『' => '《',
            '〉' | '>' | '」' | '』' => '》',
            '“' | '”' | '‘' | '’' | '\'' => '"',
            '—' | '–' | '―' | '‐' | '‑' | '−' | '─' | '~' | '〜' | '－' => '-',
            '。' | '．' => '.',
            other => other,
        };
        if unified == '-' && folded.ends_with('-') {
            continue;
        }
        folded.push(unified);
    }
    folded
}

/// How much a text looks like damaged OCR: 0.0 clean, 1.0 hopeless, from 0.5 nothing in it should
/// be trusted.
///
/// Looks for letters of foreign scripts, loops (`是一个人,是一个人`), columns of single letters
/// (`医 协 议 管`) and, in longer texts, letters that form none of the words these lists are made
/// of, which is what columns read as rows leave behind. Narrow cells whose words are cut by one
/// space (`机构 费用结 算`) are normal and cost nothing.
pub fn garble(text: &str) -> f64 {
    let han = text.chars().filter(|&c| is_han(c)).count();
    let foreign = text.chars().filter(|&c| is_foreign(c)).count();
    if han + foreign == 0 {
        return 0.0;
    }
    let alien = (foreign as f64 * 4.0 / (han + foreign) as f64).min(1.0);
    alien
        .max(looping(text))
        .max(lonely(text))
        .max(wordless(text))
}

/// Scripts and signs with no place in a Chinese administrative list.
pub fn is_foreign(letter: char) -> bool {
    matches!(letter,
        '\u{370}'..='\u{52f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{2500}'..='\u{259f}' | '\u{c0}'..='\u{24f}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fffd}')
}

/// How much of a text stands in loops, from 0.5 where a loop runs on: a group of one to twelve letters said three times
/// in a row, or twice where it is long.
pub(super) fn looping(text: &str) -> f64 {
    let letters: Vec<char> = text.chars().filter(|&c| is_han(c)).collect();
    let mut in_loop = 0;
    let mut at = 0;
    while at < letters.len() {
        let step = (1..=12)
            .filter_map(|size| repeated(&letters[at..], size))
            .max()
            .unwrap_or(0);
        in_loop += step;
        at += step.max(1);
    }
    if in_loop < 6 {
        // 一一对应, 人人 and the like; a real loop runs on.
        return (in_loop as f64 / letters.len().max(1) as f64).min(0.4);
    }
    (0.5 + in_loop as f64 / letters.len() as f64).min(1.0)
}

/// The text without its loops: a group of letters that is said three times in a row or more tells
/// nothing of what is printed.
pub fn without_loops(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut at = 0;
    while at < letters.len() {
        // 000 in a code is no loop.
        let step = (1..=12)
            .filter(|size| {
                letters[at..]
                    .iter()
                    .take(*size)
                    .any(|letter| is_han(*letter))
            })
            .filter_map(|size| repeated(&letters[at..], size))
            .max();
        match step {
            Some(step) => {
                // 支取取取取: the letter is printed once, and then the loop begins.
                if letters[at..at + step].iter().all(|c| *c == letters[at]) {
                    kept.push(letters[at]);
                }
                at += step;
            }
            None => {
                kept.push(letters[at]);
                at += 1;
            }
        }
    }
    kept
}

/// Length of the loop of groups of `size` letters that starts here, if there is one.
fn repeated(letters: &[char], size: usize) -> Option<usize> {
    let group = letters.get(..size)?;
    let times = letters
        .chunks(size)
        .take_while(|chunk| *chunk == group)
        .count();
    (times >= 3).then_some(times * size)
}

/// Share of the letters that stand alone between spaces, where they are unusually many.
fn lonely(text: &str) -> f64 {
    let han = text.chars().filter(|&c| is_han(c)).count();
    let alone = text
        .split(is_space)
        .filter(|piece| piece.chars().count() == 1 && piece.chars().all(is_han))
        .count();
    if alone < 4 {
        return 0.0;
    }
    (alone as f64 * 1.2 / han as f64).min(1.0)
}

/// Share of the letters that belong to no word of the lists' language, scaled so that ordinary
/// prose scores 0. Short texts (names) don't say enough, and letters that are words by themselves
/// (的, 或, 证) say nothing.
fn wordless(text: &str) -> f64 {
    let (han, words, single) = coverage(text);
    if han < 16 || han == single {
        return 0.0;
    }
    let share = words as f64 / (han - single) as f64;
    ((0.4 - share) * 5.0).clamp(0.0, 1.0)
}

/// Number of Chinese letters, and how many of them stand in known words.
pub fn worded(text: &str) -> (usize, usize) {
    let (han, words, single) = coverage(text);
    (han, words + single)
}

/// Whether a short text's letters are in no order that makes words: a narrow cell that was read by
/// its columns (`城居停登 乡民保记`).
pub fn is_jumbled(text: &str) -> bool {
    let (han, words, single) = coverage(text);
    let spoken = han.saturating_sub(single);
    han >= SHORTEST_JUMBLE && spoken >= 3 && words as f64 <= JUMBLED * spoken as f64
}

/// Whether every letter of a text stands in a word of two letters or more.
pub fn is_all_words(text: &str) -> bool {
    let (han, words, _) = coverage(text);
    han > 0 && words == han
}

/// Number of Chinese letters, of those in known words, and of those that are words by themselves.
fn coverage(text: &str) -> (usize, usize, usize) {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        let mut words: Vec<&str> = WORDS.split_whitespace().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        pattern(&words.join("|"))
    });
    static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"[^《》〈〉()（）\s]{0,8}[〔\[(（]\s*\d{4}\s*[〕\])）]\s*\d+\s*号")
    });
    // A document number abbreviates its issuer and is no prose.
    let letters: String = ISSUED
        .replace_all(text, "")
        .chars()
        .filter(|&c| is_han(c) || c.is_ascii_alphanumeric())
        .collect();
    let han = letters.chars().filter(|&c| is_han(c)).count();
    let (mut words, mut single) = (0, 0);
    for word in WORD.find_iter(&letters) {
        match word.as_str().chars().count() {
            1 => single += 1,
            length => words += length,
        }
    }
    (han, words, single)
}

/// Whether a text begins within a word: its first letter begins no word of these lists, but ends
/// one (`融功能,若社会保障卡…`: 金 stands in the row above).
pub fn begins_within_word(text: &str) -> bool {
    let Some(first) = text.chars().next().filter(|&c| is_han(c)) else {
        return false;
    };
    let mut words = WORDS.split_whitespace();
    !words.any(|word| word.starts_with(first))
        && WORDS
            .split_whitespace()
            .any(|word| word.chars().count() > 1 && word.ends_with(first))
}

/// Whether the last letter of one text and the first of the next begin a word together: 基本医 ¦ 保参保.
pub fn cuts_a_word(before: &str, text: &str) -> bool {
    let last = before.trim_end_matches(is_space).chars().next_back();
    let first = text.trim_start_matches(is_space).chars().next();
    let (Some(last), Some(first)) = (last, first) else {
        return false;
    };
    let cut: String = [last, first].iter().collect();
    is_han(last) && is_han(first) && WORDS.split_whitespace().any(|word| word.starts_with(&cut))
}

/// Words these lists are made of. Not a dictionary: enough that ordinary administrative prose is
/// mostly covered while letters read out of order are not.
const WORDS: &str = "
医疗 保险 保障 医保 社会 社保 基本 职工 居民 城乡 城镇 参保 登记 信息 变更 单位 人员 个人 账户 一次性
支取 查询 关系 转移 接续 手续 办理 办结 异地 安置 长期 居住 常驻 工作 转诊 转院 临时 外出 就医 备案
享受 门诊 慢特病 慢性病 特殊 病种 待遇 认定 费用 报销 住院 手工 零星 生育 产前 检查 计划 津贴 支付
核准 救助 对象 符合 资助 条件 参加 缴费 补贴 机构 零售 药店 申请 定点 协议 管理 结算 医药 电子 凭证
有效 身份 证件 身份证 原件 复印件 复印 证书 统一 信用 代码 批准 成立 文件 注销 加盖 公章 一份 两份 一式
材料 资料 证明 清单 收据 票据 发票 处方 底方 诊断 出院 入院 记录 小结 病历 病例 首页 申请表 登记表
承诺书 承诺 户口簿 户口 社会保障卡 银行卡 银行 金融 功能 激活 开通 需要 提供 无法 通过 数据 共享
部门 相关 规定 按照 根据 执行 签订 应当 可以 情况 一般 工作日 自然日 即时 不超过 线上 线下 省内 跨省
国家 国务院 中华人民共和国 人民政府 办公厅 办公室 关于 印发 通知 意见 办法 条例 细则 规程 暂行 实施 决定
制度 主席令 财政 人力 资源 自治区 财政部 财政厅 公安部 税务 总局 卫生 健康 进一步 做好 完善 建立 健全
加强 推进 服务 经办 业务 事项 政务 审核 受理 复核 审批 拨付 评估 公示 协商 谈判 变更 暂停 终止 恢复
新增 中断 退休 在职 灵活 就业 外国人 港澳 澳门 台湾 香港 内地 大陆 境内 永久 居留 居留证 护照 通行证 居住证
新生儿 出生 出生日期 姓名 性别 关键 必要 佐证 辅助 对应 法定 代表人 银行 性质 市场 监管 获取 合并
授权 委托 代理人 死亡 继承人 意外 伤害 交通 事故 法院 判决书 调解 急诊 抢救 特殊 普通 药品 诊疗 执业 许可证
许可 营业执照 执照 医师 药师 护士 人员 劳动 合同 内部 财务 文本 系统 预测性 分析 报告 纳入 使用 基金 以上 均需
负责人 实际 控制人 职称 技术 注册 地址 名称 名单 设置 床位 科室 正规 渠道 台账 租赁 产权 平面 年度 收支
下列 其他 或者 以及 包括 包含 鼓励 有条件 地区 结果 现场 核实 核查 单次 小额 用药 双通道 独支 谈判药品 待遇认定
长期护理 护理 失能 等级 结转 解绑 绑定 家庭 共济 成员 余额 划转 补助 补助金 营养 一站式 平台 渠道 网上 小程序
结婚 离婚 婚姻 独生子女 准生证 子女 父母 配偶 家属 亲属 监护人 本市 本省 本区 本地 户籍 常住 人口 流动 外来 街道 乡镇 社区 村委会
居委会 大厅 柜台 号码 电话号码 联系 方式 携带 交验 留存 退回 领取 发放 凭 持 到 请 携 优待 军人 退役 伤残 残疾 残疾人 遗属 离休 干部 老人 老年 儿童
学生 学校 大学 幼儿 贫困 低保 特困 孤儿 困难 群众 救济 扶贫 民政 民办 非企业 企业 事业 机关 法人 个体 工商 工商户 副本 正本 正副本 照片 彩照 近期
年龄 出生 死亡 火化 殡葬 派出所 公安 司法 公证 律师 法律 文书 判决 裁定 仲裁 工伤 失业 养老 养老金 待业 就业 招聘 离职 辞职 工资 收入 经济 财产 房屋
不动产 车辆 税收 发证 颁发 换发 补发 遗失 挂失 声明 声明书 表格 一次 首次 再次 每年 每月 当年 当月 上年 次年 以下 以内 以外 之间 之日 其中 同时 或由 由于
确需 确认 经过 通知书 决定书 意见书 告知书 说明 情况说明 说明书 目录 名册 花名册 明细 明细表 汇总表 汇总 审批表 备案表 报告书 协议书 合同书 介绍信 委托书
器官 移植 肿瘤 透析 精神 康复 治疗 手术 麻醉 用血 献血 血液 制品 检验 化验 化验单 医嘱 医嘱单 护理 病情 病人 患者 疾病 诊所 卫生院 卫生室 门诊部 医师 主任
中心 分局 总局 支队 组织 团体 协会 行业 领域 国务 公布 修订 修正 废止 规范 程序 流程 指南 依据 事宜 有关 贯彻 落实 调整 提高 降低 扩大 优待 统一 试点
证 表 费 书 单 人 件 可 并 且 该 本 各 每 不 无 有 须 至 从 以 于 其 此 者 第一条 第二条 第三条 第四条 第五条 第六条 第七条 第八条 第九条 第十条 十条 十一条 十二条 十三条 十四条 十五条
十六条 十七条 十八条 十九条 条 第 号 重特大 疾病 大病 重症 医院 监督 指导 指导意见 建设 生产
合作 农村 新型 统筹 补偿 方案 中医药 保健 母婴 标准 规范 优化 全区 全省 全市 进行 提出 填写 选择 任选 其一
停保 续保 复审 初审 本人 时限 时间 自治州 保险费 征缴 社会保险 保险法 权益 办公 联办 企业 不再 没有 方式 窗口 电话 网络 微信
妥善 解决 有关 问题 改革 加快 群众 办事 堵点 试行 认定 保险 疗养 康复 安全 收费 清费 实现 发票 受理 到账
已经 未在 所在 已 未 需 应 及 和 或 的 在 由 与 为 等 后 时 前 中 可 按 将 对 元 年 月 日 省 市 县 区
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_goes() {
        assert_eq!(
            squeeze(" 不超过\u{3000}15\u{a0}个\u{200b}工\n作日 "),
            "不超过15个工作日"
        );
    }

    #[test]
    fn folded_forms_are_equal() {
        let table = [
            ("医保发〔2022〕22号", "医保发[2022] 22号"),
            ("手工（零星）报销", "手工(零星)报销"),
            ("《参保凭证》", "〈参保凭证〉"),
            ("申请—受理--审核", "申请-受理—审核"),
            ("“双通道”", "\"双通道\""),
        ];
        for (left, right) in table {
            assert_eq!(fold(left), fold(right));
        }
    }

    #[test]
    fn letters_out_of_order_are_a_jumble() {
        for text in [
            "城居停登 乡民保记",
            "基保居登本险民记医城参疗乡保",
            "医参享慢种 定险员诊病认",
        ] {
            assert!(is_jumbled(text), "{text}");
        }
        for text in [
            "城乡居民停保登记",
            "特药使用资格备案",
            "家庭共济账户解绑",
            "一次性营养补助",
            "出具《参保凭证》",
        ] {
            assert!(!is_jumbled(text), "{text}");
        }
    }

    #[test]
    fn loops_are_taken_out() {
        assert_eq!(without_loops("生育津贴支付付付付付"), "生育津贴支付");
        assert_eq!(without_loops("零申协的基本的基本的基本的基本"), "零申协");
    }

    #[test]
    fn a_text_may_begin_within_a_word() {
        assert!(begins_within_word("融功能,若社会保障卡未激活"));
        for text in [
            "金融功能",
            "有效身份证件",
            "单位申请",
            "《申请表》",
            "1.申请表",
            "",
        ] {
            assert!(!begins_within_word(text), "{text}");
        }
    }

    #[test]
    fn damaged_cells_are_garbled() {
        let table = [
            "ч т",
            "是供多是不是,是是一个。 是一个。 是一个。 是一个。 是一个。 是一个。",
            "零申协的基本的基本的基本的基本的基本的基本",
            "四、基本、基本、基本、基本、基本、基本、基本、",
            "医其临就 医共临 医变性 医类性 医类性 医多生性 医多生性 医多生性 医多生性",
            "生育 果 果 果 生 生 来 中 理 半 理 半 理",
            "1.参保原澳证证为 有包民港护留族保原澳证证久夏疗登两人人,是、、居回保记,是一个,是一个,是一个",
            "1.卡融卡提及医含费出原件保通保能份件原保通保能份件原生用院件的费发单录疾人件",
            "1、请2、营和负人3、书相合4、管同5、对度6、疗关7、医测(需定;零可定人份执药证复医人印与的财医构料为保分上盖寒",
        ];
        for text in table {
            assert!(garble(text) >= 0.5, "{} {text}", garble(text));
        }
    }

    #[test]
    fn digital_text_is_clean() {
        let table = [
            "基本医 疗保险 定点医 疗机构 费用结 算",
            "十、定 点医药 机构费用 结算",
            "不超过30 个工作日",
            "10 个 工作 日",
            "申请-受 理-审核- 拨付-办 结",
            "1.《定点医疗机构申请表》\n2.医疗机构执业许可证或中医诊所备案证或诊所备案凭证或军队医疗机构为民服务许可证照复印件",
            "第七条、第八条、第九条、第十条、第十一条、第十二条、第十三条",
            "5. 《平顶山市人力资源和社会保障厅关于印发平顶山市基本医疗保险转诊转院和异地就医管理暂行办法的通知》（豫人社医疗〔2016〕18号）",
            "1.参保人员转移接续申请成功受理后，转出地经办机构10个工作日内完成基本医疗保险关系转出，生成《参保人员基本医疗保险信息表》签章后上传",
        ];
        for text in table {
            assert!(garble(text) < 0.3, "{} {text}", garble(text));
        }
    }
}
