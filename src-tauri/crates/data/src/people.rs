//! Invented people: a name, a birth date, numbers that nobody has.

use chrono::{Duration, NaiveDate};
use practice::clients::contacts::ContactDetails;
use practice::clients::{ClientDetails, ContactPoint};

use crate::chance::Chance;

const FIRST: [&str; 64] = [
    "Amara",
    "Bartholomew",
    "Chiara",
    "Dragana",
    "Ekaterina",
    "Farah",
    "Gareth",
    "Hanneke",
    "Ibrahim",
    "Jolanta",
    "Kwame",
    "Leila",
    "Mateusz",
    "Noor",
    "Oluwaseun",
    "Priya",
    "Quentin",
    "Rosalind",
    "Siobhán",
    "Tomasz",
    "Ulrike",
    "Valentina",
    "Wilhelmina",
    "Xiomara",
    "Yusuf",
    "Zuzana",
    "Åsa",
    "Björn",
    "Çiğdem",
    "Đorđe",
    "Élodie",
    "Fionnuala",
    "Günther",
    "Héloïse",
    "Ígor",
    "Jürgen",
    "Kofi",
    "Łukasz",
    "Mónica",
    "Niamh",
    "Ólafur",
    "Paweł",
    "Rhiannon",
    "Søren",
    "Þóra",
    "Umut",
    "Věra",
    "Wafa",
    "Yevgenia",
    "Željko",
    "Ada",
    "Ben",
    "Clara",
    "Dan",
    "Eva",
    "Finn",
    "Grace",
    "Hugh",
    "Iris",
    "Jack",
    "Kate",
    "Liam",
    "May",
    "Ned",
];
const LAST: [&str; 64] = [
    "Abelson",
    "Baptiste",
    "Coulthard",
    "Delacroix",
    "Eze",
    "Featherstonehaugh",
    "Grzelak",
    "Halvorsen",
    "Iyer",
    "Jankowska",
    "Kovačević",
    "Lindqvist",
    "Marchetti",
    "Nwachukwu",
    "Okonkwo",
    "Petrova",
    "Quispe",
    "Rasmussen",
    "Strömberg",
    "Thistlethwaite",
    "Ueda",
    "van der Westhuizen",
    "Whitfield",
    "Xu",
    "Yıldız",
    "Zielińska",
    "Adeyemi",
    "Brennan",
    "Castellanos",
    "Dunmore",
    "Eriksen",
    "Fairweather",
    "Gallagher",
    "Haddad",
    "Ingram",
    "Jovanović",
    "Kaplan",
    "Laghari",
    "Mbeki",
    "Núñez",
    "O’Rourke",
    "Pemberton",
    "Rahman",
    "Szabó",
    "Tanaka",
    "Underwood",
    "Vasquez",
    "Wójcik",
    "Yamamoto",
    "Zhang",
    "Ashworth",
    "Bianchi",
    "Chowdhury",
    "Drummond",
    "Estévez",
    "Forsyth",
    "Grimaldi",
    "Hargreaves",
    "Ito",
    "Jacobs",
    "Kerr",
    "Lefèvre",
    "Moreau",
    "Novák",
];
const TAGS: [&str; 8] = ["grief", "anxiety", "couple", "work", "trauma", "sleep", "family", "pain"];
const PLACES: [&str; 8] = ["Durham", "Hexham", "Alnwick", "Berwick", "Consett", "Morpeth", "Darlington", "Whitby"];

pub fn client(number: u32, on: NaiveDate, chance: &mut Chance) -> ClientDetails {
    let (first, last) = (chance.one(&FIRST), chance.one(&LAST));
    // Two surnames, as often as anywhere; so few enough are called alike.
    let last = if chance.in_hundred(35) { format!("{last}-{}", chance.one(&LAST)) } else { last.to_owned() };
    let street = format!("{} Saddler Street\n{} DH{} 3NP", chance.between(1, 90), chance.one(&PLACES), chance.between(1, 9));
    ClientDetails {
        pronouns: chance.one(&["", "she/her", "he/him", "they/them"]).to_owned(),
        born: Some(on - Duration::days(chance.between(17 * 365, 80 * 365))),
        phones: vec![phone(chance)],
        emails: if chance.in_hundred(80) { vec![point(&format!("client{number}@post.example"))] } else { Vec::new() },
        address: if chance.in_hundred(70) { street } else { String::new() },
        file_number: format!("{}-{number:05}", on.format("%Y")),
        tags: if chance.in_hundred(60) { vec![chance.one(&TAGS).to_owned()] } else { Vec::new() },
        ..ClientDetails::named(&last, first)
    }
}

pub fn contact(emergency: bool, on: NaiveDate, chance: &mut Chance) -> ContactDetails {
    ContactDetails {
        name: format!("{} {}", chance.one(&FIRST), chance.one(&LAST)),
        relationship: chance.one(&["partner", "mother", "brother", "friend", "neighbour", "general practitioner"]).to_owned(),
        emergency,
        phones: vec![phone(chance)],
        emails: Vec::new(),
        may_be_told: "That I am worried, and where to find help.".to_owned(),
        release_until: None,
        confirmed_on: Some(on),
    }
}

fn phone(chance: &mut Chance) -> ContactPoint {
    point(&format!("+44 7700 900{:03}", chance.below(1_000)))
}

fn point(value: &str) -> ContactPoint {
    ContactPoint { value: value.to_owned(), remark: String::new() }
}
