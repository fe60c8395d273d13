//! Reading processes: what the library can only load whole is read where a death costs one file.
//!
//! A reading process is this same binary with a hidden first argument. It limits its own memory, then answers
//! requests on its standard input until that ends. Frames: a 32-bit little-endian length, then so many bytes. A request
//! is a kind (one byte), the length of the file's name (32 bits), the name, the file; an answer is what
//! [`crate::sheet::wire`] makes of a book or a finding.

use std::{
    ffi::OsString,
    io::{self, BufReader, Read, Write},
    num::NonZero,
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio},
    sync::{Condvar, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use super::room::READERS;
use crate::{
    diag::{Code, Diagnostic, Place},
    sheet::{
        Book, FileKind,
        limits::{FILE_BYTES, HEAVY_BYTES},
        read_loaded, wire,
    },
};

/// The hidden first argument that makes this binary a reading process.
pub const ARGUMENT: &str = "__read-worker";

/// Memory all reading processes together may take: with the main process they stay within 512 MB. Where several read
/// at once each has its share; a heavy file is read alone and has all of it.
const ALL_BYTES: u64 = 256 << 20;
/// More processes than this would leave each too little.
const MOST_WORKERS: usize = READERS;
/// Time one file may take; an honest one takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of a name in a request.
const NAME_BYTES: usize = 4_096;
/// Bytes of an answer: the texts and cells of [`crate::sheet::limits`] with room for names and formulas.
const ANSWER_BYTES: usize = 128 << 20;

/// Reading processes, started when first needed, used again, replaced after a death (读取进程池).
#[derive(Debug)]
pub struct Pool {
    program: Option<PathBuf>,
    state: Mutex<State>,
    freed: Condvar,
    most: usize,
    patience: Duration,
}

#[derive(Debug, Default)]
struct State {
    idle: Vec<Worker>,
    busy: usize,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Default for Pool {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Pool {
    /// A pool over `program`, or over the running program itself; one process per core at most.
    #[must_use]
    pub fn new(program: Option<PathBuf>) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self {
            program,
            state: Mutex::default(),
            freed: Condvar::new(),
            most: cores.min(MOST_WORKERS),
            patience: PATIENCE,
        }
    }

    /// The same pool with another patience.
    #[must_use]
    pub const fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Reads a file for which [`FileKind::needs_worker`] holds; `file` is its name in findings.
    ///
    /// # Errors
    /// The finding of the reading process, or [`Code::ReaderLost`] if it died or took too long.
    #[expect(clippy::result_large_err, reason = "one per file")]
    pub fn read(&self, bytes: &[u8], kind: FileKind, file: &str) -> Result<Book, Diagnostic> {
        let lost = || Diagnostic::new(Code::ReaderLost, Place::File { file: file.to_owned() }, "");
        let Some(head) = request_head(bytes.len(), kind, file) else {
            return read_loaded(bytes, kind, file);
        };
        let request = [&head[..], bytes];
        if bytes.len() as u64 > HEAVY_BYTES {
            self.rest();
            let mut worker = self.start(ALL_BYTES).ok_or_else(lost)?;
            let answer = worker.ask(request, self.patience);
            worker.end();
            return match answer {
                Answer::Book(outcome) => *outcome,
                Answer::Unasked | Answer::Lost => Err(lost()),
            };
        }
        let (mut worker, reused) = self.take().ok_or_else(lost)?;
        let mut answer = worker.ask(request, self.patience);
        // A process that died between two files says nothing about this one.
        if matches!(answer, Answer::Unasked) && reused {
            worker.end();
            let Some(fresh) = self.start(self.share()) else {
                self.give_back(None);
                return Err(lost());
            };
            worker = fresh;
            answer = worker.ask(request, self.patience);
        }
        match answer {
            Answer::Book(outcome) => {
                self.give_back(Some(worker));
                *outcome
            }
            Answer::Unasked | Answer::Lost => {
                worker.end();
                self.give_back(None);
                Err(lost())
            }
        }
    }

    /// A process to use, and whether it has been used before; waits while all are busy.
    fn take(&self) -> Option<(Worker, bool)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.idle.is_empty() && state.busy >= self.most {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.busy += 1;
        let idle = state.idle.pop();
        drop(state);
        let taken = match idle {
            Some(worker) => Some((worker, true)),
            None => self.start(self.share()).map(|worker| (worker, false)),
        };
        if taken.is_none() {
            self.give_back(None);
        }
        taken
    }

    fn give_back(&self, worker: Option<Worker>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.busy = state.busy.saturating_sub(1);
        state.idle.extend(worker);
        drop(state);
        self.freed.notify_one();
    }

    /// Ends the processes that have nothing to do, before something heavy is read.
    pub fn rest(&self) {
        let idle = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut state.idle)
        };
        idle.into_iter().for_each(Worker::end);
    }

    /// Memory each of several processes may take.
    const fn share(&self) -> u64 {
        ALL_BYTES / self.most as u64
    }

    /// A new process that limits itself to so many bytes.
    fn start(&self, share: u64) -> Option<Worker> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => std::env::current_exe().ok()?,
        };
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            .arg(share.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (requests, answers) = (child.stdin.take()?, child.stdout.take()?);
        Some(Worker { child, requests, answers: BufReader::new(answers) })
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.idle.drain(..).for_each(Worker::end);
    }
}

