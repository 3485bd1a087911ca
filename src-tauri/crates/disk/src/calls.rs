//! The calls themselves, under the names and in the forms of the C library. On the systems that this is for (64-bit Linux) a mode that
//! was not given to `open` is a register that nobody reads.
//!
//! Where the kernel would copy between files by itself it says that it cannot, so that whoever copies reads and writes.

use std::ffi::{c_char, c_int, c_long, c_uint, c_void};

use libc::{AT_FDCWD, iovec, mode_t, off_t, size_t, ssize_t};

use crate::place::{is_there, length, of_descriptor, of_name, position};
use crate::{Call, Change, Kind, NUMBER, lock, watched};

/// Lets a call through, records it, or fails it. `path` is asked for only where a disk is watched; `change` only where it is recorded.
fn pass(
    call: impl FnOnce() -> Call,
    path: impl FnOnce() -> Option<Vec<u8>>,
    pretended: c_long,
    real: impl FnOnce() -> c_long,
    change: impl FnOnce(std::path::PathBuf, c_long) -> Option<Change>,
) -> c_long {
    if NUMBER.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        return real();
    }
    let Some((disk, path)) = path().and_then(|path| watched(&path)) else { return real() };
    // Held while the system works, so that what is recorded is in the order in which it was done.
    let mut state = lock(&disk.state);
    let met = state.meets(call());
    // The index of SQLite's log is memory that has a name: to lie about its length would take it from under the program.
    let met = met.filter(|fault| fault.errno.is_some() || !path.as_os_str().as_encoded_bytes().ends_with(b"-shm"));
    match met {
        None => {
            let done = real();
            if done >= 0
                && state.recorded.is_some()
                && let Some(change) = change(path, done)
            {
                state.tell(|| change);
            }
            done
        }
        Some(fault) => fault.errno.map_or(pretended, |errno| {
            // SAFETY: the address of this thread's own errno.
            unsafe { *libc::__errno_location() = errno };
            -1
        }),
    }
}

fn changing(kind: Kind) -> Call {
    Call { kind, changes: true, grows: false }
}

fn growing(kind: Kind) -> Call {
    Call { kind, changes: true, grows: true }
}

/// The path on the same disk.
fn beside(path: Option<Vec<u8>>) -> Option<std::path::PathBuf> {
    path.and_then(|path| watched(&path)).map(|(_, path)| path)
}

// --- opening ---------------------------------------------------------------------------------------------------------------------

/// # Safety
/// As of `openat`.
unsafe fn open_at(folder: c_int, name: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's, for all of these.
    let (there, path) = (|| unsafe { is_there(folder, name) }, || unsafe { of_name(folder, name) });
    let existed = NUMBER.load(std::sync::atomic::Ordering::SeqCst) > 0 && there();
    let makes = flags & libc::O_CREAT != 0 && !existed;
    let call = || Call { kind: Kind::Open, changes: flags & libc::O_ACCMODE != libc::O_RDONLY || makes, grows: makes };
    // SAFETY: the caller's.
    let real = || unsafe { libc::syscall(libc::SYS_openat, folder, name, flags, mode) };
    let change = |path, _| match (makes, flags & libc::O_TRUNC != 0) {
        (true, _) => Some(Change::Create { path }),
        (false, true) => Some(Change::Truncate { path, length: 0 }),
        (false, false) => None,
    };
    narrow(pass(call, path, -1, real, change))
}

