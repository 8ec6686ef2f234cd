"""The kinds of offers and the fields of each: one table, which forms, inputs, checks, GraphQL and documents read."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo.language import Sentence
from raccordo.models import OfferKind
from raccordo.offer_fields import Field, Kind, Shape

LANGUAGES = {
    "IT": Sentence("italiano"),
    "EN": Sentence("inglese"),
    "IT_EN": Sentence("italiano o inglese"),
}
LANGUAGE = Field(
    name="language",
    shape=Shape.CHOICE,
    label=Sentence("Lingua"),
    told="The language in which the work is done",
    choices=LANGUAGES,
    missing=Sentence("Manca la lingua: una dell’elenco."),
)
MONTHS = Field(
    name="duration_months",
    shape=Shape.WHOLE,
    label=Sentence("Durata in mesi"),
    told="How many months it takes",
    missing=Sentence("Manca la durata: quanti mesi."),
    most=60,
)

KINDS: Mapping[OfferKind, Kind] = {
    one.kind: one
    for one in (
        Kind(
            kind=OfferKind.THESIS,
            slug="tesi",
            label=Sentence("tesi"),
            asks=Sentence("Un argomento di tesi che cerca un caso reale in un comune."),
            fields=(
                Field(
                    name="level",
                    shape=Shape.CHOICE,
                    label=Sentence("Livello"),
                    told="The level of the thesis",
                    choices={
                        "BACHELOR": Sentence("laurea triennale"),
                        "MASTER": Sentence("laurea magistrale"),
                        "DOCTORATE": Sentence("dottorato"),
                    },
                    missing=Sentence("Manca il livello della tesi: uno dell’elenco."),
                ),
                Field(
                    name="starts_on",
                    shape=Shape.DAY,
                    label=Sentence("Inizio"),
                    told="The day on which the thesis begins",
                    hint=Sentence("Giorno, mese e anno, per esempio 1/3/2027; vuoto se si può scegliere."),
                ),
                MONTHS,
                LANGUAGE,
                Field(
                    name="town_provides",
                    shape=Shape.TEXT,
                    label=Sentence("Che cosa deve mettere il comune"),
                    told="What the municipality must provide",
                    hint=Sentence("Dati, accessi, una persona che risponda: quello che serve davvero."),
                    missing=Sentence(
                        "Manca che cosa deve mettere il comune; se nulla, basta scrivere «nulla»."
                    ),
                    most=2_000,
                    read=True,
                ),
            ),
        ),
        Kind(
            kind=OfferKind.INTERNSHIP,
            slug="tirocinio",
            label=Sentence("tirocinio"),
            asks=Sentence("Studenti che lavorano per alcune settimane in un comune."),
            fields=(
                Field(
                    name="weeks",
                    shape=Shape.WHOLE,
                    label=Sentence("Settimane"),
                    told="How many weeks it lasts",
                    missing=Sentence("Manca la durata: quante settimane."),
                    most=104,
                ),
                Field(
                    name="places",
                    shape=Shape.WHOLE,
                    label=Sentence("Posti"),
                    told="How many students there are places for",
                    missing=Sentence("Manca il numero dei posti."),
                    most=99,
                ),
                Field(
                    name="funding",
                    shape=Shape.CHOICE,
                    label=Sentence("Compenso"),
                    told="Whether the student is paid",
                    choices={
                        "NONE": Sentence("nessuno"),
                        "EXPENSES": Sentence("rimborso delle spese"),
                        "PAID": Sentence("compenso o borsa"),
                    },
                    missing=Sentence("Manca il compenso: uno dell’elenco, anche «nessuno»."),
                ),
                Field(
                    name="paid_by",
                    shape=Shape.LINE,
                    label=Sentence("Chi paga"),
                    told="Who pays; empty when nobody is paid",
                    hint=Sentence("Serve quando c’è un rimborso o un compenso."),
                ),
            ),
        ),
        Kind(
            kind=OfferKind.COURSE_SLOT,
            slug="corso",
            label=Sentence("posto in un corso"),
            asks=Sentence("Un corso in cui gli studenti lavorano su casi portati dai comuni."),
            fields=(
                Field(
                    name="course",
                    shape=Shape.LINE,
                    label=Sentence("Corso"),
                    told="The title of the course",
                    missing=Sentence("Manca il titolo del corso."),
                    read=True,
                ),
                Field(
                    name="school",
                    shape=Shape.SCHOOL,
                    label=Sentence("Scuola"),
                    told="The acronym of the school",
                    missing=Sentence("Manca la scuola: una dell’elenco."),
                ),
                Field(
                    name="semester",
                    shape=Shape.CHOICE,
                    label=Sentence("Semestre"),
                    told="The semester",
                    choices={"FIRST": Sentence("primo semestre"), "SECOND": Sentence("secondo semestre")},
                    missing=Sentence("Manca il semestre: uno dell’elenco."),
                ),
                Field(
                    name="academic_year",
                    shape=Shape.LINE,
                    label=Sentence("Anno accademico"),
                    told="The academic year, such as 2026/27",
                    hint=Sentence("Per esempio 2026/27."),
                    missing=Sentence("Manca l’anno accademico, per esempio 2026/27."),
                    most=9,
                ),
                Field(
                    name="cases",
                    shape=Shape.WHOLE,
                    label=Sentence("Casi"),
                    told="How many cases of municipalities the course can take",
                    hint=Sentence("Quanti casi portati dai comuni ci stanno."),
                    missing=Sentence("Manca quanti casi ci stanno nel corso."),
                    most=200,
                ),
                LANGUAGE,
            ),
        ),
        Kind(
            kind=OfferKind.PILOT_SITE,
            slug="sito-pilota",
            label=Sentence("sito pilota cercato"),
            asks=Sentence("Un posto vero dove provare uno strumento o un metodo."),
            fields=(
                Field(
                    name="tested",
                    shape=Shape.TEXT,
                    label=Sentence("Che cosa si prova"),
                    told="What is tested there",
                    missing=Sentence("Manca che cosa si prova."),
                    most=2_000,
                    read=True,
                ),
                Field(
                    name="site_needs",
                    shape=Shape.TEXT,
                    label=Sentence("Che cosa deve avere il posto"),
                    told="What the site must have",
                    missing=Sentence("Manca che cosa deve avere il posto; se nulla, basta scrivere «nulla»."),
                    most=2_000,
                    read=True,
                ),
                MONTHS,
            ),
        ),
        Kind(
            kind=OfferKind.EQUIPMENT,
            slug="attrezzatura",
            label=Sentence("attrezzatura"),
            asks=Sentence("Uno strumento che si presta o con cui si viene a misurare."),
            fields=(
                Field(
                    name="equipment",
                    shape=Shape.LINE,
                    label=Sentence("Che cosa"),
                    told="What it is",
                    missing=Sentence("Manca di che attrezzatura si tratta."),
                    read=True,
                ),
                Field(
                    name="use",
                    shape=Shape.CHOICE,
                    label=Sentence("Come si usa"),
                    told="How it is used",
                    choices={
                        "LENT": Sentence("in prestito"),
                        "ON_SITE": Sentence("sul posto, con chi la sa usare"),
                    },
                    missing=Sentence("Manca come si usa: in prestito o sul posto."),
                ),
                Field(
                    name="conditions",
                    shape=Shape.TEXT,
                    label=Sentence("Condizioni"),
                    told="On which conditions",
                    hint=Sentence("Trasporto, assicurazione, che cosa si chiede in cambio."),
                    missing=Sentence("Mancano le condizioni; se nessuna, basta scrivere «nessuna»."),
                    most=2_000,
                ),
            ),
        ),
        Kind(
            kind=OfferKind.DATA,
            slug="dati",
            label=Sentence("dati"),
            asks=Sentence("Dati che il laboratorio dà ai comuni, o che cerca presso di loro."),
            fields=(
                Field(
                    name="direction",
                    shape=Shape.CHOICE,
                    label=Sentence("Si danno o si cercano"),
                    told="Whether the laboratory gives the data or looks for them",
                    choices={
                        "GIVES": Sentence("il laboratorio li dà"),
                        "SEEKS": Sentence("il laboratorio li cerca"),
                    },
                    missing=Sentence("Manca se i dati si danno o si cercano."),
                ),
                Field(
                    name="dataset",
                    shape=Shape.LINE,
                    label=Sentence("Quali dati"),
                    told="Which data",
                    missing=Sentence("Manca di quali dati si tratta."),
                    read=True,
                ),
                Field(
                    name="data_format",
                    shape=Shape.LINE,
                    label=Sentence("Formato"),
                    told="Their format",
                    hint=Sentence("Per esempio CSV, GeoPackage, carta."),
                    missing=Sentence("Manca il formato; se non importa, basta scriverlo."),
                ),
                Field(
                    name="licence",
                    shape=Shape.LINE,
                    label=Sentence("Licenza"),
                    told="Their licence",
                    hint=Sentence("Per esempio CC BY 4.0, o «solo per la ricerca»."),
                    missing=Sentence("Manca la licenza; se non è decisa, basta scriverlo."),
                ),
                Field(
                    name="period",
                    shape=Shape.LINE,
                    label=Sentence("Periodo"),
                    told="The period that they cover",
                    hint=Sentence("Per esempio 2019–2025."),
                    missing=Sentence("Manca il periodo che i dati coprono."),
                ),
            ),
        ),
    )
}
BY_SLUG: Mapping[str, Kind] = {one.slug: one for one in KINDS.values()}
# Every field once, in the order of the table: several kinds may share one.
FIELDS: Mapping[str, Field] = {one.name: one for kind in KINDS.values() for one in kind.fields}
