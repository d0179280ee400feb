use std::io::BufRead;
use ungarble::search::*;
fn main() {
    let mode = std::env::args().nth(1).unwrap_or_default();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        if mode == "lattice" {
            let m: Misreading = std::env::args().nth(2).unwrap().parse().unwrap();
            let mut ch = lattice::Channel::new(m);
            let t = std::time::Instant::now();
            match lattice::decode(&line, &mut ch) {
                None => println!("none"),
                Some(p) => {
                    let s: String = p.pieces.iter().flat_map(|p| p.text).flatten().collect();
                    println!(
                        "{} vs {} [{:?}]: {}",
                        p.cost,
                        ungarble::model::model().cost(&line),
                        t.elapsed(),
                        s
                    );
                    for q in p.pieces.iter().filter(|p| p.certainty < 1.0) {
                        print!("{:?}{:.2} ", q.text[0], q.certainty);
                    }
                    println!();
                }
            }
            continue;
        }
        if mode == "repair" {
            let t = std::time::Instant::now();
            let f = repair(&line, &mut Evidence::default(), false);
            println!(
                "{:?} alarm {} conf {:.3} standing {:.3} {}",
                t.elapsed(),
                ungarble::suspect::alarm(&line),
                f.confidence,
                f.standing,
                f.text
            );
            for p in &f.passes {
                println!(
                    "   lattice {} gain {} lead {} {}",
                    p.lattice,
                    p.gain / 8,
                    p.lead / 8,
                    p.chain
                );
            }
            continue;
        }
        if mode == "alarm" {
            println!("{}", ungarble::suspect::alarm(&line));
            continue;
        }
        if mode == "stat" {
            let cost = ungarble::model::model().active_cost(&line);
            let n = line.chars().filter(|c| !c.is_ascii()).count();
            let any: u32 = line
                .chars()
                .filter(|c| !c.is_ascii())
                .map(|c| ungarble::model::model().anywhere(c))
                .sum();
            println!("{n}\t{cost}\t{any}");
            continue;
        }
        let t = std::time::Instant::now();
        let r = readings(&line, &Evidence::default());
        println!("{:?}", t.elapsed());
        for x in r.iter().take(6) {
            println!("{:6} = {:6}+{:4} {} {}", x.cost(), x.text_cost, x.prior, x.chain, x.text);
        }
    }
}
