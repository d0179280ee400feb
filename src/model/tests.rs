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

#[test]
fn a_row_holds_a_number_for_each_symbol() {
    let row = (1..=6).fold(Row::default(), Row::pushed);
    assert_eq!([0, 1, 2, 3].map(|at| row.get(at)), [6, 5, 4, 3]);
    let costs = [255, 255, 0, 255].into_iter().enumerate();
    let row = costs.fold(Row::default(), |row, (at, cost)| row.with(at, cost)).with(CONTEXT, 7);
    assert_eq!([0, 1, 2, 3, 4].map(|first| row.sum_from(first)), [765, 510, 255, 255, 0]);
}
