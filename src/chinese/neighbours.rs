//! Characters beside 著 and 乾 that tell what these are.
//!
//! The sets hold both scripts, because a page may mix them.

/// Verbs and adverbs that 着 follows and 著 does not: characters that stand before
/// 着 at least twice, and twice as often as before 著, in four million characters
/// of Simplified text, and some more verbs; with their Traditional forms.
const BEFORE_ZHE: &str = "随带按看照指接拿对味跟活抱冒写沿穿望怀站动睡同临溢藏放借等持拉硬靠想朝开起迎顶挂冲遵围坐得记试负背刻挨载忙读听受挥笑含握\
    留盖绕打待引拖捧连领伴提盼守当住摸注盯缠找贴透踏视陪爱担拎夹顺做摆耐斥驮蒙划举漫扶抬骑赶循撑装响衣嚷闲抢忍喝碌变流跃沉牵\
    讲粘射缀驶存击扛烧逼嵌换闻瞪烁争染候递唤聚插推罩吃印隔吵押躺叼瞒沾伏哭仗依走锁托索耀拥捏披跳捂停晃咽拍谈憋翻蹲扎念吹缚抛\
    瞅趁搂拴喊挺寓拾铺燃送映聊胶荡撼拢哄撅唱噙擎洒闪挤套忆赖裹竖飘逐搓散舞追叫割扮催恋急藉凭憑仰俯护躲躡悠闹鬧瞧嚼捶揪搭凝附\
    睁瞇眯逗逛晒淌滴隨帶對寫懷動臨開頂掛衝圍記試負載讀聽揮蓋繞連領當纏貼視愛擔夾順擺馱劃舉騎趕撐裝響閒搶變躍牽講綴駛擊燒換聞\
    爍爭遞喚喫瞞鎖擁談縛拋摟鋪膠蕩攏灑閃擠憶賴豎飄戀護睜曬";

/// Words that end in 著: 显著, 土著, 昭著, 卓著, 名著, 论著, 专著, 巨著, 遗著,
/// 拙著, 见微知著.
pub(super) const ENDS_IN_ZHU: &str = "顯显土昭卓名論论專专巨遺遗拙知";

/// 原著, 编著, 译著, 合著, 撰著, 所著, 最著, 较著, 新著 — unless 着 begins a word.
pub(super) const BEFORE_ZHU: &str = "原編编譯译合撰所最較较新";

/// What stands before 着 of success and of a move, and before no 著 but that of words
/// that begin with it: 睡不着, 用得着, 高一着.
pub(super) const BEFORE_ZHAO: &str = "不得一";

/// Words that begin with 着: 着手, 着力, 着眼, 着重, 着想, 着急, 着火, 着陆, …
pub(super) const AFTER_ZHAO: &str =
    "手力眼重想急火陸陆落床墨實实裝装色迷涼凉忙魔棋邊边筆笔勁劲慌數数";

/// Words that begin with 著: 著名, 著作, 著述, 著者, 著称, 著录, 著书, 著译, 著有, 著《…》.
pub(super) const AFTER_ZHU: &str = "名作述者稱称錄录書书有譯译《〈";

/// Closing brackets, after which an author's 著 stands: (鲁迅著).
pub(super) const CLOSING: &str = ")）〕］】〉》」』";

/// Family names before 乾 that no word for "dry" ends in.
pub(super) const FAMILIES: &str = "李王張张劉刘陳陈楊杨趙赵吳吴徐孫孙朱郭羅罗梁宋鄭郑謝谢韓韩唐馮冯董蕭萧程\
    曹袁鄧邓許许傅沈曾彭呂吕蘇苏盧卢蔣蒋蔡賈贾丁魏薛葉叶閻阎余潘杜戴夏鍾钟汪田任姜范方石姚譚谭廖\
    鄒邹熊陸陆郝崔邱秦顧顾侯邵孟龍龙段雷錢钱湯汤尹黎易武賀贺賴赖龔龚";

/// What follows 乾 where it means "dry".
pub(super) const DRY: &str = "淨净燥旱枯癟瘪涸脆杯糧粮洗衣酪貨货草柴屍尸咳嘔呕笑爹媽妈娘瞪等熱热涼凉冰燒烧\
    煎煸煮炒鍋锅餾馏電电池濕湿果菜肉魚鱼絲丝麵面嗎吗了的掉裂透爽瘦粉飯饭薑姜葉叶澀涩渴潮\
    癬癣眼親亲兒儿女嚎號号急著着巴得不凈，。、";

/// Whether 着 follows this and 著 does not.
pub(super) fn is_verb(before: Option<char>) -> bool {
    is(BEFORE_ZHE, before)
}

// One copy of the search, not one a set.
#[inline(never)]
pub(super) fn is(set: &str, c: Option<char>) -> bool {
    c.is_some_and(|c| set.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_han_characters_and_punctuation_only() {
        for set in
            [BEFORE_ZHE, ENDS_IN_ZHU, BEFORE_ZHU, BEFORE_ZHAO, AFTER_ZHAO, AFTER_ZHU, FAMILIES, DRY]
        {
            assert!(set.chars().all(|c| c >= '\u{3001}'), "{set}");
        }
    }
}