/// What came of asking.
enum Answer {
    Book(Box<Result<Book, Diagnostic>>),
    /// The request could not be handed over.
    Unasked,
    /// No answer, or one that makes no sense.
    Lost,
}

impl Worker {
    /// Hands a request over and waits for the answer; a process that takes too long is ended.
    fn ask(&mut self, request: [&[u8]; 2], patience: Duration) -> Answer {
        let Self { child, requests, answers } = self;
        let (done, wait) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                if wait.recv_timeout(patience) == Err(mpsc::RecvTimeoutError::Timeout) {
                    // It may have ended by itself meanwhile; then there is nothing to end.
                    drop(child.kill());
                }
            });
            let handed = request.iter().try_for_each(|part| requests.write_all(part));
            let answer = if handed.and_then(|()| requests.flush()).is_err() {
                Answer::Unasked
            } else {
                match frame(answers, ANSWER_BYTES) {
                    Ok(Some(bytes)) => wire::decode(&bytes)
                        .map_or(Answer::Lost, |outcome| Answer::Book(Box::new(outcome))),
                    Ok(None) | Err(_) => Answer::Lost,
                }
            };
            drop(done);
            answer
        })
    }

    /// Ends the process and waits for it, so that none is left behind.
    fn end(mut self) {
        // Failing means that it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What stands before a file of `size` bytes in a request; none for kinds that need no process.
fn request_head(size: usize, kind: FileKind, file: &str) -> Option<Vec<u8>> {
    let kind = match kind {
        FileKind::Xls => 0_u8,
        FileKind::Xlsb => 1,
        _ => return None,
    };
    let end = file.floor_char_boundary(NAME_BYTES);
    let name = &file.as_bytes()[..end];
    if size > FILE_BYTES {
        return None;
    }
    let length = 5 + name.len() + size;
    let mut out = Vec::with_capacity(9 + name.len());
    out.extend(u32::try_from(length).ok()?.to_le_bytes());
    out.push(kind);
    out.extend(u32::try_from(name.len()).ok()?.to_le_bytes());
    out.extend_from_slice(name);
    Some(out)
}

/// The next frame of at most `most` bytes; none at the end.
fn frame(from: &mut impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0_u8; 4];
    match from.read_exact(&mut length) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(e) => return Err(e),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// The work of a reading process: limits itself, then answers until its standard input ends.
#[must_use]
pub fn worker_main() -> ExitCode {
    let bytes = std::env::args_os().nth(2).and_then(|a: OsString| a.to_str()?.parse().ok());
    if !limit_memory(bytes.unwrap_or(ALL_BYTES / MOST_WORKERS as u64)) {
        return ExitCode::FAILURE;
    }
    match serve(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Limits what this process may allocate. On Linux a process that cannot limit itself reads nothing.
#[cfg(unix)]
fn limit_memory(bytes: u64) -> bool {
    // RLIMIT_DATA counts what is allocated (brk and private mappings since Linux 4.7), not the program's own size.
    let limited = rlimit::setrlimit(rlimit::Resource::DATA, bytes, bytes).is_ok();
    // No core file of somebody's data when it dies.
    drop(rlimit::setrlimit(rlimit::Resource::CORE, 0, 0));
    limited || !cfg!(target_os = "linux")
}

/// Other systems have no such limit; the patience of the pool still holds.
#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> bool {
    true
}

/// Answers every request.
fn serve(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    while let Some(request) = frame(from, FILE_BYTES + NAME_BYTES + 16)? {
        let answer = wire::encode(&answer(&request)?);
        drop(request);
        let length = u32::try_from(answer.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        to.write_all(&length.to_le_bytes())?;
        to.write_all(&answer)?;
        to.flush()?;
    }
    Ok(())
}

#[expect(clippy::result_large_err, reason = "one per file")]
fn answer(request: &[u8]) -> io::Result<Result<Book, Diagnostic>> {
    let bad = || io::Error::from(io::ErrorKind::InvalidData);
    let (kind, rest) = request.split_first().ok_or_else(bad)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(bad)?;
    let (name, bytes) =
        rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(bad)?;
    let kind = match kind {
        0 => FileKind::Xls,
        1 => FileKind::Xlsb,
        _ => return Err(bad()),
    };
    let name = String::from_utf8_lossy(name);
    // The library panics on some damaged files; what it was building is dropped with it.
    let read = std::panic::catch_unwind(|| read_loaded(bytes, kind, &name));
    Ok(read.unwrap_or_else(|_| {
        let place = Place::File { file: name.clone().into_owned() };
        Err(Diagnostic::new(Code::FileDamaged, place, name.as_ref()))
    }))
}
