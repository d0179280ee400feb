//! Many hands, one order: results come out in the order in which their work went in.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

/// Small items a thread that may be under way beside the one it works on: where one takes
/// longer than those after it, the other threads need not wait.
pub const AHEAD: usize = 3;

/// Works on all items with `threads` threads and hands each result to `emit`, in
/// order, on the caller's thread. Ends early with the error of `emit`, if any.
///
/// At most `ahead` more items than threads are under way, so that memory stays bounded
/// however many there are: few where they are large, more where one may take longer than
/// those after it. Items are fetched by a thread of their own: a result goes out as
/// soon as it is there, also while the next item is still awaited. That thread is
/// left behind on an early end, since nothing can wake it from waiting for input.
///
/// # Panics
///
/// Where one of the threads does: nobody waits for what will not come.
pub fn in_order<T, R, E>(
    threads: usize,
    ahead: usize,
    mut items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Sync,
    mut emit: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
{
    if threads <= 1 {
        return items.try_for_each(|item| emit(work(item)));
    }
    let (event, events) = mpsc::channel::<Event<T, R>>();
    let (permit, permits) = mpsc::channel::<()>();
    for _ in 0..threads + ahead {
        let _ = permit.send(());
    }
    let fetched = event.clone();
    thread::spawn(move || {
        let fetched = Alarm(fetched);
        while let Ok(()) = permits.recv() {
            let next = items.next().map_or(Event::End, Event::Item);
            let ended = matches!(next, Event::End);
            if fetched.0.send(next).is_err() || ended {
                return;
            }
        }
    });
    let (to_do, queue) = mpsc::channel::<(usize, T)>();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (event, queue, work) = (Alarm(event.clone()), &queue, &work);
            scope.spawn(move || worker(queue, work, &event.0));
        }
        drop(event);
        // Dropped at the end of the items, or with an early return: that ends the
        // workers, and with them the events.
        let mut to_do = Some(to_do);
        let (mut sent, mut emitted) = (0, 0);
        let mut early = BTreeMap::new();
        for event in events {
            match event {
                Event::Item(item) => {
                    if let Some(to_do) = &to_do {
                        let _ = to_do.send((sent, item));
                    }
                    sent += 1;
                }
                Event::End => to_do = None,
                // The panic has been told of where it happened.
                Event::Panic => panic::resume_unwind(Box::new("a thread panicked")),
                Event::Done(index, result) => {
                    early.insert(index, result);
                }
            }
            while let Some(result) = early.remove(&emitted) {
                emit(result)?;
                emitted += 1;
                let _ = permit.send(());
            }
        }
        Ok(())
    })
}

/// What the caller's thread waits for.
enum Event<T, R> {
    Item(T),
    End,
    Done(usize, R),
    Panic,
}

/// Tells that its thread panicked, if it did.
struct Alarm<T, R>(Sender<Event<T, R>>);

impl<T, R> Drop for Alarm<T, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Event::Panic);
        }
    }
}

fn worker<T, R>(
    queue: &Mutex<Receiver<(usize, T)>>,
    work: &impl Fn(T) -> R,
    event: &Sender<Event<T, R>>,
) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, item)) = next else { return };
        if event.send(Event::Done(index, work(item))).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_order() {
        for threads in [1, 2, 7] {
            let mut out = Vec::new();
            let spin = |n: u64| (0..(n * 7919) % 1000).fold(n, |a, b| a ^ b ^ n);
            let emit = |(n, _)| {
                out.push(n);
                Ok::<(), ()>(())
            };
            in_order(threads, 2 * threads, 0..500, |n| (n, spin(n)), emit).unwrap();
            assert_eq!(out, (0..500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_ends_the_work() {
        let fine = |n: u64| if n < 100 { n } else { panic!("on purpose") };
        for threads in [1, 3] {
            let run = || in_order(threads, 1, (0..).map(fine), |n| n, |_| Ok::<(), ()>(()));
            assert!(std::panic::catch_unwind(run).is_err());
            let run = || in_order(threads, 1, 0.., fine, |_| Ok::<(), ()>(()));
            assert!(std::panic::catch_unwind(run).is_err());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut seen = 0;
        let stop = |_| {
            seen += 1;
            if seen == 3 { Err("enough") } else { Ok(()) }
        };
        assert_eq!(in_order(3, 1, 0.., |n: u64| n, stop), Err("enough"));
        assert_eq!(seen, 3);
    }
}
