//! Files as other programs write them, and what holds for any bytes at all.

use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;

use super::*;
use crate::clients::ClientStatus;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/import/", $name))
    };
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn imported(bytes: &[u8]) -> Vec<(Candidate, Vec<Problem>)> {
    let sheet = read(bytes).unwrap();
    candidates(&sheet, &guess(&sheet), on("2026-01-15"))
}

fn kinds(problems: &[Problem]) -> Vec<ProblemKind> {
    problems.iter().map(|p| p.what.clone()).collect()
}

#[test]
fn an_export_of_client_details_is_understood_whole() {
    let rows = imported(fixture!("client-details.csv"));
    assert_eq!(rows.len(), 4);
    let (amara, problems) = &rows[0];
    assert_eq!(problems, &[]);
    let phone = Phone { number: "(555) 010-0142".into(), remark: String::new() };
    assert_eq!(
        *amara,
        Candidate {
            row: 2,
            last_name: "Oyelaran".into(),
            first_name: "Amara".into(),
            born: Some(on("1991-07-19")),
            started: Some(on("2025-03-06")),
            emails: vec!["amara@oyelaran.example".into()],
            phones: vec![phone],
            address: "14 Alder Street, Durham NC 27701, US".into(),
            status: Some(ClientStatus::Active),
            time_zone: "America/New_York".into(),
            remark: "Primary Clinician: Ines Halloran\nPrefers mornings".into(),
            ..Candidate::default()
        }
    );
    let tomasz = &rows[1].0;
    assert_eq!((tomasz.first_name.as_str(), tomasz.preferred_name.as_str()), ("Tomasz Jan", "Tomek"));
    assert_eq!(tomasz.phones[1], Phone { number: "(555) 010-0188".into(), remark: "Home".into() });
    // 06/17 in another row of the column settles which number is the month; 11/02 alone would not.
    assert_eq!((tomasz.started, tomasz.born), (Some(on("2024-06-17")), Some(on("1984-11-02"))));
    assert_eq!((rows[2].0.last_name.as_str(), rows[2].0.status), ("Suparman", Some(ClientStatus::Waiting)));
    assert_eq!(rows[2].0.remark, "Said: \"ring after six\"");
    assert_eq!(kinds(&rows[2].1), []);
    assert_eq!(kinds(&rows[3].1), [ProblemKind::NoName]);
}

#[test]
fn a_plain_sheet_shows_its_doubts_by_row_and_column() {
    let rows = imported(fixture!("snake-case.csv"));
    assert_eq!(rows[0].1, []);
    assert_eq!(rows[0].0.phones[0].number, "=+233205550148");
    assert_eq!(rows[0].0.remark, "referred_by: Dr Osei");
    let at = |column: u32, header: &str, what| Problem { row: 3, column: Some(column), header: header.into(), what };
    assert_eq!(
        rows[1].1,
        [
            at(5, "e_mail", ProblemKind::DoubtfulEmail { seen: "asa@lindqvist".into() }),
            at(8, "start_date", ProblemKind::NotADate { seen: "2025-13-02".into(), readings: vec![on("2025-02-13")] }),
            at(9, "active", ProblemKind::UnknownStatus { seen: "maybe".into() }),
        ]
    );
    assert_eq!(rows[1].0.remark, "active: maybe");
    assert_eq!(kinds(&rows[2].1), [ProblemKind::NoLastName]);
    assert_eq!((rows[2].0.last_name.as_str(), rows[2].0.first_name.as_str()), ("Mohammed", ""));
    assert_eq!(rows[2].0.status, Some(ClientStatus::Discharged));
}

#[test]
fn a_german_sheet_in_the_windows_code_page_keeps_its_umlauts() {
    let sheet = read(fixture!("german-windows-1252.csv")).unwrap();
    assert_eq!((sheet.delimiter, sheet.encoding), (';', Encoding::Windows1252));
    let rows = candidates(&sheet, &guess(&sheet), on("2026-01-15"));
    let (first, problems) = &rows[0];
    assert_eq!(problems, &[]);
    assert_eq!((first.last_name.as_str(), first.first_name.as_str()), ("Müller-Weiß", "Jörg"));
    assert_eq!((first.born, first.address.as_str()), (Some(on("1975-04-03")), "Ahornweg 3, Köln 50667"));
    assert_eq!(rows[1].0.born, Some(on("1988-07-19")));
}

