//! What other programs and people call their columns, in English, German, French and Spanish, and a little further.

use super::ImportField;

/// Folded headers, the most telling first: where two columns could be one field, the earlier alias wins. Headers such
/// as "Name Vorname" are absent: without a comma in the cells, first and last name would be exchanged unseen.
#[rustfmt::skip] // one line a list of words reads better than one word a line
pub(super) const ALIASES: &[(ImportField, &[&str])] = &[
    (ImportField::LastName, &[
        "last name", "lastname", "surname", "family name", "legal last name", "last", "nachname", "familienname",
        "zuname", "nom de famille", "apellidos", "apellido", "primer apellido", "cognome", "achternaam", "efternamn",
        "nazwisko", "sobrenome",
    ]),
    (ImportField::FirstName, &[
        "first name", "firstname", "given name", "given names", "forename", "forenames", "legal first name", "first",
        "christian name", "vorname", "vornamen", "rufname", "prenom", "prenoms", "primer nombre", "nombres",
        "voornaam", "fornamn", "imie",
    ]),
    (ImportField::MiddleName, &[
        "middle name", "middle names", "middlename", "middle initial", "middle", "zweiter vorname", "segundo nombre",
    ]),
    (ImportField::FullName, &[
        "full name", "fullname", "client name", "client", "name", "patient name", "patient", "legal name",
        "display name", "names", "vollstandiger name", "vorname name", "nom",
        "nom complet", "nombre", "nombre completo", "nombre y apellidos", "nome",
        "klient", "klientin", "first name last name",
    ]),
    (ImportField::PreferredName, &[
        "preferred name", "preferred first name", "nickname", "nick name", "goes by", "known as", "chosen name",
        "spitzname", "surnom", "apodo", "preferred",
    ]),
    (ImportField::Pronouns, &[
        "pronouns", "pronoun", "preferred pronouns", "pronomen", "pronoms", "pronombres",
    ]),
    (ImportField::Born, &[
        "date of birth", "dob", "d o b", "birth date", "birthdate", "birthday", "born", "date birth", "geburtsdatum",
        "geb datum", "geburtstag", "geboren", "geb", "date de naissance", "naissance", "fecha de nacimiento",
        "nacimiento", "data di nascita", "geboortedatum",
    ]),
    (ImportField::Started, &[
        "start of therapy", "therapy start", "therapy start date", "start date", "started", "start", "intake date",
        "intake", "date of intake", "first appointment", "first appointment date", "first session",
        "first session date", "first visit", "admission date", "client since", "since", "therapiebeginn", "beginn",
        "erstgesprach", "debut de therapie", "debut", "premier rendez vous", "inicio de terapia", "fecha de inicio",
        "inicio", "date added", "added", "date created", "created", "created at", "created on", "registration date",
    ]),
    (ImportField::Email, &[
        "email", "e mail", "email address", "e mail address", "mail", "primary email", "personal email",
        "home email", "work email", "other email", "secondary email", "e mail adresse", "mail adresse",
        "adresse e mail", "adresse mail", "adresse email", "courriel", "correo", "correo electronico", "email 1",
        "emails",
    ]),
    (ImportField::Phone, &[
        "phone", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile phone", "mobile number",
        "mobile phone number", "cell", "cell phone", "cellphone", "cell phone number", "home phone",
        "home phone number", "work phone", "work phone number", "office phone", "business phone", "other phone",
        "primary phone", "secondary phone", "main phone", "contact number", "phone mobile", "phone home",
        "phone work", "phones", "daytime phone", "evening phone", "telefon", "telefonnummer", "handy", "handynummer",
        "mobil", "mobiltelefon", "mobilnummer", "festnetz", "portable", "telephone portable", "numero de telephone",
        "telefono", "movil", "celular", "telefono movil", "telefoon",
    ]),
    (ImportField::Address, &[
        "address", "street", "street address", "home address", "mailing address", "postal address", "address line",
        "full address", "address street", "adresse", "anschrift", "strasse", "strasse hausnummer", "strasse nr",
        "hausnummer", "rue", "direccion", "calle", "domicilio", "apt", "unit", "suite", "indirizzo", "adres",
    ]),
    (ImportField::City, &[
        "city", "town", "city town", "address city", "ort", "stadt", "wohnort", "ville", "ciudad", "localidad",
        "citta", "suburb",
    ]),
    (ImportField::Region, &[
        "state", "province", "county", "region", "state province", "address state", "bundesland", "kanton",
        "provincia", "departement",
    ]),
    (ImportField::PostCode, &[
        "zip", "zip code", "zipcode", "postcode", "post code", "postal code", "zip postal code", "address zip",
        "plz", "postleitzahl", "code postal", "codigo postal", "cp", "cap", "eircode",
    ]),
    (ImportField::Country, &[
        "country", "address country", "land", "pays", "pais", "paese",
    ]),
    (ImportField::Status, &[
        "status", "client status", "active", "is active", "active inactive", "aktiv", "statut", "actif", "estado",
        "activo",
    ]),
    (ImportField::FileNumber, &[
        "file number", "file no", "file", "client id", "client number", "client no", "client code", "mrn",
        "medical record number", "chart number", "case number", "reference", "reference number", "ref",
        "record number", "patient id", "id", "aktenzeichen", "aktennummer", "klientennummer", "kundennummer",
        "chiffre", "numero de dossier", "dossier", "expediente", "numero de expediente",
    ]),
    (ImportField::TimeZone, &[
        "time zone", "timezone", "tz", "zeitzone", "fuseau horaire", "zona horaria",
    ]),
    (ImportField::Tags, &[
        "tags", "tag", "labels", "label", "groups", "client groups", "schlagworte", "etiquettes", "etiquetas",
    ]),
    (ImportField::Remark, &[
        "notes", "note", "remarks", "remark", "comments", "comment", "client notes", "bemerkung", "bemerkungen",
        "notiz", "notizen", "anmerkung", "anmerkungen", "remarque", "remarques", "notas", "nota", "observaciones",
    ]),
];
