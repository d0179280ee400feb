//! What normalization costs: nanoseconds a byte of presets on intact text, of each
//! step on a mixture of languages, and how the time grows with adversarial input.
//!
//! `cargo bench --bench normalize`. Plain timing, the best of several runs: it shows
//! orders and ratios, and above 1 MB the cost of memory too. To count instructions
//! instead, run `valgrind --tool=callgrind` on the built bench with `--one STEP INPUT
//! KILOBYTES`: one step, or `safe` or `strict`, once, on the adversarial input whose name begins
//! with INPUT.

use std::hint::black_box;
use std::time::{Duration, Instant};
use ungarble::normalize::{Normalization, Switch};

const MEGABYTE: usize = 1 << 20;

const INTACT: [(&str, &str); 9] = [
    ("ASCII", "The ferry left the harbour at six, with forty bicycles and one piano on board.\n"),
    (
        "German",
        "Für die Überfahrt brauchten wir zwölf Stunden, schließlich blies der Wind von Osten.\n",
    ),
    ("Vietnamese", "Chiếc phà rời bến lúc sáu giờ sáng, trên boong có bốn mươi chiếc xe đạp.\n"),
    ("Russian", "Паром отошёл от причала в шесть часов утра, на борту было сорок велосипедов.\n"),
    ("Greek", "Το πλοίο έφυγε από το λιμάνι στις έξι το πρωί με σαράντα ποδήλατα.\n"),
    ("Chinese", "渡轮早上六点离开港口，船上有四十辆自行车和一架钢琴。“风从东边来。”船长说。\n"),
    ("Japanese", "フェリーは朝六時に港を出て、四十台の自転車とピアノを一台のせていた。\n"),
    ("Korean", "여객선은 아침 여섯 시에 항구를 떠났고 배에는 자전거 마흔 대가 실려 있었다.\n"),
    ("Hindi", "नाव सुबह छह बजे बंदरगाह से चली और उस पर चालीस साइकिलें थीं।\n"),
];

/// Inputs that make a careless step take more than linear time.
const ADVERSARIAL: [(&str, &str, &str); 14] = [
    ("combining marks, one class", "a", "\u{301}"),
    ("combining marks, falling classes", "a", "\u{315}\u{301}\u{327}\u{334}"),
    ("nested references", "&", "amp;"),
    ("references without an end", "", "&amp"),
    ("references out of references", "", "&#38;&#97;mp;"),
    ("ampersands", "", "&"),
    ("semicolons", "&", ";"),
    ("unfinished titles", "", "\u{1B}]0;"),
    ("unfinished colours", "", "\u{1B}[1;"),
    ("blanks in one line", "x", " "),
    ("brackets", "", "中(文"),
    ("zero-width characters", "x", "\u{200B}\u{FE0F}\u{E0041}"),
    ("stranded tags", "x", "</p>"),
    ("two alphabets in one word", "", "раypal"),
];

fn repeated(head: &str, unit: &str, bytes: usize) -> String {
    head.to_owned() + &unit.repeat(bytes / unit.len())
}

fn best(text: &str, steps: Normalization, runs: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(steps.apply(black_box(text)));
        start.elapsed()
    };
    (0..runs).map(|_| once()).min().unwrap_or_default()
}

fn nanoseconds(time: Duration, bytes: usize) -> f64 {
    time.as_secs_f64() * 1e9 / bytes as f64
}

/// Runs one step once, for tools that count instructions.
fn one(step: &str, input: &str, kilobytes: &str) {
    let steps = match step {
        "safe" => Normalization::safe(),
        "strict" => Normalization::strict(),
        name => Normalization::none().with(name.parse().expect("a step, safe or strict")),
    };
    let adversary = ADVERSARIAL.iter().find(|(name, ..)| name.starts_with(input));
    let (_, head, unit) = adversary.expect("the name of an adversarial input");
    let bytes = 1024 * kilobytes.parse::<usize>().expect("kilobytes");
    let text = repeated(head, unit, bytes);
    let (output, edits) = steps.apply(&text);
    println!("{} bytes, {} edits", output.len(), edits.len());
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, flag, step, input, kilobytes, ..] = args.as_slice()
        && flag == "--one"
    {
        return one(step, input, kilobytes);
    }
    // `cargo test --benches` runs this too; one small round is enough there.
    let testing = !std::env::args().any(|arg| arg == "--bench");
    let size = if testing { 1 << 12 } else { MEGABYTE };

    println!(
        "intact text, nanoseconds a byte\n{:<12} {:>8} {:>8} {:>8}",
        "", "safe", "corpus", "strict"
    );
    for (name, sentence) in INTACT {
        let text = repeated("", sentence, size);
        let cost = |steps| nanoseconds(best(&text, steps, 9), text.len());
        let (safe, corpus) = (cost(Normalization::safe()), cost(Normalization::corpus()));
        println!("{name:<12} {safe:>8.3} {corpus:>8.3} {:>8.3}", cost(Normalization::strict()));
    }

    println!("\neach step on a mixture of languages, nanoseconds a byte");
    let mixture: String = INTACT.iter().map(|(_, sentence)| *sentence).collect();
    let mixture = repeated("", &mixture, size);
    for switch in Switch::ALL {
        let time = best(&mixture, Normalization::none().with(*switch), 5);
        println!("{:<20} {:>8.3}", switch.name(), nanoseconds(time, mixture.len()));
    }

    println!("\npresets on adversarial input, seconds at 1, 2, 4, 8, 16 MB");
    for (name, head, unit) in ADVERSARIAL {
        for (preset, steps) in
            [("safe", Normalization::safe()), ("strict", Normalization::strict())]
        {
            let times = [1, 2, 4, 8, 16]
                .map(|times| best(&repeated(head, unit, times * size), steps, 3).as_secs_f64());
            let ratio = (times[4] / times[0]).powf(0.25);
            println!("{name:<34} {preset:<8} {times:>8.4?} × {ratio:.2}");
        }
    }
}