#[test]
fn utf_16_with_tabs_keeps_names_of_any_culture() {
    let rows = imported(fixture!("utf16-tabs.csv"));
    assert_eq!((rows[0].0.last_name.as_str(), rows[0].0.first_name.as_str()), ("Hà", "Nguyễn Thị Minh"));
    assert_eq!((rows[1].0.last_name.as_str(), rows[1].0.born), ("Einarsdóttir", Some(on("1981-03-05"))));
}

#[test]
fn line_breaks_inside_quotes_are_part_of_the_cell() {
    let rows = imported(fixture!("quoted-newlines.csv"));
    assert_eq!(rows[0].0.address, "Via delle Rose 4, 00100 Roma, Italia");
    assert_eq!(rows[0].0.remark, "First line, with comma\nSecond \"line\"");
    assert_eq!((rows[1].0.row, rows[1].0.last_name.as_str()), (3, "Tanaka"));
}

#[test]
fn ragged_rows_are_read_and_long_ones_said() {
    let rows = imported(fixture!("ragged.csv"));
    let names: Vec<_> = rows.iter().map(|(c, _)| (c.row, c.last_name.as_str())).collect();
    assert_eq!(names, [(2, "Short"), (3, "Exact"), (4, "Long"), (6, "Blank")]);
    assert_eq!(kinds(&rows[2].1), [ProblemKind::ExtraCells { expected: 3, seen: 4 }]);
    assert_eq!(rows[2].0.remark, "Column 4: left over");
    assert!(rows[0].1.is_empty());
}

#[test]
fn an_unclosed_quote_blocks_its_row_and_says_where_it_is() {
    let rows = imported(fixture!("unclosed-quote.csv"));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].1, []);
    assert_eq!(rows[1].1, [Problem { row: 3, column: Some(3), header: "Notes".into(), what: ProblemKind::UnclosedQuote }]);
    assert!(rows[1].1[0].what.blocks());
}

#[test]
fn files_without_rows_or_text_are_refused_or_empty() {
    assert_eq!(read(fixture!("empty.csv")), Err(ReadError::Empty));
    assert_eq!(read(fixture!("blanks.csv")), Err(ReadError::Empty));
    assert_eq!(read(fixture!("junk.csv")), Err(ReadError::NotText));
    assert_eq!(imported(fixture!("header-only.csv")), []);
}

#[test]
fn a_date_the_column_leaves_open_is_asked_and_the_answer_holds_for_all() {
    let sheet = read(fixture!("dates-open.csv")).unwrap();
    let mut mapping = guess(&sheet);
    let rows = candidates(&sheet, &mapping, on("2026-01-15"));
    let readings = vec![on("1980-04-03"), on("1980-03-04")];
    assert_eq!(kinds(&rows[0].1), [ProblemKind::AmbiguousDate { seen: "03/04/1980".into(), readings }]);
    assert_eq!((rows[0].0.born, rows[0].0.started), (None, Some(on("2025-06-13"))));
    assert_eq!((rows[1].0.born, rows[1].0.started), (Some(on("1985-05-05")), Some(on("2025-02-01"))));
    mapping.dates = Some(DateOrder::MonthFirst);
    let settled = candidates(&sheet, &mapping, on("2026-01-15"));
    // The other column proves its own order, whatever the answer.
    assert_eq!((settled[0].0.born, settled[0].0.started), (Some(on("1980-03-04")), Some(on("2025-06-13"))));
}

#[test]
fn the_users_correction_decides_over_the_guess() {
    let sheet = read(b"Alias,Wer\nPip,Marsh\n").unwrap();
    let mut mapping = guess(&sheet);
    assert_eq!(mapping.columns, [None, None]);
    mapping.columns = vec![Some(ImportField::PreferredName), Some(ImportField::LastName)];
    let (candidate, problems) = &candidates(&sheet, &mapping, on("2026-01-15"))[0];
    assert_eq!((candidate.preferred_name.as_str(), candidate.last_name.as_str(), problems.len()), ("Pip", "Marsh", 0));
}

#[test]
fn nothing_is_lost_when_two_columns_are_given_one_field() {
    let sheet = read(b"A,B\nKurz,Kurz-Marsh\n").unwrap();
    let mapping = Mapping { columns: vec![Some(ImportField::LastName); 2], dates: None };
    let (candidate, _) = &candidates(&sheet, &mapping, on("2026-01-15"))[0];
    assert_eq!((candidate.last_name.as_str(), candidate.remark.as_str()), ("Kurz", "B: Kurz-Marsh"));
}

