"""Words that say nothing about a subject, already folded: Italian, English, and the boiler-plate of town halls."""

ITALIAN = frozenset(
    """
    abbia abbiamo abbiano ad adesso agli ai al alcun alcuna alcune alcuni all alla alle allo allora altra altre altri
    altro anche ancora anzi appena assai avanti avere aveva avevano avra avranno avrebbe avrebbero basta bene che chi
    ci cio cioe circa cmq coi col colla come con contro cosa cose cosi cui da dagli dai dal dall dalla dalle dallo
    debba debbono degli dei del dell della delle dello dentro deve devono di dice dire diventa dopo dove dovrebbe due
    durante ecco ed egli ella entro era erano essa esse essere essi esso fa faccio fanno fare fatta fatte fatti fatto
    fin fino forse fra fu fuori gia giu gli grazie ha hai hanno ho il in infine insomma intanto invece io la lascia
    lasciano le lei li lo loro lui ma mai manca mancano me medesimo meglio meno mentre mette mettere mettono mi mia
    mie miei mio molta molte molti molto ne neanche negli nei nel nell nella nelle nello nemmeno neppure nessun
    nessuna nessuno niente nn no noi non nostra nostre nostri nostro nulla od ogni ognuna ognuno oltre oppure ora
    ormai parte passa passano passare per perche percio pero piu po poca poche pochi poco poi possiamo possibile
    possono poter potrebbe prende prendere prendono prima primo puo pur pure qua qual qualche qualcosa qualcuna
    qualcuno quale quali quando quante quanti quanto quasi quegli quei quel quell quella quelle quelli quello questa
    queste questi questo qui quindi resta restano rimane rimangono sa sapere sappiamo sara saranno sarebbe se secondo
    sei sembra sempre senza seppure si sia siamo siano sino solamente solo soltanto sono sopra soprattutto sotto sta
    stare stata state stati stato stessa stesse stessi stesso su sua succede sue sugli sui sul sull sulla sulle sullo
    suo suoi tale tali tanta tante tanti tanto te tengono ti tiene torna tornano tra tre troppo trova trovano tu tua
    tue tuo tuoi tutta tutte tutti tutto un una uno va vai vanno vengono venire verso vi via viene vogliono voi volta
    volte vorrei vorremmo vostra vostre vostri vostro vuole
    """.split()  # noqa: SIM905  # a block of words is read and edited by people, a list of quotes is not
)
"""Articles, prepositions, pronouns, auxiliaries, the commonest verbs and the abbreviations of hurried typing."""

ENGLISH = frozenset(
    """
    about above after again all also am an and any are as at be because been before being between both but by can
    cannot could did do does doing down during each etc for from further had has have having he her here hers him his
    how if in into is it its itself just like may me might more most must my no nor not now of off on once only or
    other our ours out over own per same she should so some such than that the their theirs them then there these
    they this those through to too under until up upon us use used using very via was we were what when where which
    while who whom why will with within without would you your yours
    """.split()  # noqa: SIM905  # as above
)
"""The same for English."""

BOILERPLATE = frozenset(
    """
    aiuta aiutare aiuto anni anno ask bisogni bisogno cerca cercano cerchiamo chiede chiedere chiedergli chiediamo
    chiedono comunale comunali comune comuni dipartimento ente enti esigenza esigenze euro giorni giorno group groups
    gruppo help intercomunale lab laboratori laboratories laboratorio laboratory labs mese mesi modo municipal
    municipale municipali municipalities municipality municipi municipio necessita new nuova nuove nuovi nuovo occorre
    paese paesi polimi politecnico research ricerca ricerche riguarda serve servire servono settimana settimane sindaco
    tipo town towns universita university
    """.split()  # noqa: SIM905  # as above
)
"""Said in every need and on every card, and therefore worth nothing."""

STOPWORDS = ITALIAN | ENGLISH | BOILERPLATE
