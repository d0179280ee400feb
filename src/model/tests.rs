use super::*;

#[test]
fn meant_text_costs_less_than_its_misreadings() {
    for (meant, garbled) in [
        ("Für Menschen gefährlich", "FÃ¼r Menschen gefÃ¤hrlich"),
        ("Привет, как дела?", "РџСЂРёРІРµС‚, РєР°Рє РґРµР»Р°?"),
        ("Привет", "оПХБЕР"),
        ("今天天气很好", "浠婂ぉ澶╂皵寰堝ソ"),
        ("今日は天気がいい", "崱擔偼揤婥偑偄偄"),
        ("Zażółć gęślą jaźń", "Za¿ó³æ gêœl¹ jaŸñ"),
    ] {
        assert!(model().cost(meant) + 10 * BIT < model().cost(garbled), "{meant}");
    }
}

#[test]
fn steps_add_up_to_the_cost() {
    let text = "A text, один, 一个。";
    let mut state = State::default();
    let sum: Bits = text.chars().map(|c| model().step(&mut state, c)).sum();
    assert_eq!(sum + model().step(&mut state, ' '), model().cost(text));
}
