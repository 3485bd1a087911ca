//! Which file a call is about: the full path of a descriptor, or of a name in a folder.

use std::ffi::{CStr, c_char, c_int};

/// The room for a path.
const LONGEST: usize = 4096;

/// The path of what a descriptor has open, as the system knows it now; none for a file whose name is gone.
pub fn of_descriptor(fd: c_int) -> Option<Vec<u8>> {
    let link = format!("/proc/self/fd/{fd}\0");
    let mut path = vec![0_u8; LONGEST];
    // SAFETY: `link` ends with a zero byte, and `path` has the room that is said.
    let length = unsafe { libc::readlink(link.as_ptr().cast(), path.as_mut_ptr().cast(), path.len()) };
    path.truncate(usize::try_from(length).ok()?);
    (path.first() == Some(&b'/') && !path.ends_with(b" (deleted)")).then_some(path)
}

/// The full path of a name, as seen from the folder that a descriptor has open, or from where the process is.
///
/// # Safety
/// `name` points to a text that ends with a zero byte.
pub unsafe fn of_name(folder: c_int, name: *const c_char) -> Option<Vec<u8>> {
    if name.is_null() {
        return None;
    }
    // SAFETY: the caller's.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    if name.starts_with(b"/") {
        return Some(name.to_vec());
    }
    let mut path = if folder == libc::AT_FDCWD { here()? } else { of_descriptor(folder)? };
    path.push(b'/');
    path.extend_from_slice(name);
    Some(path)
}

fn here() -> Option<Vec<u8>> {
    let mut path = vec![0_u8; LONGEST];
    // SAFETY: `path` has the room that is said.
    let found = unsafe { libc::getcwd(path.as_mut_ptr().cast(), path.len()) };
    path.truncate(path.iter().position(|byte| *byte == 0)?);
    (!found.is_null()).then_some(path)
}

/// Whether there is something of that name.
///
/// # Safety
/// `name` points to a text that ends with a zero byte.
pub unsafe fn is_there(folder: c_int, name: *const c_char) -> bool {
    // SAFETY: the caller's.
    unsafe { libc::faccessat(folder, name, libc::F_OK, libc::AT_SYMLINK_NOFOLLOW) == 0 }
}

/// The length of an open file.
pub fn length(fd: c_int) -> u64 {
    // SAFETY: a `stat` of zeros is a value, and `fstat` fills it.
    let found = unsafe {
        let mut found: libc::stat = std::mem::zeroed();
        (libc::fstat(fd, &raw mut found) == 0).then_some(found.st_size)
    };
    found.and_then(|length| u64::try_from(length).ok()).unwrap_or_default()
}

/// Where the next byte would be read or written.
pub fn position(fd: c_int) -> u64 {
    // SAFETY: moves nothing.
    u64::try_from(unsafe { libc::lseek(fd, 0, libc::SEEK_CUR) }).unwrap_or_default()
}
