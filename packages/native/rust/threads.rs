//! Threads that share the work of a kernel.

use gemm::Parallelism;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

thread_local! {
    /// The pool of the JavaScript thread that calls, which is one of its members: work begins at once, and others take
    /// part as soon as they are awake. A thread can be a member of one pool only.
    static POOL: OnceCell<Rc<ThreadPool>> = const { OnceCell::new() };
}

/// A number of threads. Work is cut into parts that do not depend on that number, so that neither do results.
pub struct Threads {
    count: usize,
    /// None for one thread, which is the caller's.
    pool: Option<Rc<ThreadPool>>,
}

impl Threads {
    pub fn start(count: usize) -> Result<Self, ThreadPoolBuildError> {
        let count = count.max(1);
        let pool = if count == 1 { None } else { Some(pool_of_thread(count)?) };
        Ok(Self { count, pool })
    }

    /// Does every part of some work, several at a time if it is worth waking threads for.
    pub fn each(&self, parts: usize, worthwhile: bool, work: impl Fn(usize) + Send + Sync) {
        match &self.pool {
            Some(pool) if worthwhile && parts > 1 => {
                let next = AtomicUsize::new(0);
                let take_parts = || {
                    loop {
                        let part = next.fetch_add(1, Ordering::Relaxed);
                        if part >= parts {
                            return;
                        }
                        work(part);
                    }
                };
                pool.in_place_scope(|scope| {
                    for _ in 1..self.count.min(parts) {
                        scope.spawn(|_| take_parts());
                    }
                    take_parts();
                });
            }
            _ => (0..parts).for_each(work),
        }
    }

    /// Does work that shares itself out as it is told.
    pub fn within(&self, worthwhile: bool, work: impl FnOnce(Parallelism) + Send) {
        match &self.pool {
            Some(pool) if worthwhile => {
                let parallelism = Parallelism::Rayon(self.count);
                pool.install(|| work(parallelism));
            }
            _ => work(Parallelism::None),
        }
    }
}

/// The calling thread's pool, of as many threads as there are processors, or as are wanted where these are more.
fn pool_of_thread(wanted: usize) -> Result<Rc<ThreadPool>, ThreadPoolBuildError> {
    POOL.with(|pool| {
        if let Some(pool) = pool.get() {
            return Ok(Rc::clone(pool));
        }
        let processors = available_parallelism().map_or(1, usize::from);
        let started = ThreadPoolBuilder::new()
            .num_threads(processors.max(wanted))
            .use_current_thread()
            .thread_name(|index| format!("xtm-{index}"))
            .build()?;
        Ok(Rc::clone(pool.get_or_init(|| Rc::new(started))))
    })
}

/// Where a part of so many elements begins; every part is a multiple of `unit` long but for the last.
pub fn part_begin(length: usize, parts: usize, part: usize, unit: usize) -> usize {
    (length.div_ceil(unit) * part / parts * unit).min(length)
}