fn narrow(answer: c_long) -> c_int {
    c_int::try_from(answer).unwrap_or(-1)
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(name: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { open_at(AT_FDCWD, name, flags, mode) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(name: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { open_at(AT_FDCWD, name, flags, mode) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat(folder: c_int, name: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { open_at(folder, name, flags, mode) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat64(folder: c_int, name: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { open_at(folder, name, flags, mode) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn creat(name: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { open_at(AT_FDCWD, name, libc::O_CREAT | libc::O_WRONLY | libc::O_TRUNC, mode) }
}

// --- reading and writing ---------------------------------------------------------------------------------------------------------

fn reads(fd: c_int, real: impl FnOnce() -> c_long) -> ssize_t {
    let call = || Call { kind: Kind::Read, changes: false, grows: false };
    pass(call, || of_descriptor(fd), 0, real, |_, _| None) as ssize_t
}

/// # Safety
/// `bytes` points to `count` of them. `at` is where they go; `None` is where the file stands.
unsafe fn writes(fd: c_int, bytes: *const c_void, count: size_t, at: Option<off_t>, real: impl FnOnce() -> c_long) -> ssize_t {
    let begins = || at.map_or_else(|| position(fd), |at| u64::try_from(at).unwrap_or_default());
    let call = || Call { kind: Kind::Write, changes: true, grows: begins() + count as u64 > length(fd) };
    let pretended = c_long::try_from(count).unwrap_or(c_long::MAX);
    let change = |path, done: c_long| {
        let done = usize::try_from(done).ok()?;
        // Appending moves first: where it ended tells where it began.
        let at = at.map_or_else(|| position(fd).saturating_sub(done as u64), |at| u64::try_from(at).unwrap_or_default());
        // SAFETY: so many were written, of those that the caller points to.
        let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), done) }.to_vec();
        Some(Change::Write { path, at, bytes })
    };
    pass(call, || of_descriptor(fd), pretended, real, change) as ssize_t
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(fd: c_int, into: *mut c_void, count: size_t) -> ssize_t {
    // SAFETY: the caller's.
    reads(fd, || unsafe { libc::syscall(libc::SYS_read, fd, into, count) })
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pread(fd: c_int, into: *mut c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: the caller's.
    reads(fd, || unsafe { libc::syscall(libc::SYS_pread64, fd, into, count, at) })
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pread64(fd: c_int, into: *mut c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: the caller's.
    reads(fd, || unsafe { libc::syscall(libc::SYS_pread64, fd, into, count, at) })
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn readv(fd: c_int, parts: *const iovec, number: c_int) -> ssize_t {
    // SAFETY: the caller's.
    reads(fd, || unsafe { libc::syscall(libc::SYS_readv, fd, parts, number) })
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    // SAFETY: the caller's.
    unsafe { writes(fd, bytes, count, None, || libc::syscall(libc::SYS_write, fd, bytes, count)) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite(fd: c_int, bytes: *const c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: the caller's.
    unsafe { writes(fd, bytes, count, Some(at), || libc::syscall(libc::SYS_pwrite64, fd, bytes, count, at)) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(fd: c_int, bytes: *const c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: the caller's.
    unsafe { writes(fd, bytes, count, Some(at), || libc::syscall(libc::SYS_pwrite64, fd, bytes, count, at)) }
}

/// The standard call; its parts are gathered first where the file is watched, so that they are one write.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn writev(fd: c_int, parts: *const iovec, number: c_int) -> ssize_t {
    if NUMBER.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        // SAFETY: the caller's.
        return unsafe { libc::syscall(libc::SYS_writev, fd, parts, number) } as ssize_t;
    }
    // SAFETY: the caller's: so many parts, each as long as it says.
    let whole: Vec<u8> = unsafe {
        let parts = std::slice::from_raw_parts(parts, usize::try_from(number).unwrap_or_default());
        let filled = parts.iter().filter(|part| part.iov_len > 0);
        filled.flat_map(|part| std::slice::from_raw_parts(part.iov_base.cast::<u8>(), part.iov_len)).copied().collect()
    };
    // SAFETY: the bytes are here.
    unsafe { write(fd, whole.as_ptr().cast(), whole.len()) }
}

/// The kernel does not copy by itself here.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn copy_file_range(_: c_int, _: *mut off_t, _: c_int, _: *mut off_t, _: size_t, _: c_uint) -> ssize_t {
    cannot()
}

/// The kernel does not copy by itself here.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sendfile(_: c_int, _: c_int, _: *mut off_t, _: size_t) -> ssize_t {
    cannot()
}

/// The kernel does not copy by itself here.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sendfile64(_: c_int, _: c_int, _: *mut off_t, _: size_t) -> ssize_t {
    cannot()
}

fn cannot() -> ssize_t {
    // SAFETY: the address of this thread's own errno.
    unsafe { *libc::__errno_location() = libc::ENOSYS };
    -1
}

// --- waiting, and lengths --------------------------------------------------------------------------------------------------------

fn syncs(fd: c_int, number: c_long) -> c_int {
    // SAFETY: takes a number alone.
    let real = || unsafe { libc::syscall(number, fd) };
    let call = || Call { kind: Kind::Sync, changes: false, grows: false };
    narrow(pass(call, || of_descriptor(fd), 0, real, |path, _| Some(Change::Sync { path })))
}

/// The standard call.
#[unsafe(no_mangle)]
pub extern "C" fn fsync(fd: c_int) -> c_int {
    syncs(fd, libc::SYS_fsync)
}

/// The standard call.
#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(fd: c_int) -> c_int {
    syncs(fd, libc::SYS_fdatasync)
}

/// The standard call.
#[unsafe(no_mangle)]
pub extern "C" fn ftruncate(fd: c_int, to: off_t) -> c_int {
    let to_length = u64::try_from(to).unwrap_or_default();
    let call = || Call { kind: Kind::Truncate, changes: true, grows: to_length > length(fd) };
    // SAFETY: takes numbers alone.
    let real = || unsafe { libc::syscall(libc::SYS_ftruncate, fd, to) };
    narrow(pass(call, || of_descriptor(fd), 0, real, |path, _| Some(Change::Truncate { path, length: to_length })))
}

/// The standard call.
#[unsafe(no_mangle)]
pub extern "C" fn ftruncate64(fd: c_int, to: off_t) -> c_int {
    ftruncate(fd, to)
}

// --- names -----------------------------------------------------------------------------------------------------------------------

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn renameat2(from: c_int, name: *const c_char, to: c_int, new: *const c_char, flags: c_uint) -> c_int {
    // SAFETY: the caller's.
    let (path, target) = unsafe { (|| of_name(from, name), || beside(of_name(to, new))) };
    // SAFETY: the caller's.
    let real = || unsafe { libc::syscall(libc::SYS_renameat2, from, name, to, new, flags) };
    narrow(pass(|| changing(Kind::Rename), path, 0, real, |from, _| Some(Change::Rename { from, to: target()? })))
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn renameat(from: c_int, name: *const c_char, to: c_int, new: *const c_char) -> c_int {
    // SAFETY: the caller's.
    unsafe { renameat2(from, name, to, new, 0) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rename(name: *const c_char, new: *const c_char) -> c_int {
    // SAFETY: the caller's.
    unsafe { renameat2(AT_FDCWD, name, AT_FDCWD, new, 0) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlinkat(folder: c_int, name: *const c_char, flags: c_int) -> c_int {
    // SAFETY: the caller's.
    let (path, real) = unsafe { (|| of_name(folder, name), || libc::syscall(libc::SYS_unlinkat, folder, name, flags)) };
    narrow(pass(|| changing(Kind::Unlink), path, 0, real, |path, _| Some(Change::Unlink { path })))
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlink(name: *const c_char) -> c_int {
    // SAFETY: the caller's.
    unsafe { unlinkat(AT_FDCWD, name, 0) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rmdir(name: *const c_char) -> c_int {
    // SAFETY: the caller's.
    unsafe { unlinkat(AT_FDCWD, name, libc::AT_REMOVEDIR) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mkdirat(folder: c_int, name: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    let (path, real) = unsafe { (|| of_name(folder, name), || libc::syscall(libc::SYS_mkdirat, folder, name, mode)) };
    narrow(pass(|| growing(Kind::MakeFolder), path, 0, real, |path, _| Some(Change::MakeFolder { path })))
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mkdir(name: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: the caller's.
    unsafe { mkdirat(AT_FDCWD, name, mode) }
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn linkat(from: c_int, name: *const c_char, to: c_int, new: *const c_char, flags: c_int) -> c_int {
    // SAFETY: the caller's.
    let (path, target) = unsafe { (|| of_name(from, name), || beside(of_name(to, new))) };
    // SAFETY: the caller's.
    let real = || unsafe { libc::syscall(libc::SYS_linkat, from, name, to, new, flags) };
    narrow(pass(|| growing(Kind::Link), path, 0, real, |from, _| Some(Change::Link { from, to: target()? })))
}

/// The standard call.
///
/// # Safety
/// As of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn link(name: *const c_char, new: *const c_char) -> c_int {
    // SAFETY: the caller's.
    unsafe { linkat(AT_FDCWD, name, AT_FDCWD, new, 0) }
}

// --- memory ----------------------------------------------------------------------------------------------------------------------

/// Keeps nothing from being swapped: SQLCipher asks for it with every piece of memory, which takes two thirds of a test's time, and no
/// file is touched by it.
#[unsafe(no_mangle)]
pub extern "C" fn mlock(_: *const c_void, _: size_t) -> c_int {
    0
}

/// See [`mlock`].
#[unsafe(no_mangle)]
pub extern "C" fn munlock(_: *const c_void, _: size_t) -> c_int {
    0
}
