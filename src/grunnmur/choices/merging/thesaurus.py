"""Words that Norwegian plans use for one another: a short general thesaurus of public-sector vocabulary.

Written from general knowledge of the public sector before any labelled pair was read, and changed for none: it says
what words mean, not which goals belong together. Each line is a group; a word may stand in several. ``a_b`` is a
phrase. Words stand in their bokmål dictionary form; families («forebygge», «forebygging») and compounds are found by
:mod:`grunnmur.choices.merging.terms`, so one of each is enough.
"""

from __future__ import annotations

from typing import Final


def _groups(lines: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in lines.strip().splitlines())


# Near enough the same that a goal keeps its aim when one takes the other's place.
SYNONYMS: Final = _groups("""
medvirkning medvirke deltakelse deltaking involvering involvere innflytelse medbestemmelse påvirke
samarbeid samhandling samordning koordinering samvirke partnerskap samspill samkjøre
samskaping samskape medskaping sammen_med
frivillighet frivillig dugnad ulønnet
forening lag organisasjon sivilsamfunn
forebygging forebygge tidlig_innsats hindre avverge unngå motvirke forhindre
kartlegge avdekke oppdage identifisere fange_opp undersøke
innbygger borger befolkning folk
bruker tjenestemottaker mottaker klient
pårørende familie foresatt forelder nærstående
eldre senior gammel alderdom pensjonist
barn unge ungdom oppvekst ung
innvandrer flyktning nyankommen bosatt_flyktning minoritet flerkulturell
funksjonsnedsettelse funksjonshemming nedsatt_funksjonsevne handikap funksjonshemmet
utviklingshemming utviklingshemmet
demens kognitiv_svikt demenssykdom
psykisk_helse psykisk mental sinn
rus rusmiddel avhengighet alkohol narkotika rusavhengig
sykdom lidelse diagnose plage
helse sunnhet folkehelse
livskvalitet trivsel velvære velferd livsglede
mestring mestre klare_seg selvstendighet selvhjulpen egenmestring selvhjelp
bolig husvære leilighet hus hjem boenhet botilbud
bo_hjemme hjemmeboende eget_hjem bli_boende
hjemmetjeneste hjemmesykepleie hjemmebasert hjemmehjelp
sykehjem institusjon heldøgns omsorgsbolig omsorgssenter alders_og_sykehjem
velferdsteknologi trygghetsteknologi omsorgsteknologi
digital digitalisering teknologi elektronisk nettbasert
fattigdom lavinntekt vedvarende_lavinntekt dårlig_råd økonomisk_utsatt
utjevning utjevne sosial_ulikhet ulikhet forskjell levekårsforskjell skjevhet
inkludering inkludere utenforskap tilhørighet fellesskap integrering integrere
ensomhet ensom sosial_isolasjon isolert
utsatt sårbar risikoutsatt vanskeligstilt
vold overgrep mishandling voldsutsatt
mobbing mobbe krenkelse plaging
trygghet trygg sikkerhet tryggere
kriminalitet lovbrudd kriminell
arbeid jobb sysselsetting yrke arbeidsliv
arbeidsledighet ledighet arbeidsledig
ansatt medarbeider personell personale bemanning stab
kompetanse kunnskap ferdighet kvalifikasjon faglig
opplæring utdanning kurs læring undervisning skolering lære kompetanseheving
rekruttere ansette tiltrekke beholde stabilisere
ledelse leder lederskap
sykefravær fravær nærvær sykmelding
økonomi budsjett kostnad utgift ressurs penger midler
bærekraft bærekraftig langsiktig
klima utslipp klimagass
miljø natur grønn
effektiv effektivisere ressursbruk ressursutnyttelse produktivitet
innovasjon nyskaping nytenking fornye nye_løsninger nytenkende
kvalitet standard nivå
tilgjengelig tilgjengelighet adgang åpen lett_å_nå
lavterskel lav_terskel lavterskeltilbud uten_henvisning
universell_utforming tilrettelagt tilpasset
tilbud tjeneste tjenestetilbud
tverrfaglig flerfaglig på_tvers tverrsektoriell tverretatlig
sammenheng helhet helhetlig sammenhengende koordinert
overgang overføring skifte
fysisk_aktivitet trening mosjon bevegelse aktiv idrett
friluftsliv tur turgåing utmark
fritid fritidsaktivitet fritidstilbud
kultur kunst kulturliv
bibliotek litteratur lesing bok
musikk kor korps kulturskole
kulturarv kulturminne historie
møteplass møtested samlingssted treffpunkt sosial_arena arena
nærmiljø lokalsamfunn nabolag bygd grend bydel lokalmiljø nærområde
skole grunnskole skolegang klasserom
barnehage førskole
elev skolebarn
frafall avbrudd slutte gjennomføring fullføre
tidlig rask snarlig med_en_gang
støtte hjelp bistand oppfølging veiledning rådgivning
informasjon informere kommunikasjon opplyse orientere
åpenhet innsyn gjennomsiktig
respekt verdighet likeverd anerkjennelse verdig
likestilling likebehandling diskriminering rasisme
språk norskopplæring norsk
mat kosthold ernæring måltid
tannhelse tenner
rehabilitering habilitering opptrening hverdagsrehabilitering gjenvinne
fall fallulykke fallskade ulykke skade
legetjeneste fastlege lege
helsestasjon skolehelsetjeneste jordmor
barnevern omsorgssvikt omsorgsovertakelse
transport kollektivtransport buss skyss
gange gående sykkel sykle gang_og_sykkelvei
bygge oppføre bygging reise etablere opprette
kjøpe anskaffe innkjøp anskaffelse
leie utleie leietaker
eie eierskap selveie
øke heve styrke forsterke utvide flere mer
redusere senke minske nedgang kutte færre mindre
prioritere satse vektlegge fokus innsatsområde satsing
evaluere måle vurdere følge_med
rutine prosedyre retningslinje
plan strategi
ansvar oppgave rolle
beredskap krise beredskapsplan
valgfrihet velge selvbestemmelse
individuell personlig hver_enkelt
behov ønske forutsetning
variert mangfold ulik allsidig
gratis kostnadsfri uten_betaling avgiftsfri
lån utlån låne utstyrsbank
anlegg bane hall idrettsanlegg
næringsliv bedrift næring arbeidsgiver
tilflytting bosetting bosette
verdiskaping vekst nyetablering
utviklingsarbeid prosjekt forsøk pilot
årlig hvert_år hvert_kalenderår
""")

# Belongs to the same field: says what a goal is about, not what it wants.
FIELDS: Final = _groups("""
helse sykdom lege sykepleier pasient behandling sykehus omsorg pleie rehabilitering demens legevakt
oppvekst barn ungdom barnehage skole elev foreldre helsestasjon barnevern familie
kultur bibliotek musikk kunst scene festival kulturskole museum litteratur kino teater
idrett fysisk_aktivitet friluftsliv trening anlegg sykkel tur svømming
bolig leie husbank boenhet tomt kjøp startlån bostøtte bostedsløs utbygging
økonomi budsjett inntekt utgift lån gjeld investering drift sosialhjelp
arbeid ansatt jobb praksis arbeidsgiver kompetanse rekruttere lærling nav
integrering flyktning norskopplæring språk introduksjonsprogram bosetting tolk
vold overgrep krisesenter politi avverge melde trussel
rus alkohol narkotika psykisk_helse avhengighet
frivillighet forening lag dugnad møteplass
klima miljø natur utslipp energi avfall
digitalisering teknologi data app velferdsteknologi skjerm nett
demokrati medvirkning høring innbygger råd utvalg
""")
