//! Whether 著 at the end of a clause says who wrote a book: 《史記》，司馬遷著。
//!
//! Comes in: what stands before 著 and behind it. Goes out: whether a name stands before,
//! by what it is, what is before it and what follows. Everything else is 着, as
//! in 他沉默著。

use super::neighbours::{FAMILIES, is_verb};
use crate::text::characters::is_han;

/// Characters of a name, at most: 陀思妥耶夫斯基.
const NAME: usize = 10;
/// Characters of a Chinese name.
const SHORT: std::ops::RangeInclusive<usize> = 2..=3;
/// Characters that are looked at behind 著.
const BEHIND: usize = 20;

/// Who people are: these nouns stand before no 着.
const PERSONS: [&str; 12] = [
    "先生", "教授", "学者", "學者", "博士", "作者", "院士", "女士", "史家", "作家", "專家", "专家",
];

/// What others did for a book, at the end of a clause.
const DID: &str = "译譯编編校注註撰绘繪画畫";
/// Where books come from, and what is done to them.
const PUBLISHED: [&str; 8] = ["出版", "书局", "書局", "印书馆", "印書館", "书店", "書店", "印行"];

/// More family names than those before 乾, where nouns are in the way.
const MORE_FAMILIES: &str =
    "黃黄周胡林何高馬马杜魯鲁白江史金康毛常萬万莊庄馮傅費费柳凌龐庞司歐欧諸诸";

/// What names do not have and clauses with a verb do.
const NO_NAME: &str = "的地得了在就都還还也又不是我你他她它們们這这那很着著一";

/// Characters that stand before 着 once in 450 times or oftener, in four million characters
/// of Simplified text: too seldom to decide alone.
const ALSO_BEFORE_ZHE: &str = "有志执身征戴杂满历暖胁饰斜述励镶录软害露呆帮板敞醒扰丧养诉详端泛践奉扯勾亮赏察宠喘哀揝枕佩碰抖刷踞揣腿盈厚嗒踱咋敲泡堆掰\
    迈葬漆偎掩浴润诵抹析昂拄挠逸撞擂耘挑揉倚擦哼尝纵浮蚀刮拽碍奏寿礴鸣剔戒刺闷瞟瞄涂坠憬酿旋踩惑哮吼冻勤跑颂胞漾扬搀挟拧蹙叮\
    扔腾掺休叠晾汪扭垫掉臭避睹剪驭纠埋祷梭叨漏磨囤拨绎踮捆偷茫奔嗅豫敷挡瘸誌執徵雜滿歷曆脅飾勵鑲錄彔軟幫闆擾喪養訴詳氾汎踐賞\
    寵邁潤誦撓嘗嚐縱蝕颳礙壽鳴悶塗墜釀鏇凍頌揚攙挾擰騰摻疊墊馭糾禱撥繹綑擋";

/// Whether the name of an author stands before 著.
pub(super) fn signs(before: &str, after: &str) -> bool {
    let (lead, name) = split(before);
    if PERSONS.iter().any(|person| name.ends_with(person)) {
        return true;
    }
    ends(after) && may_be_name(name) && (presented(lead, name) || has_credits(after))
}

/// The last clause, if it is short enough for a name, and what comes before it.
fn split(before: &str) -> (&str, &str) {
    let in_name = before.chars().rev().take_while(|&c| is_han(c) || is_dot(c));
    let length: usize = in_name.take(NAME + 1).map(char::len_utf8).sum();
    before.split_at_checked(before.len() - length).unwrap_or_default()
}

/// Whether a clause ends here.
fn ends(after: &str) -> bool {
    after.chars().next().is_none_or(|c| !is_han(c) && !c.is_alphanumeric())
}

fn may_be_name(name: &str) -> bool {
    let last = name.chars().next_back();
    (2..=NAME).contains(&name.chars().count())
        && !is_verb(last)
        && !last.is_some_and(|c| ALSO_BEFORE_ZHE.contains(c))
        && !name.chars().any(|c| NO_NAME.contains(c))
}

/// Whether what stands before says that a name follows, or the name says so itself.
fn presented(lead: &str, name: &str) -> bool {
    let before = lead.trim_end_matches(is_pause);
    before.ends_with(['》', '〉'])
        || before.ends_with("作者")
        || is_nation(lead)
        || is_chinese(name)
}

/// Whether the country of an author ends it: ［日］, （美）.
fn is_nation(lead: &str) -> bool {
    let inside = lead.strip_suffix(['］', '）', '〕', ']', ')', '】']);
    inside.is_some_and(|inside| {
        let country = inside.chars().rev().take_while(|&c| is_han(c)).take(4).count();
        let open = inside.chars().rev().nth(country);
        (1..=3).contains(&country) && matches!(open, Some('［' | '（' | '〔' | '[' | '(' | '【'))
    })
}

/// Whether a name is Chinese: a family's, then one or two characters.
fn is_chinese(name: &str) -> bool {
    let name = name.rsplit('由').next().unwrap_or_default();
    let family = name.chars().next();
    SHORT.contains(&name.chars().count())
        && family.is_some_and(|c| FAMILIES.contains(c) || MORE_FAMILIES.contains(c))
}

/// Whether the title follows, or who translated or published the book.
fn has_credits(after: &str) -> bool {
    let rest = after.trim_start_matches(is_pause);
    if after.starts_with(['：', ':']) && rest.starts_with(['《', '〈']) {
        return true;
    }
    let end = rest.char_indices().take(BEHIND).find(|(_, c)| !is_han(*c) && !is_dot(*c));
    let clause = end.map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default());
    let short = clause.chars().count() <= BEHIND;
    let did = clause.ends_with(|c| DID.contains(c));
    short && (did || PUBLISHED.iter().any(|published| clause.contains(published)))
}

/// What stands between a name and what is said of it.
fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':' | '。') || c.is_whitespace()
}

/// What stands inside foreign names.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '‧' | '•' | '・' | '．')
}
