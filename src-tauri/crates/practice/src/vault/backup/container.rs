//! The tar around the parts, written and read in one fixed form.
//!
//! The reader builds the header that the writer would have written and takes no other, byte for byte. So there is no name, kind, link
//! or extension that a backup could bring with it, and no bit outside the parts that could be changed unnoticed.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

use tar::{EntryType, Header};

/// Tar counts in blocks.
pub(super) const BLOCK: u64 = 512;
/// Two empty blocks end it.
const END: usize = 1024;
const CHUNK: usize = 1 << 16;

fn header(name: &str, size: u64, seconds: u64) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(name)?;
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(seconds);
    header.set_size(size);
    header.set_cksum();
    Ok(header)
}

fn padding(size: u64) -> u64 {
    size.next_multiple_of(BLOCK) - size
}

/// How many bytes a tar takes in which `size` bytes of its last part follow a header that ends at `at`.
pub(super) fn whole_length(at: u64, size: u64) -> Option<u64> {
    at.checked_add(size.checked_next_multiple_of(BLOCK)?)?.checked_add(END as u64)
}

/// Writes a tar.
pub(super) struct Packer<W> {
    out: W,
    seconds: u64,
}

impl<W: Write> Packer<W> {
    /// All parts are of the same second.
    pub fn new(out: W, seconds: u64) -> Self {
        Self { out, seconds }
    }

    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64;
        self.begin(name, size)?;
        self.out.write_all(bytes)?;
        self.end(size)
    }

    /// The header; then so many bytes are written to `out` and `end` is called.
    pub fn begin(&mut self, name: &str, size: u64) -> io::Result<()> {
        self.out.write_all(header(name, size, self.seconds)?.as_bytes())
    }

    pub fn end(&mut self, size: u64) -> io::Result<()> {
        io::copy(&mut io::repeat(0).take(padding(size)), &mut self.out).map(drop)
    }

    pub fn out(&mut self) -> &mut W {
        &mut self.out
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&[0; END])?;
        Ok(self.out)
    }
}

impl<W: Write + Seek> Packer<W> {
    /// A part whose length is known only once it is written.
    pub fn streamed<E: From<io::Error>>(&mut self, name: &str, write: impl FnOnce(&mut W) -> Result<(), E>) -> Result<(), E> {
        let at = self.out.stream_position()?;
        self.begin(name, 0)?;
        write(&mut self.out)?;
        let end = self.out.stream_position()?;
        let size = end - at - BLOCK;
        self.out.seek(SeekFrom::Start(at))?;
        self.begin(name, size)?;
        self.out.seek(SeekFrom::Start(end))?;
        Ok(self.end(size)?)
    }
}

/// Reads a tar.
pub(super) struct Unpacker<R> {
    input: R,
    seconds: Option<u64>,
}

impl<R: Read> Unpacker<R> {
    pub fn new(input: R) -> Self {
        Self { input, seconds: None }
    }

    /// The second that the first header has, which all others must have.
    pub fn seconds(&self) -> Option<u64> {
        self.seconds
    }

    pub fn input(&mut self) -> &mut R {
        &mut self.input
    }

    /// The size of the next part, which must have this name and no more than so many bytes.
    pub fn begin(&mut self, name: &str, most: u64) -> io::Result<u64> {
        let mut block = [0; BLOCK as usize];
        self.input.read_exact(&mut block)?;
        let found = Header::from_byte_slice(&block);
        let (size, seconds) = (found.entry_size().map_err(|_| wrong())?, found.mtime().map_err(|_| wrong())?);
        if size > most || self.seconds.is_some_and(|known| known != seconds) || header(name, size, seconds)?.as_bytes() != &block {
            return Err(wrong());
        }
        self.seconds = Some(seconds);
        Ok(size)
    }

    pub fn whole(&mut self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let size = self.begin(name, most)?;
        let mut bytes = Vec::new();
        (&mut self.input).take(size).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != size {
            return Err(wrong());
        }
        self.end(size)?;
        Ok(bytes)
    }

    /// Passes on the bytes of a part that has begun, and ends it.
    pub fn each<E: From<io::Error>>(
        &mut self,
        size: u64,
        unread: impl Fn(&io::Error) -> E,
        mut sink: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut left, mut chunk) = (size, vec![0; CHUNK]);
        while left > 0 {
            let now = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
            self.input.read_exact(&mut chunk[..now]).map_err(|error| unread(&error))?;
            sink(&chunk[..now])?;
            left -= now as u64;
        }
        self.end(size).map_err(|error| unread(&error))
    }

    pub fn end(&mut self, size: u64) -> io::Result<()> {
        self.zeros(padding(size))
    }

    /// That nothing follows.
    pub fn finish(mut self) -> io::Result<()> {
        self.zeros(END as u64)?;
        let mut more = [0];
        loop {
            match self.input.read(&mut more) {
                Ok(0) => return Ok(()),
                Ok(_) => return Err(wrong()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn zeros(&mut self, number: u64) -> io::Result<()> {
        let mut bytes = [0; END];
        let bytes = &mut bytes[..usize::try_from(number).unwrap_or(END).min(END)];
        self.input.read_exact(bytes)?;
        if bytes.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(wrong()) }
    }
}

fn wrong() -> io::Error {
    ErrorKind::InvalidData.into()
}