#[test]
fn nobody_is_born_tomorrow() {
    let rows = imported(b"Name,DOB\nKurz,2026-01-16\nMarsh,01/02/2026\n");
    assert_eq!(kinds(&rows[0].1), [ProblemKind::UnlikelyDate { seen: "2026-01-16".into() }]);
    assert_eq!(rows[1].0.born, Some(on("2026-01-02")));
}

#[test]
fn control_characters_are_taken_out_and_said() {
    let rows = imported("Name,City\nKu\u{0}rz\u{202e},Ulm and a long enough remainder of ordinary text to be text\n".as_bytes());
    assert_eq!(rows[0].0.last_name, "Kurz");
    assert_eq!(kinds(&rows[0].1), [ProblemKind::ControlCharacters]);
}

#[test]
fn one_huge_line_is_cut_and_said() {
    let text = format!("Last Name,Notes\n{},{}\n", "x".repeat(3_000_000), "y".repeat(3_000_000));
    let rows = imported(text.as_bytes());
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].0.last_name.chars().count(), crate::words::LINE);
    assert!(rows[0].1.iter().all(|p| matches!(p.what, ProblemKind::TooLong { .. })));
}

#[test]
fn five_thousand_rows_are_all_there() {
    let mut text = String::from("First Name,Last Name,Email,Date of Birth\n");
    for n in 0..5_000 {
        text.push_str(&format!("Ida{n},Kurz{n},ida{n}@kurz.example,{}-02-03\n", 1950 + n % 50));
    }
    let rows = imported(text.as_bytes());
    assert_eq!(rows.len(), 5_000);
    assert!(rows.iter().all(|(c, p)| p.is_empty() && c.born.is_some()));
    assert_eq!(rows[4_999].0.row, 5_001);
}

#[derive(Debug, Clone, Copy)]
enum Written {
    Utf8,
    Marked,
    Utf16Le,
    Utf16Be,
    Windows,
}

fn encode(text: &str, written: Written) -> Vec<u8> {
    match written {
        Written::Utf8 => text.as_bytes().to_vec(),
        Written::Marked => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Written::Utf16Le => [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        Written::Utf16Be => [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        Written::Windows => WINDOWS_1252.encode(text).0.into_owned(),
    }
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    // Letters of the Windows code page, every delimiter, quotation marks and line breaks.
    let cell = "[a-zéüß][a-zéüß ,;|\t\"\n']{0,12}[a-zéüß]";
    (2..6_usize).prop_flat_map(move |width| prop::collection::vec(prop::collection::vec(cell, width), 1..20))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(sheet) = read(&bytes) {
            let found = candidates(&sheet, &guess(&sheet), on("2026-01-15"));
            prop_assert_eq!(found.len(), sheet.rows.len());
        }
    }

    #[test]
    fn any_cells_under_any_fields_give_a_candidate_a_row(
        cells in prop::collection::vec(prop::collection::vec("\\PC{0,20}|[0-9/.-]{0,10}|[\"=,\n;@a-z]{0,8}", 1..8), 1..8),
        fields in prop::collection::vec(0..20_usize, 0..8),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        if let Ok(sheet) = read(&writer.into_inner().unwrap()) {
            use ImportField::*;
            let all = [
                LastName, FirstName, MiddleName, FullName, PreferredName, Pronouns, Born, Started, Email, Phone, Address, City, Region, PostCode,
                Country, Status, FileNumber, TimeZone, Tags, Remark,
            ];
            let mapping = Mapping { columns: fields.iter().map(|f| Some(all[*f])).collect(), dates: None };
            for (candidate, problems) in candidates(&sheet, &mapping, on("2026-01-15")) {
                let nameless = candidate.last_name.is_empty();
                prop_assert_eq!(nameless, problems.iter().any(|p| p.what == ProblemKind::NoName));
                prop_assert!(candidate.last_name.chars().count() <= 500);
            }
        }
    }

    #[test]
    fn a_table_survives_every_delimiter_and_encoding(
        rows in table(),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        written in prop::sample::select(vec![Written::Utf8, Written::Marked, Written::Utf16Le, Written::Utf16Be, Written::Windows]),
        windows_lines: bool,
    ) {
        let terminator = if windows_lines { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        let headers: Vec<String> = (0..rows[0].len()).map(|n| format!("Heading {n}")).collect();
        writer.write_record(&headers).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let sheet = read(&encode(&text, written)).unwrap();
        prop_assert_eq!(&sheet.headers, &headers);
        let read: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
        prop_assert_eq!(read, rows);
        prop_assert_eq!(sheet.problems, vec![]);
    }
}
