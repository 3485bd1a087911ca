//! The parts of the search index: each write adds one, and reading goes through all of them. A few at a time are put together while
//! nobody writes, for a write that had to do it took many times as long as the others.

use crate::error::{Fault, Result};
use crate::store::{Reader, Writer};

/// FTS5 puts together the parts of a level once there are so many: its `usermerge`.
const MANY: u64 = 4;
/// So many pages of a part are written at a time: a few milliseconds, in which a save would wait.
const PAGES: u32 = 16;

/// Whether [`merge`] has something to do.
pub(in crate::notes) fn is_to_merge(r: &Reader) -> Result<bool> {
    // What FTS5 keeps of its parts, the "structure record" of its documentation, is the row 10.
    let record: Vec<u8> = r.conn().prepare_cached("SELECT block FROM note_search_data WHERE id = 10")?.query_row([], |row| row.get(0))?;
    Ok(read(&record).ok_or(Fault::Row("the parts of the search index"))?)
}

/// Puts some pages of the parts of a level together into one. It changes nothing of what is found.
pub(in crate::notes) fn merge(w: &Writer) -> Result<()> {
    w.conn().prepare_cached("INSERT INTO note_search (note_search, rank) VALUES ('merge', ?1)")?.execute([PAGES])?;
    Ok(())
}

/// A head of four bytes; how many levels there are, how many parts, how many pages were ever written; and of each level, how many of its
/// parts are being put together, how many there are, and three numbers for each.
fn read(record: &[u8]) -> Option<bool> {
    let mut rest = record.get(4..)?;
    let levels = number(&mut rest)?;
    number(&mut rest)?;
    number(&mut rest)?;
    for _ in 0..levels {
        let (begun, parts) = (number(&mut rest)?, number(&mut rest)?);
        if begun > 0 || parts >= MANY {
            return Some(true);
        }
        for _ in 0..3 * parts {
            number(&mut rest)?;
        }
    }
    Some(false)
}

/// A number as SQLite writes it: seven bits a byte, the highest first, all but the last with the eighth bit set. None here needs the ninth
/// byte, which would be another.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for _ in 0..8 {
        let (first, others) = rest.split_first()?;
        *rest = others;
        number = number << 7 | u64::from(first & 0x7f);
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::approval::approve;
    use crate::notes::drafts::finish_writing;
    use crate::notes::search;
    use crate::notes::tests::{desk, session, written};
    use crate::testing::Desk;

    fn value(desk: &Desk, sql: &str) -> i64 {
        desk.conn().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn parts(desk: &Desk) -> i64 {
        value(desk, "SELECT count(DISTINCT segid) FROM note_search_idx")
    }

    fn found(desk: &Desk, find: &str) -> String {
        format!("{:?}", desk.read(|r| search::notes(r, find, 100)).unwrap())
    }

    #[test]
    fn what_was_added_bit_by_bit_becomes_a_few_parts_which_say_the_same() {
        let mut desk = desk();
        // One write adds one part, and puts none together.
        for day in 1_u128..=14 {
            let session = session(&desk, day, &format!("2026-01-{day:02} 09:00"), &[1]);
            let words: String = (0..3000).map(|n| format!("word{n}x{day} ")).collect();
            let note = written(&mut desk, session, &format!("The nights, for day{day}. {words}"));
            desk.write(|w| finish_writing(w, note)).unwrap();
            if day % 2 == 0 {
                desk.write(|w| approve(w, note)).unwrap();
            }
        }
        assert_eq!(parts(&desk), 14);
        let finds = ["nights", "day3", "word7x12", "wo", "nothing"];
        let before = finds.map(|find| found(&desk, find));

        let mut steps = 0;
        while desk.read(is_to_merge).unwrap() {
            let written = value(&desk, "SELECT count(*) FROM note_search_data");
            desk.write(|w| merge(w)).unwrap();
            steps += 1;
            assert!(steps < 100, "there is no end to it, at {written} rows");
        }
        assert!(steps > 1, "it is done a little at a time");
        assert!(parts(&desk) < 4, "{} are left", parts(&desk));
        assert_eq!(finds.map(|find| found(&desk, find)), before);
        desk.conn().execute("INSERT INTO note_search (note_search, rank) VALUES ('integrity-check', 1)", []).unwrap();

        // FTS5 itself says that there is nothing left: such a write changes one row, the one that asked.
        let changes = value(&desk, "SELECT total_changes()");
        desk.write(|w| merge(w)).unwrap();
        // And the commit is counted.
        assert!(value(&desk, "SELECT total_changes()") - changes <= 2);
    }

    #[test]
    fn the_record_of_the_parts_is_read_as_it_is_documented() {
        assert_eq!(read(&[0, 0, 0, 1, 0, 0, 0]), Some(false));
        // One level of three parts, after 300 pages; then of four; then one of which two are being put together.
        assert_eq!(read(&[0, 0, 0, 1, 1, 3, 0x82, 0x2c, 0, 3, 1, 1, 9, 2, 1, 9, 3, 1, 9]), Some(false));
        assert_eq!(read(&[0, 0, 0, 1, 1, 4, 0x82, 0x2c, 0, 4, 1, 1, 9, 2, 1, 9, 3, 1, 9, 4, 1, 9]), Some(true));
        assert_eq!(read(&[0, 0, 0, 1, 2, 3, 7, 2, 2, 1, 1, 9, 2, 1, 9, 0, 1, 3, 1, 9]), Some(true));
        assert_eq!(read(&[0, 0, 0, 1, 1, 3, 0x82]), None);
    }
}
