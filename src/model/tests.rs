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
fn looking_ahead_costs_what_the_step_does() {
    let mut state = State::default();
    for c in "A text, ОДИН, 一个。 ═══ é!".chars() {
        let ahead = model().ahead(&state, c);
        assert_eq!(ahead, model().step(&mut state, c), "{c}");
    }
}

#[test]
fn a_cost_is_counted_as_far_as_it_matters() {
    let text = "Für Menschen gefährlich";
    let cost = model().cost_in_full(text, Bits::MAX);
    // There is no mark in it.
    assert_eq!(model().cost(text), cost);
    let part = model().cost_in_full(text, cost / 2);
    assert!(cost / 2 < part && part < cost, "{part} of {cost}");
}

#[test]
fn a_row_holds_a_number_for_each_symbol() {
    let row = (1..=6).fold(Row::default(), Row::pushed);
    assert_eq!([0, 1, 2, 3].map(|at| row.get(at)), [6, 5, 4, 3]);
    let costs = [255, 255, 0, 255].into_iter().enumerate();
    let row = costs.fold(Row::default(), |row, (at, cost)| row.with(at, cost)).with(CONTEXT, 7);
    assert_eq!([0, 1, 2, 3, 4].map(|first| row.sum_from(first)), [765, 510, 255, 255, 0]);
}

/// What the last character of a text costs.
fn last(text: &str, step: impl Fn(&mut State, char) -> Bits) -> Bits {
    let mut state = State::default();
    text.chars().map(|c| step(&mut state, c)).last().unwrap()
}

#[test]
fn to_cjk_one_word_of_latin_is_as_good_as_another() {
    let cost = |text| last(text, |state, c| model().step(state, c));
    let known = cost("我们使用 the，");
    assert_eq!(cost("我们使用 Qwxz，"), known);
    assert!(known < 12 * BIT, "{known}");
    // A letter that stands alone may be what is left of something else.
    assert_ne!(cost("我们使用 Qwxz的"), cost("我们使用Q的"));
    // The first characters of CJK in a text are rarer.
    assert!(cost("They use Linux，") > cost("他们使用 Linux，"));
}

#[test]
fn marks_of_ascii_are_common_to_all_readings() {
    let text = "два'";
    let [most, full] = [
        last(text, |state, c| model().step(state, c)),
        last(text, |state, c| model().step_in_full(state, c)),
    ];
    assert_eq!(most, MARK);
    assert!(full > MARK, "{full}");
    assert!(last("два?", |state, c| model().step(state, c)) != MARK);
}
