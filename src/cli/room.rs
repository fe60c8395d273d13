//! How much is read at once: memory stays within 512 MB, whatever the files and however many cores.

use std::{
    num::NonZero,
    sync::{Condvar, Mutex, PoisonError},
    thread,
};

/// Files read at the same time, at most. A light one takes up to 40 MB ([`crate::sheet::limits::HEAVY_BYTES`]), so four
/// take 160 MB; beside them stand the reading processes with 256 MB, and the program itself with its plan and ledger.
pub(super) const READERS: usize = 4;

/// Seats for those who read: a light file takes one, a heavy file or an archive takes all.
#[derive(Debug)]
pub(super) struct Room {
    free: Mutex<usize>,
    freed: Condvar,
    seats: usize,
}

/// Seats taken; given back when dropped.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    room: &'a Room,
    taken: usize,
}

impl Default for Room {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let seats = cores.min(READERS);
        Self { free: Mutex::new(seats), freed: Condvar::new(), seats }
    }
}

impl Room {
    /// Waits for one seat, or for all of them.
    pub(super) fn enter(&self, alone: bool) -> Seat<'_> {
        let taken = if alone { self.seats } else { 1 };
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < taken {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= taken;
        Seat { room: self, taken }
    }
}

impl Seat<'_> {
    /// Whether nobody else reads meanwhile.
    pub(super) const fn is_alone(&self) -> bool {
        self.taken == self.room.seats
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        *self.room.free.lock().unwrap_or_else(PoisonError::into_inner) += self.taken;
        self.room.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn who_reads_alone_meets_nobody() {
        let room = Room { free: Mutex::new(3), freed: Condvar::new(), seats: 3 };
        let inside = AtomicUsize::new(0);
        thread::scope(|scope| {
            for n in 0..24 {
                let (room, inside) = (&room, &inside);
                scope.spawn(move || {
                    let seat = room.enter(n % 4 == 0);
                    let here = inside.fetch_add(seat.taken, Ordering::SeqCst) + seat.taken;
                    assert!(here <= 3);
                    assert_eq!(seat.is_alone(), n % 4 == 0);
                    thread::yield_now();
                    inside.fetch_sub(seat.taken, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(*room.free.lock().unwrap_or_else(PoisonError::into_inner), 3);
    }
}
